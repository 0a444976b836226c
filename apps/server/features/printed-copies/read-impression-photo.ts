import { isDisagreement, type PhotoVerdict } from "@chancery/domain";
import type { Place } from "@chancery/printed-copy";
import { type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { type LoadedDocument, loadRequest } from "../requests/load-request.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { pageCodeKey, requestOf, uuidOf } from "./page-codes.ts";
import { readPrinted } from "./print-copies.ts";
import { type PhotoReading, readPhoto } from "./read-photo.ts";

/** How far beside a seal its custodian's hand or a signature may lie, in mm. */
const aroundSeal = 12;
/** Room for handwriting on a line that is left open. */
const aroundLine = 6;

/**
 * Compares the photo of an impression with the page that was printed for it, where it was printed here, and keeps what is
 * found. Run again it changes nothing; a machine that is too busy throws, and the job comes again.
 */
export async function readImpressionPhoto(env: Environment, requestId: string, impressionId: string): Promise<void> {
  const loaded = await loadRequest(env.db, requestId);
  const impression = (await readHandImpressions(env.db, requestId)).find((one) => one.impressionId === impressionId);
  const document = loaded.documents.find((one) => one.documentId === impression?.documentId);
  if (!impression?.photo || impression.evidenceId === null || !document) return;
  const printed = await readPrinted(env.db, { requestId, documentId: document.documentId });
  if (!printed) return;
  const [photo, approved] = [await env.files.read(impression.photo), await env.files.read(document.digest)];
  if (!photo.ok || !approved.ok) return;
  const answer = await readPhoto({
    photo: new Uint8Array(photo.bytes),
    paper: {
      kind: "own",
      printed: {
        ...{ bytes: new Uint8Array(approved.bytes), requestId: uuidOf(requestId), key: pageCodeKey(env), ...printed },
      },
      page: impression.placement.page + 1,
    },
    inkPlaces: await listInkPlaces(env, document, impression.placement.page),
    faces: null,
  });
  if (!answer.ok && (answer.code === "photo.busy" || answer.code === "photo.too-slow"))
    throw new Error(`the photo of ${impressionId} waits: ${answer.code}`);
  const verdict: PhotoVerdict = answer.ok ? verdictOf(answer, impression.copy) : "unclear";
  const code = answer.ok ? answer.code : null;
  const facts = {
    places: answer.ok ? answer.places.slice(0, 20) : [],
    code: code && { page: code.page, copy: code.copy, requestId: requestOf(code.requestId) },
    confidence: answer.ok ? answer.confidence : 0,
  };
  const { evidenceId } = impression;
  await transact(env.db, async (tx) => {
    const kept = await tx
      .insertInto("photo_readings")
      .values({
        ...{ impression_id: impressionId, evidence_id: evidenceId, read_at: new Date(env.clock.now()) },
        ...{ verdict, facts: JSON.stringify(facts) },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (kept.numInsertedOrUpdatedRows !== 1n) return;
    await recordEvent(tx, env, {
      ...{ type: "PhotoCompared", actorId: null, requestId, sealId: impression.sealId },
      facts: { impressionId, photo: impression.photo, verdict },
    });
    if (isDisagreement(verdict)) await tellLate(tx, env, requestId, impressionId);
  });
}

/** Whoever looked at the photos did so without this: then somebody looks again. */
async function tellLate(tx: Tx, env: Environment, requestId: string, impressionId: string): Promise<void> {
  const stamping = await readStamping(tx, requestId);
  if (!stamping?.looked_at) return;
  const impressions = await readHandImpressions(tx, requestId);
  const at = impressions.findIndex((one) => one.impressionId === impressionId);
  const impression = impressions[at];
  if (!impression) return;
  const { row } = await loadRequest(tx, requestId);
  await openFinding(tx, env, {
    ...{ control: "C17", source: "stamping.photo-differs", subjectKey: impressionId, entityId: row.entity_id },
    ...{ sealId: impression.sealId, bodyId: impression.bodyId, actorId: null },
    facts: { subject: row.number, nth: at + 1 },
  });
}

function verdictOf(reading: PhotoReading, copy: number): PhotoVerdict {
  if (reading.isCodeForged) return "forged-code";
  if (reading.code !== null && reading.code.copy !== copy && reading.verdict !== "wrong-page") return "wrong-copy";
  return reading.verdict;
}

/** Where ink is expected on a page: around its seals, and on lines that were left open to be filled in by hand. */
async function listInkPlaces(env: Environment, document: LoadedDocument, page: number): Promise<Place[]> {
  const seals = await env.db
    .selectFrom("seals")
    .select(["seal_id", "width_mm", "height_mm"])
    .where("seal_id", "in", ["", ...document.placements.map(({ sealId }) => sealId)])
    .execute();
  const pressed = document.placements
    .filter((one) => one.page === page)
    .flatMap(({ sealId, xMm, yMm }) => {
      const seal = seals.find((one) => one.seal_id === sealId);
      return seal ? [widen({ xMm, yMm, widthMm: seal.width_mm, heightMm: seal.height_mm }, aroundSeal)] : [];
    });
  const open = document.unfinished.flatMap(({ page: on, box }) =>
    on === page && box ? [widen({ xMm: box.x, yMm: box.y, widthMm: box.width, heightMm: box.height }, aroundLine)] : [],
  );
  return [...pressed, ...open];
}

const widen = ({ xMm, yMm, widthMm, heightMm }: Place, by: number): Place => ({
  ...{ xMm: xMm - by, yMm: yMm - by, widthMm: widthMm + 2 * by, heightMm: heightMm + 2 * by },
});
