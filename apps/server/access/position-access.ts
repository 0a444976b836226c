import type { RouteKey } from "@chancery/api/client";
import { positionDigest, readUnconfirmed } from "../features/positions/confirm.ts";
import { newId } from "../platform/ids.ts";
import type { Access } from "./access-table.ts";
import { both, everyone } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import { type World, worldPassword } from "./test-world.ts";

/** Everybody has his own positions alone; who watches sees the people of every seal of his entities. */
export const positionAccess = {
  "GET /v1/positions/mine": [{ of: "", allowed: everyone }],
  "POST /v1/positions/confirmations": [{ of: "", allowed: everyone }],
  "GET /v1/positions": [{ of: "", allowed: both("seal-administrator inspector system-administrator") }],
} as const satisfies Partial<Record<RouteKey, readonly Access[]>>;

type Who = Parameters<World["person"]>[0] | "nobody";
const idOf = (world: World, who: Who): string => world.person(who === "nobody" ? "own member" : who);

export const positionCalls: Readonly<
  Record<
    keyof typeof positionAccess,
    Readonly<Record<string, (world: World, who: Who) => Promise<TestCall> | TestCall>>
  >
> = {
  "GET /v1/positions/mine": { "": () => ({}) },
  "POST /v1/positions/confirmations": {
    "": async (world, who) => {
      const personId = idOf(world, who);
      const grantIds = [await world.subjects.positionOf(personId)];
      const waiting = (await readUnconfirmed(world.env.db, personId)).filter((one) => grantIds.includes(one.grantId));
      const digest = positionDigest(personId, waiting);
      const presence =
        who === "nobody"
          ? { stepUpId: newId("stp", Date.now()), proof: { method: "password", password: worldPassword } }
          : await world.presence(who, "position", personId, digest);
      return { keeps: true, body: { grantIds, digest, presence } };
    },
  },
  "GET /v1/positions": { "": () => ({}) },
};
export const positionStepUp = async (world: World, who: Who): Promise<TestCall> => ({
  ...{ keeps: true, body: { act: "position", grantIds: [await world.subjects.positionOf(idOf(world, who))] } },
});
