import assert from "node:assert/strict";
import { test } from "node:test";
import { codesOf } from "../../platform/test-refusals.ts";
import { revokeController } from "../controllers/service.ts";
import { bringOut, confirmOpening, lockAway } from "../custody/move-piece.ts";
import { readHeldNow } from "../custody/postings.ts";
import { submitInTest } from "../custody/test-custody.ts";
import { readExplanations } from "../tasks/open-case.ts";
import { type BoxAtWork, boxForTests, type ControllerPlace, tagOf } from "./test-controller-place.ts";

let place: ControllerPlace;
let box: BoxAtWork;
boxForTests((made, first) => {
  place = made;
  box = first;
});

const askOut = () =>
  bringOut(place.env, place.crew.people.custodian, {
    bodyId: place.departmentPiece,
    purpose: "other",
    aboutId: null,
    reason: "Work",
  });
const placeOf = async () => (await readHeldNow(place.env.db, [place.departmentPiece]))(place.departmentPiece).place?.to;
const refused = ["custody.in-controller"];
const cases = () =>
  place.env.db
    .selectFrom("findings")
    .select(["finding_id", "state", "control"])
    .where("source", "=", "custody.out-of-box")
    .execute();

test("C08 C13: what its box says is inside comes out by an order of two and in no other way, also while the box is in tamper", async () => {
  const { custodian, applicant, secondCustodian, stranger, keeper } = place.crew.people;
  assert.deepEqual(await codesOf(askOut()), refused);
  const takeOut = submitInTest(place.env, place.crew, "take-out", applicant, {
    sealId: place.department,
    data: {
      ...{ bodyId: place.departmentPiece, escort: [custodian, stranger], place: "Court" },
      ...{ documents: [{ title: "A paper", impressions: 1 }], mostImpressions: 1 },
      dueAt: new Date(Date.now() + 3_600_000 * 24).toISOString(),
    },
  });
  assert.deepEqual(await codesOf(takeOut), refused);
  const bag = submitInTest(place.env, place.crew, "short-handover", custodian, {
    sealId: place.department,
    data: {
      ...{ transferorId: custodian, deputyId: secondCustodian, witnessId: keeper, tag: "T-1" },
      ...{ until: new Date(Date.now() + 86_400_000).toISOString().slice(0, 10) },
      bodies: [{ bodyId: place.departmentPiece, condition: "good" }],
    },
  });
  assert.ok((await codesOf(bag)).includes("custody.in-controller"));
  // The door is opened without an order: its alarm stands, and the seal is still inside.
  box.box.doorOpen = true;
  await box.controller.sense({ kind: "door-open" });
  await box.meet();
  assert.deepEqual(await codesOf(askOut()), refused);
  assert.equal(await placeOf(), `container:${place.boxContainer}`);
  box.box.doorOpen = false;
  await box.controller.sense({ kind: "door-closed" });
  await place.order(box, { kind: "inspect" });
  await box.meet();
  await place.unmount(box, place.departmentPiece, 0);
  const { openingId } = await askOut();
  // Put in again meanwhile: who confirms the opening is told so.
  await place.order(box, { kind: "mount", bodyId: place.departmentPiece, slot: 0, tag: tagOf(0) });
  box.box.doorOpen = true;
  await box.controller.sense({ kind: "door-open" });
  box.box.tags[0] = tagOf(0);
  box.box.doorOpen = false;
  await box.controller.sense({ kind: "door-closed" });
  await box.meet();
  assert.deepEqual(await codesOf(confirmOpening(place.env, secondCustodian, openingId ?? "")), refused);
  await place.unmount(box, place.departmentPiece, 0);
  assert.deepEqual(await confirmOpening(place.env, secondCustodian, openingId ?? ""), { out: true });
  assert.equal(await placeOf(), `person:${custodian}`);
  assert.deepEqual(await cases(), [], "taken out by an order, there is nothing to explain");
});

test("C13: out of a box that was revoked a piece is taken by hand, and who took it explains it; once it is elsewhere it moves freely", async () => {
  const { env, crew } = place;
  await place.mount(box, place.departmentPiece, 0, tagOf(0));
  assert.deepEqual(await codesOf(askOut()), refused);
  await revokeController(env, crew.people.inspector, box.controllerId, "Broken");
  await place.takeInHand(place.departmentPiece);
  assert.equal(await placeOf(), `person:${crew.people.custodian}`);
  const [opened, ...more] = await cases();
  assert.ok(opened);
  assert.deepEqual([opened.state, opened.control, more.length], ["open", "C13", 0]);
  const explained = (await readExplanations(env.db, [opened.finding_id])).get(opened.finding_id);
  assert.equal(explained?.assignee_id, crew.people.custodian);
  await env.db
    .updateTable("findings")
    .set({ state: "closed", closed_at: new Date(), closed_by: crew.people.inspector, closing_note: "Seen" })
    .where("finding_id", "=", opened.finding_id)
    .execute();
  await lockAway(env, crew.people.custodian, { bodyId: place.departmentPiece, containerId: place.containerId });
  await place.takeInHand(place.departmentPiece);
  assert.equal((await cases()).length, 1);
});
