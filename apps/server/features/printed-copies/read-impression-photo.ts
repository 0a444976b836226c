import { isPressedInRed, type PhotoVerdict, type SealType } from "@chancery/domain";
import { besidePlaceMm, type PageCode, type Place } from "@chancery/printed-copy";
import type { Environment } from "../../platform/environment.ts";
import { type LoadedDocument, loadRequest } from "../requests/load-request.ts";
import { type HandImpressionRow, readHandImpressions } from "../stamping/open-stamping.ts";
import { keepReading } from "./keep-reading.ts";
import { facesToRead, readKeptFaces, sightOf } from "./kept-faces.ts";
import { digestInCode, pageCodeKey, requestOf, uuidOf } from "./page-codes.ts";
import { isCompared, readPrinted } from "./print-copies.ts";
import { faceIn, readForeignPhoto } from "./read-foreign-photo.ts";
import { type ReadPhotoAnswer, type ReadPhotoTask, readPhoto, verdictOf } from "./read-photo.ts";
import type { ReadingFacts } from "./show-readings.ts";

/** Room for handwriting on a line that is left open. */
const aroundLine = 6;
const mostPlaces = 20;

/**
 * Compares the photo of an impression with the page that was printed for it here, or with the scan of the page that others printed,
 * and keeps what is found. Run again it changes nothing; a machine that is too busy throws, and the job comes again.
 */
export async function readImpressionPhoto(env: Environment, requestId: string, impressionId: string): Promise<void> {
  const loaded = await loadRequest(env.db, requestId);
  const impression = (await readHandImpressions(env.db, requestId)).find((one) => one.impressionId === impressionId);
  const document = loaded.documents.find((one) => one.documentId === impression?.documentId);
  if (!impression?.photo || impression.evidenceId === null || !document) return;
  if (!(await isCompared(env.db, { requestId, documentId: document.documentId }))) return;
  const [photo, approved] = [await env.files.read(impression.photo), await env.files.read(document.digest)];
  if (!photo.ok || !approved.ok) return;
  const paper = { document, bytes: new Uint8Array(approved.bytes) };
  const [verdict, facts] =
    loaded.row.paper_printed_by === null
      ? await readOwn(env, { requestId, documents: loaded.documents }, impression, paper, photo.bytes)
      : await readForeign(env, impression, paper, photo.bytes);
  await keepReading(env, requestId, impression, { verdict, facts });
}

interface PaperOfPhoto {
  readonly document: LoadedDocument;
  readonly bytes: Uint8Array;
}

/** Where an impression may stand by what its sheet says: a place of its seal, on a page of a document. */
interface PlaceOnSheet {
  readonly document: LoadedDocument;
  readonly bytes: Uint8Array;
  readonly position: number;
  /** From 0. */
  readonly page: number;
}

/**
 * What was printed here: its code says which page and copy it is. Where it names another page on which the same seal belongs, that is
 * the sheet in hand, and the photo is compared with that page: whose turn it was is a guess.
 */
async function readOwn(
  env: Environment,
  request: { readonly requestId: string; readonly documents: readonly LoadedDocument[] },
  impression: HandImpressionRow,
  { document, bytes }: PaperOfPhoto,
  photo: Uint8Array,
): Promise<[PhotoVerdict, ReadingFacts]> {
  const { requestId } = request;
  let at: PlaceOnSheet = { document, bytes, position: impression.position, page: impression.placement.page };
  let read = await readAt(env, requestId, impression, at, photo);
  const elsewhere =
    read.answer.ok && read.answer.verdict === "wrong-page" && read.answer.code !== null
      ? await findPlaceOnSheet(env, request, impression, read.answer.code)
      : null;
  if (elsewhere) {
    at = elsewhere;
    read = await readAt(env, requestId, impression, at, photo);
  }
  const { answer, kept } = read;
  const verdict: PhotoVerdict = answer.ok ? verdictOf(answer) : "unclear";
  const code = answer.ok ? answer.code : null;
  return [
    verdict,
    {
      places: answer.ok ? answer.places.slice(0, mostPlaces) : [],
      code: code && {
        ...{ page: code.page, copy: code.copy, requestId: requestOf(code.requestId) },
        documentId: at.document.documentId,
        ...(answer.ok && answer.isAmongOthers ? { amongOthers: true } : {}),
      },
      ...{ confidence: answer.ok ? answer.confidence : 0, basis: "code", shows: null },
      // Of which copy it is says nothing about the impression on it.
      impression: answer.ok && verdict !== "forged-code" ? answer.impression : null,
      face:
        answer.ok && answer.impression === "found" && verdict !== "forged-code" ? sightOf(kept, faceIn(answer)) : null,
      ...{ position: at.position, lettersSure: answer.ok && answer.lettersSure },
    },
  ];
}

async function readAt(
  env: Environment,
  requestId: string,
  { impressionId, sealId, bodyId }: HandImpressionRow,
  { document, bytes, position, page }: PlaceOnSheet,
  photo: Uint8Array,
): Promise<{ readonly answer: ReadPhotoAnswer; readonly kept: Awaited<ReturnType<typeof readKeptFaces>> }> {
  const printed = await readPrinted(env.db, { requestId, documentId: document.documentId });
  const seals = await readSealPlaces(env, document);
  const placement = document.placements[position];
  const sealPlace = placement ? sealPlaceOf(seals, { placement, sealId }) : null;
  const kept = await readKeptFaces(env, bodyId, sealPlace);
  const answer = await readPhoto({
    photo: new Uint8Array(photo),
    paper: {
      kind: "own",
      printed: {
        ...{ bytes, requestId: uuidOf(requestId), key: pageCodeKey(env) },
        ...(printed ?? { lines: [], address: "" }),
      },
      page: page + 1,
    },
    inkPlaces: listInkPlaces(document, seals, page),
    ...{ sealPlace, faces: facesToRead(kept) },
  });
  if (!answer.ok && (answer.code === "photo.busy" || answer.code === "photo.too-slow"))
    throw new Error(`the photo of ${impressionId} waits: ${answer.code}`);
  return { answer, kept };
}

/** The place of the same seal on the page that a code of this request names; null where the seal does not belong on it. */
async function findPlaceOnSheet(
  env: Environment,
  request: { readonly requestId: string; readonly documents: readonly LoadedDocument[] },
  { sealId }: HandImpressionRow,
  code: PageCode,
): Promise<PlaceOnSheet | null> {
  if (code.requestId !== uuidOf(request.requestId)) return null;
  const seal = await env.db.selectFrom("seals").select("type").where("seal_id", "=", sealId).executeTakeFirst();
  // One over the edges of pages belongs on no page more than on another.
  if (seal?.type === "cross-page") return null;
  for (const document of request.documents) {
    const position = document.placements.findIndex((one) => one.sealId === sealId && one.page === code.page - 1);
    if (position < 0 || !(await readPrinted(env.db, { ...request, documentId: document.documentId }))) continue;
    const file = await env.files.read(document.digest);
    if (!file.ok) continue;
    const bytes = new Uint8Array(file.bytes);
    if (digestInCode(bytes) === code.digest) return { document, bytes, position, page: code.page - 1 };
  }
  return null;
}

/** What others printed: which page and copy it is its custodian says, and the content is held against the scan. */
async function readForeign(
  env: Environment,
  impression: HandImpressionRow,
  { document, bytes }: PaperOfPhoto,
  photo: Uint8Array,
): Promise<[PhotoVerdict, ReadingFacts]> {
  const seals = await readSealPlaces(env, document);
  const sealPlace = sealPlaceOf(seals, impression);
  const kept = await readKeptFaces(env, impression.bodyId, sealPlace);
  const { verdict, places, face, ...found } = await readForeignPhoto(new Uint8Array(photo), {
    ...{ bytes, pages: document.pages, expected: impression.placement.page + 1 },
    inkPlaces: (page) => listInkPlaces(document, seals, page - 1),
    ...{ sealPlace, faces: facesToRead(kept) },
  });
  const seen = found.impression === "found" ? sightOf(kept, face) : null;
  return [
    verdict,
    { ...found, face: seen, places: places.slice(0, mostPlaces), code: null, basis: "scan", lettersSure: true },
  ];
}

interface SealOnPage {
  readonly sealId: string;
  readonly type: SealType;
  /** From 0. */
  readonly page: number;
  readonly place: Place;
}

/** Where the seals of a document go. */
async function readSealPlaces(env: Environment, document: LoadedDocument): Promise<readonly SealOnPage[]> {
  const seals = await env.db
    .selectFrom("seals")
    .select(["seal_id", "type", "width_mm", "height_mm"])
    .where("seal_id", "in", ["", ...document.placements.map(({ sealId }) => sealId)])
    .execute();
  return document.placements.flatMap(({ sealId, page, xMm, yMm }) => {
    const seal = seals.find((one) => one.seal_id === sealId);
    if (!seal) return [];
    const place = { xMm, yMm, widthMm: seal.width_mm, heightMm: seal.height_mm };
    return [{ sealId, type: seal.type as SealType, page, place }];
  });
}

/** Where ink is expected on a page, from 0: around its seals, and on lines that were left open to be filled in by hand. */
const listInkPlaces = (document: LoadedDocument, seals: readonly SealOnPage[], page: number): Place[] => [
  ...seals.filter((one) => one.page === page).map(({ place }) => widen(place, besidePlaceMm)),
  ...document.unfinished.flatMap(({ page: on, box }) =>
    on === page && box ? [widen({ xMm: box.x, yMm: box.y, widthMm: box.width, heightMm: box.height }, aroundLine)] : [],
  ),
];

/** Where the impression itself is looked for; null of a seal that leaves no red. */
function sealPlaceOf(
  seals: readonly SealOnPage[],
  { placement, sealId }: Pick<HandImpressionRow, "placement" | "sealId">,
): ReadPhotoTask["sealPlace"] {
  const onPage = seals.filter(({ page }) => page === placement.page);
  const own = onPage.find(
    ({ place, sealId: of }) => of === sealId && place.xMm === placement.xMm && place.yMm === placement.yMm,
  );
  if (!own || !isPressedInRed(own.type)) return null;
  const others = onPage.filter((one) => one !== own).map(({ place }) => place);
  return { own: own.place, others, onlyRed: onPage.every(({ type }) => isPressedInRed(type)) };
}

const widen = ({ xMm, yMm, widthMm, heightMm }: Place, by: number): Place => ({
  ...{ xMm: xMm - by, yMm: yMm - by, widthMm: widthMm + 2 * by, heightMm: heightMm + 2 * by },
});
