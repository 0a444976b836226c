import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest, presenceInTest } from "../../platform/test-walk.ts";
import { readDetail } from "../requests/detail.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { reportImpression } from "../stamping/report.ts";
import { alarmLateStampings } from "../stamping/stamping-ticks.ts";
import { lookInTest, reportInTest, ruleInTest } from "../stamping/test-stamping.ts";
import { factOf, notice, placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { endEmergencies } from "./emergency-ticks.ts";
import { reviewEmergency } from "./review.ts";

let place: StampingPlace;
let env: Environment;
let crew: TestCrew;
placeForTests((made) => {
  place = made;
  ({ env, crew } = place);
});

const hour = 3_600_000;
/** The same place at another time. */
const after = (time: number): Environment => ({ ...env, clock: { now: () => env.clock.now() + time } });
let papers = 0;
/** Asks for an emergency on paper: the department's seal needs nobody beside its custodian at other times. */
async function ask(change: { copies?: number; placements?: number } = {}, at = env): Promise<string> {
  papers += 1;
  return applyInTest(at, crew, place.department, {
    ...{ ...notice, useMode: "by-hand", copies: change.copies ?? 1, emergency: "The notice has to hang by noon" },
    documents: [
      {
        pdf: makeTestPdf(["Notice", `Number ${papers}, to hang on the door before noon of this very day.`]),
        sealIds: Array.from({ length: change.placements ?? 1 }, () => place.department),
      },
    ],
  });
}
async function agreed(change: { copies?: number } = {}, at = env): Promise<string> {
  const requestId = await ask(change, at);
  await submitRequest(at, crew.people.applicant, requestId);
  await approveInTest(at, crew, requestId);
  return requestId;
}
const review = (personId: string, requestId: string, at = env) =>
  reviewEmergency(at, personId, { requestId }, { verdict: "justified", note: "The door was to open at noon" });

test("C01 C02 C04 C05 C09: an emergency on paper is agreed to by one, seen by a second person, photographed, registered and reviewed", async () => {
  const { signatory, custodian, supervisor, inspector, applicant } = crew.people;
  const requestId = await agreed({ copies: 2 });
  const { steps } = await loadRequest(env.db, requestId);
  assert.deepEqual(
    steps.map(({ kind, candidates }) => [kind, candidates]),
    [["signatory", [signatory]]],
    "C02 the order of approvals yields",
  );
  assert.equal((await presenceInTest(env, custodian, "release", requestId)).sealing, false);
  assert.deepEqual(await place.statesOf(requestId), [], "C04 nothing is reserved before a second person is there");
  assert.deepEqual(
    (await readStampingView(env, custodian, requestId)).actions,
    [],
    "nor is it pressed, or watched from elsewhere",
  );
  await presenceInTest(env, supervisor, "confirm", requestId);
  assert.deepEqual(await place.statesOf(requestId), ["reserved", "reserved"]);
  await place.takeInHand(place.departmentPiece);
  const said = { requestId, impressionId: await place.idOf(requestId, 1), report: "pressed" as const, reason: "" };
  assert.deepEqual(await codesOf(reportImpression(env, custodian, said)), ["stamping.photo-missing"], "C09");
  await reportInTest(env, custodian, requestId, 1);
  await reportInTest(env, custodian, requestId, 2);
  assert.deepEqual(await place.statesOf(requestId), ["pressed", "pressed"], "what is pressed waits for the supervisor");
  assert.deepEqual(await codesOf(review(inspector, requestId)), [], "its use is over with the last impression");
  await lookInTest(env, supervisor, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
  const [line] = await place.linesOf(requestId);
  assert.equal(factOf(line, "emergency"), "yes");
  assert.deepEqual(
    (await place.linesOf(requestId, "exceptions")).map((one) => one.kind),
    ["emergency", "emergency-justified"],
  );
  assert.equal((await readDetail(env, applicant, requestId)).emergencyReview?.verdict, "justified");
});

test("C02: of an emergency on paper the impressions of all copies are counted", async () => {
  const submit = async (change: Parameters<typeof ask>[0]) =>
    codesOf(submitRequest(env, crew.people.applicant, await ask(change)));
  assert.deepEqual(await submit({ copies: 4 }), ["emergency.too-many"]);
  assert.deepEqual(await submit({ copies: 2, placements: 2 }), ["emergency.too-many"]);
  assert.deepEqual(await submit({ copies: 3 }), []);
});

test("C02 C09: when its hours are over nothing more is settled, and a stamping that nobody ended is stopped, so that it can be reviewed", async () => {
  const { custodian, supervisor, inspector } = crew.people;
  const requestId = await agreed({ copies: 3 });
  for (const [personId, act] of [
    [custodian, "release"],
    [supervisor, "confirm"],
  ] as const)
    await presenceInTest(env, personId, act, requestId);
  await place.takeInHand(place.departmentPiece);
  await reportInTest(env, custodian, requestId, 1);
  const late = after(24 * hour + 60_000);
  await endEmergencies(late);
  assert.equal(await place.stateOf(requestId), "opened", "its custodian may still say what was pressed in time");
  await reportInTest(late, custodian, requestId, 2);
  assert.deepEqual(await place.statesOf(requestId), ["pressed", "unknown", "reserved"]);
  assert.deepEqual(
    (await place.findingsOf("stamping.after-stop", await place.idOf(requestId, 2))).map(({ control }) => control),
    ["C02"],
  );
  assert.deepEqual(await codesOf(review(inspector, requestId, late)), ["emergency.not-over"]);
  const over = after(25 * hour + 60_000);
  await endEmergencies(over);
  await endEmergencies(over);
  assert.equal(await place.stateOf(requestId), "closed");
  assert.deepEqual(
    await place.statesOf(requestId),
    ["pressed", "unknown", "unknown"],
    "nobody said what became of the last",
  );
  const stamping = await env.db
    .selectFrom("stampings")
    .select(["ended_by", "ended_at"])
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  assert.deepEqual([stamping.ended_by, stamping.ended_at !== null], [null, true]);
  await lookInTest(over, supervisor, requestId);
  await place.putBack(place.departmentPiece);
  for (const nth of [2, 3]) {
    const impressionId = await place.idOf(requestId, nth);
    const verdict = nth === 2 ? "settled" : "released";
    for (const personId of [supervisor, inspector])
      await ruleInTest(over, personId, { requestId, impressionId }, verdict);
  }
  assert.equal(await place.stateOf(requestId), "registered");
  await review(inspector, requestId, over);
});

test("C11: who supervised on an earlier day does not review, whatever the application does", async () => {
  const { custodian, supervisor, secondCustodian } = crew.people;
  const requestId = await agreed();
  await presenceInTest(env, custodian, "release", requestId);
  await presenceInTest(env, supervisor, "confirm", requestId);
  // On another day it is shown anew that both are there, and another supervises.
  const next = after(2 * hour);
  await presenceInTest(next, custodian, "release", requestId);
  await presenceInTest(next, secondCustodian, "confirm", requestId);
  await place.takeInHand(place.departmentPiece);
  await reportInTest(next, custodian, requestId, 1);
  const { row } = await loadRequest(env.db, requestId);
  assert.equal(row.confirmed_by, secondCustodian);
  assert.deepEqual(await codesOf(review(supervisor, requestId, next)), ["emergency.reviewer-had-part"]);
  const { event_id } = await env.db.selectFrom("events").select("event_id").limit(1).executeTakeFirstOrThrow();
  await assert.rejects(
    env.db
      .insertInto("emergency_reviews")
      .values({
        ...{
          request_id: requestId,
          entity_id: crew.entityId,
          reviewer_id: supervisor,
          verdict: "justified",
          note: "x",
        },
        ...{ at: new Date(env.clock.now()), event_id },
      })
      .execute(),
    /had no part in it/,
  );
});

test("C02: an emergency that was agreed to and taken back is over: it is reviewed as it is, and no round of it begins anew", async () => {
  const { applicant, inspector } = crew.people;
  const requestId = await agreed();
  await withdrawRequest(env, applicant, requestId, "Not needed");
  const { row } = await loadRequest(env.db, requestId);
  assert.equal(row.state, "withdrawn");
  const { actions } = await readDetail(env, applicant, requestId);
  assert.deepEqual(
    actions.filter((one) => one === "edit" || one === "submit"),
    [],
  );
  await review(inspector, requestId);
  assert.ok((await codesOf(submitRequest(env, applicant, requestId))).includes("emergency.taken-back"));
  for (const change of [{ state: "in-review" as const }, { emergency_reason: null, emergency_until: null }])
    await assert.rejects(
      env.db.updateTable("seal_use_requests").set(change).where("request_id", "=", requestId).execute(),
      /not asked for once more|keeps its reason/,
    );
});

test("C02: while a review is overdue none is asked for, and one that was asked for before is not agreed to", async () => {
  const { applicant, inspector } = crew.people;
  const first = await agreed();
  const days = after(10 * 24 * hour);
  // Handed in just before the other's review was due.
  const stocked = await ask({}, days);
  const reviewed = await env.db
    .selectFrom("tasks")
    .select(["task_id", "due_at"])
    .where("kind", "=", "review-emergency")
    .where("state", "=", "open")
    .execute();
  assert.ok(reviewed.length > 0);
  const late = await codesOf(submitRequest(days, applicant, stocked));
  assert.deepEqual(late, ["emergency.review-overdue"]);
  const soon = (offset: number): Environment => {
    const due = Math.min(...reviewed.flatMap(({ due_at }) => due_at?.getTime() ?? []));
    return { ...env, clock: { now: () => due + offset } };
  };
  await submitRequest(soon(-60_000), applicant, stocked);
  await assert.rejects(approveInTest(soon(60_000), crew, stocked), /emergency.review-overdue|overdue/);
  await endEmergencies(days);
  await alarmLateStampings(days);
  await alarmLateStampings(days);
  const found = await place.findingsOf("emergency.review-late", `review-emergency ${first}`);
  assert.deepEqual(
    found.map(({ control, state }) => [control, state]),
    [["C02", "open"]],
    "and it is found, once",
  );
  const open = await env.db
    .selectFrom("tasks")
    .select("subject_key")
    .where("kind", "=", "review-emergency")
    .where("state", "=", "open")
    .execute();
  for (const { subject_key } of open) await review(inspector, subject_key, days);
  assert.ok(open.some((one) => one.subject_key === first));
});
