import type { RouteKey } from "@chancery/api/client";
import { addContainer } from "../features/custody/containers.ts";
import { confirmCloud, registerCloud } from "../features/vendor-clouds/clouds.ts";
import { registerVendorController } from "../features/vendor-clouds/register-controller.ts";
import type { Access } from "./access-table.ts";
import { anyone, foreign, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string} /v1/vendor-${string}`>;
const managing = own("custodian seal-administrator");
const managingThere = foreign("custodian seal-administrator");
const ofOwn = "a maker's cloud of the own entity";

export const vendorAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/vendor-clouds": [
    {
      of: ofOwn,
      allowed: own("custodian supervisor seal-administrator inspector"),
      absent: foreign("custodian supervisor seal-administrator inspector"),
    },
  ],
  "POST /v1/vendor-clouds": [{ of: ofOwn, allowed: managing, hidden: managingThere }],
  "POST /v1/vendor-clouds/:cloudId/confirmation": [
    {
      of: ofOwn,
      allowed: own("custodian"),
      hidden: managingThere,
      refused: [409, "vendor.confirm-self", own("seal-administrator")],
    },
  ],
  "POST /v1/vendor-clouds/:cloudId/end": [
    {
      of: ofOwn,
      allowed: own("custodian seal-administrator inspector"),
      hidden: foreign("custodian seal-administrator inspector"),
    },
  ],
  "POST /v1/vendor-clouds/:cloudId/people": [{ of: ofOwn, allowed: managing, hidden: managingThere }],
  "POST /v1/vendor-clouds/:cloudId/controllers": [{ of: ofOwn, allowed: managing, hidden: managingThere }],
  "POST /v1/vendor-controllers/:controllerId/confirmation": [
    {
      of: ofOwn,
      allowed: own("custodian"),
      hidden: managingThere,
      refused: [409, "controller.confirm-self", own("seal-administrator")],
    },
  ],
  // Only the cloud knows the address; with it anybody may hint, and nothing is written of what he says.
  "POST /v1/vendor-calls/:cloudId/:secret": [
    { of: ofOwn, allowed: anyone },
    { of: "without its secret", allowed: [], hidden: anyone },
  ],
};

const wanted = (world: World) => ({
  ...{ entityId: world.own.entityId, name: { en: "Maker's cloud", zh: "厂商云" }, address: "https://cloud.example/" },
  ...{ timeZone: "Asia/Shanghai", accessToken: "token-of-it", accessSecret: "secret-of-it", callKey: null },
});
const registered = async (world: World) => {
  const made = await registerCloud(world.env, world.person("own seal-administrator"), wanted(world));
  return { ...made, secret: made.callPath.split("/").at(-1) ?? "" };
};
const confirmed = async (world: World) => {
  const made = await registered(world);
  await confirmCloud(world.env, world.person("own custodian"), made.cloudId);
  return made;
};
let plates = 0;
const box = async (world: World) => {
  plates += 1;
  const { containerId } = await addContainer(world.env, world.person("own seal-administrator"), {
    ...{ entityId: world.own.entityId, kind: "controller", name: { en: "Box", zh: "印控仪" }, address: "Room 2" },
    ...{ insideMonitoring: true, camera: "C-8", goodForImportant: true },
    locks: [{ kind: "key", label: "B1" }],
  });
  return { deviceNo: `V-${plates}`, model: "T1", name: { en: "Maker's box", zh: "厂商设备" }, containerId };
};
const because = { reason: "A test" };
const params = ({ cloudId }: { cloudId: string }) => ({ params: { cloudId } });

export const vendorCalls: Readonly<
  Record<Mine, Readonly<Record<string, (world: World, who: string) => Promise<TestCall>>>>
> = {
  "GET /v1/vendor-clouds": {
    [ofOwn]: async (world) => {
      const { cloudId } = await registered(world);
      return { shows: (answer) => answer.includes(cloudId) };
    },
  },
  "POST /v1/vendor-clouds": { [ofOwn]: async (world) => ({ body: wanted(world), keeps: true }) },
  "POST /v1/vendor-clouds/:cloudId/confirmation": {
    [ofOwn]: async (world) => ({ ...params(await registered(world)), keeps: true }),
  },
  "POST /v1/vendor-clouds/:cloudId/end": {
    [ofOwn]: async (world) => ({ ...params(await registered(world)), body: because, keeps: true }),
  },
  "POST /v1/vendor-clouds/:cloudId/people": {
    [ofOwn]: async (world) => ({
      ...params(await confirmed(world)),
      body: { personId: world.person("own custodian"), mobile: "13800000001" },
      keeps: true,
    }),
  },
  "POST /v1/vendor-clouds/:cloudId/controllers": {
    [ofOwn]: async (world) => ({ ...params(await confirmed(world)), body: await box(world), keeps: true }),
  },
  "POST /v1/vendor-controllers/:controllerId/confirmation": {
    [ofOwn]: async (world) => {
      const { cloudId } = await confirmed(world);
      const plate = await box(world);
      const made = await registerVendorController(world.env, world.person("own seal-administrator"), {
        ...{ cloudId, ...plate },
      });
      return { params: { controllerId: made.controllerId }, body: { deviceNo: plate.deviceNo }, keeps: true };
    },
  },
  "POST /v1/vendor-calls/:cloudId/:secret": {
    [ofOwn]: async (world) => {
      const { cloudId, secret } = await confirmed(world);
      return { params: { cloudId, secret }, body: { businessId: "1" }, keeps: true };
    },
    "without its secret": async (world) => {
      const { cloudId } = await confirmed(world);
      return { params: { cloudId, secret: "A".repeat(43) }, body: { businessId: "1" } };
    },
  },
};
