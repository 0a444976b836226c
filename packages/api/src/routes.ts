import type { Route } from "./route.ts";
import { alarmRoutes } from "./routes/alarms.ts";
import { checkRoutes } from "./routes/checks.ts";
import { confidentialRoutes } from "./routes/confidential.ts";
import { controllerEpochRoutes } from "./routes/controller-epochs.ts";
import { controllerSettingsRoutes } from "./routes/controller-settings.ts";
import { controllerRoutes } from "./routes/controllers.ts";
import { custodyRoutes } from "./routes/custody.ts";
import { decidingRoutes } from "./routes/deciding.ts";
import { documentSeriesRoutes } from "./routes/document-series.ts";
import { documentRoutes } from "./routes/documents.ts";
import { emergencyRoutes } from "./routes/emergency.ts";
import { finalCopiesRoutes } from "./routes/final-copies.ts";
import { formRoutes } from "./routes/forms.ts";
import { installationRoutes } from "./routes/installation.ts";
import { keepingRoutes } from "./routes/keeping.ts";
import { ledgerRoutes } from "./routes/ledger.ts";
import { lodgingRoutes } from "./routes/lodgings.ts";
import { openingStockRoutes } from "./routes/opening-stock.ts";
import { organisationRoutes } from "./routes/organisation.ts";
import { positionRoutes } from "./routes/positions.ts";
import { registerRoutes } from "./routes/registers.ts";
import { requestRoutes } from "./routes/requests.ts";
import { rotationRoutes } from "./routes/rotation.ts";
import { ruleBookRoutes } from "./routes/rule-book.ts";
import { rulesRoutes } from "./routes/rules.ts";
import { sealRoutes } from "./routes/seals.ts";
import { separationRoutes } from "./routes/separation.ts";
import { sessionRoutes } from "./routes/session.ts";
import { stampedCopiesRoutes } from "./routes/stamped-copies.ts";
import { stampingRoutes } from "./routes/stamping.ts";
import { standingRoutes } from "./routes/standing.ts";
import { templateRoutes } from "./routes/templates.ts";
import { trainingRoutes } from "./routes/training.ts";
import { vendorCloudRoutes } from "./routes/vendor-clouds.ts";
import { verificationRoutes } from "./routes/verification.ts";

/** Every route of the one HTTP API: the server registers it in a loop, openapi.json and the client's types come from it. */
export const routes = {
  ...installationRoutes,
  ...sessionRoutes,
  ...organisationRoutes,
  ...sealRoutes,
  ...documentRoutes,
  ...requestRoutes,
  ...decidingRoutes,
  ...confidentialRoutes,
  ...ledgerRoutes,
  ...verificationRoutes,
  ...keepingRoutes,
  ...custodyRoutes,
  ...separationRoutes,
  ...registerRoutes,
  ...trainingRoutes,
  ...rotationRoutes,
  ...checkRoutes,
  ...ruleBookRoutes,
  ...positionRoutes,
  ...formRoutes,
  ...openingStockRoutes,
  ...lodgingRoutes,
  ...controllerRoutes,
  ...controllerSettingsRoutes,
  ...controllerEpochRoutes,
  ...vendorCloudRoutes,
  ...alarmRoutes,
  ...rulesRoutes,
  ...emergencyRoutes,
  ...standingRoutes,
  ...stampingRoutes,
  ...stampedCopiesRoutes,
  ...finalCopiesRoutes,
  ...templateRoutes,
  ...documentSeriesRoutes,
} as const satisfies Record<string, Route>;

export type Routes = typeof routes;
export type RouteKey = keyof Routes;
