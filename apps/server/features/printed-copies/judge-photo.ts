import { openForPrinting } from "@chancery/pdf-seal/print";
import {
  comparedPerMm,
  compareFace,
  comparePage,
  letGoOfPage,
  letGoOfStraight,
  type PageCode,
  type PageComparison,
  type PageReference,
  type Place,
  type Point,
  preparePage,
  type Rgb,
  readPageCode,
  tellImpression,
} from "@chancery/printed-copy";
import sharp from "sharp";
import { decodePhoto } from "./decode-photo.ts";
import { type DrawnPage, drawPages } from "./draw-page.ts";
import { makePrintCopy, pageCodeMac } from "./make-print-copy.ts";
import { digestInCode } from "./page-codes.ts";
import { readCodes } from "./read-codes.ts";
import type { ForeignPaper, OwnPaper, PhotoReading, ReadPhotoAnswer, ReadPhotoTask } from "./read-photo.ts";

type Corners = readonly [Point, Point, Point, Point];
interface FoundCode {
  readonly code: PageCode;
  readonly corners: Corners;
}

const nothing: PhotoReading = {
  ...{ ok: true, verdict: "no-code", code: null, isAmongOthers: false, isCodeForged: false },
  ...{ places: [], unseen: [], confidence: 1, face: null, impression: null, lettersSure: false, measures: null },
};

/** Reads a photo and says what it shows; runs in a thread, for every byte of it is its sender's. */
export async function judgePhoto(task: ReadPhotoTask): Promise<ReadPhotoAnswer> {
  const decoded = await decodePhoto(task.photo);
  if (!decoded.ok) return decoded;
  return task.paper.kind === "own"
    ? judgeOwn(task, task.paper, decoded.photo)
    : judgeForeign(task, task.paper, decoded.photo);
}

async function judgeOwn(task: ReadPhotoTask, paper: OwnPaper, photo: Rgb): Promise<ReadPhotoAnswer> {
  const { printed } = paper;
  const digest = digestInCode(printed.bytes);
  const isExpected = (code: PageCode): boolean =>
    code.requestId === printed.requestId && code.digest === digest && (paper.page === null || code.page === paper.page);
  const { found, isCodeForged } = await findCodes(photo, printed.key);
  const expected = found.filter(({ code }) => isExpected(code));
  const own = expected[0] ?? found[0] ?? null;
  const isAmongOthers = new Set(expected.map(({ code }) => code.copy)).size > 1;
  if (own && !isExpected(own.code)) return { ...nothing, verdict: "wrong-page", code: own.code };
  const page = own?.code.page ?? paper.page ?? 1;
  const drawn = await drawOwn(paper, page, own?.code.copy ?? 1);
  if (drawn === null) return own ? { ok: false, code: "photo.page-not-drawn" } : { ...nothing, isCodeForged };
  const { reference, lettersSure } = drawn;
  if (own) {
    const compared = await compare(photo, reference, { code: own.corners, ...whatMayBeAdded(task) });
    return answerWith(task, reference, compared, { photo, lettersSure, code: own.code, isAmongOthers, isCodeForged });
  }
  // Without its code no page is taken for ours, whatever else it shows, so that what differs is not looked at again; that it
  // is blank is worth telling.
  const compared = comparePage(photo, reference, { code: null, ...whatMayBeAdded(task) });
  letGoOf(reference, compared);
  const { confidence, measures } = compared;
  return compared.verdict === "blank"
    ? { ...nothing, verdict: "blank", isCodeForged, confidence, measures }
    : { ...nothing, isCodeForged };
}

async function judgeForeign(task: ReadPhotoTask, paper: ForeignPaper, photo: Rgb): Promise<ReadPhotoAnswer> {
  const drawn = await drawPages(paper.scan, (draw) =>
    draw(paper.page - 1, paper.widthMm, paper.heightMm, comparedPerMm),
  ).catch(() => null);
  if (drawn === null) return { ok: false, code: "photo.page-not-drawn" };
  const reference = preparePage(pictureOf(drawn), null);
  const compared = await compare(photo, reference, { code: null, ...whatMayBeAdded(task) });
  return answerWith(task, reference, compared, {
    ...{ photo, code: null, isAmongOthers: false, isCodeForged: false },
    // It was scanned as it is: nobody draws it anew.
    lettersSure: true,
  });
}

/** An impression in red is seen apart from what a printer adds in its place; one in black may be lines of letters itself. */
const whatMayBeAdded = ({ inkPlaces, sealPlace }: ReadPhotoTask) => ({
  ...{ inkPlaces, noPrint: sealPlace?.onlyRed === true },
});

/** How far a lens spreads a point on a sheet held as large as the picture allows, in mm. */
const lensMm = 0.15;
/** The long side of a sheet: what is taken of a smaller one is softened a little less than a lens would. */
const sheetMm = 300;

/**
 * A picture that is sharper than any lens makes it, as scanners and other programs draw it, differs in the grain of its letters
 * from what is drawn here. What differs is therefore looked at again as a lens would show it: what truly differs is seen then, too.
 */
async function compare(
  photo: Rgb,
  reference: PageReference,
  options: Parameters<typeof comparePage>[2],
): Promise<PageComparison> {
  const compared = comparePage(photo, reference, options);
  if (compared.verdict !== "differs") return compared;
  const { width, height } = photo;
  const data = await sharp(photo.data, { raw: { width, height, channels: 3 } })
    .blur(Math.max(0.5, (lensMm * Math.max(width, height)) / sheetMm))
    .raw()
    .toBuffer();
  const softened = comparePage({ width, height, data }, reference, options);
  const [taken, left] = softened.verdict === "same" ? [softened, compared] : [compared, softened];
  if (left.straight) letGoOfStraight(left.straight);
  return taken;
}

function answerWith(
  task: ReadPhotoTask,
  reference: PageReference,
  compared: PageComparison,
  said: Pick<PhotoReading, "code" | "isAmongOthers" | "isCodeForged" | "lettersSure"> & { readonly photo: Rgb },
): PhotoReading {
  const { verdict, places, unseen, confidence, measures, straight } = compared;
  const { photo, ...rest } = said;
  const isPage = verdict === "same" || verdict === "differs" || verdict === "unclear";
  const face =
    task.faces && straight && isPage
      ? compareFace(reference, straight, {
          // Of several seals on a page it is the face in this one's place that is asked about.
          ...(task.sealPlace
            ? { places: [task.sealPlace.own], except: task.sealPlace.others }
            : { places: task.inkPlaces }),
          specimens: task.faces.kept.map(({ id, width, height, ink }) => ({
            id,
            ink: { width, height, data: Float32Array.from(ink, (value) => value / 255) },
          })),
          ...{ expected: task.faces.expected, blurMm: measures.blurMm },
        })
      : null;
  const impression =
    task.sealPlace && straight && isPage ? tellImpression(reference, { photo, straight }, task.sealPlace) : null;
  letGoOf(reference, compared);
  return {
    ok: true,
    ...rest,
    impression,
    verdict: verdict === "not-found" ? "unclear" : verdict,
    places,
    unseen,
    confidence,
    face,
    measures,
  };
}

/** What is answered of a photo holds no picture of it. */
function letGoOf(reference: PageReference, { straight }: PageComparison): void {
  letGoOfPage(reference);
  if (straight) letGoOfStraight(straight);
}

/** Codes that this platform made, as they lie in the photo; half its size is read first, which is mostly enough. */
async function findCodes(photo: Rgb, key: string): Promise<{ found: FoundCode[]; isCodeForged: boolean }> {
  const mac = pageCodeMac(key);
  let isCodeForged = false;
  for (const shrink of Math.max(photo.width, photo.height) > 2000 ? [2, 1] : [1]) {
    const seen = await readCodes(greenOf(photo, shrink));
    const found = seen.flatMap(({ text, corners }): FoundCode[] => {
      const read = readPageCode(text, mac);
      if (!read.ok && read.why === "not-authentic") isCodeForged = true;
      const back = ([x, y]: Point): Point => [(x + 0.5) * shrink - 0.5, (y + 0.5) * shrink - 0.5];
      const [a, b, c, d] = corners;
      return read.ok ? [{ code: read.code, corners: [back(a), back(b), back(c), back(d)] }] : [];
    });
    if (found.length > 0) return { found, isCodeForged };
  }
  return { found: [], isCodeForged };
}

/** One page of one copy as it was printed; null where there is no such page or it cannot be drawn. */
async function drawOwn(
  { printed }: OwnPaper,
  page: number,
  copy: number,
): Promise<{ readonly reference: PageReference; readonly lettersSure: boolean } | null> {
  const opened = openForPrinting(printed.bytes);
  const size = opened.ok ? opened.document.pages[page - 1] : undefined;
  const made = size ? await makePrintCopy({ ...printed, copies: [copy], pages: [page] }) : null;
  if (!size || !made?.ok) return null;
  const drawn = await drawPages(made.bytes, (draw) => draw(0, size.widthMm, size.heightMm, comparedPerMm)).catch(
    () => null,
  );
  if (drawn === null) return null;
  const place = made.codes[0]?.place;
  return place ? { reference: preparePage(pictureOf(drawn), cornersOf(place)), lettersSure: size.fontsEmbedded } : null;
}

const cornersOf = ({ xMm, yMm, widthMm, heightMm }: Place): Corners => [
  [xMm, yMm],
  [xMm + widthMm, yMm],
  [xMm + widthMm, yMm + heightMm],
  [xMm, yMm + heightMm],
];
const pictureOf = ({ width, height, rgb }: DrawnPage): Rgb => ({ width, height, data: rgb });

/** The green of a picture, or the mean of four pixels of it. */
function greenOf({ width, height, data }: Rgb, shrink: number): { width: number; height: number; data: Uint8Array } {
  const [columns, rows] = [Math.floor(width / shrink), Math.floor(height / shrink)];
  const green = new Uint8Array(columns * rows);
  for (let y = 0, at = 0; y < rows; y += 1) {
    let from = y * shrink * width * 3 + 1;
    for (let x = 0; x < columns; x += 1, at += 1, from += 3 * shrink) {
      if (shrink === 1) green[at] = data[from] ?? 0;
      else
        green[at] =
          ((data[from] ?? 0) +
            (data[from + 3] ?? 0) +
            (data[from + 3 * width] ?? 0) +
            (data[from + 3 * width + 3] ?? 0)) >>
          2;
    }
  }
  return { width: columns, height: rows, data: green };
}
