import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import type { RequestDetail } from "./queries.ts";

/** Why a request came back though nobody who decides on it returned it, in the words of who brought that about. */
export function CameBack(props: { request: Pick<RequestDetail, "cameBack" | "actions"> }): ReactElement | null {
  const { cameBack, actions } = props.request;
  const language = useLanguage();
  const recent = useRecent();
  if (!cameBack) return null;
  const by = cameBack.by ? `${nameIn(cameBack.by.name, language)} · ` : "";
  return (
    <Message tone="warning" title={cameBack.sentence[language]}>
      <p className="note small">
        {by}
        {recent(cameBack.at)}
      </p>
      {cameBack.comment && <blockquote className="returned-words typed">{cameBack.comment}</blockquote>}
      {actions.includes("submit") && <p>{cameBack.wayOut[language]}</p>}
    </Message>
  );
}
