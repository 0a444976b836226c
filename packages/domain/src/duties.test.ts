import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  DUTIES,
  type Duty,
  findFreeHolders,
  findMeetingDuties,
  findSealingHolders,
  findSealingTurn,
  holdersFor,
  listApplicantRefusals,
  listConfirmers,
  listTakenDuties,
  mayMeet,
  type TakenDuty,
} from "./duties.ts";
import { makeGrant, onSeal, onUnit } from "./test-grants.ts";
import { listTextFaults } from "./test-texts.ts";
import { PROFILES, ROLES } from "./vocabulary.ts";

const today = "2026-06-01";
const seal = { sealId: "seal", entityId: "ent" };
const two = { sealId: "two", entityId: "ent" };

test("C11: in one request who asks never decides, keeps or supervises, and of the others none has two duties", () => {
  const allowed = new Set(["applicant handler", "approver legal-reviewer"]);
  for (const profile of PROFILES)
    for (const a of DUTIES)
      for (const b of DUTIES) {
        const pair = [a, b].toSorted().join(" ");
        const small = profile === "small" && pair === "legal-reviewer supervisor";
        assert.equal(mayMeet(profile, a, b), a === b || allowed.has(pair) || small, `${profile}: ${pair}`);
        assert.equal(mayMeet(profile, a, b), mayMeet(profile, b, a));
      }
});

test("C11: what is never loosened stays apart in every profile", () => {
  const never: readonly (readonly [Duty, Duty])[] = [
    ["applicant", "signatory"],
    ["applicant", "supervisor"],
    ["signatory", "supervisor"],
    ["signatory", "custodian"],
    ["custodian", "supervisor"],
  ];
  for (const profile of PROFILES) for (const [a, b] of never) assert.equal(mayMeet(profile, a, b), false);
});

test("C11: every pair of duties that meet in one person is found, once", () => {
  assert.deepEqual(
    findMeetingDuties("strict", [
      { personId: "p", duty: "applicant" },
      { personId: "p", duty: "handler" },
      { personId: "q", duty: "approver" },
      { personId: "p", duty: "custodian" },
    ]),
    [
      { personId: "p", duties: ["applicant", "custodian"] },
      { personId: "p", duties: ["handler", "custodian"] },
    ],
  );
});

test("the duties of a request are who asked, who carries the papers, and who decided", () => {
  assert.deepEqual(
    listTakenDuties({
      applicantId: "a",
      handlerId: null,
      steps: [
        { kind: "unit-head", decidedBy: "h" },
        { kind: "legal-review", decidedBy: "l" },
        { kind: "signatory", decidedBy: null },
      ],
    }),
    [
      { personId: "a", duty: "applicant" },
      { personId: "h", duty: "approver" },
      { personId: "l", duty: "legal-reviewer" },
    ],
  );
});

test("C08: custodian of a seal is only who a grant names for it; other roles reach over the entity too", () => {
  for (const role of ROLES) {
    const grants = [
      makeGrant("entity", role),
      makeGrant("seal", role, onSeal("seal")),
      makeGrant("another seal", role, onSeal("two")),
      makeGrant("unit", role, onUnit("unit")),
      makeGrant("elsewhere", role, { entityId: "other" }),
      makeGrant("over", role, { to: "2026-05-31" }),
      makeGrant("not yet", role, { from: "2026-06-02" }),
      makeGrant("last day", role, { ...onSeal("seal"), to: today }),
      makeGrant("first day", role, { ...onSeal("seal"), from: today }),
    ];
    const byEntity = role === "custodian" ? [] : ["entity"];
    assert.deepEqual(holdersFor(grants, role, seal, today), [...byEntity, "seal", "last day", "first day"], role);
  }
});

test("C04 C08: releasing and supervising asks for the duty over every seal; custodians may be the second pair of eyes", () => {
  const grants = [
    makeGrant("both", "custodian", onSeal("seal")),
    makeGrant("both", "custodian", onSeal("two")),
    makeGrant("one", "custodian", onSeal("seal")),
    makeGrant("watch", "supervisor"),
    makeGrant("half", "supervisor", onSeal("two")),
  ];
  assert.deepEqual(findSealingHolders(grants, [seal, two], today), {
    custodians: ["both"],
    supervisors: ["watch", "both"],
  });
  assert.deepEqual(findSealingHolders(grants, [seal], today), {
    custodians: ["both", "one"],
    supervisors: ["watch", "both", "one"],
  });
  assert.deepEqual(findSealingHolders(grants, [], today), { custodians: [], supervisors: [] });
});

test("C11: who is free to release or to supervise has no duty that may not meet it", () => {
  const taken = fc.array(
    fc.record({ personId: fc.constantFrom("a", "b", "c", "d"), duty: fc.constantFrom(...DUTIES) }),
  );
  const holders = { custodians: ["a", "b", "c"], supervisors: ["b", "c", "d"] };
  fc.assert(
    fc.property(taken, fc.constantFrom(...PROFILES), (duties, profile) => {
      const free = findFreeHolders(profile, holders, duties);
      for (const [people, all, duty] of [
        [free.custodians, holders.custodians, "custodian"],
        [free.supervisors, holders.supervisors, "supervisor"],
      ] as const)
        for (const personId of all) {
          const own: TakenDuty[] = duties.filter((one) => one.personId === personId && one.duty !== duty);
          const meeting = findMeetingDuties(profile, [...own, { personId, duty }]).filter((one) =>
            one.duties.includes(duty),
          );
          assert.equal(people.includes(personId), meeting.length === 0);
        }
    }),
  );
});

const crew = [
  makeGrant("custodian", "custodian", onSeal("seal")),
  makeGrant("second", "custodian", onSeal("seal")),
  makeGrant("supervisor", "supervisor"),
];
type Asked = Parameters<typeof listApplicantRefusals>[0];
function ask(change: Partial<Asked> = {}): string[] {
  const refusals = listApplicantRefusals({
    profile: "strict",
    applicantId: "applicant",
    handlerId: null,
    seals: [{ ...seal, important: true }],
    grants: crew,
    today,
    ...change,
  });
  for (const { code, facts } of refusals) assert.deepEqual(listTextFaults(code, facts), []);
  return refusals.map((refusal) => refusal.code);
}

test("C11: inspectors, certificate keepers and system administrators do not ask for a seal they are that for", () => {
  assert.deepEqual(ask(), []);
  for (const role of ROLES) {
    const never = ["inspector", "certificate-keeper", "system-administrator"].includes(role);
    const held = [...crew, makeGrant("applicant", role)];
    assert.deepEqual(ask({ grants: held }), never ? ["entry.role-never-asks"] : [], role);
    assert.deepEqual(
      ask({ grants: held, applicantId: "x", handlerId: "applicant" }),
      never ? ["entry.role-never-asks"] : [],
    );
    assert.deepEqual(
      ask({ grants: held, handlerId: "applicant" }),
      never ? ["entry.role-never-asks"] : [],
      "told once",
    );
    assert.deepEqual(
      ask({ grants: [...crew, makeGrant("applicant", role, { entityId: "other" })] }),
      [],
      "of another entity",
    );
  }
});

test("C11: in the small profile the applicant may be system administrator, and no more than that", () => {
  const holding = (role: (typeof ROLES)[number]) =>
    ask({ profile: "small", grants: [...crew, makeGrant("applicant", role)] });
  assert.deepEqual(holding("system-administrator"), []);
  assert.deepEqual(holding("inspector"), ["entry.role-never-asks"]);
  assert.deepEqual(holding("certificate-keeper"), ["entry.role-never-asks"]);
});

test("C08: a request that nobody could release is refused before anybody approves it", () => {
  const [custodian, second, supervisor] = crew;
  assert.ok(custodian && second && supervisor);
  assert.deepEqual(ask({ grants: [supervisor] }), ["entry.custodian-missing"]);
  assert.deepEqual(ask({ grants: [custodian, supervisor], applicantId: "custodian" }), ["entry.custodian-missing"]);
  assert.deepEqual(ask({ grants: [custodian, supervisor], handlerId: "custodian" }), ["entry.custodian-missing"]);
  assert.deepEqual(ask({ grants: crew, applicantId: "custodian" }), [], "the other custodian releases");
  const apart = [custodian, makeGrant("second", "custodian", onSeal("two")), supervisor];
  const both = [seal, two].map((one) => ({ ...one, important: false }));
  assert.deepEqual(ask({ grants: apart, seals: both }), ["entry.custodian-missing"], "nobody keeps both seals");
});

test("C04: a request on an important seal that nobody could supervise is refused before anybody approves it", () => {
  const [custodian, second, supervisor] = crew;
  assert.ok(custodian && second && supervisor);
  assert.deepEqual(ask({ grants: [custodian] }), ["entry.supervisor-missing"]);
  assert.deepEqual(ask({ grants: [custodian, supervisor], applicantId: "supervisor" }), ["entry.supervisor-missing"]);
  assert.deepEqual(ask({ grants: [custodian, second] }), [], "the second custodian watches the first");
  assert.deepEqual(ask({ grants: [custodian], seals: [{ ...seal, important: false }] }), []);
  assert.deepEqual(ask({ grants: [], seals: [] }), [], "without a seal that is missing, and said elsewhere");
});

test("C04: who may confirm is everybody free to supervise but the one who released", () => {
  const free = { custodians: ["chen", "he"], supervisors: ["lin", "chen", "he"] };
  assert.deepEqual(listConfirmers(free, null), ["lin", "chen", "he"], "any of two custodians may watch the other");
  assert.deepEqual(listConfirmers(free, "chen"), ["lin", "he"]);
  assert.deepEqual(listConfirmers({ custodians: ["chen"], supervisors: ["lin", "chen"] }, null), ["lin"]);
  assert.deepEqual(listConfirmers({ custodians: [], supervisors: ["lin"] }, null), [], "nobody is left to release");
});

test("C04: it is the custodians' turn until one has released, and only then the turn of who watches", () => {
  const free = { custodians: ["chen", "he"], supervisors: ["lin", "chen", "he"] };
  const turn = (releasedBy: string | null, confirmedBy: string | null, supervisionNeeded = true) =>
    findSealingTurn(free, { releasedBy, confirmedBy, supervisionNeeded });
  assert.deepEqual(turn(null, null), { act: "release", people: ["chen", "he"] });
  assert.deepEqual(turn("chen", null), { act: "confirmation", people: ["lin", "he"] });
  assert.equal(turn("chen", "lin"), null);
  assert.equal(turn("chen", null, false), null);
});

test("C04: over any crew, who is waited for to confirm was waited for as a confirmer before, and never released", () => {
  const people = fc.subarray(["a", "b", "c", "d"]);
  fc.assert(
    fc.property(people, people, fc.constantFrom("a", "b", "c", "d"), (custodians, supervisors, releasedBy) => {
      fc.pre(custodians.includes(releasedBy));
      const free = { custodians, supervisors };
      const turn = findSealingTurn(free, { releasedBy, confirmedBy: null, supervisionNeeded: true });
      assert.ok(turn && turn.act === "confirmation" && !turn.people.includes(releasedBy));
      assert.ok(turn.people.every((one) => listConfirmers(free, null).includes(one)));
    }),
  );
});
