import assert from "node:assert/strict";
import { createHash, createPublicKey, verify } from "node:crypto";
import { after, before, test } from "node:test";
import { hashPresenceChallenge } from "@chancery/pki";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { createTestPasskey, type TestPasskey } from "../../platform/test-passkey.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { makeCall } from "../installation/test-small-organisation.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { addPasskey, removePasskey } from "./own-credentials.ts";
import { beginRegistration, beginSignIn, finishSignIn } from "./passkeys.ts";
import { beginStepUp, verifyPresence } from "./step-up.ts";

let on: TestEnvironment;
let crew: TestCrew;
let sealId: string;
let key: TestPasskey;
let passkeyId: string;

async function register(personId: string, passkey: TestPasskey): Promise<string> {
  const { challengeId, options } = await beginRegistration(on.env, { personId, login: "head", name: "En head" });
  const answer = { challengeId, label: "a key", response: passkey.register(options) };
  return (await addPasskey(on.env, personId, answer)).passkeyId;
}
before(async () => {
  on = await createTestEnvironment();
  crew = await createTestCrew(on.env);
  sealId = await crew.registerSeal("contract", "LX-02");
  key = createTestPasskey(on.env.origin);
  passkeyId = await register(crew.people.head, key);
});
after(() => on.close());

const refuses = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
const leaves = async (type: string, personId: string): Promise<number> =>
  (
    await on.env.db
      .selectFrom("events")
      .select("event_id")
      .where("type", "=", type)
      .where((eb) => eb.or([eb("person_id", "=", personId), eb("actor_id", "=", personId)]))
      .execute()
  ).length;

test("a passkey says who signs in, and answers its own challenge once", async () => {
  const { challengeId, options } = await beginSignIn(on.env);
  const response = key.answer(String(options.challenge));
  const other = await beginSignIn(on.env);
  await assert.rejects(
    finishSignIn(on.env, other.challengeId, response),
    refuses("passkey.refused"),
    "another challenge",
  );
  assert.equal(await finishSignIn(on.env, challengeId, response), crew.people.head);
  await assert.rejects(
    finishSignIn(on.env, challengeId, response),
    refuses("passkey.challenge-expired"),
    "a second time",
  );
});

test("a passkey of another site, or one that nobody registered, signs nobody in", async () => {
  const site = createTestPasskey("https://phish.example");
  const stranger = createTestPasskey(on.env.origin);
  for (const passkey of [site, stranger]) {
    const { challengeId, options } = await beginSignIn(on.env);
    const response = passkey.answer(String(options.challenge));
    await assert.rejects(finishSignIn(on.env, challengeId, response), refuses("passkey.refused"));
  }
  const { challengeId, options } = await beginRegistration(on.env, {
    personId: crew.people.lawyer,
    login: "lawyer",
    name: "En lawyer",
  });
  await assert.rejects(
    addPasskey(on.env, crew.people.lawyer, { challengeId, label: "from elsewhere", response: site.register(options) }),
    refuses("passkey.refused"),
  );
});

test("C01 C17: a decision's passkey signs act, request and digest: for any other it is refused, and the evidence stays", async () => {
  const { env } = on;
  const { head } = crew.people;
  const requestId = await applyInTest(env, crew, sealId);
  await submitRequest(env, crew.people.applicant, requestId);
  const { row, steps } = await loadRequest(env.db, requestId);
  const digest = row.digest ?? "";
  const call = makeCall(head);
  const approving = await beginStepUp(env, head, "approve", requestId, digest);
  const returning = await beginStepUp(env, head, "return", requestId, digest);
  const challengeOf = (stepUp: typeof approving): string => String(stepUp.passkeyOptions?.challenge);
  assert.equal(
    challengeOf(approving),
    hashPresenceChallenge({ stepUpId: approving.stepUpId, act: "approve", subjectId: requestId, digest }).toString(
      "base64url",
    ),
  );
  const failed = await leaves("SignInFailed", head);
  const proofFor = (stepUp: typeof approving) => ({
    method: "passkey" as const,
    response: key.answer(challengeOf(stepUp)),
  });
  const present = (proof: ReturnType<typeof proofFor>) =>
    verifyPresence(
      env,
      call,
      { act: "approve", subjectId: requestId, digest },
      { stepUpId: approving.stepUpId, proof },
    );
  await assert.rejects(present(proofFor(returning)), refuses("presence.refused"), "signed for a return");
  assert.equal(await leaves("SignInFailed", head), failed + 1);
  const proof = proofFor(approving);
  assert.equal(await present(proof), "passkey");
  const decided = await decideStep(env, head, {
    ...{ requestId, stepId: steps[0]?.stepId ?? "", decision: "approve", comment: "", digest },
    presence: { stepUpId: approving.stepUpId, method: "passkey" },
  });
  assert.equal(decided.state, "in-review");
  await assert.rejects(present(proofFor(approving)), refuses("presence.expired"), "used up");

  const kept = await env.db
    .selectFrom("step_ups")
    .selectAll()
    .where("step_up_id", "=", approving.stepUpId)
    .executeTakeFirstOrThrow();
  const evidence = kept.assertion as { response?: { response?: Record<string, string> }; publicKey?: string };
  const { clientDataJSON = "", authenticatorData = "", signature = "" } = evidence.response?.response ?? {};
  const client = Buffer.from(clientDataJSON, "base64url");
  assert.equal((JSON.parse(client.toString()) as { challenge: string }).challenge, challengeOf(approving));
  // COSE: the coordinates stand after the labels -2 and -3 (RFC 9053, 7.1.1).
  const cose = Buffer.from(evidence.publicKey ?? "", "base64url");
  const part = (label: number): string => {
    const at = cose.indexOf(Buffer.from([label, 0x58, 0x20]));
    return cose.subarray(at + 3, at + 35).toString("base64url");
  };
  const publicKey = createPublicKey({ key: { kty: "EC", crv: "P-256", x: part(0x21), y: part(0x22) }, format: "jwk" });
  const signed = Buffer.concat([
    Buffer.from(authenticatorData, "base64url"),
    createHash("sha256").update(client).digest(),
  ]);
  assert.equal(verify("sha256", signed, publicKey, Buffer.from(signature, "base64url")), true, "anybody can check it");
  await assert.rejects(
    env.db.updateTable("step_ups").set({ assertion: "{}" }).where("step_up_id", "=", approving.stepUpId).execute(),
    /stays as it is/,
  );
  await assert.rejects(
    env.db.deleteFrom("step_ups").where("step_up_id", "=", approving.stepUpId).execute(),
    /stays as it is/,
  );
});

test("the last way to sign in is not removed; another one is, and no longer signs in", async () => {
  const { head } = crew.people;
  await assert.rejects(removePasskey(on.env, head, passkeyId), refuses("passkey.last-credential"));
  const second = createTestPasskey(on.env.origin);
  const secondId = await register(head, second);
  await assert.rejects(removePasskey(on.env, crew.people.lawyer, secondId), refuses("subject.not-found"));
  await removePasskey(on.env, head, secondId);
  const { challengeId, options } = await beginSignIn(on.env);
  await assert.rejects(
    finishSignIn(on.env, challengeId, second.answer(String(options.challenge))),
    refuses("passkey.refused"),
  );
});
