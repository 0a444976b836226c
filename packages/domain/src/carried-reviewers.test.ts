import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { carryFromOthers, carryReviewers, type StepBefore } from "./carried-reviewers.ts";
import type { RouteStep } from "./route.ts";

const gap = 1000;
const kinds = ["unit-head", "legal-review", "signatory"] as const;
const ask = (kind: RouteStep["kind"], stage: number): RouteStep => ({
  ...{ kind, title: null, candidates: [`${kind}-person`], reason: "route.signatory", stage, group: kind, hours: null },
});
const route = kinds.map(ask);
const given = (step: RouteStep): StepBefore => ({
  ...{ stepId: step.group, kind: step.kind, group: step.group, title: null, stage: step.stage * gap, hours: null },
  ...{ candidates: step.candidates, agreed: step.candidates[0] ?? null, added: null, eligible: false },
});
const added = (person: string, by: string, stage: number, change: Partial<StepBefore> = {}): StepBefore => ({
  ...{ stepId: person, kind: "named", group: person, title: null, stage, hours: 24, candidates: [person] },
  ...{ agreed: person, added: { by, reason: "x" }, eligible: true, ...change },
});
const before = route.map(given);
const shown = (steps: readonly RouteStep[]) => steps.map(({ kind, stage, group }) => `${stage} ${kind} ${group}`);

test("C02: who was added before or after a step stays there, and so does whom he added in turn", () => {
  const more = [
    added("tang", "legal-review-person", 1500),
    added("wen", "legal-review-person", 500),
    added("he", "tang", 1250),
  ];
  const carried = carryReviewers(route, [...before, ...more], gap);
  assert.deepEqual(carried.fallen, []);
  assert.deepEqual(shown(carried.route), [
    ...["0 unit-head unit-head", "1 named wen", "2 legal-review legal-review", "3 named he", "4 named tang"],
    "5 signatory signatory",
  ]);
  assert.equal(carried.route[1]?.reason, "route.added");
});

test("C02: what the next round has not is told with its reason; what nobody had agreed to is not", () => {
  const why = (steps: readonly RouteStep[], of: readonly StepBefore[]) =>
    carryReviewers(steps, of, gap).fallen.map(({ step, why: told }) => `${step.stepId} ${told.code}`);
  const short = [ask("signatory", 0)];
  const tang = added("tang", "legal-review-person", 500);
  assert.deepEqual(why(short, [...before, tang]), [
    ...["unit-head again.fallen.rules", "legal-review again.fallen.rules", "tang again.fallen.beside"],
  ]);
  assert.deepEqual(
    why(
      short,
      before.map((one) => ({ ...one, agreed: null })),
    ),
    [],
  );
  assert.deepEqual(why(route, [...before, { ...tang, eligible: false }]), ["tang again.fallen.reviewer"]);
  const asked = added("unit-head-person", "legal-review-person", 500);
  assert.deepEqual(why(route, [...before, asked]), ["unit-head-person again.fallen.asked"]);
});

test("C02: every added reviewer stays or is told, no step of the rules is lost, and their order stays", () => {
  const some = fc.array(
    fc.record({
      person: fc.constantFrom("a", "b", "c", "d"),
      by: fc.constantFrom("a", "b", "legal-review-person", "x"),
      stage: fc.integer({ min: 1, max: 1999 }),
      eligible: fc.boolean(),
    }),
    { maxLength: 6 },
  );
  fc.assert(
    fc.property(some, (people) => {
      const more = people.map(({ person, by, stage, eligible }, at) =>
        added(person, by, stage, { stepId: `${at}`, group: `${at}`, eligible }),
      );
      const carried = carryReviewers(route, [...before, ...more], gap);
      const kept = carried.route.filter(({ kind }) => kind === "named").length;
      assert.equal(kept + carried.fallen.length, more.length);
      assert.deepEqual(
        carried.route.flatMap(({ kind }) => (kind === "named" ? [] : [kind])),
        [...kinds],
      );
      assert.equal(carried.route.at(-1)?.kind, "signatory");
      const stages = carried.route.map(({ stage }) => stage);
      assert.deepEqual(
        stages,
        stages.toSorted((a, b) => a - b),
      );
    }),
  );
});

test("C02: who was added to another request with the same document is asked in this one, beside the same step or before the last", () => {
  const tang = added("tang", "legal-review-person", 1500, { agreed: null });
  const { stage: _, ...first } = carryFromOthers(route, [[...before, tang]], gap)[2] ?? route[0] ?? ask("signatory", 0);
  assert.deepEqual([first.reason, first.candidates], ["route.added-before", ["tang"]]);
  const short = [ask("unit-head", 0), ask("signatory", 1)];
  assert.deepEqual(shown(carryFromOthers(short, [[...before, tang]], gap)), [
    ...["0 unit-head unit-head", "1 named tang", "2 signatory signatory"],
  ]);
  assert.deepEqual(shown(carryFromOthers(route, [[...before, { ...tang, eligible: false }]], gap)), shown(route));
  assert.deepEqual(
    shown(
      carryFromOthers(
        route,
        [
          [...before, tang],
          [...before, tang],
        ],
        gap,
      ),
    ).length,
    4,
    "once",
  );
});

test("C02: whatever was added elsewhere, who may review is asked once, the rules' steps stay in order, the signatory last", () => {
  const people = fc.constantFrom("wen", "tang", "he", "unit-head-person");
  const other = fc
    .array(fc.tuple(people, fc.constantFrom(...kinds), fc.integer({ min: 1, max: 1999 }), fc.boolean()), {
      maxLength: 4,
    })
    .map((some) => [
      ...before,
      ...some.map(([person, kind, stage, eligible], at) =>
        added(person, `${kind}-person`, stage, {
          stepId: `${person}${at}`,
          group: `${person}${at}`,
          agreed: null,
          eligible,
        }),
      ),
    ]);
  fc.assert(
    fc.property(fc.array(other, { maxLength: 3 }), fc.subarray([...route], { minLength: 1 }), (others, some) => {
      const asked = [...some.filter(({ kind }) => kind !== "signatory"), ask("signatory", 2)].map((step, stage) => ({
        ...step,
        stage,
      }));
      const made = carryFromOthers(asked, others, gap);
      const kept = made.filter(({ reason }) => reason !== "route.added-before");
      assert.deepEqual(
        kept.map(({ group }) => group),
        asked.map(({ group }) => group),
      );
      assert.equal(made.at(-1)?.kind, "signatory");
      assert.ok(made.filter(({ stage }) => stage === made.at(-1)?.stage).length === 1);
      for (const person of ["wen", "tang", "he", "unit-head-person"]) {
        const times = made.filter(({ candidates }) => candidates.includes(person)).length;
        const wanted = others.some((of) => of.some((one) => one.added && one.eligible && one.candidates[0] === person));
        assert.equal(times, wanted || asked.some(({ candidates }) => candidates.includes(person)) ? 1 : 0, person);
      }
    }),
  );
});
