import assert from "node:assert/strict";
import { test } from "node:test";
import {
  couldSubmit,
  listJoinableRoles,
  listMissingCrew,
  listSealsWithoutStandIn,
  type PossibleApplicant,
} from "./crew.ts";
import { starterBook } from "./document-class.ts";
import { findFreeHolders, findSealingHolders, listApplicantRefusals, listTakenDuties } from "./duties.ts";
import { findLoneChains } from "./lone-chain.ts";
import { decideRoute } from "./route.ts";
import { decideGrant, type Grant, type SealForSeparation } from "./separation-matrix.ts";
import { starterRules } from "./starter-rules.ts";
import { makeGrant, makeSeal, onSeal, onUnit } from "./test-grants.ts";
import { demandedFor } from "./test-rules.ts";
import { PROFILES, type Profile, ROLES } from "./vocabulary.ts";

const today = "2026-06-01";
const official = makeSeal("official", "official", true);
const department = makeSeal("department", "department", false);
const units = [{ unitId: "unit", parentUnitId: null }];
const known = (personId: string, change: Partial<PossibleApplicant> = {}): PossibleApplicant => ({
  ...{ personId, entityId: "ent", unitId: "unit", guest: false, ...change },
});
const anybody = [known("asker")];
const missing = (
  profile: Profile,
  grants: readonly Grant[],
  seals: readonly SealForSeparation[] = [],
  people: readonly PossibleApplicant[] = anybody,
): string[] =>
  listMissingCrew(
    profile,
    ["ent"],
    grants,
    seals,
    today,
    people,
    units,
    starterRules(profile === "small" ? "small-company" : "group"),
    starterBook,
  ).map(({ role, sealId, missing: count }) => `${count} ${role}${sealId ? ` of ${sealId}` : ""}`);

/** Gives grants one after the other through the matrix; a refused one is a fault of the test. */
function give(profile: Profile, seals: readonly SealForSeparation[], wanted: readonly Grant[]): Grant[] {
  const given: Grant[] = [];
  for (const grant of wanted) {
    const decided = decideGrant(grant, { profile, actorId: "grantor", existing: given, seals, today, risk: "stated" });
    assert.ok(decided.ok, `${grant.grantId}: ${decided.ok ? "" : decided.refusals.map((one) => one.code).join()}`);
    given.push(grant);
  }
  return given;
}

test("an empty entity tells everybody it needs, by profile", () => {
  const whole = [
    "1 system-administrator",
    "1 seal-administrator",
    "1 signatory",
    "2 custodian",
    "1 supervisor",
    "1 certificate-keeper",
    "1 legal-reviewer",
    "1 inspector",
    "1 unit-head",
  ];
  assert.deepEqual(missing("strict", []), whole);
  assert.deepEqual(missing("standard", []), whole);
  assert.deepEqual(
    missing("small", []),
    whole.filter((line) => line !== "1 unit-head").map((line) => line.replace("2 custodian", "1 custodian")),
  );
});

test("C04 C12: as soon as there is a seal, its own people are asked for, each seal for itself", () => {
  const entity = [
    makeGrant("sys", "system-administrator"),
    makeGrant("adm", "seal-administrator"),
    makeGrant("law", "legal-reviewer"),
    makeGrant("insp", "inspector"),
    makeGrant("head", "unit-head", onUnit("unit")),
  ];
  assert.deepEqual(missing("strict", entity, [official, department]), [
    "1 signatory of official",
    "2 custodian of official",
    "1 supervisor of official",
    "1 certificate-keeper of official",
    "1 signatory of department",
    "2 custodian of department",
    "1 supervisor of department",
    "1 certificate-keeper of department",
  ]);
  const ofOne = [...entity, makeGrant("sig", "signatory", onSeal("official"))];
  assert.ok(missing("strict", ofOne, [official, department]).includes("1 signatory of department"));
  const reaching = [
    ...entity,
    makeGrant("sig", "signatory"),
    makeGrant("watch", "supervisor"),
    makeGrant("key", "certificate-keeper"),
  ];
  assert.deepEqual(missing("strict", reaching, [official]), ["2 custodian of official"]);
  const entityCustodian = [...reaching, makeGrant("c", "custodian"), makeGrant("d", "custodian", onSeal("official"))];
  assert.deepEqual(
    missing("strict", entityCustodian, [official]),
    ["1 custodian of official"],
    "custody is seal by seal",
  );
});

test("C16: an entity whose seals are none of them important needs no inspector; ended seals need nobody", () => {
  const lines = missing("strict", [], [department]);
  assert.ok(!lines.includes("1 inspector"));
  assert.ok(lines.includes("2 custodian of department"), "a custodian and his deputy");
  assert.ok(!missing("small", [], [department]).some((line) => line.includes("supervisor")));
  const ended = { ...official, live: false };
  assert.ok(missing("strict", [], [ended, department]).every((line) => !line.endsWith("of official")));
});

test("grants that are over, or of another entity, fill no place", () => {
  const over = makeGrant("sig", "signatory", { to: "2026-05-31" });
  const elsewhere = makeGrant("sig", "signatory", { entityId: "other" });
  assert.ok(missing("strict", [over, elsewhere]).includes("1 signatory"));
  assert.ok(!missing("strict", [makeGrant("sig", "signatory", { to: today })]).includes("1 signatory"));
});

test("the small profile works with three people and one guest: everybody is there, and a use goes from asking to sealing", () => {
  const profile = "small";
  const guest = { guest: true };
  const until = { to: "2026-12-31" };
  const grants = give(
    profile,
    [official],
    [
      makeGrant("employee", "system-administrator"),
      makeGrant("employee", "applicant", until),
      makeGrant("director", "signatory"),
      makeGrant("director", "seal-administrator", until),
      makeGrant("keeper", "custodian", onSeal("official")),
      makeGrant("lawyer", "legal-reviewer", guest),
      makeGrant("lawyer", "supervisor", { ...guest, ...until }),
      makeGrant("lawyer", "inspector", { ...guest, ...until }),
      makeGrant("lawyer", "certificate-keeper", guest),
    ],
  );
  const people = [known("employee"), known("director"), known("keeper"), known("lawyer", guest)];
  assert.deepEqual(missing(profile, grants, [official], people), []);
  assert.deepEqual(
    people
      .filter((person) =>
        couldSubmit(person, official, {
          profile,
          grants,
          units,
          today,
          rules: starterRules("small-company"),
          classes: starterBook,
        }),
      )
      .map((one) => one.personId),
    ["employee"],
  );
  assert.deepEqual(findLoneChains({ grants, seals: [official], today: () => today }), []);
  const asked = { applicantId: "employee", handlerId: null, profile, today } as const;
  assert.deepEqual(listApplicantRefusals({ ...asked, seals: [official], grants }), []);
  const facts = { ...asked, entityId: "ent", unitId: null, sealIds: ["official"] } as const;
  const route = decideRoute(facts, demandedFor("small-company", "contract"), [], grants);
  assert.ok(route.ok);
  assert.deepEqual(
    route.steps.map(({ kind, candidates }) => [kind, ...candidates]),
    [
      ["legal-review", "lawyer"],
      ["signatory", "director"],
    ],
  );
  const steps = route.steps.map(({ kind, candidates }) => ({ kind, decidedBy: candidates[0] ?? null }));
  const free = findFreeHolders(
    profile,
    findSealingHolders(grants, [official], today),
    listTakenDuties({ ...asked, steps }),
  );
  assert.deepEqual(free, { custodians: ["keeper"], supervisors: ["lawyer", "keeper"] });
});

test("the same four people do not fit the strict matrix, so nobody takes the small profile's freedom without choosing it", () => {
  const guest = { guest: true };
  const ask = (held: Grant, wanted: Grant) =>
    decideGrant(wanted, { profile: "strict", actorId: "x", existing: [held], seals: [official], today }).ok;
  assert.equal(ask(makeGrant("director", "signatory"), makeGrant("director", "seal-administrator")), false);
  assert.equal(ask(makeGrant("lawyer", "legal-reviewer", guest), makeGrant("lawyer", "supervisor", guest)), false);
});

test("C11: a crew in which nobody could ask is not whole: who might ask keeps the certificate, decides or keeps the seal", () => {
  const profile = "small";
  const crew = [
    makeGrant("employee", "system-administrator"),
    makeGrant("employee", "applicant"),
    makeGrant("director", "signatory"),
    makeGrant("director", "seal-administrator"),
    makeGrant("lawyer", "legal-reviewer"),
    makeGrant("lawyer", "supervisor"),
    makeGrant("lawyer", "inspector"),
  ];
  const kept = makeGrant("keeper", "custodian", onSeal("official"));
  const people = [known("employee"), known("director"), known("keeper"), known("lawyer", { guest: true })];
  const ask = (grants: readonly Grant[], seals = [official], who = people) => missing(profile, grants, seals, who);
  const ofEmployee = [...crew, makeGrant("employee", "certificate-keeper")];
  assert.deepEqual(ask([...ofEmployee, kept]), ["1 applicant of official"]);
  assert.deepEqual(
    ask([...ofEmployee, makeGrant("keeper", "custodian")], []),
    ["1 applicant"],
    "before there is a seal",
  );
  const ofLawyer = [...crew, makeGrant("lawyer", "certificate-keeper")];
  assert.deepEqual(ask([...ofLawyer, kept]), []);
  assert.deepEqual(ask([...ofLawyer, makeGrant("keeper", "custodian")], []), []);
  assert.deepEqual(ask([...ofEmployee, kept], [official], [...people, known("newcomer")]), []);
  const guest = known("newcomer", { guest: true });
  assert.deepEqual(ask([...ofEmployee, kept], [official], [...people, guest]), ["1 applicant of official"]);
  const elsewhere = known("newcomer", { entityId: "other" });
  assert.deepEqual(ask([...ofEmployee, kept], [official], [...people, elsewhere]), ["1 applicant of official"]);
});

test("C11: what the grant check allows to an applicant is what a submission allows him", () => {
  for (const profile of PROFILES)
    for (const role of ROLES) {
      const held = makeGrant("p", role, role === "custodian" ? onSeal("official") : {});
      const decided = decideGrant(makeGrant("p", "applicant", { to: today }), {
        ...{ profile, actorId: "x", existing: [held], seals: [official], today, risk: "stated" },
      });
      const submitted = listApplicantRefusals({
        ...{ profile, applicantId: "p", handlerId: null, seals: [official], today },
        grants: [held],
      }).some((refusal) => refusal.code === "entry.role-never-asks");
      if (role !== "applicant") assert.equal(decided.ok, !submitted, `${profile}: ${role}`);
    }
});

test("C11: the roles one person may join are those that meet by the matrix and in one request", () => {
  assert.deepEqual(listJoinableRoles("small", "system-administrator", false), ["applicant", "certificate-keeper"]);
  assert.deepEqual(listJoinableRoles("small", "signatory", false), ["seal-administrator"]);
  assert.deepEqual(listJoinableRoles("small", "custodian", false), []);
  assert.deepEqual(listJoinableRoles("small", "legal-reviewer", true), [
    ...["unit-head", "supervisor", "certificate-keeper", "seal-administrator", "inspector"],
  ]);
  assert.deepEqual(listJoinableRoles("strict", "signatory", false), []);
  for (const profile of PROFILES)
    for (const guest of [false, true])
      for (const role of ROLES)
        for (const other of listJoinableRoles(profile, role, guest))
          assert.ok(listJoinableRoles(profile, other, guest).includes(role), `${role} × ${other}`);
});

test("C07: whether anybody could ask for a seal is asked of the classes that its kind rules today", () => {
  const kept = onSeal("department");
  const grants = [
    ...[makeGrant("boss", "signatory"), makeGrant("law", "legal-reviewer")],
    ...[makeGrant("keeper", "custodian", kept), makeGrant("watch", "supervisor", kept)],
  ];
  const facts = {
    profile: "small",
    grants,
    units,
    today,
    rules: starterRules("small-company"),
    classes: starterBook,
  } as const;
  assert.equal(couldSubmit(known("asker"), department, facts), true);
  const kind = { classes: [], dualControl: false };
  assert.equal(couldSubmit(known("asker"), { ...department, kind }, facts), false, "it may stand on nothing any more");
});

test("C11 C14 three people and a guest use a seal that nobody else could keep; a fourth with no other duty could", () => {
  const people = [known("administrator"), known("director"), known("keeper"), known("guest", { guest: true })];
  const grants = [
    makeGrant("administrator", "system-administrator"),
    makeGrant("director", "signatory"),
    makeGrant("director", "seal-administrator"),
    makeGrant("keeper", "custodian", onSeal("official")),
    makeGrant("guest", "supervisor", { guest: true }),
  ];
  const lacking = (who: readonly PossibleApplicant[], given: readonly Grant[] = grants, seals = [official]) =>
    listSealsWithoutStandIn("small", "ent", given, seals, today, who).map((one) => one.sealId);
  assert.deepEqual(lacking(people), ["official"]);
  assert.deepEqual(lacking([...people, known("fourth")]), []);
  assert.deepEqual(lacking([...people, known("second guest", { guest: true })]), ["official"]);
  const two = [...grants, makeGrant("second", "custodian", onSeal("official"))];
  assert.deepEqual(lacking(people, two), [], "the second custodian stands in for the first");
  // Before there is a seal it is told of the first one that would be made.
  const fit = [...grants.filter((one) => one.role !== "custodian"), makeGrant("keeper", "custodian")];
  assert.deepEqual(lacking(people, fit, []), [null]);
  assert.deepEqual(lacking(people, [], []), [], "who is missing altogether is told as missing");
});
