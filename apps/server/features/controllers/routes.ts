import { encodePem } from "@chancery/pki";
import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { controllerEpochHandlers } from "../controller-epochs/routes.ts";
import { controllerSettingsHandlers } from "../controller-settings/routes.ts";
import { askForOrder, showOrders } from "../controller-stamping/orders.ts";
import type { Gateway } from "../gateway/gateway.ts";
import { certifyBroker, composeRevocations } from "./broker-certificates.ts";
import { confirmController, presentController, readEnrolment } from "./enrol.ts";
import { showJournal } from "./journal-view.ts";
import { readPhotoProgress, storePhotoPart } from "./photos.ts";
import { listControllers, showController } from "./read-model.ts";
import { declineController, registerController, renewPairing, revokeController } from "./service.ts";

type Mine = Extract<keyof Handlers, `${string} /v1/controller${string}`>;

export function controllerHandlers(env: Environment, gateway: Gateway): Pick<Handlers, Mine> {
  return {
    ...controllerSettingsHandlers(env),
    ...controllerEpochHandlers(env),
    "GET /v1/controllers": (_, call) => listControllers(env, call.person().personId, gateway.status()),
    "GET /v1/controllers/:controllerId": ({ params }, call) =>
      showController(env, call.person().personId, params.controllerId, gateway.status()),
    "GET /v1/controllers/:controllerId/journal": ({ params }, call) =>
      showJournal(env, call.person().personId, params.controllerId),
    "GET /v1/controllers/:controllerId/orders": ({ params }, call) =>
      showOrders(env, call.person().personId, params.controllerId),
    "POST /v1/controllers/:controllerId/orders": ({ params, body }, call) =>
      askForOrder(env, call.person().personId, params.controllerId, {
        ...body,
        ...{ slot: body.slotNumber, tag: body.radioTag },
      }),
    "POST /v1/controllers": ({ body }, call) => registerController(env, call.person().personId, body),
    "POST /v1/controllers/:controllerId/pairing-code": ({ params }, call) =>
      renewPairing(env, call.person().personId, params.controllerId),
    "POST /v1/controllers/:controllerId/confirmation": async ({ params, body }, call) => {
      // Started before, so that the box is told where it listens; the first box that presented itself made its authority.
      await gateway.ensureStarted();
      const { address } = gateway.status();
      await confirmController(env, call.person().personId, params.controllerId, body.comparisonCode, address);
      return { done: true };
    },
    "POST /v1/controllers/:controllerId/refusal": async ({ params, body }, call) => {
      await declineController(env, call.person().personId, params.controllerId, body.reason);
      return { done: true };
    },
    "POST /v1/controllers/:controllerId/revocation": async ({ params, body }, call) => {
      await revokeController(env, call.person().personId, params.controllerId, body.reason);
      gateway.drop(params.controllerId);
      return { done: true };
    },
    "POST /v1/controller-enrolments": ({ body }) => presentController(env, body),
    "GET /v1/controller-enrolments/:ticket": ({ params }) => readEnrolment(env, params.ticket),
    "GET /v1/controller-photos/:ticket": ({ params }) => readPhotoProgress(env, params.ticket),
    "POST /v1/controller-photos/:ticket/parts": async ({ params, query }, call) =>
      storePhotoPart(env, params.ticket, query.part, (await call.upload()).stream),
    "GET /v1/controller-authority/revocations": async () => ({
      contentType: "application/x-pem-file",
      body: await composeRevocations(env),
    }),
    "POST /v1/controller-authority/broker": async ({ body }) => ({
      contentType: "application/x-pem-file",
      body: await certifyBroker(env, body),
    }),
    "GET /v1/controller-authority": async () => {
      const row = await env.db
        .selectFrom("controller_certificates")
        .select("der")
        .where("kind", "=", "authority")
        .executeTakeFirst();
      if (!row) throw problems.notFound();
      return {
        contentType: "application/pem-certificate-chain",
        body: encodePem("CERTIFICATE", new Uint8Array(row.der)),
      };
    },
  };
}
