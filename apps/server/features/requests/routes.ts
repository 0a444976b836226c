import { refuse } from "@chancery/domain";
import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { openSheets } from "../forms/open-sheets.ts";
import { downloadSealedSheets, isSealedSheets } from "../forms/seal-sheets.ts";
import { checkSides } from "../joint/check-sides.ts";
import { findPaperOfBoth } from "../joint/read-model.ts";
import { commentOnRequest } from "./comments.ts";
import { readDetail, viewDocument } from "./detail.ts";
import { prepareDocuments } from "./document-reading.ts";
import { beginDraft, discardDraft, saveDraft } from "./draft-service.ts";
import { findSealWords, findText } from "./find-text.ts";
import { loadRequest } from "./load-request.ts";
import { requireMaySee } from "./may-see.ts";
import { readOverview } from "./overview.ts";
import { readDocument } from "./read-document.ts";
import { documentBusy } from "./read-upload.ts";
import { showCheck } from "./show-check.ts";
import { readComparison } from "./show-facts.ts";
import { submitRequest, withdrawRequest } from "./submit-service.ts";
import { listSummaries } from "./summaries.ts";
import { uploadDocument } from "./upload-document.ts";

type Mine =
  | "POST /v1/documents"
  | "GET /v1/documents/:documentId"
  | "GET /v1/documents/:documentId/file"
  | "GET /v1/documents/:documentId/places"
  | "GET /v1/seal-use-requests"
  | "POST /v1/seal-use-requests"
  | "PUT /v1/seal-use-requests/:requestId"
  | "DELETE /v1/seal-use-requests/:requestId"
  | "POST /v1/seal-use-requests/:requestId/check"
  | "POST /v1/seal-use-requests/:requestId/submit"
  | "GET /v1/seal-use-requests/:requestId"
  | "POST /v1/seal-use-requests/:requestId/comments"
  | "POST /v1/seal-use-requests/:requestId/withdraw"
  | "GET /v1/seal-use-requests/:requestId/sealed/:documentId"
  | "GET /v1/seal-use-requests/:requestId/comparisons/:documentId"
  | "GET /v1/overview";

/** Nothing is read or compared for who may not ask. */
async function requireOwn(env: Environment, personId: string, requestId: string): Promise<void> {
  const { applicant_id: applicantId } = (await env.db
    .selectFrom("seal_use_requests")
    .select("applicant_id")
    .where("request_id", "=", requestId)
    .executeTakeFirst()) ?? { applicant_id: null };
  if (applicantId !== personId) throw problems.notFound();
}

export function requestHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "POST /v1/documents": async (_, call) =>
      viewDocument(await uploadDocument(env, call.person().personId, await call.upload())),
    "GET /v1/documents/:documentId": async ({ params }, call) =>
      viewDocument(await readDocument(env, call.person().personId, params.documentId)),
    "GET /v1/documents/:documentId/file": async ({ params }, call) => {
      const { personId } = call.person();
      const document = await readDocument(env, personId, params.documentId);
      const sheets = await openSheets(env, personId, document);
      if (sheets !== null) return { contentType: "application/pdf", body: sheets };
      const file = await env.files.read(document.digest);
      if (!file.ok) throw problems.notFound();
      return { contentType: "application/pdf", body: file.bytes };
    },
    "GET /v1/documents/:documentId/places": async ({ params, query }, call) => {
      const document = await readDocument(env, call.person().personId, params.documentId);
      const file = await env.files.read(document.digest);
      if (!file.ok) throw problems.notFound();
      const texts = await readPageTexts(file.bytes, document.pages);
      if (!texts.ok && texts.code === "text.busy") throw documentBusy();
      if (!texts.ok) return { places: [] };
      return { places: query.text ? findText(texts.pages, query.text) : findSealWords(texts.pages) };
    },
    "GET /v1/seal-use-requests": async ({ query }, call) => listSummaries(env, call.person().personId, query),
    "POST /v1/seal-use-requests": async ({ body }, call) => beginDraft(env, call.person().personId, body),
    "PUT /v1/seal-use-requests/:requestId": async ({ params, body }, call) =>
      saveDraft(env, call.person().personId, params.requestId, body),
    "DELETE /v1/seal-use-requests/:requestId": async ({ params }, call) => {
      await discardDraft(env, call.person().personId, params.requestId);
      return { done: true as const };
    },
    "POST /v1/seal-use-requests/:requestId/check": async ({ params }, call) => {
      const { personId } = call.person();
      await requireOwn(env, personId, params.requestId);
      await prepareDocuments(env, params.requestId);
      const loaded = await loadRequest(env.db, params.requestId);
      return showCheck(env, personId, await checkSides(env.db, env, loaded, personId));
    },
    "POST /v1/seal-use-requests/:requestId/submit": async ({ params }, call) =>
      submitRequest(env, call.person().personId, params.requestId),
    "GET /v1/seal-use-requests/:requestId": async ({ params }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      return readDetail(env, personId, params.requestId);
    },
    "POST /v1/seal-use-requests/:requestId/comments": async ({ params, body }, call) => {
      const { personId } = call.person();
      await requireMaySee(env.db, personId, params.requestId, env.clock.now());
      await commentOnRequest(env, personId, params.requestId, body);
      return { done: true as const };
    },
    "POST /v1/seal-use-requests/:requestId/withdraw": async ({ params, body }, call) => {
      await withdrawRequest(env, call.person().personId, params.requestId, body.reason);
      return { done: true as const };
    },
    "GET /v1/seal-use-requests/:requestId/sealed/:documentId": async ({ params }, call) => {
      await requireMaySee(env.db, call.person().personId, params.requestId, env.clock.now());
      const { documents, joint } = await loadRequest(env.db, params.requestId);
      const document = documents.find((one) => one.documentId === params.documentId);
      if (!document?.sealedDigest) throw problems.notFound();
      if (await isSealedSheets(env.db, params.requestId, params.documentId)) {
        const { bytes, fileName } = await downloadSealedSheets(env, call.person().personId, params);
        return { contentType: "application/pdf", body: bytes, fileName };
      }
      const paper = await findPaperOfBoth(env.db, joint, document);
      if (paper === null) throw refusedBy([refuse("joint.not-done", {}, "C17")]);
      const file = await env.files.read(paper.digest);
      if (!file.ok) throw problems.notFound();
      return {
        contentType: "application/pdf",
        body: file.bytes,
        fileName: document.name.replace(/(\.pdf)?$/i, "-sealed.pdf"),
      };
    },
    "GET /v1/seal-use-requests/:requestId/comparisons/:documentId": async ({ params }, call) => {
      await requireMaySee(env.db, call.person().personId, params.requestId, env.clock.now());
      return readComparison(env.db, params.requestId, params.documentId);
    },
    "GET /v1/overview": async (_, call) => readOverview(env, call.person().personId),
  };
}
