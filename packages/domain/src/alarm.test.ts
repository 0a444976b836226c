import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  ALARM_TOLD,
  type AlarmPlace,
  type AlarmTold,
  type AlarmToTell,
  climbToSomebody,
  escalatesAt,
  judgeAlarmWord,
  listCalled,
  listKeepers,
  quietAlarms,
  speedOfAlarm,
} from "./alarm.ts";
import { makeGrant, onSeal, onUnit } from "./test-grants.ts";

const grants = [
  makeGrant("kept", "custodian", onSeal("s1")),
  makeGrant("deputy", "custodian", onSeal("s1")),
  makeGrant("elsewhere", "custodian", onSeal("s2")),
  makeGrant("watcher", "supervisor", onSeal("s1")),
  makeGrant("admin", "seal-administrator"),
  makeGrant("auditor", "inspector"),
  makeGrant("keeper", "system-administrator"),
  makeGrant("signs", "signatory"),
  makeGrant("near", "unit-head", onUnit("u1")),
  makeGrant("above", "unit-head", onUnit("u0")),
];
const place: AlarmPlace = {
  ...{ entityId: "ent", sealIds: ["s1"], custodians: ["kept"], holders: ["carrier"], unitIds: ["u2"], grants },
  units: [
    { unitId: "u0", parentUnitId: null },
    { unitId: "u1", parentUnitId: "u0" },
    { unitId: "u2", parentUnitId: "u1" },
  ],
};
const alarm = (told: readonly AlarmTold[], change: Partial<AlarmToTell> = {}): AlarmToTell => ({
  ...{ code: "alarm.open", speed: "at-once", told, before: [] },
  ...change,
});

const circles: readonly [told: AlarmTold, people: string[]][] = [
  ["custodian", ["kept", "deputy"]],
  ["holder", ["carrier"]],
  ["seal-administrator", ["admin"]],
  ["security", ["admin", "auditor"]],
  ["inspector", ["auditor"]],
  ["maintenance", ["keeper"]],
  ["applicant", []],
  ["superior", ["near"]],
  ["supervisor", ["watcher"]],
];
for (const [told, people] of circles)
  test(`C18: an alarm for '${told}' is told to ${people.join(", ") || "nobody"}`, () => {
    assert.deepEqual(listCalled(alarm([told]), 0, place).toSorted(), people.toSorted());
  });

test("C18: every word of SealLink for whom an alarm is told to has its people", () => {
  assert.deepEqual(circles.map(([told]) => told).toSorted(), ALARM_TOLD.toSorted());
});

test("C18: who has no head in his units is below who heads the entity; without a unit too", () => {
  const whole = [...grants.filter(({ role }) => role !== "unit-head"), makeGrant("chief", "unit-head")];
  for (const unitIds of [["u2"], []])
    assert.deepEqual(listCalled(alarm(["superior"]), 0, { ...place, grants: whole, unitIds }), ["chief"]);
});

test("C18: an alarm that only keepers would hear of goes up until somebody hears of it who may end it", () => {
  const steps = climbToSomebody(alarm(["custodian"]), 0, place);
  assert.deepEqual(
    steps.map(({ level, people }) => [level, [...people]]),
    [
      [0, ["kept", "deputy"]],
      [1, ["near", "auditor"]],
    ],
  );
  const alone = { ...place, grants: grants.filter(({ role }) => ["custodian", "signatory"].includes(role)) };
  assert.deepEqual(
    climbToSomebody(alarm(["custodian"]), 0, alone).map(({ level, people }) => [level, [...people].toSorted()]),
    [
      [0, ["deputy", "kept"]],
      [1, []],
      [2, ["deputy", "kept", "signs"]],
    ],
  );
});

test("C18: what is told on the same day is not told higher before its keeper has given his word", () => {
  const late = alarm(["custodian"], { code: "GAP", speed: "same-day" });
  assert.deepEqual(
    climbToSomebody(late, 0, place).map(({ level, people }) => [level, [...people]]),
    [[0, ["kept", "deputy"]]],
  );
  assert.deepEqual(
    climbToSomebody(late, 1, place).map(({ level, people }) => [level, [...people]]),
    [[1, ["near", "auditor"]]],
  );
  const empty = { ...place, sealIds: [], custodians: [], holders: [] };
  assert.deepEqual(
    climbToSomebody(late, 0, empty).map(({ level }) => level),
    [0, 1],
  );
});

test("C18: a low battery is its keeper's own business, three presses refused in ten minutes are not", () => {
  const upkeep = { code: "alarm.lowbat", speed: "same-day" } as const;
  assert.equal(climbToSomebody(alarm(["custodian"], upkeep), 0, place).length, 1);
  const word = { personId: "kept", reason: "Charging", told: ["kept"], keepers: ["kept"] };
  assert.deepEqual(judgeAlarmWord({ ...word, ...upkeep }), { ok: true, ends: true });
  for (const [refusedLately, speed] of [
    [2, "same-day"],
    [3, "at-once"],
  ] as const) {
    const found = speedOfAlarm("PRESS_REFUSED", "same-day", { important: false, refusedLately });
    assert.equal(found, speed);
    const judged = judgeAlarmWord({ ...word, code: "PRESS_REFUSED", speed: found });
    assert.deepEqual(judged, { ok: true, ends: speed === "same-day" });
  }
});

test("C18: a seal held down is told at once where it is an important one", () => {
  for (const code of ["alarm.longpress", "alarm.hits"]) {
    assert.equal(speedOfAlarm(code, "same-day", { important: true, refusedLately: 0 }), "at-once");
    assert.equal(speedOfAlarm(code, "same-day", { important: false, refusedLately: 9 }), "same-day");
  }
  assert.equal(speedOfAlarm("alarm.motor", "same-day", { important: true, refusedLately: 9 }), "same-day");
});

test("C18: whoever may stand beside somebody forced is never told of it, at any level", () => {
  for (const code of quietAlarms)
    for (let level = 0; level < 5; level += 1) {
      const called = listCalled(alarm(["security", "custodian"], { code, before: ["admin", "kept"] }), level, {
        ...place,
        grants: [...grants, makeGrant("kept", "inspector"), makeGrant("watcher", "seal-administrator")],
      });
      assert.ok(called.length > 0);
      for (const beside of ["kept", "deputy", "carrier", "watcher"]) assert.ok(!called.includes(beside), beside);
    }
});

test("C18: nobody acknowledged: up after the minutes set, then hourly for a day; what is told the same day never by a clock", () => {
  const minute = 60_000;
  assert.equal(escalatesAt({ speed: "at-once", level: 0, at: 0 }, 15), 15 * minute);
  for (let level = 1; level < 26; level += 1)
    assert.equal(escalatesAt({ speed: "at-once", level, at: 0 }, 15), 60 * minute);
  assert.equal(escalatesAt({ speed: "at-once", level: 26, at: 0 }, 15), null);
  assert.equal(escalatesAt({ speed: "same-day", level: 0, at: 0 }, 15), null);
});

test("C18: from the second level on everybody who was told hears it again, with who authorises and who keeps the platform", () => {
  const called = listCalled(alarm(["custodian"], { before: ["kept", "near"] }), 2, place);
  assert.deepEqual([...called].toSorted(), ["admin", "keeper", "kept", "near", "signs"]);
  assert.deepEqual(listCalled(alarm(["custodian"], { before: ["kept", "near"] }), 9, place), called);
});

test("C18: only one who was told and keeps no seal of the box ends an alarm, and never without a reason", () => {
  const people = ["kept", "deputy", "carrier", "admin", "auditor", "near", "stranger"];
  fc.assert(
    fc.property(
      fc.constantFrom(...people),
      fc.subarray(people),
      fc.constantFrom("", "  ", "I looked"),
      fc.constantFrom("at-once" as const, "same-day" as const),
      (personId, told, reason, speed) => {
        const judged = judgeAlarmWord({
          ...{ code: "alarm.hits", speed, personId, reason, told, keepers: listKeepers(place) },
        });
        const may = told.includes(personId) && reason.trim() !== "";
        const keeps = ["kept", "deputy", "carrier"].includes(personId);
        assert.equal(judged.ok, may);
        if (judged.ok) assert.equal(judged.ends, !keeps);
      },
    ),
  );
});

test("C18: whatever roles there are, climbing tells somebody who may end the alarm wherever one is above", () => {
  fc.assert(
    fc.property(fc.subarray(grants), fc.subarray([...ALARM_TOLD]), (held, told) => {
      const here = { ...place, grants: held };
      const steps = climbToSomebody(alarm(told), 0, here);
      const may = (person: string): boolean => !listKeepers(here).includes(person);
      const above = [0, 1, 2].flatMap((level) => listCalled(alarm(told), level, here)).some(may);
      assert.equal(
        steps.some(({ people }) => people.some(may)),
        above,
      );
      assert.deepEqual(
        steps.map(({ level }) => level),
        steps.map((_, at) => at),
      );
    }),
  );
});
