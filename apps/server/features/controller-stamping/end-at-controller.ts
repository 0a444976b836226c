import { type BoxStanding, isBeyondWord, refuse } from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { type AuthorisationRow, isLiving, readAuthorisations, stepRow } from "../authority/authorisation-rows.ts";
import { readStandings } from "../controllers/read-box.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { finishStamping } from "../stamping/follow-stamping.ts";
import type { GateView } from "../stamping/gate-facts.ts";
import type { StampingRow } from "../stamping/open-stamping.ts";
import { giveUpSilentClouds } from "../vendor-clouds/ask-cloud.ts";
import { stopAuthorisations } from "./ask-authorisations.ts";

/** After the end of an authorisation, until a record that was under way has come, in milliseconds. */
const grace = 60_000;

/**
 * Ends a stamping by a controller. What no box has heard of is given back at once; what a box may still use is revoked first, and
 * the stamping ends when its journal says so. Of a box that says nothing until the authorisation's own end nobody can tell what
 * it pressed: then the rest is not known, and people decide. So it is at once of a box that was revoked or is in quarantine, whose
 * word is not counted, and of one that is not connected where he does not want to wait (`unheard`); what its journal tells later
 * belongs to those impressions.
 */
export async function endAtController(
  tx: Tx,
  env: Environment,
  view: GateView,
  stamping: StampingRow,
  /** Without an actor its hours were over. */
  by: { readonly actorId: string | null; readonly comment: string | null; readonly unheard: boolean },
): Promise<void> {
  const { row } = view.loaded;
  const told = await readAuthorisations(tx, row.request_id);
  for (const one of told.filter(({ state }) => isLiving(state)))
    if (one.exp.getTime() + grace <= env.clock.now()) await stepRow(tx, one, "expire");
  const silentCloud = await giveUpSilentClouds(tx, env, row.request_id);
  const silent = silentCloud || (await findSilent(tx, env, told));
  const waits = await stopAuthorisations(tx, env, row.request_id, {
    ...{ askedBy: by.actorId, why: by.actorId === null ? "Its hours are over" : "Ended by its custodian" },
  });
  if (waits === 0) {
    const at = silent ? { actorId: null } : by.actorId === null ? { rest: "release" as const } : {};
    await finishStamping(tx, env, view, stamping, { ...by, ...at });
    return;
  }
  const { waiting, unheard, beyondWord } = await readAwaited(tx, row.request_id);
  // Clouds that are asked to stop are waited for beside the boxes.
  if (waits === waiting && (beyondWord || (by.unheard && unheard))) {
    await finishStamping(tx, env, view, stamping, { ...by, rest: "doubt" });
    return;
  }
  if (by.unheard) throw refusedBy([refuse("stamping.box-is-heard", {}, "C09")]);
  if (stamping.end_asked_at !== null) return;
  await tx
    .updateTable("stampings")
    .set({ end_asked_by: by.actorId, end_asked_at: new Date(env.clock.now()) })
    .where("request_id", "=", row.request_id)
    .execute();
  await recordEvent(tx, env, {
    ...{ type: "StampingEndAsked", actorId: by.actorId, requestId: row.request_id, comment: by.comment },
    facts: { number: row.number, boxes: waits },
  });
}

/** Boxes that have to say before a stamping ends that nothing more comes of it: how many authorisations, and how they stand. */
export async function readAwaited(
  reader: Reader,
  requestId: string,
): Promise<{ readonly waiting: number; readonly unheard: boolean; readonly beyondWord: boolean }> {
  const told = (await readAuthorisations(reader, requestId)).filter(
    ({ state, most, strokes }) => isLiving(state) && state !== "signed" && Number(strokes) < most,
  );
  const standings = await readStandings(
    reader,
    told.map((one) => one.controller_id),
  );
  const all = (is: (standing: BoxStanding) => boolean): boolean =>
    told.length > 0 && told.every((one) => is(standings.get(one.controller_id) ?? "offline"));
  return {
    waiting: told.length,
    unheard: all((standing) => standing !== "connected"),
    beyondWord: all(isBeyondWord),
  };
}

/** Whether a box that got an authorisation has written nothing since its end: it may have pressed, and not said so. */
async function findSilent(tx: Tx, env: Environment, told: readonly AuthorisationRow[]): Promise<boolean> {
  for (const one of told) {
    const over = one.exp.getTime() + grace <= env.clock.now();
    if (!over || one.sent_at === null || one.state === "used-up" || one.state === "closed" || one.state === "revoked")
      continue;
    const since = await tx
      .selectFrom("controller_records")
      .select("seq")
      .where("controller_id", "=", one.controller_id)
      .where("device_at", ">", one.exp)
      .limit(1)
      .executeTakeFirst();
    if (!since) return true;
  }
  return false;
}
