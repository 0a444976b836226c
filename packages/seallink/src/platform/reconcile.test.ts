import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { compareCounter, type ReconciliationFacts, reconcile } from "../index.ts";

const clean: ReconciliationFacts = {
  authorised: [3],
  done: 3,
  unknown: 0,
  counterRise: 3,
  photographed: 3,
  registered: 3,
  sessionEnded: true,
};
const codes = (change: Partial<ReconciliationFacts>): string[] =>
  reconcile({ ...clean, ...change }).differences.map(({ code }) => code);

test("each row of the table of clause 6", () => {
  assert.deepEqual(reconcile(clean), {
    state: "reconciled",
    counts: { authorised: 3, stamped: 3, photographed: 3, registered: 3, unused: 0 },
    differences: [],
  });
  assert.deepEqual(codes({ authorised: [3, 2] }), ["UNUSED_RIGHTS"]);
  assert.equal(reconcile({ ...clean, authorised: [3, 2] }).state, "reconciled");
  assert.deepEqual(codes({ authorised: [2] }), ["OVER_AUTHORISED"]);
  assert.deepEqual(codes({ counterRise: 4 }), ["COUNTER_ABOVE_RECORDS"]);
  assert.deepEqual(codes({ counterRise: 2 }), ["COUNTER_BELOW_RECORDS"]);
  assert.deepEqual(codes({ photographed: 1 }), ["PICTURE_DEBT"]);
  assert.deepEqual(codes({ photographed: 4 }), ["PICTURE_WITHOUT_STAMP"]);
  assert.deepEqual(codes({ registered: 1 }), ["NOT_REGISTERED"]);
  assert.deepEqual(codes({ registered: 4 }), ["OVER_REGISTERED"]);
  assert.deepEqual(codes({ wrongPapers: { mismatch: 1, blank: 2 } }), ["DOCUMENT_MISMATCH", "BLANK_PAGE"]);
  assert.deepEqual(codes({ unauthorised: 1 }), ["UNAUTHORISED"]);
  assert.deepEqual(codes({ clockSkew: -400_000 }), ["TIME_ESTIMATED"]);
  assert.deepEqual(codes({ clockSkew: 200_000 }), []);
});

test("an unknown stroke counts as used until somebody decides; a void one is given back", () => {
  const unknown = { ...clean, done: 2, unknown: 1 };
  const open = reconcile(unknown);
  assert.deepEqual([open.state, open.counts.stamped], ["open", 3]);
  assert.deepEqual(open.differences[0]?.told, ["custodian", "supervisor"]);
  assert.equal(reconcile({ ...unknown, settled: { made: 1, void: 0 } }).state, "reconciled");
  const spoiled = reconcile({ ...unknown, registered: 2, settled: { made: 0, void: 1 } });
  assert.deepEqual([spoiled.state, spoiled.counts.stamped, spoiled.counts.unused], ["reconciled", 2, 1]);
  assert.deepEqual(codes({ done: 2, unknown: 1, counterRise: 2, settled: { made: 1, void: 0 } }), []);
});

test("attack 21: a picture debt has its deadline and then stops new requests", () => {
  const debt = reconcile({ ...clean, photographed: 2 }).differences[0];
  assert.deepEqual([debt?.hours, debt?.remindHours, debt?.then, debt?.size], [72, 24, "block-requests", 1]);
});

test("attacks 13 and 14: counter readings beyond the records are found daily and at the inventory", () => {
  const facts = { reading: 1045, atMount: 1040, done: 4, unknown: 1 };
  assert.equal(compareCounter({ source: "report", ...facts }), undefined);
  assert.equal(compareCounter({ source: "report", ...facts, reading: 1044 }), undefined);
  assert.equal(compareCounter({ source: "report", ...facts, reading: 1046 })?.code, "HIDDEN_USE");
  assert.equal(compareCounter({ source: "inventory", ...facts, reading: 1043 })?.code, "INVENTORY_DIFFERS");
});

test("whatever is counted: reconciled only when nothing is left to do, disputed exactly when somebody has to decide", () => {
  const count = fc.nat({ max: 6 });
  fc.assert(
    fc.property(
      count,
      count,
      count,
      count,
      count,
      count,
      fc.boolean(),
      (a, done, unknown, rise, photos, lines, ended) => {
        const facts = {
          authorised: [a],
          done,
          unknown,
          counterRise: rise,
          photographed: photos,
          registered: lines,
          sessionEnded: ended,
        };
        const { state, differences, counts } = reconcile(facts);
        const agrees = done + unknown === photos && photos === lines && lines <= a && unknown === 0 && rise === done;
        assert.equal(state === "reconciled", agrees && ended);
        if (done + unknown > a || rise > done + unknown || rise < done) assert.equal(state, "disputed");
        assert.ok(differences.every(({ size }) => size > 0));
        assert.ok(counts.unused >= 0);
      },
    ),
  );
});
