import { attachmentNames, DOCUMENT_CLASS_IDS, describe, documentClasses } from "@chancery/domain";
import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { readPageTexts } from "../../platform/page-text.ts";
import { problems } from "../../platform/problems.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { showQuestions } from "./ask-questions.ts";
import { checkRequest, type RequestCheck } from "./check-request.ts";
import { commentOnRequest } from "./comments.ts";
import { readDetail, viewDocument } from "./detail.ts";
import { prepareDocuments } from "./document-reading.ts";
import { beginDraft, discardDraft, saveDraft } from "./draft-service.ts";
import { findSealWords, findText } from "./find-text.ts";
import { sayRule } from "./list-waiting.ts";
import { type LoadedRequest, loadRequest } from "./load-request.ts";
import { requireMaySee } from "./may-see.ts";
import { readOverview } from "./overview.ts";
import { readDocument } from "./read-document.ts";
import { type PersonRefView, readPeople } from "./read-people.ts";
import { documentBusy } from "./read-upload.ts";
import { readComparison, showFacts } from "./show-facts.ts";
import { submitRequest, withdrawRequest } from "./submit-service.ts";
import { listSummaries } from "./summaries.ts";
import { uploadDocument } from "./upload-document.ts";
import { readUsualTimes } from "./usual-times.ts";

type Mine =
  | "GET /v1/document-classes"
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

/** Who agreed already and needs not be asked; or why he, or somebody else, is asked again. */
function sayKept(
  { steps }: LoadedRequest,
  keeping: RequestCheck["keeping"][number] | undefined,
  person: (id: string | null) => PersonRefView | null,
) {
  const given = steps.find((step) => step.stepId === keeping?.kept);
  return {
    kept: given?.decidedAt ? { by: person(given.decidedBy), at: given.decidedAt.toISOString() } : null,
    again: keeping?.again ? describe(keeping.again.code, keeping.again.facts).sentence : null,
  };
}

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
    "GET /v1/document-classes": async () => ({
      items: DOCUMENT_CLASS_IDS.map((documentClass) => {
        const one = documentClasses[documentClass];
        return {
          documentClass,
          name: { ...one.name },
          makesRights: one.makesRights,
          external: one.external,
          sealTypes: [...one.sealTypes],
          electronic: one.electronic,
        };
      }),
    }),
    "POST /v1/documents": async (_, call) =>
      viewDocument(await uploadDocument(env, call.person().personId, await call.upload())),
    "GET /v1/documents/:documentId": async ({ params }, call) =>
      viewDocument(await readDocument(env, call.person().personId, params.documentId)),
    "GET /v1/documents/:documentId/file": async ({ params }, call) => {
      const document = await readDocument(env, call.person().personId, params.documentId);
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
      const check = await checkRequest(env.db, env, loaded);
      const sealing = await readGateFacts(env.db, env, params.requestId);
      const person = await readPeople(env.db, [
        ...loaded.steps.map((step) => step.decidedBy),
        ...check.route.flatMap((step) => [...step.candidates]),
        ...sealing.custodians,
        ...sealing.supervisors,
      ]);
      const usual = await readUsualTimes(env.db, loaded.row.entity_id, env.clock.now());
      const seals =
        check.suggested.length === 0
          ? []
          : await env.db
              .selectFrom("seals")
              .select(["seal_id", "name_en", "name_zh"])
              .where("seal_id", "in", check.suggested)
              .execute();
      return {
        ready: check.refusals.length === 0 && check.missing.length === 0,
        refusals: check.refusals.map(toRefusalView),
        suggestedSeals: check.suggested.flatMap((sealId) => {
          const seal = seals.find((one) => one.seal_id === sealId);
          return seal ? [{ sealId, name: { en: seal.name_en, zh: seal.name_zh } }] : [];
        }),
        seals: check.seals.map(({ sealId, refusals }) => ({ sealId, refusals: refusals.map(toRefusalView) })),
        route: check.route.map((step, at) => ({
          ...{ kind: step.kind, title: step.title, stage: step.stage, group: step.group, hours: step.hours },
          usual: usual(step.kind),
          candidates: step.candidates.flatMap((id) => person(id) ?? []),
          why: describe(step.reason).sentence,
          ...sayKept(loaded, check.keeping[at], person),
          rule: check.rules && sayRule(check.rules.rules, step.group),
        })),
        papers: (check.rules?.decided.attachments ?? []).map((kind) => ({
          ...{ kind, name: { ...attachmentNames[kind] } },
          attached: loaded.attachments.some((one) => one.kind === kind),
        })),
        questions: await showQuestions(env.db, env, check.questions, { personId, asks: true }),
        limits: check.rules && { ...check.rules.decided.limits },
        rulesVersion: check.rules?.versionId ?? null,
        sealing: {
          custodians: sealing.custodians.flatMap((id) => person(id) ?? []),
          supervisionNeeded: sealing.supervisionNeeded || check.rules?.decided.limits.supervised === true,
          confirmers: sealing.supervisors.flatMap((id) => person(id) ?? []),
        },
        unfinished: loaded.documents.map((document) => ({
          documentId: document.documentId,
          places: viewDocument(document).unfinished,
        })),
        missing: check.missing,
        facts: await showFacts(env.db, loaded.facts, check.facts),
        unanswered: [...check.unanswered],
      };
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
      const { documents } = await loadRequest(env.db, params.requestId);
      const document = documents.find((one) => one.documentId === params.documentId);
      if (!document?.sealedDigest) throw problems.notFound();
      const file = await env.files.read(document.sealedDigest);
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
