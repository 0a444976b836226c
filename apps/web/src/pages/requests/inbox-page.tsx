import { MOST_IN_BATCH } from "@chancery/api/limits";
import { Link, useSearch } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { useText } from "../../i18n/i18n.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { PositionsWaiting } from "../../parts/positions-waiting.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { paths } from "../../paths.ts";
import { countInbox, useSession } from "../../session.ts";
import { WaitingMatters } from "../matters/waiting-matters.tsx";
import { ApproveSeveral } from "./approve-several.tsx";
import { findInboxView, INBOX_VIEWS } from "./inbox.ts";
import { InboxRow } from "./inbox-row.tsx";
import { listTicked, mayTick } from "./several.ts";
import { useRequests } from "./use-requests.ts";
import "./requests.css";

/** What waits for the reader, what he has done, what he sent. */
export function InboxPage(): ReactElement {
  const t = useText("requests");
  const search: { view?: unknown } = useSearch({ strict: false });
  const view = findInboxView(search.view);
  const session = useSession();
  const requests = useRequests({ view });
  const waiting = countInbox(session);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const items = requests.items ?? [];
  const ticked = listTicked(items, chosen);
  const some = view === "waiting" && items.some((request) => request.quick !== null);
  const tick = (requestId: string, on: boolean): void =>
    setChosen(on ? [...chosen, requestId] : chosen.filter((one) => one !== requestId));
  return (
    <>
      <PageHeader title={t("inbox.title")} lead={t("inbox.lead")} />
      <nav className="tabs" aria-label={t("inbox.views.label")}>
        {INBOX_VIEWS.map((one) => (
          <Link key={one} to={paths.inbox} search={{ view: one }} aria-current={one === view ? "page" : undefined}>
            {t(`inbox.views.${one}`)}
            {one === "waiting" && waiting > 0 && <b>{waiting}</b>}
          </Link>
        ))}
      </nav>
      <div className="stack inbox">
        <ErrorPanel error={requests.error} onRetry={requests.refetch} />
        {!requests.items && !requests.error && <LinesSkeleton lines={8} />}
        {view === "waiting" && <PositionsWaiting />}
        {view === "waiting" && session.waiting.matters > 0 && <WaitingMatters />}
        {requests.items?.length === 0 && !(view === "waiting" && session.waiting.matters > 0) && (
          <EmptyState title={t(`inbox.none.${view}`)}>{t(`inbox.noneWhy.${view}`)}</EmptyState>
        )}
        {some && <ApproveSeveral requests={ticked} onDone={() => setChosen([])} />}
        {requests.items && requests.items.length > 0 && (
          <ul className="stack stack-tight">
            {requests.items.map((request) => (
              <li key={request.requestId} className={some ? "inbox-tickable" : undefined}>
                {some && (
                  <input
                    type="checkbox"
                    aria-label={t("several.tick", { title: request.title || t("page.untitled") })}
                    checked={ticked.includes(request)}
                    disabled={!mayTick(request, ticked, MOST_IN_BATCH)}
                    onChange={(event) => tick(request.requestId, event.target.checked)}
                  />
                )}
                <InboxRow request={request} view={view} />
              </li>
            ))}
          </ul>
        )}
        {requests.hasMore && (
          <div>
            <Button loading={requests.loadingMore} onClick={requests.loadMore}>
              {t("inbox.more")}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
