import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { codesOf } from "../../platform/test-refusals.ts";
import { revokeController } from "../controllers/service.ts";
import { readDetail } from "../requests/detail.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { endStamping } from "../stamping/report.ts";
import { walkToHand } from "../stamping/test-stamping.ts";
import { notice } from "../stamping/test-stamping-place.ts";
import { type BoxAtWork, type ControllerPlace, createControllerPlace, tagOf } from "./test-controller-place.ts";

let place: ControllerPlace;
let box: BoxAtWork;
before(async () => {
  place = await createControllerPlace();
  box = await place.addBox("B-9", place.boxContainer);
  await box.meet();
  await place.mount(box, place.departmentPiece, 0, tagOf(0));
  await box.meet();
});
after(async () => place?.close());

/** A stamping of two copies whose authorisation the box has. */
async function begin(): Promise<string> {
  const requestId = await walkToHand(place.env, place.crew, place.department, { ...notice, copies: 2 });
  await place.open(requestId);
  await box.meet();
  return requestId;
}
async function pressAt(requestId: string): Promise<void> {
  const token = box.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
  assert.ok(token);
  assert.ok((await box.controller.choose(token.claims.jti)).ok);
  assert.ok((await box.controller.present("fp:2")).ok);
  const pressed = await box.controller.press();
  assert.ok(pressed.ok && pressed.value.out === "done", JSON.stringify(pressed));
}
const say = async (online: boolean): Promise<void> => {
  const row = { session: "s1", online, changed_at: new Date(), heard_at: new Date() };
  await place.env.db
    .insertInto("controller_presence")
    .values({ controller_id: box.controllerId, ...row })
    .onConflict((conflict) => conflict.column("controller_id").doUpdateSet(row))
    .execute();
};
const controllerOf = async (requestId: string) =>
  (await readStampingView(place.env, place.crew.people.custodian, requestId)).controller;
const end = (requestId: string, unheard = false) =>
  endStamping(place.env, place.crew.people.custodian, requestId, "The box is gone", unheard);

test("C09 C18: a stamping at a controller that is not connected ends without its word; the rest is not known, and what its journal tells later belongs to it", async () => {
  const requestId = await begin();
  await say(true);
  assert.deepEqual(
    (await controllerOf(requestId))?.boxes.map(({ standing }) => standing),
    ["connected"],
  );
  assert.deepEqual(await codesOf(end(requestId, true)), ["stamping.box-is-heard"]);
  await say(false);
  await pressAt(requestId);
  await end(requestId);
  assert.equal(await place.stateOf(requestId), "opened", "it waits for the box");
  const controller = await controllerOf(requestId);
  assert.deepEqual([controller?.ending, controller?.mayEndUnheard], [true, true]);
  assert.deepEqual(
    controller?.boxes.map(({ standing, trusted }) => [standing, trusted]),
    [["offline", true]],
  );
  assert.deepEqual(await codesOf(endStamping(place.env, place.crew.people.custodian, requestId, " ", true)), [
    "stamping.reason-missing",
  ]);
  await end(requestId, true);
  assert.deepEqual(await place.statesOf(requestId), ["unknown", "unknown"]);
  assert.equal(await place.stateOf(requestId), "closed");
  await place.authority.drain();
  await box.meet();
  const { impressions } = await readStampingView(place.env, place.crew.people.inspector, requestId);
  assert.deepEqual(
    impressions.map(({ state, stroke }) => [state, stroke !== null]),
    [
      ["unknown", true],
      ["unknown", false],
    ],
    "the journal tells which one was pressed, and people decide",
  );
  const detail = await readDetail(place.env, place.crew.people.inspector, requestId);
  assert.equal(detail.stamping?.fourCounts.counted, 2, "what nobody can tell counts as used");
});

test("C18: at a controller in quarantine, and at one that was revoked, nothing more is pressed, and its stamping ends at once", async () => {
  const { env, crew } = place;
  const [first, second] = [await begin(), await begin()];
  await say(true);
  await env.db
    .updateTable("controller_chains")
    .set({ quarantined: "FORK" })
    .where("controller_id", "=", box.controllerId)
    .execute();
  assert.deepEqual(
    (await controllerOf(first))?.boxes.map(({ standing, trusted }) => [standing, trusted]),
    [["quarantined", false]],
  );
  await end(first);
  assert.deepEqual(await place.statesOf(first), ["unknown", "unknown"]);
  assert.equal(await place.stateOf(first), "closed");

  await revokeController(env, crew.people.custodian, box.controllerId, "It was copied");
  const presence = await env.db
    .selectFrom("controller_presence")
    .select("online")
    .where("controller_id", "=", box.controllerId)
    .executeTakeFirstOrThrow();
  assert.equal(presence.online, false);
  assert.deepEqual(
    (await controllerOf(second))?.boxes.map(({ standing, trusted }) => [standing, trusted]),
    [["revoked", false]],
  );
  await end(second);
  assert.deepEqual(await place.statesOf(second), ["unknown", "unknown"]);
});
