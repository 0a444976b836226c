import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type pg from "pg";
import { createLedger } from "../apps/server/features/ledger/ledger.ts";
import { digestOfRequest, type LoadedRequest, loadRequest } from "../apps/server/features/requests/load-request.ts";
import { submitRequest } from "../apps/server/features/requests/submit-service.ts";
import { givePresence } from "../apps/server/features/stamping/service.ts";
import { systemClock } from "../apps/server/platform/clock.ts";
import { type Db, openDb, openPool, PreparingClient } from "../apps/server/platform/db.ts";
import type { Environment } from "../apps/server/platform/environment.ts";
import { createTestCrew, type TestCrew } from "../apps/server/platform/test-crew.ts";
import { applyInTest, approveInTest, presenceInTest } from "../apps/server/platform/test-walk.ts";
import { withDatabase } from "./database.ts";
import { ignore, makeEnvironment } from "./environment.ts";
import type { BenchLine } from "./line.ts";

const callers = 16;
const rounds = 5;
const perRound = 200;
const goal = 0.6;

/** A released request that waits for its supervisor: his confirmation is what opens the gate. */
interface Waiting {
  requestId: string;
  digest: string;
  stepUpId: string;
}

/**
 * The transaction that lets a sealing happen, whole: the supervisor's confirmation, every question of the gate, the
 * impression reserved, the job enqueued, and the leaves of it all put out for the ledger, until they are in the tree
 * under a signed checkpoint; by sixteen callers. Against the same without outbox, notice and sequencer, by turns.
 */
export function benchRequest(): Promise<BenchLine[]> {
  return withDatabase(async (connections, folder, admin) => {
    const env = await makeEnvironment(connections, folder, callers + 2);
    const bare: Environment = { ...env, db: openDb(openPool(withoutLedger(connections.app), ignore)) };
    // What is copied was checked when the pattern was made; the guards of the tables would rightly refuse the copies.
    const loader = openDb(openPool({ ...admin, max: 1, options: "-c session_replication_role=replica" }, ignore));
    const sequencerPool = openPool({ ...connections.sequencer, max: 3 }, ignore);
    const ledger = await createLedger(env, sequencerPool);
    const ratios: number[] = [];
    const rates: number[] = [];
    try {
      const crew = await createTestCrew(env);
      const pattern = await makePattern(env, crew);
      await ledger.drain();
      await ledger.start();
      // The first round warms up and does not count.
      for (let round = 0; round <= rounds; round += 1) {
        const [withIt, without] = [
          await copy(loader, crew, pattern, perRound),
          await copy(loader, crew, pattern, perRound),
        ];
        const timeBare = () => time(() => confirmAll(bare, crew, without));
        const timeWhole = () =>
          time(async () => {
            await confirmAll(env, crew, withIt);
            await ledger.drain();
          });
        const first = round % 2 === 0 ? await timeBare() : null;
        const whole = await timeWhole();
        const other = first ?? (await timeBare());
        if (round === 0) continue;
        ratios.push(other / whole);
        rates.push(perRound / (whole / 1000));
      }
    } finally {
      await ledger.stop();
      await Promise.all([env.db.destroy(), bare.db.destroy(), loader.destroy(), sequencerPool.end()]);
    }
    return [
      {
        name: `request: gate, reservation and ledger outbox at ${callers} callers`,
        value: Math.round(median(rates)),
        unit: "transactions/s",
        ratio: Math.round(median(ratios) * 100) / 100,
        against: `the same transaction without ledger (goal ${goal}; rounds ${ratios.map((one) => one.toFixed(2)).join(" ")})`,
      },
    ];
  });
}

async function makePattern(env: Environment, crew: TestCrew): Promise<LoadedRequest> {
  const sealId = await crew.registerSeal("contract", "LX-02");
  const requestId = await applyInTest(env, crew, sealId);
  await submitRequest(env, crew.people.applicant, requestId);
  await approveInTest(env, crew, requestId);
  await presenceInTest(env, crew.people.custodian, "release", requestId);
  return loadRequest(env.db, requestId);
}

let copies = 0;
/** As many requests as wanted that stand where the pattern stands, each with its own number, digest and proofs. */
async function copy(loader: Db, crew: TestCrew, pattern: LoadedRequest, count: number): Promise<Waiting[]> {
  const made = Array.from({ length: count }, () => {
    copies += 1;
    const number = `LX-B-${copies}`;
    const digest = digestOfRequest({ ...pattern, row: { ...pattern.row, number } });
    const [requestId, released, stepUpId] = [`req_${randomUUID()}`, `stp_${randomUUID()}`, `stp_${randomUUID()}`];
    return { requestId, number, digest, released, stepUpId };
  });
  const expires = new Date(systemClock.now() + 60 * 60_000);
  const proof = { challenge: "bench", expires_at: expires, method: "password", assertion: "{}" } as const;
  await loader
    .insertInto("step_ups")
    .values(
      made.flatMap(({ requestId, digest, released, stepUpId }) => [
        ...[
          {
            step_up_id: released,
            person_id: crew.people.custodian,
            act: "release",
            subject_id: requestId,
            digest,
            ...proof,
          },
        ],
        ...[
          {
            step_up_id: stepUpId,
            person_id: crew.people.supervisor,
            act: "confirm",
            subject_id: requestId,
            digest,
            ...proof,
          },
        ],
      ]),
    )
    .execute();
  const patches = JSON.stringify(
    made.map(({ requestId, number, digest, released }) => ({
      ...{ request_id: requestId, number, digest, release_step_up: released },
    })),
  );
  const from = pattern.row.request_id;
  await sql`insert into seal_use_requests select (jsonb_populate_record(r, patch)).* from seal_use_requests r, jsonb_array_elements(${patches}::jsonb) patch where r.request_id = ${from}`.execute(
    loader,
  );
  await sql`insert into request_documents select (jsonb_populate_record(d, patch)).* from request_documents d, jsonb_array_elements(${patches}::jsonb) patch where d.request_id = ${from}`.execute(
    loader,
  );
  await sql`insert into request_steps select (jsonb_populate_record(s, patch || jsonb_build_object('step_id', 'step_' || gen_random_uuid()))).* from request_steps s, jsonb_array_elements(${patches}::jsonb) patch where s.request_id = ${from}`.execute(
    loader,
  );
  return made.map(({ requestId, digest, stepUpId }) => ({ requestId, digest, stepUpId }));
}

async function confirmAll(env: Environment, crew: TestCrew, waiting: Waiting[]): Promise<void> {
  const left = [...waiting];
  const call = async (): Promise<void> => {
    for (let one = left.pop(); one; one = left.pop()) {
      const { requestId, digest, stepUpId } = one;
      const outcome = await givePresence(env, crew.people.supervisor, "confirm", requestId, digest, stepUpId);
      if (!outcome.sealing) throw new Error("the gate did not open");
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
}

/** Connections on which what goes to the ledger's outbox is not sent; everything else is. */
function withoutLedger(connection: pg.PoolConfig): pg.PoolConfig {
  // All else goes on as it came, and is prepared as it is anywhere.
  class Bare extends PreparingClient {
    constructor(config?: pg.ClientConfig) {
      super(config);
      const query = this.query.bind(this) as (...parts: unknown[]) => unknown;
      this.query = ((...parts: unknown[]) => {
        const [asked] = parts;
        const text = typeof asked === "string" ? asked : textOf(asked);
        return text.includes("insert into ledger_pending") || text.includes('insert into "ledger_pending"')
          ? Promise.resolve({ command: "INSERT", rowCount: 1, rows: [], fields: [] })
          : query(...parts);
      }) as typeof this.query;
    }
  }
  return { ...connection, max: callers + 2, Client: Bare } as pg.PoolConfig;
}

function textOf(asked: unknown): string {
  return typeof asked === "object" && asked !== null && "text" in asked ? String(asked.text) : "";
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
