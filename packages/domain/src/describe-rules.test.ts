import assert from "node:assert/strict";
import { test } from "node:test";
import { describeFault, describeRateWeakening } from "./describe-faults.ts";
import { describeCondition, describeMoney, describeScope } from "./describe-rules.ts";
import { compareRules } from "./rule-changes.ts";
import { starterRules } from "./starter-rules.ts";
import { listRateWeakenings } from "./weakened-rates.ts";

const noText = { en: "", zh: "" };

test("conditions read as a sentence, yes and no in words of their own", () => {
  const row = {
    ...{ rowId: "a", output: null, reason: noText, clause: noText },
    cells: { external: { is: true }, important: { is: false }, amount: { from: 1_000_000, below: null } },
  } as const;
  assert.deepEqual(describeCondition(row, ["external", "important", "amount"], {}), {
    en: "Where the document leaves the organisation, and no seal is important, and amount is 1,000,000 and more",
    zh: "文件对外，且不使用重要印章，且金额为1,000,000 及以上",
  });
  assert.equal(describeCondition({ ...row, cells: {} }, ["external"], {}).en, "In every case");
});

test("a refusal that names no seal yet says no more than that", () => {
  assert.equal(describeScope({ answer: "refuse", rightSeals: [], attachments: [] }).en, "refused");
});

test("a gap names its numbers in groups", () => {
  const { en, zh } = describeFault(
    {
      ...{ table: "limits", kind: "gap" },
      region: { amount: [{ kind: "range", from: 1_000_000, below: null }, { kind: "unstated" }] },
    },
    {},
  );
  assert.equal(en, "No row answers: Amount 1,000,000 and more, not stated.");
  assert.equal(zh, "以下情形没有规则：金额为1,000,000 及以上、未注明。");
});

test("rates are told in one order, and that an unknown currency is judged strictly", () => {
  const { en, zh } = describeMoney({ currency: "CNY", rates: { USD: 8, EUR: 9 } });
  assert.match(zh, /^金额以人民币计；1 EUR 计为 9，/);
  assert.equal(
    en,
    "Amounts count in CNY; 1 EUR as 9, 1 USD as 8; an amount in any other currency counts as more than any limit.",
  );
  assert.equal(en, describeMoney({ currency: "CNY", rates: { EUR: 9, USD: 8 } }).en);
});

test("rules that say the same do not differ, whatever order their keys are kept in", () => {
  const rules = starterRules("bank-like");
  const reversed = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(reversed)
      : typeof value === "object" && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, inner]) => [key, reversed(inner)]),
          )
        : value;
  assert.deepEqual(compareRules(rules, reversed(rules) as typeof rules, {}), []);
});

test("a rate that differs is a change, by the code of its currency; one that values less is a warning, too", () => {
  const rules = { ...starterRules("bank-like"), currency: "CNY", rates: { USD: 8, EUR: 9 } };
  const told = (rates: Readonly<Record<string, number>>) => [
    compareRules(rules, { ...rules, rates }, {}).map(({ table, rowId, kind }) => `${table} ${rowId} ${kind}`),
    listRateWeakenings(rules, { ...rules, rates }).map((one) => describeRateWeakening(one).en),
  ];
  assert.deepEqual(told({ EUR: 9, USD: 8 }), [[], []]);
  assert.deepEqual(told({ EUR: 10, USD: 8 }), [["money EUR changed"], []]);
  assert.deepEqual(told({ USD: 8 }), [["money EUR removed"], []]);
  assert.deepEqual(told({ USD: 8, EUR: 0.0001 }), [
    ["money EUR changed"],
    ["An amount in EUR counts as less: 1 EUR as 0.0001 CNY instead of 9, so that it reaches fewer limits."],
  ]);
  assert.deepEqual(told({ USD: 8, EUR: 9, JPY: 0.05 }), [
    ["money JPY added"],
    ["An amount in JPY counted as more than any limit; now 1 JPY counts as 0.05 CNY."],
  ]);
  const other = compareRules(rules, { ...rules, currency: "USD", rates: {} }, {}).map(({ rowId }) => rowId);
  assert.deepEqual(other, ["CNY", "EUR", "USD"]);
});
