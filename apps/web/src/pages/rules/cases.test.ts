import assert from "node:assert/strict";
import { test } from "node:test";
import { deriveCases, keepCases, MOST_CASES, readCases } from "./cases.ts";
import { makeRules } from "./test-rules.ts";

function makeStorage(): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map<string, string>();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}

test("there is a case at every limit the tables name, one below and one that stays inside", () => {
  const cases = deriveCases(
    makeRules(["a", { amount: { from: 1_000_000, below: null } }], ["b", { amount: { from: 0, below: 50_000 } }]),
  );
  assert.deepEqual(
    cases.map((one) => [one.external, one.amount]),
    [
      [true, 25_000],
      [true, 50_000],
      [true, 1_000_000],
      [false, null],
    ],
  );
  assert.ok(deriveCases(makeRules()).length <= MOST_CASES);
});

test("cases stay with their draft; what is not a case is left aside", () => {
  const stored = makeStorage();
  const cases = deriveCases(makeRules());
  keepCases(stored, "rul_1", cases);
  assert.deepEqual(readCases(stored, "rul_1"), cases);
  assert.equal(readCases(stored, "rul_2"), undefined);
  for (const text of ["", "[]", "{}", "[{}]", "null", JSON.stringify([{ ...cases[0], impressions: "2" }])]) {
    stored.setItem("chancery.rules.cases.rul_3", text);
    assert.equal(readCases(stored, "rul_3"), undefined, text);
  }
});
