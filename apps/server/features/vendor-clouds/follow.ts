import { isVendorLiving, judgeVendorSnapshot, takeStroke } from "@chancery/domain";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { followJournal } from "../controller-stamping/follow-journal.ts";
import { doubtWhereClosed, readStroked, tellExcess } from "../controller-stamping/post-stroke.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { changeImpression } from "../stamping/follow-stamping.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import { readHandImpressions, readStamping, type StampingRow } from "../stamping/open-stamping.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { type SealDeviceAdapter, tooSlow, VendorFault, type VendorSnapshot } from "./adapter.ts";
import { openAdapter, readCloud } from "./clouds.ts";
import { pullPhotos } from "./pull-photos.ts";
import { recoverFromCloud, sendToCloud } from "./send.ts";
import { askToStop, type VendorAuthorisationRow } from "./stop-authorisations.ts";
import { answerTime, grace } from "./times.ts";

const read = (env: Environment, authorisationId: string) =>
  env.db
    .selectFrom("vendor_authorisations")
    .selectAll()
    .where("authorisation_id", "=", authorisationId)
    .executeTakeFirst();

/**
 * Takes one authorisation a step on: sends it, looks for what got lost, ends it, or asks what has been pressed. The only way by
 * which anything of a cloud gets into our books; run at any time and any number of times it comes to the same.
 */
export async function followVendorAuthorisation(env: Environment, authorisationId: string): Promise<void> {
  const row = await read(env, authorisationId);
  const cloud = row && (await readCloud(env.db, row.cloud_id));
  if (!row || !cloud || row.state === "refused" || row.state === "withdrawn") return;
  if (await wasSlowJustNow(env, row)) return;
  const adapter = openAdapter(env, cloud);
  if (row.state === "asked") return sendToCloud(env, adapter, row);
  const now = env.clock.now();
  // Somebody has just sent it, and waits for its answer.
  if (row.state === "sending" && now < (row.asked_cloud_at?.getTime() ?? 0) + answerTime) return;
  await set(env.db, row, { asked_cloud_at: new Date(now) });
  try {
    if (row.vendor_ref === null && (await recoverFromCloud(env, adapter, row)) === "unknown") return;
    await ask(env, adapter, authorisationId);
  } catch (error) {
    if (!(error instanceof VendorFault)) throw error;
    await set(env.db, row, { fault: error.code });
  }
}

/** One that answers nothing in time is asked once a minute, whatever is open there: other jobs wait behind it. */
async function wasSlowJustNow(env: Environment, row: VendorAuthorisationRow): Promise<boolean> {
  const slow = await env.db
    .selectFrom("vendor_authorisations")
    .select("authorisation_id")
    .where("cloud_id", "=", row.cloud_id)
    .where("authorisation_id", "<>", row.authorisation_id)
    .where("fault", "=", tooSlow)
    .where("asked_cloud_at", ">", new Date(env.clock.now() - answerTime))
    .limit(1)
    .executeTakeFirst();
  return slow !== undefined;
}

type Change = { asked_cloud_at: Date } | { fault: string };
const set = (db: Environment["db"], row: VendorAuthorisationRow, change: Change) =>
  db.updateTable("vendor_authorisations").set(change).where("authorisation_id", "=", row.authorisation_id).execute();

async function ask(env: Environment, adapter: SealDeviceAdapter, authorisationId: string): Promise<void> {
  const row = await read(env, authorisationId);
  if (!row?.vendor_ref) return;
  let fault: VendorFault | null = null;
  // What cannot be ended now is asked all the same how far it is.
  if (row.stop_asked_at !== null && row.finished_at === null)
    await adapter.revoke(row.vendor_ref, "Ended by its custodian").catch((error: unknown) => {
      if (!(error instanceof VendorFault)) throw error;
      fault = error;
    });
  const snapshot = await adapter.pull(row.vendor_ref);
  await transact(env.db, (tx) => post(tx, env, authorisationId, snapshot));
  await pullPhotos(env, adapter, authorisationId);
  if (fault) throw fault;
}

/** Writes what a cloud answered: each use once, by its number. Nothing here is refused, because it happened. */
async function post(tx: Tx, env: Environment, authorisationId: string, snapshot: VendorSnapshot): Promise<void> {
  const { request_id: requestId } = await tx
    .selectFrom("vendor_authorisations")
    .select("request_id")
    .where("authorisation_id", "=", authorisationId)
    .executeTakeFirstOrThrow();
  const view = await readGateFacts(tx, env, requestId, { lock: true });
  const row = await tx
    .selectFrom("vendor_authorisations")
    .selectAll()
    .where("authorisation_id", "=", authorisationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const stamping = await readStamping(tx, requestId);
  const { device_no: deviceNo } = await tx
    .selectFrom("vendor_controllers")
    .select("device_no")
    .where("controller_id", "=", row.controller_id)
    .executeTakeFirstOrThrow();
  if (!stamping || row.most === null) throw new Error("a cloud was asked for what was never opened");
  const told = snapshot.auths.get(row.vendor_auth ?? "") ?? null;
  const judged = judgeVendorSnapshot({ deviceNo, most: row.most, seen: row.used }, told);
  for (let n = row.used + 1; n <= row.used + judged.fresh; n += 1)
    await postUse(tx, env, view, { row, stamping, n, serial: deviceNo });
  for (const kind of judged.mismatches) {
    await openFinding(tx, env, {
      ...{ control: "C09", source: `vendor.${kind}`, subjectKey: authorisationId, entityId: view.loaded.row.entity_id },
      ...{ bodyId: row.body_id, actorId: null },
      facts: {
        ...{ subject: view.loaded.row.number, serial: deviceNo, asked: row.most, seen: row.used },
        ...{ count: told?.count ?? 0, used: told?.used ?? 0, left: told?.left ?? 0 },
      },
    });
  }
  // One that was allowed more than was asked, or elsewhere, is ended before it is used.
  if (judged.mismatches.includes("count-differs") || judged.mismatches.includes("other-controller"))
    await askToStop(tx, env, row);
  await close(tx, env, row, snapshot, row.used + judged.fresh);
  // Photos may come later, or never: the stamping ends by its count.
  await followJournal(tx, env, requestId);
}

async function close(
  tx: Tx,
  env: Environment,
  row: VendorAuthorisationRow,
  snapshot: VendorSnapshot,
  used: number,
): Promise<void> {
  const now = new Date(env.clock.now());
  const over = snapshot.ended || (row.ends_at !== null && row.ends_at.getTime() + grace <= now.getTime());
  const ends = over && isVendorLiving(row.state);
  await tx
    .updateTable("vendor_authorisations")
    .set({
      ...{ used, answered_at: now, fault: null },
      ...(ends ? { state: "over", over_at: now } : {}),
      ...(snapshot.ended && row.finished_at === null ? { finished_at: now } : {}),
    })
    .where("authorisation_id", "=", row.authorisation_id)
    .execute();
  await tx
    .updateTable("vendor_hints")
    .set({ state: "asked" })
    .where("cloud_id", "=", row.cloud_id)
    .where("vendor_ref", "=", snapshot.ref)
    .where("state", "=", "waiting")
    .execute();
  if (!ends) return;
  await recordEvent(tx, env, {
    ...{ type: "VendorAuthorisationClosed", actorId: null, requestId: row.request_id },
    facts: { authorisation: row.authorisation_id, most: row.most, used },
  });
}

async function postUse(
  tx: Tx,
  env: Environment,
  view: GateView,
  of: {
    readonly row: VendorAuthorisationRow;
    readonly stamping: StampingRow;
    readonly n: number;
    readonly serial: string;
  },
): Promise<void> {
  const { row, stamping, n, serial } = of;
  const own = (await readHandImpressions(tx, row.request_id)).filter((one) => one.bodyId === row.body_id);
  const told = await readStroked(tx, own);
  const taken = takeStroke(
    "done",
    own.map(({ impressionId, state }) => ({ state, stroke: told.has(impressionId) })),
  );
  const impression = taken.kind === "impression" ? own[taken.at] : undefined;
  await tx
    .insertInto("vendor_strokes")
    .values({
      ...{ authorisation_id: row.authorisation_id, n, impression_id: impression?.impressionId ?? null },
      seen_at: new Date(env.clock.now()),
    })
    .execute();
  if (taken.kind === "excess") {
    await tellExcess(tx, env, view, {
      ...{ serial, bodyId: row.body_id, authorisation: row.authorisation_id },
      ...{ source: "stamping.excess", facts: {} },
    });
    await askToStop(tx, env, row);
  }
  if (taken.kind !== "impression" || !impression || taken.command === null) return;
  const facts = { controller: row.controller_id, authorisation: row.authorisation_id, n, grade: "T1" };
  const pressed = await changeImpression(tx, env, view, impression, "press", { actorId: null, stroke: true, facts });
  await doubtWhereClosed(tx, env, view, pressed, stamping.opened_by);
}
