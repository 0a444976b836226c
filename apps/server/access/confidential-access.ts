import type { RouteKey } from "@chancery/api/client";
import { addReader } from "../features/confidential/readers.ts";
import type { Access } from "./access-table.ts";
import { both, everyone, except, own } from "./test-actors.ts";
import type { TestCall } from "./test-calls.ts";
import type { World } from "./test-world.ts";

type Mine = Extract<RouteKey, `${string}/seal-use-requests/:requestId/${"accesses" | "readers"}${string}`>;

const of = "a confidential one the unit head is asked about";
const reading = own("applicant unit-head");
const ofItsApplicant: Access = {
  of,
  allowed: own("applicant"),
  hidden: except(everyone, own("applicant"), both("inspector system-administrator")),
};

/** Whoever inspects opens it by saying why; who reads it needs not, and nobody else learns that it is there. */
export const confidentialAccess: Readonly<Record<Mine, readonly Access[]>> = {
  "POST /v1/seal-use-requests/:requestId/accesses": [
    {
      of,
      allowed: own("inspector"),
      refused: [409, "confidential.open-already", reading],
      hidden: except(everyone, own("inspector"), reading),
    },
  ],
  "POST /v1/seal-use-requests/:requestId/readers": [ofItsApplicant],
  "DELETE /v1/seal-use-requests/:requestId/readers/:personId": [ofItsApplicant],
};

type Make = (world: World) => Promise<TestCall>;
const requestOf = async (world: World): Promise<string> => (await world.subjects.confidential()).requestId;

export const confidentialCalls: Readonly<Record<Mine, Readonly<Record<string, Make>>>> = {
  "POST /v1/seal-use-requests/:requestId/accesses": {
    [of]: async (world) => ({ params: { requestId: await requestOf(world) }, body: { reason: "A test" } }),
  },
  "POST /v1/seal-use-requests/:requestId/readers": {
    [of]: async (world) => ({
      params: { requestId: await requestOf(world) },
      body: { personId: await world.bystander() },
    }),
  },
  "DELETE /v1/seal-use-requests/:requestId/readers/:personId": {
    [of]: async (world) => {
      const [requestId, personId] = [await requestOf(world), world.person("own member")];
      await addReader(world.env, world.person("own applicant"), requestId, personId);
      return { params: { requestId, personId } };
    },
  },
};
