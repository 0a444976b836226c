/** A point of the drawn path: a node computed here, or a hash that the proof brings. */
export interface PathNode {
  readonly x: number;
  readonly y: number;
  readonly hash: string;
  readonly kind: "leaf" | "computed" | "given" | "root";
  /** On which side of the node its hash is written. */
  readonly label: "left" | "right";
}
export interface PathLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** The way from the leaf; the others lead from given hashes. */
  readonly own: boolean;
}
export interface PathLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PathNode[];
  readonly lines: readonly PathLine[];
}

const width = 320;
const middle = width / 2;
const reach = 40;
const rowHeight = 36;
const margin = 18;

/**
 * Where the nodes of an inclusion path are drawn: the leaf at the bottom, the root at the top, at each level the node
 * computed so far beside the hash that the proof brings, on their true sides.
 */
export function layOutPath(
  leafHash: Uint8Array,
  steps: readonly { readonly sibling: Uint8Array; readonly side: "left" | "right"; readonly node: Uint8Array }[],
): PathLayout {
  const yOf = (level: number): number => margin + (steps.length - level) * rowHeight;
  const nodes: PathNode[] = [];
  const lines: PathLine[] = [];
  let below = { x: middle, hash: leafHash };
  for (const [level, { sibling, side, node }] of steps.entries()) {
    const own = side === "left" ? middle + reach : middle - reach;
    const other = 2 * middle - own;
    const next = steps[level + 1];
    const above = next === undefined ? middle : next.side === "left" ? middle + reach : middle - reach;
    nodes.push(
      {
        x: own,
        y: yOf(level),
        hash: shorten(below.hash),
        kind: level === 0 ? "leaf" : "computed",
        label: side === "left" ? "right" : "left",
      },
      { x: other, y: yOf(level), hash: shorten(sibling), kind: "given", label: side },
    );
    for (const x of [own, other]) lines.push({ x1: x, y1: yOf(level), x2: above, y2: yOf(level + 1), own: x === own });
    below = { x: above, hash: node };
  }
  nodes.push({ x: middle, y: yOf(steps.length), hash: shorten(below.hash), kind: "root", label: "right" });
  return { width, height: 2 * margin + steps.length * rowHeight, nodes, lines };
}

/** A hash in hexadecimal digits. */
export function writeHex(hash: Uint8Array): string {
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function shorten(hash: Uint8Array): string {
  const hex = writeHex(hash);
  return `${hex.slice(0, 4)}…${hex.slice(-4)}`;
}
