import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeEntryBundlePath, encodeTilePath, getTileWidth, parseTilePath } from "./tile.ts";

test("paths are those of C2SP tlog-tiles", () => {
  const cases: [string, { level: number; index: number; width: number }][] = [
    ["tile/0/000", { level: 0, index: 0, width: 256 }],
    ["tile/0/x001/x234/067", { level: 0, index: 1_234_067, width: 256 }],
    ["tile/1/x001/000.p/1", { level: 1, index: 1000, width: 1 }],
    ["tile/2/999.p/255", { level: 2, index: 999, width: 255 }],
  ];
  for (const [path, tile] of cases) {
    assert.equal(encodeTilePath(tile), path);
    assert.deepEqual(parseTilePath(path), { ok: true, value: { kind: "hashes", ...tile } });
  }
  assert.equal(encodeEntryBundlePath({ index: 70_000, width: 112 }), "tile/entries/x070/000.p/112");
  assert.deepEqual(parseTilePath("tile/entries/x070/000.p/112"), {
    ok: true,
    value: { kind: "entries", index: 70_000, width: 112 },
  });
});

test("widths are those of C2SP tlog-tiles for 70,000 leaves, and of a tree that ends with a full tile", () => {
  assert.equal(getTileWidth(70_000, 0, 272), 256);
  assert.equal(getTileWidth(70_000, 0, 273), 112);
  assert.equal(getTileWidth(70_000, 0, 274), 0);
  assert.equal(getTileWidth(70_000, 1, 1), 17);
  assert.equal(getTileWidth(70_000, 2, 0), 1);
  assert.equal(getTileWidth(256, 0, 1), 0);
  assert.equal(getTileWidth(256, 1, 0), 1);
});

test("every address survives its path", () => {
  const index = fc.oneof(fc.nat({ max: 2000 }), fc.integer({ min: 0, max: 2 ** 44 }));
  const width = fc.integer({ min: 1, max: 256 });
  fc.assert(
    fc.property(index, width, (at, wide) => {
      const hashes = parseTilePath(encodeTilePath({ level: 0, index: at, width: wide }));
      assert.deepEqual(hashes, { ok: true, value: { kind: "hashes", level: 0, index: at, width: wide } });
      const entries = parseTilePath(encodeEntryBundlePath({ index: at, width: wide }));
      assert.deepEqual(entries, { ok: true, value: { kind: "entries", index: at, width: wide } });
    }),
  );
});

test("a second spelling of a path, and a tile that no tree has, are refused", () => {
  const paths = [
    "",
    "tile/0/0",
    "tile/0/00",
    "tile/0/0000",
    "tile/0/x000/001",
    "tile/0/001/002",
    "tile/0/x001",
    "tile/0/x001/",
    "tile/00/000",
    "tile/01/000",
    "tile/64/000",
    "tile/63/000",
    "tile/-1/000",
    "tile/0/000.p/0",
    "tile/0/000.p/01",
    "tile/0/000.p/256",
    "tile/0/000.p/999",
    "tile/0/000.p/",
    "tile/0/000.p/1/",
    "tile/0/000\n",
    "/tile/0/000",
    "tile/entries/x000/000",
    "tile/Entries/000",
    "tile/0/x999/x999/x999/x999/x999/999",
    "tile/6/001",
    "tile/0/０００",
    "tile/0/../000",
  ];
  for (const path of paths) {
    const parsed = parseTilePath(path);
    assert.equal(parsed.ok || parsed.code, "tile.path-invalid", path);
  }
});

test("any text is refused or is the one spelling of its address", () => {
  const pieces = fc.constantFrom(
    "tile/",
    "entries/",
    "0/",
    "1/",
    "x",
    "000",
    "001",
    "234",
    "/",
    ".p/",
    "256",
    "17",
    "-",
    " ",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const path = parts.join("");
      const parsed = parseTilePath(path);
      if (!parsed.ok) return;
      const { value } = parsed;
      assert.equal(value.kind === "hashes" ? encodeTilePath(value) : encodeEntryBundlePath(value), path);
    }),
    { numRuns: 2000 },
  );
});

test("encoding an address that no tree has is a bug of the caller", () => {
  assert.throws(() => encodeTilePath({ level: 0, index: 0, width: 0 }), RangeError);
  assert.throws(() => encodeTilePath({ level: 0, index: -1, width: 1 }), RangeError);
  assert.throws(() => encodeEntryBundlePath({ index: 0, width: 257 }), RangeError);
});
