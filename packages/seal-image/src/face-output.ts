import type { PathCommand } from "./glyph.ts";
import type { FaceOutline } from "./layout-face.ts";

/** Vermilion, the colour of seals, as red, green, blue from 0 to 255. */
export const vermilion: readonly [number, number, number] = [0xc2, 0x33, 0x1a];

const pointsPerMm = 72 / 25.4;

/** The face as one SVG document of true size, one path element a shape. `colour` is a CSS colour such as #c2331a. */
export function faceToSvg(
  outline: FaceOutline,
  options: { readonly colour?: string; readonly title?: string } = {},
): string {
  const { widthMm, heightMm, paths } = outline;
  const title = options.title === undefined ? "" : `<title>${escapeXml(options.title)}</title>`;
  const role = options.title === undefined ? ' aria-hidden="true"' : ' role="img"';
  const shapes = paths.map(({ commands }) => `<path d="${toSvgPath(commands)}"/>`).join("");
  const size = `width="${widthMm}mm" height="${heightMm}mm" viewBox="0 0 ${widthMm} ${heightMm}"`;
  const colour = escapeXml(options.colour ?? "#c2331a");
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}${role}>${title}<g fill="${colour}">${shapes}</g></svg>`;
}

/** The path data (attribute `d`) of one shape, in the outline's unit. */
export function toSvgPath(commands: readonly PathCommand[]): string {
  return commands.map(([letter, ...numbers]) => letter + numbers.map((value) => format(value)).join(" ")).join("");
}

/**
 * The face as operators of a PDF content stream (ISO 32000-2, 8.5) in points, y up: its bounding box is
 * [0 0 widthMm·72/25.4 heightMm·72/25.4]. One fill (`f`, nonzero) a shape, colour from 0 to 255, state saved around it.
 */
export function faceToPdfOperators(
  outline: FaceOutline,
  colour: readonly [number, number, number] = vermilion,
): string {
  const height = outline.heightMm;
  const at = (x: number, y: number): string => `${format(x * pointsPerMm)} ${format((height - y) * pointsPerMm)}`;
  const lines = ["q", `${colour.map((value) => format(value / 255)).join(" ")} rg`];
  for (const { commands } of outline.paths) {
    let [x, y] = [0, 0];
    for (const command of commands) {
      switch (command[0]) {
        case "M":
        case "L":
          [, x, y] = command;
          lines.push(`${at(x, y)} ${command[0] === "M" ? "m" : "l"}`);
          break;
        case "Q": {
          // PDF has cubic curves only: the same parabola with its handles at two thirds.
          const [, qx, qy, toX, toY] = command;
          const first = at(x + ((qx - x) * 2) / 3, y + ((qy - y) * 2) / 3);
          const second = at(toX + ((qx - toX) * 2) / 3, toY + ((qy - toY) * 2) / 3);
          lines.push(`${first} ${second} ${at(toX, toY)} c`);
          [x, y] = [toX, toY];
          break;
        }
        case "C": {
          const [, x1, y1, x2, y2, toX, toY] = command;
          lines.push(`${at(x1, y1)} ${at(x2, y2)} ${at(toX, toY)} c`);
          [x, y] = [toX, toY];
          break;
        }
        case "Z":
          lines.push("h");
          break;
      }
    }
    lines.push("f");
  }
  return `${[...lines, "Q"].join("\n")}\n`;
}

function format(value: number): string {
  const text = value.toFixed(3).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
