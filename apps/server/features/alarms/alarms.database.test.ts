import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type OpenedRecord, reasonTexts } from "@chancery/seallink";
import type { Call } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import {
  type BoxAtWork,
  type ControllerPlace,
  createControllerPlace,
  tagOf,
} from "../controller-stamping/test-controller-place.ts";
import { lockChain } from "../controllers/chain-rows.ts";
import { tellSilentBoxes } from "../controllers/controller-ticks.ts";
import { showJournal } from "../controllers/journal-view.ts";
import { tellAlarms } from "../controllers/tell-findings.ts";
import { takePresence } from "../gateway/presence.ts";
import { listFindings } from "../tasks/read-model.ts";
import { taskHandlers } from "../tasks/routes.ts";
import { acknowledgeAlarm } from "./acknowledge-alarm.ts";
import { escalateAlarms } from "./escalate-alarms.ts";
import { raiseAlarm } from "./raise-alarm.ts";
import { countWaitingAlarms, listAlarms, listUrgentAlarms } from "./read-model.ts";

const minute = 60_000;
let place: ControllerPlace;
let env: Environment;
let people: ControllerPlace["crew"]["people"];
let box: BoxAtWork;
before(async () => {
  place = await createControllerPlace();
  ({ env } = place);
  ({ people } = place.crew);
  box = await place.addBox("B-1", place.boxContainer);
  await box.meet();
  await place.mount(box, place.departmentPiece, 1, tagOf(1));
});
after(async () => place?.close());

const later = (minutes: number): Environment => ({
  ...env,
  clock: { now: () => env.clock.now() + minutes * minute },
});
const raise = (code: string, at = env): Promise<void> =>
  transact(env.db, async (tx) => {
    const chain = await lockChain(tx, box.controllerId, 1);
    assert.ok(chain);
    await raiseAlarm(tx, at, chain, { code, seq: chain.last, times: 1, findingId: null });
  });
const openOne = (code: string) =>
  env.db
    .selectFrom("alarms")
    .selectAll()
    .where("code", "=", code)
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
const nameOf = (personId: string): string => Object.entries(people).find(([, id]) => id === personId)?.[0] ?? personId;
const toldOf = async (alarmId: string, level: number): Promise<string[]> =>
  (
    await env.db
      .selectFrom("alarm_told")
      .select("person_id")
      .where("alarm_id", "=", alarmId)
      .where("level", "=", level)
      .execute()
  )
    .map((row) => nameOf(row.person_id))
    .toSorted();
const eventsOf = async (alarmId: string): Promise<string[]> =>
  (await env.db.selectFrom("events").select(["type", "facts"]).where("type", "like", "Alarm%").execute())
    .filter(({ facts }) => facts.alarm === alarmId)
    .map(({ type }) => type)
    .toSorted();
const say = (personId: string, alarmId: string, reason = "I looked") =>
  acknowledgeAlarm(env, personId, alarmId, reason);
const callAs = (personId: string): Call => ({ person: () => ({ personId }) }) as Call;
const findingOf = (alarmed: { code: string; controller_id: string }) =>
  env.db
    .selectFrom("findings")
    .selectAll()
    .where("subject_key", "=", `${alarmed.controller_id} ${alarmed.code}`)
    .executeTakeFirstOrThrow();

test("C18: a box that is opened tells its custodians, who runs the life of seals and who inspects; no keeper ends it alone", async () => {
  await box.controller.sense({ kind: "door-open" });
  await box.meet();
  const alarm = await openOne("alarm.open");
  assert.equal(alarm.speed, "at-once");
  const told = ["custodian", "inspector", "sealAdministrator", "secondCustodian"];
  assert.deepEqual(await toldOf(alarm.alarm_id, 0), told);
  for (const name of told) {
    const urgent = await listUrgentAlarms(env, people[name as "custodian"]);
    assert.deepEqual(
      urgent.items.map((one) => one.alarmId),
      [alarm.alarm_id],
    );
  }
  assert.deepEqual((await listUrgentAlarms(env, people.administrator)).items, []);
  const [shown] = (await listAlarms(env, people.custodian, {})).items;
  assert.deepEqual(
    [shown?.seals.map(({ number }) => number), shown?.keepsSeal, shown?.mayAnswer, shown?.controller.serial],
    [["LX-11"], true, true, "B-1"],
  );

  const finding = await findingOf(alarm);
  const close = (personId: string) =>
    codesOf(
      taskHandlers(env)["POST /v1/findings/:findingId/close"](
        { params: { findingId: finding.finding_id }, body: { note: "Nothing" } },
        callAs(personId),
      ),
    );
  assert.deepEqual(await close(people.inspector), ["finding.alarm-open"]);
  assert.deepEqual(await codesOf(say(people.administrator, alarm.alarm_id)), ["alarm.not-told"]);
  assert.deepEqual(await codesOf(say(people.stranger, alarm.alarm_id)), ["subject.not-found"]);
  assert.deepEqual(await codesOf(say(people.inspector, alarm.alarm_id, " ")), ["alarm.reason-missing"]);
  assert.deepEqual(await say(people.custodian, alarm.alarm_id, "It was I"), { acknowledged: false });
  assert.deepEqual(await say(people.secondCustodian, alarm.alarm_id, "And I"), { acknowledged: false });
  // He has said his word, and is called no more; the others are.
  assert.equal(await countWaitingAlarms(env, people.custodian), 0);
  assert.equal(await countWaitingAlarms(env, people.inspector), 1);

  const both = await Promise.all(
    [people.inspector, people.sealAdministrator].map((personId) => codesOf(say(personId, alarm.alarm_id))),
  );
  assert.deepEqual(both.toSorted(), [[], ["alarm.over"]].toSorted());
  assert.deepEqual(await eventsOf(alarm.alarm_id), [
    "AlarmAcknowledged",
    "AlarmCommented",
    "AlarmCommented",
    "AlarmRaised",
  ]);
  const listed = (await listFindings(env, people.inspector, {})).items.find(
    (one) => one.findingId === finding.finding_id,
  );
  assert.equal(listed?.mayClose, true);
  assert.deepEqual(await close(people.inspector), []);
});

test("C18: the tables themselves refuse a keeper's word as the end, a stranger's, and a change of what was acknowledged", async () => {
  const alarm = await env.db
    .selectFrom("alarms")
    .selectAll()
    .where("state", "=", "acknowledged")
    .executeTakeFirstOrThrow();
  const word = (person_id: string, ends: boolean, alarm_id: string) =>
    env.db
      .insertInto("alarm_words")
      .values({ alarm_id, nth: 99, person_id, at: new Date(env.clock.now()), word: "x", ends })
      .execute();
  await raise("alarm.tag");
  const open = await openOne("alarm.tag");
  await assert.rejects(word(people.stranger, false, open.alarm_id), /only who was told/);
  await env.db
    .insertInto("alarm_told")
    .values({ alarm_id: open.alarm_id, level: 9, person_id: people.custodian, told_at: new Date(), mail: "none" })
    .execute();
  await assert.rejects(word(people.custodian, true, open.alarm_id), /a seal he keeps/);
  const set = (alarmId: string, values: { state: "open" | "acknowledged"; acknowledged_at: Date | null }) =>
    env.db
      .updateTable("alarms")
      .set({ ...values, escalates_at: null })
      .where("alarm_id", "=", alarmId)
      .execute();
  await assert.rejects(set(open.alarm_id, { state: "acknowledged", acknowledged_at: new Date() }), /somebody's word/);
  await assert.rejects(set(alarm.alarm_id, { state: "open", acknowledged_at: null }), /stays so/);
  for (const table of ["alarms", "alarm_told", "alarm_words"] as const)
    await assert.rejects(env.db.deleteFrom(table).execute(), /permission denied/);
  await say(people.sealAdministrator, open.alarm_id);
});

test("C18: what repeats while it is open is counted and told to nobody again; after it was acknowledged it is a new alarm", async () => {
  await raise("alarm.move");
  await Promise.all([raise("alarm.move"), raise("alarm.move")]);
  const first = await openOne("alarm.move");
  assert.equal(first.times, 3);
  assert.deepEqual(await eventsOf(first.alarm_id), ["AlarmRaised"]);
  await say(people.sealAdministrator, first.alarm_id);
  await raise("alarm.move");
  const second = await openOne("alarm.move");
  assert.notEqual(second.alarm_id, first.alarm_id);
  await say(people.sealAdministrator, second.alarm_id);
});

test("C18: not acknowledged in 15 minutes it goes to heads and inspectors, then hourly; ticks at the same time send it once", async () => {
  await raise("alarm.move");
  const { alarm_id: alarmId } = await openOne("alarm.move");
  const level = async (): Promise<number> => (await openOne("alarm.move")).level;
  await escalateAlarms(later(14));
  assert.equal(await level(), 0);
  await Promise.all([escalateAlarms(later(15.1)), escalateAlarms(later(15.1)), escalateAlarms(later(15.1))]);
  assert.equal(await level(), 1);
  assert.deepEqual(await toldOf(alarmId, 1), ["head", "inspector"]);
  await escalateAlarms(later(74));
  assert.equal(await level(), 1);
  await Promise.all([escalateAlarms(later(76)), escalateAlarms(later(76))]);
  assert.equal(await level(), 2);
  const all = ["administrator", "custodian", "head", "inspector", "sealAdministrator", "secondCustodian", "signatory"];
  assert.deepEqual(await toldOf(alarmId, 2), all);
  // A server that was down for hours sends it up once, not once for each hour.
  await escalateAlarms(later(700));
  await escalateAlarms(later(700));
  assert.equal(await level(), 3);
  assert.deepEqual(await toldOf(alarmId, 3), all);
  assert.deepEqual(await eventsOf(alarmId), ["AlarmEscalated", "AlarmEscalated", "AlarmEscalated", "AlarmRaised"]);
  await say(people.signatory, alarmId);
  await escalateAlarms(later(2000));
  assert.equal((await eventsOf(alarmId)).length, 5);
});

test("C18: somebody acknowledges while it goes up: one of the two waits, and neither is lost", async () => {
  await raise("alarm.vibration");
  const { alarm_id: alarmId } = await openOne("alarm.vibration");
  await Promise.all([escalateAlarms(later(16)), say(people.sealAdministrator, alarmId)]);
  const events = await eventsOf(alarmId);
  assert.equal(events.filter((one) => one === "AlarmAcknowledged").length, 1);
  assert.ok(events.filter((one) => one === "AlarmEscalated").length <= 1);
  await escalateAlarms(later(3000));
  assert.deepEqual(await eventsOf(alarmId), events);
});

test("C18: how long it waits is a setting of the organisation", async () => {
  await env.db
    .insertInto("settings")
    .values({
      key: "alarmEscalatesAfter",
      value: 5,
      set_at: new Date(env.clock.now()),
      asked_by: null,
      confirmed_by: null,
    })
    .execute();
  await raise("alarm.vibration");
  const alarm = await openOne("alarm.vibration");
  assert.equal((alarm.escalates_at?.getTime() ?? 0) - alarm.raised_at.getTime(), 5 * minute);
  await say(people.sealAdministrator, alarm.alarm_id);
});

test("C18: an alarm that only custodians were told of goes to the next with a custodian's word, who then ends it", async () => {
  await raise("GAP");
  const { alarm_id: alarmId, escalates_at: at } = await openOne("GAP");
  assert.equal(at, null);
  assert.deepEqual(await toldOf(alarmId, 0), ["custodian", "secondCustodian"]);
  assert.deepEqual((await listUrgentAlarms(env, people.custodian)).items, []);
  assert.equal(await countWaitingAlarms(env, people.custodian), 1);
  assert.deepEqual(await say(people.custodian, alarmId, "The network was down"), { acknowledged: false });
  assert.deepEqual(await toldOf(alarmId, 1), ["head", "inspector"]);
  // A second word of theirs sends it no higher: somebody is there now.
  assert.deepEqual(await say(people.secondCustodian, alarmId), { acknowledged: false });
  assert.deepEqual(await toldOf(alarmId, 2), []);
  assert.deepEqual(await say(people.head, alarmId, "I asked IT"), { acknowledged: true });
});

test("C18: a low battery is ended by its custodian; three presses refused in ten minutes are told at once", async () => {
  await raise("alarm.lowbat");
  const battery = await openOne("alarm.lowbat");
  assert.deepEqual(await say(people.custodian, battery.alarm_id, "It charges"), { acknowledged: true });
  const refuse = (seq: number) =>
    env.db
      .insertInto("controller_findings")
      .values({
        ...{ controller_id: box.controllerId, epoch: 1, seq, code: "PRESS_REFUSED", detail: "NO_AUTH" },
        found_at: new Date(env.clock.now()),
      })
      .execute();
  await refuse(9001);
  await raise("PRESS_REFUSED");
  await refuse(9002);
  await refuse(9003);
  await raise("PRESS_REFUSED");
  const rows = await env.db
    .selectFrom("alarms")
    .select(["speed", "times"])
    .where("code", "=", "PRESS_REFUSED")
    .orderBy("alarm_id")
    .execute();
  assert.deepEqual(rows, [
    { speed: "same-day", times: 1 },
    { speed: "at-once", times: 1 },
  ]);
  // Journal and alarm say why, and what to do about that.
  const { findings } = await showJournal(env, people.inspector, box.controllerId);
  const found = findings.find(({ seq }) => seq === 9001);
  assert.match(found?.says.en ?? "", /^The controller refused a press\. ./);
  assert.deepEqual(found?.todo, reasonTexts.NO_AUTH.todo);
});

test("C18: who keeps a seal of a box is told of a fork of its chain, too, and ends it no more alone than another alarm", async () => {
  await raise("FORK");
  const { alarm_id: alarmId } = await openOne("FORK");
  assert.deepEqual(await toldOf(alarmId, 0), ["custodian", "inspector", "sealAdministrator", "secondCustodian"]);
  assert.deepEqual(await say(people.custodian, alarmId, "I copied nothing"), { acknowledged: false });
  assert.deepEqual(await say(people.secondCustodian, alarmId, "Nor did I"), { acknowledged: false });
  assert.deepEqual(await say(people.inspector, alarmId), { acknowledged: true });
});

test("C18: that somebody is forced stands on no screen of who may be beside him, nor does the box's journal show it", async () => {
  const chain = await transact(env.db, (tx) => lockChain(tx, box.controllerId, 1));
  assert.ok(chain);
  const record = { ty: "op.verify", d: 1, seq: chain.last } as OpenedRecord["record"];
  await transact(env.db, (tx) => tellAlarms(tx, env, chain, [{ record } as OpenedRecord]));
  const { alarm_id: alarmId } = await openOne("alarm.duress");
  assert.deepEqual(await toldOf(alarmId, 0), ["inspector", "sealAdministrator"]);
  const found = await env.db.selectFrom("findings").select("facts").execute();
  assert.ok(found.every(({ facts }) => facts.code !== "alarm.duress"));
  const sees = async (personId: string): Promise<boolean[]> => [
    (await listAlarms(env, personId, {})).items.some((one) => one.alarmId === alarmId),
    (await showJournal(env, personId, box.controllerId)).findings.some((one) => one.code === "alarm.duress"),
  ];
  assert.deepEqual(await sees(people.inspector), [true, true]);
  for (const beside of [people.custodian, people.secondCustodian, people.supervisor])
    assert.deepEqual(await sees(beside), [false, false]);
  assert.deepEqual(
    (await listAlarms(env, people.administrator, {})).items.map((one) => one.alarmId).includes(alarmId),
    false,
  );
  assert.deepEqual(await codesOf(say(people.custodian, alarmId)), ["subject.not-found"]);
});

test("C18: a box that is not heard for three days is told of once for each silence", async () => {
  const hour = 60;
  const times = async (): Promise<[number, number]> => {
    const rows = await env.db.selectFrom("alarms").select("times").where("code", "=", "OFFLINE_TOO_LONG").execute();
    return [rows.length, rows.reduce((sum, row) => sum + row.times, 0)];
  };
  const hear = (at: Environment) =>
    takePresence(
      at,
      box.controllerId,
      Buffer.from(
        JSON.stringify({ s: "online", sid: `s${at.clock.now()}`, fw: "1", ep: 1, seq: 1, bat: 80, net: "4g" }),
      ),
    );
  await hear(env);
  await tellSilentBoxes(later(71 * hour));
  assert.deepEqual(await times(), [0, 0]);
  for (const minutes of [73 * hour, 74 * hour, 75 * hour]) await tellSilentBoxes(later(minutes));
  assert.deepEqual(await times(), [1, 1]);
  assert.equal((await openOne("OFFLINE_TOO_LONG")).speed, "same-day");
  await hear(later(80 * hour));
  await tellSilentBoxes(later(81 * hour));
  assert.deepEqual(await times(), [1, 1]);
  for (const minutes of [160 * hour, 161 * hour]) await tellSilentBoxes(later(minutes));
  assert.deepEqual(await times(), [1, 2]);
});
