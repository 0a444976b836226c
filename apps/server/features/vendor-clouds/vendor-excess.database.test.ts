import assert from "node:assert/strict";
import { test } from "node:test";
import { endCloud } from "./clouds.ts";
import { type VendorPlace, vendorPlaceForTests } from "./test-vendor-place.ts";

let place: VendorPlace;
vendorPlaceForTests((made) => {
  place = made;
});

test("C09: more than was authorised freezes request and seal, is somebody's to explain, and is ended at the cloud", async () => {
  const { env, department } = place;
  const { requestId, authorisationId } = await place.beginAtCloud(2);
  place.fake.press(authorisationId, 5);
  await place.follow(requestId);
  assert.equal(await place.stateOf(requestId), "frozen");
  const seal = await env.db.selectFrom("seals").select("state").where("seal_id", "=", department).executeTakeFirst();
  assert.equal(seal?.state, "frozen");
  assert.equal((await place.findingsOf("stamping.excess", `${requestId} ${authorisationId}`)).length, 1);
  assert.equal((await place.statesOf(requestId)).length, 2, "no impression is made up for what was never allowed");
  assert.match(await place.countsOf(requestId), /^2 5 /);
  await place.follow(requestId, place.later(1000));
  assert.equal(place.fake.of(authorisationId).status, "FINISHED");
  // Asked again it is told of once.
  assert.equal((await place.findingsOf("stamping.excess", `${requestId} ${authorisationId}`)).length, 1);
  assert.match(await place.countsOf(requestId), /^2 5 /);
});

test("C18: credentials lie encrypted, stand in no event, and a cloud that was ended is asked for nothing new", async () => {
  const { env, cloudId, fake, crew } = place;
  const row = await env.db.selectFrom("vendor_clouds").selectAll().where("cloud_id", "=", cloudId).executeTakeFirst();
  const text = JSON.stringify({ ...row, credentials: row?.credentials.toString("latin1") });
  const events = JSON.stringify(await env.db.selectFrom("events").selectAll().execute());
  for (const secret of [fake.token, fake.secret, place.callKey, place.callSecret]) {
    assert.ok(!text.includes(secret));
    assert.ok(!events.includes(secret));
  }
  await endCloud(env, crew.people.sealAdministrator, cloudId, "Another maker");
  await assert.rejects(endCloud(env, crew.people.sealAdministrator, cloudId, "Again"), /not in use/);
});
