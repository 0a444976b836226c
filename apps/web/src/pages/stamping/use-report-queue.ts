import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api, findProblem, mayPass, sessionGate } from "../../api.ts";
import { useSession } from "../../session.ts";
import { type StampingView, type StampReport, stampingQuery } from "./queries.ts";
import { openReportQueue, type QueuedReport, type QueueState, type ReportQueue } from "./report-queue.ts";
import { openReportStore } from "./report-store.ts";

export interface Reports {
  readonly state: QueueState;
  /** The impression whose photo the phone did not give; null once another one was said. */
  readonly unread: string | null;
  /** Keeps what was said on this device; sent when its turn comes. */
  readonly say: (impressionId: string, report: StampReport, reason: string, photo: File | null) => Promise<void>;
  readonly retry: () => void;
  readonly takeBack: (reportId: string) => void;
}

const NOTHING: QueueState = { waiting: [], sending: null, unreachable: false };

/** The reports of this reader on one request, kept on this device and sent when there is a network. */
export function useReportQueue(requestId: string): Reports {
  const queries = useQueryClient();
  const { personId } = useSession().person;
  const [state, setState] = useState<QueueState>(NOTHING);
  const [unread, setUnread] = useState<string | null>(null);
  const queue = useRef<Promise<ReportQueue> | null>(null);
  useEffect(() => {
    let current = true;
    const { queryKey } = stampingQuery(requestId);
    const open = async (): Promise<ReportQueue> => {
      const store = await openReportStore(requestId, personId);
      return openReportQueue({
        store,
        send: async (report) => {
          // A reader who looks at his page first is not asked to sign in for each try.
          await sessionGate.whenOpen();
          const taken = await sendReport(report);
          // What the server said stands at once: the answer of an earlier question would show the place as open again.
          await queries.cancelQueries({ queryKey });
          queries.setQueryData(
            queryKey,
            (view: StampingView | undefined) => view && withState(view, report, taken.state),
          );
        },
        // Whoever has to sign in first sends it then.
        isUnreachable: (thrown) => mayPass(thrown) || findProblem(thrown)?.status === 401,
        timers: {
          set: (act, ms) => setTimeout(act, ms),
          clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
        },
        onChange: (now) => {
          if (current) setState(now);
        },
        onTaken: () => {
          void queries.invalidateQueries({ queryKey: ["requests"] });
          // What is left of the stamping decides whether the seal is put away before the end.
          void queries.invalidateQueries({ queryKey: ["custody", "mine"] });
        },
      });
    };
    const opened = open();
    queue.current = opened;
    const back = (): void => void opened.then((one) => one.retry());
    window.addEventListener("online", back);
    return () => {
      current = false;
      window.removeEventListener("online", back);
      void opened.then((one) => one.stop());
    };
  }, [queries, requestId, personId]);
  return {
    state,
    unread,
    say: async (impressionId, report, reason, photo) => {
      setUnread(null);
      // The bytes are read before anything else: the file behind a camera's picture may be gone a moment later.
      const bytes = await photo?.arrayBuffer().catch(() => null);
      if (bytes === null) return setUnread(impressionId);
      const taken = photo && bytes ? { bytes, type: photo.type, name: photo.name } : null;
      const at = Date.now();
      const reportId = `${impressionId} ${at.toString()}`;
      await (await queue.current)?.offer({
        ...{ reportId, impressionId, requestId, personId, report, reason, photo: taken, at },
      });
    },
    retry: () => void queue.current?.then((one) => one.retry()),
    takeBack: (reportId) => void queue.current?.then((one) => one.takeBack(reportId)),
  };
}

type ImpressionState = StampingView["impressions"][number]["state"];

const withState = (view: StampingView, report: QueuedReport, state: ImpressionState): StampingView => ({
  ...view,
  impressions: view.impressions.map((one) =>
    one.impressionId === report.impressionId ? { ...one, state, at: new Date(report.at).toISOString() } : one,
  ),
});

async function sendReport(said: QueuedReport): Promise<{ state: ImpressionState }> {
  const { requestId, impressionId, report, reason, photo } = said;
  const params = { requestId, impressionId };
  if (report === "pressed" || report === "spoiled" || report === "retaken")
    return api("POST /v1/seal-use-requests/:requestId/impressions/:impressionId/photo", {
      ...{ params, query: { report, reason } },
      file: new Blob(photo ? [photo.bytes] : [], { type: photo?.type ?? "" }),
      fileName: photo?.name || "photo.jpg",
    });
  return api("POST /v1/seal-use-requests/:requestId/impressions/:impressionId/report", {
    ...{ params, body: { report, reason } },
  });
}
