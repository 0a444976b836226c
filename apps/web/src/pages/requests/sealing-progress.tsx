import type { ReactElement } from "react";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import type { RequestDetail } from "./queries.ts";

/** How far the sealing is while it runs, and what it met. Read out politely; empty while nothing is sealed. */
export function SealingProgress(props: { request: RequestDetail }): ReactElement {
  const { sealing } = props.request;
  const t = useText("requests");
  const language = useLanguage();
  return (
    <div aria-live="polite" className="sealing-progress">
      {sealing.state === "running" && (
        <Message tone="action" title={t("sealing.running", { done: sealing.done, total: sealing.total })}>
          <progress value={sealing.done} max={Math.max(1, sealing.total)} aria-hidden />
          <p>{t("sealing.runningWhy")}</p>
        </Message>
      )}
      {sealing.state === "failed" && (
        <Message tone="problem" title={t("sealing.problem")}>
          {sealing.problem && <p>{sealing.problem[language]}</p>}
        </Message>
      )}
      {sealing.state === "done" && props.request.actions.includes("download") && (
        <Message tone="success" title={t("sealing.done")} />
      )}
    </div>
  );
}
