import assert from "node:assert/strict";
import { test } from "node:test";
import { ZenEngine } from "@gorules/zen-engine";
import fc from "fast-check";
import { readModels, writeModel } from "./decision-model.ts";
import type { DecisionTable } from "./decision-table.ts";
import { evaluateTable } from "./evaluate-rules.ts";
import { FACT_IDS, type FactSheet } from "./fact-sheet.ts";
import { hitPolicies, type RuleSet, TABLE_IDS, type TableId } from "./rule-set.ts";
import { STARTER_SETS, starterRules } from "./starter-rules.ts";
import { makeRows, makeSheet, testClasses } from "./test-rules.ts";

/** What an engine for decision models, which is not ours, answers from the model as it is exported. */
async function askEngine(rules: RuleSet, table: TableId, sheets: readonly FactSheet[]): Promise<string[][]> {
  const engine = new ZenEngine();
  const decision = engine.createDecision(Buffer.from(JSON.stringify(writeModel(rules, table, testClasses))));
  const answers = await Promise.all(sheets.map(async (sheet) => (await decision.evaluate(sheet)).result as unknown));
  engine.dispose();
  return answers.map((answer) =>
    [answer]
      .flat()
      .flatMap((one) => (typeof one === "object" && one !== null && "row" in one ? [String(one.row)] : [])),
  );
}
const askOurs = (rules: RuleSet, table: TableId, sheet: FactSheet): string[] =>
  evaluateTable<unknown>(rules[table], hitPolicies[table], sheet).map((row) => row.rowId);

test("an engine that is not ours reads the same decisions from every starter set", async () => {
  const sheets = fc.sample(makeSheet, { numRuns: 300, seed: 7 });
  for (const id of STARTER_SETS) {
    const rules = starterRules(id);
    for (const table of TABLE_IDS)
      assert.deepEqual(
        await askEngine(rules, table, sheets),
        sheets.map((sheet) => askOurs(rules, table, sheet)),
        `${id} ${table}`,
      );
  }
});

test("and from any table that can be written", async () => {
  await fc.assert(
    fc.asyncProperty(
      makeRows(
        FACT_IDS,
        starterRules("group").scope.rows.map((row) => row.output),
        8,
      ),
      fc.array(makeSheet, { minLength: 20, maxLength: 20 }),
      async (rows, sheets) => {
        const rules: RuleSet = { ...starterRules("group"), scope: { inputs: FACT_IDS, rows } };
        assert.deepEqual(
          await askEngine(rules, "scope", sheets),
          sheets.map((sheet) => askOurs(rules, "scope", sheet)),
        );
      },
    ),
    { numRuns: 60 },
  );
});

const models = (rules: RuleSet): Record<TableId, unknown> => ({
  ...{
    scope: writeModel(rules, "scope", testClasses),
    route: writeModel(rules, "route", testClasses),
    limits: writeModel(rules, "limits", testClasses),
  },
});

test("what was exported is imported as the same tables", () => {
  for (const id of STARTER_SETS) {
    const rules = starterRules(id);
    const read = readModels(JSON.parse(JSON.stringify(models(rules))), []);
    assert.deepEqual(read, { ok: true, tables: { scope: rules.scope, route: rules.route, limits: rules.limits } });
  }
});

test("a foreign model is refused with its place, and no expression of it is taken", () => {
  const change = (from: string, to: string): unknown =>
    readModels(JSON.parse(JSON.stringify(models(starterRules("group"))).replace(from, to)), []);
  const place = (answer: unknown): string => JSON.stringify(answer);
  assert.match(
    place(change('"external":"true"', '"external":"contains(x, 1)"')),
    /"ok":false,"place":"scope, 1: external"/,
  );
  assert.match(place(change('"field":"documentClass"', '"field":"process.env"')), /"ok":false,"place":"scope:/);
  assert.match(
    place(change('"out-answer":"\\"refuse\\""', '"out-answer":"refuse"')),
    /"ok":false,"place":"scope, 1: answer"/,
  );
  for (const hostile of [null, [], "x", { nodes: 1 }, { nodes: [{ id: "scope" }] }])
    assert.equal(readModels({ scope: hostile, route: hostile, limits: hostile }, []).ok, false);
});

test("reading a model is total", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      assert.equal(readModels({ scope: value, route: value, limits: value }, []).ok, false);
    }),
  );
});

const whole = (table: DecisionTable<unknown>): number => table.rows.length;
test("the starter sets have something to say", () => {
  for (const id of STARTER_SETS) for (const table of TABLE_IDS) assert.ok(whole(starterRules(id)[table]) > 0);
});
