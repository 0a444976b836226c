import { type MessageCode, refuse, remoteAgreementLife, remoteLookLife } from "@chancery/domain";
import type { CosignClaims } from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { askGateForLook } from "../remote-supervision/gate-of-look.ts";
import { digestOfLook, readLook } from "../remote-supervision/look-rows.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import type { Ask } from "./ask.ts";
import { livingStates } from "./authorisation-rows.ts";
import type { Head, Judged } from "./judge-ask.ts";

/**
 * The text that lets a box press once: for the picture that who confirmed the stamping says he has seen, with his own proof of presence
 * over it, while the authorisation lives and the gate says yes (C04). Judged from the rows as if nobody had judged it.
 */
export async function judgeAgreement(
  tx: Tx,
  env: Environment,
  { box, asn, now }: Head,
  { requestId, lookId }: Ask & { kind: "agreement" },
): Promise<Judged> {
  const look = await readLook(tx, lookId);
  const stamping = await readStamping(tx, requestId);
  const request = await tx
    .selectFrom("seal_use_requests")
    .select(["number", "digest"])
    .where("request_id", "=", requestId)
    .executeTakeFirst();
  const authorisation =
    look &&
    (await tx
      .selectFrom("controller_authorisations")
      .select(["jti", "body_id"])
      .where("jti", "=", look.jti)
      .where("controller_id", "=", box.controllerId)
      .where("state", "in", livingStates)
      .executeTakeFirst());
  if (!look || !authorisation || look.request_id !== requestId || !request || request.digest === null)
    return { ok: false, refusals: [refuse("remote.answered", {}, "C04")] };
  const gate = await askGateForLook(tx, env, look);
  const digest = digestOfLook({
    ...{ lookId, requestId, requestDigest: request.digest, impressionId: look.impression_id },
    ...{ jti: look.jti, n: look.n, picture: look.picture },
  });
  const shown = await tx
    .selectFrom("step_ups")
    .select("step_up_id")
    .where("step_up_id", "=", look.step_up_id ?? "")
    .where("person_id", "=", look.answered_by ?? "")
    .where("act", "=", "remote-press")
    .where("subject_id", "=", lookId)
    .where("digest", "=", digest)
    .where("used_at", "is not", null)
    .executeTakeFirst();
  const answeredAt = look.answered_at?.getTime() ?? 0;
  const until = Math.floor((answeredAt + remoteAgreementLife) / 1000);
  const open = stamping?.remote === true && stamping.ended_at === null;
  const refusals = [
    ...(look.state === "agreed" && open ? [] : [refuse("remote.answered", {}, "C04")]),
    ...(until > now ? [] : [refuse("remote.late", {}, "C04")]),
    ...(shown && digest === look.digest ? [] : [refuse("remote.other-picture", {}, "C17")]),
    // Every code of the gate has its text.
    ...gate.conditions.filter(({ met }) => !met).map((one) => refuse(one.code as MessageCode, one.facts, one.control)),
    ...(gate.allowed && gate.authorisation.supervisorId !== look.answered_by
      ? [refuse("remote.not-supervisor", {}, "C04")]
      : []),
  ];
  if (refusals.length > 0 || look.answered_by === null) return { ok: false, refusals };
  const claims: CosignClaims = {
    ...{ v: 1, aud: box.controllerId, ep: box.epoch, jti: look.jti, iat: now, exp: until, u: look.answered_by },
    ...{ k: "press", n: look.n, h: look.picture },
  };
  return {
    ok: true,
    value: {
      ...{ kind: "agreement", claims, jti: newId("cos", env.clock.now()), asn, epoch: box.epoch, requestId },
      ...{ sealId: null, bodyId: null, most: null, nbf: now, exp: until },
      facts: { number: request.number, look: lookId, picture: look.picture, authorisation: look.jti, n: look.n },
    },
  };
}

/**
 * The text that tells a box that this press was refused. Stopping is never refused: it is asked only whether he said so of a press
 * of this box; and it is told for as long as somebody may still stand there with that picture.
 */
export async function judgeRemoteRefusal(
  tx: Tx,
  env: Environment,
  { box, asn, now }: Head,
  { requestId, lookId }: Ask & { kind: "remote-refusal" },
): Promise<Judged> {
  const look = await readLook(tx, lookId);
  const asked = look && look.request_id === requestId && look.controller_id === box.controllerId ? look : undefined;
  const until = Math.floor(((asked?.answered_at?.getTime() ?? 0) + remoteLookLife) / 1000);
  if (!asked?.answered_by || asked.state !== "refused")
    return { ok: false, refusals: [refuse("remote.answered", {}, "C04")] };
  if (until <= now) return { ok: false, refusals: [refuse("remote.late", {}, "C04")] };
  const { jti, n, picture } = asked;
  const claims: CosignClaims = {
    ...{ v: 1, aud: box.controllerId, ep: box.epoch, jti, iat: now, exp: until, u: asked.answered_by },
    ...{ k: "refuse", n, h: picture },
  };
  return {
    ok: true,
    value: {
      ...{ kind: "remote-refusal", claims, jti: newId("cos", env.clock.now()), asn, epoch: box.epoch, requestId },
      ...{ sealId: null, bodyId: null, most: null, nbf: now, exp: until },
      facts: { look: lookId, picture, authorisation: jti, n },
    },
  };
}
