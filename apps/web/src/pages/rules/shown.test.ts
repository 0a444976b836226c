import assert from "node:assert/strict";
import { test } from "node:test";
import type { CaseAnswer, Column, RuleChange } from "./queries.ts";
import {
  countChanges,
  firedIn,
  isOnlyWords,
  listAskedColumns,
  listDraftColumns,
  markOf,
  mayBeWritten,
  sayDraft,
} from "./shown.ts";
import { makeRules } from "./test-rules.ts";

const text = (en: string) => ({ en, zh: en });
const column = (fact: Column["fact"]): Column => ({
  fact,
  name: text(fact),
  kind: "number",
  values: [],
  optional: false,
});
const change = (rowId: string, kind: RuleChange["kind"], before = "was", after = "is"): RuleChange => ({
  ...{ table: "scope", rowId, kind },
  before: kind === "added" ? null : text(before),
  after: kind === "removed" ? null : text(after),
});

test("rules that are read show the columns that rows ask; a draft also those that were put in", () => {
  const columns = [column("impressions"), column("amount"), column("documentClass")];
  const rules = makeRules(["a", { amount: { stated: false } }]);
  assert.deepEqual(
    listAskedColumns(rules, "scope", columns).map((one) => one.fact),
    ["amount"],
  );
  assert.deepEqual(
    listDraftColumns(rules, "scope", columns).map((one) => one.fact),
    ["amount", "documentClass"],
  );
});

test("beside a row stands how it differs; one that was taken out stands nowhere", () => {
  const changes = [change("a", "added"), change("b", "removed")];
  assert.deepEqual(
    [markOf(changes, "scope", "a"), markOf(changes, "scope", "b"), markOf(changes, "route", "a")],
    ["added", undefined, undefined],
  );
});

test("a change of the words alone is told apart, and a change of rates counts as one", () => {
  assert.equal(isOnlyWords(change("a", "changed", "same", "same")), true);
  assert.equal(isOnlyWords(change("a", "changed")), false);
  assert.equal(isOnlyWords(change("a", "moved", "same", "same")), false);
  assert.equal(countChanges({ changes: [change("a", "added"), { ...change("EUR", "changed"), table: "money" }] }), 2);
  assert.equal(countChanges({ changes: [] }), 0);
});

test("the rows that answered a case are found in each table", () => {
  const row = (rowId: string) => ({ rowId, when: text(""), what: text("") });
  const answer: CaseAnswer = { scope: row("s"), route: [row("r1"), row("r2")], limits: null, refusals: [] };
  assert.deepEqual(
    (["scope", "route", "limits"] as const).map((table) => firedIn(answer, table)),
    [["s"], ["r1", "r2"], []],
  );
  assert.deepEqual(firedIn(undefined, "scope"), []);
});

test("a draft is written until somebody decides on it, and not once other rules took its place", () => {
  const draft = { state: "draft", matter: null, outdated: false } as const;
  const matter = (state: "in-review" | "approved" | "returned") => ({
    matterId: "mat_1" as const,
    number: null,
    state,
  });
  assert.deepEqual(
    [
      draft,
      { ...draft, matter: matter("returned") },
      { ...draft, matter: matter("in-review") },
      { ...draft, matter: matter("approved") },
      { ...draft, outdated: true },
      { ...draft, state: "in-force" as const },
    ].map(mayBeWritten),
    [true, true, false, false, false, false],
  );
});

test("a draft on older rules is told to be too late, whatever else is true of it", () => {
  assert.equal(sayDraft({ outdated: true, faults: 0 }), "outdated");
  assert.equal(sayDraft({ outdated: true, faults: 2 }), "outdated");
  assert.equal(sayDraft({ outdated: false, faults: 2 }), "faults");
  assert.equal(sayDraft({ outdated: false, faults: null }), "complete");
});
