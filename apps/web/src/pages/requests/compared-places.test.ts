import assert from "node:assert/strict";
import { test } from "node:test";
import { type Comparison, isSameWords, listComparedPlaces } from "./compared-places.ts";

const box = { x: 20, y: 30, width: 40, height: 4 };
const nowhere = { text: "", places: [] };
const comparison = (change: Partial<Comparison>): Comparison =>
  ({
    ...{ templatePages: [], compared: true, fields: [], differences: [] },
    pages: { inserted: [], removed: [], swapped: [] },
    ...change,
  }) as unknown as Comparison;

test("pages come before words, each with its place on either side", () => {
  const places = listComparedPlaces(
    comparison({
      pages: { inserted: [2], removed: [1], swapped: [{ template: 3, document: 0 }] },
      differences: [
        {
          ...{ kind: "replaced", field: null, lookAlike: false, before: "the ", after: " pays" },
          template: { text: "seller", places: [{ page: 0, box, line: box }] },
          document: {
            text: "buyer",
            places: [
              { page: 1, box, line: box },
              { page: 1, box, line: box },
              { page: 2, box, line: box },
            ],
          },
        },
        {
          ...{ kind: "removed", field: null, lookAlike: false, before: "", after: "" },
          template: { text: "all", places: [] },
          document: nowhere,
        },
      ],
    }),
  );
  assert.deepEqual(
    places.map(({ kind, template, document }) => [kind, template?.page, document?.page, document?.boxes.length]),
    [
      ["page-inserted", undefined, 2, 0],
      ["page-removed", 1, undefined, undefined],
      ["page-swapped", 3, 0, 0],
      ["replaced", 0, 1, 2],
      ["removed", undefined, undefined, undefined],
    ],
  );
});

test("C03: where the same words stand elsewhere, only the layout is another; words that look alike are other words", () => {
  const place = (kind: "layout" | "moved" | "replaced", is: string, lookAlike = false) => {
    const [one] = listComparedPlaces(
      comparison({
        differences: [
          {
            ...{ kind, field: null, lookAlike, before: "", after: "" },
            template: { text: "产", places: [] },
            document: { text: is, places: [] },
          },
        ],
      }),
    );
    assert.ok(one);
    return isSameWords(one);
  };
  assert.deepEqual([place("layout", "产"), place("moved", "产"), place("layout", "品")], [true, true, false]);
  assert.deepEqual([place("replaced", "产", true), place("layout", "")], [false, false]);
});

test("of a document that only fills a template in, what was filled in is listed", () => {
  const [field] = listComparedPlaces(comparison({ fields: [{ name: "Buyer", text: "Beicheng", page: 0, box }] }));
  assert.deepEqual(
    [field?.kind, field?.field?.name, field?.is, field?.document?.page],
    ["filled", "Buyer", "Beicheng", 0],
  );
});
