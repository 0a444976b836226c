import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  addRow,
  changeCell,
  changeRow,
  changeScope,
  copyRow,
  dropRow,
  fillGap,
  LAST_STAGE,
  moveRow,
  toggleColumn,
  withAnswer,
  withDecider,
} from "./edit-rules.ts";
import type { FactId, RuleSet } from "./queries.ts";
import { makeRules } from "./test-rules.ts";

const idsOf = (rules: RuleSet): string[] => rules.scope.rows.map((row) => row.rowId);

test("a row moves to its place and back, and nothing else changes", () => {
  const rules = makeRules(["a"], ["b"], ["c"], ["d"]);
  assert.deepEqual(idsOf(moveRow(rules, "scope", "d", 1)), ["a", "d", "b", "c"]);
  fc.assert(
    fc.property(fc.nat(3), fc.nat(3), (from, to) => {
      const rowId = idsOf(rules)[from] ?? "";
      const moved = moveRow(rules, "scope", rowId, to);
      assert.equal(idsOf(moved)[to], rowId);
      assert.deepEqual(moveRow(moved, "scope", rowId, from), rules);
    }),
  );
  for (const to of [-1, 4]) assert.equal(moveRow(rules, "scope", "a", to), rules);
  assert.equal(moveRow(rules, "scope", "nobody", 1), rules);
});

test("a row is copied under itself, and taken out", () => {
  const rules = makeRules(["a", { external: { is: true } }], ["b"]);
  const copied = copyRow(rules, "scope", "a", "new");
  assert.deepEqual(idsOf(copied), ["a", "new", "b"]);
  assert.deepEqual(copied.scope.rows[1]?.cells, { external: { is: true } });
  assert.deepEqual(idsOf(dropRow(copied, "scope", "a")), ["new", "b"]);
});

test("a new row stands above what holds otherwise, and at the end where no such row is", () => {
  assert.deepEqual(idsOf(addRow(makeRules(["a", { external: { is: true } }], ["else"]), "scope", "new")), [
    "a",
    "new",
    "else",
  ]);
  assert.deepEqual(idsOf(addRow(makeRules(["a", { external: { is: true } }]), "scope", "new")), ["a", "new"]);
  // Every row of a route that fits counts, so that its order says nothing.
  assert.deepEqual(
    addRow(makeRules(), "route", "new").route.rows.map((row) => row.rowId),
    ["head", "new"],
  );
});

test("a new row answers as what holds otherwise does, so that untouched it refuses and opens nothing", () => {
  const rules = makeRules(["a", { external: { is: true } }], ["else"]);
  for (const answer of ["allow", "refuse"] as const) {
    const otherwise = changeScope(rules, "else", { answer, rightSeals: [], attachments: [] });
    const added = addRow(otherwise, "scope", "new").scope.rows[1];
    assert.deepEqual([added?.rowId, added?.output.answer], ["new", answer]);
  }
  assert.equal(
    addRow(makeRules(["a", { external: { is: true } }]), "scope", "new").scope.rows[1]?.output.answer,
    "refuse",
  );
});

test("a gap is filled by a row that refuses until somebody chooses", () => {
  const filled = fillGap(
    makeRules(["a", { external: { is: true } }]),
    {
      ...{ table: "scope", kind: "gap", blocking: true, rowIds: [], sentence: { en: "", zh: "" } },
      region: { external: [{ kind: "switch", value: false }] },
    },
    "new",
  );
  assert.deepEqual(filled.scope.rows.at(-1), {
    ...{ rowId: "new", cells: { external: { is: false } }, reason: { en: "", zh: "" }, clause: { en: "", zh: "" } },
    output: { answer: "refuse", rightSeals: [], attachments: [] },
  });
});

test("another answer or decider leaves nothing behind that only the one before had", () => {
  const refused = { answer: "refuse", rightSeals: ["contract"], attachments: [] } as const;
  assert.deepEqual(withAnswer({ ...refused, rightSeals: ["contract"], attachments: [] }, "ask"), {
    ...{ answer: "ask", rightSeals: [], attachments: [] },
  });
  const [row] = makeRules().route.rows;
  assert.ok(row);
  const named = { ...row.output, decider: "named" as const, title: { en: "Board", zh: "董事会" }, people: [] };
  const last = withDecider(named, "signatory");
  assert.deepEqual([last.stage, last.title.en], [LAST_STAGE, ""]);
  assert.equal(withDecider(last, "legal-review").stage, 1);
  assert.equal(withDecider({ ...named, stage: 3 }, "legal-review").stage, 3);
});

test("a column can be hidden only while no row asks it, and comes back in its place", () => {
  const order: FactId[] = ["sealType", "documentClass", "amount"];
  const rules = makeRules(["a", { amount: { from: 1, below: null } }]);
  assert.equal(toggleColumn(rules, "scope", "amount", order), rules);
  assert.deepEqual(toggleColumn(rules, "scope", "documentClass", order).scope.inputs, ["amount"]);
  assert.deepEqual(toggleColumn(rules, "scope", "sealType", order).scope.inputs, order);
});

test("a row's conditions and words change in that row alone", () => {
  const rules = makeRules(["a"], ["b"]);
  const [a, b] = rules.scope.rows;
  assert.ok(a && b);
  const asked = changeCell(rules, "scope", a, "external", { is: true });
  assert.deepEqual([asked.scope.rows[0]?.cells, asked.scope.rows[1]], [{ external: { is: true } }, b]);
  const reason = { en: "why", zh: "事由" };
  assert.deepEqual(changeRow(rules, "scope", "b", { reason }).scope.rows[1]?.reason, reason);
});
