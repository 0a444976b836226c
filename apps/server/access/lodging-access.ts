import { Readable } from "node:stream";
import type { RouteKey } from "@chancery/api/client";
import { uploadEvidence } from "../features/evidence/service.ts";
import { lodgeSpecimen } from "../features/lodgings/service.ts";
import { redPicture } from "../platform/test-picture.ts";
import type { Access } from "./access-table.ts";
import { everyone, except, foreign, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string}/specimens-lodged${string}`>;
/** Which seal a bank compares with is told to who runs, inspects, keeps or decides on it. */
const knowing = own("seal-administrator inspector signatory custodian certificate-keeper");

export const lodgingAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "GET /v1/specimens-lodged": [
    { of: "a card of the own entity's seal", allowed: knowing, absent: except(everyone, knowing) },
  ],
  "POST /v1/specimens-lodged": [
    {
      of: "of the own entity's seal",
      allowed: own("seal-administrator"),
      hidden: foreign("seal-administrator"),
    },
  ],
  "POST /v1/specimens-lodged/:lodgingId/withdrawal": [
    {
      of: "a card of the own entity's seal",
      allowed: own("seal-administrator"),
      hidden: foreign("seal-administrator"),
    },
  ],
};

const wanted = async (world: World, evidenceId: string) => ({
  ...{ entityId: world.own.entityId, kind: "bank" as const, placeName: "Bank", branch: "", contact: "", card: "7" },
  ...{ sealIds: [await world.subjects.sealOf("own")], lodgedOn: "2026-01-05", evidenceId, replaces: null },
});
/** Another file than the card's own photo. */
async function receiptOf(world: World): Promise<string> {
  const file = { stream: Readable.from([redPicture(900)]), fileName: "receipt.png" };
  return (await uploadEvidence(world.env, world.person("own seal-administrator"), file)).evidenceId;
}
async function cardOf(world: World): Promise<string> {
  const keeper = world.person("own seal-administrator");
  const { lodgingId } = await lodgeSpecimen(
    world.env,
    keeper,
    await wanted(world, await world.subjects.evidenceOf(keeper)),
  );
  return lodgingId;
}

export const lodgingCalls: Readonly<
  Record<Mine, Readonly<Record<string, (world: World, who: string) => Promise<TestCall>>>>
> = {
  "GET /v1/specimens-lodged": {
    "a card of the own entity's seal": async (world) => {
      const lodgingId = await cardOf(world);
      return { shows: (answer) => answer.includes(lodgingId) };
    },
  },
  "POST /v1/specimens-lodged": {
    "of the own entity's seal": async (world, who) => ({
      keeps: true,
      body: await wanted(world, await world.subjects.evidenceOf(callerOf(world, who))),
    }),
  },
  "POST /v1/specimens-lodged/:lodgingId/withdrawal": {
    "a card of the own entity's seal": async (world) => ({
      keeps: true,
      params: { lodgingId: await cardOf(world) },
      body: {
        ...{ withdrawnOn: "2026-01-06", note: "Handed back" },
        evidenceId: await receiptOf(world),
      },
    }),
  },
};

/** Whoever calls sends a file of his own; nobody signed in sends anybody's. */
function callerOf(world: World, who: string): string {
  const one = everyone.find((person) => person === who);
  return world.person(one ?? "own member");
}
