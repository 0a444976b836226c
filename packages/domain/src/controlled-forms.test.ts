import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  applyFormsMoved,
  compareCounts,
  compareFormCount,
  countForms,
  decideFormsMove,
  decideReceipt,
  FORM_ACTS,
  FORM_STATES,
  type FormAct,
  type FormHolding,
  isFormStockLow,
  joinHoldings,
  listFormActs,
  listFormCountRefusals,
  listFormKeeperRefusals,
  listSheets,
} from "./controlled-forms.ts";
import { countNumbers, type FormRange } from "./form-ranges.ts";

const writing = { prefix: "A", digits: 5 };
const stock: FormHolding[] = [{ first: 1, last: 100, state: "in-stock", holderId: null }];
type Move = Parameters<typeof decideFormsMove>[1];
function move(holdings: readonly FormHolding[], wanted: Move): FormHolding[] {
  const decided = decideFormsMove(holdings, wanted, writing);
  assert.ok(decided.ok, JSON.stringify(decided));
  return decided.events.reduce<FormHolding[]>(applyFormsMoved, [...holdings]);
}
const codes = (decided: { ok: boolean; refusals?: readonly { code: string }[] }): string[] =>
  (decided.refusals ?? []).map((one) => one.code);

test("C24 a receipt is counted, fits the series and brings no number twice", () => {
  const receive = (first: number, last: number, count: number) => decideReceipt(stock, { first, last, count }, writing);
  assert.deepEqual(codes(receive(101, 200, 100)), []);
  assert.deepEqual(codes(receive(101, 200, 99)), ["forms.count-differs"]);
  assert.deepEqual(codes(receive(100, 199, 100)), ["forms.received-already"]);
  assert.deepEqual(codes(receive(200, 101, 100)), ["forms.range-unfit"]);
  assert.deepEqual(codes(receive(99_999, 100_000, 2)), ["forms.range-unfit"]);
});

test("C24 one receipt brings no more numbers than somebody can have counted", () => {
  const wide = { prefix: "A", digits: 11 };
  const receive = (last: number) => decideReceipt(stock, { first: 101, last, count: last - 100 }, wide);
  assert.deepEqual(codes(receive(100_100)), []);
  assert.deepEqual(codes(receive(100_101)), ["forms.receipt-too-large"]);
  assert.deepEqual(codes(receive(99_999_999_899)), ["forms.receipt-too-large"]);
});

test("C24 numbers go the way of their state and no other; a range of which a part lies elsewhere does not move", () => {
  const issued = move(stock, { act: "issue", first: 21, last: 40, toId: "zhou" });
  assert.deepEqual(countForms(issued), { "in-stock": 80, issued: 20, used: 0, voided: 0, missing: 0, destroyed: 0 });
  assert.deepEqual(codes(decideFormsMove(issued, { act: "issue", first: 40, last: 41, toId: "xu" }, writing)), [
    "forms.elsewhere",
  ]);
  assert.deepEqual(codes(decideFormsMove(issued, { act: "use", first: 21, last: 22, holderId: "xu" }, writing)), [
    "forms.other-hand",
  ]);
  assert.deepEqual(codes(decideFormsMove(issued, { act: "void", first: 95, last: 103 }, writing)), [
    "forms.not-received",
  ]);
  const used = move(issued, { act: "use", first: 21, last: 22, holderId: "zhou" });
  assert.deepEqual(codes(decideFormsMove(used, { act: "return", first: 21, last: 21 }, writing)), ["forms.elsewhere"]);
});

test("C05 a sealed sheet is used or destroyed, from whatever hand, and goes neither back into stock nor void", () => {
  const sheets: FormHolding[] = [
    { first: 1, last: 3, state: "issued", holderId: "zhou", sealed: [{ first: 2, last: 2 }] },
    { first: 4, last: 4, state: "in-stock", holderId: null, sealed: [{ first: 4, last: 4 }] },
  ];
  const decide = (act: Move["act"], first: number, last = first) =>
    decideFormsMove(sheets, { act, first, last, toId: "xu" }, writing);
  for (const act of ["return", "void"] as const) {
    const decided = decide(act, 1, 3);
    assert.deepEqual(codes(decided), ["sheets.sealed-stays"], act);
    assert.equal(decided.ok ? "" : decided.refusals[0]?.facts.range, "A00002", "it names the sheet");
    assert.deepEqual([...codes(decide(act, 1)), ...codes(decide(act, 3))], [], "those beside it are free");
  }
  for (const act of ["issue", "void"] as const) assert.deepEqual(codes(decide(act, 4)), ["sheets.sealed-stays"], act);
  assert.deepEqual(codes(decide("use", 2)), []);
  assert.deepEqual(codes(decide("destroy", 2)), []);
  assert.deepEqual(codes(decide("destroy", 4)), []);
  const plain = decide("destroy", 1, 3);
  assert.deepEqual(codes(plain), ["forms.elsewhere"], "what bears no seal comes back before it is destroyed");
  assert.equal(plain.ok ? "" : plain.refusals[0]?.facts.range, "A00001, A00003");
});

test("nothing of what is used or destroyed ever moves again, and every other state has a way on", () => {
  for (const state of FORM_STATES) {
    const ways = listFormActs(state);
    assert.equal(ways.length === 0, state === "used" || state === "destroyed", state);
  }
});

test("C05 C24 voided sheets lie there until they are destroyed; what was declared void while missing has none", () => {
  const holdings: FormHolding[] = [
    { first: 1, last: 5, state: "in-stock", holderId: null },
    { first: 6, last: 8, state: "voided", holderId: null },
    { first: 9, last: 9, state: "voided", holderId: null, withoutSheet: true },
    { first: 10, last: 10, state: "destroyed", holderId: null },
  ];
  assert.equal(countNumbers(listSheets(holdings)), 8);
  const nothing = { missing: [], voidedMissing: [], found: [], unexpected: [], unknown: [] };
  const compare = (first: number, last: number) => compareFormCount(holdings, [{ first, last }]);
  assert.deepEqual(compare(1, 8), nothing);
  assert.deepEqual(compare(1, 6), { ...nothing, voidedMissing: [{ first: 7, last: 8 }] });
  assert.deepEqual(compare(1, 10), { ...nothing, unexpected: [{ first: 9, last: 10 }] });
});

test("C05 a stock-take names what is missing, what is back, what should not be there and what never came", () => {
  const holdings: FormHolding[] = [
    { first: 1, last: 10, state: "in-stock", holderId: null },
    { first: 11, last: 12, state: "missing", holderId: null },
    { first: 13, last: 20, state: "used", holderId: null },
  ];
  assert.deepEqual(
    compareFormCount(holdings, [
      { first: 1, last: 8 },
      { first: 10, last: 11 },
      { first: 20, last: 21 },
    ]),
    {
      missing: [{ first: 9, last: 9 }],
      found: [{ first: 11, last: 11 }],
      voidedMissing: [],
      unexpected: [{ first: 20, last: 20 }],
      unknown: [{ first: 21, last: 21 }],
    },
  );
});

test("C11 who keeps the forms keeps certificates, not the seal that makes them valid; who counts does not confirm", () => {
  const keeper = (isCertificateKeeper: boolean, holdsValidatingSeal: boolean) =>
    codes({ ok: false, refusals: listFormKeeperRefusals({ isCertificateKeeper, holdsValidatingSeal, series: "A" }) });
  assert.deepEqual(keeper(true, false), []);
  assert.deepEqual(keeper(false, true), ["forms.keeper-without-role", "forms.keeper-holds-seal"]);
  const count = { countedBy: "song", keeperId: "song", confirmedBy: "ye" };
  assert.deepEqual(listFormCountRefusals(count), []);
  assert.equal(listFormCountRefusals({ ...count, confirmedBy: "song" }).length, 1);
  assert.equal(listFormCountRefusals({ ...count, countedBy: "ye" }).length, 1);
});

test("a mark of nought never says that the stock is low", () => {
  assert.equal(isFormStockLow(0, 0), false);
  assert.equal(isFormStockLow(20, 20), true);
  assert.equal(isFormStockLow(21, 20), false);
});

const anyRange = fc
  .tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 0, max: 30 }))
  .map(([first, more]): FormRange => ({ first, last: first + more }));
const anyCommand = fc.record({
  act: fc.constantFrom<FormAct>(...FORM_ACTS),
  range: anyRange,
  person: fc.constantFrom("zhou", "xu"),
});

/** Where one number is, asked number by number: what the ranges must agree with. */
type Model = Map<number, { state: string; holderId: string | null }>;

test("C24 whatever is done, sums agree: no number is in two states, none is lost, none comes from nowhere", () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 40 }), (commands) => {
      let holdings: FormHolding[] = [];
      const model: Model = new Map();
      for (const { act, range, person } of commands) {
        const decided =
          act === "receive"
            ? decideReceipt(holdings, { ...range, count: range.last - range.first + 1 }, writing)
            : decideFormsMove(
                holdings,
                { act, ...range, toId: person, ...(act === "use" ? { holderId: person } : {}) },
                writing,
              );
        const before = JSON.stringify(holdings);
        if (!decided.ok) {
          assert.equal(JSON.stringify(holdings), before);
          continue;
        }
        assert.equal(countNumbers(decided.events), range.last - range.first + 1, "all of the range moves");
        for (const moved of decided.events) {
          holdings = applyFormsMoved(holdings, moved);
          for (let number = moved.first; number <= moved.last; number += 1) {
            assert.deepEqual(model.get(number) ?? null, moved.from, `${act} ${number}`);
            model.set(number, { ...moved.to });
          }
        }
      }
      const told: Model = new Map();
      for (const { first, last, state, holderId } of holdings)
        for (let number = first; number <= last; number += 1) {
          assert.ok(!told.has(number), `${number} is in two states`);
          told.set(number, { state, holderId });
        }
      assert.deepEqual(
        [...told].toSorted(([a], [b]) => a - b),
        [...model].toSorted(([a], [b]) => a - b),
      );
      const sum = Object.values(countForms(holdings)).reduce((all, one) => all + one, 0);
      assert.equal(sum, model.size);
      assert.equal(countNumbers(joinHoldings(holdings)), sum);
    }),
  );
});

test("C05: two counts of one stock differ by what either has and the other has not", () => {
  const first = [{ first: 1, last: 10 }];
  assert.deepEqual(
    compareCounts(first, [
      { first: 1, last: 4 },
      { first: 5, last: 10 },
    ]),
    [],
  );
  assert.deepEqual(compareCounts(first, [{ first: 2, last: 12 }]), [
    { first: 1, last: 1 },
    { first: 11, last: 12 },
  ]);
  assert.deepEqual(compareCounts([], first), first);
});
