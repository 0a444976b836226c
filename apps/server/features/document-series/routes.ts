import { streamArchive } from "../../platform/archive.ts";
import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { beginSeries } from "./begin-series.ts";
import { makeList } from "./list-template.ts";
import { openDrawn } from "./open-drawn.ts";
import { listLines, listSealed, proveLine, readSeries, showFaults } from "./read-model.ts";

type Mine =
  | "GET /v1/templates/versions/:versionId/list"
  | "POST /v1/document-series"
  | "GET /v1/document-series/:seriesId"
  | "GET /v1/document-series/:seriesId/lines"
  | "GET /v1/document-series/:seriesId/lines/:nr/proof"
  | "POST /v1/seal-use-requests/:requestId/opened"
  | "GET /v1/seal-use-requests/:requestId/sealed";

export function documentSeriesHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/templates/versions/:versionId/list": ({ params, query }) => makeList(env, { ...params, ...query }),
    "POST /v1/document-series": async ({ query }, call) => {
      const { seriesId, faults } = await beginSeries(env, call.person().personId, query, await call.upload());
      return { seriesId, faults: showFaults(faults) };
    },
    "GET /v1/document-series/:seriesId": ({ params }, call) => readSeries(env, call.person().personId, params.seriesId),
    "GET /v1/document-series/:seriesId/lines": ({ params, query }, call) =>
      listLines(env, call.person().personId, params.seriesId, query),
    "GET /v1/document-series/:seriesId/lines/:nr/proof": ({ params }, call) =>
      proveLine(env, call.person().personId, params.seriesId, params.nr),
    "POST /v1/seal-use-requests/:requestId/opened": async ({ params, body }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      await openDrawn(env, personId, params.requestId, body.documentId);
      return { done: true as const };
    },
    "GET /v1/seal-use-requests/:requestId/sealed": async ({ params }, call) => {
      const { number, sealed, proofs } = await listSealed(env, call.person().personId, params.requestId);
      const files = sealed.map(({ nr, name, sealedDigest }) => ({
        // Two documents of a request may bear one name.
        name: `${proofs ? "" : `${nr} `}${name.replace(/(\.pdf)?$/iu, "-sealed.pdf")}`.replaceAll(/[/\\]/g, "_"),
        read: async () => {
          const file = await env.files.read(sealedDigest);
          if (!file.ok) throw problems.notFound();
          return file.bytes;
        },
      }));
      const body = proofs
        ? [{ name: "proofs.json", read: async () => Buffer.from(JSON.stringify(proofs, null, 1)) }]
        : [];
      return { contentType: "application/zip", fileName: `${number}.zip`, body: streamArchive([...files, ...body]) };
    },
  };
}
