import assert from "node:assert/strict";
import { test } from "node:test";
import { listTextFaults } from "./test-texts.ts";
import { asksWhyPaper, copiesMost, handMost, listUseModeRefusals, listUseModes } from "./use-mode.ts";

type Facts = Parameters<typeof listUseModeRefusals>[0];
const byHand = { mode: "by-hand" as const, copies: 4, paperReason: "The court takes paper" };
const electronic = { mode: "electronic" as const, copies: null, paperReason: "" };
const facts: Facts = {
  ...{ wanted: byHand, electronic: "first", className: "contract", places: 2 },
  seals: [{ sealType: "contract", piece: true, key: true }],
  ...{ joint: false, series: false, blankSheets: false, standing: false },
};
const codes = (change: Partial<Facts>): string[] => {
  const refusals = listUseModeRefusals({ ...facts, ...change });
  for (const { code, facts: told } of refusals) assert.deepEqual(listTextFaults(code, told), []);
  return refusals.map(({ code }) => code);
};

test("C21: where an electronic seal comes first, who asks for paper says why; where it is possible he need not", () => {
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ wanted: { ...byHand, paperReason: "  no  " } }), ["mode.paper-why"]);
  for (const use of ["possible", "no"] as const)
    assert.deepEqual(codes({ electronic: use, wanted: { ...byHand, paperReason: "" } }), [], use);
  assert.deepEqual(
    [asksWhyPaper(byHand, "first"), asksWhyPaper(byHand, "possible"), asksWhyPaper(electronic, "first")],
    [true, false, false],
  );
});

test("C21: where a class is not sealed electronically, by hand alone is offered, and electronic is refused", () => {
  assert.deepEqual(listUseModes("no"), ["by-hand"]);
  assert.deepEqual(listUseModes("first"), ["electronic", "by-hand"]);
  assert.deepEqual(codes({ electronic: "no", wanted: electronic }), ["mode.paper-only"]);
  assert.deepEqual(codes({ electronic: "possible", wanted: electronic }), []);
});

test("C10: by hand needs a piece in use of every seal, electronic an electronic body", () => {
  const seals = [
    { sealType: "contract", piece: true, key: true },
    { sealType: "official", piece: false, key: true },
  ];
  assert.deepEqual(codes({ seals }), ["mode.no-piece"]);
  assert.deepEqual(codes({ seals, wanted: electronic }), []);
  assert.deepEqual(codes({ seals: [{ sealType: "contract", piece: true, key: false }], wanted: electronic }), [
    "mode.no-key",
  ]);
});

test("C09: by hand names 1 to 300 copies, and not more impressions than a person presses", () => {
  for (const copies of [null, 0, -1, 1.5, copiesMost + 1])
    assert.deepEqual(codes({ wanted: { ...byHand, copies } }), ["mode.copies"]);
  for (const copies of [1, copiesMost]) assert.deepEqual(codes({ wanted: { ...byHand, copies } }), []);
  assert.deepEqual(codes({ wanted: { ...byHand, copies: 300 }, places: 10 }), [], String(handMost));
  assert.deepEqual(codes({ wanted: { ...byHand, copies: 300 }, places: 11 }), ["mode.too-many"]);
});

test("joint, series, blank-sheet and standing requests are electronic, and the sentence says so", () => {
  for (const [name, code] of [
    ["joint", "mode.hand-not-joint"],
    ["series", "mode.hand-not-series"],
    ["blankSheets", "mode.hand-not-sheets"],
    ["standing", "mode.hand-not-standing"],
  ] as const) {
    assert.deepEqual(codes({ [name]: true }), [code]);
    assert.deepEqual(codes({ [name]: true, wanted: electronic }), []);
  }
});
