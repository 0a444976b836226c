import type { RouteAnswer } from "@chancery/api/client";
import {
  askGate,
  countImpressions,
  decideRequest,
  describe,
  type ImpressionState,
  overdueSince,
  type RequestCommand,
} from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { findSettlingStep } from "../approvals/rule-fact.ts";
import { mayReview, showReview } from "../emergency/review.ts";
import { organisationLog } from "../ledger/record-event.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { readSealingProblem } from "../sealing/release-rest.ts";
import { readSealSummaries } from "../seals/read-model.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import { showGate } from "../stamping/gate-view.ts";
import { showStandingUse } from "../standing/standing-rows.ts";
import { showQuestions } from "./ask-questions.ts";
import { listWaiting, readRulesOf, sayRule } from "./list-waiting.ts";
import type { LoadedDocument, LoadedStep, QuestionAnswer } from "./load-request.ts";
import { findOwnStep } from "./quick-decision.ts";
import { readPeople } from "./read-people.ts";
import { showFacts } from "./show-facts.ts";
import { summarise } from "./summaries.ts";
import { readUsualTimes } from "./usual-times.ts";

export type Detail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;
type Action = Detail["actions"][number];

/** One request, whole, as this person sees it. Whether he may see it the caller has asked. */
export async function readDetail(env: Environment, personId: string, requestId: string): Promise<Detail> {
  const [summary] = await summarise(env.db, env, [requestId]);
  if (!summary) throw problems.notFound();
  const view = await readGateFacts(env.db, env, requestId, { checkFiles: true });
  const { row, documents, steps, sealIds, limits, attachments } = view.loaded;
  const impressions = await env.db
    .selectFrom("impressions as i")
    .leftJoin("events as e", (join) =>
      join.onRef("e.request_id", "=", "i.request_id").on("e.type", "=", "ImpressionSettled"),
    )
    .leftJoin("ledger_entries as l", (join) =>
      join.onRef("l.leaf_hash", "=", "e.leaf_hash").on("l.log_id", "=", organisationLog),
    )
    .select([
      "i.impression_id",
      "i.document_id",
      "i.seal_id",
      "i.placement",
      "i.state",
      "i.reserved_at",
      "i.sealed_at",
      "i.settled_at",
      "i.released_at",
      "e.facts",
      "l.seq",
    ])
    .where("i.request_id", "=", requestId)
    .where((eb) =>
      eb.or([
        eb("e.event_id", "is", null),
        eb(eb.ref("e.facts", "->>").key("impressionId" as never), "=", eb.ref("i.impression_id")),
        eb("i.state", "<>", "settled"),
      ]),
    )
    .orderBy("i.reserved_at")
    .orderBy("i.position")
    .execute();
  const once = new Map(impressions.map((impression) => [impression.impression_id, impression]));
  const list = [...once.values()];
  const usual = await readUsualTimes(env.db, row.entity_id, env.clock.now());
  const rules = await readRulesOf(env.db, row.rules_version);
  const person = await readPeople(env.db, [
    ...(view.turn?.people ?? []),
    row.handler_id,
    row.applicant_id,
    row.released_by,
    row.confirmed_by,
    ...steps.flatMap((step) => [...step.candidates, step.decidedBy, step.decidedFor, step.added?.by]),
    ...view.custodians,
    ...view.supervisors,
  ]);
  const proofs = await env.db
    .selectFrom("step_ups")
    .select(["step_up_id", "method"])
    .where("step_up_id", "in", [row.release_step_up ?? "", row.confirm_step_up ?? ""])
    .execute();
  const methodOf = (stepUpId: string | null) => proofs.find((proof) => proof.step_up_id === stepUpId)?.method ?? null;
  const refs = (ids: readonly string[]) => ids.flatMap((id) => person(id) ?? []);
  const sealList = await readSealSummaries(env.db, env, sealIds);
  const live = row.number !== null && row.state !== "draft";
  return {
    ...summary,
    version: row.version,
    purpose: row.purpose,
    handler: person(row.handler_id),
    validUntil: row.valid_until,
    documentList: documents.map((document) => ({
      ...viewDocument(document),
      unchanged: view.unchanged.get(document.documentId) ?? false,
      placements: document.placements as Detail["documentList"][number]["placements"],
      sealed:
        document.sealedDigest && document.sealedAt
          ? {
              digest: document.sealedDigest,
              sizeBytes: document.sealedSize ?? 0,
              sealedAt: document.sealedAt.toISOString(),
              proofLeaf: leafOf(
                list.find(
                  (impression) => impression.document_id === document.documentId && impression.state === "settled",
                )?.seq,
              ),
            }
          : null,
    })),
    sealList,
    standing: await showStandingUse(env.db, row.standing_id, row.request_id),
    emergencyReview: await showReview(env, row.request_id),
    waiting: listWaiting(view, env.clock.now(), usual, person),
    questions: await showQuestions(env.db, env, view.loaded.questions, {
      ...{ personId, asks: [row.applicant_id, row.handler_id].includes(personId) },
    }),
    questionAnswers: (row.question_answers as QuestionAnswer[]).map(({ key, reason }) => ({ key, reason })),
    limits: limits && { ...limits },
    rulesVersion: row.rules_version,
    myStepId: row.state === "in-review" ? (findOwnStep(steps, personId)?.stepId ?? null) : null,
    facts: await showFacts(env.db, view.loaded.facts, view.loaded.facts.seen),
    maySettleFacts: findSettlingStep(view.loaded, personId) !== null,
    attachments: attachments.map(({ kind, evidenceId, name }) => ({ kind, evidenceId, name })),
    steps: steps.map((step) => ({
      ...{ title: step.title, stage: listStages(steps).indexOf(step.stage), group: step.groupId },
      dueAt: step.dueAt?.toISOString() ?? null,
      overdueSince: isOverdue(step, env.clock.now()) ? (step.dueAt?.toISOString() ?? null) : null,
      usual: step.decidedBy === null ? usual(step.kind) : null,
      escalatedAt: step.escalatedAt?.toISOString() ?? null,
      stepId: step.stepId,
      kind: step.kind,
      state: step.state,
      candidates: refs(step.candidates),
      decidedBy: person(step.decidedBy),
      decidedFor: person(step.decidedFor),
      decidedAt: step.decidedAt?.toISOString() ?? null,
      comment: step.comment,
      method: step.method as Detail["steps"][number]["method"],
      why: describe(step.reason).sentence,
      rule: rules && step.added === null ? sayRule(rules, step.groupId) : null,
      keptFromRound: keptFrom(view.loaded.allSteps, step),
      again: step.again && describe(step.again.code, step.again.facts).sentence,
      added: step.added && { by: person(step.added.by), reason: step.added.reason },
    })),
    release: {
      needed: live,
      candidates: refs(view.custodians),
      by: person(row.released_by),
      at: row.released_at?.toISOString() ?? null,
      method: methodOf(row.release_step_up),
    },
    supervision: {
      needed: view.supervisionNeeded,
      candidates: refs(view.supervisors),
      by: person(row.confirmed_by),
      at: row.confirmed_at?.toISOString() ?? null,
      method: methodOf(row.confirm_step_up),
    },
    impressionList: list.map((impression) => ({
      impressionId: impression.impression_id,
      documentId: impression.document_id,
      sealId: impression.seal_id,
      page: Number((impression.placement as { page?: number }).page ?? 0),
      state: impression.state as ImpressionState,
      at: (
        impression.settled_at ??
        impression.released_at ??
        impression.sealed_at ??
        impression.reserved_at
      ).toISOString(),
      leaf: leafOf(impression.seq),
    })),
    counts: countImpressions(
      view.facts.authorisedImpressions,
      list.map((impression) => impression.state as ImpressionState),
      row.state === "registered",
    ),
    sealing: {
      state: row.sealing_state as Detail["sealing"]["state"],
      done: list.filter((impression) => impression.state === "settled").length,
      total: view.facts.authorisedImpressions,
      problem: readSealingProblem(row.sealing_problem),
    },
    digest: row.digest,
    actions: [
      ...listActions(view, personId),
      ...((await mayReview(env, personId, view.loaded)) ? (["review-emergency"] as const) : []),
    ],
    gate: live ? showGate(askGate(view.facts), view, person) : null,
    timeline: await readTimeline(env.db, { requestId }),
  };
}

/** The round in which an agreement that stands was given: it may have stood through several. */
function keptFrom(allSteps: readonly LoadedStep[], step: LoadedStep): number | null {
  if (step.keptFrom === null) return null;
  const before = allSteps.find((one) => one.stepId === step.keptFrom);
  return before ? (keptFrom(allSteps, before) ?? before.round) : null;
}

const isOverdue = ({ state, dueAt }: LoadedStep, now: number): boolean =>
  overdueSince({ state, dueAt: dueAt?.getTime() ?? null }, now) !== null;

/** The stages of a route in their order; they lie apart in the tables. */
const listStages = (steps: readonly { readonly stage: number }[]): number[] =>
  [...new Set(steps.map((step) => step.stage))].toSorted((a, b) => a - b);

const leafOf = (seq: string | null | undefined): number | null =>
  seq === null || seq === undefined ? null : Number(seq);

/** A document as the API shows it, with the sentences of its unfinished places. */
export function viewDocument(
  document: Pick<
    LoadedDocument,
    "documentId" | "name" | "digest" | "sizeBytes" | "pages" | "signatures" | "unfinished"
  > & { answers?: LoadedDocument["answers"] },
): RouteAnswer<"POST /v1/documents"> {
  return {
    documentId: document.documentId,
    name: document.name,
    digest: document.digest,
    sizeBytes: document.sizeBytes,
    pages: document.pages,
    signatures: document.signatures,
    unfinished: document.unfinished.map((place) => ({
      placeId: place.placeId,
      page: place.page,
      kind: place.kind,
      text: place.text,
      box: place.box,
      sentence: describe(`unfinished.${place.kind}`).sentence,
      answerable: place.answerable,
      answer: document.answers?.find((answer) => answer.placeId === place.placeId)?.reason ?? null,
    })),
  };
}

/** What this person may do now; each act asks the rules again. */
function listActions(view: GateView, personId: string): Action[] {
  const { row, steps, documents } = view.loaded;
  const actions: Action[] = [];
  const mine = row.applicant_id === personId;
  const may = (command: RequestCommand): boolean => decideRequest(row.state, command).ok;
  if (mine && may("edit")) actions.push("edit");
  if (mine && may("submit")) actions.push("submit");
  if (may("approve-step") && findOwnStep(steps, personId)) actions.push("approve", "reject", "return");
  if (mine && may("withdraw")) actions.push("withdraw");
  if (view.turn?.people.includes(personId)) actions.push(view.turn.act === "release" ? "release" : "confirm");
  // What was asked for once can be asked for again, whatever became of it; a draft is gone on with.
  if (row.number !== null && (mine || row.handler_id === personId)) actions.push("copy");
  if (row.number !== null) actions.push("comment");
  if (documents.some((document) => document.sealedDigest !== null)) actions.push("download");
  return actions;
}
