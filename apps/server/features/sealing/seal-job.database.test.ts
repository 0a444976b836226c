import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { verifyPdf } from "@chancery/pdf-seal/verify";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { walkToReserved } from "../../platform/test-walk.ts";
import { getTrust } from "../seals/authority.ts";
import { readSealFace } from "../seals/face.ts";
import { openSealSigner } from "../seals/keys.ts";
import { freezeSeal } from "../seals/service.ts";
import { runSealJob, SEALING_STEPS, type SealingPorts } from "./seal-job.ts";
import { sweepFiles } from "./sweep-files.ts";

let test_: TestEnvironment;
let crew: TestCrew;
let sealId: string;
before(async () => {
  test_ = await createTestEnvironment();
  crew = await createTestCrew(test_.env);
  sealId = await crew.registerSeal("contract", "LX-02");
});
after(() => test_.close());

const ports = (reached: SealingPorts["reached"] = () => undefined): SealingPorts => ({
  openSigner: (id) => openSealSigner(test_.env, id),
  readFace: (id) => readSealFace(test_.env, id),
  reached,
});

async function outcome(requestId: string) {
  const { env, ledger } = test_;
  await ledger.drain();
  const impressions = await env.db.selectFrom("impressions").selectAll().where("request_id", "=", requestId).execute();
  const documents = await env.db
    .selectFrom("request_documents")
    .selectAll()
    .where("request_id", "=", requestId)
    .execute();
  const request = await env.db
    .selectFrom("seal_use_requests")
    .selectAll()
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const leaves = await env.db
    .selectFrom("events as e")
    .innerJoin("ledger_entries as l", "l.leaf_hash", "e.leaf_hash")
    .select(["e.type", "l.seq"])
    .where("e.request_id", "=", requestId)
    .execute();
  return { impressions, documents, request, leaves };
}

test("a released and confirmed request ends in one valid sealed file, settled and in the ledger (C09)", async () => {
  const requestId = await walkToReserved(test_.env, crew, sealId, { placements: 2 });
  await runSealJob(test_.env, ports(), requestId);
  const { impressions, documents, request, leaves } = await outcome(requestId);
  assert.deepEqual(
    impressions.map((one) => one.state),
    ["settled", "settled"],
  );
  assert.equal(request.state, "registered");
  assert.equal(leaves.filter((leaf) => leaf.type === "ImpressionSettled").length, 2);
  const file = await test_.env.files.read(documents[0]?.sealed_digest ?? "");
  assert.ok(file.ok);
  const trust = await getTrust(test_.env.db);
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
  const requestId = await walkToReserved(test_.env, crew, sealId);
  await runSealJob(test_.env, ports(), requestId);
  const { documents } = await outcome(requestId);
  const file = await test_.env.files.read(documents[0]?.sealed_digest ?? "");
  assert.ok(file.ok);
  const path = join(mkdtempSync(join(tmpdir(), "chancery-pdfsig-")), "sealed.pdf");
  writeFileSync(path, file.bytes);
  const pdfsig = spawnSync("pdfsig", [path], { encoding: "utf8" });
  if (pdfsig.error) return context.skip("pdfsig is not installed");
  assert.match(pdfsig.stdout, /Signature is Valid/);
  assert.match(pdfsig.stdout, /Total document signed/);
  return undefined;
});

for (const step of SEALING_STEPS) {
  test(`killed at '${step}' and started again: settled once, one file, one leaf, nothing left over (C09)`, async () => {
    const { env } = test_;
    const requestId = await walkToReserved(env, crew, sealId);
    const child = spawnSync(
      process.execPath,
      [
        fileURLToPath(new URL("./seal-job-child.ts", import.meta.url)),
        JSON.stringify({ handover: test_.handover, requestId, killAt: step }),
      ],
      { encoding: "utf8" },
    );
    assert.equal(child.signal, "SIGKILL", child.stderr);
    if (step !== "settled") {
      const middle = await outcome(requestId);
      assert.equal(middle.documents[0]?.sealed_digest, null, "nothing can be downloaded before it is settled");
    }
    await runSealJob(env, ports(), requestId);
    await runSealJob(env, ports(), requestId);
    const { impressions, documents, request, leaves } = await outcome(requestId);
    assert.deepEqual(
      impressions.map((one) => one.state),
      ["settled"],
    );
    assert.equal(request.state, "registered");
    assert.equal(leaves.filter((leaf) => leaf.type === "ImpressionSettled").length, 1);
    assert.equal(leaves.filter((leaf) => leaf.type === "ImpressionSealed").length, 1);
    const file = await env.files.read(documents[0]?.sealed_digest ?? "");
    assert.ok(file.ok);
    await sweepFiles(env, -1000);
    const stored: string[] = [];
    for await (const { digest } of env.files.list()) stored.push(digest);
    const known = await env.db.selectFrom("files").select("digest").execute();
    assert.deepEqual(stored.toSorted(), known.map((row) => row.digest).toSorted());
  });
}

test("a seal frozen while the file is made lets nothing out: the impression is released (C10)", async () => {
  const other = sealId;
  const requestId = await walkToReserved(test_.env, crew, other);
  await runSealJob(
    test_.env,
    ports(async (step) => {
      if (step === "file-stored")
        await freezeSeal(test_.env, { actorId: crew.people.inspector, sealId: other, reason: "test", stepUpId: null });
    }),
    requestId,
  );
  const { impressions, documents, request } = await outcome(requestId);
  assert.deepEqual(
    impressions.map((one) => one.state),
    ["released"],
  );
  assert.equal(documents[0]?.sealed_digest, null);
  assert.equal(request.state, "authorised");
  assert.match(request.sealing_problem ?? "", /gate\.seal-in-use\.not/);
});
