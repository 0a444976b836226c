/** How saving stands. What is not `saved` is only in this window. */
export type SaveState =
  | { readonly kind: "saved" }
  | { readonly kind: "waiting" }
  | { readonly kind: "saving" }
  | { readonly kind: "unreachable" }
  | { readonly kind: "conflict" }
  | { readonly kind: "refused"; readonly thrown: unknown };
/** What a try that did not work means for the next one. */
export type SaveTrouble = "unreachable" | "conflict" | "refused";

export interface Timers {
  readonly set: (act: () => void, ms: number) => unknown;
  readonly clear: (timer: unknown) => void;
}
export interface SaveQueue<T> {
  /** Something to save, some moments from now; what was offered before and not sent is replaced. */
  readonly offer: (value: T) => void;
  /** Saves at once what waits; true once everything is saved. */
  readonly flush: () => Promise<boolean>;
  /** Tries again after a refusal or a conflict that was resolved. */
  readonly retry: () => Promise<boolean>;
  /** Forgets what waits: it was replaced by what the server has. */
  readonly forget: () => void;
  readonly state: () => SaveState;
}

/** After the last change. */
const QUIET_MS = 700;
/** At the latest, while changes go on. */
const LATEST_MS = 5_000;
/** From try to try while the server cannot be reached. */
const RETRY_MS = [2_000, 5_000, 10_000, 20_000, 30_000];

/**
 * Saves the newest value a moment after changes have stopped, one save at a time. While the server cannot be reached
 * what waits stays here and is tried again; a conflict or a refusal stops until somebody has decided.
 */
export function createSaveQueue<T>(ports: {
  readonly save: (value: T) => Promise<void>;
  readonly judge: (thrown: unknown) => SaveTrouble;
  readonly timers: Timers;
  readonly onChange: () => void;
}): SaveQueue<T> {
  const { timers } = ports;
  let state: SaveState = { kind: "saved" };
  let next: { readonly value: T } | null = null;
  let sending: Promise<boolean> | null = null;
  let quiet: unknown = null;
  let latest: unknown = null;
  let tries = 0;

  const show = (to: SaveState): void => {
    state = to;
    ports.onChange();
  };
  const stopTimers = (): void => {
    if (quiet !== null) timers.clear(quiet);
    if (latest !== null) timers.clear(latest);
    quiet = latest = null;
  };
  const stopped = (): boolean => state.kind === "conflict" || state.kind === "refused";
  const send = async (): Promise<boolean> => {
    stopTimers();
    while (next) {
      const taken = next;
      next = null;
      show({ kind: "saving" });
      try {
        await ports.save(taken.value);
        tries = 0;
      } catch (thrown) {
        next ??= taken;
        const trouble = ports.judge(thrown);
        if (trouble === "unreachable") {
          quiet = timers.set(begin, RETRY_MS[Math.min(tries, RETRY_MS.length - 1)] ?? 30_000);
          tries += 1;
          show({ kind: "unreachable" });
        } else show(trouble === "conflict" ? { kind: "conflict" } : { kind: "refused", thrown });
        return false;
      }
    }
    show({ kind: "saved" });
    return true;
  };
  const run = (): Promise<boolean> => {
    sending ??= send().finally(() => {
      sending = null;
    });
    return sending;
  };
  const begin = (): void => void run();

  return {
    offer: (value) => {
      next = { value };
      if (stopped() || sending) return;
      // While the server is away the next try is already set.
      if (state.kind === "unreachable") return;
      if (quiet !== null) timers.clear(quiet);
      quiet = timers.set(begin, QUIET_MS);
      latest ??= timers.set(begin, LATEST_MS);
      if (state.kind !== "waiting") show({ kind: "waiting" });
    },
    flush: async () => {
      if (stopped()) return false;
      if (sending) await sending;
      return next && !stopped() ? run() : next === null;
    },
    retry: async () => {
      if (sending) await sending;
      return next ? run() : true;
    },
    forget: () => {
      next = null;
      tries = 0;
      stopTimers();
      show({ kind: "saved" });
    },
    state: () => state,
  };
}
