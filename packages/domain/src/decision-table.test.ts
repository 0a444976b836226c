import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Cell, cellFits, readCell, writeCell } from "./decision-table.ts";
import { FACT_IDS, type FactId, factDefinitions } from "./fact-sheet.ts";
import { makeCells, testClasses } from "./test-rules.ts";

test("a cell that is written is read as the same cell, for every fact", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FACT_IDS).chain((fact) => fc.tuple(fc.constant(fact), makeCells(fact))),
      ([fact, cell]) => {
        assert.ok(cellFits(fact, cell, testClasses), JSON.stringify(cell));
        for (const own of [[], testClasses]) assert.deepEqual(readCell(fact, writeCell(cell, own), testClasses), cell);
      },
    ),
  );
});

test("an expression, a foreign value or a range that is none never gets into a table", () => {
  const wrong: [FactId, string][] = [
    ["documentClass", '"contract" or true'],
    ["documentClass", '"no-such-class"'],
    ["documentClass", "contract"],
    ["documentClass", '"contract", "contract"'],
    ["documentClass", 'len("contract") > 1'],
    ["external", '"true"'],
    ["external", "1"],
    ["amount", "[5..5)"],
    ["amount", "[9..5)"],
    ["amount", ">= -1"],
    ["amount", ">= 1e5"],
    ["amount", "true"],
    ["impressions", "null"],
    ["amount", "99999999999999999999"],
    ["sealType", `"${"a".repeat(5000)}"`],
    ["amount", "[".repeat(50_000)],
  ];
  for (const [fact, text] of wrong) assert.equal(readCell(fact, text, testClasses), null, text.slice(0, 40));
  assert.equal(readCell("amount", " ", []), undefined);
});

test("reading is total and quick on any text", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FACT_IDS), fc.string({ maxLength: 400, unit: "binary" }), (fact, text) => {
      const cell = readCell(fact, text, testClasses);
      assert.ok(cell === undefined || cell === null || cellFits(fact, cell, testClasses));
    }),
  );
});

test("a cell fits only a column of its kind", () => {
  const cells: Cell[] = [{ in: ["contract"] }, { is: true }, { from: 1, below: 2 }, { stated: false }];
  const kinds = cells.map((cell) => FACT_IDS.filter((fact) => cellFits(fact, cell, testClasses)));
  assert.deepEqual(kinds[0], ["sealType", "documentClass"]);
  for (const fact of kinds[1] ?? []) assert.equal(factDefinitions[fact].kind, "switch");
  for (const fact of kinds[2] ?? []) assert.equal(factDefinitions[fact].kind, "number");
  assert.deepEqual(kinds[3], ["amount"]);
});

test("an own class stands in a cell where it is known; one that is meant by its base anyway is left out elsewhere", () => {
  const own = ["contract--lease"];
  assert.deepEqual(readCell("documentClass", '"contract--lease"', own), { in: own });
  assert.equal(readCell("documentClass", '"contract--lease"', []), null);
  assert.equal(readCell("counterpartyKind", '"contract--lease"', own), null);
  assert.equal(writeCell({ in: ["contract"] }, own), '"contract", "contract--lease"');
  assert.deepEqual(readCell("documentClass", '"contract", "contract--lease"', []), { in: ["contract"] });
});
