import type { ReactElement, ReactNode } from "react";
import { useText } from "../../i18n/i18n.ts";
import { type Disagreement, useFactWords } from "./facts-words.ts";

/** One thing that application and document say differently: both words, where it stands, and which of them decides. */
export function DisagreementLine(props: {
  disagreement: Disagreement;
  /** Said where what was declared is the stricter. */
  declaredDecides: string;
  children?: ReactNode;
}): ReactElement {
  const { fact, declared, read, page, text, stricter, ruling } = props.disagreement;
  // Once a reviewer confirmed the application, the document's word decides nothing any more.
  const readDecides = stricter === "read" && ruling?.ruling !== "declared";
  const t = useText("templates");
  const say = useFactWords();
  return (
    <li className="said">
      <strong>{t(`said.${fact}`)}</strong>
      <dl className="facts said-both">
        <dt>{t("said.declared")}</dt>
        <dd data-decides={!readDecides}>{say(fact, declared)}</dd>
        <dt>{t("said.read")}</dt>
        <dd data-decides={readDecides}>
          {say(fact, read)}
          {text !== "" && <span className="note small said-where">{t("said.where", { page: page + 1, text })}</span>}
        </dd>
      </dl>
      {(stricter === "declared" || readDecides) && (
        <p className="note small">{readDecides ? t("said.stricterRead") : props.declaredDecides}</p>
      )}
      {props.children}
    </li>
  );
}
