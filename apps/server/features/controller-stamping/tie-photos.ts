import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordOf } from "../controllers/read-box.ts";
import { keepEvidence, takeInPhoto } from "../evidence/service.ts";
import { isCompared } from "../printed-copies/print-copies.ts";
import { pictureLook } from "../remote-supervision/follow-look.ts";
import { changeImpression } from "../stamping/follow-stamping.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import {
  type HandImpressionRow,
  readHandImpressions,
  readStamping,
  type StampingRow,
} from "../stamping/open-stamping.ts";

/** How many are tied at once, so that a tick ends. */
const atOnce = 100;

/**
 * Ties photos that have arrived to the impressions their records name (C09): looked at in a thread first, then evidence of the
 * impression like a photo from a phone; one taken before a press is evidence of its request, whatever became of the press. What is no picture stays with the controller, and the impression's photo stays owed. Run
 * again it finds nothing more.
 */
export async function tiePhotos(env: Environment, which: { readonly hash?: string } = {}): Promise<void> {
  let select = env.db
    .selectFrom("controller_photos as p")
    .innerJoin("controller_records as r", (join) =>
      join
        .onRef("r.controller_id", "=", "p.controller_id")
        .onRef("r.epoch", "=", "p.epoch")
        .onRef("r.seq", "=", "p.seq"),
    )
    .select(["p.controller_id", "p.hash", "p.epoch", "p.seq", "p.kind", "r.record"])
    .where("p.digest", "is not", null)
    .where("p.evidence_id", "is", null)
    .where("p.unfit", "=", false)
    .where((eb) =>
      eb.or([
        eb("p.kind", "=", "after"),
        // What a look elsewhere asks about is named by its question, and shown with it.
        eb.and([eb("p.kind", "=", "before"), eb("r.type", "=", "stamp.begin")]),
      ]),
    )
    .orderBy("p.stored_at")
    .limit(atOnce);
  if (which.hash !== undefined) select = select.where("p.hash", "=", which.hash);
  for (const row of await select.execute()) await (row.kind === "before" ? keepBefore : tie)(env, row);
  await pictureLooks(env, which.hash);
}

/** The pictures that who supervises from elsewhere waits for. */
async function pictureLooks(env: Environment, hash: string | undefined): Promise<void> {
  let select = env.db
    .selectFrom("remote_looks as l")
    .innerJoin("controller_photos as p", (join) =>
      join.onRef("p.controller_id", "=", "l.controller_id").onRef("p.hash", "=", "l.picture"),
    )
    .select(["l.look_id", "l.picture"])
    .where("p.digest", "is not", null)
    .where("l.evidence_id", "is", null)
    .where("l.unfit", "=", false)
    .limit(atOnce);
  if (hash !== undefined) select = select.where("l.picture", "=", hash);
  for (const row of await select.execute()) await pictureLook(env, row.look_id, row.picture);
}

interface PhotoOfRecord {
  readonly controller_id: string;
  readonly hash: string;
  readonly epoch: number;
  readonly seq: string;
  readonly record: string;
}

async function findImpression(
  reader: Reader,
  photo: PhotoOfRecord,
): Promise<{ impressionId: string; requestId: string } | null> {
  const record = recordOf(photo.record);
  if (record.ty !== "stamp.end" && record.ty !== "pic.add") return null;
  const row = await reader
    .selectFrom("controller_strokes as k")
    .innerJoin("impressions as i", "i.impression_id", "k.impression_id")
    .select(["i.impression_id", "i.request_id"])
    .where("k.controller_id", "=", photo.controller_id)
    .where("k.epoch", "=", photo.epoch)
    .where("k.jti", "=", record.jti)
    .where("k.n", "=", record.n)
    .executeTakeFirst();
  return row ? { impressionId: row.impression_id, requestId: row.request_id } : null;
}

const mark = (reader: Reader, photo: PhotoOfRecord, change: { unfit: true } | { evidence_id: string }) =>
  reader
    .updateTable("controller_photos")
    .set(change)
    .where("controller_id", "=", photo.controller_id)
    .where("hash", "=", photo.hash)
    .where("evidence_id", "is", null)
    .executeTakeFirst();

async function lookAt(env: Environment, hash: string): ReturnType<typeof takeInPhoto> {
  const file = await env.files.read(hash);
  if (!file.ok) throw new Error(`a photo that arrived cannot be read: ${file.code}`);
  return takeInPhoto(env, file.bytes);
}

/** What lay under the seal before a press: kept for whoever may read the request, above all for who reviews an emergency (C02, C17). */
async function keepBefore(env: Environment, photo: PhotoOfRecord): Promise<void> {
  const record = recordOf(photo.record);
  const stamping = await env.db
    .selectFrom("controller_authorisations as a")
    .innerJoin("stampings as t", "t.request_id", "a.request_id")
    .select("t.opened_by")
    .where("a.jti", "=", "jti" in record ? (record.jti ?? "") : "")
    .where("a.controller_id", "=", photo.controller_id)
    .executeTakeFirst();
  const looked = stamping === undefined ? null : await lookAt(env, photo.hash);
  if (looked === "later") return;
  if (!stamping || looked === null) return void (await mark(env.db, photo, { unfit: true }));
  await transact(env.db, async (tx) => {
    await mark(tx, photo, { evidence_id: await keepEvidence(tx, env, stamping.opened_by, looked) });
  });
}

async function tie(env: Environment, photo: PhotoOfRecord): Promise<void> {
  const found = await findImpression(env.db, photo);
  // Of a stroke that made none of our impressions: it stays where it is, for who inspects the box.
  if (!found) return void (await mark(env.db, photo, { unfit: true }));
  const looked = await lookAt(env, photo.hash);
  if (looked === "later") return;
  if (looked === null) return void (await mark(env.db, photo, { unfit: true }));
  await transact(env.db, async (tx) => {
    const view = await readGateFacts(tx, env, found.requestId, { lock: true });
    const stamping = await readStamping(tx, found.requestId);
    const impression = (await readHandImpressions(tx, found.requestId)).find(
      (one) => one.impressionId === found.impressionId,
    );
    if (!stamping || !impression) return;
    const evidenceId = await keepEvidence(tx, env, stamping.opened_by, looked);
    const marked = await mark(tx, photo, { evidence_id: evidenceId });
    // Tied by another at the same moment; or a second photo, or one that came after people had decided: kept beside it.
    if (marked.numUpdatedRows === 0n) return;
    await attachPhoto(tx, env, view, { stamping, impression, photo: { evidenceId, digest: looked.digest } });
  });
}

/** Gives an impression that a controller pressed its photo: where nobody supervises, it is settled by that. */
export async function attachPhoto(
  tx: Tx,
  env: Environment,
  view: GateView,
  of: {
    readonly stamping: StampingRow;
    readonly impression: HandImpressionRow;
    readonly photo: { readonly evidenceId: string; readonly digest: string };
  },
): Promise<void> {
  const { stamping, impression, photo } = of;
  if (impression.photo !== null || (impression.state !== "pressed" && impression.state !== "unknown")) return;
  const requestId = stamping.request_id;
  if (impression.state === "pressed" && !stamping.supervised)
    await changeImpression(tx, env, view, impression, "settle", { actorId: null, photo });
  else
    await tx
      .updateTable("impressions")
      .set({ evidence_id: photo.evidenceId })
      .where("impression_id", "=", impression.impressionId)
      .execute();
  if (await isCompared(tx, { requestId, documentId: impression.documentId }))
    await env.enqueue(
      tx,
      "read-photo",
      { requestId, impressionId: impression.impressionId },
      `read-photo ${impression.impressionId}`,
    );
}
