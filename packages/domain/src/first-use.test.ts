import assert from "node:assert/strict";
import { test } from "node:test";
import { listMissingCrew } from "./crew.ts";
import { starterBook } from "./document-class.ts";
import { couldUseASeal, type FirstUseFacts, type FirstUseStep, listFirstUseSteps, smallestCrew } from "./first-use.ts";
import { decideGrant, type Grant } from "./separation-matrix.ts";
import { starterRules } from "./starter-rules.ts";
import { makeGrant, makeSeal, onSeal } from "./test-grants.ts";
import type { Role } from "./vocabulary.ts";

const today = "2026-06-01";
const official = { ...makeSeal("official", "official", true), state: "in-use" as const, goesInUse: false };
const entities = [{ entityId: "ent", today, units: [] }];

type Stage = FirstUseFacts["grants"][number]["stage"];
const held = (person: string, role: Role, stage: Stage, change: Partial<Grant> = {}) => ({
  ...makeGrant(person, role, change),
  stage,
});
const person = (personId: string, state: FirstUseFacts["people"][number]["state"] = "active", guest = false) => ({
  ...{ personId, entityId: "ent", unitId: null, guest, state },
});
const small = (change: Partial<FirstUseFacts>): FirstUseFacts => ({
  rules: starterRules("small-company"),
  classes: starterBook,
  ...{ profile: "small", entities, grants: [], seals: [], people: [], accounts: [], matters: [], ...change },
});
/** The smallest crew, every grant at one stage, and the keeper named for the seal. */
const crewAt = (stage: Stage) => [
  ...smallestCrew.flatMap(({ who, guest, roles }) => roles.map((role) => held(who, role, stage, { guest }))),
  held("keeper", "custodian", stage, onSeal("official")),
];
const four = smallestCrew.map(({ who, guest }) => person(who, "active", guest));
const tell = (step: FirstUseStep): string => {
  switch (step.kind) {
    case "confirm-account":
      return `${step.kind} ${step.account.personId}: ${step.by.join()} / ${step.later.join()}`;
    case "confirm-position":
      return `${step.kind} ${step.personId} ${step.positions.map(({ role, sealId }) => (sealId ? `${role} of ${sealId}` : role)).join()}`;
    case "take-up-account":
      return `${step.kind} ${step.personId}`;
    case "name":
      return `${step.kind} ${step.role}`;
    case "decide-seal":
      return `${step.kind} ${step.by.join()}`;
    default:
      return step.kind;
  }
};
const steps = (change: Partial<FirstUseFacts>): string[] => listFirstUseSteps(small(change)).map(tell);

test("C11 C12: the smallest crew passes the matrix of its profile, and nobody is missing in it", () => {
  const given: Grant[] = [];
  for (const { who, guest, roles } of smallestCrew)
    for (const role of roles) {
      const grant = makeGrant(who, role, { guest, to: "2026-12-31" });
      const decided = decideGrant(grant, {
        ...{ profile: "small", actorId: "x", existing: given, seals: [], today, risk: "stated" },
      });
      assert.ok(decided.ok, `${who} ${role}`);
      given.push(grant);
    }
  assert.deepEqual(
    listMissingCrew("small", ["ent"], given, [], today, four, [], starterRules("small-company"), starterBook),
    [],
  );
});

test("an organisation just set up is asked to name everybody, somebody who could ask among them, and then a seal", () => {
  const first = {
    grants: [held("administrator", "system-administrator", "confirmed")],
    people: [person("administrator")],
  };
  assert.deepEqual(steps(first), [
    ...["seal-administrator", "signatory", "custodian", "supervisor", "certificate-keeper"].map(
      (role) => `name ${role}`,
    ),
    ...["name legal-reviewer", "name inspector", "name applicant", "ask-for-seal"],
  ]);
  const asks = [...first.grants, held("administrator", "applicant", "asked")];
  assert.ok(!steps({ ...first, grants: asks }).includes("name applicant"), "who is to have the role may ask");
});

test("C11: the guest, as inspector, consents to the director's second role; the director confirms the guest", () => {
  const people = [person("administrator"), person("director"), person("guest", "awaiting-confirmation", true)];
  const account = { accountChangeId: "a", personId: "guest", askedBy: "administrator", loosened: false };
  const runs = { accountChangeId: "b", personId: "director", askedBy: "administrator", loosened: true };
  const accounts = [
    { ...account, roles: ["inspector" as const] },
    { ...runs, roles: ["seal-administrator" as const] },
  ];
  const grants = (director: Stage, guest: Stage) => [
    held("director", "signatory", director),
    held("guest", "inspector", guest),
  ];
  const confirming = (director: Stage, guest: Stage, state: FirstUseFacts["people"]) =>
    steps({ grants: grants(director, guest), people: state, accounts }).slice(0, 2);
  assert.deepEqual(confirming("confirmed", "asked", people), [
    "confirm-account guest: director / ",
    "confirm-account director:  / guest",
  ]);
  assert.deepEqual(confirming("given", "asked", people)[0], "confirm-account guest:  / director");
  const active = [person("director"), person("guest", "active", true)];
  assert.deepEqual(confirming("confirmed", "confirmed", active)[0], "confirm-account director: guest / ");
});

test("who has no account yet takes it up, and who has one confirms his positions, before a seal can be used", () => {
  const found = steps({
    grants: crewAt("given"),
    seals: [official],
    people: four.map((one) => (one.personId === "keeper" ? { ...one, state: "invited" as const } : one)),
  });
  assert.deepEqual(found, [
    "take-up-account keeper",
    "confirm-position administrator system-administrator,applicant",
    "confirm-position director signatory,seal-administrator",
    "confirm-position guest legal-reviewer,supervisor,inspector,certificate-keeper",
  ]);
});

test("a seal that goes in use with the last confirmation is put in use by nobody, and asked for no second time", () => {
  const waiting = { grants: crewAt("given"), people: four, seals: [{ ...official, state: "filed" as const }] };
  assert.ok(steps(waiting).includes("put-in-use"));
  const going = steps({ ...waiting, seals: [{ ...official, state: "filed", goesInUse: true }] });
  assert.deepEqual(
    going.filter((one) => !one.startsWith("confirm-position")),
    [],
  );
});

test("who would hold what enough others hold already is not waited for", () => {
  const whole = { grants: crewAt("confirmed"), seals: [{ ...official, state: "filed" as const }] };
  const spare = person("spare", "invited");
  const fresh = person("fresh");
  assert.deepEqual(
    steps({
      ...whole,
      people: [...four, spare, fresh],
      grants: [...whole.grants, held("spare", "custodian", "given"), held("fresh", "supervisor", "given")],
      accounts: [{ accountChangeId: "a", personId: "more", askedBy: "x", loosened: false, roles: ["signatory"] }],
    }),
    ["put-in-use"],
  );
});

test("a position for a seal is told with its seal, beside the one that was confirmed before", () => {
  const keeps = held("keeper", "custodian", "given", onSeal("official"));
  const grants = [...crewAt("confirmed").slice(0, -1), keeps];
  assert.deepEqual(steps({ grants, people: four, seals: [official] }), [
    "confirm-position keeper custodian of official",
  ]);
});

test("a seal that is asked for waits for whoever decides, one that is made to be put in use; then nothing is left", () => {
  const whole = { grants: crewAt("confirmed"), people: four };
  assert.deepEqual(steps({ ...whole, matters: [{ matterId: "m", by: ["director"] }] }), ["decide-seal director"]);
  assert.deepEqual(steps({ ...whole, seals: [{ ...official, state: "filed" }] }), ["put-in-use"]);
  assert.deepEqual(steps({ ...whole, seals: [official] }), []);
  assert.ok(couldUseASeal(small({ ...whole, seals: [official] })));
  assert.ok(!couldUseASeal(small({ ...whole, seals: [{ ...official, state: "frozen" }] })));
  assert.ok(!couldUseASeal(small({ ...whole, seals: [official], people: four.slice(1) })), "nobody could ask");
});
