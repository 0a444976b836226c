import type { StampReport } from "./queries.ts";

/** The photo of a paper, as the camera gave it. The bytes are held, for a phone may delete the file behind them. */
export interface TakenPhoto {
  readonly bytes: ArrayBuffer;
  readonly type: string;
  readonly name: string;
}

/** What the stamper said of one impression; kept on this device until the server has taken it. */
export interface QueuedReport {
  readonly reportId: string;
  readonly impressionId: string;
  readonly requestId: string;
  /** Who said it: on a shared device nobody sends what another one said. */
  readonly personId: string;
  readonly report: StampReport;
  readonly reason: string;
  /** None with reports that need no photo. */
  readonly photo: TakenPhoto | null;
  /** When it was said, in ms since 1970; reports are sent in this order. */
  readonly at: number;
}

/** A report and whether it outlives the window. */
export interface KeptReport {
  readonly report: QueuedReport;
  readonly lasting: boolean;
}

/** Where reports are kept. Nothing is turned away: what does not fit on the device is kept as long as the window is there. */
export interface ReportStore {
  readonly list: () => Promise<readonly KeptReport[]>;
  readonly put: (report: QueuedReport) => Promise<KeptReport>;
  readonly remove: (reportId: string) => Promise<void>;
}

export interface WaitingReport extends KeptReport {
  /** Why the server did not take it; null while it only waits. */
  readonly refused: unknown;
}
export interface QueueState {
  readonly waiting: readonly WaitingReport[];
  /** The report that is on its way. */
  readonly sending: string | null;
  readonly unreachable: boolean;
}
export interface ReportQueue {
  /** Keeps a report on this device, then sends it when its turn comes. One of the same impression that waits is replaced. */
  readonly offer: (report: QueuedReport) => Promise<void>;
  /** Tries at once what waits, and what was refused too. */
  readonly retry: () => Promise<void>;
  /** Takes a report back that the server refused. */
  readonly takeBack: (reportId: string) => Promise<void>;
  readonly state: () => QueueState;
  /** Ends the waiting for the next try; what is kept stays kept. */
  readonly stop: () => void;
}

export interface QueuePorts {
  readonly store: ReportStore;
  readonly send: (report: QueuedReport) => Promise<void>;
  /** Whether a try failed only because the server was not reached. */
  readonly isUnreachable: (thrown: unknown) => boolean;
  readonly timers: { readonly set: (act: () => void, ms: number) => unknown; readonly clear: (timer: unknown) => void };
  readonly onChange: (state: QueueState) => void;
  /** Called when the server has taken one. */
  readonly onTaken: (report: QueuedReport) => void;
}

/** From try to try while the server is not reached. */
const RETRY_MS = [1_000, 3_000, 10_000, 20_000, 30_000];

/**
 * Sends reports one after the other in the order they were made. While the server is not reached everything waits and is
 * tried again; what the server refuses waits for somebody to decide, and does not hold up what was said after it.
 */
export async function openReportQueue(ports: QueuePorts): Promise<ReportQueue> {
  const { store, timers } = ports;
  const kept = await store.list();
  let state: QueueState = {
    waiting: kept.toSorted((a, b) => a.report.at - b.report.at).map((one) => ({ ...one, refused: null })),
    sending: null,
    unreachable: false,
  };
  let timer: unknown = null;
  let tries = 0;
  let running: Promise<void> | null = null;
  let stopped = false;

  const show = (change: Partial<QueueState>): void => {
    state = { ...state, ...change };
    ports.onChange(state);
  };
  const drop = async (reportId: string): Promise<void> => {
    await store.remove(reportId);
    show({ waiting: state.waiting.filter(({ report }) => report.reportId !== reportId) });
  };
  const wait = (): void => {
    if (stopped) return;
    timer = timers.set(begin, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 30_000);
    tries += 1;
  };
  const sendAll = async (): Promise<void> => {
    if (timer !== null) timers.clear(timer);
    timer = null;
    for (;;) {
      const next = state.waiting.find(({ refused }) => refused === null);
      if (!next || stopped) break;
      const { report } = next;
      show({ sending: report.reportId });
      try {
        await ports.send(report);
      } catch (thrown) {
        if (ports.isUnreachable(thrown)) {
          show({ sending: null, unreachable: true });
          wait();
          return;
        }
        show({ waiting: state.waiting.map((one) => (one.report === report ? { ...one, refused: thrown } : one)) });
        continue;
      }
      tries = 0;
      show({ unreachable: false });
      await drop(report.reportId);
      ports.onTaken(report);
    }
    show({ sending: null });
  };
  const run = (): Promise<void> => {
    running ??= sendAll().finally(() => {
      running = null;
    });
    return running;
  };
  const begin = (): void => void run();

  ports.onChange(state);
  begin();
  return {
    offer: async (report) => {
      const one = await store.put(report);
      const replaced = state.waiting.filter(
        (other) => other.report.impressionId === report.impressionId && other.report.reportId !== state.sending,
      );
      show({ waiting: [...state.waiting, { ...one, refused: null }] });
      for (const other of replaced) await drop(other.report.reportId);
      if (!state.unreachable) begin();
    },
    retry: async () => {
      if (running) await running;
      show({ waiting: state.waiting.map((one) => ({ ...one, refused: null })) });
      await run();
    },
    takeBack: drop,
    state: () => state,
    stop: () => {
      stopped = true;
      if (timer !== null) timers.clear(timer);
    },
  };
}
