import assert from "node:assert/strict";
import { test } from "node:test";
import { DARK, LIGHT, listVariables, type Tokens } from "./tokens.ts";

/** Relative luminance and contrast after WCAG 2.2, 1.4.3. */
function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

type Pair = readonly [keyof Tokens, keyof Tokens];
const TEXT: readonly Pair[] = (
  ["text", "secondary", "placeholder", "action", "seal", "problem", "warning", "success", "frozen", "ended"] as const
).flatMap((ink) => [[ink, "card"] as const, [ink, "layout"] as const]);
const TINTS: readonly Pair[] = [
  ["action", "actionTint"],
  ["problem", "problemTint"],
  ["warning", "warningTint"],
  ["success", "successTint"],
  ["frozen", "frozenTint"],
  ["ended", "fill"],
  ["secondary", "fill"],
  ["text", "fill"],
  ["text", "disc"],
  ["secondary", "specimen"],
  ["onAction", "action"],
  ["onAction", "actionHover"],
  ["onSeal", "seal"],
  ["onSeal", "sealHover"],
  ["onProblem", "problem"],
  ["inverse", "text"],
];

for (const [name, tokens] of [
  ["light", LIGHT],
  ["dark", DARK],
] as const) {
  test(`every text of the ${name} theme has a contrast of at least 4.5`, () => {
    for (const [ink, ground] of [...TEXT, ...TINTS]) {
      const ratio = contrast(tokens[ink], tokens[ground]);
      assert.ok(ratio >= 4.5, `${ink} on ${ground}: ${ratio.toFixed(2)}`);
    }
  });
  test(`the borders of controls in the ${name} theme have a contrast of at least 3`, () => {
    for (const ground of ["card", "layout"] as const) {
      const ratio = contrast(tokens.control, tokens[ground]);
      assert.ok(ratio >= 3, `control on ${ground}: ${ratio.toFixed(2)}`);
    }
  });
}

test("tokens are read by CSS under dashed names", () => {
  const names = listVariables(LIGHT).map(([name]) => name);
  assert.ok(names.includes("--action-hover"));
  assert.equal(new Set(names).size, names.length);
});
