import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { printSheets } from "./blank-sheets.ts";
import { countStock, decideStockCount } from "./count-forms.ts";
import { endLetterhead, giveLetterhead, readLetterhead } from "./letterhead.ts";
import { confirmFormReceipt, issueForms, receiveForms, returnForms, useForms, voidForms } from "./move-forms.ts";
import { listSeries, readSeries } from "./read-model.ts";
import { nameForms, readRequestForms } from "./request-forms.ts";
import { beginSealingSheets, downloadSealedSheets } from "./seal-sheets.ts";
import { changeSeries, openSeries } from "./series.ts";
import { decideSheetReport, reportSheets } from "./sheet-reports.ts";

type Mine =
  | "GET /v1/form-series"
  | "POST /v1/form-series"
  | "GET /v1/form-series/:seriesId"
  | "PUT /v1/form-series/:seriesId"
  | "POST /v1/form-series/:seriesId/receive"
  | "POST /v1/form-series/:seriesId/issue"
  | "POST /v1/form-series/:seriesId/postings/:postingId/receipt"
  | "POST /v1/form-series/:seriesId/use"
  | "POST /v1/form-series/:seriesId/void"
  | "POST /v1/form-series/:seriesId/sheet-reports"
  | "POST /v1/form-series/:seriesId/sheet-reports/:reportId/decision"
  | "GET /v1/form-series/:seriesId/sheets/:matterId/file"
  | "POST /v1/form-series/:seriesId/sheets/:matterId/request"
  | "GET /v1/form-series/:seriesId/sheets/:matterId/sealed/:documentId"
  | "GET /v1/form-series/:seriesId/letterhead"
  | "POST /v1/form-series/:seriesId/letterhead"
  | "DELETE /v1/form-series/:seriesId/letterhead"
  | "POST /v1/form-series/:seriesId/return"
  | "POST /v1/form-series/:seriesId/stock-takes"
  | "POST /v1/form-series/:seriesId/stock-takes/:countId/decision"
  | "GET /v1/seal-use-requests/:requestId/forms"
  | "PUT /v1/seal-use-requests/:requestId/forms";

const done = { done: true } as const;

export function formHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/form-series": (_, call) => listSeries(env, call.person().personId),
    "POST /v1/form-series": ({ body }, call) => openSeries(env, call.person().personId, body),
    "GET /v1/form-series/:seriesId": ({ params, query }, call) =>
      readSeries(env, call.person().personId, params.seriesId, query),
    "PUT /v1/form-series/:seriesId": async ({ params, body }, call) => {
      await changeSeries(env, call.person().personId, params.seriesId, body);
      return done;
    },
    "POST /v1/form-series/:seriesId/receive": async ({ params, body }, call) => {
      await receiveForms(env, call.person().personId, { ...params, ...body });
      return done;
    },
    "POST /v1/form-series/:seriesId/issue": async ({ params, body }, call) => {
      await issueForms(env, call.person().personId, { ...params, ...body });
      return done;
    },
    "POST /v1/form-series/:seriesId/postings/:postingId/receipt": async ({ params }, call) => {
      await confirmFormReceipt(env, call.person().personId, params);
      return done;
    },
    "POST /v1/form-series/:seriesId/use": async ({ params, body }, call) => {
      await useForms(env, call.person().personId, { ...params, ...body });
      return done;
    },
    "POST /v1/form-series/:seriesId/void": async ({ params, body }, call) => {
      await voidForms(env, call.person().personId, { ...params, ...body });
      return done;
    },
    "POST /v1/form-series/:seriesId/sheet-reports": ({ params, body }, call) =>
      reportSheets(env, call.person().personId, { ...params, ...body }),
    "POST /v1/form-series/:seriesId/sheet-reports/:reportId/decision": async ({ params, body }, call) => {
      await decideSheetReport(env, call.person().personId, { ...params, ...body });
      return done;
    },
    "GET /v1/form-series/:seriesId/sheets/:matterId/file": async ({ params }, call) => {
      const { bytes, fileName } = await printSheets(env, call.person().personId, params);
      return { contentType: "application/pdf", body: bytes, fileName };
    },
    "POST /v1/form-series/:seriesId/sheets/:matterId/request": ({ params }, call) =>
      beginSealingSheets(env, call.person().personId, params),
    "GET /v1/form-series/:seriesId/sheets/:matterId/sealed/:documentId": async ({ params }, call) => {
      const { matterId, documentId } = params;
      const { bytes, fileName } = await downloadSealedSheets(env, call.person().personId, { matterId, documentId });
      return { contentType: "application/pdf", body: bytes, fileName };
    },
    "GET /v1/form-series/:seriesId/letterhead": async ({ params }, call) => {
      const { bytes, fileName } = await readLetterhead(env, call.person().personId, params.seriesId);
      return { contentType: "application/pdf", body: bytes, fileName };
    },
    "POST /v1/form-series/:seriesId/letterhead": async ({ params }, call) => {
      await giveLetterhead(env, call.person().personId, params.seriesId, await call.upload());
      return done;
    },
    "DELETE /v1/form-series/:seriesId/letterhead": async ({ params }, call) => {
      await endLetterhead(env, call.person().personId, params.seriesId);
      return done;
    },
    "POST /v1/form-series/:seriesId/return": async ({ params, body }, call) => {
      await returnForms(env, call.person().personId, { ...params, ...body });
      return done;
    },
    "POST /v1/form-series/:seriesId/stock-takes": ({ params, body }, call) =>
      countStock(env, call.person().personId, { ...params, ...body }),
    "POST /v1/form-series/:seriesId/stock-takes/:countId/decision": ({ params, body }, call) =>
      decideStockCount(env, call.person().personId, { ...params, ...body }),
    "GET /v1/seal-use-requests/:requestId/forms": async ({ params }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      return readRequestForms(env, personId, params.requestId);
    },
    "PUT /v1/seal-use-requests/:requestId/forms": async ({ params, body }, call) => {
      await nameForms(env, call.person().personId, params.requestId, body.items);
      return done;
    },
  };
}
