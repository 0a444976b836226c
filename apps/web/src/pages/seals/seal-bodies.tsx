import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { StateTag, Tag } from "../../parts/state-tag.tsx";
import { faceStateOfSeal } from "../../parts/states.ts";
import { StepBar } from "../../parts/step-bar.tsx";
import { paths } from "../../paths.ts";
import type { SealDetail } from "./queries.ts";
import { listLifeSteps } from "./seal-life.ts";

/** Each body of the seal on the line of its life, with what is known of it; and the seals before and after this one. */
export function SealBodies(props: { seal: SealDetail }): ReactElement {
  const { seal } = props;
  const t = useText("seals");
  const language = useLanguage();
  const others = [
    ["bodies.replaces", seal.replaces],
    ["bodies.replacedBy", seal.replacedBy],
  ] as const;
  return (
    <section className="card" aria-labelledby="bodies-title">
      <header>
        <h2 id="bodies-title">{t("life.label")}</h2>
      </header>
      <div className="card-body stack">
        {others.map(
          ([name, other]) =>
            other && (
              <p key={name} className="row">
                {t(name)}{" "}
                <Link className="inline-link" to={paths.seal(other.sealId)}>
                  {other.number} {nameIn(other.name, language)}
                </Link>
                <StateTag kind="seal" state={other.state} />
              </p>
            ),
        )}
        {seal.bodies.map((body) => (
          <BodyLife key={body.bodyId} body={body} live={faceStateOfSeal(seal) === "live"} />
        ))}
      </div>
    </section>
  );
}

/** Until when a piece that is away for a while has to be back, or since when it should have been. */
function ReturnTag({ due }: { due: NonNullable<SealDetail["bodies"][number]["returnDue"]> }): ReactElement {
  const t = useText("seals");
  const language = useLanguage();
  const recent = useRecent();
  const [soon, late] =
    due.from === "take-out"
      ? (["bodies.awayBy", "bodies.awayLate"] as const)
      : (["bodies.backBy", "bodies.backLate"] as const);
  return (
    <Tag tone={due.overdue ? "problem" : "action"} sign={due.overdue ? "octagon" : "swap"}>
      {t(due.overdue ? late : soon, {
        at: recent(due.dueAt),
        name: due.deputy ? nameIn(due.deputy.name, language) : "",
      })}
    </Tag>
  );
}

function BodyLife(props: { body: SealDetail["bodies"][number]; live: boolean }): ReactElement {
  const { body, live } = props;
  const t = useText("seals");
  const word = useWord();
  const day = useDay();
  const filed =
    body.filingNumber === null
      ? ""
      : body.filedOn === null
        ? body.filingNumber
        : t("bodies.filed", { number: body.filingNumber, on: day(body.filedOn) });
  const facts = [
    [t("bodies.madeBy"), body.madeBy ?? ""],
    [t("bodies.material"), body.material ?? ""],
    [t("bodies.filing"), filed],
    [t("bodies.engravedOn"), body.engravedOn === null ? "" : day(body.engravedOn)],
    [t("bodies.remark"), body.remark ?? ""],
  ].filter(([, value]) => value !== "");
  return (
    <div className="seal-body stack stack-tight">
      <h3 className="row">
        <span className="mono">{body.number}</span> {word("body", body.kind)}
        <StateTag kind="seal" state={body.state} />
        {body.returnDue && <ReturnTag due={body.returnDue} />}
        {(body.condition === "damaged" || body.condition === "worn") && (
          <Tag tone={body.condition === "damaged" ? "problem" : "warning"} sign="warning">
            {t(`bodies.${body.condition}`)}
          </Tag>
        )}
        {body.goesInUse && (
          <Tag tone="waiting" sign="dashed">
            {t("bodies.goesInUse")}
          </Tag>
        )}
        {body.toConfirm && (
          <Tag tone="warning" sign="warning">
            {t("bodies.toConfirm")}
          </Tag>
        )}
      </h3>
      {body.goesInUse && <p className="note">{t("bodies.goesInUseWhy")}</p>}
      {body.toConfirm && (
        <p className="note">
          {t("bodies.toConfirmWhy")}{" "}
          <Link className="inline-link" to={paths.checks}>
            {t("bodies.toChecks")}
          </Link>
        </p>
      )}
      <StepBar
        label={`${t("life.label")} ${body.number}`}
        steps={listLifeSteps(body.life, live).map(({ state, at, step }) => ({
          key: state,
          title: word("states.seal", state),
          state: step,
          detail: at === null ? "" : day(at),
        }))}
      />
      {facts.length > 0 && (
        <dl className="facts">
          {facts.map(([name, value]) => (
            <div key={name} className="facts-line">
              <dt>{name}</dt>
              <dd className="typed">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {body.specimenShown && (
        <figure className="seal-specimen">
          <img
            src={`/v1/seal-bodies/${encodeURIComponent(body.bodyId)}/specimen.png`}
            alt={`${t("bodies.specimen")} ${body.number}`}
            loading="lazy"
          />
          <figcaption className="note small">{t("bodies.specimen")}</figcaption>
        </figure>
      )}
    </div>
  );
}
