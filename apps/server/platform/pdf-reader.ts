import type { ShownOtherwise, TextRun } from "@chancery/domain";
import {
  collectShapes,
  findTurnedText,
  type GlyphShape,
  isComparedLetter,
  isUnsure,
  listMisread,
  listSmallMarks,
  mergeRules,
  type ShownGlyph,
  scannedShare,
} from "@chancery/domain/compare";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { limitWasmMemory } from "./limit-wasm-memory.ts";
import { type AskedPages, chooseToDraw, joinPages, type PageRead, type PagesRead } from "./page-parts.ts";
import type { PageTextAnswer, ShownSize } from "./page-text.ts";
import { drawPage } from "./pdf-drawing.ts";
import { drawGlyphs, type InkMap, type ReadLetters } from "./pdf-glyphs.ts";
import { drawLayers, drawNotes, type LookOptions, type PageLook } from "./pdf-layers.ts";
import { createProgramTest, createSampler, type FontModule, joinLetters } from "./pdf-letters.ts";
import { eachObject, objectKinds, type PageBox, weighPictures } from "./pdf-objects.ts";
import { makeReferencePage } from "./pdf-reference.ts";
import { isAllThere, lookAtShown, planLook } from "./pdf-shown.ts";
import {
  boxOfObject,
  countWritten,
  listRuns,
  millimetre,
  type PageCharacter,
  placesOn,
  readCharacters,
  readText,
} from "./pdf-text.ts";

/** The part of PDFium's C interface used here; the wrapper keeps its module private and offers text without places. */
interface PdfiumModule extends FontModule {
  _FPDF_LoadMemDocument(at: number, size: number, password: number): number;
  _FPDF_CloseDocument(document: number): void;
  _FPDF_GetPageCount(document: number): number;
  _FPDF_LoadPage(document: number, index: number): number;
}

/** Reads texts of any number of files, one after the other; loading the library takes longer than reading a page. */
export interface PdfReader {
  readPages(bytes: Uint8Array, mostPages: number): PageTextAnswer;
  readPart(bytes: Uint8Array, asked: AskedPages): PagesRead;
  /** Every character with its exact place, page by page; null where the file cannot be read. */
  readCharacters(bytes: Uint8Array): PageCharacter[][] | null;
  /**
   * Lets pages be drawn as long as `use` runs, each when it is asked for, with no more than `asks` asks for and a name that is
   * known does not tell already; null where file or page cannot be drawn.
   */
  withDrawnPages<T>(
    bytes: Uint8Array,
    sizes: readonly ShownSize[],
    use: (draw: DrawPage) => T,
    asks: { readonly text: boolean; readonly letters: boolean },
  ): T | null;
}
export type DrawPage = (index: number, isKnown?: (name: string) => boolean) => PageLook | null;

/** Bytes that reading and drawing a file may take. */
const mostMemory = 768 * 1024 * 1024;

/** Opens the reader of a thread, one for all its tasks. */
export async function openPdfReader(): Promise<PdfReader> {
  limitWasmMemory(mostMemory);
  const library = await PDFiumLibrary.init();
  const pdfium = Reflect.get(library, "module") as PdfiumModule;
  const withPages = <T>(bytes: Uint8Array, read: (document: number, count: number) => T, unreadable: T): T => {
    const at = pdfium._malloc(bytes.length);
    pdfium.HEAPU8.set(bytes, at);
    const document = pdfium._FPDF_LoadMemDocument(at, bytes.length, 0);
    try {
      return document === 0 ? unreadable : read(document, pdfium._FPDF_GetPageCount(document));
    } finally {
      if (document !== 0) pdfium._FPDF_CloseDocument(document);
      pdfium._free(at);
    }
  };
  const each = <T>(
    document: number,
    indices: readonly number[],
    read: (page: number, index: number) => T,
  ): T[] | null => {
    const found: T[] = [];
    for (const index of indices) {
      const page = pdfium._FPDF_LoadPage(document, index);
      if (page === 0) return null;
      found.push(read(page, index));
      pdfium._FPDF_ClosePage(page);
    }
    return found;
  };
  const allOf = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
  let reference: readonly GlyphShape[] | null = null;
  const readReference = (): readonly GlyphShape[] => {
    if (reference) return reference;
    const { bytes, ...size } = makeReferencePage();
    const read = (document: number): GlyphShape[] => {
      const drawn = each(document, [0], (page) => {
        const letters = joinLetters(readCharacters(pdfium, page), 1, () => true);
        return drawGlyphs(pdfium, page, { index: 0, ...size }, letters, () => true)?.shown ?? [];
      });
      return collectShapes(drawn?.flat() ?? []) ?? [];
    };
    reference = withPages(bytes, read, []);
    return reference;
  };
  const readPart = (bytes: Uint8Array, asked: AskedPages): PagesRead =>
    withPages<PagesRead>(
      bytes,
      (document, count) => {
        if ("mostPages" in asked && count > asked.mostPages) return { ok: false, code: "text.too-many-pages" };
        const isDrawn = "drawn" in asked;
        const indices = isDrawn ? asked.drawn : allOf(count).filter((index) => index % asked.step === asked.first);
        const glyphs: ShownGlyph[] = [];
        const sample = createSampler();
        const wants = (one: ReadLetters): boolean => isComparedLetter(one.text, one.box.height) && sample(one);
        const pages = each(document, indices, (page, index) =>
          readPage(pdfium, page, { index, isAsked: isDrawn, wants, glyphs }),
        );
        return pages === null
          ? { ok: false, code: "text.unreadable" }
          : { ok: true, pages: addMisread(pages, listMisread(glyphs, readReference())) };
      },
      { ok: false, code: "text.unreadable" },
    );
  return {
    readPart,
    readPages: (bytes, mostPages) => {
      const all = readPart(bytes, { mostPages, first: 0, step: 1 });
      if (!all.ok) return all;
      const chosen = chooseToDraw(all.pages);
      const drawn = chosen.length > 0 ? readPart(bytes, { drawn: chosen }) : ({ ok: true, pages: [] } as const);
      return drawn.ok ? { ok: true, pages: joinPages([...all.pages, ...drawn.pages]) } : drawn;
    },
    readCharacters: (bytes) =>
      withPages<PageCharacter[][] | null>(
        bytes,
        (document, count) => each(document, allOf(count), (page) => readCharacters(pdfium, page)),
        null,
      ),
    withDrawnPages: <T>(
      bytes: Uint8Array,
      sizes: readonly ShownSize[],
      use: (draw: DrawPage) => T,
      asks: { text: boolean; letters: boolean },
    ) =>
      withPages<T | null>(
        bytes,
        (document) => {
          const wants = asks.letters ? createSampler() : () => false;
          return use((index, isKnown = () => false) => {
            const [page, size] = [pdfium._FPDF_LoadPage(document, index), sizes[index]];
            if (page === 0) return null;
            const added = size ? drawNotes(pdfium, page, () => pdfium._FPDF_LoadPage(document, index), size) : null;
            const drawn =
              size && added
                ? drawOne(pdfium, page, { ...size, index }, { ...added, asksText: asks.text, isKnown, wants })
                : null;
            pdfium._FPDF_ClosePage(page);
            return drawn;
          });
        },
        null,
      ),
  };
}

function drawOne(
  pdfium: PdfiumModule,
  page: number,
  size: ShownSize & { readonly index: number },
  of: Omit<LookOptions, "boxOf" | "letters">,
): PageLook | null {
  const scratch = pdfium._malloc(16);
  const places = placesOn(pdfium, page);
  const scale = size.widthMm / Math.max(1, pdfium._FPDF_GetPageWidthF(page) * millimetre);
  const boxOf = (object: number): PageBox | null => {
    const box = boxOfObject(pdfium, places, object, scratch);
    return box && { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale };
  };
  const letters = joinLetters(readCharacters(pdfium, page), scale, createProgramTest(pdfium));
  const drawn = drawLayers(pdfium, page, size, { boxOf, letters, ...of });
  pdfium._free(scratch);
  return drawn;
}

/** Pages with less of pictures than that are drawn at once; the pictures of others take long. */
const pictured = 0.15;
const mostObjects = 5000;

/** What stands on a page; where it is full of pictures it is drawn only if it is asked for. */
function readPage(
  pdfium: PdfiumModule,
  page: number,
  of: {
    readonly index: number;
    readonly isAsked: boolean;
    readonly wants: (letters: ReadLetters) => boolean;
    /** Takes how its letters look. */
    readonly glyphs: ShownGlyph[];
  },
): PageRead {
  const { index, isAsked } = of;
  const [widthMm, heightMm] = [
    pdfium._FPDF_GetPageWidthF(page) * millimetre,
    pdfium._FPDF_GetPageHeightF(page) * millimetre,
  ];
  const places = placesOn(pdfium, page);
  const { pictures, images, boxOf, rules } = listPictures(pdfium, page, places);
  const within = (from: number, length: number, most: number): number =>
    Math.max(0, Math.min(from + length, most) - Math.max(from, 0));
  const covered = pictures.reduce(
    (sum, box) => sum + within(box.x, box.width, widthMm) * within(box.y, box.height, heightMm),
    0,
  );
  const imageCoverage = widthMm * heightMm > 0 ? Math.min(1, covered / (widthMm * heightMm)) : 0;
  const isDrawn = isAsked || imageCoverage < pictured;
  const text = readText(pdfium, page, places);
  const written = pictures.length > 0 ? countWritten(text) : 0;
  // Of a scan nothing but its picture is seen, and that is told of the whole page.
  const isScan = imageCoverage >= scannedShare && written === 0;
  const isLookedAt = isDrawn && !isScan;
  const inked = isLookedAt ? text.filter(({ isSilent }) => !isSilent) : [];
  const letters = joinLetters(inked, 1, createProgramTest(pdfium));
  const small = isLookedAt ? listSmallMarks(letters) : null;
  const wants = (one: (typeof letters)[number]): boolean => small?.has(one) !== true && of.wants(one);
  const plan = isLookedAt ? planLook(pdfium, page, { letters, boxOf }, wants) : null;
  // Of a scan the text behind it is told with its picture.
  const turned = (isScan ? null : findTurnedText(text.filter(({ isSilent }) => !isSilent))) ?? [];
  const lines = listRuns(text, turned);
  let allThere = false;
  const lookAt = (drawnText: InkMap): void => {
    allThere = isAllThere(drawnText, letters);
  };
  const drawn = isDrawn
    ? drawPage(pdfium, page, {
        ...{ widthMm, heightMm, pictures, lines },
        ...(plan?.mayBeCoarse ? { lookAt } : {}),
      })
    : null;
  const shown =
    plan && lookAtShown(pdfium, page, { index, widthMm, heightMm }, plan, { letters, boxOf, images, allThere });
  for (const glyph of shown?.glyphs ?? []) of.glyphs.push(glyph);
  const hidden = shown?.hidden;
  const seen = hidden && hidden.size > 0 ? listRuns(text, turned, (at) => hidden.has(at)) : null;
  const size = {
    ...{ index, widthMm, heightMm, imageCoverage },
    ...(rules.length > 0 ? { rules } : {}),
    ...(pictures.length > 0
      ? { written: written - Math.min(written, shown?.unseen ?? 0), imaged: images.length > 0 }
      : {}),
  };
  const tell = (runs: readonly TextRun[]): { otherwise?: readonly ShownOtherwise[] } => {
    const places = [
      ...(shown?.otherwise ?? []),
      ...runs.filter(isUnsure).map(({ turned: _, ...run }) => ({ kind: "turned" as const, ...run })),
    ];
    return places.length > 0 ? { otherwise: places.slice(0, mostPlaces) } : {};
  };
  if (drawn === null) return { page: { ...size, runs: lines, ...tell(lines) }, pictures: weighPictures(pdfium, page) };
  const withLook = (look: string) => lines.filter((_, at) => drawn.looks[at] === look);
  const runs = lines.filter((_, at) => drawn.looks[at] !== "unseen");
  return {
    page: {
      ...{ ...size, ink: drawn.ink, pictureInk: drawn.pictureInk },
      runs,
      unseen: withLook("unseen"),
      pale: withLook("pale"),
      ...(seen ? { shown: leaveOut(seen, withLook("unseen")) } : {}),
      ...tell(runs),
    },
    pictures: null,
  };
}

/** Pages with the places where letters show others than they say. */
function addMisread(pages: readonly PageRead[], misread: readonly ShownGlyph[]): readonly PageRead[] {
  if (misread.length === 0) return pages;
  return pages.map((read) => {
    const places = misread
      .filter(({ page }) => page === read.page.index)
      .map(({ character, box }) => ({ kind: "letters" as const, text: character, ...box }));
    if (places.length === 0) return read;
    return {
      ...read,
      page: { ...read.page, otherwise: [...(read.page.otherwise ?? []), ...places].slice(0, mostPlaces) },
    };
  });
}
const mostPlaces = 40;

/** Lines without those that nobody sees. */
function leaveOut(lines: readonly TextRun[], unseen: readonly TextRun[]): TextRun[] {
  const keyOf = ({ text, x, y }: TextRun): string => `${x} ${y} ${text}`;
  const left = new Set(unseen.map(keyOf));
  return lines.filter((line) => !left.has(keyOf(line)));
}

const drawn: ReadonlySet<number> = new Set([
  ...[objectKinds.path, objectKinds.image, objectKinds.form, objectKinds.shading],
]);
/** Where the pictures of a page lie, and what else may be one; which of them are images, and the thin lines beside them. */
function listPictures(pdfium: PdfiumModule, page: number, places: ReturnType<typeof placesOn>) {
  const boxOf = (object: number): PageBox | null => {
    const scratch = pdfium._malloc(16);
    const box = boxOfObject(pdfium, places, object, scratch);
    pdfium._free(scratch);
    return box;
  };
  const pictures: PageBox[] = [];
  const paths: PageBox[] = [];
  const count = Math.min(mostObjects, pdfium._FPDFPage_CountObjects(page));
  for (let at = 0; at < count; at += 1) {
    const object = pdfium.wasmExports.FPDFPage_GetObject(page, at);
    const kind = pdfium.wasmExports.FPDFPageObj_GetType(object);
    if (!drawn.has(kind)) continue;
    const box = boxOf(object);
    if (box) (kind === objectKinds.path ? paths : pictures).push(box);
  }
  const images: PageBox[] = [];
  if (pictures.length > 0)
    eachObject(pdfium, page, (object, kind) => {
      const box = kind === objectKinds.image && images.length < mostObjects ? boxOf(object) : null;
      if (box) images.push(box);
    });
  return { pictures, images, boxOf, rules: mergeRules(paths) };
}
