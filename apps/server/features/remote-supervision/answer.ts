import { decideRemoteAnswer, type RemoteVerdict } from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { askAuthority } from "../authority/ask.ts";
import { consumePresence } from "../identity/step-up.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { askGateForLook } from "./gate-of-look.ts";
import { digestOfLook, readLook } from "./look-rows.ts";

interface RemoteAnswer {
  readonly verdict: RemoteVerdict;
  readonly reason: string;
  /** Of the picture and the impression that were shown. */
  readonly digest: string;
  /** His checked proof of presence; null where he refuses. */
  readonly stepUpId: string | null;
}

/**
 * Who supervises from elsewhere agrees to one press, or refuses it. Agreed to, the authority is asked for the text that lets the box
 * press once; refused, for the text that tells the box so, and the impression is still to be made.
 */
export async function answerLook(
  env: Environment,
  personId: string,
  requestId: string,
  lookId: string,
  given: RemoteAnswer,
): Promise<void> {
  await transact(env.db, async (tx) => {
    // The request first, as whoever acts on it does.
    const view = await readGateFacts(tx, env, requestId, { lock: true });
    const { row } = view.loaded;
    const look = await readLook(tx, lookId);
    const stamping = await readStamping(tx, requestId);
    if (!look || look.request_id !== requestId || !stamping || row.digest === null) throw problems.notFound();
    const now = env.clock.now();
    const digest = digestOfLook({
      ...{ lookId, requestId, requestDigest: row.digest, impressionId: look.impression_id },
      ...{ jti: look.jti, n: look.n, picture: look.picture },
    });
    const decided = decideRemoteAnswer({
      ...{ verdict: given.verdict, reason: given.reason, actorId: personId, confirmedBy: row.confirmed_by, now },
      ...{ stamperId: stamping.opened_by, applicantId: row.applicant_id, handlerId: row.handler_id },
      gate: await askGateForLook(tx, env, look),
      look: {
        ...{ state: look.state, expiresAt: look.expires_at.getTime(), digest, pictured: look.evidence_id !== null },
        answeredAt: look.answered_at?.getTime() ?? null,
      },
      digest: given.digest,
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const agrees = given.verdict === "agree";
    if (agrees)
      await consumePresence(tx, env, given.stepUpId ?? "", {
        personId,
        act: "remote-press",
        subjectId: lookId,
        digest,
      });
    const answered = await tx
      .updateTable("remote_looks")
      .set({
        ...{ state: agrees ? "agreed" : "refused", answered_by: personId, answered_at: new Date(now) },
        ...(agrees ? { step_up_id: given.stepUpId } : { reason: given.reason }),
      })
      .where("look_id", "=", lookId)
      .where("state", "=", "waiting")
      .executeTakeFirst();
    if (answered.numUpdatedRows !== 1n) throw new Error("a look changed while it was answered");
    const impressions = await readHandImpressions(tx, requestId);
    const nth = impressions.findIndex((one) => one.impressionId === look.impression_id) + 1;
    await recordEvent(tx, env, {
      type: agrees ? "RemotePressAgreed" : "RemotePressRefused",
      ...{ actorId: personId, requestId, sealId: impressions[nth - 1]?.sealId ?? null },
      facts: {
        ...{ look: lookId, number: row.number, nth, impressionId: look.impression_id, picture: look.picture },
        ...{ jti: look.jti, n: look.n, digest },
        ...(agrees ? { stepUp: given.stepUpId } : {}),
      },
      comment: agrees ? null : given.reason,
    });
    await askAuthority(tx, env, {
      ...{ kind: agrees ? "agreement" : "remote-refusal", requestId, lookId },
      ...{ controllerId: look.controller_id, askedBy: personId },
    });
  });
}

/** What a proof of presence for agreeing to this press is bound to. Throws `subject.not-found`. */
export async function readLookDigest(reader: Reader, requestId: string, lookId: string): Promise<string> {
  const look = await readLook(reader, lookId);
  if (!look || look.request_id !== requestId) throw problems.notFound();
  return look.digest;
}
