import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { settingDefinitions } from "@chancery/domain";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { readPlaceInTime, replaceCalendar, showCalendar } from "./calendar.ts";
import { readSettings } from "./read-settings.ts";
import { askSettingChange, decideSetting, listSettings } from "./service.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const day = 86_400_000;
// A setting is of the whole installation, whose entities may keep different times: its days are those of UTC.
const on = (days: number): string => dayIn("UTC", place.env.clock.now() + days * day);
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};
const ask = (change: Partial<Parameters<typeof askSettingChange>[2]> = {}) =>
  askSettingChange(place.env, crew.people.sealAdministrator, {
    ...{ key: "surrenderWithin", value: 5, endsOn: on(30), reason: "A test" },
    ...change,
  });
const valueAt = async (days: number): Promise<number> =>
  (await readSettings(place.env.db, place.env.clock.now() + days * day)).surrenderWithin;
const usual = settingDefinitions.surrenderWithin.default;

test("C11: a setting changes when a second person confirms it, never by who asked", async () => {
  const { env } = place;
  const { sealAdministrator, signatory } = crew.people;
  const { settingChangeId } = await ask();
  assert.equal(await valueAt(0), usual);
  const decide = (personId: string) => codeOf(decideSetting(env, personId, settingChangeId, true));
  assert.equal(await decide(sealAdministrator), "setting.second-person");
  assert.deepEqual((await Promise.all([decide(signatory), decide(signatory), decide(signatory)])).sort(), [
    "done",
    "subject.changed-meanwhile",
    "subject.changed-meanwhile",
  ]);
  assert.equal(await valueAt(0), 5);
  const events = await env.db.selectFrom("events").select("type").where("type", "like", "Setting%").execute();
  assert.deepEqual(events.map((event) => event.type).sort(), ["SettingChangeAsked", "SettingChanged"]);
});

test("a loosened value ends by itself: after its last day the default holds again", async () => {
  assert.equal(await valueAt(30), 5);
  assert.equal(await valueAt(31), usual);
  const shown = (await listSettings(place.env, crew.people.signatory, true)).find(
    (one) => one.key === "surrenderWithin",
  );
  assert.deepEqual([shown?.loosened, shown?.endsOn, shown?.waiting], [true, on(30), null]);
});

test("a change needs a fitting value and, where it loosens, a last day within a year; one waits at a time", async () => {
  assert.equal(await codeOf(ask({ value: 61 })), "setting.out-of-range");
  assert.equal(await codeOf(ask({ endsOn: null })), "setting.end-missing");
  assert.equal(await codeOf(ask({ endsOn: on(0) })), "setting.end-out-of-range");
  assert.equal(await codeOf(ask({ endsOn: on(400) })), "setting.end-out-of-range");
  const codes = await Promise.all([1, 2, 2, 1].map((value) => codeOf(ask({ value, endsOn: null }))));
  assert.deepEqual(codes.sort(), ["done", ...Array<string>(3).fill("setting.change-waits")]);
});

test("a declined change leaves the value, and another may be asked for", async () => {
  const waiting = await place.env.db
    .selectFrom("setting_changes")
    .select("setting_change_id")
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  await decideSetting(place.env, crew.people.signatory, waiting.setting_change_id, false);
  assert.equal(await valueAt(0), 5);
  assert.equal(await codeOf(ask({ value: 2, endsOn: null })), "done");
});

test("a calendar is replaced as a whole, and a day named twice is refused with nothing changed", async () => {
  const { env } = place;
  const { entityId, people } = crew;
  const holiday = { day: "2027-02-05", kind: "holiday", name: "春节" } as const;
  const makeUp = { day: "2027-02-20", kind: "make-up", name: "调休" } as const;
  const replace = (weekend: number[], days: Parameters<typeof replaceCalendar>[3]["days"]) =>
    codeOf(replaceCalendar(env, people.administrator, entityId, { weekend, days }));
  assert.equal(await replace([7, 6, 7], [makeUp, holiday]), "done");
  const shown = await showCalendar(env.db, entityId);
  assert.deepEqual(
    [shown.weekend, shown.days],
    [
      [6, 7],
      [holiday, makeUp],
    ],
  );
  const { calendar } = await readPlaceInTime(env.db, entityId);
  assert.ok(calendar.holidays.has(holiday.day) && calendar.makeUpDays.has(makeUp.day));
  assert.equal(await replace([7], [holiday, { ...makeUp, day: holiday.day }]), "input.incomplete");
  assert.deepEqual((await showCalendar(env.db, entityId)).weekend, [6, 7]);
  await replace([7], []);
  assert.deepEqual((await showCalendar(env.db, entityId)).days, []);
});
