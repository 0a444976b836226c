import assert from "node:assert/strict";
import { test } from "node:test";
import { readFourCounts } from "../stamping/four-counts.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import { walkToHand } from "../stamping/test-stamping.ts";
import { notice } from "../stamping/test-stamping-place.ts";
import { completeTask } from "../tasks/complete-task.ts";
import { listFindings } from "../tasks/read-model.ts";
import { taskHandlers } from "../tasks/routes.ts";
import { compareCounters } from "./compare-counters.ts";
import { type BoxAtWork, boxForTests, type ControllerPlace } from "./test-controller-place.ts";

let place: ControllerPlace;
let box: BoxAtWork;
boxForTests((made, first) => {
  place = made;
  box = first;
});

test("C09 C11 C18: what the drive counted beyond a request's strokes counts for it, freezes request and seal, and is its case", async () => {
  const { crew, env } = place;
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 2 });
  await place.open(requestId);
  await box.meet();
  const token = box.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
  assert.ok(token && (await box.controller.choose(token.claims.jti)).ok);
  assert.ok((await box.controller.present("fp:2")).ok);
  assert.ok((await box.controller.press()).ok);
  // The last stroke presses twice.
  box.box.mechanics = "double";
  await box.controller.press();
  await box.meet();
  await box.sendPhotos();
  assert.equal(await place.stateOf(requestId), "frozen");
  const { state } = await env.db
    .selectFrom("seals")
    .select("state")
    .where("seal_id", "=", place.department)
    .executeTakeFirstOrThrow();
  assert.equal(state, "frozen");
  const stamping = await readStamping(env.db, requestId);
  assert.ok(stamping);
  const counts = await readFourCounts(env.db, await readGateFacts(env.db, env, requestId), stamping);
  assert.deepEqual([counts.authorised, counts.counted], [2, 3]);
  const kinds = counts.differences.map(({ kind }) => kind);
  assert.deepEqual(kinds.slice(0, 2), ["counted-more", "counter-beyond"]);
  assert.deepEqual(await compareCounters(env.db), [], "the nightly comparison does not tell it once more");

  const rows = await env.db
    .selectFrom("findings")
    .select(["source", "finding_id"])
    .where("source", "like", "stamping.%")
    .where("state", "=", "open")
    .execute();
  assert.deepEqual(
    rows.map(({ source }) => source),
    ["stamping.counter-beyond"],
    "one case, and no finding of a press that nobody asked for",
  );
  const findingId = rows[0]?.finding_id ?? "";
  const finding = async () =>
    (await listFindings(env, crew.people.inspector, { control: "C09" })).items.find(
      (one) => one.findingId === findingId,
    );
  const told = await finding();
  assert.equal(told?.requestId, requestId);
  assert.match(told?.sentence.en ?? "", /rose by 1 more/);
  assert.equal(told?.explanation?.explainer?.personId, crew.people.custodian);
  assert.equal(told?.mayClose, false, "before it is explained nobody closes it");
  const { task_id: taskId } = await env.db
    .selectFrom("tasks")
    .select("task_id")
    .where("kind", "=", "explain-finding")
    .where("subject_key", "=", findingId)
    .executeTakeFirstOrThrow();
  await completeTask(env, crew.people.custodian, { taskId, note: "It slipped", evidenceId: null });
  const close = async (personId: string) =>
    taskHandlers(env)["POST /v1/findings/:findingId/close"](
      { params: { findingId }, body: { note: "Both are on one sheet" }, query: {} } as never,
      { person: () => ({ personId }) } as never,
    );
  await assert.rejects(close(crew.people.custodian));
  assert.equal(await place.stateOf(requestId), "frozen");
  await close(crew.people.inspector);
  assert.equal((await finding())?.state, "closed");
  assert.notEqual(await place.stateOf(requestId), "frozen");
});
