import assert from "node:assert/strict";
import { test } from "node:test";
import { addDrawnPlaces, listDrawnPlaces } from "./drawn-comparison.ts";
import type { DrawnPage } from "./drawn-page.ts";
import type { LineShift } from "./line-shifts.ts";
import type { FieldValue, TemplateComparison } from "./template-comparison.ts";

const [width, height] = [200, 240];
type Rect = readonly [x: number, y: number, width: number, height: number];
/** A page of ten by twelve centimetres with these dots; text is a row of upright strokes. */
function draw(of: {
  ink?: readonly Rect[];
  text?: readonly Rect[];
  hidden?: readonly Rect[];
  pictures?: readonly Rect[];
}): DrawnPage {
  const paint = (rects: readonly Rect[] = [], value = 1, every = 1): Uint8Array => {
    const dots = new Uint8Array(width * height);
    for (const [x, y, across, down] of rects)
      for (let row = y; row < y + down; row += 1)
        for (let column = x; column < x + across; column += every) dots[row * width + column] = value;
    return dots;
  };
  return {
    ...{ width, height, ink: paint(of.ink, 200), text: paint(of.text, 1, 2), hidden: paint(of.hidden) },
    pictures: (of.pictures ?? []).map(([x, y, w, h]) => ({ x: x / 2, y: y / 2, width: w / 2, height: h / 2 })),
  };
}
const list = (
  document: DrawnPage,
  template: DrawnPage,
  also: { fields?: readonly FieldValue[]; shifts?: readonly LineShift[] } = {},
): string[] =>
  listDrawnPlaces({
    ...{ index: 0, page: document, fields: also.fields ?? [], shifts: also.shifts ?? [] },
    templatePage: (index) => (index === 0 ? template : null),
  }).map(({ kind, box: { x, y, width: w, height: h } }) => `${kind} ${x} ${y} ${w} ${h}`);
const empty = draw({});
const words: Rect = [20, 60, 100, 7];

test("C03: what is drawn where the template has nothing is told with its place", () => {
  assert.deepEqual(list(empty, empty), []);
  assert.deepEqual(list(draw({ ink: [[40, 100, 6, 6]] }), empty), ["drawn-lines 20 50 4 4"]);
  assert.deepEqual(list(draw({ ink: [[40, 100, 40, 12]], pictures: [[40, 100, 40, 12]] }), empty), [
    "drawn-picture 20 50 20 6",
  ]);
  assert.deepEqual(list(draw({ text: [words], hidden: [[40, 60, 12, 7]] }), empty), ["drawn-cover 20 30 6 4"]);
  const logo = draw({ ink: [[40, 100, 40, 12]] });
  assert.deepEqual(list(draw({ ink: [[41, 101, 40, 12]] }), logo), []);
  assert.equal(list(draw({ ink: [[40, 100, 40, 20]] }), logo).length, 1);
  // The same cover lies over the template's own words.
  const covered = draw({ text: [words], hidden: [[40, 60, 12, 7]] });
  assert.deepEqual(list(covered, covered), []);
});

test("C03: a thin line may stand three millimetres off the template's, but strikes no words through", () => {
  const table = draw({
    ink: [
      [20, 70, 120, 1],
      [20, 70, 1, 60],
    ],
  });
  assert.deepEqual(
    list(
      draw({
        ink: [
          [22, 75, 120, 1],
          [22, 75, 1, 60],
        ],
      }),
      table,
    ),
    [],
  );
  assert.equal(list(draw({ ink: [[20, 90, 120, 1]] }), table).length, 1);
  assert.equal(list(draw({ text: [words], ink: [[20, 66, 120, 1]] }), table).length, 0);
  assert.equal(list(draw({ text: [words], ink: [[20, 63, 120, 1]] }), table).length, 1);
});

test("C03: fields may be drawn into as long as they are blank, and stand on a line of their own", () => {
  const box = { x: 30, y: 30, width: 30, height: 4 };
  const field = (text: string): FieldValue => ({ name: "Signed", page: 0, box, text });
  const mark = draw({ ink: [[64, 58, 20, 8]] });
  assert.deepEqual(list(mark, empty, { fields: [field("")] }), []);
  assert.equal(list(mark, empty, { fields: [field("Beicheng Ltd")] }).length, 1);
  const line = draw({ ink: [[60, 69, 60, 1]] });
  assert.deepEqual(list(line, empty, { fields: [field("Beicheng Ltd")] }), []);
  assert.equal(list(line, empty).length, 1);
});

test("C03: what a filled field moved down moves with the lines around it, and no other way", () => {
  const table = draw({ ink: [[20, 100, 30, 9]] });
  const moved = draw({ ink: [[20, 120, 30, 9]] });
  const shifts = [
    { y: 20, page: 0, dy: 0 },
    { y: 50, page: 0, dy: -10 },
    { y: 80, page: 0, dy: -10 },
  ];
  assert.deepEqual(list(moved, table, { shifts }), []);
  assert.equal(list(moved, table).length, 1);
});

test("C03: a drawn place makes a document changed, and none leaves it as it was", () => {
  const same: TemplateComparison = {
    ...{ verdict: "same-but-fields", fields: [], differences: [] },
    pages: { inserted: [], removed: [], swapped: [] },
  };
  assert.equal(addDrawnPlaces(same, []), same);
  const box = { x: 20, y: 50, width: 4, height: 4 };
  const { verdict, differences } = addDrawnPlaces(same, [{ kind: "drawn-lines", page: 0, box }]);
  assert.equal(verdict, "changed");
  assert.deepEqual(
    differences.map(({ kind, document }) => [kind, document.places]),
    [["drawn-lines", [{ page: 0, box, line: box }]]],
  );
});
