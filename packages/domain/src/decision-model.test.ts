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
    /"table":"scope","row":1,"cell":"external","said":"contains/,
  );
  assert.match(
    place(change('"field":"documentClass"', '"field":"process.env"')),
    /"table":"scope","key":"documentClass"/,
  );
  assert.match(
    place(change('"out-answer":"\\"refuse\\""', '"out-answer":"refuse"')),
    /"row":1,"cell":"answer","said":"refuse"/,
  );
  for (const hostile of [null, [], "x", { nodes: 1 }, { nodes: [{ id: "scope" }] }])
    assert.equal(readModels({ scope: hostile, route: hostile, limits: hostile }, []).ok, false);
});

test("C01: a condition that is no text is refused by its place, and never read as none", () => {
  for (const cell of [10_000_000, true, false, ["contract"], { from: 1 }]) {
    const copy = JSON.parse(JSON.stringify(models(starterRules("group")))) as Record<
      TableId,
      { nodes: { id: string; content: { inputs: { field: string }[]; rules: Record<string, unknown>[] } }[] }
    >;
    const content = copy.scope.nodes.find(({ id }) => id === "scope")?.content ?? assert.fail();
    const field = content.inputs[0]?.field ?? assert.fail();
    Object.assign(content.rules[1] ?? assert.fail(), { [field]: cell });
    const answer = readModels(copy, []);
    const said = JSON.stringify(cell);
    assert.deepEqual(answer.ok ? "read" : answer.refusal.facts, { table: "scope", row: 2, cell: field, said }, said);
  }
});

test("more rows than a table may have are told with both numbers", () => {
  const whole = models(starterRules("group"));
  const copy = JSON.parse(JSON.stringify(whole)) as Record<TableId, { nodes: { content?: { rules: unknown[] } }[] }>;
  const content = copy.scope.nodes.find((node) => node.content)?.content ?? assert.fail();
  content.rules = Array.from({ length: 301 }, () => content.rules[0]);
  const answer = readModels(copy, []);
  assert.deepEqual(answer.ok ? "read" : answer.refusal.facts, { table: "scope", rows: 301, most: 300 });
});

test("C01: what would have no effect here is refused with the place where it stands", () => {
  type Model = { nodes: Record<string, unknown>[]; edges: Record<string, unknown>[] };
  const read = (change: (route: Model) => void): unknown => {
    const copy = JSON.parse(JSON.stringify(models(starterRules("group")))) as Record<TableId, Model>;
    change(copy.route);
    const answer = readModels(copy, []);
    return answer.ok ? "read" : [answer.refusal.code, ...Object.values(answer.refusal.facts)];
  };
  const table = ({ nodes }: Model): Record<string, unknown> =>
    nodes.find(({ id }) => id === "route")?.content as Record<string, unknown>;
  assert.equal(
    read(({ nodes }) => Object.assign(nodes[0] ?? {}, { content: { schema: "" } })),
    "read",
    "a setting that is switched off says nothing",
  );
  const script = {
    id: "f1",
    type: "functionNode",
    name: "Ask finance",
    content: { source: "export const handler = 1" },
  };
  assert.deepEqual(
    read(({ nodes }) => nodes.push(script)),
    ["rules.foreign-node", "route", "Ask finance", "functionNode"],
  );
  const second = { id: "route2", type: "decisionTableNode", name: "More", content: {} };
  assert.deepEqual(
    read(({ nodes }) => nodes.push(second)),
    ["rules.foreign-node", "route", "More", "decisionTableNode"],
  );
  assert.deepEqual(
    read(({ edges }) => edges.splice(0)),
    ["rules.foreign-edges", "route", 0],
  );
  assert.deepEqual(
    read(({ edges }) => edges.splice(0, 1, { ...edges[0], targetId: "answer" })),
    ["rules.foreign-edges", "route", 2],
  );
  assert.deepEqual(
    read((route) => Object.assign(table(route), { hitPolicy: "first" })),
    ["rules.foreign-key", "route", "hitPolicy: first"],
  );
  assert.deepEqual(
    read((route) => Object.assign(table(route), { executionMode: "loop" })),
    ["rules.foreign-key", "route", "executionMode"],
  );
  const hidden = JSON.parse('{"__proto__": {"out-people": "[]"}}') as object;
  assert.deepEqual(
    read((route) => {
      const [row] = table(route).rules as object[];
      Object.defineProperty(row, "__proto__", { value: hidden, enumerable: true });
    }),
    ["rules.foreign-key", "route", "__proto__"],
  );
  assert.deepEqual(
    read((route) => (table(route).outputs as unknown[]).push({ id: "out-veto", name: "veto", field: "veto" })),
    ["rules.foreign-key", "route", "out-veto"],
  );
  assert.deepEqual(
    read((route) => Object.assign((table(route).inputs as object[])[0] ?? {}, { id: "c7" })),
    ["rules.foreign-key", "route", "c7"],
    "a column under another id would leave its conditions unread",
  );
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
