import assert from "node:assert/strict";
import { test } from "node:test";
import { beginArchive } from "../../platform/archive.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { packPlain } from "../../platform/unpack-archive.ts";
import { followAuthorisations } from "../controller-stamping/stamping-ticks.ts";
import { type VendorPlace, vendorPlaceForTests } from "./test-vendor-place.ts";

const minute = 60_000;
let place: VendorPlace;
vendorPlaceForTests((made) => {
  place = made;
});
const picture = (shade: number): Buffer => Buffer.from(redPicture(shade));

test("C09: a cloud that changes what it was asked for is found out: its count, a use taken back, a sum that is none", async () => {
  const { requestId, authorisationId } = await place.beginAtCloud(2);
  const [auth] = place.fake.of(authorisationId).auths;
  assert.ok(auth);
  place.fake.press(authorisationId, 1);
  await place.follow(requestId);
  auth.used = 0;
  auth.left = 0;
  await place.follow(requestId, place.later(minute));
  assert.deepEqual(await place.statesOf(requestId), ["settled", "reserved"], "nothing is taken back");
  assert.equal((await place.findingsOf("vendor.count-fell", authorisationId)).length, 1);
  assert.equal((await place.findingsOf("vendor.counts-contradict", authorisationId)).length, 1);
  Object.assign(auth, { used: 1, left: null, count: 1000 });
  await place.follow(requestId, place.later(2 * minute));
  assert.equal((await place.findingsOf("vendor.count-differs", authorisationId)).length, 1);
  // What it allows beyond what was asked is ended there.
  await place.follow(requestId, place.later(3 * minute));
  assert.equal(place.fake.of(authorisationId).status, "FINISHED");
  await place.end(requestId);
  await place.follow(requestId, place.later(4 * minute));
  assert.deepEqual(await place.statesOf(requestId), ["settled", "released"]);
});

test("C09: archives that are hostile give no photo and no fault of ours; the photo stays owed until a right one comes", async () => {
  const { requestId, authorisationId } = await place.beginAtCloud(1);
  place.fake.press(authorisationId, 1);
  const bomb = packPlain([{ name: "SIGNATORY/1.png", content: Buffer.alloc(31 * 1024 * 1024) }]);
  const head = beginArchive();
  const cut = Buffer.concat([head.head("SIGNATORY/1.png", picture(1)), picture(1)]);
  for (const archive of [
    packPlain([{ name: "../../etc/passwd.png", content: picture(1) }]),
    packPlain([{ name: "SIGNATORY/../../1.png", content: picture(1) }]),
    packPlain([
      { name: "SIGNATORY/1.png", content: picture(1) },
      { name: "SIGNATORY/1.png", content: picture(2) },
    ]),
    packPlain([{ name: "SIGNATORY/1.exe", content: picture(1) }]),
    bomb,
    cut,
    Buffer.from("no archive at all"),
  ]) {
    place.fake.archive = archive;
    await place.follow(requestId);
    assert.deepEqual(await place.statesOf(requestId), ["pressed"]);
    assert.equal((await place.rowOf(requestId)).fault, "pictures-unreadable");
  }
  // One that says that it is a picture and is none is kept out as every photo is.
  place.fake.archive = packPlain([{ name: "SIGNATORY/1.png", content: Buffer.from("GIF89a<script>") }]);
  await place.follow(requestId);
  assert.deepEqual(await place.statesOf(requestId), ["pressed"]);
  // A face is nobody's business.
  place.fake.archive = packPlain([
    { name: "FACE/1.png", content: picture(3) },
    { name: "SIGNATORY/2.png", content: picture(4) },
  ]);
  await place.follow(requestId);
  assert.deepEqual(await place.statesOf(requestId), ["settled"]);
  const kinds = await place.env.db
    .selectFrom("vendor_photos")
    .select(["kind", "unfit"])
    .where("vendor_ref", "=", (await place.rowOf(requestId)).vendor_ref ?? "")
    .orderBy("name")
    .execute();
  assert.deepEqual(kinds, [
    { kind: "use", unfit: true },
    { kind: "use", unfit: false },
  ]);
});

test("C09: whatever calls and answers are lost, doubled, late or wrong, each impression ends settled once or released", async () => {
  let seed = 20_261_129;
  const draw = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  for (let round = 0; round < 6; round += 1) {
    const copies = 1 + draw(4);
    const { requestId, authorisationId } = await place.beginAtCloud(copies);
    const { id } = place.fake.of(authorisationId);
    let pressed = 0;
    const calls: Buffer[] = [];
    for (let step = 0; step < 12; step += 1) {
      const what = draw(6);
      if (what === 0 && pressed < copies) {
        place.fake.press(authorisationId, 1);
        pressed += 1;
        calls.push(place.fake.callAbout(id, { at: step }));
      }
      if (what === 1) for (const body of calls.toReversed().slice(0, 2)) await place.call(body);
      if (what === 2) place.fake.turns.push(draw(2) === 0 ? "error" : "cut-off");
      if (what === 3) await Promise.all([place.follow(requestId), place.follow(requestId)]);
      if (what === 4) await place.call(place.fake.callAbout(id, { status: "COMPLETE", usedCount: 99 }));
      if (what === 5) await place.poll(11 * minute);
    }
    if ((await place.stateOf(requestId)) === "opened") await place.end(requestId);
    place.fake.turns.length = 0;
    await place.follow(requestId);
    await place.follow(requestId);
    const states = await place.statesOf(requestId);
    assert.equal(states.filter((state) => state === "settled").length, pressed, `round ${round}`);
    assert.equal(states.filter((state) => state === "released").length, copies - pressed, `round ${round}`);
    assert.equal(await place.countsOf(requestId), `${copies} ${pressed} ${pressed} ${pressed}`);
  }
});

test("a cloud that answers nothing in time is asked once a minute, whatever is open there", async () => {
  const first = await place.beginAtCloud(1);
  const second = await place.beginAtCloud(1);
  await place.env.db
    .updateTable("vendor_authorisations")
    .set({ fault: "too-slow", asked_cloud_at: new Date(place.env.clock.now()) })
    .where("authorisation_id", "=", first.authorisationId)
    .execute();
  const before = place.fake.asked.length;
  await place.follow(second.requestId);
  assert.equal(place.fake.asked.length, before);
  await place.follow(second.requestId, place.later(2 * minute));
  assert.equal(place.fake.asked.length, before + 1);
  for (const { requestId } of [first, second]) {
    await place.end(requestId);
    await place.follow(requestId, place.later(4 * minute));
    assert.deepEqual(await place.statesOf(requestId), ["released"]);
  }
});

test("C09: a silent cloud is not waited for for ever: what it may have pressed nobody can tell", async () => {
  const { requestId } = await place.beginAtCloud(1);
  await place.end(requestId);
  place.fake.turns.push("error", "error", "error", "error");
  await place.follow(requestId);
  assert.equal(await place.stateOf(requestId), "opened");
  await followAuthorisations(place.later(60 * minute));
  assert.equal(await place.stateOf(requestId), "opened");
  await followAuthorisations(place.later(131 * minute));
  assert.deepEqual(await place.statesOf(requestId), ["unknown"]);
});
