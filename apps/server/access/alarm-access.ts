import type { RouteKey } from "@chancery/api/client";
import { raiseAlarm } from "../features/alarms/raise-alarm.ts";
import { lockChain } from "../features/controllers/chain-rows.ts";
import { enrolInTest } from "../features/controllers/test-controllers.ts";
import { transact } from "../platform/db.ts";
import type { Access } from "./access-table.ts";
import { both, everyone, except, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string} /v1/alarms${string}` | `${string}/mail-address`>;
/** The box of the walk is empty, so that its alarm concerns who runs the life of seals and who inspects. */
const told = own("seal-administrator inspector");
const watching = own("seal-administrator inspector system-administrator");
const ofOwn = "of a controller of the own entity";

export const alarmAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/alarms": [{ of: ofOwn, allowed: watching, absent: except(everyone, watching) }],
  "GET /v1/alarms/urgent": [{ of: ofOwn, allowed: told, absent: except(everyone, told) }],
  "POST /v1/alarms/:alarmId/acknowledgement": [
    {
      of: ofOwn,
      allowed: told,
      refused: [409, "alarm.not-told", own("system-administrator")],
      hidden: except(everyone, watching),
    },
  ],
  "GET /v1/session/mail-address": [{ of: "", allowed: everyone }],
  "POST /v1/session/mail-address": [{ of: "", allowed: everyone }],
  "GET /v1/people/:personId/mail-address": [{ of: "", allowed: both("system-administrator") }],
  "POST /v1/people/:personId/mail-address": [{ of: "", allowed: both("system-administrator") }],
};

const boxes = new WeakMap<World, Promise<string>>();
async function enrolOne(world: World): Promise<string> {
  const [first, second] = [world.person("own seal-administrator"), world.person("own custodian")];
  const by = { entityId: world.own.entityId, first, second, serial: "W-ALARM" };
  return (await enrolInTest(world.env, by)).controllerId;
}

/** An alarm that is open: the same one as long as nobody has acknowledged it. */
async function openAlarm(world: World): Promise<string> {
  const box = boxes.get(world) ?? enrolOne(world);
  boxes.set(world, box);
  const controllerId = await box;
  await transact(world.env.db, async (tx) => {
    const chain = await lockChain(tx, controllerId, 1);
    if (chain === null) throw new Error("the box of the walk has no journal");
    await raiseAlarm(tx, world.env, chain, { code: "alarm.open", seq: 1, times: 1, findingId: null });
  });
  const { alarm_id: alarmId } = await world.env.db
    .selectFrom("alarms")
    .select("alarm_id")
    .where("controller_id", "=", controllerId)
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  return alarmId;
}
const listed = async (world: World): Promise<TestCall> => {
  const alarmId = await openAlarm(world);
  return { shows: (answer) => answer.includes(alarmId) };
};
const address = { mailAddress: "walk@example.org", mailLanguage: "en" } as const;

export const alarmCalls: Readonly<
  Record<Mine, Readonly<Record<string, (world: World, who: string) => Promise<TestCall>>>>
> = {
  "GET /v1/alarms": { [ofOwn]: listed },
  "GET /v1/alarms/urgent": { [ofOwn]: listed },
  "POST /v1/alarms/:alarmId/acknowledgement": {
    [ofOwn]: async (world) => ({
      ...{ params: { alarmId: await openAlarm(world) }, body: { reason: "A test" }, keeps: true },
    }),
  },
  "GET /v1/session/mail-address": { "": async () => ({}) },
  "POST /v1/session/mail-address": { "": async () => ({ body: address, keeps: true }) },
  "GET /v1/people/:personId/mail-address": {
    "": async (world) => ({ params: { personId: await world.bystander() } }),
  },
  "POST /v1/people/:personId/mail-address": {
    "": async (world) => ({ params: { personId: await world.bystander() }, body: address, keeps: true }),
  },
};
