import { createLedger } from "../apps/server/features/ledger/ledger.ts";
import { recordEvent } from "../apps/server/features/ledger/record-event.ts";
import { type LoadedRequest, loadRequest } from "../apps/server/features/requests/load-request.ts";
import { submitRequest } from "../apps/server/features/requests/submit-service.ts";
import { openPool, transact } from "../apps/server/platform/db.ts";
import type { Environment } from "../apps/server/platform/environment.ts";
import { newId } from "../apps/server/platform/ids.ts";
import { createTestCrew, type TestCrew } from "../apps/server/platform/test-crew.ts";
import { testContract } from "../apps/server/platform/test-pdf.ts";
import { applyInTest } from "../apps/server/platform/test-walk.ts";
import { withDatabase } from "./database.ts";
import { ignore, makeEnvironment } from "./environment.ts";
import type { BenchLine } from "./line.ts";

const callers = 16;
const rounds = 5;
const perRound = 64;
const goal = 0.6;

/**
 * Submitting at sixteen callers, whole: the documents' checks, the decision tables, the route, the number, the digest, the
 * steps and the leaf. Against a plain transaction that keeps the same rows and the same leaf under the same lock of the
 * number, and judges nothing; by turns. The drafts are made before, each with a document of its own.
 */
export function benchSubmit(): Promise<BenchLine[]> {
  return withDatabase(async (connections, folder) => {
    const env = await makeEnvironment(connections, folder, callers + 2);
    const sequencerPool = openPool({ ...connections.sequencer, max: 3 }, ignore);
    const ledger = await createLedger(env, sequencerPool);
    const ratios: number[] = [];
    const rates: number[] = [];
    try {
      const crew = await createTestCrew(env);
      const sealId = await crew.registerSeal("contract", "LX-02");
      const pattern = await makePattern(env, crew, sealId);
      // The first round warms up and does not count.
      for (let round = 0; round <= rounds; round += 1) {
        const drafts = () => makeDrafts(env, crew, sealId);
        const [whole, plain] = [await drafts(), await drafts()];
        const submit = () => time(whole, (requestId) => submitRequest(env, crew.people.applicant, requestId));
        const keep = () => time(plain, (requestId) => keepPlain(env, crew, pattern, requestId));
        const first = round % 2 === 0 ? await keep() : null;
        const taken = await submit();
        const other = first ?? (await keep());
        await ledger.drain();
        if (round === 0) continue;
        ratios.push(other / taken);
        rates.push(perRound / (taken / 1000));
      }
    } finally {
      await ledger.stop();
      await Promise.all([env.db.destroy(), sequencerPool.end()]);
    }
    return [
      {
        name: `submit: checks, rules, route and number at ${callers} callers`,
        value: Math.round(median(rates)),
        unit: "transactions/s",
        ratio: Math.round(median(ratios) * 100) / 100,
        against: `the same rows kept without judging (goal ${goal}; rounds ${ratios.map((one) => one.toFixed(2)).join(" ")})`,
      },
    ];
  });
}

let made = 0;
/** Two at a time, as the threads that read the documents are. */
async function makeDrafts(env: Environment, crew: TestCrew, sealId: string): Promise<string[]> {
  const drafts: string[] = [];
  const makeHalf = async (): Promise<void> => {
    for (let at = 0; at < perRound / 2; at += 1) {
      made += 1;
      drafts.push(await applyInTest(env, crew, sealId, { pdf: testContract({}, `${made + 100} gauges`) }));
    }
  };
  await Promise.all([makeHalf(), makeHalf()]);
  return drafts;
}

async function makePattern(env: Environment, crew: TestCrew, sealId: string): Promise<LoadedRequest> {
  const requestId = await applyInTest(env, crew, sealId);
  await submitRequest(env, crew.people.applicant, requestId);
  return loadRequest(env.db, requestId);
}

/** What submitting keeps, as it was once judged: number, round, steps, state and leaf. */
async function keepPlain(env: Environment, crew: TestCrew, pattern: LoadedRequest, requestId: string): Promise<void> {
  await transact(env.db, async (tx) => {
    const now = env.clock.now();
    const { last, year } = await tx
      .updateTable("number_counters")
      .set((eb) => ({ last: eb("last", "+", 1) }))
      .where("entity_id", "=", crew.entityId)
      .returning(["last", "year"])
      .executeTakeFirstOrThrow();
    const number = `LX-${year}-${String(last).padStart(6, "0")}`;
    const { row } = pattern;
    const { digest: judged, subject } = await tx
      .selectFrom("request_rounds")
      .select(["digest", "subject"])
      .where("request_id", "=", row.request_id)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto("request_rounds")
      .values({ request_id: requestId, round: 1, digest: judged, subject })
      .execute();
    for (const { step_id: _, request_id: __, ...step } of await tx
      .selectFrom("request_steps")
      .selectAll()
      .where("request_id", "=", row.request_id)
      .execute())
      await tx
        .insertInto("request_steps")
        .values({ ...step, rule: JSON.stringify(step.rule), step_id: newId("step", now), request_id: requestId })
        .execute();
    const { state, digest, valid_until, rules_version } = row;
    await tx
      .updateTable("seal_use_requests")
      .set({
        ...{ state, number, round: 1, digest, valid_until, rules_version },
        ...{ submitted_at: new Date(now), updated_at: new Date(now), version: 2 },
        ...{ rules_fired: JSON.stringify(row.rules_fired), limits: JSON.stringify(row.limits) },
        ...{ questions: JSON.stringify(row.questions), parts: JSON.stringify(row.parts) },
        facts_seen: JSON.stringify(row.facts_seen),
      })
      .where("request_id", "=", requestId)
      .execute();
    const facts = { number, round: 1, digest: digest ?? "", documents: 1, impressions: 1, steps: 3, answeredBlanks: 0 };
    await recordEvent(tx, env, {
      ...{ type: "SealUseRequestSubmitted", actorId: crew.people.applicant, requestId, facts },
    });
  });
}

/** Milliseconds that all of them took, sixteen at a time. */
async function time(requestIds: readonly string[], work: (requestId: string) => Promise<unknown>): Promise<number> {
  const left = [...requestIds];
  const call = async (): Promise<void> => {
    for (let one = left.pop(); one; one = left.pop()) await work(one);
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: callers }, call));
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
