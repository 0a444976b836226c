import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { paths } from "../../paths.ts";
import type { SealDetail } from "./queries.ts";
import { isLeftToAsk, sortNext } from "./seal-life.ts";

type NextMatter = SealDetail["next"][number];

/** What comes next in the life of the seal, as a button; everything else that may be asked for, on demand. */
export function SealNext(props: { seal: SealDetail }): ReactElement | null {
  const { seal } = props;
  const t = useText("seals");
  const language = useLanguage();
  const { first, others } = sortNext(seal.next);
  if (first.length === 0 && others.length === 0) return null;
  const numbers = (one: NextMatter): string =>
    seal.bodies.flatMap((body) => (one.bodyIds.includes(body.bodyId) ? [body.number] : [])).join(" · ");
  const link = (one: NextMatter, look: string): ReactElement => (
    <Link className={look} {...addressOf(one, seal.sealId)}>
      {nameIn(one.name, language)}
    </Link>
  );
  return (
    <section className="card seal-next" aria-labelledby="next-title">
      <header>
        <h2 id="next-title">{t("next.title")}</h2>
      </header>
      <div className="card-body stack stack-tight">
        {first.length === 0 && <p className="note">{t(nothingFirst(seal))}</p>}
        <ul className="seal-next-list">
          {first.map((one) => (
            <li key={one.kind} className="row">
              {one.mayAsk && isLeftToAsk(one) ? (
                link(one, "button-link button-link-primary")
              ) : (
                <strong>{nameIn(one.name, language)}</strong>
              )}
              <span className="mono">{numbers(one)}</span>
              <UnderWay next={one} />
              {!one.mayAsk && one.underWay.length === 0 && <span className="note">{t("next.notYours")}</span>}
            </li>
          ))}
        </ul>
        {others.length > 0 && (
          <details>
            <summary>{t("next.others", { count: others.length })}</summary>
            <ul className="seal-next-list">
              {others.map((one) => (
                <li key={one.kind} className="row">
                  {isLeftToAsk(one) ? link(one, "inline-link") : nameIn(one.name, language)}
                  <UnderWay next={one} />
                </li>
              ))}
            </ul>
          </details>
        )}
        <Link className="inline-link" to={paths.matters} search={{ view: "all", sealId: seal.sealId }}>
          {t("next.all")}
        </Link>
      </div>
    </section>
  );
}

/** Why nobody has to ask for a next step. */
function nothingFirst(
  seal: SealDetail,
): "bodies.toConfirmWhy" | "bodies.goesInUseWhy" | "inHandover.title" | "next.none" {
  if (seal.toConfirm) return "bodies.toConfirmWhy";
  if (seal.bodies.some((body) => body.state === "in-handover")) return "inHandover.title";
  return seal.bodies.some((body) => body.goesInUse) ? "bodies.goesInUseWhy" : "next.none";
}

/** The matters of this kind that are asked for already: they are followed, and not asked for a second time. */
function UnderWay({ next }: { next: NextMatter }): ReactElement {
  const t = useText("seals");
  return (
    <>
      {next.underWay.map((one) => (
        <Link key={one.matterId} className="inline-link" to={paths.matter(one.matterId)}>
          {t("next.underWay", { number: one.number })}
        </Link>
      ))}
    </>
  );
}

/** A seal in place of this one is asked for beside its face; every other matter on the page of matters. */
function addressOf({ kind }: NextMatter, sealId: string): { to: string; search: Record<string, string> } {
  return kind === "replace"
    ? { to: paths.registerSeal, search: { replaces: sealId } }
    : { to: paths.newMatter, search: { kind, sealId } };
}
