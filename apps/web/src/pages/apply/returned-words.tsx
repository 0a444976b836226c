import type { ReactElement } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import { CameBack } from "../requests/came-back.tsx";
import type { RequestDetail } from "../requests/queries.ts";

/** On top of a request that came back: who returned it, when, and in his own words what has to be changed. */
export function ReturnedWords(props: { request: RequestDetail }): ReactElement | null {
  const { request } = props;
  const t = useText("apply");
  const words = useText("requests");
  const language = useLanguage();
  const recent = useRecent();
  if (request.state === "withdrawn")
    return (
      <Message tone="action" title={t("returned.withdrawn")}>
        <p>{t("returned.withdrawnWhy", { number: request.number ?? "" })}</p>
      </Message>
    );
  if (request.cameBack) return <CameBack request={request} />;
  const step = request.steps.find((one) => one.state === "returned");
  if (request.state !== "returned" || !step) return null;
  return (
    <Message
      tone="warning"
      title={t("returned.title", {
        name: step.decidedBy ? nameIn(step.decidedBy.name, language) : words(`route.kinds.${step.kind}`),
        role: words(`route.kinds.${step.kind}`),
        at: step.decidedAt ? recent(step.decidedAt) : "",
      })}
    >
      {step.comment && <blockquote className="returned-words typed">{step.comment}</blockquote>}
      <p>{t("returned.why", { number: request.number ?? "" })}</p>
    </Message>
  );
}
