import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  judgeForeignPhoto,
  listForeignPaperRefusals,
  listScanPages,
  mostScanPages,
  type ScanReading,
} from "./foreign-paper.ts";
import { listTextFaults } from "./test-texts.ts";

test("C17: of foreign paper every page is a scan; a file with text of its own is refused with its page and the way out", () => {
  const codes = (...unscanned: (readonly number[] | null)[]) =>
    listForeignPaperRefusals({
      printedBy: "Beicheng",
      documents: unscanned.map((pages) => ({ name: "paper.pdf", unscanned: pages })),
    }).map(({ code, facts }) => {
      assert.deepEqual(listTextFaults(code, facts), []);
      return [code, facts.page];
    });
  assert.deepEqual(codes([]), []);
  assert.deepEqual(codes([], [2, 3]), [["foreign.not-scanned", 3]]);
  assert.deepEqual(codes([0], [0]).length, 2);
  assert.deepEqual(
    listForeignPaperRefusals({ printedBy: " ", documents: [] }).map(({ code }) => code),
    ["foreign.printer-missing"],
  );
  assert.deepEqual(codes(null), [], "what nobody has read yet is refused for that, and not a second time");
});

const wrong = (page: number): ScanReading => ({ page, verdict: "wrong-page", found: true, missing: 0.9 });
const same = (page: number): ScanReading => ({ page, verdict: "same", found: true, missing: 0 });
const differs = (page: number, missing = 0.05): ScanReading => ({ page, verdict: "differs", found: true, missing });
const unseen = (page: number): ScanReading => ({ page, verdict: "unclear", found: false, missing: 1 });
const unclear = (page: number): ScanReading => ({ page, verdict: "unclear", found: true, missing: 0.1 });

test("C17: a photo is the expected page, another page of the scan, another document, or asks people", () => {
  assert.deepEqual(judgeForeignPhoto([same(2)], 3), { verdict: "same", shows: 2 });
  assert.equal(judgeForeignPhoto([], 3), null);
  assert.equal(judgeForeignPhoto([wrong(2)], 3), null, "another page may be the one");
  assert.deepEqual(judgeForeignPhoto([wrong(2), same(1)], 3), { verdict: "wrong-page", shows: 1 });
  assert.deepEqual(judgeForeignPhoto([wrong(2), differs(1)], 3), { verdict: "wrong-page", shows: 1 });
  assert.deepEqual(judgeForeignPhoto([wrong(2), unclear(1)], 3), { verdict: "wrong-page", shows: 1 });
  assert.deepEqual(judgeForeignPhoto([wrong(1)], 1), { verdict: "other-document", shows: null });
  assert.deepEqual(judgeForeignPhoto([wrong(2), wrong(1), wrong(3)], 3), { verdict: "other-document", shows: null });
  assert.deepEqual(judgeForeignPhoto([{ ...wrong(1), verdict: "blank" }], 3), { verdict: "blank", shows: null });
  assert.deepEqual(judgeForeignPhoto([differs(1)], 1), { verdict: "differs", shows: 1 });
  assert.deepEqual(judgeForeignPhoto([differs(1), same(2)], 2), { verdict: "wrong-page", shows: 2 });
  assert.deepEqual(judgeForeignPhoto([differs(1, 0.4), differs(2, 0.02)], 2), { verdict: "wrong-page", shows: 2 });
  assert.deepEqual(judgeForeignPhoto([differs(1, 0.05), differs(2, 0.02)], 2), { verdict: "differs", shows: 1 });
  assert.deepEqual(judgeForeignPhoto([unclear(1), wrong(2)], 2), { verdict: "unclear", shows: 1 });
  assert.deepEqual(judgeForeignPhoto([unseen(1), wrong(2)], 2), { verdict: "unclear", shows: null });
});

test("C17: of a long scan not every page is compared, and then nobody says that it is another document", () => {
  const readings = listScanPages(5, 40).map(wrong);
  assert.equal(readings.length, mostScanPages);
  assert.deepEqual(judgeForeignPhoto(readings, 40), { verdict: "wrong-page", shows: null });
});

const reading = fc.record({
  verdict: fc.constantFrom("same", "differs", "wrong-page", "blank", "unclear" as const),
  ...{ found: fc.boolean(), missing: fc.double({ min: 0, max: 1, noNaN: true }) },
});
test("C17: whatever is read, it ends, it is the same only as the expected page, and what it shows was compared", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.array(reading, { minLength: 12, maxLength: 12 }), (pages, read) => {
      const expected = 1 + ((read.length * 7) % pages);
      const order = listScanPages(expected, pages);
      assert.equal(order[0], expected);
      assert.equal(new Set(order).size, Math.min(pages, mostScanPages));
      const readings = order.map((page, at): ScanReading => ({ page, ...(read[at] ?? assert.fail()) }));
      const asked = readings.findIndex((_, at) => judgeForeignPhoto(readings.slice(0, at + 1), pages) !== null);
      assert.ok(asked >= 0, "it ends");
      const judged = judgeForeignPhoto(readings.slice(0, asked + 1), pages) ?? assert.fail();
      assert.equal(judged.verdict === "same", readings[0]?.verdict === "same");
      if (judged.shows !== null) assert.ok(order.slice(0, asked + 1).includes(judged.shows));
      if (judged.verdict === "wrong-page") assert.notEqual(judged.shows, expected);
    }),
  );
});
