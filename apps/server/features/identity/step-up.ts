import type { Presence } from "@chancery/api";
import { hashPresenceChallenge } from "@chancery/pki";
import type { z } from "zod";
import type { Call } from "../../platform/call.ts";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { ProblemError } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { assertionOptions, digestOfKey, findAssertion } from "./passkeys.ts";
import { verifyPassword } from "./password.ts";
import { recordRefusedSignIn, trySecret } from "./sign-in.ts";

const life = 5 * 60_000;
export type StepUpAct =
  | "approve"
  | "reject"
  | "return"
  | "release"
  | "confirm"
  | "remote-press"
  | "seal-freeze"
  | "seal-unfreeze"
  | "matter-approve"
  | "matter-confirm"
  | "matter-carry-out"
  | "commitment"
  | "rule-book"
  | "position";
/** What a proof of presence was given for: whose it is, the act, what it is done to, and the digest of that. */
export interface StepUpBinding {
  personId: string;
  act: StepUpAct;
  subjectId: string;
  digest: string;
}
export type PresenceProof = z.output<typeof Presence>;
export type PresenceMethod = "passkey" | "password" | "sample";

const refused = (): ProblemError =>
  new ProblemError(401, "presence.refused", {
    en: "The proof of presence was not accepted. Nothing was decided; try again.",
    zh: "身份确认未通过。没有做出任何决定，请重试。",
  });
const expired = (): ProblemError =>
  new ProblemError(409, "presence.expired", {
    en: "The proof of presence was used, ran out, or belongs to something else. Confirm again.",
    zh: "身份确认已使用、已过期或与本操作不符。请重新确认。",
  });

const otherDigest = (): ProblemError =>
  new ProblemError(409, "presence.other-digest", {
    en: "What would be decided on has another digest than what presence was confirmed for: it has changed since, or was exchanged on the way. Nothing was decided. Load the page again, read it, and confirm anew.",
    zh: "所决定内容的摘要与确认身份时的不符：内容此后已变更，或在途中被调换。没有做出任何决定。请刷新页面重新阅读后再次确认。",
  });

/** Asks for a fresh proof of presence; it lives five minutes and serves once. */
export async function beginStepUp(
  env: Environment,
  personId: string,
  act: StepUpAct,
  subjectId: string,
  digest: string,
): Promise<{
  stepUpId: string;
  digest: string;
  expiresAt: string;
  methods: PresenceMethod[];
  passkeyOptions: Record<string, unknown> | null;
}> {
  const now = env.clock.now();
  const stepUpId = newId("stp", now);
  const challenge = hashPresenceChallenge({ stepUpId, act, subjectId, digest });
  const sample = await isSample(env);
  const person = await env.db
    .selectFrom("people")
    .select("password_hash")
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  const passkeyOptions = sample ? null : await assertionOptions(env, personId, challenge);
  await env.db
    .insertInto("step_ups")
    .values({
      step_up_id: stepUpId,
      person_id: personId,
      act,
      subject_id: subjectId,
      digest,
      challenge: challenge.toString("base64url"),
      expires_at: new Date(now + life),
    })
    .execute();
  const methods: PresenceMethod[] = sample
    ? ["sample"]
    : [...(passkeyOptions ? (["passkey"] as const) : []), ...(person.password_hash ? (["password"] as const) : [])];
  return { stepUpId, digest, expiresAt: new Date(now + life).toISOString(), methods, passkeyOptions };
}

/**
 * Checks a proof of presence for one act on one digest. A refused one is counted and in the ledger; an accepted one is
 * marked with its method and evidence, and is still to be consumed by the act itself (`consumePresence`).
 */
export async function verifyPresence(
  env: Environment,
  call: Call,
  wanted: Omit<StepUpBinding, "personId">,
  presence: PresenceProof,
): Promise<PresenceMethod> {
  const { personId } = call.person();
  const row = await env.db
    .selectFrom("step_ups")
    .selectAll()
    .where("step_up_id", "=", presence.stepUpId)
    .where("person_id", "=", personId)
    .executeTakeFirst();
  const now = env.clock.now();
  if (
    !row ||
    row.used_at ||
    row.expires_at.getTime() < now ||
    row.act !== wanted.act ||
    row.subject_id !== wanted.subjectId
  )
    throw expired();
  if (row.digest !== wanted.digest) throw otherDigest();
  const person = await env.db
    .selectFrom("people")
    .select(["login", "password_hash"])
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  let evidence: Record<string, unknown> = {};
  let key: { key?: string } = {};
  const { proof } = presence;
  const method = `step-up ${proof.method}`;
  if (proof.method === "password") {
    const tried = { login: person.login, address: call.address, personId, method };
    if (!(await trySecret(env, tried, () => verifyPassword(person.password_hash, proof.password)))) throw refused();
  } else if (proof.method === "passkey") {
    // A passkey cannot be guessed: its failures are in the ledger, and lock nobody out.
    const checked = await findAssertion(env, proof.response, row.challenge, personId);
    if (!checked) {
      await recordRefusedSignIn(env, personId, method);
      throw refused();
    }
    const { passkeyId, publicKey } = checked;
    key = { key: digestOfKey(publicKey) };
    evidence = { response: proof.response, publicKey: publicKey.toString("base64url"), passkeyId };
  } else if (!(await isSample(env))) {
    await recordRefusedSignIn(env, personId, method);
    throw refused();
  }
  await transact(env.db, async (tx) => {
    const marked = await tx
      .updateTable("step_ups")
      .set({ method: proof.method, assertion: JSON.stringify(evidence) })
      .where("step_up_id", "=", row.step_up_id)
      .where("used_at", "is", null)
      .executeTakeFirst();
    // Used in the meantime: what was decided on then keeps its own evidence.
    if (marked.numUpdatedRows !== 1n) throw expired();
    await recordEvent(tx, env, {
      type: "StepUpSucceeded",
      actorId: personId,
      facts: { act: wanted.act, digest: wanted.digest, method: proof.method, ...key },
    });
  });
  return proof.method;
}

/**
 * Uses a checked proof up, inside the transaction of the act it was given for. It serves once, for its own person, act,
 * subject and digest: whatever the caller was told before, here it is asked of the row itself.
 */
export async function consumePresence(tx: Tx, env: Environment, stepUpId: string, by: StepUpBinding): Promise<void> {
  const now = new Date(env.clock.now());
  const used = await tx
    .updateTable("step_ups")
    .set({ used_at: now })
    .where("step_up_id", "=", stepUpId)
    .where("person_id", "=", by.personId)
    .where("act", "=", by.act)
    .where("subject_id", "=", by.subjectId)
    .where("digest", "=", by.digest)
    .where("used_at", "is", null)
    .where("expires_at", ">=", now)
    .where("method", "is not", null)
    .executeTakeFirst();
  if (used.numUpdatedRows !== 1n) throw expired();
}

/**
 * A proof of presence of the sample organisation's past: recorded as `sample`, refused everywhere else. It is still to
 * be consumed by its act.
 */
export async function recordSamplePresence(
  env: Environment,
  personId: string,
  act: StepUpAct,
  subjectId: string,
  digest: string,
): Promise<string> {
  if (!(await isSample(env))) throw refused();
  const { stepUpId } = await beginStepUp(env, personId, act, subjectId, digest);
  await transact(env.db, async (tx) => {
    await tx
      .updateTable("step_ups")
      .set({ method: "sample", assertion: "{}" })
      .where("step_up_id", "=", stepUpId)
      .execute();
    await recordEvent(tx, env, {
      type: "StepUpSucceeded",
      actorId: personId,
      facts: { act, digest, method: "sample" },
    });
  });
  return stepUpId;
}

export async function isSample(env: Environment): Promise<boolean> {
  const row = await env.db.selectFrom("installation").select("state").executeTakeFirstOrThrow();
  return row.state === "sample" || row.state === "preparing-sample";
}
