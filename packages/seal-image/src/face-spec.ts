import { type GlyphSource, isWide } from "./glyph.ts";

export type FaceShape = "circle" | "oval" | "square" | "rectangle";

/**
 * What a seal's face shows. Circle and oval: `arcText` along the upper border, a star or `centreText` in the middle,
 * `lowerText` straight below, `code` (13 digits) along the lower border, on an oval with a free centre in the middle.
 * Square and rectangle: the texts as lines; a Chinese `centreText` alone on a square in columns from right to left.
 */
export type FaceSpec = {
  readonly shape: FaceShape;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly arcText?: string | undefined;
  readonly centre?: "star" | "none" | undefined;
  readonly centreText?: string | undefined;
  readonly lowerText?: string | undefined;
  readonly code?: string | undefined;
  readonly borderMm?: number | undefined;
};

export type FaceCode =
  | "face.form-invalid"
  | "face.size-out-of-range"
  | "face.size-unequal"
  | "face.border-out-of-range"
  | "face.empty"
  | "face.text-too-long"
  | "face.character-invalid"
  | "face.character-missing"
  | "face.centre-unknown"
  | "face.centre-taken"
  | "face.round-only"
  | "face.code-invalid"
  | "face.state-emblem"
  | "face.invoice-supervision";

export type FaceOutcome =
  | { readonly ok: true; readonly value: FaceSpec }
  | { readonly ok: false; readonly code: FaceCode; readonly detail: string };

const minSizeMm = 5;
const maxSizeMm = 100;
/** In widths of a Chinese character; a Latin letter counts half. */
const maxTextWidth = { arcText: 32, centreText: 16, lowerText: 16 } as const;
const textFields = ["arcText", "centreText", "lowerText"] as const;
const knownFields = new Set(["shape", "widthMm", "heightMm", "centre", "code", "borderMm", ...textFields]);

const emblemWords = [
  "国徽",
  "國徽",
  "国旗",
  "國旗",
  "军徽",
  "軍徽",
  "警徽",
  "党徽",
  "黨徽",
  "nationalemblem",
  "stateemblem",
  "nationalflag",
];
const emblemMarks = /emblem|coat-?of-?arms|flag|徽|国旗|國旗/iu;

/**
 * Whether a face may be made. Takes anything (it may come from a file), answers with the face in its normal form (NFC,
 * no spaces at the ends, empty texts left out) or the reason why not. State, party, army and police emblems
 * and the supervision mark of invoices (发票监制章) are made by authorities alone and refused here, also where the words
 * are spread over several texts, spaced out or written from right to left. With `glyphs`, characters the font lacks are
 * refused too.
 */
export function decideFace(input: unknown, glyphs?: GlyphSource): FaceOutcome {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return refuse("face.form-invalid", "A face is an object with shape, widthMm and heightMm.");
  }
  const fields: Record<string, unknown> = { ...input };
  const unknownField = Object.keys(fields).find((name) => !knownFields.has(name));
  if (unknownField !== undefined) {
    return refuse("face.form-invalid", `A face has no field '${unknownField.slice(0, 40)}'.`);
  }
  const { shape, widthMm, heightMm, borderMm, centre } = fields;
  if (shape !== "circle" && shape !== "oval" && shape !== "square" && shape !== "rectangle") {
    return refuse("face.form-invalid", "The shape is circle, oval, square or rectangle.");
  }
  if (!isBetween(widthMm, minSizeMm, maxSizeMm) || !isBetween(heightMm, minSizeMm, maxSizeMm)) {
    return refuse("face.size-out-of-range", `Width and height are ${minSizeMm} to ${maxSizeMm} mm.`);
  }
  if ((shape === "circle" || shape === "square") && widthMm !== heightMm) {
    return refuse("face.size-unequal", `A ${shape} is as wide as it is high.`);
  }
  if (shape !== "circle" && shape !== "square" && Math.max(widthMm / heightMm, heightMm / widthMm) > 5) {
    return refuse("face.size-out-of-range", "One side is at most five times the other.");
  }
  if (shape === "oval" && (heightMm > widthMm || widthMm > 2 * heightMm)) {
    return refuse("face.size-out-of-range", "An oval lies, and is at most twice as wide as high.");
  }
  if (borderMm !== undefined && !isBetween(borderMm, 0.2, Math.min(widthMm, heightMm) / 10)) {
    return refuse("face.border-out-of-range", "The border is at least 0.2 mm and at most a tenth of the smaller side.");
  }
  if (centre !== undefined && centre !== "star" && centre !== "none") {
    return typeof centre === "string" && emblemMarks.test(centre)
      ? refuse("face.state-emblem", "State, party, army and police emblems are made by authorities alone.")
      : refuse("face.centre-unknown", "The centre mark is star or none.");
  }
  return decideTexts(
    { shape, widthMm, heightMm, ...(centre && { centre }), ...(borderMm && { borderMm }) },
    fields,
    glyphs,
  );
}

/** Every character that a face shows, each once. */
export function listFaceCharacters(face: FaceSpec): string {
  const text = [face.arcText, face.centreText, face.lowerText, face.code].join("");
  return [...new Set(text)].filter((character) => character !== " ").join("");
}

function decideTexts(size: FaceSpec, fields: Record<string, unknown>, glyphs?: GlyphSource): FaceOutcome {
  const texts: { arcText?: string; centreText?: string; lowerText?: string } = {};
  for (const field of textFields) {
    const raw = fields[field];
    if (raw === undefined) continue;
    if (typeof raw !== "string") return refuse("face.form-invalid", `The field ${field} is a text.`);
    if (raw.length > 200) return tooLong(field);
    const text = raw.normalize("NFC").replaceAll("\u3000", " ").trim();
    if (!text.isWellFormed() || /[\p{C}\p{Zl}\p{Zp}]/u.test(text)) {
      return refuse("face.character-invalid", `The field ${field} has characters that cannot be seen.`);
    }
    if (measureWidth(text) > maxTextWidth[field]) return tooLong(field);
    if (text !== "") texts[field] = text;
  }
  const { code } = fields;
  if (code !== undefined && (typeof code !== "string" || !/^[0-9]{13}$/.test(code))) {
    return refuse("face.code-invalid", "The code has 13 digits.");
  }
  const shown = textFields.map((field) => texts[field] ?? "");
  const forbidden = findForbidden(shown);
  if (forbidden !== undefined) return forbidden;
  if (shown.every((text) => text === "")) return refuse("face.empty", "The face shows no text.");
  const round = size.shape === "circle" || size.shape === "oval";
  if (!round && (size.centre === "star" || code !== undefined)) {
    return refuse("face.round-only", "A star and a code are on round and oval faces only.");
  }
  if (size.centre === "star" && texts.centreText !== undefined) {
    return refuse("face.centre-taken", "The centre holds a star or a text, not both.");
  }
  const face: FaceSpec = { ...size, ...texts, ...(code && { code }) };
  if (glyphs === undefined) return { ok: true, value: face };
  const characters = listFaceCharacters(face);
  const found = glyphs(characters);
  const missing = [...characters].filter((character) => !found.has(character));
  return missing.length === 0
    ? { ok: true, value: face }
    : refuse("face.character-missing", `The font of the faces lacks: ${missing.join(" ")}`);
}

function findForbidden(texts: readonly string[]): FaceOutcome | undefined {
  const joined = texts
    .join("")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  const readings = [joined, [...joined].reverse().join("")];
  if (readings.some((reading) => emblemWords.some((word) => reading.includes(word)))) {
    return refuse("face.state-emblem", "State, party, army and police emblems are made by authorities alone.");
  }
  const supervised = readings.some((reading) => {
    return /[发發]票.*[监監][制製]/u.test(reading) || /invoicesupervision/.test(reading);
  });
  return supervised || /[监監][制製]章?.*[发發]票/u.test(joined)
    ? refuse("face.invoice-supervision", "The supervision mark of invoices is made by the tax authority alone.")
    : undefined;
}

function measureWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (isWide(character) ? 1 : 0.5), 0);
}

function isBetween(value: unknown, low: number, high: number): value is number {
  return typeof value === "number" && value >= low && value <= high;
}

function tooLong(field: (typeof textFields)[number]): FaceOutcome {
  const wide = maxTextWidth[field];
  return refuse(
    "face.text-too-long",
    `The field ${field} has at most ${wide} Chinese or ${2 * wide} Latin characters.`,
  );
}

function refuse(code: FaceCode, detail: string): FaceOutcome {
  return { ok: false, code, detail };
}
