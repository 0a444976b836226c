import assert from "node:assert/strict";
import { test } from "node:test";
import { listControllers, showController } from "../controllers/read-model.ts";
import { revokeController } from "../controllers/service.ts";
import { addContainer } from "../custody/containers.ts";
import { readDetail } from "../requests/detail.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { reportInTest } from "../stamping/test-stamping.ts";
import { factOf } from "../stamping/test-stamping-place.ts";
import { listClouds } from "./read-clouds.ts";
import { confirmVendorController, registerVendorController } from "./register-controller.ts";
import { type VendorPlace, vendorPlaceForTests } from "./test-vendor-place.ts";

let place: VendorPlace;
vendorPlaceForTests((made) => {
  place = made;
});

test("C09: each impression says on page, register and API who counts it: T1 of a maker's cloud, and T0 by hand", async () => {
  const { env, crew, fake } = place;
  const { custodian, inspector, applicant } = crew.people;
  const { requestId, authorisationId } = await place.beginAtCloud(2);
  const before = await readStampingView(env, custodian, requestId);
  const [box] = before.controller?.boxes ?? [];
  assert.equal(box?.kind, "vendor-cloud");
  assert.equal(box.standing, "connected", "its cloud answered");
  assert.deepEqual([box.turn, box.most, box.used], ["accepted", 2, 0]);
  assert.match(box.useCode ?? "", /^code-/, "who opened it types it at the box");
  for (const other of [inspector, applicant])
    assert.equal((await readStampingView(env, other, requestId)).controller?.boxes[0]?.useCode, null);
  assert.deepEqual(
    before.impressions.map(({ grade }) => grade),
    [null, null],
  );
  fake.press(authorisationId, 1);
  await place.follow(requestId);
  const view = await readStampingView(env, custodian, requestId);
  assert.deepEqual(
    view.impressions.map(({ grade }) => grade),
    ["T1", null],
  );
  const detail = await readDetail(env, custodian, requestId);
  assert.deepEqual(
    detail.evidence.map(({ grade, count }) => [grade, count]),
    [["T1", 1]],
  );
  assert.match(detail.evidence[0]?.says.en ?? "", /no signature/);
  assert.match(detail.evidence[0]?.says.zh ?? "", /没有签名/);
  const [line] = await place.linesOf(requestId);
  assert.equal(factOf(line, "grades"), "T1 The maker's cloud: 1");
  await place.end(requestId);
  await place.follow(requestId);
  const byHand = await place.begin("contract");
  await reportInTest(env, custodian, byHand, 1);
  const grades = (await readDetail(env, custodian, byHand)).impressionList.map(({ grade }) => grade);
  assert.deepEqual(grades, ["T0", null]);
});

test("C18: a controller of a cloud says what it cannot do, hides its number until it is confirmed, and three other numbers end it", async () => {
  const { env, crew, cloudId } = place;
  const { sealAdministrator, custodian, inspector } = crew.people;
  const { containerId } = await addContainer(env, sealAdministrator, {
    ...{ entityId: crew.entityId, kind: "controller", name: { en: "Second", zh: "第二台" }, address: "Room 3" },
    ...{ insideMonitoring: true, camera: "C-9", goodForImportant: true },
    locks: [{ kind: "key", label: "C1" }],
  });
  const wanted = { cloudId, deviceNo: "QYS-90", model: "T1", name: { en: "Second", zh: "第二台" }, containerId };
  const { controllerId } = await registerVendorController(env, sealAdministrator, wanted);
  const waiting = await showController(env, custodian, controllerId);
  assert.equal(waiting.serial, "");
  assert.equal(waiting.mayConfirm, true);
  assert.equal((await showController(env, sealAdministrator, controllerId)).mayConfirm, false);
  assert.deepEqual([waiting.adapter.kind, waiting.adapter.entriesLeft], ["vendor-cloud", 3]);
  assert.ok(waiting.adapter.missing.includes("signedRecords"));
  await assert.rejects(confirmVendorController(env, sealAdministrator, controllerId, "QYS-90"), /does not confirm/);
  for (const left of [2, 1, 0])
    await assert.rejects(
      confirmVendorController(env, custodian, controllerId, "QYS-91"),
      new RegExp(`${left} more entr`),
    );
  assert.equal((await showController(env, custodian, controllerId)).state, "revoked");
  await assert.rejects(confirmVendorController(env, custodian, controllerId, "QYS-90"), /cannot happen/);
  const again = await registerVendorController(env, sealAdministrator, wanted);
  await confirmVendorController(env, custodian, again.controllerId, "QYS-90");
  const { items } = await listControllers(env, inspector);
  const shown = items.find((one) => one.controllerId === again.controllerId);
  assert.equal(shown?.serial, "QYS-90");
  assert.equal(shown.enrolled?.key, null);
  assert.deepEqual(shown.hindrances, []);
  await revokeController(env, inspector, again.controllerId, "Sold");
  const [cloud] = (await listClouds(env, inspector)).items;
  assert.deepEqual(
    cloud?.people.map(({ mobileEnd }) => mobileEnd),
    [""],
    "a number is shown to who manages controllers alone",
  );
  assert.deepEqual(cloud.others, []);
  assert.equal((await listClouds(env, custodian)).items[0]?.people[0]?.mobileEnd, "0001");
});

test("C11 C18: whatever the application does, the tables take no cloud and no controller of one that one person made and confirmed", async () => {
  const { env, cloudId, controllerId } = place;
  const own = await env.db
    .selectFrom("vendor_clouds")
    .select("registered_by")
    .where("cloud_id", "=", cloudId)
    .executeTakeFirstOrThrow();
  await assert.rejects(
    env.db
      .updateTable("vendor_clouds")
      .set({ confirmed_by: own.registered_by })
      .where("cloud_id", "=", cloudId)
      .execute(),
    /cloud_confirmed_by_another/,
  );
  await assert.rejects(
    env.db
      .updateTable("controllers")
      .set({ state: "awaiting-confirmation" })
      .where("controller_id", "=", controllerId)
      .execute(),
    /never enrolled again/,
  );
});
