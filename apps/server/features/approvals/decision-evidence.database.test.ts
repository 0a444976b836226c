import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { DecisionEvidence } from "@chancery/api";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { createTestPasskey } from "../../platform/test-passkey.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { addPasskey } from "../identity/own-credentials.ts";
import { beginRegistration } from "../identity/passkeys.ts";
import { beginStepUp, verifyPresence } from "../identity/step-up.ts";
import { makeCall } from "../installation/test-small-organisation.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { readDecisionEvidence } from "./decision-evidence.ts";
import { decideStep } from "./service.ts";

let on: TestEnvironment;
let crew: TestCrew;
let folder: string;
let sealId: string;
let requestId: string;
let evidence: DecisionEvidence;

async function addKey(personId: string) {
  const key = createTestPasskey(on.env.origin);
  const { challengeId, options } = await beginRegistration(on.env, { personId, login: personId, name: personId });
  await addPasskey(on.env, personId, { challengeId, label: "a key", response: key.register(options) });
  return key;
}

async function approveWith(personId: string, key: Awaited<ReturnType<typeof addKey>>): Promise<void> {
  const { row, steps } = await loadRequest(on.env.db, requestId);
  const [digest, stepId] = [row.digest ?? "", steps.find((step) => step.state === "current")?.stepId ?? ""];
  const { stepUpId, passkeyOptions } = await beginStepUp(on.env, personId, "approve", requestId, digest);
  const proof = { method: "passkey" as const, response: key.answer(String(passkeyOptions?.challenge)) };
  const wanted = { act: "approve" as const, subjectId: requestId, digest };
  const method = await verifyPresence(on.env, makeCall(personId), wanted, { stepUpId, proof });
  const decision = { decision: "approve" as const, comment: "", digest, presence: { stepUpId, method } };
  await decideStep(on.env, personId, { requestId, stepId, ...decision });
}

before(async () => {
  on = await createTestEnvironment();
  folder = await mkdtemp(join(tmpdir(), "chancery-evidence-"));
  crew = await createTestCrew(on.env);
  const { applicant, head, lawyer } = crew.people;
  sealId = await crew.registerSeal("contract", "LX-02");
  requestId = await applyInTest(on.env, crew, sealId);
  await submitRequest(on.env, applicant, requestId);
  await approveWith(head, await addKey(head));
  await approveWith(lawyer, await addKey(lawyer));
  await on.ledger.drain();
  evidence = await readDecisionEvidence(on.env, requestId);
});
after(async () => {
  await on.close();
  await rm(folder, { recursive: true, force: true });
});

const cli = fileURLToPath(new URL("../../../cli/src/main.ts", import.meta.url));

/** Runs the program of the command line on files of this evidence, as somebody elsewhere would: what it finds in each. */
async function check(...changed: object[]): Promise<{ code: number; faults: string[][] }> {
  const files = changed.map((_, nth) => join(folder, `evidence-${nth}.json`));
  for (const [nth, file] of files.entries()) await writeFile(file, JSON.stringify(changed[nth]));
  const parameters = [cli, "decisions", "verify", ...files, "--key", on.ledger.vkey, "--passkeys", "--json"];
  return new Promise((resolve) => {
    execFile(process.execPath, parameters, (error, out) => {
      const told = out.trim().split("\n");
      const faults = told.map((line) => (JSON.parse(line) as { faults: { code: string }[] }).faults);
      resolve({ code: error ? Number(error.code) : 0, faults: faults.map((one) => one.map((fault) => fault.code)) });
    });
  });
}

/** A copy of the evidence in which one decision is another. */
function changeFirst(change: (decision: DecisionEvidence["decisions"][number]) => object): object {
  return {
    ...evidence,
    decisions: evidence.decisions.map((one, nth) => (nth === 0 ? { ...one, ...change(one) } : one)),
  };
}
const changeKey = (change: object): object =>
  changeFirst(({ passkey }) => ({ passkey: passkey && { ...passkey, ...change } }));

test("C01 C17: who approved what with which passkey is proved without the platform", async () => {
  assert.equal(evidence.decisions.length, 2);
  assert.deepEqual(await check(evidence), { code: 0, faults: [[]] });
});

test("C17: whatever is changed in the evidence is found", async () => {
  const [first, second] = evidence.decisions;
  assert.ok(first?.passkey && second?.passkey);
  const subject = evidence.subject.replace(/"counterparty":"[^"]*"/, '"counterparty":"Somebody Else"');
  assert.notEqual(subject, evidence.subject);
  const changes: readonly [object, ...string[]][] = [
    [{ ...evidence, subject }, "subject.digest-differs"],
    [{ ...evidence, decisions: [] }, "decisions.none"],
    [changeFirst(() => ({ passkey: null })), "decision.not-signed"],
    [changeFirst(() => ({ act: "reject" })), "passkey.not-signed-by-it"],
    [changeFirst(() => ({ proof: null })), "decision.not-published", "passkey.of-another-person"],
    [changeFirst(() => ({ proof: second.proof })), "decision.entry-differs", "passkey.of-another-person"],
    [changeKey({ stepUpId: second.passkey.stepUpId }), "decision.entry-differs", "passkey.not-signed-by-it"],
    [changeKey({ publicKey: second.passkey.publicKey }), "passkey.not-signed-by-it", "passkey.entry-differs"],
    [changeKey({ addedProof: null }), "passkey.not-published"],
    [changeKey({ addedProof: first.proof }), "passkey.entry-differs"],
    [changeFirst(() => ({ passkey: second.passkey })), "decision.entry-differs", "passkey.of-another-person"],
    [{ ...evidence, origin: "https://elsewhere.example" }, "passkey.not-signed-by-it", "passkey.not-signed-by-it"],
  ];
  assert.deepEqual(await check(...changes.map(([changed]) => changed)), {
    code: 3,
    faults: changes.map(([, ...codes]) => codes),
  });
});

test("C17: a request that nobody submitted has no evidence", async () => {
  const draft = await applyInTest(on.env, crew, sealId);
  await assert.rejects(readDecisionEvidence(on.env, draft), (error) => error instanceof ProblemError);
});
