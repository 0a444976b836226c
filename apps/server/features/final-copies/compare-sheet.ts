import { type BandPlace, type FinalSheet, listSignatureBands } from "@chancery/domain";
import type { Place } from "@chancery/printed-copy";
import type { Environment } from "../../platform/environment.ts";
import { digestInCode, pageCodeKey, uuidOf } from "../printed-copies/page-codes.ts";
import { readPrinted } from "../printed-copies/print-copies.ts";
import { type PhotoReading, type ReadPhotoTask, readPhoto } from "../printed-copies/read-photo.ts";
import type { LoadedDocument, LoadedRequest } from "../requests/load-request.ts";
import { type ApprovedPage, listApprovedPages } from "./final-copy-rows.ts";

interface PaperOfDocument {
  readonly document: LoadedDocument;
  readonly bytes: Uint8Array;
  /** As a page's code names it. */
  readonly digest: string;
  /** What its codes were made with; undefined where it was not printed here. */
  readonly printed: Awaited<ReturnType<typeof readPrinted>>;
}
/** What the sheets of a scan are compared with. */
export interface ApprovedPaper {
  readonly requestId: string;
  readonly copy: number;
  readonly key: string;
  readonly pages: readonly ApprovedPage[];
  readonly documents: ReadonlyMap<string, PaperOfDocument>;
  readonly seals: ReadonlyMap<string, { readonly widthMm: number; readonly heightMm: number }>;
}

export type ReadSheet = Omit<FinalSheet, "sheet"> & { readonly places: readonly Place[] };

/** Pages that a sheet without a code is compared with before it is taken for none of them. */
const mostTried = 6;
const mostPlaces = 20;

export async function openApprovedPaper(env: Environment, loaded: LoadedRequest, copy: number): Promise<ApprovedPaper> {
  const requestId = loaded.row.request_id;
  const documents = new Map<string, PaperOfDocument>();
  for (const document of loaded.documents) {
    const file = await env.files.read(document.digest);
    if (!file.ok) throw new Error(`an approved document cannot be read: ${file.code}`);
    const bytes = new Uint8Array(file.bytes);
    const digest = digestInCode(bytes);
    const printed = await readPrinted(env.db, { requestId, documentId: document.documentId });
    documents.set(document.documentId, { document, bytes, digest, printed });
  }
  const rows = await env.db
    .selectFrom("seals")
    .select(["seal_id", "width_mm", "height_mm"])
    .where("seal_id", "in", ["", ...loaded.sealIds])
    .execute();
  return {
    ...{ requestId, copy, key: pageCodeKey(env), pages: listApprovedPages(loaded), documents },
    seals: new Map(rows.map((row) => [row.seal_id, { widthMm: row.width_mm, heightMm: row.height_mm }])),
  };
}

/**
 * Says which approved page a sheet of the scan shows, and how. What was printed here is known by its code; else, or where no code
 * is seen, the sheet is compared with the pages in their order, from `expected` on, that no earlier sheet showed.
 */
export async function compareSheet(
  paper: ApprovedPaper,
  photo: Uint8Array,
  expected: number,
  taken: ReadonlySet<number>,
): Promise<ReadSheet> {
  const coded = await readByCode(paper, photo, Math.min(expected, paper.pages.length - 1));
  if (coded.ok) return coded.sheet;
  const order = paper.pages.map((_, page) => page);
  const tried = [...order.slice(expected), ...order.slice(0, expected)].filter((page) => !taken.has(page));
  // A page that was seen already may be brought a second time, clearer.
  const again = order.filter((page) => taken.has(page));
  let unclear: ReadSheet | null = null;
  for (const page of [...tried, ...again].slice(0, mostTried)) {
    const reading = await readForeign(paper, photo, page, bandsOf(paper, page));
    if (reading.verdict === "blank") return none("blank");
    if (reading.verdict === "wrong-page") continue;
    if (reading.verdict !== "unclear") return { ...(await tellSigned(paper, photo, page, reading)), hint: coded.hint };
    // Where nothing of the page was found it may still be another one.
    if (reading.measures?.share) return { page, verdict: "unclear", hint: coded.hint, places: [] };
    unclear = { page: null, verdict: "unclear", hint: coded.hint, places: [] };
  }
  return unclear ?? { ...none("other"), hint: coded.hint };
}

const none = (verdict: "blank" | "other"): ReadSheet => ({ page: null, verdict, hint: null, places: [] });

type Coded =
  | { readonly ok: true; readonly sheet: ReadSheet }
  | { readonly ok: false; readonly hint: FinalSheet["hint"] };

/** By the code of what was printed here. `hint` tells what is missing where there is none on a page that should bear one. */
async function readByCode(paper: ApprovedPaper, photo: Uint8Array, expected: number): Promise<Coded> {
  const printed = paper.pages.flatMap(({ documentId }) => {
    const one = paper.documents.get(documentId);
    return one?.printed ? [one] : [];
  });
  const first = printed.find(({ document }) => document.documentId === paper.pages[expected]?.documentId) ?? printed[0];
  if (!first) return { ok: false, hint: null };
  let of = first;
  let page = expected;
  // At most: as it is expected, then the document that the code names, then with that page's own bands.
  for (let turn = 0; turn < 3; turn += 1) {
    const reading = await readOwn(paper, photo, of, bandsOf(paper, page));
    if (reading.verdict === "blank") return { ok: true, sheet: none("blank") };
    const { code } = reading;
    if (code === null) return { ok: false, hint: reading.isCodeForged ? "forged-code" : "no-code" };
    if (code.requestId !== uuidOf(paper.requestId))
      return { ok: true, sheet: { ...none("other"), hint: "other-request" } };
    const named = printed.find(({ digest }) => digest === code.digest);
    const at = paper.pages.findIndex((one) => one.documentId === named?.document.documentId && one.page === code.page);
    if (!named || at < 0) return { ok: true, sheet: { ...none("other"), hint: "other-request" } };
    if (named !== of || at !== page) {
      of = named;
      page = at;
      continue;
    }
    const hint = code.copy === paper.copy ? null : "other-copy";
    // The code is this page's, and what stands above it another's.
    if (reading.verdict === "wrong-page")
      return { ok: true, sheet: { page, verdict: "differs", hint: "other-page", places: [] } };
    return { ok: true, sheet: { ...(await tellSigned(paper, photo, page, reading)), hint } };
  }
  throw new Error("a page's code names another page each time it is read");
}

/** A page that is the same with ink in its bands, and not without, was signed there. */
async function tellSigned(
  paper: ApprovedPaper,
  photo: Uint8Array,
  page: number,
  reading: PhotoReading,
): Promise<Omit<ReadSheet, "hint">> {
  const places = reading.places.slice(0, mostPlaces);
  if (reading.verdict === "differs") return { page, verdict: "differs", places };
  if (reading.verdict !== "same") return { page, verdict: "unclear", places: [] };
  if (bandsOf(paper, page).length === 0) return { page, verdict: "same", places: [] };
  const of = paper.documents.get(paper.pages[page]?.documentId ?? "");
  const bare =
    reading.code !== null && of ? await readOwn(paper, photo, of, []) : await readForeign(paper, photo, page, []);
  return bare.verdict === "differs"
    ? { page, verdict: "signed", places: bare.places.slice(0, mostPlaces) }
    : { page, verdict: "same", places: [] };
}

function bandsOf(paper: ApprovedPaper, index: number): BandPlace[] {
  const of = paper.pages[index];
  const document = paper.documents.get(of?.documentId ?? "")?.document;
  const size = document?.pages[(of?.page ?? 0) - 1];
  if (!of || !document || !size) return [];
  const here = (page: number): boolean => page === of.page - 1;
  return listSignatureBands({
    widthMm: size.widthMm,
    seals: document.placements.flatMap(({ page, sealId, xMm, yMm }) => {
      const seal = paper.seals.get(sealId);
      return here(page) && seal ? [{ xMm, yMm, ...seal }] : [];
    }),
    lines: document.unfinished.flatMap(({ page, box }) =>
      here(page) && box ? [{ xMm: box.x, yMm: box.y, widthMm: box.width, heightMm: box.height }] : [],
    ),
  });
}

const readOwn = (paper: ApprovedPaper, photo: Uint8Array, of: PaperOfDocument, inkPlaces: readonly Place[]) =>
  read(photo, inkPlaces, {
    kind: "own",
    printed: {
      ...{ bytes: of.bytes, requestId: uuidOf(paper.requestId), key: paper.key },
      ...(of.printed ?? { lines: [], address: "" }),
    },
    page: null,
  });

function readForeign(paper: ApprovedPaper, photo: Uint8Array, index: number, inkPlaces: readonly Place[]) {
  const of = paper.pages[index];
  const one = paper.documents.get(of?.documentId ?? "");
  const size = one?.document.pages[(of?.page ?? 0) - 1];
  if (!of || !one || !size) throw new RangeError("the approved document has no such page");
  return read(photo, inkPlaces, { kind: "foreign", scan: one.bytes, page: of.page, ...size });
}

/** What cannot be compared now comes again with its job; a sheet that never can be is unclear, and somebody looks at it. */
async function read(
  photo: Uint8Array,
  inkPlaces: readonly Place[],
  paper: ReadPhotoTask["paper"],
): Promise<PhotoReading> {
  const answer = await readPhoto({ photo, paper, inkPlaces, faces: null, sealPlace: null });
  if (answer.ok) return answer;
  if (answer.code === "photo.busy") throw new Error("the scan waits: other photos are being read");
  return {
    ...{ ok: true, verdict: "unclear", code: null, isAmongOthers: false, isCodeForged: false, places: [] },
    ...{ unseen: [], confidence: 0, face: null, impression: null, lettersSure: false, measures: null },
  };
}
