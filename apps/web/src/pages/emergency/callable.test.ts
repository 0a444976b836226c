import assert from "node:assert/strict";
import { test } from "node:test";
import { listCallable } from "./callable.ts";

const person = (personId: string) => ({ personId, name: { en: personId, zh: personId } });

test("C11: the roster offers whoever holds the role on these days, each once", () => {
  const callable: Parameters<typeof listCallable>[0] = [
    { role: "signatory", person: person("a"), from: "2026-01-01", to: null },
    { role: "signatory", person: person("a"), from: "2026-02-01", to: null },
    { role: "signatory", person: person("b"), from: "2026-01-01", to: "2026-03-01" },
    { role: "custodian", person: person("c"), from: "2026-01-01", to: null },
  ];
  const names = (role: "signatory" | "custodian", to: string): string[] =>
    listCallable(callable, { role, from: "2026-03-01", to }).map(({ personId }) => personId);
  assert.deepEqual(names("signatory", "2026-03-01"), ["a", "b"]);
  assert.deepEqual(names("signatory", "2026-03-02"), ["a"]);
  assert.deepEqual(names("custodian", "2026-03-02"), ["c"]);
});
