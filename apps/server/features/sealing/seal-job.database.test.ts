import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest, presenceInTest, releaseInTest, walkToReserved } from "../../platform/test-walk.ts";
import { readDetail } from "../requests/detail.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { getTrust } from "../seals/authority.ts";
import { openSealSigner } from "../seals/keys.ts";
import { freezeSeal, unfreezeSeal } from "../seals/service.ts";
import { runSealJob } from "./seal-job.ts";
import { assertSettledOnce, readFiles, readOutcome, sealingPorts } from "./test-sealing.ts";

let on: TestEnvironment;
let crew: TestCrew;
let contract: string;
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  contract = await crew.registerSeal("contract", "LX-02");
});
after(() => on.close());

const pdf = (about: string): Buffer =>
  makeTestPdf([
    `An offer of twelve pressure gauges about ${about}`,
    "to Beicheng Ltd of 30 November 2026 for CNY 1,286,000.00",
    "Signed:",
  ]);
const walkToTwo = (about: string, first: string, second: string): Promise<string> =>
  walkToReserved(on.env, crew, contract, {
    documentClass: "quotation",
    documents: [
      { pdf: pdf(`${about}, first part`), sealIds: [first] },
      { pdf: pdf(`${about}, second part`), sealIds: [second] },
    ],
  });
const freeze = (sealId: string): Promise<void> =>
  freezeSeal(on.env, { actorId: crew.people.inspector, sealId, reason: "a stock-take", stepUpId: null });

test("C08 C04: while a release waits for its confirmation no other custodian takes the place of who released", async () => {
  const { applicant, custodian, secondCustodian, supervisor } = crew.people;
  const requestId = await applyInTest(on.env, crew, contract);
  await submitRequest(on.env, applicant, requestId);
  await approveInTest(on.env, crew, requestId);
  assert.equal((await presenceInTest(on.env, custodian, "release", requestId)).sealing, false);
  assert.deepEqual(await codesOf(presenceInTest(on.env, secondCustodian, "release", requestId)), ["release.waits"]);
  // He may release again himself, and another person confirms.
  assert.equal((await presenceInTest(on.env, custodian, "release", requestId)).sealing, false);
  assert.equal((await presenceInTest(on.env, supervisor, "confirm", requestId)).sealing, true);
  await runSealJob(on.env, sealingPorts(on), requestId);
  await assertSettledOnce(on, requestId, 1);
});

test("C09: a released and confirmed request ends in one valid sealed file, settled and in the ledger", async () => {
  const requestId = await walkToReserved(on.env, crew, contract, { placements: 2 });
  await runSealJob(on.env, sealingPorts(on), requestId);
  await assertSettledOnce(on, requestId, 2);
  const { documents } = await readOutcome(on, requestId);
  const file = await on.env.files.read(documents[0]?.sealed_digest ?? "");
  assert.ok(file.ok);
  const trust = await getTrust(on.env.db);
  const verified = await verifyPdf(file.bytes, {
    roots: trust ? [trust.root] : [],
    intermediates: trust ? [trust.issuing] : [],
  });
  // The second seal is a later change of the first, and an allowed one.
  assert.ok(verified.verdict === "valid" || verified.verdict === "valid-allowed", verified.verdict);
  assert.equal(verified.seals.length, 2);
  assert.equal(verified.trust, "trusted");
});

test("the bytes that pdfsig calls valid are the bytes that are handed out", async (context) => {
  const requestId = await walkToReserved(on.env, crew, contract);
  await runSealJob(on.env, sealingPorts(on), requestId);
  const { documents } = await readOutcome(on, requestId);
  const file = await on.env.files.read(documents[0]?.sealed_digest ?? "");
  assert.ok(file.ok);
  const path = join(mkdtempSync(join(tmpdir(), "chancery-pdfsig-")), "sealed.pdf");
  writeFileSync(path, file.bytes);
  const pdfsig = spawnSync("pdfsig", [path], { encoding: "utf8" });
  if (pdfsig.error) return context.skip("pdfsig is not installed");
  assert.match(pdfsig.stdout, /Signature is Valid/);
  assert.match(pdfsig.stdout, /Total document signed/);
  return undefined;
});

test("C10: a seal frozen while the file is made lets nothing out: the impression is released, its signature forgotten", async () => {
  const sealId = await crew.registerSeal("personnel", "LX-07");
  const requestId = await walkToReserved(on.env, crew, sealId, { documentClass: "employment-certificate" });
  const files = await readFiles(on);
  await runSealJob(
    on.env,
    sealingPorts(on, async (step) => {
      if (step === "file-stored") await freeze(sealId);
    }),
    requestId,
  );
  const { impressions, documents, request, leavesOf } = await readOutcome(on, requestId);
  assert.deepEqual(
    impressions.map((one) => [one.state, one.signature]),
    [["released", null]],
  );
  assert.equal(documents[0]?.sealed_digest, null);
  assert.deepEqual((await readFiles(on)).known, files.known, "the file that was made is known to nobody");
  assert.equal(request.state, "authorised");
  assert.equal(leavesOf("ImpressionReleased"), 1);
  const { sealing, actions } = await readDetail(on.env, crew.people.custodian, requestId);
  assert.equal(sealing.state, "failed");
  assert.equal(sealing.problem?.en, "The seal is frozen.");
  assert.equal(sealing.problem?.zh, "印章状态为「已冻结」。");
  assert.ok(actions.includes("release"), "custodian and supervisor are asked anew");
});

test("C10 C09: frozen between two documents: the first is out, the rest is released, and a later release seals the rest alone", async () => {
  const business = await crew.registerSeal("business", "LX-21");
  const requestId = await walkToTwo("frozen between", contract, business);
  let settled = 0;
  await runSealJob(
    on.env,
    sealingPorts(on, async (step) => {
      if (step === "settled" && ++settled === 1) await freeze(business);
    }),
    requestId,
  );
  const half = await readOutcome(on, requestId);
  assert.deepEqual(half.states.toSorted(), ["released", "settled"]);
  assert.deepEqual(
    half.documents.map((document) => document.sealed_digest !== null),
    [true, false],
  );
  assert.equal(half.request.state, "authorised");
  await unfreezeSeal(on.env, {
    actorId: crew.people.sealAdministrator,
    sealId: business,
    reason: "done",
    stepUpId: null,
  });
  await releaseInTest(on.env, crew, requestId);
  await runSealJob(on.env, sealingPorts(on), requestId);
  const whole = await readOutcome(on, requestId);
  assert.deepEqual(whole.states.toSorted(), ["released", "settled", "settled"]);
  assert.equal(whole.request.state, "registered");
  assert.equal(whole.documents[0]?.sealed_digest, half.documents[0]?.sealed_digest);
  assert.equal(whole.leavesOf("ImpressionSettled"), 2);
  const { counts } = await readDetail(on.env, crew.people.applicant, requestId);
  assert.deepEqual(counts, { authorised: 2, sealed: 2, settled: 2, registered: 2, released: 1 });
});

test("C09: a request of which something is sealed is ended, not withdrawn: the sealed file stays, the rest shows as unused", async () => {
  const business = await crew.registerSeal("business", "LX-22");
  const requestId = await walkToTwo("ended half way", contract, business);
  let settled = 0;
  const reached = async (step: string): Promise<void> => {
    if (step === "settled" && ++settled === 1) await freeze(business);
  };
  await runSealJob(on.env, sealingPorts(on, reached), requestId);
  await withdrawRequest(on.env, crew.people.applicant, requestId, "The second part is not needed.");
  const { request, documents, leavesOf } = await readOutcome(on, requestId);
  assert.equal(request.state, "registered");
  assert.ok(documents[0]?.sealed_digest);
  assert.equal(leavesOf("SealUseRequestWithdrawn"), 0);
  assert.equal(leavesOf("SealUseRegistered"), 1);
  const closed = await on.env.db
    .selectFrom("events")
    .select(["facts", "comment", "actor_id"])
    .where("request_id", "=", requestId)
    .where("type", "=", "SealUseRequestClosed")
    .executeTakeFirstOrThrow();
  assert.equal(closed.facts.unused, 1);
  assert.equal(closed.actor_id, crew.people.applicant);
  assert.equal(closed.comment, "The second part is not needed.");
  const detail = await readDetail(on.env, crew.people.applicant, requestId);
  assert.deepEqual([detail.counts.authorised, detail.counts.settled, detail.counts.registered], [2, 1, 1]);
  assert.ok(detail.actions.includes("download") && !detail.actions.includes("edit"));
});

test("C10: a key that is gone is told as it is, everything left is released, and no other key signs any more", async () => {
  const business = await crew.registerSeal("business", "LX-23");
  const requestId = await walkToTwo("a key that is gone", business, contract);
  let signed = 0;
  const ports = {
    ...sealingPorts(on),
    openSigner: async (sealId: string) => {
      if (sealId === business)
        throw new ProblemError(409, "seal.key-gone", { en: "The key is gone.", zh: "密钥已不存在。" });
      signed += 1;
      return openSealSigner(on.env, sealId);
    },
  };
  await runSealJob(on.env, ports, requestId);
  const { states, request, leavesOf } = await readOutcome(on, requestId);
  assert.deepEqual(states, ["released", "released"]);
  assert.equal(signed, 0);
  assert.equal(leavesOf("ImpressionSealed"), 0);
  assert.equal(request.state, "authorised");
  assert.equal((await readDetail(on.env, crew.people.applicant, requestId)).sealing.problem?.zh, "密钥已不存在。");
});

test("C17 C24: an approved file that is gone when its turn comes is never sealed, and the request says so", async () => {
  const requestId = await walkToReserved(on.env, crew, contract, { pdf: pdf("a file that goes missing") });
  const { documents } = await readDetail(on.env, crew.people.applicant, requestId).then(({ documentList }) => ({
    documents: documentList,
  }));
  await runSealJob(
    on.env,
    sealingPorts(on, async (step) => {
      if (step === "gate-asked") await on.env.files.remove(documents[0]?.digest ?? "");
    }),
    requestId,
  );
  const { states, request } = await readOutcome(on, requestId);
  assert.deepEqual(states, ["released"]);
  assert.equal(request.state, "authorised");
  assert.match(request.sealing_problem ?? "", /gate\.document-unchanged\.missing/);
});

test("C09: the database keeps what ended: a settled impression, a numbered request and a sealed document stay", async () => {
  const requestId = await walkToReserved(on.env, crew, contract);
  await runSealJob(on.env, sealingPorts(on), requestId);
  const { db } = on.env;
  await assert.rejects(
    db.updateTable("impressions").set({ state: "released" }).where("request_id", "=", requestId).execute(),
    /stays as it is/,
  );
  await assert.rejects(
    db.deleteFrom("request_documents").where("request_id", "=", requestId).execute(),
    /stays with its request/,
  );
  await assert.rejects(
    db.deleteFrom("seal_use_requests").where("request_id", "=", requestId).execute(),
    /never deleted/,
  );
  await assert.rejects(db.deleteFrom("impressions").where("request_id", "=", requestId).execute(), /permission denied/);
});
