import { listPieceRefusals, type Refusal, refuse } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { askAuthority } from "../authority/ask.ts";
import { isLiving, readAuthorisations, stepRow } from "../authority/authorisation-rows.ts";
import { readPiece } from "../authority/read-piece.ts";
import { findBoxOf } from "../controllers/read-box.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { lapseOfRequest } from "../remote-supervision/follow-look.ts";
import { readHandImpressions } from "../stamping/open-stamping.ts";
import { askForVendorAuthorisation } from "../vendor-clouds/ask-cloud.ts";
import { stopVendorAuthorisations } from "../vendor-clouds/stop-authorisations.ts";
import { findVendorBox, listVendorRefusals } from "../vendor-clouds/vendor-box.ts";

/** Why these pieces cannot be pressed by controllers, each reason once; supervisorId null where nobody has confirmed yet. */
export async function listRefusalsOfPieces(
  reader: Reader,
  entityId: string,
  bodyIds: readonly string[],
  by: { readonly stamperId: string; readonly supervisorId: string | null; readonly emergency: boolean },
): Promise<Refusal[]> {
  const found: Refusal[] = [];
  if (bodyIds.length === 0) found.push(refuse("controller.use-not-mounted", {}, "C08"));
  for (const bodyId of bodyIds) {
    const ofCloud = await findVendorBox(reader, entityId, bodyId);
    if (ofCloud !== null) {
      // It asks nobody for a second finger, takes no picture before a press and raises no alarm.
      if (by.emergency) found.push(refuse("controller.use-emergency-cloud", {}, "C04"));
      found.push(...(await listVendorRefusals(reader, ofCloud, by.stamperId)));
      continue;
    }
    const there = await findBoxOf(reader, entityId, bodyId);
    const { piece } = await readPiece(reader, { bodyId, box: there?.box ?? null, ...by });
    found.push(...listPieceRefusals(piece));
  }
  return found.filter((one, at) => found.findIndex(({ code }) => code === one.code) === at);
}

/** Asks the authority, or the cloud of a piece's controller, for what is reserved and not authorised yet: one authorisation for each piece. */
export async function askForAuthorisations(
  tx: Tx,
  env: Environment,
  of: { readonly requestId: string; readonly entityId: string; readonly askedBy: string },
): Promise<void> {
  const { requestId } = of;
  const living = (await readAuthorisations(tx, requestId)).filter(({ state }) => isLiving(state));
  const reserved = (await readHandImpressions(tx, requestId)).filter(({ state }) => state === "reserved");
  for (const bodyId of new Set(reserved.map((one) => one.bodyId))) {
    if (living.some((one) => one.body_id === bodyId)) continue;
    const box = await findVendorBox(tx, of.entityId, bodyId);
    if (box !== null) {
      await askForVendorAuthorisation(tx, env, { requestId, bodyId, askedBy: of.askedBy, box });
      continue;
    }
    const there = await findBoxOf(tx, of.entityId, bodyId);
    if (there === null) throw refusedBy([refuse("controller.use-not-mounted", {}, "C08")]);
    const { controllerId } = there.box;
    await askAuthority(tx, env, { kind: "authorisation", requestId, bodyId, controllerId, askedBy: of.askedBy });
  }
}

/**
 * Stops what is still authorised for a request: what no box has heard of is withheld, for the rest the authority is asked to
 * revoke it, and nobody is asked about a press any more. Answers how many boxes have to say so before nothing more can come.
 */
export async function stopAuthorisations(
  tx: Tx,
  env: Environment,
  requestId: string,
  by: { readonly askedBy: string | null; readonly why: string },
): Promise<number> {
  await lapseOfRequest(tx, env, requestId);
  const living = (await readAuthorisations(tx, requestId)).filter(
    // What is used up ends by itself: its record is on the way.
    ({ state, most, strokes }) => isLiving(state) && Number(strokes) < most,
  );
  const toRevoke = new Map<string, string[]>();
  for (const row of living) {
    if (row.state === "signed") {
      await withhold(tx, env, { ...row, state: row.state }, by.askedBy);
      continue;
    }
    if (row.state === "revoking") continue;
    await stepRow(tx, row, "revoke");
    toRevoke.set(row.controller_id, [...(toRevoke.get(row.controller_id) ?? []), row.jti]);
  }
  for (const [controllerId, names] of toRevoke)
    await askAuthority(tx, env, {
      kind: "revocation",
      requestId,
      names,
      why: by.why,
      controllerId,
      askedBy: by.askedBy,
    });
  const atClouds = await stopVendorAuthorisations(tx, env, requestId);
  return living.filter(({ state }) => state !== "signed").length + atClouds;
}

/** What was signed and never left the platform is void at once. */
export async function withhold(
  tx: Tx,
  env: Environment,
  row: { readonly jti: string; readonly request_id: string; readonly controller_id: string; readonly state: "signed" },
  actorId: string | null,
  gate: string | null = null,
): Promise<void> {
  await stepRow(tx, { jti: row.jti, state: await stepRow(tx, row, "revoke") }, "record-revoked");
  await recordEvent(tx, env, {
    ...{ type: "ControllerAuthorisationWithdrawn", actorId, requestId: row.request_id },
    facts: { jti: row.jti, controller: row.controller_id, ...(gate === null ? {} : { gate }) },
  });
}
