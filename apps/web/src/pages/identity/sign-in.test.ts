import assert from "node:assert/strict";
import { test } from "node:test";
import { decideNextPath, groupByEntity, type SamplePerson } from "./sign-in.ts";

test("after signing in the reader comes to the address he asked for", () => {
  assert.equal(decideNextPath("/requests/req_1?tab=gate"), "/requests/req_1?tab=gate");
  assert.equal(decideNextPath(undefined), "/overview");
});

test("an address that leads elsewhere is not followed", () => {
  for (const next of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/", 7])
    assert.equal(decideNextPath(next), "/overview");
  assert.equal(decideNextPath("/sign-in?next=/sign-in"), "/overview");
  assert.equal(decideNextPath("/\t/evil.example"), "/overview");
});

test("the people of the sample stand under their entity, guests last", () => {
  const person = (name: string, entity: string, guest = false): SamplePerson => ({
    personId: `per_${name}`,
    name: { en: name, zh: name },
    unit: null,
    entity: { en: entity, zh: entity },
    guest,
    roles: [],
    waiting: 0,
  });
  const groups = groupByEntity([
    person("g", "Lanxi", true),
    person("a", "Lanxi"),
    person("b", "Beian"),
    person("c", "Lanxi"),
  ]);
  assert.deepEqual(
    groups.map((group) => [group.entity?.en ?? null, group.people.map((one) => one.name.en)]),
    [
      ["Lanxi", ["a", "c"]],
      ["Beian", ["b"]],
      [null, ["g"]],
    ],
  );
});
