import type pg from "pg";
import type { Environment } from "../../platform/environment.ts";
import { type LedgerKey, openLedgerKey } from "./keys.ts";
import { organisationLog } from "./record-event.ts";
import { checkLedger, type SelfCheckResult } from "./self-check.ts";
import { createSequencer } from "./sequencer.ts";

export interface Ledger {
  readonly key: LedgerKey;
  /** The public key in its C2SP form, to be handed out by another way than the proofs. */
  readonly vkey: string;
  /** Takes every pending leaf and signs a checkpoint; resolves with the size of the tree. */
  drain(): Promise<number>;
  /** Follows the pending leaves, and begins the self-check without waiting for it. */
  start(): Promise<void>;
  /** Runs the self-check, or joins the one under way; its result is kept in ledger_checks. */
  check(): Promise<SelfCheckResult>;
  /** How far a self-check under way has come; null where none is. */
  checking(): { done: number; total: number } | null;
  stop(): Promise<void>;
}

/** The log of this installation, with its key, its one sequencer and its self-check. */
export async function createLedger(env: Environment, sequencerPool: pg.Pool): Promise<Ledger> {
  const key = await openLedgerKey(env);
  const sequencer = createSequencer({
    pool: sequencerPool,
    key,
    onError: (error) => env.logger.error({ err: error }, "the ledger's sequencer met an error"),
  });
  let progress: { done: number; total: number } | null = null;
  let running: Promise<SelfCheckResult> | null = null;
  let stopped = false;

  const runCheck = async (): Promise<SelfCheckResult> => {
    progress = { done: 0, total: 0 };
    const result = await checkLedger(env.db, key, (done, total) => {
      progress = { done, total };
      return !stopped;
    });
    // What was broken off proves nothing.
    if (stopped) return result;
    await env.db
      .insertInto("ledger_checks")
      .values({ at: new Date(env.clock.now()), leaves: result.leaves, findings: JSON.stringify(result.findings) })
      .execute();
    const facts = { log: organisationLog, leaves: result.leaves, findings: result.findings.map((one) => one.code) };
    if (result.findings.length > 0) env.logger.error(facts, "the ledger's self-check found something");
    else env.logger.info(facts, "the ledger is consistent");
    return result;
  };
  const check = (): Promise<SelfCheckResult> => {
    running ??= runCheck().finally(() => {
      running = null;
      progress = null;
    });
    return running;
  };

  return {
    key,
    vkey: key.vkey,
    drain: sequencer.drain,
    start: async () => {
      await sequencer.start();
      check().catch((error: unknown) => env.logger.error({ err: error }, "the ledger's self-check could not run"));
    },
    check,
    checking: () => progress,
    stop: async () => {
      stopped = true;
      await running?.catch(() => undefined);
      await sequencer.stop();
    },
  };
}
