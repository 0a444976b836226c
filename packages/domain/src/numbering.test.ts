import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatRequestNumber } from "./numbering.ts";

test("a number names entity, year and a running number of six places or more", () => {
  assert.equal(formatRequestNumber("LX", 2026, 417), "LX-2026-000417");
  assert.equal(formatRequestNumber("LX", 2026, 1_000_000), "LX-2026-1000000");
});

test("C09: no two of entity, year and running number give the same text", () => {
  const parts = fc.record({
    code: fc.stringMatching(/^[A-Z][A-Z0-9]{1,7}$/),
    year: fc.integer({ min: 2000, max: 2199 }),
    running: fc.integer({ min: 1, max: 20_000_000 }),
  });
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const same = a.code === b.code && a.year === b.year && a.running === b.running;
      const texts = [a, b].map(({ code, year, running }) => formatRequestNumber(code, year, running));
      assert.equal(texts[0] === texts[1], same);
    }),
  );
});
