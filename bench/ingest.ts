import { type ChainState, judgeRecord, openRecord, type PublicKey } from "@chancery/seallink";
import { lockChain } from "../apps/server/features/controllers/chain-rows.ts";
import { ingestRecords } from "../apps/server/features/controllers/ingest.ts";
import { nodeCrypto } from "../apps/server/features/controllers/node-crypto.ts";
import { enrolInTest } from "../apps/server/features/controllers/test-controllers.ts";
import { transact } from "../apps/server/platform/db.ts";
import type { Environment } from "../apps/server/platform/environment.ts";
import { createTestCrew } from "../apps/server/platform/test-crew.ts";
import { withDatabase } from "./database.ts";
import { makeEnvironment } from "./environment.ts";
import type { BenchLine } from "./line.ts";

/** Records a second that have to go through PostgreSQL, signatures checked, on two cores. */
const goal = 1500;
const boxes = 20;
const perBox = 600;
/** As many as one message may hold. */
const perMessage = 20;

interface Box {
  readonly controllerId: string;
  readonly records: readonly string[];
  readonly keys: ReadonlyMap<string, PublicKey>;
  readonly chain: ChainState;
}

/**
 * Journals of twenty boxes, in messages of twenty records, one message of each box after the other and the boxes beside each
 * other: signature, chain, rows and commit. Against the same records opened and judged in memory, and stored nowhere.
 */
export function benchIngest(): Promise<BenchLine[]> {
  return withDatabase(async (connections, folder) => {
    const env = await makeEnvironment(connections, folder, boxes + 2);
    try {
      const made = await makeBoxes(env);
      const bare = await time(made, judgeInMemory);
      const whole = await time(made, (box) => ingest(env, box));
      const { count } = await env.db
        .selectFrom("controller_records")
        .select((eb) => eb.fn.countAll<string>().as("count"))
        .executeTakeFirstOrThrow();
      const written = made.reduce((sum, { records }) => sum + records.length, 0);
      if (Number(count) !== written) throw new Error(`${written} records were sent, and ${count} are stored`);
      const rate = written / (whole / 1000);
      return [
        {
          ...{ name: `ingest of ${boxes} controllers' journals, signatures checked`, value: Math.round(rate) },
          ...{ unit: "records/s", ratio: Math.round((rate / goal) * 100) / 100, against: `the goal of ${goal}` },
        },
        {
          ...{ name: "the same against the same records judged in memory", value: Math.round(rate) },
          ...{ unit: "records/s", ratio: Math.round((bare / whole) * 100) / 100 },
          against: `${Math.round(written / (bare / 1000))} records/s without a database`,
        },
      ];
    } finally {
      await env.db.destroy();
    }
  });
}

async function makeBoxes(env: Environment): Promise<Box[]> {
  const crew = await createTestCrew(env);
  await crew.registerSeal("department", "LX-01");
  const made: Box[] = [];
  for (let nth = 1; nth <= boxes; nth += 1) {
    const { controllerId, controller } = await enrolInTest(env, {
      ...{ entityId: crew.entityId, first: crew.people.sealAdministrator, second: crew.people.custodian },
      serial: `BENCH-${nth}`,
    });
    for (let at = 0; at < perBox; at += 1) await controller.sense({ kind: at % 2 === 0 ? "door-open" : "door-closed" });
    const rows = await env.db
      .selectFrom("controller_keys")
      .select(["kid", "alg", "x"])
      .where("controller_id", "=", controllerId)
      .execute();
    const chain = await transact(env.db, (tx) => lockChain(tx, controllerId, 1));
    if (chain === null) throw new Error("a box that was enrolled has no chain");
    made.push({
      ...{ controllerId, chain, keys: new Map(rows.map((row) => [row.kid, row])) },
      records: (await controller.printJournal()).split("\n").filter((line) => line !== ""),
    });
  }
  return made;
}

async function judgeInMemory({ records, keys, chain: first }: Box): Promise<void> {
  let chain = first;
  for (const text of records) {
    const opened = await openRecord(text, (_, kid) => keys.get(kid), nodeCrypto);
    if (!opened.ok) throw new Error(`a record is not opened: ${opened.detail}`);
    const judged = judgeRecord(chain, opened.value, {
      ...{ receivedAt: Date.now(), live: false, hashAt: () => undefined, authorisation: () => undefined },
    });
    if (judged.verdict === "refuse") throw new Error("a record is refused");
    chain = judged.chain;
  }
}

async function ingest(env: Environment, { controllerId, records }: Box): Promise<void> {
  for (let at = 0; at < records.length; at += perMessage) {
    const payload = Buffer.from(records.slice(at, at + perMessage).join("\n"));
    await ingestRecords(env, { controllerId, payload, receivedAt: env.clock.now(), liveAfter: null });
  }
}

/** Milliseconds for all boxes, beside each other. */
async function time(made: readonly Box[], work: (box: Box) => Promise<void>): Promise<number> {
  const begun = performance.now();
  await Promise.all(made.map(work));
  return performance.now() - begun;
}
