import { createHash, createHmac } from "node:crypto";
import { openForPrinting, type PrintablePage, type PrintedPage, writePrintedPages } from "@chancery/pdf-seal/print";
import {
  mostCopies,
  mostPages,
  type PageCodeMac,
  type PlacedMark,
  placeMark,
  writePageCode,
} from "@chancery/printed-copy";
import { createFontSubset, measureBookText } from "@chancery/seal-image/font";
import { encodeQR } from "qr";
import { drawPages } from "./draw-page.ts";
import { mostPrintedPages, type PrintCopyAnswer, type PrintCopyTask } from "./write-print-copy.ts";

/** Enough to see a hair line. */
const perMm = 4;
/** Modules that stay white around the code (ISO/IEC 18004, 6.3.8). */
const quiet = 4;

export const pageCodeMac =
  (key: string): PageCodeMac =>
  (message) =>
    createHmac("sha256", Buffer.from(key, "hex")).update(message).digest();

export async function makePrintCopy(task: PrintCopyTask): Promise<PrintCopyAnswer> {
  const opened = openForPrinting(task.bytes);
  if (!opened.ok) return { ok: false, ...opened.refusal };
  const { pages } = opened.document;
  const refusal = findRefusal(task, pages.length);
  if (refusal) return { ok: false, ...refusal };
  const placed = await placeMarks(task, pages);
  const stuck = placed.find(({ page, mark }) => mark.shrink !== 1 && pages[page]?.mayShrink !== true);
  if (stuck)
    return {
      ...{ ok: false, code: "print.no-room" },
      message: `Page ${stuck.page + 1} has no white corner for the code, and fields or notes keep it from being drawn smaller. Print it to PDF with a margin, and use that file.`,
    };
  const digest = createHash("sha256").update(task.bytes).digest("hex").slice(0, 16);
  const mac = pageCodeMac(task.key);
  const printed = task.copies.flatMap((copy) =>
    placed.map(({ page, mark }): PrintedPage => {
      const code = writePageCode({ requestId: task.requestId, page: page + 1, copy, digest }, mac, task.address);
      const rows = encodeQR(code, "raw", { ecc: "medium", border: quiet });
      const said = { page: page + 1, pages: pages.length, copy, digest };
      const lines = mark.lines.map((line) => ({ ...line, text: fillIn(line.text, said) }));
      return { page, mark: { code: { ...mark, rows }, lines, shrink: mark.shrink } };
    }),
  );
  const text = printed.flatMap(({ mark }) => mark.lines.map((line) => line.text)).join("");
  const written = writePrintedPages(opened.document, printed, createFontSubset(text));
  if (!written.ok) return { ok: false, ...written.refusal };
  const [rows] = printed.map(({ mark }) => mark.code.rows.length);
  const codes = placed.map(({ page, mark: { xMm, yMm, moduleMm } }) => {
    const side = ((rows ?? 0) - 2 * quiet) * moduleMm;
    return {
      page: page + 1,
      place: { xMm: xMm + quiet * moduleMm, yMm: yMm + quiet * moduleMm, widthMm: side, heightMm: side },
    };
  });
  return { ok: true, bytes: written.bytes, codes };
}

function findRefusal(task: PrintCopyTask, pages: number): { code: string; message: string } | null {
  const { copies } = task;
  if (copies.length === 0 || copies.some((copy) => !Number.isInteger(copy) || copy < 1 || copy > mostCopies))
    return { code: "print.copies", message: `Copies are numbered from 1 to ${mostCopies}.` };
  if (pages > mostPages || pages * copies.length > mostPrintedPages)
    return {
      code: "print.too-many",
      message: `One file holds ${mostPrintedPages} printed pages at the most. Print fewer copies at once.`,
    };
  const { pages: wanted } = task;
  if (wanted && (wanted.length === 0 || wanted.some((page) => !Number.isInteger(page) || page < 1 || page > pages)))
    return { code: "page.not-found", message: "The page that is to be printed does not exist." };
  return null;
}

/** The longest that each line can become decides its place, so that a page is laid out the same in each copy. */
function placeMarks(
  task: PrintCopyTask,
  pages: readonly PrintablePage[],
): Promise<{ page: number; mark: PlacedMark }[]> {
  const widest = { page: pages.length, pages: pages.length, copy: mostCopies, digest: "0123456789abcdef" };
  const code = { requestId: task.requestId, page: 1, copy: 1, digest: widest.digest };
  const modules = encodeQR(
    writePageCode(code, () => new Uint8Array(32), task.address),
    "raw",
    {
      ...{ ecc: "medium", border: quiet },
    },
  ).length;
  const measure = (line: string): number => (measureBookText(fillIn(line, widest)) ?? line.length * 1000) / 1000;
  return drawPages(task.bytes, async (draw) => {
    const placed: { page: number; mark: PlacedMark }[] = [];
    for (const [at, { widthMm, heightMm }] of pages.entries()) {
      if (task.pages && !task.pages.includes(at + 1)) continue;
      const { width, height, rgb } = await draw(at, widthMm, heightMm, perMm);
      const data = new Uint8Array(width * height);
      for (let pixel = 0; pixel < data.length; pixel += 1)
        data[pixel] = Math.min(rgb[pixel * 3] ?? 0, rgb[pixel * 3 + 1] ?? 0, rgb[pixel * 3 + 2] ?? 0);
      placed.push({
        page: at,
        mark: placeMark({ width, height, data }, perMm, { modules, lines: task.lines, measure }),
      });
    }
    return placed;
  });
}

function fillIn(line: string, said: Readonly<Record<string, string | number>>): string {
  return line.replace(/\{(\w+)\}/g, (whole, name: string) => String(said[name] ?? whole));
}
