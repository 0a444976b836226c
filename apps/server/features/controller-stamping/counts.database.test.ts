import assert from "node:assert/strict";
import { test } from "node:test";
import { sql } from "kysely";
import type { Environment } from "../../platform/environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { readGrades } from "../stamping/evidence-grades.ts";
import { readFourCounts } from "../stamping/four-counts.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { endStamping } from "../stamping/report.ts";
import { alarmLateStampings } from "../stamping/stamping-ticks.ts";
import { reportInTest, ruleInTest, statementInTest, walkToHand } from "../stamping/test-stamping.ts";
import { notice } from "../stamping/test-stamping-place.ts";
import { completeTask } from "../tasks/complete-task.ts";
import { listFindings } from "../tasks/read-model.ts";
import { taskHandlers } from "../tasks/routes.ts";
import { compareCounters, compareCountersNightly } from "./compare-counters.ts";
import { followPhotoDebts } from "./photo-debts.ts";
import { followAuthorisations } from "./stamping-ticks.ts";
import { type BoxAtWork, boxForTests, type ControllerPlace } from "./test-controller-place.ts";

let place: ControllerPlace;
let box: BoxAtWork;
boxForTests((made, first) => {
  place = made;
  box = first;
});

const hour = 3_600_000;
/** The same platform at another time, epoch milliseconds. */
const at = (time: number): Environment => ({ ...place.env, clock: { now: () => time } });
const choose = async (requestId: string): Promise<void> => {
  await box.meet();
  const token = box.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
  assert.ok(token, "the box has an authorisation for it");
  assert.ok((await box.controller.choose(token.claims.jti)).ok);
  assert.ok((await box.controller.present("fp:2")).ok);
};
const begin = async (copies: number): Promise<string> => {
  const requestId = await walkToHand(place.env, place.crew, place.department, { ...notice, copies });
  await place.open(requestId);
  await choose(requestId);
  return requestId;
};
const pressDone = async (): Promise<void> => {
  const pressed = await box.controller.press();
  assert.equal(pressed.ok ? pressed.value.out : pressed.code, "done");
};
const countsOf = async (requestId: string) => {
  const view = await readGateFacts(place.env.db, place.env, requestId);
  const stamping = await readStamping(place.env.db, requestId);
  assert.ok(stamping);
  const { authorised, counted, photographed, registered, differences } = await readFourCounts(
    place.env.db,
    view,
    stamping,
  );
  return [[authorised, counted, photographed, registered].join(" "), ...differences.map(({ kind }) => kind)];
};
const rule = async (personId: string, requestId: string, verdict: "settled" | "spoiled" | "released") => {
  const unknown = (await readHandImpressions(place.env.db, requestId)).find(({ state }) => state === "unknown");
  const of = { requestId, impressionId: unknown?.impressionId ?? "" };
  return ruleInTest(place.env, personId, of, verdict, statementInTest());
};
const cutPower = async (): Promise<void> => {
  box.box.onTouch = () => {
    box.box.cutAfter = 0;
  };
  await assert.rejects(box.controller.press());
  await box.restart();
  await box.meet();
};

test("C09: at the controller the last sheet is spoiled after the stamping ended by itself, by a photo of its own", async () => {
  const { crew, env } = place;
  const requestId = await begin(2);
  await pressDone();
  await box.meet();
  await box.sendPhotos();
  await pressDone();
  await box.meet();
  assert.deepEqual(
    [await place.stateOf(requestId), ...(await place.statesOf(requestId))],
    ["closed", "settled", "pressed"],
  );
  const say = (nth: number, shade: number) =>
    codesOf(reportInTest(env, crew.people.custodian, requestId, nth, "spoiled", shade));
  assert.deepEqual(await say(1, 310), ["stamping.settled-already"]);
  assert.deepEqual(await say(2, 311), []);
  assert.deepEqual(await say(2, 311), [], "sent again");
  assert.deepEqual(await place.statesOf(requestId), ["settled", "spoiled"]);
  await box.sendPhotos();
  assert.deepEqual(await place.statesOf(requestId), ["settled", "spoiled"]);
});

test("C09 C18: after a jam and a power cut at the controller two people without a part in it decide what was not known, and the counts agree", async () => {
  const { crew, env } = place;
  const requestId = await begin(3);
  box.box.mechanics = "jam";
  const jammed = await box.controller.press();
  assert.equal(jammed.ok && jammed.value.out, "aborted");
  box.box.mechanics = "good";
  await box.meet();
  assert.deepEqual(await countsOf(requestId), ["3 0 0 0", "left"]);
  await pressDone();
  await box.meet();
  await box.sendPhotos();
  await cutPower();
  assert.deepEqual(await place.statesOf(requestId), ["settled", "unknown", "reserved"]);
  assert.deepEqual(await countsOf(requestId), ["3 2 1 1", "left", "not-known"]);
  await endStamping(env, crew.people.custodian, requestId, "Two are enough");
  await place.authority.drain();
  await box.meet();
  assert.equal(await place.stateOf(requestId), "closed");
  const [task] = await place.openTasks("rule-impression", requestId);
  assert.ok(task?.due_at);
  // Neither who stamped nor who asked decides; the first of two decides nothing, nor does he twice.
  await assert.rejects(rule(crew.people.custodian, requestId, "settled"), /others decide/);
  await assert.rejects(rule(crew.people.applicant, requestId, "settled"), /others decide/);
  assert.deepEqual(await rule(crew.people.supervisor, requestId, "released"), { decided: false });
  await assert.rejects(rule(crew.people.supervisor, requestId, "released"));
  // The second sees another thing: it is a proposal anew, which the first may agree to.
  assert.deepEqual(await rule(crew.people.inspector, requestId, "settled"), { decided: false });
  assert.deepEqual(await place.statesOf(requestId), ["settled", "unknown", "released"]);
  assert.deepEqual(await rule(crew.people.supervisor, requestId, "settled"), { decided: true });
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "released"]);
  assert.equal((await place.openTasks("rule-impression", requestId)).length, 0);
  // It counted the stroke as not known; people said that it was made, without a photo: told, and nothing follows.
  assert.deepEqual(await countsOf(requestId), ["3 2 1 2", "unused", "photo-excused"]);
  // What counts an impression is what told of its stroke, whatever people said of it since.
  const grades = (await readGrades(env.db, [requestId])).map(({ grade }) => grade);
  assert.deepEqual(grades.toSorted(), ["T2", "T3"]);
  assert.deepEqual(await place.findingsOf("counts.registered-more", requestId), []);
});

test("C09: what two people do not decide in time is found", async () => {
  const { crew } = place;
  const requestId = await begin(1);
  await cutPower();
  assert.equal(await place.stateOf(requestId), "closed");
  const [task] = await place.openTasks("rule-impression", requestId);
  await alarmLateStampings(at((task?.due_at?.getTime() ?? 0) + hour));
  assert.equal((await place.findingsOf("stamping.unknown-late", `rule-impression ${requestId}`)).length, 1);
  await rule(crew.people.supervisor, requestId, "released");
  await rule(crew.people.inspector, requestId, "released");
  assert.deepEqual(await countsOf(requestId), ["1 0 0 0", "unused"]);
});

test("C09 C11: a photo is owed with a clock: the applicant's task after a day, after three a case that he explains and another closes", async () => {
  const { crew, env } = place;
  const { applicant, inspector, sealAdministrator } = crew.people;
  const requestId = await begin(1);
  await pressDone();
  await box.meet();
  assert.deepEqual(await countsOf(requestId), ["1 1 0 0", "photo-owed", "not-registered"]);
  const pressedAt = env.clock.now();
  const owed = () => place.openTasks("photo-owed", requestId);
  await followPhotoDebts(at(pressedAt + 23 * hour));
  assert.deepEqual(await owed(), []);
  for (const _ of ["once", "again"]) await followPhotoDebts(at(pressedAt + 25 * hour));
  const [task, ...more] = await owed();
  assert.equal(task?.assignee_id, applicant);
  assert.equal(Math.round(((task?.due_at?.getTime() ?? 0) - pressedAt) / hour), 72);
  assert.deepEqual(more, []);
  for (const _ of ["once", "again"]) await followPhotoDebts(at(pressedAt + 73 * hour));
  const finding = async () => {
    const { items } = await listFindings(env, inspector, { control: "C09" });
    return items.find((one) => one.requestId === requestId);
  };
  const opened = await finding();
  assert.equal(opened?.explanation?.explainer?.personId, applicant);
  assert.equal(opened?.mayClose, false);
  const close = (personId: string) =>
    taskHandlers(env)["POST /v1/findings/:findingId/close"](
      { params: { findingId: opened?.findingId ?? "" }, body: { note: "The box is online again" }, query: {} } as never,
      { person: () => ({ personId }) } as never,
    );
  await assert.rejects(async () => close(sealAdministrator), /has time left/);
  const [explain] = await place.openTasks("explain-finding", opened?.findingId ?? "");
  assert.equal(explain?.assignee_id, applicant);
  const { task_id: taskId } = await env.db
    .selectFrom("tasks")
    .select("task_id")
    .where("subject_key", "=", opened?.findingId ?? "")
    .executeTakeFirstOrThrow();
  await assert.rejects(completeTask(env, applicant, { taskId, note: "", evidenceId: null }), /words/);
  await assert.rejects(completeTask(env, inspector, { taskId, note: "Not me", evidenceId: null }));
  await completeTask(env, applicant, { taskId, note: "The box stood in the cellar", evidenceId: null });
  assert.equal((await finding())?.explanation?.reason, "The box stood in the cellar");
  await close(sealAdministrator);
  const closed = await finding();
  assert.deepEqual([closed?.state, closed?.mayClose], ["closed", false]);
  await box.sendPhotos();
  await followPhotoDebts(env);
  assert.deepEqual(await owed(), []);
  assert.deepEqual(await countsOf(requestId), ["1 1 1 1"]);
});

test("C09: what people say was stamped and the silent controller never counted is a case; its late record settles the counts", async () => {
  const { crew, env } = place;
  const requestId = await begin(1);
  await pressDone();
  // The box has pressed and is not heard until the authorisation is long over.
  await endStamping(env, crew.people.custodian, requestId, "The box is off");
  await followAuthorisations(at(env.clock.now() + 40 * 24 * hour));
  assert.deepEqual(await place.statesOf(requestId), ["unknown"]);
  await rule(crew.people.supervisor, requestId, "settled");
  await rule(crew.people.inspector, requestId, "settled");
  assert.deepEqual(await countsOf(requestId), ["1 0 0 1", "unused", "photo-excused", "registered-more"]);
  assert.equal((await place.findingsOf("counts.registered-more", requestId)).length, 1);
  await box.meet();
  assert.deepEqual(await countsOf(requestId), ["1 1 0 1", "photo-excused"]);
  assert.equal((await place.findingsOf("stamping.excess", requestId)).length, 0);
});

test("C09 C18: each night the counter of each slot is compared with the strokes stored of it; a difference is a case, once, for who stamped last", async () => {
  const { env, crew } = place;
  assert.deepEqual(
    await compareCounters(env.db),
    [],
    "whatever happened above, a jam and a power cut, the books agree",
  );
  const day = 24 * hour;
  const cases = () =>
    env.db
      .selectFrom("findings")
      .select(["source", "facts", "state", "finding_id"])
      .where("source", "like", "counts.counter-%")
      .orderBy("opened_at")
      .execute();
  await compareCountersNightly(env);
  assert.deepEqual(await cases(), []);
  const setCounter = (change: number) =>
    env.db
      .updateTable("controller_chains")
      .set(
        (eb) => ({ counters: sql`array[${eb.ref("counters")}[1] + ${change}] || ${eb.ref("counters")}[2:]` }) as never,
      )
      .where("controller_id", "=", box.controllerId)
      .execute();
  await setCounter(2);
  await compareCountersNightly(env);
  assert.deepEqual(await cases(), [], "once a day");
  for (const days of [1, 1, 2]) await compareCountersNightly(at(env.clock.now() + days * day));
  const [more, ...others] = await cases();
  assert.deepEqual([more?.source, others], ["counts.counter-more", []]);
  assert.deepEqual(more?.facts, { serial: "B-1", slot: 0, count: 2 });
  const [explain] = await place.openTasks("explain-finding", more?.finding_id ?? "");
  assert.equal(explain?.assignee_id, crew.people.custodian);
  await setCounter(-12);
  await compareCountersNightly(at(env.clock.now() + 3 * day));
  assert.deepEqual((await cases()).map(({ source }) => source).toSorted(), [
    "counts.counter-less",
    "counts.counter-more",
  ]);
  assert.equal((await env.db.selectFrom("counter_checks").selectAll().execute()).length, 4);
});
