import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { askGate } from "@chancery/domain";
import { dayInTest } from "../../platform/test-days.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { askForOrder } from "../controller-stamping/orders.ts";
import {
  type BoxAtWork,
  type ControllerPlace,
  createControllerPlace,
  tagOf,
} from "../controller-stamping/test-controller-place.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { walkToHand } from "../stamping/test-stamping.ts";
import { notice } from "../stamping/test-stamping-place.ts";
import { lockAway } from "./move-piece.ts";
import { readHeldNow } from "./postings.ts";
import { addSafeInTest, bodyOf, confirmInTest, submitInTest } from "./test-custody.ts";

let place: ControllerPlace;
let box: BoxAtWork;
before(async () => {
  place = await createControllerPlace();
  box = await place.addBox("B-1", place.boxContainer);
  await box.meet();
});
after(async () => place?.close());

const placeOf = async (bodyId: string) => (await readHeldNow(place.env.db, [bodyId]))(bodyId).place?.to;

test("C08 C13: from one container into another nobody posts a piece alone: it goes through a hand, by who holds the locks", async () => {
  const { env, crew, contractPiece: bodyId } = place;
  const { custodian, secondCustodian, supervisor, keeper } = crew.people;
  const other = await addSafeInTest(env, crew, [custodian, keeper]);
  for (const containerId of [place.boxContainer, other.containerId])
    assert.deepEqual(await codesOf(lockAway(env, custodian, { bodyId, containerId })), ["custody.not-in-hand"]);
  assert.equal(await placeOf(bodyId), `container:${place.containerId}`);
  await place.takeInHand(bodyId);
  // It is in one hand: the other one who answers for it has nothing to put away.
  for (const personId of [secondCustodian, supervisor])
    assert.deepEqual(await codesOf(lockAway(env, personId, { bodyId, containerId: other.containerId })), [
      "custody.not-in-hand",
    ]);
  await lockAway(env, custodian, { bodyId, containerId: other.containerId });
  assert.equal(await placeOf(bodyId), `container:${other.containerId}`);
});

test("C14: what lies under a tag is put into no controller, ordered into none and let through no gate", async () => {
  const { env, crew, departmentPiece: bodyId, department: sealId } = place;
  const { custodian, secondCustodian, sealAdministrator, stranger, keeper } = crew.people;
  const requestId = await walkToHand(env, crew, sealId, notice);
  const asksOfSeal = async () => {
    const { conditions } = askGate((await readGateFacts(env.db, env, requestId)).facts);
    return conditions.find(({ id }) => id === "seal-in-use")?.code;
  };
  assert.equal(await asksOfSeal(), "gate.seal-in-use");
  const key = await bodyOf(env, sealId, "electronic");
  const matterId = await submitInTest(env, crew, "short-handover", custodian, {
    sealId,
    data: {
      ...{ transferorId: custodian, deputyId: stranger, witnessId: keeper, tag: "0042" },
      until: dayInTest(Date.now() + 86_400_000),
      bodies: [bodyId, key].map((one) => ({ bodyId: one, condition: "good" })),
    },
  });
  await confirmInTest(env, custodian, matterId, "transferor");
  assert.equal(await confirmInTest(env, stranger, matterId, "deputy"), "done");
  assert.equal(await placeOf(bodyId), `person:${stranger}`);
  const wanted = { kind: "mount", bodyId, slot: 0, tag: tagOf(0), secondPersonId: sealAdministrator } as const;
  const ordered = await codesOf(askForOrder(env, custodian, box.controllerId, wanted));
  assert.ok(ordered.includes("custody.under-tag"), ordered.join());
  assert.deepEqual(await codesOf(lockAway(env, stranger, { bodyId, containerId: place.boxContainer })), [
    "custody.under-tag",
  ]);
  assert.equal(await asksOfSeal(), "gate.seal-in-use.under-tag");
  // In a safe the bag is kept.
  const own = await addSafeInTest(env, crew, [stranger, secondCustodian]);
  await lockAway(env, stranger, { bodyId, containerId: own.containerId });
  assert.equal(await placeOf(bodyId), `container:${own.containerId}`);
});
