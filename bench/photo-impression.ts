import { decideFace, type FaceOutline, type FaceSpec, layoutFace, rasterise } from "@chancery/seal-image";
import { createGlyphSource } from "@chancery/seal-image/font";
import { inkOver, type Paper } from "./photo-paper.ts";
import type { Lot } from "./photo-random.ts";

export type Pressed = "good" | "pale" | "partial" | "doubled";

const glyphs = createGlyphSource();
export function makeFace(spec: FaceSpec): FaceOutline {
  const decided = decideFace(spec, glyphs);
  if (!decided.ok) throw new Error(JSON.stringify(decided));
  return layoutFace(decided.value, glyphs);
}

/** How much ink each pixel of a face carries, from 0 to 1. */
export function coverage(face: FaceOutline, perMm: number): { width: number; height: number; data: Float32Array } {
  const { width, height, rgba } = rasterise(face, perMm);
  return {
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, at) => (rgba[at * 4 + 3] ?? 0) / 255),
  };
}

/** Presses a face on paper around a point, as a hand does. */
export function pressFace(
  paper: Paper,
  face: FaceOutline,
  centre: readonly [number, number],
  how: Pressed,
  lot: Lot,
): void {
  const ink: [number, number, number] = [lot.between(190, 225), lot.between(30, 70), lot.between(35, 80)];
  const angle = (lot.normal() * 6 * Math.PI) / 180;
  const strength = how === "pale" ? lot.between(0.16, 0.3) : lot.between(0.72, 0.97);
  const cut = how === "partial" ? { angle: lot.next() * 2 * Math.PI, at: lot.between(-0.3, 0.12) } : null;
  pressOnce(paper, face, centre, { ink, angle, strength, cut }, lot);
  if (how !== "doubled") return;
  const [way, far] = [lot.next() * 2 * Math.PI, lot.between(1.5, 4)];
  const again = [centre[0] + Math.cos(way) * far, centre[1] + Math.sin(way) * far] as const;
  pressOnce(
    paper,
    face,
    again,
    { ink, angle: angle + lot.normal() * 0.02, strength: strength * lot.between(0.6, 0.95), cut: null },
    lot,
  );
}

interface Pressing {
  readonly ink: readonly [number, number, number];
  readonly angle: number;
  readonly strength: number;
  /** The side of a line that the paper did not touch, as a share of the face's half width. */
  readonly cut: { readonly angle: number; readonly at: number } | null;
}

function pressOnce(
  paper: Paper,
  face: FaceOutline,
  [xMm, yMm]: readonly [number, number],
  pressing: Pressing,
  lot: Lot,
): void {
  const { perMm } = paper;
  const { width, height, data } = coverage(face, perMm);
  const [cos, sin] = [Math.cos(pressing.angle), Math.sin(pressing.angle)];
  const reach = Math.ceil(Math.hypot(width, height) / 2) + 2;
  const mottle = makeMottle(lot);
  const cut = pressing.cut;
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1) {
      const [fx, fy] = [dx * cos + dy * sin + width / 2 - 0.5, -dx * sin + dy * cos + height / 2 - 0.5];
      const [x, y] = [Math.floor(fx), Math.floor(fy)];
      if (x < 0 || y < 0 || x + 1 >= width || y + 1 >= height) continue;
      const [tx, ty, at] = [fx - x, fy - y, y * width + x];
      const share =
        ((data[at] ?? 0) * (1 - tx) + (data[at + 1] ?? 0) * tx) * (1 - ty) +
        ((data[at + width] ?? 0) * (1 - tx) + (data[at + width + 1] ?? 0) * tx) * ty;
      if (share === 0) continue;
      let touch = 1;
      if (cut) {
        const across = (dx * Math.cos(cut.angle) + dy * Math.sin(cut.angle)) / (width / 2);
        touch = Math.min(1, Math.max(0, (cut.at - across) * 8 + 0.5));
      }
      const grain = 0.8 + 0.2 * lot.next();
      const amount = share * touch * pressing.strength * grain * mottle(dx / perMm, dy / perMm);
      inkOver(paper, Math.round(xMm * perMm + dx), Math.round(yMm * perMm + dy), amount, pressing.ink);
    }
}

/** Ink lies unevenly, by some millimetres and by some tenths. */
function makeMottle(lot: Lot): (x: number, y: number) => number {
  const waves = Array.from({ length: 8 }, (_, at) => {
    const [way, long, phase] = [
      lot.next() * 2 * Math.PI,
      at < 4 ? lot.between(6, 20) : lot.between(0.8, 2.5),
      lot.next() * 7,
    ];
    return {
      kx: (Math.cos(way) * 2 * Math.PI) / long,
      ky: (Math.sin(way) * 2 * Math.PI) / long,
      phase,
      weight: at < 4 ? 0.07 : 0.05,
    };
  });
  return (x, y) => {
    let value = 0.88;
    for (const { kx, ky, phase, weight } of waves) value += weight * Math.sin(kx * x + ky * y + phase);
    return Math.min(1, Math.max(0, value));
  };
}
