import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { TestEnvironment } from "../../platform/test-environment.ts";
import { readSealFace } from "../seals/face.ts";
import { openSealSigner } from "../seals/keys.ts";
import type { SealingPorts } from "./seal-job.ts";
import type { ChildOrders } from "./seal-job-child.ts";

export function sealingPorts(
  { env }: Pick<TestEnvironment, "env">,
  reached: SealingPorts["reached"] = () => undefined,
): SealingPorts {
  return { openSigner: (id) => openSealSigner(env, id), readFace: (id) => readSealFace(env, id), reached };
}

/** Runs the job in a process of its own; answers the signal it ended by, null where it came to its end. */
export function runInChild(on: TestEnvironment, orders: Omit<ChildOrders, "handover">): string | null {
  const child = spawnSync(
    process.execPath,
    [
      fileURLToPath(new URL("./seal-job-child.ts", import.meta.url)),
      JSON.stringify({ handover: on.handover, ...orders } satisfies ChildOrders),
    ],
    { encoding: "utf8" },
  );
  assert.ok(child.signal !== null || child.status === 7, child.stderr);
  return child.signal;
}

/** Everything that tells how a request's sealing stands: rows, what can be downloaded, ledger leaves. */
export async function readOutcome({ env, ledger }: TestEnvironment, requestId: string) {
  await ledger.drain();
  const impressions = await env.db
    .selectFrom("impressions")
    .selectAll()
    .where("request_id", "=", requestId)
    .orderBy("reserved_at")
    .orderBy("impression_id")
    .execute();
  const documents = await env.db
    .selectFrom("request_documents")
    .selectAll()
    .where("request_id", "=", requestId)
    .orderBy("position")
    .execute();
  const request = await env.db
    .selectFrom("seal_use_requests")
    .selectAll()
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const leaves = await env.db
    .selectFrom("events as e")
    .innerJoin("ledger_entries as l", "l.leaf_hash", "e.leaf_hash")
    .select(["e.type", "e.facts", "l.seq"])
    .where("e.request_id", "=", requestId)
    .execute();
  return {
    impressions,
    states: impressions.map((one) => one.state),
    documents,
    request,
    leavesOf: (type: string, impressionId?: string): number =>
      leaves.filter(
        (leaf) => leaf.type === type && (impressionId === undefined || leaf.facts.impressionId === impressionId),
      ).length,
  };
}

/** Digests of every file in the store, and of those that the tables know. */
export async function readFiles({ env }: TestEnvironment): Promise<{ stored: string[]; known: string[] }> {
  const stored = await Array.fromAsync(env.files.list(), ({ digest }) => digest as string);
  const known = await env.db.selectFrom("files").select("digest").execute();
  return { stored: stored.toSorted(), known: known.map((row) => row.digest).toSorted() };
}

/** What is true however often and wherever the job was ended: every impression once, every file whole, nothing besides. */
export async function assertSettledOnce(on: TestEnvironment, requestId: string, count: number): Promise<void> {
  const outcome = await readOutcome(on, requestId);
  assert.deepEqual(
    outcome.states,
    Array.from({ length: count }, () => "settled"),
  );
  assert.equal(outcome.request.state, "registered");
  assert.equal(outcome.request.sealing_state, "done");
  assert.equal(outcome.request.sealing_problem, null);
  for (const { impression_id } of outcome.impressions)
    for (const type of ["ImpressionReserved", "ImpressionSealed", "ImpressionSettled"])
      assert.equal(outcome.leavesOf(type, impression_id), 1, `${type} of ${impression_id}`);
  assert.equal(outcome.leavesOf("ImpressionReleased"), 0);
  assert.equal(outcome.leavesOf("SealUseRequestClosed"), 1);
  assert.equal(outcome.leavesOf("SealUseRegistered"), 1);
  for (const { sealed_digest } of outcome.documents) {
    assert.ok(sealed_digest);
    assert.ok((await on.env.files.read(sealed_digest)).ok);
  }
}
