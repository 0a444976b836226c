import assert from "node:assert/strict";
import { test } from "node:test";
import { findBetterSeal } from "./better-seal.ts";

type Check = Parameters<typeof findBetterSeal>[0];

test("C07: where a placed seal is refused, the seal that fits is named; where none is refused, none", () => {
  const refusal = { code: "entry.wrong-seal" } as Check["seals"][number]["refusals"][number];
  const seal = (sealId: string, refusals: (typeof refusal)[] = []) => ({ sealId, refusals });
  const check = {
    seals: [seal("wrong", [refusal]), seal("right"), seal("other")],
    suggestedSeals: ["right", "other"].map((sealId) => ({ sealId, name: { en: sealId, zh: sealId } })),
  } as unknown as Check;
  assert.equal(findBetterSeal(check, ["wrong"])?.sealId, "right");
  assert.equal(findBetterSeal(check, ["wrong", "right"])?.sealId, "other");
  assert.equal(findBetterSeal(check, ["right"]), undefined);
  assert.equal(findBetterSeal({ ...check, suggestedSeals: [] }, ["wrong"]), undefined);
});
