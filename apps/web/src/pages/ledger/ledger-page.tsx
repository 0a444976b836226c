import { useQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { newestCheckpointQuery } from "../../proof/leaf-proof.ts";
import { mayUse, useSession } from "../../session.ts";
import { AlarmPanel } from "./alarm-panel.tsx";
import { CheckpointCard } from "./checkpoint-card.tsx";
import { EntriesCard } from "./entries-card.tsx";
import { OutsideCard } from "./outside-card.tsx";
import { SeenCard } from "./seen-card.tsx";
import { SelfCheckCard } from "./self-check-card.tsx";
import "./ledger.css";
import "../../proof/proof.css";

/** The ledger as those who watch see it: newest checkpoint, what this browser makes of it, self-check, entries. */
export function LedgerPage(): ReactElement {
  const t = useText("ledger");
  const session = useSession();
  const newest = useQuery(newestCheckpointQuery);
  const reload = (): void => void newest.refetch();
  return (
    <>
      <PageHeader title={t("title")} lead={t("lead")} />
      <div className="stack">
        <AlarmPanel newest={newest.data} onChange={reload} />
        <ErrorPanel error={newest.error} onRetry={reload} />
        <div className="columns">
          <div className="stack">
            <CheckpointCard newest={newest.data} asking={newest.isFetching} onAsk={reload} />
            <SeenCard newest={newest.data} />
          </div>
          <div className="stack">
            {mayUse(session, "ledger.check") && <SelfCheckCard />}
            <OutsideCard vkey={newest.data?.vkey} />
          </div>
        </div>
        {mayUse(session, "ledger.read-entries") && <EntriesCard />}
      </div>
    </>
  );
}
