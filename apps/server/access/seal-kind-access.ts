import type { RouteKey } from "@chancery/api/client";
import { defaultKindRules } from "@chancery/domain";
import { askSealTypeChange, type SealTypeChange } from "../features/seals/change-seal-type.ts";
import type { Access } from "./access-table.ts";
import { both, everyone } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string}/seal-type${string}`>;

export const sealKindAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/seal-types": [{ of: "", allowed: everyone }],
  "POST /v1/seal-type-changes": [{ of: "", allowed: both("seal-administrator") }],
  "POST /v1/seal-type-changes/:sealTypeChangeId/decide": [
    { of: "asked for by another", allowed: both("signatory seal-administrator system-administrator") },
    {
      of: "asked for by the own seal administrator",
      allowed: both("signatory system-administrator").concat("foreign seal-administrator"),
      refused: [409, "seal-type.second-person", ["own seal-administrator"]],
    },
  ],
};

const ownKind: SealTypeChange = {
  ...{ kindId: null, type: "business", version: 0, name: { en: "Bid seal", zh: "投标专用章" }, reason: "Bids" },
  ...{ important: false, filing: "pieces", shape: "circle", widthMm: 42, heightMm: 42 },
  ...{ ...defaultKindRules("business"), classes: ["tender"] },
};
const changeBy = async (world: World, personId: string): Promise<TestCall> => ({
  params: { sealTypeChangeId: (await askSealTypeChange(world.env, personId, ownKind)).sealTypeChangeId },
  body: { confirm: true },
});

export const sealKindCalls: Readonly<
  Record<Mine, Readonly<Record<string, (world: World) => Promise<TestCall> | TestCall>>>
> = {
  "GET /v1/seal-types": { "": () => ({}) },
  "POST /v1/seal-type-changes": { "": () => ({ keeps: true, body: ownKind }) },
  "POST /v1/seal-type-changes/:sealTypeChangeId/decide": {
    "asked for by another": async (world) => changeBy(world, await world.bystander()),
    "asked for by the own seal administrator": (world) => changeBy(world, world.person("own seal-administrator")),
  },
};
