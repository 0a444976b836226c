import assert from "node:assert/strict";
import { test } from "node:test";
import { cleanImpression } from "./clean-impression.ts";
import { defaultFace } from "./default-face.ts";
import { createGlyphSource } from "./font.ts";
import { layoutFace } from "./layout-face.ts";
import { rasterise } from "./rasterise.ts";

const face = rasterise(layoutFace(defaultFace("official", "澜汐仪器有限公司"), createGlyphSource()), 6);

/** The face as a scan: dull red on yellowish paper that darkens to one side, with a bar of black writing. */
function scan(): Uint8Array {
  const rgba = new Uint8Array(face.rgba.length);
  for (let pixel = 0; pixel < face.width * face.height; pixel += 1) {
    const x = pixel % face.width;
    const y = Math.floor(pixel / face.width);
    const shade = 1 - (0.25 * x) / face.width;
    const ink = (face.rgba[pixel * 4 + 3] ?? 0) / 255;
    const black = y === 3;
    const mix = (paper: number, red: number): number => (black ? 20 : (paper * (1 - ink) + red * ink) * shade);
    rgba.set([mix(246, 190), mix(242, 60), mix(228, 62), 255].map(Math.round), pixel * 4);
  }
  return rgba;
}

test("paper, shadow and black writing become transparent and ink vermilion", () => {
  const input = scan();
  const kept = Uint8Array.from(input);
  const cleaned = cleanImpression(input, face.width, face.height);
  assert.ok(cleaned.ok);
  assert.deepEqual(input, kept);
  for (let pixel = 0; pixel < face.width * face.height; pixel += 1) {
    const ink = face.rgba[pixel * 4 + 3] ?? 0;
    const alpha: number = cleaned.value[pixel * 4 + 3] ?? 0;
    const black = Math.floor(pixel / face.width) === 3;
    if (ink === 0 || black) assert.equal(alpha, 0);
    else if (ink === 255) assert.ok(alpha > 200, `alpha ${alpha}`);
    if (alpha > 0) assert.deepEqual([...cleaned.value.subarray(pixel * 4, pixel * 4 + 3)], [0xc2, 0x33, 0x1a]);
  }
});

test("a picture without red, of wrong length or out of bounds is refused with its code", () => {
  const white = new Uint8Array(400).fill(255);
  const codeOf = (rgba: Uint8Array, width: number, height: number): string => {
    const cleaned = cleanImpression(rgba, width, height);
    return cleaned.ok ? "ok" : cleaned.code;
  };
  assert.equal(codeOf(white, 10, 10), "impression.no-ink");
  assert.equal(codeOf(white, 10, 11), "impression.data-mismatch");
  assert.equal(codeOf(white, 100_000, 1), "impression.size-out-of-range");
  assert.equal(codeOf(white, 0, 0), "impression.size-out-of-range");
});
