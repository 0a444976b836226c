import assert from "node:assert/strict";
import { test } from "node:test";
import { directCaps, listMissingCaps, vendorCloudCaps } from "./device-adapter.ts";
import { gradeOfImpression } from "./evidence-grade.ts";
import { judgeVendorSnapshot, mostStrokesBeyond } from "./vendor-snapshot.ts";

test("a maker's cloud signs nothing, counts by no drive and asks for no second person, and says so", () => {
  const missing = listMissingCaps(vendorCloudCaps);
  for (const cap of ["signedRecords", "hwCounter", "dual", "remoteLock"] as const) {
    assert.ok(missing.includes(cap), cap);
    assert.ok(!listMissingCaps(directCaps).includes(cap), cap);
  }
});

test("an impression's grade is by what told of it: hand, cloud, record, record with its counter (C09)", () => {
  const made = { made: true, onPaper: true };
  assert.equal(gradeOfImpression({ ...made, stroke: null }), "T0");
  assert.equal(gradeOfImpression({ ...made, stroke: { by: "vendor-cloud" } }), "T1");
  assert.equal(gradeOfImpression({ ...made, stroke: { by: "record", out: "unknown" } }), "T2");
  assert.equal(gradeOfImpression({ ...made, stroke: { by: "record", out: "done" } }), "T3");
  assert.equal(gradeOfImpression({ ...made, made: false, stroke: null }), null);
  assert.equal(gradeOfImpression({ ...made, onPaper: false, stroke: null }), null);
});

test("a pulled detail is held against what was asked and what was said before, and takes nothing back (C09)", () => {
  const asked = { deviceNo: "D1", most: 3, seen: 1 };
  const told = { deviceNo: "D1", count: 3, used: 2, left: 1 };
  const judge = (change: Partial<typeof told>) => judgeVendorSnapshot(asked, { ...told, ...change });
  assert.deepEqual(judge({}), { fresh: 1, mismatches: [] });
  assert.deepEqual(judge({ used: 5, left: 0 }), { fresh: 4, mismatches: [] });
  assert.deepEqual(judge({ used: 0, left: 3 }), { fresh: 0, mismatches: ["count-fell"] });
  assert.deepEqual(judge({ count: 1000, left: 998 }), { fresh: 1, mismatches: ["count-differs"] });
  assert.deepEqual(judge({ left: 3 }), { fresh: 1, mismatches: ["counts-contradict"] });
  assert.deepEqual(judge({ deviceNo: "D2" }), { fresh: 1, mismatches: ["other-controller"] });
  assert.deepEqual(judgeVendorSnapshot(asked, null), { fresh: 0, mismatches: ["not-there"] });
  assert.equal(judge({ used: 2_000_000_000, left: 0 }).fresh, 3 + mostStrokesBeyond - 1);
});
