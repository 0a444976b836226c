import { deflateSync } from "node:zlib";
import { type FaceOutline, faceToPdfOperators, vermilion } from "@chancery/seal-image";
import { boundPng, type PngProblem } from "@chancery/seal-image/png";
import { decode } from "fast-png";
import { writeNumber } from "./pdf-text.ts";
import type { PlacedSeal } from "./placement.ts";
import type { TailWriter } from "./tail-writer.ts";

/** What the seal looks like on the page. */
export type SealFace =
  /** Outlines, kept as such: sharp at every size. `colour` is red, green and blue from 0 to 255; vermilion if left out. */
  | { readonly kind: "outline"; readonly outline: FaceOutline; readonly colour?: readonly [number, number, number] }
  /** A PNG, with or without transparency. */
  | { readonly kind: "png"; readonly bytes: Uint8Array };

type FacePicture = {
  readonly width: number;
  readonly height: number;
  readonly colour: Uint8Array;
  readonly mask: Uint8Array | null;
};

export type FaceProblem = { readonly code: "face.broken-png" | "face.too-large"; readonly message: string };

const POINTS_PER_MM = 72 / 25.4;
const PIXEL_LIMIT = 25_000_000;
const problems: Readonly<Record<PngProblem, FaceProblem>> = {
  "not-a-png": { code: "face.broken-png", message: "The picture of the seal is not a PNG." },
  "too-large": { code: "face.too-large", message: "The picture of the seal has more than 25 million pixels." },
  damaged: { code: "face.broken-png", message: "The picture of the seal cannot be read." },
};

/** Pictures are deflated once for each face, however many documents it goes on. */
const pictures = new WeakMap<Uint8Array, FacePicture>();
const drawings = new WeakMap<FaceOutline, { readonly colour: string; readonly content: Uint8Array }>();

/** Writes the appearance stream of the widget and returns its object number (ISO 32000-2, 12.5.5 and 8.10). */
export function writeAppearance(
  writer: TailWriter,
  face: SealFace,
  placed: PlacedSeal,
): { ok: true; number: number } | { ok: false; problem: FaceProblem } {
  const matrix = placed.matrix.map(writeNumber).join(" ");
  if (face.kind === "outline") {
    // The box is the face's own size: a viewer fits it to the widget's rectangle (12.5.5, algorithm 8).
    const { widthMm, heightMm } = face.outline;
    const box = `${writeNumber(widthMm * POINTS_PER_MM)} ${writeNumber(heightMm * POINTS_PER_MM)}`;
    const form = `/Type /XObject /Subtype /Form /BBox [0 0 ${box}] /Matrix [${matrix}]`;
    const number = writer.newNumber();
    writer.writeStream(number, `${form} /Resources << >> /Filter /FlateDecode`, readDrawing(face.outline, face.colour));
    return { ok: true, number };
  }
  const width = writeNumber(placed.width);
  const height = writeNumber(placed.height);
  const form = `/Type /XObject /Subtype /Form /BBox [0 0 ${width} ${height}] /Matrix [${matrix}]`;
  const picture = readPicture(face.bytes);
  if ("code" in picture) return { ok: false, problem: picture };
  const image = writePicture(writer, picture);
  const number = writer.newNumber();
  const content = Buffer.from(`q ${width} 0 0 ${height} 0 0 cm /Face Do Q\n`, "latin1");
  writer.writeStream(number, `${form} /Resources << /XObject << /Face ${image} 0 R >> >>`, content);
  return { ok: true, number };
}

/** An appearance that shows nothing, for a field that must have one. */
export function writeEmptyAppearance(writer: TailWriter): number {
  const number = writer.newNumber();
  writer.writeStream(number, "/Type /XObject /Subtype /Form /BBox [0 0 0 0] /Resources << >>", new Uint8Array(0));
  return number;
}

function readDrawing(outline: FaceOutline, colour: readonly [number, number, number] = vermilion): Uint8Array {
  const key = colour.join();
  const known = drawings.get(outline);
  if (known?.colour === key) return known.content;
  const content = deflateSync(Buffer.from(faceToPdfOperators(outline, colour), "latin1"));
  drawings.set(outline, { colour: key, content });
  return content;
}

function writePicture(writer: TailWriter, picture: FacePicture): number {
  const size = `/Type /XObject /Subtype /Image /Width ${picture.width} /Height ${picture.height} /BitsPerComponent 8 /Filter /FlateDecode`;
  let mask = "";
  if (picture.mask !== null) {
    const number = writer.newNumber();
    writer.writeStream(number, `${size} /ColorSpace /DeviceGray`, picture.mask);
    mask = ` /SMask ${number} 0 R`;
  }
  const number = writer.newNumber();
  writer.writeStream(number, `${size} /ColorSpace /DeviceRGB${mask}`, picture.colour);
  return number;
}

function readPicture(bytes: Uint8Array): FacePicture | FaceProblem {
  const known = pictures.get(bytes);
  if (known !== undefined) return known;
  const bound = boundPng(bytes, (width, height) => width * height > PIXEL_LIMIT);
  if (!bound.ok) return problems[bound.problem];
  let png: ReturnType<typeof decode>;
  try {
    png = decode(bound.png);
  } catch {
    return problems.damaged;
  }
  const picture = splitPicture(png);
  pictures.set(bytes, picture);
  return picture;
}

/** Colour and transparency are two images in PDF (8.9.5, 11.6.5.2). */
function splitPicture(png: ReturnType<typeof decode>): FacePicture {
  const { width, height, channels, data, depth, palette } = png;
  const pixels = width * height;
  const colour = new Uint8Array(pixels * 3);
  const mask = new Uint8Array(pixels).fill(255);
  const shift = depth === 16 ? 8 : 0;
  const scale = depth < 8 && palette === undefined ? 255 / (2 ** depth - 1) : 1;
  const perRow = Math.ceil((width * channels * depth) / 8);
  const sample = (x: number, y: number, channel: number): number => {
    if (depth >= 8) return (data[(y * width + x) * channels + channel] ?? 0) >> shift;
    const bit = x * depth;
    const byte = data[y * perRow + (bit >> 3)] ?? 0;
    return Math.round(((byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1)) * scale);
  };
  let transparent = false;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * width + x;
      const entry = palette?.[sample(x, y, 0)];
      const grey = channels < 3;
      for (let c = 0; c < 3; c++) {
        colour[at * 3 + c] = entry?.[c] ?? (palette === undefined ? sample(x, y, grey ? 0 : c) : 0);
      }
      const alpha = entry !== undefined ? (entry[3] ?? 255) : channels % 2 === 0 ? sample(x, y, channels - 1) : 255;
      mask[at] = alpha;
      if (alpha !== 255) transparent = true;
    }
  }
  return { width, height, colour: deflateSync(colour), mask: transparent ? deflateSync(mask) : null };
}
