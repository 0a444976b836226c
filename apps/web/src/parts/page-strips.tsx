import { type ReactElement, useSyncExternalStore } from "react";
import { sessionGate } from "../api.ts";
import { lazyPart } from "./lazy-part.tsx";
import { OfflineMessage } from "./offline-message.tsx";

const SessionEnded = lazyPart(
  ["identity"],
  async () => (await import("../pages/identity/session-ended.tsx")).SessionEnded,
);

/** Above every page, in sight wherever it is read: what keeps its reader from going on, whatever he does. */
export function PageStrips(): ReactElement {
  const { session, ended, asking } = useSyncExternalStore(sessionGate.subscribe, sessionGate.read);
  return (
    <div className="page-strips">
      {session && ended && <SessionEnded session={session} asking={asking} />}
      <OfflineMessage />
    </div>
  );
}
