import { generateKeyPairSync } from "node:crypto";
import type { RouteKey } from "@chancery/api/client";
import { defaultSettings } from "@chancery/seallink";
import { askEpoch } from "../features/controller-epochs/service.ts";
import { askBoxSettings } from "../features/controller-settings/service.ts";
import { composePresentation, presentBox } from "../features/controllers/box.ts";
import { ingestRecords } from "../features/controllers/ingest.ts";
import { registerController } from "../features/controllers/service.ts";
import { enrolInTest } from "../features/controllers/test-controllers.ts";
import type { Access } from "./access-table.ts";
import { anyone, foreign, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string} /v1/controller${string}`>;
const managing = own("custodian seal-administrator");
const managingThere = foreign("custodian seal-administrator");
const reading = own("custodian supervisor seal-administrator inspector");
const readingThere = foreign("custodian supervisor seal-administrator inspector");
const ofOwn = "a controller of the own entity";
const enrolledOwn = "an enrolled controller of the own entity";
const inQuarantine = "a controller in quarantine of the own entity";

export const controllerAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/controllers": [{ of: ofOwn, allowed: reading, absent: readingThere }],
  "GET /v1/controllers/:controllerId": [{ of: ofOwn, allowed: reading, hidden: readingThere }],
  "GET /v1/controllers/:controllerId/journal": [{ of: ofOwn, allowed: reading, hidden: readingThere }],
  "GET /v1/controllers/:controllerId/orders": [{ of: enrolledOwn, allowed: reading, hidden: readingThere }],
  "POST /v1/controllers/:controllerId/orders": [{ of: enrolledOwn, allowed: managing, hidden: managingThere }],
  "GET /v1/controllers/:controllerId/epoch": [{ of: enrolledOwn, allowed: reading, hidden: readingThere }],
  "POST /v1/controllers/:controllerId/epoch": [{ of: inQuarantine, allowed: managing, hidden: managingThere }],
  "POST /v1/controllers/:controllerId/epoch-decision": [{ of: inQuarantine, allowed: managing, hidden: managingThere }],
  "GET /v1/controllers/:controllerId/settings": [{ of: enrolledOwn, allowed: reading, hidden: readingThere }],
  "POST /v1/controllers/:controllerId/settings": [{ of: enrolledOwn, allowed: managing, hidden: managingThere }],
  "POST /v1/controllers/:controllerId/settings-decision": [
    { of: enrolledOwn, allowed: managing, hidden: managingThere },
  ],
  "POST /v1/controllers": [{ of: ofOwn, allowed: managing, hidden: managingThere }],
  "POST /v1/controllers/:controllerId/pairing-code": [{ of: ofOwn, allowed: managing, hidden: managingThere }],
  "POST /v1/controllers/:controllerId/confirmation": [
    {
      of: ofOwn,
      allowed: own("custodian"),
      hidden: managingThere,
      refused: [409, "controller.confirm-self", own("seal-administrator")],
    },
  ],
  "POST /v1/controllers/:controllerId/refusal": [{ of: ofOwn, allowed: managing, hidden: managingThere }],
  "POST /v1/controllers/:controllerId/revocation": [
    {
      of: ofOwn,
      allowed: own("custodian seal-administrator inspector"),
      hidden: foreign("custodian seal-administrator inspector"),
    },
  ],
  "POST /v1/controller-enrolments": [{ of: "", allowed: anyone }],
  "GET /v1/controller-enrolments/:ticket": [{ of: "", allowed: anyone }],
  // A ticket is told to a box alone; nobody else's opens anything.
  "GET /v1/controller-photos/:ticket": [{ of: "without a ticket", allowed: [], hidden: anyone }],
  "POST /v1/controller-photos/:ticket/parts": [{ of: "without a ticket", allowed: [], hidden: anyone }],
  "GET /v1/controller-authority": [{ of: "", allowed: anyone }],
  "GET /v1/controller-authority/revocations": [{ of: "", allowed: anyone }],
  // From this machine alone, whoever asks: the walk's calls come from it.
  "POST /v1/controller-authority/broker": [
    { of: "from this machine", allowed: anyone },
    { of: "from elsewhere", allowed: [], hidden: anyone },
  ],
};

let plates = 0;
const wanted = (world: World) => {
  plates += 1;
  return {
    ...{ entityId: world.own.entityId, serial: `W-${plates}`, model: "S1", containerId: null },
    name: { en: "Front desk", zh: "前台" },
  };
};
const registered = async (world: World) => {
  const plate = wanted(world);
  const made = await registerController(world.env, world.person("own seal-administrator"), plate);
  return { ...made, serial: plate.serial };
};
const presented = async (world: World) => {
  const made = await registered(world);
  return { ...made, ...(await presentBox(world.env, made)) };
};
const boxes = new WeakMap<World, Promise<{ controllerId: string }>>();
/** One that both who manage it have a finger on. */
const enrolled = (world: World): Promise<{ controllerId: string }> => {
  const there = boxes.get(world) ?? enrolOne(world);
  boxes.set(world, there);
  return there;
};
async function enrolOne(world: World): Promise<{ controllerId: string }> {
  const { serial } = wanted(world);
  const [first, second] = [world.person("own seal-administrator"), world.person("own custodian")];
  const made = await enrolInTest(world.env, { entityId: world.own.entityId, first, second, serial });
  const payload = Buffer.from(made.box.records.join("\n"));
  await ingestRecords(world.env, {
    ...{ controllerId: made.controllerId, payload, receivedAt: world.env.clock.now(), liveAfter: null },
  });
  return made;
}
async function quarantined(world: World) {
  const made = await enrolOne(world);
  await world.env.db
    .updateTable("controller_chains")
    .set({ quarantined: "FORK" })
    .where("controller_id", "=", made.controllerId)
    .execute();
  return made;
}
const params = ({ controllerId }: { controllerId: string }) => ({ params: { controllerId } });
const because = { reason: "A test" };
const quieter = { ...defaultSettings, fence: [], volume: 1 };
/** A key that was presented and not confirmed may be presented again. */
const keys = generateKeyPairSync("ed25519");

/** The authority is there once a box has presented itself. */
const withAuthority = async (world: World): Promise<TestCall> => {
  await presented(world);
  return {};
};
const noTicket = "A".repeat(43);
const ofBroker = (): TestCall => ({
  body: {
    request: composePresentation({ serial: "broker", pairingCode: "", keys }).request,
    names: ["broker.example.org"],
  },
  keeps: true,
});

export const controllerCalls: Readonly<
  Record<Mine, Readonly<Record<string, (world: World, who: string) => Promise<TestCall>>>>
> = {
  "GET /v1/controllers": {
    [ofOwn]: async (world) => {
      const { controllerId } = await registered(world);
      return { shows: (answer) => answer.includes(controllerId) };
    },
  },
  "GET /v1/controllers/:controllerId": { [ofOwn]: async (world) => params(await registered(world)) },
  "GET /v1/controllers/:controllerId/journal": { [ofOwn]: async (world) => params(await registered(world)) },
  "GET /v1/controllers/:controllerId/orders": { [enrolledOwn]: async (world) => params(await enrolled(world)) },
  "POST /v1/controllers/:controllerId/orders": {
    [enrolledOwn]: async (world, who) => {
      const second = world.person(who === "own custodian" ? "own seal-administrator" : "own custodian");
      return { ...params(await enrolled(world)), body: { kind: "unlock", secondPersonId: second } };
    },
  },
  "GET /v1/controllers/:controllerId/epoch": { [enrolledOwn]: async (world) => params(await enrolled(world)) },
  "POST /v1/controllers/:controllerId/epoch": {
    [inQuarantine]: async (world) => ({ ...params(await quarantined(world)), body: { readings: [0], ...because } }),
  },
  "POST /v1/controllers/:controllerId/epoch-decision": {
    [inQuarantine]: async (world, who) => {
      const { controllerId } = await quarantined(world);
      const asker = world.person(who === "own custodian" ? "own seal-administrator" : "own custodian");
      const { resetId } = await askEpoch(world.env, asker, controllerId, { readings: [0], ...because });
      return { ...params({ controllerId }), body: { resetId, confirm: true, readings: [0] } };
    },
  },
  "GET /v1/controllers/:controllerId/settings": { [enrolledOwn]: async (world) => params(await enrolled(world)) },
  "POST /v1/controllers/:controllerId/settings": {
    [enrolledOwn]: async (world) => ({ ...params(await enrolOne(world)), body: { boxSettings: quieter, ...because } }),
  },
  "POST /v1/controllers/:controllerId/settings-decision": {
    [enrolledOwn]: async (world, who) => {
      const { controllerId } = await enrolOne(world);
      const asker = world.person(who === "own custodian" ? "own seal-administrator" : "own custodian");
      const wanted = { ...defaultSettings, maxOffline: 3600 };
      await askBoxSettings(world.env, asker, controllerId, { wanted, ...because });
      const { change_id: changeId } = await world.env.db
        .selectFrom("controller_setting_changes")
        .select("change_id")
        .where("controller_id", "=", controllerId)
        .executeTakeFirstOrThrow();
      return { ...params({ controllerId }), body: { changeId, confirm: true } };
    },
  },
  "POST /v1/controllers": { [ofOwn]: async (world) => ({ body: wanted(world), keeps: true }) },
  "POST /v1/controllers/:controllerId/pairing-code": {
    [ofOwn]: async (world) => ({ ...params(await registered(world)), keeps: true }),
  },
  "POST /v1/controllers/:controllerId/confirmation": {
    [ofOwn]: async (world) => {
      const { controllerId, comparisonCode } = await presented(world);
      return { ...params({ controllerId }), body: { comparisonCode }, keeps: true };
    },
  },
  "POST /v1/controllers/:controllerId/refusal": {
    [ofOwn]: async (world) => ({ ...params(await presented(world)), body: because, keeps: true }),
  },
  "POST /v1/controllers/:controllerId/revocation": {
    [ofOwn]: async (world) => ({ ...params(await registered(world)), body: because, keeps: true }),
  },
  "POST /v1/controller-enrolments": {
    "": async (world) => {
      const { serial, pairingCode } = await registered(world);
      return { body: composePresentation({ serial, pairingCode, keys }), keeps: true };
    },
  },
  "GET /v1/controller-enrolments/:ticket": {
    "": async (world) => ({ params: { ticket: (await presented(world)).ticket } }),
  },
  "GET /v1/controller-photos/:ticket": { "without a ticket": async () => ({ params: { ticket: noTicket } }) },
  "POST /v1/controller-photos/:ticket/parts": {
    "without a ticket": async () => ({
      params: { ticket: noTicket },
      query: { part: "0" },
      file: { name: "part", bytes: new Uint8Array(8) },
    }),
  },
  "GET /v1/controller-authority": { "": withAuthority },
  "GET /v1/controller-authority/revocations": { "": withAuthority },
  "POST /v1/controller-authority/broker": {
    "from this machine": async (world) => ({ ...(await withAuthority(world)), ...ofBroker() }),
    "from elsewhere": async () => ({ ...ofBroker(), elsewhere: true }),
  },
};
