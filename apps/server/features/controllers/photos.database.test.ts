import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { signAck } from "@chancery/seallink";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { takeSigned } from "../controller-stamping/deliver.ts";
import { askForOrder } from "../controller-stamping/orders.ts";
import { addPieceInTest } from "../custody/test-custody.ts";
import { takePresence } from "../gateway/presence.ts";
import { openPlatformSigner } from "./authority.ts";
import { tellMissingPhotos } from "./controller-ticks.ts";
import { ingestRecords } from "./ingest.ts";
import { askForPhoto, readPhotoProgress, storePhotoPart } from "./photos.ts";
import { showController } from "./read-model.ts";
import { revokeController } from "./service.ts";
import { enrolInTest } from "./test-controllers.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let sealId = "";
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  sealId = await crew.registerSeal("department", "LX-01");
});
after(() => place?.close());

let boxes = 0;
/** A box in which two people have mounted a seal: its face was photographed, and the record names the photo. */
async function mount(size: number) {
  boxes += 1;
  const { sealAdministrator: first, custodian: second } = crew.people;
  const one = await enrolInTest(env, { entityId: crew.entityId, first, second, serial: `P-${boxes}` });
  const { box, controller, controllerId } = one;
  const photo = randomBytes(size);
  box.photograph = () => photo;
  const tag = "E28011606000";
  const send = async () =>
    ingestRecords(env, {
      ...{ controllerId, payload: Buffer.from((await controller.printJournal()).trim()) },
      ...{ receivedAt: env.clock.now(), liveAfter: null },
    });
  await send();
  const bodyId = await addPieceInTest(env, sealId);
  await askForOrder(env, second, controllerId, { kind: "mount", bodyId, slot: 0, tag, secondPersonId: first });
  await place.authority().drain();
  const [order = ""] = await takeSigned(env, controllerId);
  for (const step of [
    () => controller.receive(order),
    () => controller.present("fp:1"),
    () => controller.present("fp:2"),
  ])
    assert.equal((await step()).ok, true);
  box.doorOpen = true;
  await controller.sense({ kind: "door-open" });
  box.tags = [tag];
  box.doorOpen = false;
  await controller.sense({ kind: "door-closed" });
  await send();
  const [hash = ""] = box.pictures.keys();
  return { ...one, photo, hash };
}
const ticketOf = async (controllerId: string, hash: string): Promise<string> => {
  const answer = await askForPhoto(env, controllerId, hash);
  assert.ok(answer?.kind === "ticket");
  return answer.ticket;
};
async function* streamOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
const partSize = 256 * 1024;
const send = (ticket: string, photo: Uint8Array, part: number) =>
  storePhotoPart(env, ticket, part, streamOf(photo.subarray(part * partSize, (part + 1) * partSize)));

test("C18: a photo comes in parts, in any order and over connections that break, and is freed by a signed word", async () => {
  const { controllerId, controller, box, photo, hash } = await mount(2 * partSize + 77);
  const shown = await showController(env, crew.people.custodian, controllerId);
  assert.deepEqual(shown.journal?.photos, { stored: 0, owed: 1 });
  const first = await ticketOf(controllerId, hash);
  assert.deepEqual((await send(first, photo, 2)).have, [2]);
  assert.deepEqual((await send(first, photo, 0)).have, [0, 2]);
  // The connection breaks; another ticket goes on where the first one ended.
  const second = await ticketOf(controllerId, hash);
  assert.deepEqual(await codesOf(readPhotoProgress(env, first)), ["subject.not-found"]);
  assert.deepEqual((await readPhotoProgress(env, second)).have, [0, 2]);
  assert.equal((await send(second, photo, 0)).state, "owed", "a part sent again counts once");
  assert.equal((await send(second, photo, 1)).state, "stored");
  const kept = await env.files.read(hash);
  assert.ok(kept.ok && kept.bytes.equals(photo));
  const answer = await askForPhoto(env, controllerId, hash);
  assert.ok(answer?.kind === "stored");
  assert.deepEqual(answer.ack.pic, [hash]);
  assert.equal(box.pictures.has(hash), true);
  const ack = await signAck(answer.ack, await openPlatformSigner(env.db, env, "seallink-ack"));
  assert.ok(ack.ok);
  await controller.receive(ack.value);
  assert.equal(box.pictures.has(hash), false, "the box lets go of it only now");
  await assert.rejects(
    env.db.updateTable("controller_photos").set({ digest: null, stored_at: null }).where("hash", "=", hash).execute(),
    /stays/,
  );
});

test("attack 22: other bytes than those that were signed for are found, let go of, and asked for again", async () => {
  const { controllerId, photo, hash } = await mount(partSize + 5);
  const ticket = await ticketOf(controllerId, hash);
  await send(ticket, photo, 0);
  const other = Buffer.from(photo);
  other.writeUInt8(other.readUInt8(partSize) ^ 1, partSize);
  assert.deepEqual(await codesOf(send(ticket, other, 1)), ["controller.photo-differs"]);
  assert.deepEqual((await readPhotoProgress(env, ticket)).have, []);
  const found = await env.db
    .selectFrom("controller_findings")
    .select("code")
    .where("controller_id", "=", controllerId)
    .where("code", "=", "PIC_HASH_MISMATCH")
    .execute();
  assert.equal(found.length, 1);
  await send(ticket, photo, 1);
  assert.equal((await send(ticket, photo, 0)).state, "stored");
});

test("attack 34: what no record named, parts of another size and tickets of nobody are not taken", async () => {
  const { controllerId, photo, hash } = await mount(partSize + 5);
  assert.equal(await askForPhoto(env, controllerId, `sha256:${"0".repeat(64)}`), null);
  const stranger = await mount(10);
  assert.equal(await askForPhoto(env, stranger.controllerId, hash), null, "another box's photo");
  const ticket = await ticketOf(controllerId, hash);
  for (const [part, bytes] of [
    [0, photo.subarray(0, partSize - 1)],
    [0, new Uint8Array(partSize + 1)],
    [1, photo.subarray(0, partSize)],
    [2, new Uint8Array(5)],
    [0, new Uint8Array()],
  ] as const)
    assert.deepEqual(await codesOf(storePhotoPart(env, ticket, part, streamOf(bytes))), [
      "controller.photo-part-unfit",
    ]);
  assert.deepEqual(await codesOf(readPhotoProgress(env, "A".repeat(43))), ["subject.not-found"]);
  const late = { ...env, clock: { ...env.clock, now: () => env.clock.now() + 61 * 60_000 } };
  assert.deepEqual(await codesOf(readPhotoProgress(late, ticket)), ["subject.not-found"]);
  await revokeController(env, crew.people.inspector, controllerId, "Lost");
  assert.deepEqual(await codesOf(send(ticket, photo, 0)), ["subject.not-found"]);
});

test("C18: a photo that does not come within a day is told once", async () => {
  const { controllerId } = await mount(100);
  await takePresence(env, controllerId, Buffer.from(JSON.stringify({ s: "online", sid: "s", ep: 1, seq: 1 })));
  const missing = async () =>
    (
      await env.db
        .selectFrom("controller_findings")
        .select("code")
        .where("controller_id", "=", controllerId)
        .where("code", "=", "PIC_MISSING")
        .execute()
    ).length;
  await tellMissingPhotos(env);
  assert.equal(await missing(), 0);
  const late = { ...env, clock: { ...env.clock, now: () => env.clock.now() + 25 * 60 * 60_000 } };
  await tellMissingPhotos(late);
  await tellMissingPhotos(late);
  assert.equal(await missing(), 1);
});
