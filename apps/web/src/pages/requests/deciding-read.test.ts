import assert from "node:assert/strict";
import { test } from "node:test";
import { findDecidingRead } from "./deciding-read.ts";

const declared = { documentClass: "official-letter", external: false } as const;
const strict = { documentClass: "contract", external: true } as const;
const read = (fact: "class" | "external", ruling: "declared" | "document" | null = null) => ({
  ...{ fact, read: "", stricter: "read" as const },
  ruling: ruling && { ruling, reason: "", by: null, at: "" },
});

test("C03: what decides is what the document says, until a reviewer confirmed the application", () => {
  const both = [read("class"), read("external", "document")];
  assert.deepEqual(findDecidingRead(declared, { decisive: strict, disagreements: both }), strict);
  const settled = [read("class", "declared"), read("external", "declared")];
  assert.deepEqual(findDecidingRead(declared, { decisive: strict, disagreements: settled }), declared);
});
