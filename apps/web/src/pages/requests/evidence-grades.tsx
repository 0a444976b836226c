import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { RequestDetail } from "./queries.ts";

/** What counts the impressions on paper: how many are of each grade of evidence, and what the grade says. */
export function EvidenceGrades(props: { evidence: RequestDetail["evidence"] }): ReactElement | null {
  const t = useText("stamping");
  const language = useLanguage();
  if (props.evidence.length === 0) return null;
  return (
    <ul className="stack stack-tight" aria-label={t("grades.title")}>
      {props.evidence.map(({ grade, count, name, says }) => (
        <li key={grade}>
          {t("grades.line", { grade, name: name[language], count })} <span className="note">{says[language]}</span>
        </li>
      ))}
    </ul>
  );
}
