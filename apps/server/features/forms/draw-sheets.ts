import { viewOnlyMarks } from "@chancery/domain";
import { bookFontFile } from "@chancery/seal-image/font";
import PDFDocument from "pdfkit";
import { encodeQR } from "qr";

export interface SheetToDraw {
  readonly number: string;
  readonly code: string;
  /** The matter it was given out by. */
  readonly matter: string;
  readonly backBy: string;
}
export interface SheetGround {
  /** The letterhead under each sheet as a picture; null for plain paper. */
  readonly ground: Uint8Array | null;
  /** When they were given out. It stands in the file, so that the same sheets give the same bytes whenever they are drawn. */
  readonly at: Date;
  /** Only to be looked at: marked across the page, and without the codes by which a sheet is known. */
  readonly view?: boolean;
}

const page = { width: 595.28, height: 841.89, side: 40, foot: 26 };
const ink = "#14171f";
/** Points of one module: twenty-one of them are fifteen millimetres, which a telephone reads from paper. */
const module = 2;
/** Modules that stay white around the square (ISO/IEC 18004). */
const quiet = 4;

/**
 * Sheets with nothing on them but their letterhead and what they are, in a line at the foot: so plain ones go through a printer
 * that holds headed paper. Figures and letters alone stand there, which both languages read, and beside them the code as a
 * square for a camera.
 */
export function drawSheets(
  sheets: readonly SheetToDraw[],
  { ground, at, view = false }: SheetGround,
): Promise<Uint8Array> {
  const document = new PDFDocument({
    ...{ size: "A4", autoFirstPage: false, pdfVersion: "1.7", compress: true, font: "Courier" },
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    info: { Title: sheets.map(({ number }) => number).join(" "), Creator: "Chancery", CreationDate: at },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (part: Buffer) => void parts.push(part));
    document.once("end", () => resolve(Buffer.concat(parts)));
    document.once("error", reject);
  });
  // As text, not as bytes: so the library knows it again, and the file has it once for all its sheets.
  const picture = ground === null ? null : `data:image/png;base64,${Buffer.from(ground).toString("base64")}`;
  for (const { number, code, matter, backBy } of sheets) {
    const line = page.height - page.foot;
    document.addPage();
    if (picture) document.image(picture, 0, 0, { width: page.width, height: page.height });
    if (view) {
      drawViewOnly(document, `${number}   ${matter}   ${backBy}`);
      continue;
    }
    const squares = encodeQR(code, "raw", { ecc: "medium", border: quiet });
    const side = squares.length * module;
    const left = page.width - page.side - side + quiet * module;
    const top = page.height - page.foot / 2 - side + quiet * module;
    // White under foot and square, whatever the letterhead has there: both have to be read.
    if (picture) document.rect(page.side, line - 6, left - page.side, 18).fill("#ffffff");
    if (picture) document.rect(left, top, side, side).fill("#ffffff");
    document
      .moveTo(page.side, line - 6)
      .lineTo(left, line - 6)
      .lineWidth(0.4)
      .stroke(ink);
    document
      .fillColor(ink)
      .fontSize(8)
      .text(`${number}   ${code}   ${matter}   ${backBy}`, page.side, line, { lineBreak: false });
    squares.forEach((row, y) => {
      row.forEach((isDark, x) => {
        if (isDark) document.rect(left + x * module, top + y * module, module, module);
      });
    });
    document.fill(ink);
  }
  document.end();
  return whole;
}

/** In both languages, for whoever has the copy in his hand. Across the page and at its foot, in letters that a printer does not swallow. */
function drawViewOnly(document: InstanceType<typeof PDFDocument>, foot: string): void {
  const { width, height } = page;
  document.save();
  document.rotate(-54, { origin: [width / 2, height / 2] }).fillColor("#b42318", 0.22);
  const centred = { width, align: "center", lineBreak: false } as const;
  document
    .font(bookFontFile())
    .fontSize(74)
    .text(viewOnlyMarks.zh, 0, height / 2 - 96, centred);
  document.font("Courier").text(viewOnlyMarks.en, 0, height / 2 + 6, centred);
  document.restore();
  const line = height - page.foot;
  document
    .fillColor("#ffffff", 1)
    .rect(page.side, line - 6, width - 2 * page.side, 18)
    .fill();
  document
    .fillColor(ink, 1)
    .fontSize(8)
    .text(`${foot}   ${viewOnlyMarks.en}   `, page.side, line, {
      ...{ lineBreak: false, continued: true },
    });
  document.font(bookFontFile()).text(viewOnlyMarks.zh, { lineBreak: false }).font("Courier");
}
