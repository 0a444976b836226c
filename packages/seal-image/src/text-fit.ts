import { type GlyphOutline, isWide, isWideText, type PathCommand, requireGlyph } from "./glyph.ts";
import { type Affine, type Point, transformPath, transformPoint } from "./path.ts";

/** A character where it stands: its outline and the four corners of its ink, in mm, y down. */
export type PlacedGlyph = {
  readonly character: string;
  readonly commands: readonly PathCommand[];
  readonly box: readonly [Point, Point, Point, Point];
};

/** A character with the part of the line it takes, in em: from `left`, `width` wide. */
type Cell = { readonly character: string; readonly glyph: GlyphOutline; readonly left: number; readonly width: number };
type Line = { readonly cells: readonly Cell[]; readonly bottom: number; readonly top: number };

type Glyphs = ReadonlyMap<string, GlyphOutline>;

/** An ellipse around `centre` inside which the text's tops stay, and how far the text may reach from the top (radians). */
export type Arc = {
  readonly centre: Point;
  readonly a: number;
  readonly b: number;
  readonly reach: number;
  /** Text below the centre reads from left to right with its feet to the border. */
  readonly below: boolean;
};

const gapShare = 0.1;
const steps = 720;

/**
 * Sets a text along an arc, centred on its middle. Few characters are spread, many are condensed, and where condensing
 * would make them illegible they are made smaller too, as engravers do. No two characters' ink overlaps, and none
 * leaves the ellipse.
 */
export function fitArcText(text: string, glyphs: Glyphs, arc: Arc, height: number): PlacedGlyph[] {
  const line = measureLine(text, glyphs);
  const wide = isWideText(text);
  const natural = wide ? 0.82 : 1;
  const narrowest = wide ? 0.44 : 0.62;
  for (let size = height; ; size *= 0.96) {
    const last = size < height * 0.35;
    const em = size / (line.top - line.bottom);
    const curve = measureCurve(arc, size);
    const available = curve.length;
    const widths = sum(line.cells.map((cell) => cell.width)) * em;
    const gaps = line.cells.length - 1;
    const pitch = widths / line.cells.length;
    const fitting = available / (widths + gaps * gapShare * pitch);
    if (fitting < narrowest && !last) continue;
    for (let condense = Math.min(natural, fitting); ; condense *= 0.97) {
      // Up to the width of a character is left between characters, so that short names span the arc too.
      const room = (Math.min(available, arcTarget(arc, available)) - widths * condense) / Math.max(1, gaps);
      const most = pitch * condense * (wide ? 0.95 : 0.16);
      const gap = gaps === 0 ? 0 : Math.max(gapShare * pitch * condense, Math.min(room, most));
      const placed = placeOnCurve(line, curve, arc, em, condense, gap);
      if (fitsArc(placed, arc) || condense < 0.1) return placed;
    }
  }
}

/** Sets a text on a straight line centred at a point, condensed and then made smaller where it is too wide. */
export function fitLine(
  text: string,
  glyphs: Glyphs,
  centre: Point,
  room: { readonly width: number; readonly height: number },
): PlacedGlyph[] {
  const line = measureLine(text, glyphs);
  const wide = isWideText(text);
  const spacing = wide ? 0.06 : 0.02;
  const emWidth = sum(line.cells.map((cell) => cell.width)) + spacing * (line.cells.length - 1);
  let em = room.height / (line.top - line.bottom);
  const fitting = room.width / (emWidth * em);
  const natural = wide ? 0.9 : 1;
  const narrowest = wide ? 0.6 : 0.7;
  if (fitting < narrowest) em *= fitting / narrowest;
  const condense = Math.min(natural, Math.max(fitting, narrowest));
  const width = em * condense;
  const baseline = centre[1] + ((line.top + line.bottom) / 2) * em;
  let x = centre[0] - (emWidth * width) / 2;
  const placed: PlacedGlyph[] = [];
  for (const cell of line.cells) {
    placed.push(...placeGlyph(cell, [width, 0, 0, -em, x - cell.left * width, baseline]));
    x += (cell.width + spacing) * width;
  }
  return placed;
}

/** Fills a rectangle with characters in columns from right to left, each character stretched to its cell. */
export function fitColumns(
  text: string,
  glyphs: Glyphs,
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): PlacedGlyph[] {
  const characters = [...text].filter((character) => character !== " ");
  const count = characters.length;
  const columns = Math.max(1, Math.round(Math.sqrt((count * area.width) / area.height) - (count === 2 ? 0.5 : 0)));
  const gap = Math.min(area.width, area.height) * 0.035;
  const columnWidth = (area.width - gap * (columns - 1)) / columns;
  const placed: PlacedGlyph[] = [];
  let taken = 0;
  for (let column = 0; column < columns; column += 1) {
    // The surname stands alone where the count is odd: earlier columns take fewer characters.
    const rows = Math.floor((count - taken) / (columns - column));
    const rowHeight = (area.height - gap * (rows - 1)) / rows;
    const x = area.x + area.width - (column + 1) * columnWidth - column * gap;
    for (let row = 0; row < rows; row += 1) {
      const character = characters[taken + row] ?? "";
      const cell = { x, y: area.y + row * (rowHeight + gap), width: columnWidth, height: rowHeight };
      placed.push(...fillCell(character, requireGlyph(glyphs, character), cell));
    }
    taken += rows;
  }
  return placed;
}

function fillCell(
  character: string,
  glyph: GlyphOutline,
  cell: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): PlacedGlyph[] {
  const [minX, minY, maxX, maxY] = glyph.bounds;
  // The body of a character, not its ink, fills the cell: 一 must not become a block.
  const left = Math.min(minX, 0.03);
  const right = Math.max(maxX, Math.min(0.97, glyph.advance));
  const bottom = Math.min(minY, -0.08);
  const top = Math.max(maxY, 0.84);
  const scaleX = cell.width / (right - left);
  const scaleY = cell.height / (top - bottom);
  return placeGlyph({ character, glyph, left, width: right - left }, [
    scaleX,
    0,
    0,
    -scaleY,
    cell.x - left * scaleX,
    cell.y + top * scaleY,
  ]);
}

function measureLine(text: string, glyphs: Glyphs): Line {
  let bottom = 0;
  let top = 0;
  const cells = [...text].map((character): Cell => {
    if (character === " ")
      return { character, glyph: { advance: 0.3, path: [], bounds: [0, 0, 0, 0] }, left: 0, width: 0.3 };
    const glyph = requireGlyph(glyphs, character);
    const [minX, minY, maxX, maxY] = glyph.bounds;
    bottom = Math.min(bottom, isWide(character) ? Math.min(minY, -0.08) : minY);
    top = Math.max(top, isWide(character) ? Math.max(maxY, 0.84) : Math.max(maxY, 0.7));
    const left = Math.min(0, minX);
    return { character, glyph, left, width: Math.max(glyph.advance, maxX) - left };
  });
  return { cells, bottom, top };
}

type Curve = {
  /** Length over the whole reach. */
  readonly length: number;
  /** Where and with what outward normal the feet of a character stand, at a distance along the curve from its middle. */
  readonly at: (distance: number) => { readonly foot: Point; readonly normal: Point };
};

/** The inner edge of the band in which the characters stand: the parallel of the ellipse at the characters' height. */
function measureCurve(arc: Arc, height: number): Curve {
  const side = arc.below ? 1 : -1;
  const inner = (t: number): { foot: Point; normal: Point } => {
    const n: Point = [arc.b * Math.sin(t), side * arc.a * Math.cos(t)];
    const size = Math.hypot(...n);
    const normal: Point = [n[0] / size, n[1] / size];
    const foot: Point = [
      arc.centre[0] + arc.a * Math.sin(t) - height * normal[0],
      arc.centre[1] + side * arc.b * Math.cos(t) - height * normal[1],
    ];
    return { foot, normal };
  };
  const lengths = [0];
  let before = inner(-arc.reach).foot;
  for (let step = 1; step <= steps; step += 1) {
    const here = inner(-arc.reach + (2 * arc.reach * step) / steps).foot;
    lengths.push((lengths.at(-1) ?? 0) + Math.hypot(here[0] - before[0], here[1] - before[1]));
    before = here;
  }
  const length = lengths.at(-1) ?? 0;
  return {
    length,
    at: (distance) => {
      const wanted = Math.min(length, Math.max(0, distance + length / 2));
      const next = Math.max(
        1,
        lengths.findIndex((value) => value >= wanted),
      );
      const low = lengths[next - 1] ?? 0;
      const high = lengths[next] ?? length;
      const step = next - 1 + (high > low ? (wanted - low) / (high - low) : 0);
      return inner(-arc.reach + (2 * arc.reach * step) / steps);
    },
  };
}

/** How much of the arc a short text is spread over: ±100° at most. */
function arcTarget(arc: Arc, available: number): number {
  return arc.below ? available : available * Math.min(1, (100 * Math.PI) / 180 / arc.reach);
}

function placeOnCurve(line: Line, curve: Curve, arc: Arc, em: number, condense: number, gap: number): PlacedGlyph[] {
  const width = em * condense;
  const total = sum(line.cells.map((cell) => cell.width)) * width + gap * (line.cells.length - 1);
  // Above, a character's up is the outward normal; below it is the inward one, so its foot lies on the outer edge.
  const up = arc.below ? -1 : 1;
  let start = -total / 2;
  const placed: PlacedGlyph[] = [];
  for (const cell of line.cells) {
    const { foot, normal } = curve.at(start + (cell.width * width) / 2);
    const height = (line.top - line.bottom) * em;
    const upward: Point = [normal[0] * up, normal[1] * up];
    const right: Point = [-upward[1], upward[0]];
    const base: Point = arc.below ? [foot[0] + height * normal[0], foot[1] + height * normal[1]] : foot;
    const middle = cell.left + cell.width / 2;
    placed.push(
      ...placeGlyph(cell, [
        right[0] * width,
        right[1] * width,
        upward[0] * em,
        upward[1] * em,
        base[0] - right[0] * width * middle - upward[0] * em * line.bottom,
        base[1] - right[1] * width * middle - upward[1] * em * line.bottom,
      ]),
    );
    start += cell.width * width + gap;
  }
  return placed;
}

function placeGlyph(cell: Cell, matrix: Affine): PlacedGlyph[] {
  if (cell.glyph.path.length === 0) return [];
  const [minX, minY, maxX, maxY] = cell.glyph.bounds;
  return [
    {
      character: cell.character,
      commands: transformPath(matrix, cell.glyph.path),
      box: [
        transformPoint(matrix, minX, minY),
        transformPoint(matrix, maxX, minY),
        transformPoint(matrix, maxX, maxY),
        transformPoint(matrix, minX, maxY),
      ],
    },
  ];
}

function fitsArc(placed: readonly PlacedGlyph[], arc: Arc): boolean {
  const slack = 1.03;
  const inside = placed.every(({ box }) =>
    box.every(([x, y]) => Math.hypot((x - arc.centre[0]) / arc.a, (y - arc.centre[1]) / arc.b) <= slack),
  );
  const last = placed.length - 1;
  return (
    inside &&
    placed.every((glyph, at) => {
      const next = placed[at === last ? 0 : at + 1];
      return next === undefined || next === glyph || !boxesOverlap(glyph.box, next.box);
    })
  );
}

/** Whether two rotated rectangles have an inner point in common: none, if an edge of one separates them. */
export function boxesOverlap(one: readonly Point[], other: readonly Point[]): boolean {
  return !separates(one, other) && !separates(other, one);
}

function separates(box: readonly Point[], other: readonly Point[]): boolean {
  return box.some(([x1, y1], at) => {
    const [x2, y2] = box[(at + 1) % box.length] ?? [x1, y1];
    const axis: Point = [y2 - y1, x1 - x2];
    const along = (points: readonly Point[]): number[] => points.map(([x, y]) => x * axis[0] + y * axis[1]);
    const mine = along(box);
    const theirs = along(other);
    return Math.max(...mine) <= Math.min(...theirs) || Math.max(...theirs) <= Math.min(...mine);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
