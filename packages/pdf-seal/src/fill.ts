import type { FontSubset } from "@chancery/seal-image/font";
import { describePdfFont, encodeWithFont } from "@chancery/seal-image/pdf-font";
import { listContents, resourcesOf } from "./reader/page-content.ts";
import { findPage, listPages, type PdfPage } from "./reader/page-tree.ts";
import type { PdfFile } from "./reader/pdf-file.ts";
import { setEntries } from "./seal/dictionary-patch.ts";
import { identifierOf, subsetName } from "./seal/embedded-font.ts";
import { writeNumber } from "./seal/pdf-text.ts";
import { broken, findFields, openGuarded, refuse, type SealRefusal } from "./seal/seal-guard.ts";
import { TailWriter } from "./seal/tail-writer.ts";

/** A line of text on a page: its beginning on the base line, in millimetres from the top left of the page as it is shown. */
export interface FilledText {
  readonly page: number;
  readonly xMm: number;
  readonly baselineMm: number;
  /** Size of the letters in millimetres. */
  readonly sizeMm: number;
  /** How wide the letters are drawn, 1 for as the font has them. */
  readonly stretch: number;
  readonly text: string;
}

/** A form that may be filled in, any number of times. */
export interface FillableForm {
  readonly file: PdfFile;
}

const POINTS_PER_MM = 72 / 25.4;

/** Opens a form, or says why nothing can be written into it. The bytes must not change afterwards. */
export function openForFilling(
  bytes: Uint8Array,
): { ok: true; form: FillableForm } | { ok: false; refusal: SealRefusal } {
  const opened = openGuarded(bytes);
  if (!opened.ok) return opened;
  const { file } = opened;
  if (findFields(file).some(({ type, value }) => type === "Sig" && value !== null))
    return refuse("fill.sealed", "The file carries a seal already: what is written into it would break that.");
  if (file.security !== null)
    return refuse("fill.encrypted", "The file is encrypted. Save a copy without, and use that file.");
  return { ok: true, form: { file } };
}

/**
 * Writes text over the blanks of a form, as a typewriter does: an update after its own bytes, of which none is changed. The
 * same form and texts give the same bytes.
 */
export function fillForm(
  { file }: FillableForm,
  texts: readonly FilledText[],
  font: FontSubset,
): { ok: true; bytes: Buffer } | { ok: false; refusal: SealRefusal } {
  const lacking = texts.find(({ text }) => [...text].some((character) => !font.glyphs.has(character)));
  if (lacking) return refuse("fill.character", `The font has not every character of “${lacking.text}”.`);
  const writer = new TailWriter(file, "fill");
  const objects = describePdfFont(font, subsetName(font), () => writer.newNumber());
  for (const { number, entries, stream } of objects) {
    if (stream === null) writer.writeObject(number, 0, `<< ${entries} >>`);
    else writer.writeStream(number, entries, stream);
  }
  const fontNumber = objects[0]?.number ?? 0;
  // Whatever the page's own content leaves set is put back before anything is written over it.
  const opening = writer.newNumber();
  writer.writeStream(opening, "", Buffer.from("q\n"));
  for (const [index, onPage] of Map.groupBy(texts, ({ page }) => page)) {
    const page = findPage(file, index) ?? listPages(file)[index] ?? null;
    if (page?.number == null) return refuse("page.not-found", "The page that is to be written on does not exist.");
    const changed = writePage(file, writer, { ...page, number: page.number }, { opening, fontNumber }, onPage, font);
    if (changed !== null) return { ok: false, refusal: changed };
  }
  if (writer.isContradictory) return broken();
  const tail = writer.finish(identifierOf(file));
  return { ok: true, bytes: Buffer.concat([file.bytes, tail]) };
}

function writePage(
  file: PdfFile,
  writer: TailWriter,
  page: PdfPage & { readonly number: number },
  at: { readonly opening: number; readonly fontNumber: number },
  texts: readonly FilledText[],
  font: FontSubset,
): SealRefusal | null {
  const resources = resourcesOf(file, page.dictionary);
  const fonts = file.get(resources, "Font");
  const name = `Filled${at.fontNumber}`;
  const content = writer.newNumber();
  const drawn = texts.map((text) => drawText(page, text, name, font));
  writer.writeStream(content, "", Buffer.from(`Q\nq 0 g\n${drawn.join("\n")}\nQ\n`, "latin1"));
  const own = listContents(file, page.dictionary);
  if (own === null) return broken().refusal;
  const entry = `${at.fontNumber} 0 R`;
  const list =
    fonts?.kind === "dictionary" ? setEntries(fonts, { [name]: entry }) : Buffer.from(`<< /${name} ${entry} >>`);
  const Resources =
    resources === null
      ? Buffer.concat([Buffer.from("<< /Font "), list, Buffer.from(" >>")])
      : setEntries(resources, { Font: list });
  const Contents = `[${[`${at.opening} 0 R`, ...own, `${content} 0 R`].join(" ")}]`;
  writer.writeChanged(page.number, setEntries(page.dictionary, { Resources, Contents }));
  return null;
}

function drawText(page: PdfPage, text: FilledText, name: string, font: FontSubset): string {
  const scale = POINTS_PER_MM / page.userUnit;
  const [left, top] = [text.xMm * scale, text.baselineMm * scale];
  const { x0, y0, x1, y1 } = page.box;
  const [turn, x, y] = (
    {
      0: ["1 0 0 1", x0 + left, y1 - top],
      90: ["0 1 -1 0", x0 + top, y0 + left],
      180: ["-1 0 0 -1", x1 - left, y0 + top],
      270: ["0 -1 1 0", x1 - top, y1 - left],
    } as const
  )[page.rotation];
  const size = writeNumber(text.sizeMm * scale);
  const place = `${turn} ${writeNumber(x)} ${writeNumber(y)}`;
  return `BT /${name} ${size} Tf ${writeNumber(text.stretch * 100)} Tz ${place} Tm <${encodeWithFont(font, text.text)}> Tj ET`;
}
