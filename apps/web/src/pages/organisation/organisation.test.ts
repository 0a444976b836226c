import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asksForUnitChanges,
  decideView,
  filterPeople,
  findGrant,
  listGrantGaps,
  listScopeOptions,
  listUnitChangers,
  makeUnitTree,
  type Organisation,
  type Person,
  todayIn,
  type Unit,
} from "./organisation.ts";

const unit = (unitId: string, parentUnitId: string | null, entityId = "ent_1"): Unit => ({
  unitId,
  entityId,
  parentUnitId,
  name: { en: unitId, zh: unitId },
  head: null,
  people: 0,
});

test("units stand below their parents, and every unit stands once", () => {
  const tree = makeUnitTree([unit("a", null), unit("b", "a"), unit("c", "b"), unit("x", null, "ent_2")], "ent_1");
  assert.equal(tree.length, 1);
  assert.equal(tree[0]?.below[0]?.below[0]?.unit.unitId, "c");
});

test("a unit with an unknown parent stands at the top, and a circle ends", () => {
  assert.deepEqual(
    makeUnitTree([unit("a", "gone")], "ent_1").map((branch) => branch.unit.unitId),
    ["a"],
  );
  const circle = makeUnitTree([unit("a", "b"), unit("b", "a")], "ent_1");
  assert.deepEqual(
    circle.map((branch) => [branch.unit.unitId, branch.below.map((below) => below.unit.unitId)]),
    [["a", ["b"]]],
  );
});

const person: Person = {
  personId: "per_1",
  name: { en: "Chen Yilin", zh: "陈以琳" },
  login: "chen",
  guest: false,
  unitId: null,
  mayInviteAgain: false,
  entityId: null,
  state: "active",
  roles: ["custodian"],
  hasPasskey: true,
  lastSignInAt: null,
  awayUntil: null,
};

test("people are found by either name, sign-in name or role", () => {
  const wordOf = (): string => "Custodian";
  for (const search of ["yil", "以琳", "CHEN", "custod", " "])
    assert.equal(filterPeople([person], search, wordOf).length, 1);
  assert.equal(filterPeople([person], "wu", wordOf).length, 0);
});

test("all that a grant lacks is told at once", () => {
  const empty = { role: "", scopeKey: "", from: "", to: "", risk: "" };
  assert.deepEqual(listGrantGaps(empty), { role: "choose", scope: "choose", from: "choose" });
  const whole = { ...empty, role: "custodian", scopeKey: "seal_1", from: "2026-11-28" };
  assert.deepEqual(listGrantGaps(whole), { role: false, scope: false, from: false });
});

test("who may not ask for the closing of a unit is told whom to turn to", () => {
  assert.equal(asksForUnitChanges(["seal-administrator", "custodian"]), false);
  assert.equal(asksForUnitChanges(["unit-head"]), true);
  const keeper: Person = { ...person, name: { en: "Qin Lang", zh: "秦朗" }, roles: ["system-administrator"] };
  const gone: Person = { ...keeper, name: { en: "Gone", zh: "离" }, state: "departed" };
  assert.deepEqual(
    listUnitChangers([person, keeper, gone]).map((name) => name.en),
    ["Qin Lang"],
  );
});

const organisation: Organisation = {
  name: { en: "Lanxi", zh: "澜汐" },
  profile: "strict",
  sample: false,
  entities: [
    { entityId: "ent_1", name: { en: "Lanxi", zh: "澜汐" }, code: "LX", timeZone: "UTC", legalRepresentative: null },
  ],
  units: [unit("unit_1", null)],
};
const seals = [
  { sealId: "seal_1", name: { en: "Contract seal", zh: "合同专用章" }, state: "in-use" },
  { sealId: "seal_2", name: { en: "Former seal", zh: "旧章" }, state: "destroyed" },
];

test("a role is offered only for what it can be held for", () => {
  const kinds = (role: string): string[] =>
    listScopeOptions(role, organisation, seals).map((option) => option.scope.kind);
  assert.deepEqual(kinds("custodian"), ["entity", "seal"]);
  assert.deepEqual(kinds("unit-head"), ["unit"]);
  assert.deepEqual(kinds("applicant"), ["entity", "unit"]);
  assert.deepEqual(kinds("inspector"), ["entity"]);
});

test("a grant is sent only when it is complete and its days run forwards", () => {
  const options = listScopeOptions("custodian", organisation, seals);
  const form = { role: "custodian", scopeKey: "seal_1", from: "2026-11-24", to: "", risk: " " };
  assert.deepEqual(findGrant(form, options, ["custodian"]), {
    role: "custodian",
    scope: { kind: "seal", sealId: "seal_1" },
    from: "2026-11-24",
    to: null,
    risk: null,
  });
  assert.equal(findGrant({ ...form, to: "2026-11-23" }, options, ["custodian"]), undefined);
  assert.equal(findGrant({ ...form, scopeKey: "unit_1" }, options, ["custodian"]), undefined);
  assert.equal(findGrant({ ...form, role: "king" }, options, ["custodian"]), undefined);
});

test("views and days", () => {
  assert.equal(decideView("people"), "people");
  assert.equal(decideView(["people"]), "structure");
  assert.equal(todayIn(new Date("2026-11-23T16:30:00Z"), "Asia/Shanghai"), "2026-11-24");
});
