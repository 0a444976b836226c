import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { SignIcon, Tag } from "../../parts/state-tag.tsx";
import type { Look } from "../../parts/states.ts";
import { BringDialog } from "./bring-dialog.tsx";
import { FinalPageView } from "./final-page-view.tsx";
import { type FinalCopy, type FinalPage, finalCopiesQuery } from "./final-queries.ts";
import { RuleDialog } from "./rule-dialog.tsx";
import "./final-copies.css";

const STATE_LOOKS: Readonly<Record<FinalCopy["state"], Look>> = {
  reading: { tone: "action", sign: "clock" },
  missing: { tone: "warning", sign: "warning" },
  review: { tone: "warning", sign: "pause" },
  filed: { tone: "success", sign: "check" },
  refused: { tone: "ended", sign: "stop" },
  "not-agreed": { tone: "problem", sign: "octagon" },
};
const PAGE_LOOKS: Readonly<Record<FinalPage["verdict"], Look>> = {
  same: { tone: "success", sign: "check" },
  signed: { tone: "success", sign: "check" },
  differs: { tone: "problem", sign: "octagon" },
  unclear: { tone: "warning", sign: "warning" },
  missing: { tone: "waiting", sign: "dashed" },
  extra: { tone: "problem", sign: "octagon" },
};

/** The final copies of a request: until when one is owed, each scan with its pages as a strip, and what the reader may do. */
export function FinalCopies(props: { requestId: string }): ReactElement | null {
  const { requestId } = props;
  const t = useText("copies");
  const recent = useRecent();
  const { data, error, refetch } = useQuery(finalCopiesQuery(requestId));
  const [bringing, setBringing] = useState(false);
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data || (data.dueAt === null && data.finals.length === 0 && data.mayBring.length === 0)) return null;
  return (
    <section className="stack final-copies" aria-labelledby="final-title">
      <h3 id="final-title">{t("final.title")}</h3>
      {data.dueAt !== null && (
        <p>
          <SignIcon sign="clock" /> {t("final.due", { at: recent(data.dueAt) })}
        </p>
      )}
      {data.finals.map((final) => (
        <OneFinal key={final.finalCopyId} requestId={requestId} final={final} />
      ))}
      {data.mayBring.length > 0 && (
        <div className="row">
          <Button onClick={() => setBringing(true)}>{t("final.bring")}</Button>
        </div>
      )}
      {bringing && <BringDialog requestId={requestId} copies={data.mayBring} onClose={() => setBringing(false)} />}
    </section>
  );
}

function OneFinal(props: { requestId: string; final: FinalCopy }): ReactElement {
  const { requestId, final } = props;
  const t = useText("copies");
  const language = useLanguage();
  const recent = useRecent();
  const [ruling, setRuling] = useState(false);
  const [shown, setShown] = useState<number | null>(null);
  const page = shown === null ? undefined : final.pages[shown];
  return (
    <article className="stack stack-tight final-copy" aria-label={t("copies", { count: 1, list: `${final.copy}` })}>
      <div className="row">
        <strong>{t("copies", { count: 1, list: `${final.copy}` })}</strong>
        <Tag {...STATE_LOOKS[final.state]}>{t(`final.states.${final.state}`)}</Tag>
        {final.by && (
          <span className="note">{t("said", { name: nameIn(final.by.name, language), at: recent(final.at) })}</span>
        )}
      </div>
      {final.state === "reading" && <Progress final={final} />}
      {final.state === "refused" && final.verdict && <p>{t(`final.refused.${refusalOf(final.verdict)}`)}</p>}
      {final.state !== "refused" && final.pages.length > 0 && (
        <ul className="final-strip" aria-label={t("final.pages")}>
          {final.pages.map((one, at) => (
            <li key={`${one.documentId ?? ""} ${one.page ?? ""} ${one.sheet ?? ""}`}>
              <button
                type="button"
                className="tag copy-sheet final-sheet"
                data-tone={PAGE_LOOKS[one.verdict].tone}
                aria-expanded={shown === at}
                aria-label={t("final.pageSays", { page: nameOf(one), verdict: t(`final.verdicts.${one.verdict}`) })}
                onClick={() => setShown(shown === at ? null : at)}
              >
                <span>{nameOf(one)}</span>
                <SignIcon sign={PAGE_LOOKS[one.verdict].sign} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {page && <FinalPageView requestId={requestId} finalCopyId={final.finalCopyId} page={page} />}
      {final.ruling && (
        <p>
          <strong>{t(`final.rulings.${final.ruling.ruling}`)}</strong>: {final.ruling.reason}{" "}
          {final.ruling.by && (
            <span className="note">
              {t("said", { name: nameIn(final.ruling.by.name, language), at: recent(final.ruling.at) })}
            </span>
          )}
        </p>
      )}
      {final.mayRule && (
        <div className="row">
          <Button type="primary" onClick={() => setRuling(true)}>
            {t("final.rule")}
          </Button>
        </div>
      )}
      {ruling && <RuleDialog requestId={requestId} final={final} onClose={() => setRuling(false)} />}
    </article>
  );
}

/** The page's number; a sheet that is no approved page has its own. */
const nameOf = ({ page, sheet }: FinalPage): string => (page === null ? `+${sheet ?? ""}` : `${page}`);

function refusalOf(verdict: NonNullable<FinalCopy["verdict"]>): "other-paper" | "not-readable" | "too-many-sheets" {
  return verdict === "not-readable" || verdict === "too-many-sheets" ? verdict : "other-paper";
}

function Progress(props: { final: FinalCopy }): ReactElement {
  const { sheetsRead, sheets } = props.final;
  const t = useText("copies");
  return (
    <p className="note" aria-live="polite">
      {sheets === null ? t("final.counting") : t("final.reading", { read: sheetsRead, count: sheets })}{" "}
      {sheets !== null && <progress aria-label={t("final.progress")} value={sheetsRead} max={sheets} />}
    </p>
  );
}
