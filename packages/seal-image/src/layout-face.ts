import { type FaceSpec, listFaceCharacters } from "./face-spec.ts";
import { type GlyphOutline, type GlyphSource, isWideText, type PathCommand } from "./glyph.ts";
import { framePath, type Point, ringPath, starPath } from "./path.ts";
import { type Arc, fitArcText, fitColumns, fitLine, type PlacedGlyph } from "./text-fit.ts";

/** One closed shape of a face, filled by the nonzero rule. `box`: the corners of a character's ink. */
export type FacePath = {
  readonly part: "border" | "star" | "character";
  readonly character?: string;
  readonly box?: readonly [Point, Point, Point, Point];
  readonly commands: readonly PathCommand[];
};

/** A face as filled shapes in mm, y down from the top left corner. */
export type FaceOutline = { readonly widthMm: number; readonly heightMm: number; readonly paths: readonly FacePath[] };

type Glyphs = ReadonlyMap<string, GlyphOutline>;

const degree = Math.PI / 180;

/**
 * Lays out a face that decideFace accepted. Throws RangeError where the source lacks a character (decideFace with the
 * same source refuses such a face).
 */
export function layoutFace(face: FaceSpec, source: GlyphSource): FaceOutline {
  const glyphs = source(listFaceCharacters(face));
  const round = face.shape === "circle" || face.shape === "oval";
  const paths = round ? layoutRound(face, glyphs) : layoutRectangle(face, glyphs);
  return { widthMm: face.widthMm, heightMm: face.heightMm, paths };
}

function layoutRound(face: FaceSpec, glyphs: Glyphs): FacePath[] {
  const a = face.widthMm / 2;
  const b = face.heightMm / 2;
  const centre: Point = [a, b];
  const border = getBorder(face);
  const oval = face.shape === "oval";
  const inset = border + b * 0.055;
  const paths: FacePath[] = [{ part: "border", commands: ringPath(centre, a, b, border) }];
  const centreFree = face.centre !== "star" && face.centreText === undefined;
  const codeInMiddle = oval && centreFree && face.code !== undefined;
  const codeBelow = face.code !== undefined && !codeInMiddle;
  const codeHeight = Math.max(0.9, b * 0.078);

  const wide = isWideText(face.arcText ?? "");
  const reach = (codeBelow ? 121 : oval ? 116 : 126) - (face.lowerText === undefined ? 0 : 8);
  const arc: Arc = { centre, a: a - inset, b: b - inset, reach: reach * degree, below: false };
  const arcGlyphs =
    face.arcText === undefined ? [] : fitArcText(face.arcText, glyphs, arc, b * (wide ? (oval ? 0.27 : 0.285) : 0.2));
  paths.push(...arcGlyphs.map(toPath));

  if (codeBelow && face.code !== undefined) {
    const codeInset = border + b * 0.04;
    const below: Arc = { centre, a: a - codeInset, b: b - codeInset, reach: 44 * degree, below: true };
    paths.push(...fitArcText(face.code, glyphs, below, codeHeight).map(toPath));
  }

  const free = measureFree(arcGlyphs, centre, a, b, arc);
  const lowest = b - inset - (codeBelow ? codeHeight + b * 0.03 : 0);
  const edge = { a: a - (b - lowest), b: lowest };
  if (face.lowerText !== undefined) {
    const height = b * (oval ? 0.22 : isWideText(face.lowerText) ? 0.19 : 0.15);
    const y = b * (oval ? 0.47 : 0.44);
    const top = y - height / 2;
    // Below the ends of the arc text a line may reach the border; beside them it stays within their inner edge.
    const clear = free.lowest + b * 0.03 <= top;
    const width = 2 * 0.96 * chord(clear ? edge : free, y + height / 2);
    paths.push(...fitLine(face.lowerText, glyphs, [a, b + y], { width, height }).map(toPath));
  }
  const raised = face.lowerText === undefined ? 0 : b * (oval ? 0.04 : 0.07);
  if (face.centre === "star") {
    const radius = Math.min(b * (face.lowerText === undefined ? 0.31 : 0.255), free.b * 0.62);
    paths.push({ part: "star", commands: starPath([a, b - raised], radius) });
  }
  const middle = codeInMiddle ? face.code : face.centreText;
  if (middle !== undefined) {
    const height = codeInMiddle ? b * 0.13 : b * (face.lowerText === undefined ? 0.28 : 0.22);
    const y = codeInMiddle ? b * 0.1 : -raised;
    const width = 2 * 0.9 * chord(free, Math.abs(y) + height / 2);
    paths.push(...fitLine(middle, glyphs, [a, b + y], { width, height }).map(toPath));
  }
  return paths;
}

function layoutRectangle(face: FaceSpec, glyphs: Glyphs): FacePath[] {
  const { widthMm, heightMm } = face;
  const border = getBorder(face);
  const padding = border + Math.min(widthMm, heightMm) * 0.045;
  const area = { x: padding, y: padding, width: widthMm - 2 * padding, height: heightMm - 2 * padding };
  const paths: FacePath[] = [{ part: "border", commands: framePath(widthMm, heightMm, border) }];
  const lines = [face.arcText, face.centreText, face.lowerText].filter((text) => text !== undefined);
  const [only] = lines;
  if (only !== undefined && lines.length === 1 && isWideText(only) && heightMm >= widthMm) {
    return [...paths, ...fitColumns(only, glyphs, area).map(toPath)];
  }
  // On a square a Latin name is set in one line a word, as far as three lines go.
  const words = lines.length === 1 && face.shape === "square" ? (only ?? "").split(" ") : lines;
  const rows = words.length > 3 ? [words.slice(0, 2).join(" "), words.slice(2).join(" ")] : words;
  // The text in the middle weighs more than those above and below it.
  const weights = rows.map((row) => (rows.length > 1 && row === face.centreText ? 1.6 : 1));
  const unit = area.height / weights.reduce((total, weight) => total + weight, 0);
  let y = area.y;
  rows.forEach((row, at) => {
    const height = unit * (weights[at] ?? 1);
    const room = { width: area.width * 0.97, height: height * (rows.length === 1 ? 0.8 : 0.76) };
    paths.push(...fitLine(row, glyphs, [widthMm / 2, y + height / 2], room).map(toPath));
    y += height;
  });
  return paths;
}

/** The ellipse inside the arc text, and how far down (from the centre) the arc text reaches. */
function measureFree(
  arcGlyphs: readonly PlacedGlyph[],
  centre: Point,
  a: number,
  b: number,
  arc: Arc,
): { readonly a: number; readonly b: number; readonly lowest: number } {
  const corners = arcGlyphs.flatMap(({ box }) => box);
  const ratio = Math.min(1, ...corners.map(([x, y]) => Math.hypot((x - centre[0]) / arc.a, (y - centre[1]) / arc.b)));
  const margin = arcGlyphs.length === 0 ? 0 : b * 0.04;
  return {
    a: Math.max(a * 0.2, arc.a * ratio - margin),
    b: Math.max(b * 0.2, arc.b * ratio - margin),
    lowest: Math.max(-b, ...corners.map(([, y]) => y - centre[1])),
  };
}

/** Half the width of an ellipse at a height above or below its centre. */
function chord(ellipse: { readonly a: number; readonly b: number }, y: number): number {
  const share = Math.min(0.95, Math.abs(y) / ellipse.b);
  return ellipse.a * Math.sqrt(1 - share * share);
}

function getBorder(face: FaceSpec): number {
  const smaller = Math.min(face.widthMm, face.heightMm);
  const share = face.shape === "square" || face.shape === "rectangle" ? 0.04 : 0.027;
  return face.borderMm ?? Math.max(0.35, smaller * share);
}

function toPath({ character, commands, box }: PlacedGlyph): FacePath {
  return { part: "character", character, box, commands };
}
