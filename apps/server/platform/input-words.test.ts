import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { describeFields, describeIssue } from "./input-words.ts";

const Shape = z.object({
  bodyIds: z.array(z.string()).min(1),
  bodyId: z.string().regex(/^body_[0-9a-f-]{36}$/),
  reason: z.string().trim().min(1).max(5),
  count: z.number().int().min(2),
  kind: z.enum(["a", "b"]),
});
const said = (input: unknown) => {
  const parsed = Shape.safeParse(input, { reportInput: true });
  assert.ok(!parsed.success);
  return describeFields(parsed.error.issues.map((issue) => describeIssue(issue, `data.${issue.path.join(".")}`)));
};

test("what was left out is said by its name, in both languages, without a word of the schema", () => {
  const { en, zh } = said({ bodyIds: [], bodyId: "", reason: "", count: 1, kind: "c" });
  assert.equal(
    en,
    "The input does not fit: the pieces needs at least 1; the piece or key is missing; the reason is missing; data.count is less than 2; data.kind is none of the values there are.",
  );
  assert.equal(
    zh,
    "输入不符合要求：印章实体至少需要 1 项；印章实体未填写；原因未填写；data.count小于 2；data.kind不在可选范围内。",
  );
});

test("what is there and wrong is not called missing", () => {
  const { en } = said({ bodyIds: ["x"], bodyId: "body_1", reason: "too long", count: 2, kind: "a" });
  assert.equal(
    en,
    "The input does not fit: the piece or key is not written as it has to be; the reason is longer than 5 characters.",
  );
});
