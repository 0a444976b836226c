import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { codesOf } from "../../platform/test-refusals.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { walkToHand } from "../stamping/test-stamping.ts";
import { notice } from "../stamping/test-stamping-place.ts";
import { followVendorAuthorisation } from "./follow.ts";
import { type VendorPlace, vendorPlaceForTests } from "./test-vendor-place.ts";

const minute = 60_000;
let place: VendorPlace;
vendorPlaceForTests((made) => {
  place = made;
});
const known = (hash: string) =>
  place.env.db.selectFrom("vendor_hints").select(["state", "vendor_ref"]).where("body_hash", "=", hash).execute();

test("C09: a maker's cloud is asked for what is reserved, for who stamps and for two hours, and each use it tells of settles one impression once", async () => {
  const { requestId, authorisationId } = await place.beginAtCloud(3);
  const application = place.fake.of(authorisationId);
  const [auth] = application.auths;
  assert.equal(auth?.count, 3, "what is left at the gate, never more");
  assert.equal(auth.deviceNo, "QYS-77");
  assert.equal(auth.mobile, "13800000001");
  const row = await place.rowOf(requestId);
  assert.equal(row.state, "open");
  assert.equal((row.ends_at?.getTime() ?? 0) - (row.begins_at?.getTime() ?? 0), 120 * minute);
  place.fake.press(authorisationId, 2);
  const body = place.fake.callAbout(application.id);
  await place.call(body);
  assert.deepEqual([...place.queued], [authorisationId]);
  place.queued.clear();
  // The same call twice more, and an older one after it: nothing new is asked, and nothing counts twice.
  await Promise.all([place.call(body), place.call(body)]);
  assert.equal(place.queued.size, 0);
  await Promise.all([place.follow(requestId), place.follow(requestId)]);
  await place.call(place.fake.callAbout(application.id, { images: ["1"] }));
  await place.follow(requestId);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "reserved"]);
  place.fake.press(authorisationId, 1);
  await place.follow(requestId);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "settled"]);
  assert.equal(await place.stateOf(requestId), "closed", "somebody still looks at the photos");
  assert.equal(await place.countsOf(requestId), "3 3 3 3");
  const strokes = await place.env.db
    .selectFrom("vendor_strokes")
    .select(["n", "impression_id"])
    .where("authorisation_id", "=", authorisationId)
    .execute();
  assert.equal(new Set(strokes.map((one) => one.impression_id)).size, 3);
  const photos = await place.env.db
    .selectFrom("impressions")
    .select("evidence_id")
    .distinct()
    .where("request_id", "=", requestId)
    .execute();
  assert.equal(photos.length, 3, "each its own photo");
});

test("C09: a call that lies or is forged changes nothing: only what the cloud answers is written", async () => {
  const { requestId, authorisationId } = await place.beginAtCloud(2);
  const { id } = place.fake.of(authorisationId);
  const lie = place.fake.callAbout(id, { status: "COMPLETE", usedCount: 2, leftCount: 0 });
  await assert.rejects(place.call(lie, "00".repeat(32)), { status: 404 });
  await assert.rejects(place.call(lie, ""), { status: 404 });
  assert.equal(place.queued.size, 0);
  await place.call(lie);
  await place.follow(requestId);
  assert.deepEqual(await place.statesOf(requestId), ["reserved", "reserved"]);
  assert.equal((await place.rowOf(requestId)).state, "open");
  // About what nobody asked for, or in no form at all: kept, and nothing follows.
  place.queued.clear();
  const other = place.fake.callAbout("999999");
  for (const body of [other, Buffer.from("<xml/>"), Buffer.alloc(0), Buffer.from([0, 255, 0])]) await place.call(body);
  assert.equal(place.queued.size, 0);
  const [kept] = await known(createHash("sha256").update(other).digest("hex"));
  assert.deepEqual(kept, { state: "unknown", vendor_ref: "999999" });
  await place.end(requestId);
  await place.follow(requestId);
  assert.deepEqual(await place.statesOf(requestId), ["released", "released"]);
});

test("C09: what a lost call would have told is found within ten minutes by asking, and what is not used is given back", async () => {
  const { requestId, authorisationId } = await place.beginAtCloud(2);
  place.fake.press(authorisationId, 1);
  await place.follow(requestId, place.later(0));
  place.fake.press(authorisationId, 0, 0);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "reserved"]);
  await place.end(requestId);
  // It ends when the cloud says that nothing more can come.
  assert.equal(await place.stateOf(requestId), "opened");
  await place.follow(requestId);
  assert.equal(place.fake.of(authorisationId).status, "FINISHED");
  assert.equal(await place.stateOf(requestId), "closed");
  assert.deepEqual(await place.statesOf(requestId), ["settled", "released"]);
  const second = await place.beginAtCloud(1);
  await place.follow(second.requestId);
  place.fake.press(second.authorisationId, 1);
  await place.poll(9 * minute);
  assert.deepEqual(await place.statesOf(second.requestId), ["reserved"]);
  await place.poll(11 * minute);
  assert.deepEqual(await place.statesOf(second.requestId), ["settled"]);
});

test("C09: an application whose answer got lost is found under our own name and never made twice", async () => {
  for (const turn of ["done-and-error", "cut-off"] as const) {
    place.fake.turns.push(turn);
    const { requestId, authorisationId } = await place.beginAtCloud(2);
    assert.equal((await place.rowOf(requestId)).state, "sending");
    // While somebody may still wait for its answer nothing is done.
    await place.follow(requestId);
    assert.equal((await place.rowOf(requestId)).state, "sending");
    await place.follow(requestId, place.later(2 * minute));
    assert.equal((await place.rowOf(requestId)).state, "open");
    assert.equal(place.fake.of(authorisationId).auths.length, 1);
    place.fake.press(authorisationId, 2);
    await place.follow(requestId, place.later(3 * minute));
    assert.equal(await place.stateOf(requestId), "closed");
  }
});

test("C09: an application that nobody can find is not asked anew, and is ended and counted should it turn up", async () => {
  const { env, fake } = place;
  fake.turns.push("error");
  const { requestId, authorisationId } = await place.beginAtCloud(1);
  await place.follow(requestId, place.later(2 * minute));
  assert.equal((await place.rowOf(requestId)).state, "lost");
  // Going on does not ask for it a second time while the first may still be used.
  await place.goOn(requestId);
  await place.follow(requestId, place.later(2 * minute));
  const rows = (
    await env.db.selectFrom("vendor_authorisations").select("refusals").where("request_id", "=", requestId).execute()
  )
    .flatMap(({ refusals }) => (refusals as { list?: { code: string }[] } | null)?.list ?? [])
    .map(({ code }) => code);
  assert.deepEqual(rows, ["vendor.earlier-unclear"]);
  // It turns up, and somebody had pressed.
  fake.applications.push({
    ...{ id: "late-1", status: "USING", pictures: [] },
    auths: [
      {
        ...{ id: "late-1-1", serialNo: authorisationId, deviceNo: "QYS-77", mobile: "", count: 1, used: 0, left: null },
      },
    ],
  });
  fake.press(authorisationId, 1);
  await place.follow(requestId, place.later(4 * minute));
  await place.follow(requestId, place.later(6 * minute));
  assert.equal(fake.of(authorisationId).status, "FINISHED");
  assert.deepEqual(await place.statesOf(requestId), ["settled"]);
});

test("C09: on another day what is left is added to the application that is there, and its photos find their impressions", async () => {
  const { requestId, authorisationId } = await place.beginAtCloud(3);
  place.fake.press(authorisationId, 1);
  await place.follow(requestId, place.later(122 * minute));
  assert.deepEqual(await place.statesOf(requestId), ["settled", "reserved", "reserved"]);
  assert.equal((await place.rowOf(requestId)).state, "over");
  await place.goOn(requestId);
  await place.follow(requestId);
  const next = await place.rowOf(requestId);
  assert.equal(next.state, "open");
  const application = place.fake.of(next.authorisation_id);
  assert.equal(application.id, place.fake.of(authorisationId).id);
  assert.deepEqual(
    application.auths.map(({ count }) => count),
    [3, 2],
    "what is left, and no more",
  );
  place.fake.press(next.authorisation_id, 2);
  await place.follow(requestId);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "settled"]);
  assert.equal(await place.countsOf(requestId), "3 3 3 3");
});

test("C04: in an emergency no cloud is asked, for its controller asks nobody for a second finger", async () => {
  const { env, crew, fake } = place;
  const before = fake.applications.length;
  const emergency = "The notice has to hang by noon";
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 1, emergency });
  const { actions } = await readStampingView(env, crew.people.custodian, requestId);
  assert.deepEqual(actions, ["open"], "by hand alone");
  assert.deepEqual(await codesOf(place.open(requestId)), ["controller.use-emergency-cloud"]);
  assert.equal(fake.applications.length, before);
});

test("C01: nothing is asked of a cloud once the gate has closed, and what it refuses is said", async () => {
  const { env, fake, crew } = place;
  const before = fake.applications.length;
  fake.turns.push("well");
  const { requestId } = await place.beginAtCloud(1);
  await place.end(requestId);
  await place.follow(requestId);
  assert.equal(fake.applications.length, before + 1);
  const stopped = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  await place.open(stopped);
  const { authorisation_id: id } = await place.rowOf(stopped);
  await place.end(stopped);
  await followVendorAuthorisation(env, id);
  assert.equal((await place.rowOf(stopped)).state, "withdrawn");
  assert.equal(fake.applications.length, before + 1);
  assert.deepEqual(await place.statesOf(stopped), ["released"]);
});
