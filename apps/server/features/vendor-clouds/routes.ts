import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { confirmCloud, endCloud, nameInCloud, registerCloud } from "./clouds.ts";
import { listClouds } from "./read-clouds.ts";
import { confirmVendorController, registerVendorController } from "./register-controller.ts";
import { takeVendorCall } from "./take-call.ts";

type Mine = Extract<keyof Handlers, `${string} /v1/vendor-${string}`>;
const done = { done: true as const };

export function vendorCloudHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/vendor-clouds": (_, call) => listClouds(env, call.person().personId),
    "POST /v1/vendor-clouds": ({ body }, call) => registerCloud(env, call.person().personId, body),
    "POST /v1/vendor-clouds/:cloudId/confirmation": async ({ params }, call) => {
      await confirmCloud(env, call.person().personId, params.cloudId);
      return done;
    },
    "POST /v1/vendor-clouds/:cloudId/end": async ({ params, body }, call) => {
      await endCloud(env, call.person().personId, params.cloudId, body.reason);
      return done;
    },
    "POST /v1/vendor-clouds/:cloudId/people": async ({ params, body }, call) => {
      await nameInCloud(env, call.person().personId, { ...params, ...body });
      return done;
    },
    "POST /v1/vendor-clouds/:cloudId/controllers": ({ params, body }, call) =>
      registerVendorController(env, call.person().personId, { ...params, ...body }),
    "POST /v1/vendor-controllers/:controllerId/confirmation": async ({ params, body }, call) => {
      await confirmVendorController(env, call.person().personId, params.controllerId, body.deviceNo);
      return done;
    },
    "POST /v1/vendor-calls/:cloudId/:secret": async ({ params }, call) => {
      await takeVendorCall(env, params, call.raw());
      return { code: 0 as const, message: "success" as const };
    },
  };
}
