import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { presentInTest } from "../../platform/test-walk.ts";
import { readAuthorisations } from "../authority/authorisation-rows.ts";
import { readDetail } from "../requests/detail.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { givePresence, type StampWay } from "../stamping/service.ts";
import { walkToHand } from "../stamping/test-stamping.ts";
import { factOf, notice } from "../stamping/test-stamping-place.ts";
import { type BoxAtWork, type ControllerPlace, createControllerPlace, tagOf } from "./test-controller-place.ts";

let place: ControllerPlace;
let box: BoxAtWork;
before(async () => {
  place = await createControllerPlace();
  box = await place.addBox("B-1", place.boxContainer);
  await box.meet();
  await place.mount(box, place.departmentPiece, 1, tagOf(1));
});
after(async () => place?.close());

const walk = (change: Parameters<typeof walkToHand>[3] = {}): Promise<string> =>
  walkToHand(place.env, place.crew, place.department, { ...notice, copies: 2, ...change });
async function release(requestId: string, way: StampWay): Promise<void> {
  const { custodian } = place.crew.people;
  const digest = (await loadRequest(place.env.db, requestId)).row.digest ?? "";
  const stepUpId = await presentInTest(place.env, custodian, "release", requestId, digest);
  await givePresence(place.env, custodian, "release", requestId, digest, stepUpId, way);
}
async function press(): Promise<string> {
  await box.controller.present("fp:2");
  const pressed = await box.controller.press();
  return pressed.ok ? pressed.value.out : pressed.code;
}

test("C01 C09 C18: what is opened for the dock alone is authorised so, pressed there and nowhere else, and says so wherever it is shown", async () => {
  const { env, crew } = place;
  const requestId = await walk();
  const { actions } = await readStampingView(env, crew.people.custodian, requestId);
  assert.ok(actions.includes("open-docked") && actions.includes("open-at-controller"));
  await place.open(requestId, "docked");
  await box.meet();
  const token = box.controller.view().tokens.find(({ claims }) => claims.sub === requestId);
  assert.deepEqual([token?.claims.use.mode, token?.claims.use.max], ["console", 2]);
  await box.controller.choose(token?.claims.jti ?? "");
  box.box.docked = false;
  assert.equal(await press(), "NOT_DOCKED");
  await box.meet();
  assert.deepEqual(await place.statesOf(requestId), ["reserved", "reserved"], "nothing was used");
  assert.deepEqual(await place.linesOf(requestId), []);
  box.box.docked = true;
  assert.equal(await press(), "done");
  box.box.docked = false;
  assert.equal(await press(), "NOT_DOCKED");
  box.box.docked = true;
  assert.equal(await press(), "done");
  await box.meet();
  assert.deepEqual(await place.statesOf(requestId), ["pressed", "pressed"]);
  assert.equal((await readAuthorisations(env.db, requestId))[0]?.state, "used-up");
  assert.equal((await readStampingView(env, crew.people.inspector, requestId)).docked, true);
  assert.equal((await readDetail(env, crew.people.custodian, requestId)).stamping?.docked, true);
  assert.equal(factOf((await place.linesOf(requestId))[0], "docked"), "yes");
  const opened = await env.db
    .selectFrom("events")
    .select("facts")
    .where("request_id", "=", requestId)
    .where("type", "=", "StampingOpened")
    .executeTakeFirstOrThrow();
  assert.equal((opened.facts as { docked?: boolean }).docked, true);
});

test("C09: it goes on as it was opened; neither an emergency nor the tables let anything else be bound to the dock", async () => {
  const { env, crew } = place;
  const requestId = await walk();
  await place.open(requestId, "docked");
  await assert.rejects(release(requestId, "controller"), /was said when it was opened/);
  await release(requestId, "docked");
  const free = await walk();
  await place.open(free);
  await assert.rejects(release(free, "docked"), /was said when it was opened/);
  await box.meet();
  const modes = box.controller.view().tokens.map(({ claims }) => [claims.sub === free, claims.use.mode]);
  assert.deepEqual(modes.toSorted(), [
    [false, "console"],
    [true, "batch"],
  ]);
  const urgent = await walk({ copies: 1, emergency: "The notice has to hang by noon" });
  assert.ok(!(await readStampingView(env, crew.people.custodian, urgent)).actions.includes("open-docked"));
  await assert.rejects(release(urgent, "docked"), /authorisation of its own, which is not bound to the dock/);
  await assert.rejects(
    env.db.updateTable("seal_use_requests").set({ docked: true }).where("request_id", "=", urgent).execute(),
    /docked_is_by_controller/,
  );
});
