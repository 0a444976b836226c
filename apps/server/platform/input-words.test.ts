import assert from "node:assert/strict";
import { test } from "node:test";
import { type Route, routes } from "@chancery/api";
import { hasFieldWords, MATTER_KINDS } from "@chancery/domain";
import { z } from "zod";
import { matterHandlers } from "../features/matters/handlers.ts";
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
    "The input does not fit: the pieces need at least 1; the piece or key is missing; the reason is missing; the count is less than 2; the kind is none of the values there are.",
  );
  assert.equal(
    zh,
    "输入不符合要求：印章实体至少需要 1 项；印章实体未填写；原因未填写；数量小于 2；类别不在可选范围内。",
  );
});

test("what is there and wrong is not called missing", () => {
  const { en } = said({ bodyIds: ["x"], bodyId: "body_1", reason: "too long", count: 2, kind: "a" });
  assert.equal(
    en,
    "The input does not fit: the piece or key is not written as it has to be; the reason is longer than 5 characters.",
  );
});

test("what a rule of our own refuses is said in both languages", () => {
  const Day = z.iso
    .date()
    .refine((text) => text >= "1900", { error: "lies before the year 1900", params: { zh: "早于 1900 年" } });
  const parsed = z.object({ until: Day }).safeParse({ until: "1200-01-01" }, { reportInput: true });
  const { en, zh } = describeFields((parsed.error?.issues ?? []).map((one) => describeIssue(one, one.path.join("."))));
  assert.equal(en, "The input does not fit: the last day lies before the year 1900.");
  assert.equal(zh, "输入不符合要求：截止日早于 1900 年。");
});

test("a field without words of its own is never shown by its name in the program", () => {
  const { en, zh } = describeFields([{ path: "data.someNewThing", message: "is missing", zh: "未填写" }]);
  assert.equal(en, "The input does not fit: one of the entries is missing.");
  assert.equal(zh, "输入不符合要求：某一项内容未填写。");
});

/** Names of every field of a schema, however deep. */
function listFields(schema: unknown, seen = new Set<unknown>()): string[] {
  if (typeof schema !== "object" || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  if (Array.isArray(schema)) return schema.flatMap((one) => listFields(one, seen));
  const found = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const parts = schema instanceof z.ZodType ? [schema.def, ...Object.values(schema.def)] : Object.values(schema);
  return [...found, ...parts.flatMap((part) => listFields(part, seen))];
}

test("every field that a body of the API or a matter asks for has its words in both languages", () => {
  const all: [string, Route][] = Object.entries(routes);
  const ofRoutes = all.flatMap(([, route]) => listFields(route.body));
  const ofMatters = MATTER_KINDS.flatMap((kind) => listFields(matterHandlers[kind].data));
  assert.ok(ofRoutes.includes("reason") && ofMatters.includes("witnessId"), "the walk finds fields");
  const without = new Set([...ofRoutes, ...ofMatters].filter((name) => !hasFieldWords(name)));
  assert.deepEqual([...without], []);
});
