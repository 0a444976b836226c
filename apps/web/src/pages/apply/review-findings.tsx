import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import { RefusalList } from "../../parts/refusal-panel.tsx";
import { useApply } from "./apply-context.ts";
import { findBetterSeal } from "./better-seal.ts";
import { listSealIds } from "./draft.ts";
import type { CheckResult } from "./queries.ts";
import type { WizardStep } from "./steps.ts";

/** In which step a missing thing is filled in. */
const STEP_OF: Readonly<Record<string, WizardStep>> = {
  documents: "documents",
  title: "documents",
  documentClass: "documents",
  purpose: "documents",
  counterparty: "documents",
  entity: "documents",
  placements: "place",
};
const KNOWN = ["documents", "title", "documentClass", "purpose", "counterparty", "entity", "placements"] as const;
type Missing = (typeof KNOWN)[number];

/** What the rules answer before anything is submitted: what is missing, what is refused, and where each is mended. */
export function ReviewFindings(props: {
  check: Pick<CheckResult, "ready" | "missing" | "refusals" | "seals" | "suggestedSeals" | "papers">;
  current: boolean;
}): ReactElement {
  const { check } = props;
  const { goTo } = useApply();
  const t = useText("apply");
  const words = useText("requests");
  const language = useLanguage();
  const { draft } = useApply();
  const better = findBetterSeal(check, listSealIds(draft.documents));
  const owed = check.papers.filter(({ attached }) => !attached);
  const missing = KNOWN.filter((one): one is Missing => check.missing.includes(one));
  return (
    <div className="stack stack-tight" aria-live="polite">
      {check.ready &&
        props.current &&
        // What is missing may follow later, as after an emergency; it is owed all the same, and named where all looks done.
        (owed.length > 0 ? (
          <Message
            tone="warning"
            title={t("review.owed", {
              names: formatNames(
                owed.map(({ name }) => nameIn(name, language)),
                language,
              ),
            })}
          >
            {t("review.owedWhy")}
          </Message>
        ) : (
          <Message tone="success" title={t("review.ready")}>
            {t("review.readyWhy")}
          </Message>
        ))}
      {missing.length > 0 && (
        <Message tone="problem" title={t("review.missing", { count: missing.length })}>
          <ul className="review-missing">
            {missing.map((one) => (
              <li key={one}>
                {words(`missing.${one}`)}{" "}
                <button type="button" className="link-button" onClick={() => goTo(STEP_OF[one] ?? "documents")}>
                  {STEP_OF[one] === "place" ? t("review.toPlace") : t("review.toFacts")}
                </button>
              </li>
            ))}
          </ul>
        </Message>
      )}
      <RefusalList refusals={check.refusals} />
      {check.refusals.length > 0 && (
        <p className="row">
          {better && <span>{t("review.better", { name: nameIn(better.name, language) })}</span>}
          <button type="button" className="link-button" onClick={() => goTo("place")}>
            {t("review.toPlace")}
          </button>
          <button type="button" className="link-button" onClick={() => goTo("documents")}>
            {t("review.toFacts")}
          </button>
        </p>
      )}
    </div>
  );
}
