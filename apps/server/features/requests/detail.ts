import type { RouteAnswer } from "@chancery/api/client";
import {
  askGate,
  classNames,
  countImpressions,
  type DeclaredFact,
  decideRequest,
  describe,
  type ImpressionState,
  isEmergencyTakenBack,
  overdueSince,
  type RequestCommand,
} from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { isNobodyElseTold, listActsDue } from "../approvals/overdue-ticks.ts";
import { findSettlingStep } from "../approvals/rule-fact.ts";
import { whyRouteStays } from "../approvals/shorten-route.ts";
import { showConfidentiality } from "../confidential/access.ts";
import { showSeriesOfRequest } from "../document-series/read-model.ts";
import type { LoadedSeries } from "../document-series/series-of-request.ts";
import { showPapers } from "../emergency/papers.ts";
import { mayReview, showReview, showReviewPlan } from "../emergency/review.ts";
import { writeSheets } from "../forms/sheets-of-request.ts";
import { findPaperOfBoth, type SealedPaper, showOtherSide } from "../joint/read-model.ts";
import { organisationLog } from "../ledger/record-event.ts";
import { readTimeline } from "../ledger/timeline.ts";
import { showMakeUp } from "../make-up/show-make-up.ts";
import { readSealingProblem } from "../sealing/release-rest.ts";
import { readSealSummaries } from "../seals/read-model.ts";
import { countGrades, readGrades } from "../stamping/evidence-grades.ts";
import { type GateView, readGateFacts } from "../stamping/gate-facts.ts";
import { showGate } from "../stamping/gate-view.ts";
import { listReserved } from "../stamping/open-stamping.ts";
import { listHandActions, showStamping } from "../stamping/show-stamping.ts";
import { readStampingTurn } from "../stamping/turns.ts";
import { showStandingUse } from "../standing/standing-rows.ts";
import { listStandIns, showApplicantLeft } from "./applicant-left.ts";
import { showQuestions } from "./ask-questions.ts";
import { readCameBack } from "./came-back.ts";
import { listWaiting, readRulesOf, sayRule } from "./list-waiting.ts";
import type { LoadedDocument, LoadedStep, QuestionAnswer } from "./load-request.ts";
import { showObjections } from "./objections.ts";
import { findOwnStep } from "./quick-decision.ts";
import { readPeople } from "./read-people.ts";
import { emergencyFacts } from "./request-row.ts";
import { showFacts } from "./show-facts.ts";
import { summarise } from "./summaries.ts";
import { tallyRequest } from "./tally-request.ts";
import { readUsualTimes } from "./usual-times.ts";

export type Detail = RouteAnswer<"GET /v1/seal-use-requests/:requestId">;
type Action = Detail["actions"][number];

/** One request, whole, as this person sees it. Whether he may see it the caller has asked. */
export async function readDetail(env: Environment, personId: string, requestId: string): Promise<Detail> {
  const [summary] = await summarise(env.db, env, [requestId]);
  if (!summary) throw problems.notFound();
  // Hundreds of files are read when something is done by them, not whenever somebody looks.
  const view = await readGateFacts(env.db, env, requestId, {
    checkFiles: summary.documents <= mostRead,
    wanted: summary.useMode === "by-hand" ? await listReserved(env.db, requestId) : [],
  });
  const { row, documents, steps, dropped, sealIds, limits, attachments, series } = view.loaded;
  const stays = await whyRouteStays(env.db, view.loaded);
  const shown = listShown(documents, series);
  const isShown = new Set(shown.map(({ documentId }) => documentId));
  const impressions = await env.db
    .selectFrom("impressions as i")
    .leftJoin("events as e", (join) =>
      join
        .onRef("e.request_id", "=", "i.request_id")
        .on("e.type", "=", "ImpressionSettled")
        .on((eb) => eb(eb.ref("e.facts", "->>").key("impressionId" as never), "=", eb.ref("i.impression_id"))),
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
      "i.copy",
      "i.pressed_at",
      "i.spoiled_at",
      "i.unknown_at",
      "l.seq",
    ])
    .where("i.request_id", "=", requestId)
    .orderBy("i.reserved_at")
    .orderBy("i.copy")
    .orderBy("i.position")
    .execute();
  const once = new Map(impressions.map((impression) => [impression.impression_id, impression]));
  const list = [...once.values()];
  const grades = await readGrades(env.db, [requestId]);
  const gradeOf = new Map(grades.map((one) => [one.impressionId, one.grade]));
  const usual = await readUsualTimes(env.db, row.entity_id, env.clock.now());
  const rules = await readRulesOf(env.db, row.rules_version);
  const names = classNames(view.loaded.facts.classes);
  const stampingTurn = row.use_mode === "by-hand" ? await readStampingTurn(env.db, env, requestId) : null;
  const standIns = await listStandIns(env.db, env, view.loaded);
  const person = await readPeople(env.db, [
    ...standIns,
    ...(view.turn?.people ?? []),
    ...(stampingTurn?.people ?? []),
    row.handler_id,
    row.applicant_id,
    row.released_by,
    row.confirmed_by,
    ...steps.flatMap((step) => [...step.candidates, step.decidedBy, step.decidedFor, step.added?.by]),
    ...dropped.flatMap((step) => [...step.candidates, step.dropped?.by]),
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
  const papers = new Map<string, SealedPaper | null>();
  for (const document of shown)
    papers.set(document.documentId, await findPaperOfBoth(env.db, view.loaded.joint, document));
  const tooLong = steps.filter((step) => listActsDue(step, env.clock.now()).includes("escalate"));
  const leftAlone = tooLong.length > 0 && (await isNobodyElseTold(env.db, row.request_id)) ? tooLong : [];
  const otherSide = await showOtherSide(env, personId, view.loaded);
  return {
    ...summary,
    version: row.version,
    ...{ purpose: row.purpose, paperReason: row.paper_reason, paperPrintedBy: row.paper_printed_by },
    stamping: await showStamping(env.db, view),
    makeUp: await showMakeUp(env, personId, view.loaded.makeUp),
    handler: person(row.handler_id),
    validUntil: row.valid_until,
    documentList: shown.map((document) => ({
      ...viewDocument(document),
      unchanged: view.unchanged.get(document.documentId) ?? series !== null,
      placements: document.placements as Detail["documentList"][number]["placements"],
      sealed: showPaper(papers.get(document.documentId) ?? null, () =>
        leafOf(list.find((one) => one.document_id === document.documentId && one.state === "settled")?.seq),
      ),
    })),
    sealList,
    standing: await showStandingUse(env.db, row.standing_id, row.request_id, env.clock.now()),
    blankSheets: writeSheets(view.loaded.sheets),
    emergencyReview: await showReview(env, row.request_id),
    emergencyReviewPlan: await showReviewPlan(env, view.loaded),
    emergencyPapers: await showPapers(env.db, view.loaded, personId),
    applicantLeft: await showApplicantLeft(env.db, view.loaded),
    waiting: listWaiting(view, stampingTurn, env.clock.now(), usual, person, standIns),
    otherSide,
    cameBack: await readCameBack(env.db, view.loaded),
    objections: await showObjections(env.db, env, view.loaded, {
      ...{ personId, asks: [row.applicant_id, row.handler_id].includes(personId) },
    }),
    confidentiality: await showConfidentiality(env.db, row, personId),
    questions: await showQuestions(env.db, env, view.loaded.questions, {
      ...{ personId, asks: [row.applicant_id, row.handler_id].includes(personId) },
    }),
    questionAnswers: (row.question_answers as QuestionAnswer[]).map(({ key, reason }) => ({ key, reason })),
    limits: limits && { ...limits },
    rulesVersion: row.rules_version,
    myStepId: row.state === "in-review" ? (findOwnStep(steps, personId)?.stepId ?? null) : null,
    facts: await showFacts(env.db, view.loaded.facts, view.loaded.facts.seen),
    maySettleFacts: findSettlingStep(view.loaded, personId) !== null,
    attachments: attachments.map(({ kind, evidenceId, name, named }) => ({ kind, evidenceId, name, named })),
    steps: steps.map((step) => ({
      ...{ title: step.title, stage: listStages(steps).indexOf(step.stage), group: step.groupId },
      dueAt: step.dueAt?.toISOString() ?? null,
      overdueSince: isOverdue(step, env.clock.now()) ? (step.dueAt?.toISOString() ?? null) : null,
      usual: step.decidedBy === null ? usual(step.kind) : null,
      escalatedAt: step.escalatedAt?.toISOString() ?? null,
      nobodyElse: leftAlone.includes(step),
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
      rule: rules && step.added === null ? sayRule(rules, step.groupId, names) : null,
      keptFromRound: keptFrom(view.loaded.allSteps, step),
      again: step.again && describe(step.again.code, step.again.facts).sentence,
      // Of a request that not everybody who reads this one may know there is only that it was so.
      added: step.added && step.added.by !== "" ? { by: person(step.added.by), reason: step.added.reason } : null,
    })),
    stepsDropped: dropped.flatMap((step) =>
      step.dropped === null
        ? []
        : [
            {
              ...{ stepId: step.stepId, kind: step.kind, title: step.title, people: refs(step.candidates) },
              ...{ by: person(step.dropped.by), fact: step.dropped.fact as DeclaredFact, reason: step.dropped.reason },
            },
          ],
    ),
    routeStays: stays && { ...describe(stays.code, stays.facts) },
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
    series: await showSeriesOfRequest(env.db, view.loaded, personId),
    impressionList: list
      .filter((impression) => isShown.has(impression.document_id))
      .map((impression) => ({
        impressionId: impression.impression_id,
        documentId: impression.document_id,
        sealId: impression.seal_id,
        page: Number((impression.placement as { page?: number }).page ?? 0),
        state: impression.state as ImpressionState,
        copy: impression.copy,
        at: (
          impression.settled_at ??
          impression.spoiled_at ??
          impression.unknown_at ??
          impression.pressed_at ??
          impression.released_at ??
          impression.sealed_at ??
          impression.reserved_at
        ).toISOString(),
        leaf: leafOf(impression.seq),
        grade: gradeOf.get(impression.impression_id) ?? null,
      })),
    evidence: countGrades(grades),
    sealTallies: tallyRequest(
      view,
      list.map((one) => ({
        ...{ sealId: one.seal_id, documentId: one.document_id, copy: one.copy, state: one.state as ImpressionState },
      })),
    ),
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
      ...listActions(view, personId, otherSide === null || otherSide.bothSealed, standIns),
      ...((await mayReview(env, personId, view.loaded)) ? (["review-emergency"] as const) : []),
      ...(row.use_mode === "by-hand" ? await listHandActions(env, view, personId) : []),
    ],
    gate: live ? showGate(askGate(view.facts), view, person) : null,
    timeline: await readTimeline(env.db, { requestId, own: series !== null }),
  };
}

/** Files that are read again and compared with what was approved when somebody looks at a request. */
const mostRead = 20;

/** Of a series the documents that were drawn, and the first, on which the seals were placed; the others are in its list. */
function listShown(documents: readonly LoadedDocument[], series: LoadedSeries | null): readonly LoadedDocument[] {
  if (!series) return documents;
  return documents.filter(
    ({ documentId }, at) => at === 0 || series.drawn.includes(series.lines.get(documentId)?.nr ?? 0),
  );
}

/** The round in which an agreement that stands was given: it may have stood through several. */
function keptFrom(allSteps: readonly LoadedStep[], step: LoadedStep): number | null {
  if (step.keptFrom === null) return null;
  const before = allSteps.find((one) => one.stepId === step.keptFrom);
  return before ? (keptFrom(allSteps, before) ?? before.round) : null;
}

const isOverdue = ({ state, dueAt }: LoadedStep, now: number): boolean =>
  overdueSince({ state, dueAt: dueAt?.getTime() ?? null }, now) !== null;

function showPaper(paper: SealedPaper | null, leaf: () => number | null): Detail["documentList"][number]["sealed"] {
  return (
    paper && {
      ...{ digest: paper.digest, sizeBytes: paper.sizeBytes, sealedAt: paper.sealedAt.toISOString() },
      // The leaf that names these bytes is that of the side which sealed last.
      proofLeaf: paper.own ? leaf() : null,
    }
  );
}

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
function listActions(view: GateView, personId: string, isDone: boolean, standIns: readonly string[]): Action[] {
  const { row, steps, documents, sheets } = view.loaded;
  const actions: Action[] = [];
  const mine = row.applicant_id === personId;
  const may = (command: RequestCommand): boolean => decideRequest(row.state, command).ok;
  const goesOn = mine && !isEmergencyTakenBack(emergencyFacts(row));
  if (goesOn && may("edit")) actions.push("edit");
  if (goesOn && may("submit")) actions.push("submit");
  if (may("approve-step") && findOwnStep(steps, personId)) actions.push("approve", "reject", "return");
  if ((mine || standIns.includes(personId)) && may("withdraw")) actions.push("withdraw");
  // By hand the custodian opens the stamping on its own page.
  const opens = view.turn?.act === "release" && row.use_mode === "electronic";
  if (view.turn?.people.includes(personId) && (opens || view.turn.act === "confirmation"))
    actions.push(opens ? "release" : "confirm");
  // What was asked for once can be asked for again, whatever became of it; a draft is gone on with.
  if (row.number !== null && (mine || row.handler_id === personId)) actions.push("copy");
  if (row.number !== null) actions.push("comment");
  // Sealed sheets are paper that anything can still be written on: who was given them takes them home, and no other reader.
  if (isDone && documents.some((document) => document.sealedDigest !== null) && (mine || sheets.length === 0))
    actions.push("download");
  return actions;
}
