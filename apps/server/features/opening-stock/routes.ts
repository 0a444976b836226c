import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { askForImport, inviteImported } from "./ask-import.ts";
import { addImportFile } from "./files.ts";
import { closeOldBook, listOldBooks } from "./old-books.ts";
import { previewImport, previewMatter } from "./preview.ts";
import { makeTemplate } from "./templates.ts";

type Mine =
  | "GET /v1/import-templates/:kind"
  | "POST /v1/import-files"
  | "POST /v1/imports/preview"
  | "POST /v1/imports"
  | "GET /v1/imports/:matterId"
  | "POST /v1/imports/:matterId/invitations"
  | "GET /v1/old-books"
  | "POST /v1/old-books";

export function openingStockHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/import-templates/:kind": ({ params, query }) => makeTemplate({ ...params, ...query }),
    "POST /v1/import-files": async (_, call) => addImportFile(env, call.person().personId, await call.upload()),
    "POST /v1/imports/preview": ({ body }, call) => previewImport(env, call.person().personId, body),
    "POST /v1/imports": ({ body }, call) => askForImport(env, call.person().personId, body),
    "GET /v1/imports/:matterId": ({ params }, call) => previewMatter(env, call.person().personId, params.matterId),
    "POST /v1/imports/:matterId/invitations": ({ params }, call) =>
      inviteImported(env, call.person().personId, params.matterId),
    "GET /v1/old-books": (_, call) => listOldBooks(env, call.person().personId),
    "POST /v1/old-books": ({ body }, call) => closeOldBook(env, call.person().personId, body),
  };
}
