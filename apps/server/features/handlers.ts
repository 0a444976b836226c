import type { Config } from "../config.ts";
import type { Handlers } from "../platform/call.ts";
import type { Environment } from "../platform/environment.ts";
import type { Telemetry } from "../platform/telemetry.ts";
import { alarmHandlers } from "./alarms/routes.ts";
import { approvalHandlers } from "./approvals/routes.ts";
import { checkHandlers } from "./checks/routes.ts";
import { confidentialHandlers } from "./confidential/routes.ts";
import { controllerHandlers } from "./controllers/routes.ts";
import { rotationHandlers } from "./custody/rotation-routes.ts";
import { custodyHandlers } from "./custody/routes.ts";
import { delegationHandlers } from "./delegations/routes.ts";
import { documentClassHandlers } from "./document-classes/routes.ts";
import { documentSeriesHandlers } from "./document-series/routes.ts";
import { emergencyHandlers } from "./emergency/routes.ts";
import { evidenceHandlers } from "./evidence/routes.ts";
import { finalCopyHandlers } from "./final-copies/routes.ts";
import { formHandlers } from "./forms/routes.ts";
import type { Gateway } from "./gateway/gateway.ts";
import { identityHandlers } from "./identity/routes.ts";
import { installationHandlers } from "./installation/routes.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { ledgerHandlers } from "./ledger/routes.ts";
import { lodgingHandlers } from "./lodgings/routes.ts";
import { mailHandlers } from "./mail/routes.ts";
import { matterHandlersOfApi } from "./matters/routes.ts";
import { openingStockHandlers } from "./opening-stock/routes.ts";
import { organisationHandlers } from "./organisation/routes.ts";
import { positionHandlers } from "./positions/routes.ts";
import { printedCopyHandlers } from "./printed-copies/routes.ts";
import { registerHandlers } from "./registers/routes.ts";
import { requestHandlers } from "./requests/routes.ts";
import { ruleBookHandlers } from "./rule-book/routes.ts";
import { rulesHandlers } from "./rules/routes.ts";
import type { SealingPorts } from "./sealing/seal-job.ts";
import { sealHandlers } from "./seals/routes.ts";
import { separationHandlers } from "./separation/routes.ts";
import { settingHandlers } from "./settings/routes.ts";
import { stampedCopiesHandlers } from "./stamped-copies/routes.ts";
import { handHandlers } from "./stamping/hand-routes.ts";
import { stampingHandlers } from "./stamping/routes.ts";
import { standingHandlers } from "./standing/routes.ts";
import { taskHandlers } from "./tasks/routes.ts";
import { templateHandlers } from "./templates/routes.ts";
import { trainingHandlers } from "./training/routes.ts";
import { vendorCloudHandlers } from "./vendor-clouds/routes.ts";
import { verificationHandlers } from "./verification/routes.ts";

/** What some features need beyond the environment. */
export interface Platform {
  ledger: Ledger;
  sealing: SealingPorts;
  gateway: Gateway;
  config: Config;
  masterKeyPlace: string;
  databasePlace: string;
  telemetry: Telemetry;
  /** Lines for the person at the console. */
  log(line: string): void;
}

/** Every route's handler; a route that no feature answers is a type error. */
export function createHandlers(env: Environment, platform: Platform): Handlers {
  return {
    ...installationHandlers(env, platform),
    ...identityHandlers(env),
    ...organisationHandlers(env),
    ...sealHandlers(env),
    ...requestHandlers(env),
    ...approvalHandlers(env),
    ...rulesHandlers(env),
    ...confidentialHandlers(env),
    ...emergencyHandlers(env),
    ...standingHandlers(env),
    ...documentClassHandlers(env),
    ...templateHandlers(env),
    ...documentSeriesHandlers(env),
    ...stampingHandlers(env),
    ...handHandlers(env),
    ...printedCopyHandlers(env),
    ...stampedCopiesHandlers(env),
    ...finalCopyHandlers(env),
    ...ledgerHandlers(env, platform.ledger),
    ...verificationHandlers(env, platform.ledger),
    ...settingHandlers(env),
    ...evidenceHandlers(env),
    ...matterHandlersOfApi(env),
    ...taskHandlers(env),
    ...custodyHandlers(env),
    ...separationHandlers(env),
    ...delegationHandlers(env),
    ...registerHandlers(env, platform.ledger),
    ...trainingHandlers(env),
    ...rotationHandlers(env),
    ...checkHandlers(env),
    ...ruleBookHandlers(env),
    ...positionHandlers(env),
    ...formHandlers(env),
    ...openingStockHandlers(env),
    ...lodgingHandlers(env),
    ...controllerHandlers(env, platform.gateway),
    ...vendorCloudHandlers(env),
    ...alarmHandlers(env),
    ...mailHandlers(env),
  };
}
