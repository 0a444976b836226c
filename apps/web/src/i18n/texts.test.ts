import assert from "node:assert/strict";
import { test } from "node:test";
import { AREAS, type Area } from "./areas.ts";

type Leaves = ReadonlyMap<string, string>;

function leavesOf(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, path ? `${path}.${key}` : key));
}
/** Chinese has one form for every number, so a text for one is not asked of it. */
const withoutOne = (leaves: Leaves): string[] => [...leaves.keys()].filter((key) => !key.endsWith("_one")).sort();
const placeholdersOf = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "").sort();

const REFUSED_WORDS = /\bsorry\b|\binvalid\b|\bfailed\b|\boops\b|!$|抱歉|非法|！/i;

for (const area of Object.keys(AREAS) as Area[]) {
  test(`the texts of ${area} are complete in both languages and take the same facts`, async () => {
    const en: Leaves = new Map(leavesOf((await AREAS[area].en()).text));
    const zh: Leaves = new Map(leavesOf((await AREAS[area].zh()).text));
    assert.deepEqual(withoutOne(zh), withoutOne(en));
    for (const [key, chinese] of zh) {
      assert.notEqual(chinese.trim(), "", key);
      assert.deepEqual(placeholdersOf(chinese), placeholdersOf(en.get(key) ?? ""), key);
    }
    for (const key of en.keys())
      if (key.endsWith("_one")) assert.ok(en.has(key.replace(/_one$/, "_other")), `${key} has no other form`);
  });

  test(`the texts of ${area} blame nobody and do not exclaim`, async () => {
    for (const language of ["en", "zh"] as const)
      for (const [key, words] of leavesOf((await AREAS[area][language]()).text))
        assert.doesNotMatch(words, REFUSED_WORDS, `${language} ${key}`);
  });

  test(`Chinese sentences of ${area} use full-width punctuation`, async () => {
    for (const [key, words] of leavesOf((await AREAS[area].zh()).text))
      assert.doesNotMatch(words.replace(/\{\{\w+\}\}/g, "值"), /\p{Script=Han}[,;:?!]|[,;:?!]\p{Script=Han}/u, key);
  });

  test(`Chinese texts of ${area} set a time off from the words beside it`, async () => {
    for (const [key, words] of leavesOf((await AREAS[area].zh()).text))
      assert.doesNotMatch(words, /\p{Script=Han}\{\{at\}\}|\{\{at\}\}\p{Script=Han}/u, key);
  });
}
