import { Button } from "antd";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import type { Turn } from "./stamp-turns.ts";
import type { Reports } from "./use-report-queue.ts";

/** What is on this phone and not at the server yet; nothing while all has arrived. */
export function BacklogCard(props: { turns: readonly Turn[]; reports: Reports }): ReactElement {
  const { reports } = props;
  const { waiting, sending, unreachable } = reports.state;
  const t = useText("stamping");
  const nthOf = (impressionId: string): number =>
    props.turns.find(({ impression }) => impression.impressionId === impressionId)?.impression.nth ?? 0;
  const open = waiting.filter(({ refused }) => refused === null);
  const onWay = open.find(({ report }) => report.reportId === sending);
  return (
    <div aria-live="polite" className="stack stack-tight">
      {reports.unread !== null && (
        <Message tone="problem" title={t("backlog.unread", { nth: nthOf(reports.unread) })}>
          {t("backlog.unreadWhy")}
        </Message>
      )}
      {open.length > 0 && (
        <Message
          tone={unreachable ? "warning" : "action"}
          title={
            onWay && open.length === 1
              ? t("backlog.sending", { nth: nthOf(onWay.report.impressionId) })
              : `${t("backlog.waiting", { count: open.length })}${unreachable ? ` · ${t("backlog.unreachable")}` : ""}`
          }
          {...(unreachable ? { action: <Button onClick={reports.retry}>{t("backlog.retry")}</Button> } : {})}
        >
          {t(open.every(({ lasting }) => lasting) ? "backlog.waitingWhy" : "backlog.fleeting")}
        </Message>
      )}
      {waiting
        .filter(({ refused }) => refused !== null)
        .map(({ report, refused }) => (
          <section key={report.reportId} className="card card-body stack stack-tight">
            <strong>{t("backlog.refused", { nth: nthOf(report.impressionId) })}</strong>
            <ErrorPanel error={refused} />
            <div className="row">
              <Button onClick={reports.retry}>{t("backlog.again")}</Button>
              <Button onClick={() => reports.takeBack(report.reportId)}>{t("backlog.takeBack")}</Button>
            </div>
          </section>
        ))}
    </div>
  );
}
