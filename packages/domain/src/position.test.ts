import assert from "node:assert/strict";
import { test } from "node:test";
import { jobDescriptions } from "./job-descriptions.ts";
import { decidePositionConfirmation, type Position, positionDigestInput } from "./position.ts";
import { ROLES } from "./vocabulary.ts";

const position = (grantId: string, change: Partial<Position> = {}): Position => ({
  ...{ grantId, role: "custodian", scopeKind: "seal", scopeId: "seal_1", from: "2026-01-01", to: null, ...change },
});

test("C11 every role has a description in both languages: duties, what it never does, deputy, superior", () => {
  for (const role of ROLES) {
    const { duties, never, deputy, reportsTo } = jobDescriptions[role];
    assert.ok(duties.length > 0 && never.length > 0, role);
    for (const { en, zh } of [...duties, ...never, deputy, reportsTo]) {
      assert.match(en, /^[A-Z][^\p{Script=Han}]+\.$/u, role);
      assert.match(zh, /\p{Script=Han}.*。$/u, role);
    }
  }
});

test("C11 a confirmation is bound to person, role, place, days and words, in whatever order positions are named", () => {
  const [a, b] = [position("grant_a"), position("grant_b", { role: "supervisor" })];
  const digest = positionDigestInput("per_1", [a, b]);
  assert.equal(positionDigestInput("per_1", [b, a]), digest);
  assert.ok(digest.includes(jobDescriptions.supervisor.never[0]?.zh ?? "–"));
  const others = [
    positionDigestInput("per_2", [a, b]),
    positionDigestInput("per_1", [a]),
    ...(["role", "scopeId", "from", "to"] as const).map((key) =>
      positionDigestInput("per_1", [
        { ...a, ...(key === "role" ? { role: "inspector" as const } : { [key]: "2027-01-01" }) },
        b,
      ]),
    ),
  ];
  for (const other of others) assert.notEqual(other, digest);
  assert.equal(new Set(others).size, others.length);
});

test("C11 a person confirms only what was given to him and waits; one other among them refuses all", () => {
  const waiting = [position("grant_a"), position("grant_b")];
  const confirm = (...ids: string[]) => decidePositionConfirmation(ids, waiting);
  const done = confirm("grant_b", "grant_b");
  assert.deepEqual(done.ok && done.events[0]?.positions.map((one) => one.grantId), ["grant_b"]);
  for (const ids of [[], ["grant_c"], ["grant_a", "grant_c"]]) {
    const refused = confirm(...ids);
    assert.deepEqual(refused.ok ? [] : refused.refusals.map((one) => [one.code, one.rule]), [
      ["position.not-waiting", "C11"],
    ]);
  }
});
