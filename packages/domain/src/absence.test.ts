import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  cutLeave,
  isAwayWithin,
  listAbsent,
  listEarlyReturnRefusals,
  listLeaveRefusals,
  preferPresent,
} from "./absence.ts";
import { decideRoute } from "./route.ts";
import type { Grant } from "./separation-matrix.ts";
import { demandedFor } from "./test-rules.ts";
import { addDays } from "./working-days.ts";

const away = (personId: string, from: string, to: string | null = null) => ({ personId, from, to });

test("leave counts from its first day to its last one", () => {
  const leave = [away("a", "2026-08-03", "2026-08-05"), away("b", "2026-08-04")];
  const on = (day: string) => listAbsent(leave, day);
  assert.deepEqual(["2026-08-02", "2026-08-03", "2026-08-05", "2026-08-06"].map(on), [[], ["a"], ["a", "b"], ["b"]]);
  assert.equal(isAwayWithin(leave, "a", { from: "2026-08-05", to: "2026-08-09" }), true);
  assert.equal(isAwayWithin(leave, "a", { from: "2026-08-06", to: null }), false);
  assert.equal(isAwayWithin(leave, "a", { from: "2026-07-01", to: null }), true);
  assert.equal(isAwayWithin(leave, "b", { from: "2026-08-01", to: "2026-08-03" }), false);
});

test("leave that is over or lasts longer than a year is refused", () => {
  const codes = (from: string, to: string, approved = false) =>
    listLeaveRefusals({ from, to, today: "2026-08-03", approved }).map((one) => one.code);
  assert.deepEqual(codes("2026-08-03", "2026-08-03"), []);
  assert.deepEqual(codes("2026-07-01", "2026-08-03"), [], "begun already is not over");
  assert.deepEqual(codes("2026-07-01", "2026-08-02"), ["person.leave-over"]);
  assert.deepEqual(codes("2026-07-01", "2026-08-02", true), []);
  assert.deepEqual(codes("2026-08-05", "2026-08-04"), ["person.leave-backwards"]);
  assert.deepEqual(codes("2026-08-03", "2027-08-03"), []);
  assert.deepEqual(codes("2026-08-03", "2027-08-04"), ["person.leave-too-long"]);
});

test("somebody is always asked, and nobody on leave while another is there", () => {
  const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"));
  fc.assert(
    fc.property(names, names, (people, absent) => {
      const asked = preferPresent(people, absent);
      assert.equal(asked.length > 0, people.length > 0);
      assert.ok(asked.every((one) => people.includes(one)));
      if (people.some((one) => !absent.includes(one))) assert.ok(asked.every((one) => !absent.includes(one)));
    }),
  );
});

const grant = (personId: string, role: Grant["role"], scope: Grant["scope"], delegatedBy?: string): Grant => ({
  ...{ grantId: `${personId} ${role}`, personId, role, scope, entityId: "ent", from: "2026-01-01", to: null },
  ...(delegatedBy === undefined ? {} : { delegatedBy }),
});
const entity = { kind: "entity", id: "ent" } as const;
const unit = (id: string) => ({ kind: "unit", id }) as const;
const route = (grants: readonly Grant[], absent: readonly string[]) => {
  const decided = decideRoute(
    {
      ...{ profile: "strict", entityId: "ent", unitId: "below", sealIds: ["seal"] },
      ...{ applicantId: "applicant", handlerId: null, today: "2026-08-03", absent },
    },
    demandedFor("group", "internal-notice"),
    [
      { unitId: "below", parentUnitId: "above" },
      { unitId: "above", parentUnitId: null },
    ],
    grants,
  );
  return decided.ok ? decided.steps.map((step) => [step.reason, ...step.candidates]) : decided.refusals;
};

test("C11: a step of somebody on leave is asked of his delegate, else of the next superior, else of him", () => {
  const base = [grant("head", "unit-head", unit("below")), grant("sig", "signatory", entity)];
  assert.deepEqual(route(base, ["head", "sig"]), [
    ["route.unit-head", "head"],
    ["route.signatory", "sig"],
  ]);
  const superior = [...base, grant("boss", "unit-head", unit("above"))];
  assert.deepEqual(route(superior, ["head"])[0], ["route.next-superior", "boss"]);
  const deputies = [
    ...superior,
    grant("deputy", "unit-head", unit("below"), "head"),
    grant("stand-in", "signatory", entity, "sig"),
  ];
  assert.deepEqual(route(deputies, ["head", "sig"]), [
    ["route.unit-head", "deputy"],
    ["route.signatory", "stand-in"],
  ]);
  assert.deepEqual(route(deputies, []), [
    ["route.unit-head", "head", "deputy"],
    ["route.signatory", "sig", "stand-in"],
  ]);
});

test("leave ends early from today on, on a day of it, and never backwards", () => {
  const leaves = [{ personId: "a", from: "2026-08-03", to: "2026-08-10" }];
  const codes = (backOn: string, today: string) =>
    listEarlyReturnRefusals(leaves, backOn, today).map((one) => one.code);
  assert.deepEqual(codes("2026-08-05", "2026-08-05"), []);
  assert.deepEqual(codes("2026-08-10", "2026-08-05"), []);
  assert.deepEqual(codes("2026-08-07", "2026-08-01"), [], "planned before it begins");
  assert.deepEqual(codes("2026-08-03", "2026-08-03"), [], "back on the day it began");
  assert.deepEqual(codes("2026-08-03", "2026-08-01"), ["person.not-on-leave"], "nothing would be left of it");
  assert.deepEqual(codes("2026-08-04", "2026-08-05"), ["person.return-backwards"]);
  assert.deepEqual(codes("2026-08-11", "2026-08-05"), ["person.not-on-leave"]);
});

test("whatever the first day back, leave only gets shorter, and he is there from then on", () => {
  const days = fc.integer({ min: 0, max: 40 });
  const on = (days: number) => addDays("2026-08-01", days);
  fc.assert(
    fc.property(days, days, days, days, (from, length, back, day) => {
      const leave = { personId: "a", from: on(from), to: on(from + length) };
      const cut = cutLeave(leave, on(back));
      assert.ok(cut.to <= leave.to && cut.from === leave.from);
      const away = (one: typeof leave) => listAbsent([one], on(day)).length > 0;
      assert.ok(away(leave) || !away(cut));
      if (back >= from && day >= back) assert.equal(away(cut), back > from + length && away(leave));
      if (day < back) assert.equal(away(cut), away(leave));
    }),
  );
});
