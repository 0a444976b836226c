import assert from "node:assert/strict";
import { test } from "node:test";
import { addToBacktest, compareVerdicts, countHours, emptySum, judgeByRules } from "./backtest.ts";
import { generateYear } from "./generated-year.ts";
import type { RuleSet } from "./rule-set.ts";
import { STARTER_SETS, starterRules } from "./starter-rules.ts";

const year = generateYear(2000, 7);
const run = (before: RuleSet, after: RuleSet) => {
  let sum = emptySum;
  for (const { facts } of year) ({ sum } = addToBacktest(sum, judgeByRules(before, facts), judgeByRules(after, facts)));
  return sum;
};

test("a generated year is the same for the same seed, and no rule refuses most of it", () => {
  assert.deepEqual(generateYear(50, 7), generateYear(50, 7));
  assert.notDeepEqual(generateYear(50, 7), generateYear(50, 8));
  for (const id of STARTER_SETS) {
    const refused = year.filter(({ facts }) => judgeByRules(starterRules(id), facts).refused).length;
    assert.ok(refused > 0 && refused < year.length / 5, `${id}: ${refused}`);
  }
});

test("rules that say the same change nothing, and cost nothing", () => {
  for (const id of STARTER_SETS)
    assert.deepEqual(run(starterRules(id), starterRules(id)), { ...emptySum, requests: year.length });
});

test("what one way changes is changed back the other way, in every count", () => {
  const [there, back] = [
    run(starterRules("group"), starterRules("bank-like")),
    run(starterRules("bank-like"), starterRules("group")),
  ];
  assert.ok(there.changed > 0);
  assert.equal(there.changed, back.changed);
  assert.deepEqual([there.added, there.saved], [back.saved, back.added]);
  assert.equal(there.by["to-legal"] ?? 0, back.by["no-longer-legal"] ?? 0);
  assert.equal(there.by["more-papers"] ?? 0, back.by["fewer-papers"] ?? 0);
});

test("a rule that sends more to a lawyer is counted as that, with the steps it adds", () => {
  const group = starterRules("group");
  const strict: RuleSet = {
    ...group,
    route: {
      ...group.route,
      rows: group.route.rows.map((row) => (row.rowId === "legal-review" ? { ...row, cells: {} } : row)),
    },
  };
  const sum = run(group, strict);
  const expected = year.filter(
    ({ facts }) => !judgeByRules(group, facts).refused && !judgeByRules(group, facts).legal,
  ).length;
  assert.equal(sum.by["to-legal"], expected);
  assert.equal(sum.added["legal-review"], expected);
  assert.deepEqual(sum.saved, {});
});

test("a refusal is told alone, and saves the steps that were taken in vain", () => {
  const [allowed, refused] = [
    { refused: false, papers: 0, legal: true, steps: { signatory: 1, "legal-review": 1 } },
    { refused: true, papers: 0, legal: false, steps: { signatory: 1 } },
  ] as const;
  assert.deepEqual(compareVerdicts(allowed, refused), ["refused"]);
  assert.deepEqual(addToBacktest(emptySum, allowed, refused).sum.saved, { signatory: 1, "legal-review": 1 });
});

test("hours are counted by what each kind of step took, and not at all where one was never measured", () => {
  assert.equal(countHours({ signatory: 2, "legal-review": 1 }, { signatory: 3, "legal-review": 10 }), 16);
  assert.equal(countHours({ signatory: 2, named: 1 }, { signatory: 3 }), null);
  assert.equal(countHours({}, {}), 0);
});
