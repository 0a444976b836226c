import assert from "node:assert/strict";
import { test } from "node:test";
import { createGlyphCache, type GlyphAnswer, readCommand } from "./glyph-cache.ts";

const box: GlyphAnswer["glyphs"][string] = {
  advance: 1,
  path: [["M", 0, 0], ["L", 1, 0], ["Q", 1, 1, 0, 1], ["C", 0, 0.5, 0, 0.2, 0, 0], ["Z"]],
  bounds: [0, 0, 1, 1],
};
const answer = (text: string): GlyphAnswer => ({
  glyphs: Object.fromEntries([...text].filter((one) => one !== "🀀").map((one) => [one, box])),
  missing: [...text].filter((one) => one === "🀀"),
});

test("each character is asked for once, and one the font lacks is remembered as such", async () => {
  const asked: string[] = [];
  const cache = createGlyphCache(async (text) => {
    asked.push(text);
    return answer(text);
  });
  await cache.load("澜汐澜");
  await cache.load("汐仪🀀");
  await cache.load("澜汐仪🀀");
  assert.deepEqual(asked, ["澜汐", "仪🀀"]);
  assert.equal(cache.known.get("🀀"), null);
  assert.equal(cache.known.get("澜")?.path.length, 5);
  assert.equal(cache.findUnknown("澜器🀀"), "器");
});

test("many characters are asked for in parts the server takes", async () => {
  const asked: string[] = [];
  const cache = createGlyphCache(async (text) => {
    asked.push(text);
    return answer(text);
  });
  await cache.load(Array.from({ length: 193 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join(""));
  assert.ok(asked.every((text) => text.length <= 200));
  assert.equal(cache.known.size, 193);
});

test("what is no outline is refused", () => {
  for (const command of [["X", 1, 2], ["M", 1], ["L", 1, "2"], ["Z", 0], ["Q", 1, 2, 3], []])
    assert.throws(() => readCommand(command), TypeError);
});
