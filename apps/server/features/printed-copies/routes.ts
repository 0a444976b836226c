import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { printCopies } from "./print-copies.ts";
import { showPrintedPage } from "./show-printed-page.ts";

type Mine = "POST /v1/seal-use-requests/:requestId/documents/:documentId/copies" | "GET /v1/printed-pages/:code";

export function printedCopyHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "POST /v1/seal-use-requests/:requestId/documents/:documentId/copies": async ({ params, body }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      const bytes = await printCopies(env, personId, { ...params, ...body });
      return { contentType: "application/pdf", body: Buffer.from(bytes) };
    },
    "GET /v1/printed-pages/:code": ({ params }) => showPrintedPage(env, params.code),
  };
}
