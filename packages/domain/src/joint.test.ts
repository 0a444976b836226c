import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { approvalDigestInput } from "./approval.ts";
import {
  decideOtherSide,
  findOnBothSides,
  hasAgreed,
  JOINT_SIDES,
  type JointSide,
  listEngaged,
  listJointRefusals,
  listJointSwitchRefusals,
  listOtherSideRefusals,
  partSides,
  type SideToAsk,
  withoutOtherSide,
} from "./joint.ts";
import { describe } from "./messages.ts";
import type { Refusal } from "./refusal.ts";
import { decideRequest } from "./seal-use-request.ts";
import { makeGrant } from "./test-grants.ts";
import { listTextFaults } from "./test-texts.ts";
import { SEAL_USE_REQUEST_STATES } from "./vocabulary.ts";

const codes = (refusals: readonly Refusal[]): string[] => {
  for (const { code, facts } of refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return refusals.map(({ code }) => code);
};

test("C11: who decided, in whose place, who keeps, released or supervised on one side is engaged there", () => {
  const engaged = listEngaged({
    steps: [
      { decidedBy: "delegate", decidedFor: "head" },
      { decidedBy: null, decidedFor: null },
      { decidedBy: "signatory" },
    ],
    keepers: ["keeper", "second"],
    acted: ["keeper", null, "supervisor"],
  });
  assert.deepEqual(engaged.toSorted(), ["delegate", "head", "keeper", "second", "signatory", "supervisor"]);
  const other = "LP-2026-0001";
  const asks = (actorId: string, standsFor: string | null) =>
    codes(listOtherSideRefusals({ actorId, standsFor, engaged, other }));
  for (const person of engaged) {
    assert.deepEqual(asks(person, null), ["joint.both-sides"]);
    assert.deepEqual(asks("stranger", person), ["joint.delegator-both-sides"]);
  }
  assert.deepEqual(asks("stranger", null), []);
  assert.match(describe("joint.both-sides", { other }).sentence.zh, /LP-2026-0001/);
});

test("C11: who asks, asks for both sides; whoever does anything else does it on one", () => {
  const own = [
    { personId: "ann", duty: "applicant" as const },
    { personId: "ann", duty: "handler" as const },
    { personId: "bob", duty: "legal-reviewer" as const },
    { personId: "cho", duty: "custodian" as const },
  ];
  assert.deepEqual(findOnBothSides(own, ["ann"]), []);
  assert.deepEqual(findOnBothSides(own, ["ann", "cho", "bob"]), [own[2], own[3]]);
});

test("C11: grants of who is engaged on the other side do not count, nor what he passed on", () => {
  const own = makeGrant("ann", "supervisor");
  const his = makeGrant("bob", "supervisor");
  const passed = { ...makeGrant("cho", "supervisor"), delegatedBy: "bob" };
  assert.deepEqual(withoutOtherSide([own, his, passed], ["bob"]), [own]);
  assert.deepEqual(withoutOtherSide([own, his, passed], []), [own, his, passed]);
});

test("series, emergency, standing authorisation and one entity twice are no joint request", () => {
  const plain = { entityId: "a", otherEntityId: "b", series: false, emergency: false, standing: false };
  assert.deepEqual(codes(listJointRefusals(plain)), []);
  assert.deepEqual(codes(listJointRefusals({ ...plain, otherEntityId: "a" })), ["joint.same-entity"]);
  assert.deepEqual(codes(listJointRefusals({ ...plain, series: true, emergency: true, standing: true })), [
    ...["joint.not-series", "joint.not-emergency", "joint.not-standing"],
  ]);
});

test("C09: once one side has a number, whose the other is stays as it was", () => {
  assert.deepEqual(codes(listJointSwitchRefusals({ number: null, was: null, wanted: "b" })), []);
  assert.deepEqual(codes(listJointSwitchRefusals({ number: "LX-1", was: "b", wanted: "b" })), []);
  for (const [was, wanted] of [
    [null, "b"],
    ["b", null],
    ["b", "c"],
  ] as const)
    assert.deepEqual(codes(listJointSwitchRefusals({ number: "LX-1", was, wanted })), ["joint.fixed"]);
});

test("nothing goes on alone: what becomes of the other side, for everything that happens to one", () => {
  for (const event of ["returned", "rejected", "withdrawn"] as const)
    for (const own of [0, 1])
      for (const settled of [0, 1])
        for (const state of SEAL_USE_REQUEST_STATES) {
          const decided = decideOtherSide(event, { state: "authorised", settled: own }, { state, settled });
          if (state === "opened") {
            assert.equal(decided.ok, false, "nothing is taken back under a seal");
            if (!decided.ok) assert.deepEqual(codes(decided.refusals), ["joint.being-sealed"]);
            continue;
          }
          assert.ok(decided.ok);
          const [follows] = decided.events;
          const sealed = event === "withdrawn" && own + settled > 0;
          assert.equal(follows?.own, sealed ? "ends" : "goes");
          // Whatever comes back can: the machine has a way there from the state it is in.
          if (follows?.other === "returns")
            assert.deepEqual(decideRequest(state, "return-with-other").ok && state, state);
          if (follows?.other === "ends") assert.equal(decideRequest(state, "end").ok, true);
          // Afterwards the other side can not be sealed: it came back, has ended, or had sealed before.
          if (follows?.other === "stays")
            assert.ok(state !== "in-review" && state !== "authorised", `${event} leaves ${state} standing`);
        }
});

test("no seal stands before the other side has agreed", () => {
  const agreed = SEAL_USE_REQUEST_STATES.filter(hasAgreed);
  assert.deepEqual(agreed.toSorted(), ["authorised", "closed", "opened", "registered"]);
});

test("C17: a side is agreed to with its joint request and the other entity: another of either is another subject", () => {
  const subject = { joint: { jointId: "jnt_1", otherEntityId: "b" } } as Parameters<typeof approvalDigestInput>[0];
  const said = JSON.stringify(approvalDigestInput(subject));
  for (const joint of [
    { jointId: "jnt_2", otherEntityId: "b" },
    { jointId: "jnt_1", otherEntityId: "c" },
  ])
    assert.notEqual(JSON.stringify(approvalDigestInput({ ...subject, joint })), said);
});

const nobody: SideToAsk = { steps: [], custodians: [], supervisors: null, keepers: [] };
const step = (group: string, ...candidates: string[]): SideToAsk["steps"][number] => ({
  ...{ kind: "signatory", group, candidates },
});

test("who could be asked on both sides stays with his own entity; where he is needed more he goes there", () => {
  const sides = {
    first: { ...nobody, custodians: ["k1"], keepers: ["k1"], steps: [step("s", "shen", "mo")] },
    second: { ...nobody, custodians: ["k2"], keepers: ["k2"], steps: [step("s", "shen")] },
  };
  const parted = partSides(sides, (person) => (person === "shen" ? "first" : null));
  assert.ok(parted.ok);
  assert.deepEqual(parted.candidates, { first: [["mo"]], second: [["shen"]] });
  const free = partSides({ ...sides, second: { ...sides.second, steps: [step("s", "shen", "luo")] } }, (person) =>
    person === "luo" ? "second" : "first",
  );
  assert.deepEqual(free.ok && free.candidates, { first: [["shen", "mo"]], second: [["luo"]] });
});

test("C11: a joint request for which nobody would be left on one side is refused before it goes round", () => {
  const refusedFor = (first: Partial<SideToAsk>, second: Partial<SideToAsk>) => {
    const base = (keeper: string): SideToAsk => ({ ...nobody, custodians: [keeper], keepers: [keeper] });
    const parted = partSides({ first: { ...base("k1"), ...first }, second: { ...base("k2"), ...second } }, () => null);
    return parted.ok ? null : parted.refusals.map(({ code, facts }) => `${code} ${facts.duty}`).join();
  };
  assert.equal(refusedFor({}, {}), null);
  assert.equal(
    refusedFor({ steps: [step("s", "shen")] }, { steps: [step("s", "shen")] }),
    "joint.nobody-apart signatory",
  );
  assert.equal(refusedFor({ custodians: ["k2"] }, {}), "joint.nobody-apart custodian");
  assert.equal(refusedFor({ supervisors: ["lin"] }, { supervisors: ["lin"] }), "joint.nobody-apart supervisor");
  assert.equal(refusedFor({ steps: [step("s", "lin")] }, { supervisors: ["lin"] }), "joint.nobody-apart supervisor");
});

const people = ["a", "b", "c", "d", "e", "f"];
const anyPeople = fc.subarray(people, { minLength: 1, maxLength: 4 });
const anySide: fc.Arbitrary<SideToAsk> = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom("g1", "g2", "g3"), anyPeople), { maxLength: 3 }),
    fc.subarray(people, { minLength: 1, maxLength: 2 }),
    fc.option(anyPeople),
  )
  .map(([steps, keepers, supervisors]) => ({
    steps: steps.map(([group, candidates]) => step(group, ...candidates)),
    ...{ custodians: keepers, keepers, supervisors },
  }));

/** Said once more, by trying every way to part the people. */
function canBeParted(sides: Readonly<Record<JointSide, SideToAsk>>): boolean {
  for (let mask = 0; mask < 2 ** people.length; mask++) {
    const sideOf = (person: string): JointSide => JOINT_SIDES[(mask >> people.indexOf(person)) & 1] ?? "first";
    if (JOINT_SIDES.every((side) => isFull(sides, side, sideOf))) return true;
  }
  return false;
}
function isFull(
  sides: Readonly<Record<JointSide, SideToAsk>>,
  side: JointSide,
  sideOf: (person: string) => JointSide,
): boolean {
  const others = sides[side === "first" ? "second" : "first"].keepers;
  const own = sides[side];
  const free = (list: readonly string[]) => list.filter((one) => sideOf(one) === side && !others.includes(one));
  const fill = (lists: readonly (readonly string[])[], used: readonly string[]): boolean => {
    const [first, ...rest] = lists;
    return first === undefined || first.some((one) => !used.includes(one) && fill(rest, [...used, one]));
  };
  const groups = new Map<string, (readonly string[])[]>();
  for (const { group, candidates } of own.steps) groups.set(group, [...(groups.get(group) ?? []), free(candidates)]);
  groups.set("sealing", [free(own.custodians), ...(own.supervisors === null ? [] : [free(own.supervisors)])]);
  return [...groups.values()].every((lists) => fill(lists, []));
}

test("C11: people are parted whenever that is possible; nobody is asked on both sides, and every step has somebody", () => {
  const seen = { parted: 0, refused: 0 };
  fc.assert(
    fc.property(anySide, anySide, fc.func(fc.constantFrom("first", "second", null)), (first, second, homeOf) => {
      const sides = { first, second } as const;
      const parted = partSides(sides, homeOf as (person: string) => JointSide | null);
      assert.equal(parted.ok, canBeParted(sides));
      seen[parted.ok ? "parted" : "refused"] += 1;
      if (!parted.ok) {
        assert.deepEqual(codes(parted.refusals), ["joint.nobody-apart"]);
        return;
      }
      const asked = JOINT_SIDES.map((side) => new Set(parted.candidates[side].flat()));
      for (const person of asked[0] ?? []) assert.ok(!asked[1]?.has(person), `${person} is asked on both sides`);
      for (const side of JOINT_SIDES) {
        assert.equal(parted.candidates[side].length, sides[side].steps.length);
        for (const [at, list] of parted.candidates[side].entries()) {
          assert.ok(list.length > 0);
          assert.ok(list.every((one) => sides[side].steps[at]?.candidates.includes(one)));
          const others = sides[side === "first" ? "second" : "first"].keepers;
          assert.ok(
            !list.some((one) => others.includes(one)),
            "who keeps a seal of the other side decides nothing here",
          );
        }
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(seen.parted > 100 && seen.refused > 100, JSON.stringify(seen));
});
