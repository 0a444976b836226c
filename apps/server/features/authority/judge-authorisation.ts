import { askGate, decideAuthorisation } from "@chancery/domain";
import { type AuthorisationClaims, emergencyLimits } from "@chancery/seallink";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { readIssuerName } from "../controllers/authority.ts";
import { handlesOf } from "../controllers/read-box.ts";
import { listPlaces } from "../requests/list-places.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import type { Ask } from "./ask.ts";
import { livingStates } from "./authorisation-rows.ts";
import type { Head, Judged } from "./judge-ask.ts";
import { readPiece } from "./read-piece.ts";
import { shortCodeOf } from "./short-code.ts";

/** How long an authorisation lives that is given while a controller is online, in seconds (clause 3.5). */
const life = 2 * 3600;
/** How long one showing of fingers lasts for a batch, and how far apart the two may come, in seconds. */
const session = 600;
const together = 60;

/**
 * An authorisation for one piece of a request: everything the gate says yes to, asked anew; the custodian who opened the stamping
 * presses, and the supervisor who confirmed it is present. In an emergency it is of a kind of its own: both are at the box at each
 * press, each paper is pictured before it is pressed, it is over with the emergency's hours, and the box tells of it at once.
 */
export async function judgeAuthorisation(
  tx: Tx,
  env: Environment,
  { box, asn, now }: Head,
  { requestId, bodyId }: Ask & { kind: "authorisation" },
): Promise<Judged> {
  const all = await readHandImpressions(tx, requestId);
  const reservedOf = all.filter(({ state }) => state === "reserved");
  const view = await readGateFacts(tx, env, requestId, {
    checkFiles: true,
    wanted: reservedOf.map(({ impressionId }) => impressionId),
  });
  const { row, documents } = view.loaded;
  const stamping = await readStamping(tx, requestId);
  const gate = askGate(view.facts);
  const own = all.filter((one) => one.bodyId === bodyId);
  const sealId = own[0]?.sealId ?? null;
  const stamperId = stamping?.opened_by ?? null;
  const supervisorId = stamping?.supervised ? row.confirmed_by : null;
  const remote = stamping?.remote === true;
  // Who is elsewhere shows no finger at the box.
  const { piece, mounted } = await readPiece(tx, {
    bodyId,
    box,
    stamperId,
    supervisorId: remote ? null : supervisorId,
  });
  const living = await tx
    .selectFrom("controller_authorisations")
    .select("jti")
    .where("request_id", "=", requestId)
    .where("body_id", "=", bodyId)
    .where("state", "in", livingStates)
    .execute();
  const reserved = own.filter(({ state }) => state === "reserved").length;
  const decided = decideAuthorisation({
    ...{ gate, piece, stamperId, supervisorId, reserved, living: living.length },
    open: stamping?.by_controller === true && stamping.ended_at === null && row.state === "opened",
    approved: listPlaces(view.loaded).filter((place) => place.sealId === sealId).length,
    used: own.filter(({ state }) => state !== "reserved" && state !== "released").length,
  });
  if (!decided.ok) return decided;
  const most = decided.events[0]?.most ?? 0;
  if (!mounted || stamperId === null || sealId === null) throw new Error("the rule allowed what there is not");
  const jti = newId("auz", env.clock.now());
  const until = view.facts.emergency?.until ?? null;
  const urgent = until !== null;
  const exp = urgent ? Math.min(now + Math.min(life, emergencyLimits.life), Math.floor(until / 1000)) : now + life;
  const claims: AuthorisationClaims = {
    ...{ v: 1, iss: await readIssuerName(tx), aud: box.controllerId, ep: box.epoch, sub: requestId, jti, asn },
    ...{ iat: now, nbf: now - 30, exp },
    seal: { id: bodyId, slot: mounted.slot, tag: mounted.tag, face: mounted.face },
    use: { max: most, mode: urgent ? "emergency" : modeOf(stamping, most), sess: session },
    doc: (urgent ? [] : documents.slice(0, 50)).map((document) => ({
      ...{ h: document.digest, pages: Math.max(1, document.pages.length), copies: row.copies ?? 1 },
      // What a box shows anybody who passes by is no title of a confidential request.
      t: row.confidential_reason === null ? titleFor(row.title) : (row.number ?? "…"),
      code: shortCodeOf(requestId),
    })),
    op: [{ u: stamperId, cred: handlesOf(box, stamperId) }],
    ...(supervisorId === null
      ? {}
      : { sup: composeSupervisor(supervisorId, remote ? ["app"] : handlesOf(box, supervisorId), remote) }),
    pic: { after: 1, block: true, ...(urgent ? { before: 1 } : {}) },
    imp: { min: box.counters[mounted.slot] ?? 0 },
    ...{ off: { ok: false, age: 0 }, risk: "normal", cn: null },
  };
  return {
    ok: true,
    value: {
      ...{ kind: "authorisation", claims, jti, asn, epoch: box.epoch, requestId, sealId, bodyId, most },
      ...{ nbf: claims.nbf, exp, facts: { number: row.number, requestDigest: row.digest } },
    },
  };
}

/** How presses follow from it, as the custodian chose when he opened: only in its dock fingers are shown before each, as for one alone. */
function modeOf(stamping: { readonly remote: boolean; readonly docked: boolean } | undefined, most: number) {
  if (stamping?.remote === true) return "remote";
  if (stamping?.docked === true) return "console";
  return most > 1 ? "batch" : "single";
}

/** Beside the box by a finger, or elsewhere by his word on each press. */
const composeSupervisor = (u: string, cred: string[], remote: boolean) => ({
  ...{ n: remote ? 0 : 1, of: [{ u, cred }], within: together },
});

/** A title as a box can show it: without characters that steer a screen, and not longer than its line. */
const titleFor = (title: string): string => {
  const plain = title.replace(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, " ").trim();
  return plain === "" ? "…" : [...plain].slice(0, 80).join("");
};
