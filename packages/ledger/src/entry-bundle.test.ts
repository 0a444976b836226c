import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { encodeEntryBundle, maxEntrySize, parseEntryBundle, verifyEntries } from "./entry-bundle.ts";
import { hashLeaf, joinHashes } from "./merkle-hash.ts";
import { sha256 } from "./test-tree.ts";

const someEntries = fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 256 });

test("a bundle is big-endian uint16 lengths and entries", () => {
  const long = new Uint8Array(258).fill(7);
  const bundle = encodeEntryBundle([Buffer.from("ab"), new Uint8Array(), long]);
  assert.equal(Buffer.from(bundle.subarray(0, 8)).toString("hex"), "0002616200000102");
  assert.deepEqual(parseEntryBundle(bundle, 3), {
    ok: true,
    value: [new Uint8Array([97, 98]), new Uint8Array(), long],
  });
});

test("entries survive the bundle; another width, a byte more or a byte less are refused", () => {
  fc.assert(
    fc.property(someEntries, (entries) => {
      const bundle = encodeEntryBundle(entries);
      assert.deepEqual(parseEntryBundle(bundle, entries.length), { ok: true, value: entries });
      const others = [
        parseEntryBundle(bundle, entries.length + 1),
        parseEntryBundle(bundle, entries.length - 1),
        parseEntryBundle(bundle.subarray(1), entries.length),
        parseEntryBundle(bundle.subarray(0, -1), entries.length),
        parseEntryBundle(Buffer.concat([bundle, Buffer.of(0)]), entries.length),
      ];
      // Dropping the first byte can leave a bundle, but then never one with the same entries.
      for (const other of others) assert.notDeepEqual(other, { ok: true, value: entries });
      for (const at of [0, 1, 3, 4]) assert.equal(others[at]?.ok, false);
    }),
  );
});

test("any bytes are refused or encode back to themselves", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 0, max: 10 }), (bytes, width) => {
      const parsed = parseEntryBundle(bytes, width);
      if (parsed.ok) assert.deepEqual(encodeEntryBundle(parsed.value), bytes);
    }),
  );
  for (const bytes of [[0], [0, 1], [0, 0, 0]]) assert.equal(parseEntryBundle(Uint8Array.from(bytes), 1).ok, false);
});

test("entries are compared with their tile", () => {
  fc.assert(
    fc.property(someEntries, fc.nat(), (entries, pick) => {
      const tile = joinHashes(entries.map((entry) => hashLeaf(sha256, entry)));
      assert.deepEqual(verifyEntries(sha256, entries, tile), { ok: true });
      const at = pick % entries.length;
      const changed = entries.with(at, Buffer.concat([entries[at] ?? assert.fail(), Buffer.of(1)]));
      const verdict = verifyEntries(sha256, changed, tile);
      assert.equal(verdict.ok || verdict.code, "entry-bundle.entry-mismatch");
      assert.equal(verifyEntries(sha256, [...entries, new Uint8Array()], tile).ok, false);
    }),
  );
});

test("an entry beyond 65,535 bytes and a 257th entry are bugs of the caller", () => {
  assert.equal(encodeEntryBundle([new Uint8Array(maxEntrySize)]).length, maxEntrySize + 2);
  assert.throws(() => encodeEntryBundle([new Uint8Array(maxEntrySize + 1)]), RangeError);
  assert.throws(() => encodeEntryBundle(Array.from({ length: 257 }, () => new Uint8Array())), RangeError);
});
