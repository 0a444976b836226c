import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { compareSignatures } from "../authority/compare-signatures.ts";
import { takeSigned } from "../controller-stamping/deliver.ts";
import { ingestRecords } from "../controllers/ingest.ts";
import { showController } from "../controllers/read-model.ts";
import { enrolInTest } from "../controllers/test-controllers.ts";
import { askEpoch, decideEpoch } from "./service.ts";
import { showEpoch } from "./show-epoch.ts";

let place: TestEnvironment;
let crew: TestCrew;
let first = "";
let second = "";
before(async () => {
  place = await createTestEnvironment();
  const { now } = place.env.clock;
  Object.assign(place.env, { clock: { ...place.env.clock, now: () => now() + passed } });
  crew = await createTestCrew(place.env);
  await crew.registerSeal("department", "LX-01");
  first = crew.people.sealAdministrator;
  second = crew.people.custodian;
});
after(() => place?.close());

/** Milliseconds that these tests let pass, at the platform and, where they say so, at a box. */
let passed = 0;
const hour = 3_600_000;
const pass = (hours: number, ...boxes: readonly Enrolled[]): void => {
  passed += hours * hour;
  for (const { box } of boxes) box.wait(hours * hour);
};
let plates = 0;
type Enrolled = Awaited<ReturnType<typeof enrolInTest>>;
async function enrol(): Promise<Enrolled> {
  plates += 1;
  const made = await enrolInTest(place.env, { entityId: crew.entityId, first, second, serial: `E-${plates}` });
  await send(made);
  return made;
}
const take = (controllerId: string, texts: readonly string[]) =>
  ingestRecords(place.env, {
    ...{ controllerId, payload: Buffer.from(texts.join("\n")), receivedAt: place.env.clock.now(), liveAfter: null },
  });
/** What the box has written since it was sent last. */
const send = ({ controllerId, box }: Enrolled) => {
  const texts = box.sent.splice(0).flatMap((message) => (message.kind === "records" ? message.texts : []));
  return take(controllerId, [...new Set(texts)]);
};
/** The seal is pressed past the box's program: its counter tells, no record does. */
async function quarantine(made: Enrolled): Promise<void> {
  made.box.touch();
  await made.controller.sense({ kind: "door-closed" });
  await send(made);
}
const closeIncident = (controllerId: string) =>
  place.env.db
    .updateTable("findings")
    .set({ state: "closed", closed_by: crew.people.inspector, closed_at: new Date(), closing_note: "Looked into" })
    .where("subject_key", "like", `${controllerId} %`)
    .execute();
const chainsOf = (controllerId: string) =>
  place.env.db
    .selectFrom("controller_chains")
    .select(["epoch", "closed", "quarantined", "counters"])
    .where("controller_id", "=", controllerId)
    .orderBy("epoch")
    .execute();
const findingsOf = async (controllerId: string): Promise<string[]> =>
  (
    await place.env.db
      .selectFrom("controller_findings")
      .select("code")
      .where("controller_id", "=", controllerId)
      .orderBy("finding_no")
      .execute()
  ).map(({ code }) => code);
async function agree(controllerId: string, readings: readonly number[]): Promise<void> {
  const { resetId } = await askEpoch(place.env, first, controllerId, { readings, reason: "Inspected" });
  await decideEpoch(place.env, second, controllerId, { resetId, confirm: true, readings });
  await place.authority().drain();
}

test("C18: out of quarantine leads a new epoch alone: incident closed, two people with equal readings, an order at the box", async () => {
  const made = await enrol();
  const { controllerId, box, controller } = made;
  assert.deepEqual(await codesOf(askEpoch(place.env, first, controllerId, { readings: [0], reason: "-" })), [
    "epoch.not-quarantined",
  ]);
  await quarantine(made);
  assert.notEqual((await chainsOf(controllerId))[0]?.quarantined, null);
  // One more that no record tells of, while nothing is taken from it.
  box.touch();
  assert.deepEqual(await codesOf(askEpoch(place.env, first, controllerId, { readings: [0], reason: "-" })), [
    "epoch.counter-back",
  ]);
  const { resetId } = await askEpoch(place.env, first, controllerId, { readings: [2], reason: "Inspected" });
  const decide = (by: string, readings: number[]) =>
    codesOf(decideEpoch(place.env, by, controllerId, { resetId, confirm: true, readings }));
  assert.deepEqual(await decide(first, [2]), ["epoch.second-person", "epoch.incident-open"]);
  assert.deepEqual(await decide(second, [3]), ["epoch.incident-open", "epoch.readings-differ"]);
  await closeIncident(controllerId);
  assert.deepEqual(await decide(second, [2]), []);
  await place.authority().drain();
  assert.equal((await showEpoch(place.env, first, controllerId)).reset?.order, "signed");
  const [order] = await takeSigned(place.env, controllerId);
  assert.equal((await controller.receive(order ?? "")).ok, true);
  await controller.present("fp:1");
  assert.equal((await controller.present("fp:2")).ok, true);
  assert.equal(controller.view().ep, 2);
  const { ack } = await send(made);
  assert.deepEqual([ack?.ep, ack?.upto], [2, 1]);
  assert.deepEqual(await chainsOf(controllerId), [
    { epoch: 1, closed: true, quarantined: "UNRECORDED_STAMP", counters: ["1"] },
    { epoch: 2, closed: false, quarantined: null, counters: ["2"] },
  ]);
  const page = await showController(place.env, second, controllerId);
  assert.deepEqual([page.journal?.epoch, page.journal?.quarantined], [2, null]);
  assert.ok((await findingsOf(controllerId)).includes("EPOCH_UNCOUNTED"));
  const told = await place.env.db
    .selectFrom("findings")
    .select("state")
    .where("subject_key", "=", `${controllerId} EPOCH_UNCOUNTED`)
    .execute();
  assert.deepEqual(told, [{ state: "open" }]);
  await controller.sense({ kind: "door-open" });
  const next = await send(made);
  assert.deepEqual([next.refused, next.ack?.ep], [[], 2]);
  assert.deepEqual(await compareSignatures(place.env.db), []);
});

test("C18: records that never came and what waited are stated; late doubles of the ended epoch are no alarm", async () => {
  const made = await enrol();
  const { controllerId, controller, box } = made;
  const old = (await controller.printJournal()).split("\n").filter((line) => line !== "");
  await quarantine(made);
  await closeIncident(controllerId);
  for (const kind of ["door-closed", "door-closed"] as const) await controller.sense({ kind });
  const lost = box.sent.splice(0).flatMap((message) => (message.kind === "records" ? message.texts : []));
  const last = [...new Set(lost)].at(-1) ?? "";
  await take(controllerId, [last]);
  await agree(controllerId, [1]);
  const [order] = await takeSigned(place.env, controllerId);
  await controller.receive(order ?? "");
  for (const finger of ["fp:1", "fp:2"]) await controller.present(finger);
  await take(controllerId, [...box.records.filter((text) => !lost.includes(text)).slice(-1)]);
  assert.deepEqual(
    (await chainsOf(controllerId)).map(({ epoch, closed }) => [epoch, closed]),
    [
      [1, true],
      [2, false],
    ],
  );
  const stated = await place.env.db
    .selectFrom("controller_findings")
    .select("detail")
    .where("controller_id", "=", controllerId)
    .where("code", "=", "EPOCH_MISSED")
    .executeTakeFirst();
  assert.match(stated?.detail ?? "", /never arrived.*came without those before/);
  const before = await findingsOf(controllerId);
  assert.deepEqual((await take(controllerId, old.slice(0, 2))).refused, []);
  assert.deepEqual(await findingsOf(controllerId), before);
});

test("attack: a box that begins an epoch without the order, or whose counter is not what was read, stays or comes back to quarantine", async () => {
  const made = await enrol();
  const { controllerId, controller, box } = made;
  await quarantine(made);
  await closeIncident(controllerId);
  await assert.rejects(
    place.env.db
      .insertInto("controller_chains")
      .values({
        ...{
          controller_id: controllerId,
          epoch: 2,
          begins_from: `sha256:${"0".repeat(64)}`,
          closed: false,
          last_seq: 0,
        },
        ...{ head: "x", counters: [1], boot: 0, skew_boot: 0, gap_told: false },
      })
      .execute(),
    /an epoch begins by an order/,
  );
  await agree(controllerId, [1]);
  const [order] = await takeSigned(place.env, controllerId);
  // Pressed once more between the reading and the order.
  box.touch();
  await controller.receive(order ?? "");
  for (const finger of ["fp:1", "fp:2"]) await controller.present(finger);
  await send(made);
  const [, next] = await chainsOf(controllerId);
  assert.equal(next?.quarantined, "UNRECORDED_STAMP");
  // And a box of the first epoch's memory that goes on speaks of an epoch that has ended.
  const forged = await enrol();
  await quarantine(forged);
  forged.box.sent.splice(0);
  const answer = await take(forged.controllerId, made.box.records.slice(-1));
  assert.notDeepEqual(answer.refused, []);
  assert.equal((await chainsOf(forged.controllerId)).length, 1);
});

/** A box in quarantine whose incident is closed, with an order that two people agreed to. */
async function order(): Promise<Enrolled & { order: string }> {
  const made = await enrol();
  await quarantine(made);
  await closeIncident(made.controllerId);
  await agree(made.controllerId, [1]);
  const [text] = await takeSigned(place.env, made.controllerId);
  return { ...made, order: text ?? assert.fail("no order was signed") };
}
const carryOut = async ({ controller }: Enrolled, text: string): Promise<string> => {
  const taken = await controller.receive(text);
  if (!taken.ok) return taken.code;
  for (const finger of ["fp:1", "fp:2"]) await controller.present(finger);
  return `epoch ${controller.view().ep}`;
};
const resetsOf = async (controllerId: string): Promise<string[]> =>
  (
    await place.env.db
      .selectFrom("controller_epoch_resets")
      .select("state")
      .where("controller_id", "=", controllerId)
      .orderBy("asked_at")
      .execute()
  ).map(({ state }) => state);
const begun = async (controllerId: string) =>
  (await chainsOf(controllerId)).map(({ epoch, closed, quarantined }) => [epoch, closed, quarantined]);
const inSecondEpoch = [
  [1, true, "UNRECORDED_STAMP"],
  [2, false, null],
];

test("C18: an order whose day is over is ordered again by two who read anew; the box begins by the new one and takes the old one no more", async () => {
  const made = await order();
  const { controllerId, box } = made;
  const ask = (readings: number[]) => askEpoch(place.env, first, controllerId, { readings, reason: "Back at last" });
  const show = () => showEpoch(place.env, first, controllerId);
  pass(23, made);
  assert.deepEqual(await codesOf(ask([1])), ["epoch.waits"]);
  const { reset } = await show();
  assert.deepEqual([reset?.order, reset?.mayDecline, (await show()).mayAsk], ["signed", false, false]);
  const give = { resetId: reset?.resetId ?? "", confirm: false, readings: [] };
  assert.deepEqual(await codesOf(decideEpoch(place.env, second, controllerId, give)), ["epoch.waits"]);
  pass(1.1, made);
  assert.deepEqual([(await show()).reset?.order, (await show()).mayAsk], ["over", true]);
  assert.deepEqual(await takeSigned(place.env, controllerId), []);
  // Pressed once more meanwhile: what was read for the first order counts no more.
  box.touch();
  assert.deepEqual(await codesOf(ask([0])), ["epoch.counter-back"]);
  const { resetId } = await ask([2]);
  const decide = (by: string, readings: number[]) =>
    codesOf(decideEpoch(place.env, by, controllerId, { resetId, confirm: true, readings }));
  assert.deepEqual(await decide(first, [2]), ["epoch.second-person"]);
  assert.deepEqual(await decide(second, [1]), ["epoch.readings-differ"]);
  assert.deepEqual(await decide(second, [2]), []);
  await place.authority().drain();
  assert.deepEqual(await resetsOf(controllerId), ["lapsed", "agreed"]);
  const signed = await takeSigned(place.env, controllerId);
  assert.equal(signed.length, 1);
  assert.equal(await carryOut(made, made.order), "EXPIRED");
  assert.equal(await carryOut(made, signed[0] ?? ""), "epoch 2");
  await send(made);
  assert.deepEqual(await begun(controllerId), inSecondEpoch);
  assert.deepEqual(await resetsOf(controllerId), ["lapsed", "done"]);
  const asked = await place.env.db
    .selectFrom("events")
    .select("facts")
    .where("type", "=", "ControllerEpochAsked")
    .where((eb) => eb(eb.ref("facts", "->>").key("insteadOf" as never), "=", reset?.resetId ?? ""))
    .execute();
  assert.equal(asked.length, 1, "the ledger says in whose place it was ordered");
  assert.deepEqual(await compareSignatures(place.env.db), []);
});

test("C18: a box that began in time and comes back after it was ordered again is heard, whether the new one waits or was signed", async () => {
  for (const signedToo of [false, true]) {
    const made = await order();
    const { controllerId } = made;
    assert.equal(await carryOut(made, made.order), "epoch 2");
    pass(25, made);
    if (signedToo) await agree(controllerId, [1]);
    else await askEpoch(place.env, first, controllerId, { readings: [1], reason: "Not heard of" });
    assert.deepEqual(await resetsOf(controllerId), ["lapsed", signedToo ? "agreed" : "waiting"]);
    await send(made);
    assert.deepEqual(await begun(controllerId), inSecondEpoch);
    assert.deepEqual(await resetsOf(controllerId), ["done", "lapsed"]);
    assert.deepEqual(await takeSigned(place.env, controllerId), [], "the later order is for nothing");
    assert.equal((await showEpoch(place.env, first, controllerId)).quarantined, null);
  }
});

test("attack: what lapsed without a second person begins nothing, and the tables take nothing back that two people agreed to", async () => {
  const made = await order();
  const { controllerId } = made;
  const set = (state: "waiting" | "declined" | "agreed", of: "agreed" | "lapsed") =>
    place.env.db
      .updateTable("controller_epoch_resets")
      .set({ state })
      .where("controller_id", "=", controllerId)
      .where("state", "=", of)
      .execute();
  await assert.rejects(set("declined", "agreed"), /what two people agreed to stays/);
  pass(25, made);
  await askEpoch(place.env, first, controllerId, { readings: [1], reason: "Again" });
  await assert.rejects(set("agreed", "lapsed"), /ordered anew/);
  await assert.rejects(
    place.env.db
      .updateTable("controller_epoch_resets")
      .set({ state: "done", done_at: new Date() })
      .where("controller_id", "=", controllerId)
      .where("state", "=", "waiting")
      .execute(),
    /once two people have agreed/,
  );
});
