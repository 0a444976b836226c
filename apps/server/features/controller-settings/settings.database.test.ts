import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { after, before, test } from "node:test";
import { defaultSettings, signTwin } from "@chancery/seallink";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { compareSignatures } from "../authority/compare-signatures.ts";
import { tellSilentBoxes } from "../controllers/controller-ticks.ts";
import { ingestRecords } from "../controllers/ingest.ts";
import { showController } from "../controllers/read-model.ts";
import { revokeController } from "../controllers/service.ts";
import { enrolInTest } from "../controllers/test-controllers.ts";
import { takePresence } from "../gateway/presence.ts";
import { takeSettings } from "./read-settings.ts";
import { askBoxSettings, decideBoxSettingsChange } from "./service.ts";
import { showBoxSettings } from "./show-settings.ts";
import { takeReport } from "./take-report.ts";

let place: TestEnvironment;
let crew: TestCrew;
let first = "";
let second = "";
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
  await crew.registerSeal("department", "LX-01");
  first = crew.people.sealAdministrator;
  second = crew.people.custodian;
});
after(() => place?.close());

let plates = 0;
async function enrol() {
  plates += 1;
  const made = await enrolInTest(place.env, { entityId: crew.entityId, first, second, serial: `T-${plates}` });
  const { box, controllerId } = made;
  const send = async (): Promise<void> => {
    const sent = box.sent.splice(0);
    for (const message of sent)
      if (message.kind === "twin")
        await takeReport(place.env, controllerId, Buffer.from(JSON.stringify(message.report)));
      else if (message.kind === "records")
        await ingestRecords(place.env, {
          ...{ controllerId, payload: Buffer.from(message.texts.join("\n")), receivedAt: place.env.clock.now() },
          liveAfter: null,
        });
  };
  await made.controller.connected();
  await send();
  return { ...made, send };
}
const ask = (controllerId: string, change: Partial<typeof defaultSettings>, by = first) =>
  askBoxSettings(place.env, by, controllerId, { wanted: { ...defaultSettings, ...change }, reason: "Night" });
const waitingOf = async (controllerId: string) =>
  (await showBoxSettings(place.env, first, controllerId)).waiting?.changeId ?? "";
const agree = async (controllerId: string, by: string) =>
  decideBoxSettingsChange(place.env, by, controllerId, { changeId: await waitingOf(controllerId), confirm: true });

test("C18: settings go from two people over the authority to the box, which says what it took", async () => {
  const { controllerId, controller, send } = await enrol();
  const before = await showBoxSettings(place.env, first, controllerId);
  assert.deepEqual([before.version, before.reported?.version, before.differing], [0, 0, []]);
  assert.deepEqual(await ask(controllerId, { maxOffline: 3600 }), { state: "waiting" });
  assert.equal(await takeSettings(place.env.db, controllerId), null);
  await place.authority().drain();
  assert.equal(await takeSettings(place.env.db, controllerId), null, "nothing is signed before a second person agreed");
  await agree(controllerId, second);
  await place.authority().drain();
  const waits = await showBoxSettings(place.env, first, controllerId);
  assert.deepEqual([waits.version, waits.differing, waits.differsSince !== null], [1, ["maxOffline"], true]);
  const text = await takeSettings(place.env.db, controllerId);
  assert.equal((await controller.receive(text ?? "")).ok, true);
  await send();
  const took = await showBoxSettings(place.env, first, controllerId);
  assert.deepEqual(
    [took.reported?.version, took.reported?.signed, took.differing, took.differsSince],
    [1, true, [], null],
  );
  assert.equal(took.reported?.settings.maxOffline, 3600);
  assert.equal(await takeSettings(place.env.db, controllerId), null, "what it took is not sent again");
  const told = await place.env.db
    .selectFrom("events")
    .select("type")
    .where("type", "like", "ControllerSettings%")
    .where((eb) => eb(eb.ref("facts", "->>").key("controller" as never), "=", controllerId))
    .execute();
  assert.deepEqual(told.map(({ type }) => type).toSorted(), [
    ...["ControllerSettingsAgreed", "ControllerSettingsAsked", "ControllerSettingsIssued"],
  ]);
  assert.deepEqual(await compareSignatures(place.env.db), []);
});

test("C18: who asked does not agree, one change waits at a time, and comfort needs nobody else", async () => {
  const { controllerId } = await enrol();
  await ask(controllerId, { fence: [{ c: [31.2, 121.4], r: 200 }] });
  assert.deepEqual(await codesOf(agree(controllerId, first)), ["box-settings.second-person"]);
  assert.deepEqual(await codesOf(ask(controllerId, { volume: 1 })), ["box-settings.waits"]);
  const changeId = await waitingOf(controllerId);
  await decideBoxSettingsChange(place.env, first, controllerId, { changeId, confirm: false });
  assert.deepEqual(await ask(controllerId, { volume: 1 }), { state: "agreed" });
  await assert.rejects(
    place.env.db
      .insertInto("controller_setting_changes")
      .values({
        ...{ change_id: "bsc_x", controller_id: controllerId, desired: "{}", changed: ["maxOffline"], guarded: false },
        ...{ reason: "-", state: "agreed", asked_by: first, asked_at: new Date(), decided_by: first },
        ...{ decided_at: new Date(), version: 9 },
      })
      .execute(),
    /check constraint/,
  );
});

test("attack: forged settings, another box's and older ones change nothing; a box that follows them is found", async () => {
  const [a, b] = [await enrol(), await enrol()];
  for (const volume of [1, 2]) await ask(a.controllerId, { volume });
  await place.authority().drain();
  const newest = await takeSettings(place.env.db, a.controllerId);
  const older = await place.env.db
    .selectFrom("controller_signatures")
    .select("token")
    .where("controller_id", "=", a.controllerId)
    .where("kind", "=", "settings")
    .orderBy("asn")
    .executeTakeFirstOrThrow();
  const { privateKey } = generateKeyPairSync("ed25519");
  const thief = { kid: "auz-1", alg: "EdDSA" as const, sign: (bytes: Uint8Array) => sign(null, bytes, privateKey) };
  const forged = await signTwin({ v: 1, aud: a.controllerId, ver: 99, desired: { maxOffline: 0 } }, thief);
  assert.equal((await a.controller.receive(forged.ok ? forged.value : "")).ok, false);
  assert.equal((await b.controller.receive(newest ?? "")).ok, false);
  assert.equal((await a.controller.receive(newest ?? "")).ok, true);
  assert.equal((await a.controller.receive(older.token)).ok, false);
  assert.equal(a.controller.view().twin, 2);
  await a.send();
  const shown = await showBoxSettings(place.env, first, a.controllerId);
  assert.deepEqual([shown.reported?.version, shown.reported?.settings.volume, shown.differing], [2, 2, []]);
  for (const word of ["", "{", "[]", `{"ver":1}`, `{"ver":2,"reported":{"maxOffline":-1}}`, "x".repeat(9000)])
    await takeReport(place.env, a.controllerId, Buffer.from(word));
  const claim = { ver: 7, reported: { ...defaultSettings, maxOffline: 0 } };
  await takeReport(place.env, a.controllerId, Buffer.from(JSON.stringify(claim)));
  assert.equal((await showBoxSettings(place.env, first, a.controllerId)).reported?.version, 2);
  const found = await place.env.db
    .selectFrom("controller_findings")
    .select("code")
    .where("controller_id", "=", a.controllerId)
    .execute();
  assert.deepEqual(found, [{ code: "SETTINGS_UNKNOWN" }]);
});

test("C18: a revoked box gets no settings, and none are asked for it", async () => {
  const { controllerId } = await enrol();
  await ask(controllerId, { volume: 1 });
  await place.authority().drain();
  assert.notEqual(await takeSettings(place.env.db, controllerId), null);
  await revokeController(place.env, crew.people.inspector, controllerId, "Lost");
  assert.equal(await takeSettings(place.env.db, controllerId), null);
  assert.deepEqual(await codesOf(ask(controllerId, { volume: 3 })), ["controller.not-now"]);
});

test("C18: how long a box may be silent its own settings say, from when two people agreed, and the page says it with them", async () => {
  const { env } = place;
  const [a, b] = [await enrol(), await enrol()];
  for (const { controllerId } of [a, b]) {
    const said = { s: "online", sid: "s1", fw: "1", ep: 1, seq: 1, bat: 80, net: "4g" };
    await takePresence(env, controllerId, Buffer.from(JSON.stringify(said)));
  }
  const hour = 3_600_000;
  const later = (hours: number) => ({
    ...env,
    clock: { ...env.clock, now: () => env.clock.now() + hours * hour },
  });
  const silent = async (): Promise<string[]> =>
    (await env.db.selectFrom("alarms").select("controller_id").where("code", "=", "OFFLINE_TOO_LONG").execute()).map(
      (row) => row.controller_id,
    );
  await ask(a.controllerId, { maxOffline: 8 * 3600 });
  await tellSilentBoxes(later(9));
  assert.deepEqual(await silent(), [], "nobody has agreed yet");
  await agree(a.controllerId, second);
  await tellSilentBoxes(later(7.9));
  assert.deepEqual(await silent(), []);
  // It has not taken them; it is looked for all the same.
  for (const hours of [8.1, 9]) await tellSilentBoxes(later(hours));
  assert.deepEqual(await silent(), [a.controllerId]);
  const hindrance = async (controllerId: string, hours: number): Promise<string | undefined> =>
    (await showController(later(hours), first, controllerId)).hindrances.find(
      ({ code }) => code === "controller.hindrance-silent",
    )?.sentence.en;
  assert.match((await hindrance(a.controllerId, 9)) ?? "", /more than 8 hours/);
  assert.equal(await hindrance(b.controllerId, 9), undefined);
  // One that was to stay silent longer, and has not heard of it, has locked itself by what it is set to.
  await ask(b.controllerId, { maxOffline: 2 * 3600 });
  await agree(b.controllerId, second);
  await place.authority().drain();
  assert.ok((await b.controller.receive((await takeSettings(env.db, b.controllerId)) ?? "")).ok);
  await b.send();
  await ask(b.controllerId, { maxOffline: 72 * 3600 });
  await agree(b.controllerId, second);
  await tellSilentBoxes(later(2.1));
  assert.deepEqual((await silent()).toSorted(), [a.controllerId, b.controllerId].toSorted());
  b.box.wait(2.1 * hour);
  await b.controller.tick();
  assert.equal(b.controller.view().lock, "offline");
});
