import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  cellsOfRegion,
  readNumber,
  readSwitch,
  showNumber,
  withBounds,
  withCell,
  withValues,
  writeNumber,
  writeSwitch,
} from "./cells.ts";

test("a number is read as it is written, whatever groups it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e14 }), (cents) => {
      const value = cents / 100;
      assert.equal(readNumber(writeNumber(value)), value);
    }),
  );
  assert.deepEqual(["1,000,000", " 1 000 ", "", "12.50", "1e6", "-1", "1.234", "十"].map(readNumber), [
    1_000_000,
    1000,
    null,
    12.5,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("what is being typed stays as it is typed; what was changed elsewhere is shown anew", () => {
  assert.equal(showNumber("1000000", 1_000_000), "1000000");
  assert.equal(showNumber("12.", null), "12.");
  assert.equal(showNumber("1000", 5_000_000), "5,000,000");
  assert.equal(showNumber("1000", null), "");
});

test("a cell without bounds, values or an answer asks nothing and is not there", () => {
  const some = withBounds(undefined, { from: 10 });
  assert.deepEqual(some, { from: 10, below: null });
  assert.deepEqual(withBounds(some, { below: 20 }), { from: 10, below: 20 });
  assert.equal(withBounds(some, { from: null }), undefined);
  assert.deepEqual(withBounds({ stated: false }, { below: 5 }), { from: null, below: 5 });
  assert.deepEqual([withValues([], 3), withValues(["a", "b", "c"], 3)], [undefined, undefined]);
  assert.deepEqual(withValues(["a"], 3), { in: ["a"] });
  assert.deepEqual(
    (["any", "yes", "no"] as const).map((one) => readSwitch(writeSwitch(one))),
    ["any", "yes", "no"],
  );
  assert.deepEqual(withCell({ external: { is: true } }, "external", undefined), {});
});

test("a row from a gap asks for just where nothing answers", () => {
  assert.deepEqual(
    cellsOfRegion({
      documentClass: [
        { kind: "value", value: "contract" },
        { kind: "value", value: "tender" },
      ],
      external: [{ kind: "switch", value: true }],
      important: [
        { kind: "switch", value: true },
        { kind: "switch", value: false },
      ],
      amount: [
        { kind: "range", from: 5000, below: null },
        { kind: "range", from: 1000, below: 5000 },
      ],
    }),
    { documentClass: { in: ["contract", "tender"] }, external: { is: true }, amount: { from: 1000, below: null } },
  );
});

test("where one cell can not ask for the whole gap it asks for the first part of it", () => {
  const amount = (...atoms: NonNullable<Parameters<typeof cellsOfRegion>[0]["amount"]>) =>
    cellsOfRegion({ amount: atoms });
  const unstated = { kind: "unstated" } as const;
  const range = (from: number, below: number | null) => ({ kind: "range", from, below }) as const;
  assert.deepEqual(amount(range(0, 10), range(20, null)), { amount: { from: 0, below: 10 } });
  assert.deepEqual(amount(range(10, 20), unstated), { amount: { from: 10, below: 20 } });
  assert.deepEqual(amount(unstated), { amount: { stated: false } });
  assert.deepEqual(amount(range(0, null), unstated), {});
  assert.deepEqual(amount(range(0, null)), { amount: { from: 0, below: null } });
});
