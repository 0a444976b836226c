import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import type { Call } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { walkToReserved } from "../../platform/test-walk.ts";
import { requestHandlers } from "../requests/routes.ts";
import { getTrust } from "../seals/authority.ts";
import { runSealJob, SEALING_STEPS, type SealingPorts, type SealingStep } from "./seal-job.ts";
import { sweepFiles } from "./sweep-files.ts";
import { assertSettledOnce, readFiles, readOutcome, runInChild, sealingPorts } from "./test-sealing.ts";

let on: TestEnvironment;
let crew: TestCrew;
let contract: string;
let business: string;
let stamp: string;
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  contract = await crew.registerSeal("contract", "LX-02");
  business = await crew.registerSeal("business", "LX-21");
  stamp = await crew.registerSeal("business", "LX-22");
});
after(() => on.close());

const pdf = (about: string): Buffer =>
  makeTestPdf([
    `An offer of twelve pressure gauges about ${about}`,
    "to Beicheng Ltd of 30 November 2026 for CNY 1,286,000.00",
    "Signed:",
  ]);
/** Two documents and three seals, one of them important. */
const walkToThree = (about: string): Promise<string> =>
  walkToReserved(on.env, crew, contract, {
    documentClass: "quotation",
    documents: [
      { pdf: pdf(`${about}, first part`), sealIds: [contract, business] },
      { pdf: pdf(`${about}, second part`), sealIds: [stamp] },
    ],
  });

async function verify(digest: string) {
  const file = await on.env.files.read(digest);
  assert.ok(file.ok);
  const trust = await getTrust(on.env.db);
  assert.ok(trust);
  return verifyPdf(file.bytes, { roots: [trust.root], intermediates: [trust.issuing] });
}

/** What the tables must say when the process was killed at this step: it shows that the step is where it says it is. */
const standsAt: Readonly<Record<SealingStep, { state: string; signed: boolean; prepared: boolean; orphan: boolean }>> =
  {
    "job-taken": { state: "reserved", signed: false, prepared: false, orphan: false },
    "gate-asked": { state: "reserved", signed: false, prepared: false, orphan: false },
    "impression-prepared": { state: "reserved", signed: false, prepared: true, orphan: false },
    "signature-made": { state: "reserved", signed: false, prepared: true, orphan: false },
    "signature-stored": { state: "sealed", signed: true, prepared: true, orphan: false },
    "file-built": { state: "sealed", signed: true, prepared: true, orphan: false },
    "file-stored": { state: "sealed", signed: true, prepared: true, orphan: true },
    settling: { state: "sealed", signed: true, prepared: true, orphan: true },
    settled: { state: "settled", signed: true, prepared: true, orphan: false },
  };

for (const step of SEALING_STEPS) {
  test(`C09: killed at '${step}' and started again: settled once, one file, one leaf, nothing left over`, async () => {
    const requestId = await walkToReserved(on.env, crew, contract);
    assert.equal(runInChild(on, { requestId, killAt: step }), "SIGKILL");
    const middle = await readOutcome(on, requestId);
    const [impression] = middle.impressions;
    const { stored, known } = await readFiles(on);
    const orphans = stored.filter((digest) => !known.includes(digest));
    const { state, signed, prepared, orphan } = standsAt[step];
    assert.deepEqual(
      [impression?.state, impression?.signature !== null, impression?.prepared_at !== null, orphans.length],
      [state, signed, prepared, orphan ? 1 : 0],
    );
    assert.equal(
      middle.documents[0]?.sealed_digest !== null,
      step === "settled",
      "nothing to download before it is settled",
    );
    await runSealJob(on.env, sealingPorts(on), requestId);
    await runSealJob(on.env, sealingPorts(on), requestId);
    await assertSettledOnce(on, requestId, 1);
    const { documents } = await readOutcome(on, requestId);
    const digest = documents[0]?.sealed_digest ?? "";
    if (orphan) assert.equal(digest, orphans[0], "finished with the very bytes that were made before");
    assert.equal((await verify(digest)).verdict, "valid");
    await sweepFiles(on.env, -1000);
    const after = await readFiles(on);
    assert.deepEqual(after.stored, after.known);
  });
}

test("C09: two documents and three seals, killed one step later each time: every impression once, both files valid", async () => {
  const requestId = await walkToThree("killed again and again");
  let kills = 0;
  let half = 0;
  for (let killAt = 3; runInChild(on, { requestId, killAt }) !== null; killAt += 1) {
    kills += 1;
    const { states, documents, request, leavesOf } = await readOutcome(on, requestId);
    const out = documents.filter((document) => document.sealed_digest !== null).length;
    if (out === 1) half += 1;
    const settled = states.filter((state) => state === "settled").length;
    assert.equal(leavesOf("ImpressionSettled"), settled);
    assert.ok(!states.includes("released"));
    assert.deepEqual(
      [settled === 0, settled === 2, settled === 3].indexOf(true),
      out,
      "all seals of a document, or none",
    );
    assert.equal(request.state, out === 2 ? "registered" : "opened");
    assert.ok(kills < 40, "each time it comes further");
  }
  assert.ok(kills >= 6, `killed only ${kills} times`);
  assert.ok(half > 0, "never killed between the documents");
  await assertSettledOnce(on, requestId, 3);
  const { documents } = await readOutcome(on, requestId);
  const verdicts = [];
  for (const { sealed_digest } of documents) verdicts.push(await verify(sealed_digest ?? ""));
  assert.deepEqual(
    verdicts.map(({ verdict, seals, trust }) => [verdict, seals.length, trust]),
    [
      ["valid-allowed", 2, "trusted"],
      ["valid", 1, "trusted"],
    ],
  );
});

test("C09: killed between the documents: the first can be downloaded, the second only after the job ran again", async () => {
  const requestId = await walkToThree("killed in the middle");
  // job-taken, gate-asked, twice three steps of the first document's seals, built, stored, settling, settled, and one more.
  assert.equal(runInChild(on, { requestId, killAt: 13 }), "SIGKILL");
  const handlers = requestHandlers(on.env);
  const call = { person: () => ({ personId: crew.people.applicant }) } as Call;
  const download = async (at: number) => {
    const { documents } = await readOutcome(on, requestId);
    const documentId = documents[at]?.document_id ?? "";
    return handlers["GET /v1/seal-use-requests/:requestId/sealed/:documentId"](
      { params: { requestId, documentId } },
      call,
    );
  };
  const refused = (error: unknown): boolean => error instanceof ProblemError && error.status === 404;
  const first = await download(0);
  await assert.rejects(download(1), refused);
  await runSealJob(on.env, sealingPorts(on), requestId);
  assert.deepEqual((await download(0)).body, first.body, "what was let out stays as it is");
  assert.ok((await download(1)).body);
  await assertSettledOnce(on, requestId, 3);
});

test("C09 C24: bytes that were signed but never settled are reached by nobody, and the sweep removes them", async () => {
  const original = pdf("what is never let out");
  const requestId = await walkToReserved(on.env, crew, contract, { pdf: original });
  const before = await readFiles(on);
  assert.equal(runInChild(on, { requestId, killAt: "file-stored" }), "SIGKILL");
  const [orphan, ...more] = (await readFiles(on)).stored.filter((digest) => !before.stored.includes(digest));
  assert.ok(orphan && more.length === 0);
  assert.equal((await verify(orphan)).verdict, "valid", "it is a sealed file");
  for (const table of ["files", "documents"] as const)
    assert.equal((await on.env.db.selectFrom(table).select("digest").where("digest", "=", orphan).execute()).length, 0);
  const { documents } = await readOutcome(on, requestId);
  const handlers = requestHandlers(on.env);
  for (const personId of Object.values(crew.people)) {
    const call = { person: () => ({ personId }) } as Call;
    const params = { requestId, documentId: documents[0]?.document_id ?? "" };
    await assert.rejects(
      handlers["GET /v1/seal-use-requests/:requestId/sealed/:documentId"]({ params }, call),
      (error) => error instanceof ProblemError && error.status === 404,
    );
    const own = handlers["GET /v1/documents/:documentId/file"]({ params: { documentId: params.documentId } }, call);
    await own.then(
      (answer) => assert.deepEqual(answer.body, original, "the document is the original and stays it"),
      (error) => assert.ok(error instanceof ProblemError && error.status === 404),
    );
  }
  assert.equal(await sweepFiles(on.env, 60 * 60_000), 0, "what is young may belong to a call under way");
  assert.equal(await sweepFiles(on.env, -1000), 1);
  assert.equal((await on.env.files.read(orphan)).ok, false);
  await runSealJob(on.env, sealingPorts(on), requestId);
  await assertSettledOnce(on, requestId, 1);
  assert.equal((await readOutcome(on, requestId)).documents[0]?.sealed_digest, orphan, "made again, byte for byte");
});

/** Lets two runs go on only when both have come to a step, so that they do what follows at the same moment. */
function makeBarrier(step: SealingStep): { reached(at: SealingStep): Promise<void>; leave(): void } {
  let waiting: (() => void)[] = [];
  let inside = 2;
  const open = (): void => {
    if (waiting.length < inside) return;
    for (const go of waiting) go();
    waiting = [];
  };
  return {
    reached: (at) =>
      at === step
        ? new Promise((resolve) => {
            waiting.push(resolve);
            open();
          })
        : Promise.resolve(),
    leave: () => {
      inside -= 1;
      open();
    },
  };
}

/** The same installation, seen by a process whose clock is five seconds ahead. */
const ahead = (): Environment => ({ ...on.env, clock: { now: () => on.env.clock.now() + 5000 } });

/** Two runs of the job that meet at a step; what each of them ended with. */
async function runTwo(requestId: string, step: SealingStep, also: SealingPorts["reached"] = () => undefined) {
  const barrier = makeBarrier(step);
  const met = await Promise.allSettled(
    [on.env, ahead()].map((env) =>
      runSealJob(
        env,
        sealingPorts(on, async (at) => {
          await barrier.reached(at);
          await also(at);
        }),
        requestId,
      ).finally(() => barrier.leave()),
    ),
  );
  return met.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
}
const endAt =
  (step: SealingStep): SealingPorts["reached"] =>
  (at) => {
    if (at === step) throw new Error(`ended at ${step}`);
  };

for (const step of SEALING_STEPS.filter((one) => one !== "settling" && one !== "settled")) {
  test(`C09: two jobs at once that both come to '${step}': every impression is settled once, whoever is faster`, async () => {
    const requestId = await walkToThree(`two at ${step}`);
    // Who comes second to a signature ends with an error, and is tried again by the queue.
    for (const error of await runTwo(requestId, step)) assert.match(error, /changed while it was sealed/);
    await runSealJob(on.env, sealingPorts(on), requestId);
    await assertSettledOnce(on, requestId, 3);
  });
}

for (const step of ["job-taken", "gate-asked", "impression-prepared", "file-built", "file-stored"] as const) {
  test(`C09: two jobs at once on what was signed before, both at '${step}': settled once, and nothing is said to be released`, async () => {
    const requestId = await walkToReserved(on.env, crew, contract, { pdf: pdf(`signed before, two at ${step}`) });
    await assert.rejects(runSealJob(on.env, sealingPorts(on, endAt("file-built")), requestId), /ended at/);
    assert.deepEqual(await runTwo(requestId, step), []);
    await assertSettledOnce(on, requestId, 1);
  });
}

test("C09: two jobs at once whose clocks differ, both ended after the signature: the third makes the file that was signed", async () => {
  const requestId = await walkToReserved(on.env, crew, contract, { pdf: pdf("two clocks") });
  const errors = await runTwo(requestId, "gate-asked", endAt("signature-stored"));
  assert.equal(errors.length, 2);
  assert.deepEqual((await readOutcome(on, requestId)).states, ["sealed"]);
  await runSealJob(on.env, sealingPorts(on), requestId);
  await assertSettledOnce(on, requestId, 1);
  const { documents } = await readOutcome(on, requestId);
  assert.equal((await verify(documents[0]?.sealed_digest ?? "")).verdict, "valid");
});
