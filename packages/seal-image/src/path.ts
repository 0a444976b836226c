import type { PathCommand } from "./glyph.ts";

export type Point = readonly [x: number, y: number];

/** x' = a·x + c·y + e, y' = b·x + d·y + f, as in PDF and SVG. */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export function transformPoint([a, b, c, d, e, f]: Affine, x: number, y: number): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

export function transformPath(matrix: Affine, path: readonly PathCommand[]): PathCommand[] {
  return path.map((command) => transformCommand(matrix, command));
}

function transformCommand(matrix: Affine, command: PathCommand): PathCommand {
  switch (command[0]) {
    case "M":
    case "L":
      return [command[0], ...transformPoint(matrix, command[1], command[2])];
    case "Q":
      return [
        "Q",
        ...transformPoint(matrix, command[1], command[2]),
        ...transformPoint(matrix, command[3], command[4]),
      ];
    case "C":
      return [
        "C",
        ...transformPoint(matrix, command[1], command[2]),
        ...transformPoint(matrix, command[3], command[4]),
        ...transformPoint(matrix, command[5], command[6]),
      ];
    case "Z":
      return ["Z"];
  }
}

export function polygonPath(points: readonly Point[]): PathCommand[] {
  return [...points.map(([x, y], at): PathCommand => [at === 0 ? "M" : "L", x, y]), ["Z"]];
}

/** A quarter of a circle as one cubic curve deviates by 0.03 % of the radius with this handle length. */
const quarterHandle = 0.5522847498;

export function ellipsePath(centre: Point, a: number, b: number, clockwise: boolean): PathCommand[] {
  const [cx, cy] = centre;
  const side = clockwise ? 1 : -1;
  const kx = a * quarterHandle;
  const ky = b * quarterHandle * side;
  const v = b * side;
  return [
    ["M", cx + a, cy],
    ["C", cx + a, cy + ky, cx + kx, cy + v, cx, cy + v],
    ["C", cx - kx, cy + v, cx - a, cy + ky, cx - a, cy],
    ["C", cx - a, cy - ky, cx - kx, cy - v, cx, cy - v],
    ["C", cx + kx, cy - v, cx + a, cy - ky, cx + a, cy],
    ["Z"],
  ];
}

/** A five-pointed star, one point up, whose edges lie on the lines of the pentagram. */
export function starPath(centre: Point, radius: number): PathCommand[] {
  const inner = (radius * Math.sin(Math.PI / 10)) / Math.sin((3 * Math.PI) / 10);
  const points = Array.from({ length: 10 }, (_, at): Point => {
    const angle = (at * Math.PI) / 5;
    const reach = at % 2 === 0 ? radius : inner;
    return [centre[0] + reach * Math.sin(angle), centre[1] - reach * Math.cos(angle)];
  });
  return polygonPath(points);
}

/** A rectangular frame as two contours of opposite direction. */
export function framePath(width: number, height: number, border: number): PathCommand[] {
  const outer: Point[] = [
    [0, 0],
    [width, 0],
    [width, height],
    [0, height],
  ];
  const inner: Point[] = [
    [border, border],
    [border, height - border],
    [width - border, height - border],
    [width - border, border],
  ];
  return [...polygonPath(outer), ...polygonPath(inner)];
}

/** An elliptic ring as two contours of opposite direction. */
export function ringPath(centre: Point, a: number, b: number, border: number): PathCommand[] {
  return [...ellipsePath(centre, a, b, true), ...ellipsePath(centre, a - border, b - border, false)];
}
