import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useRecent } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import { useSession } from "../../session.ts";
import { findStandingRelease } from "./progress.ts";
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

/** Released, and by whom the confirmation is awaited; told to everybody who sees the request, to the custodian in his own words. */
export function StandingRelease(props: { request: RequestDetail }): ReactElement | null {
  const t = useText("requests");
  const language = useLanguage();
  const recent = useRecent();
  const { personId } = useSession().person;
  const standing = findStandingRelease(props.request);
  if (!standing) return null;
  const { by, at, awaited } = standing;
  const names = formatNames(
    awaited.map((one) => nameIn(one.name, language)),
    language,
  );
  return (
    <Message
      tone="action"
      title={
        by.personId === personId
          ? t("released.byYou", { at: recent(at) })
          : t("released.by", { name: nameIn(by.name, language), at: recent(at) })
      }
    >
      {awaited.length === 0
        ? t("released.nobody")
        : awaited.some((one) => one.personId === personId)
          ? t("released.you")
          : t("released.awaits", { names, count: awaited.length })}
    </Message>
  );
}
