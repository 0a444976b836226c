import type { RouteAnswer } from "@chancery/api/client";
import { attachmentNames, classNames, describe, listAskedPapers } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { toRefusalView } from "../../platform/refusals.ts";
import type { CheckedSide } from "../joint/check-sides.ts";
import { showEntity } from "../joint/read-model.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { showQuestions } from "./ask-questions.ts";
import type { RequestCheck } from "./check-request.ts";
import { viewDocument } from "./detail.ts";
import { sayRule } from "./list-waiting.ts";
import type { LoadedRequest } from "./load-request.ts";
import { type PersonRefView, readPeople } from "./read-people.ts";
import { showFacts } from "./show-facts.ts";
import { tallyRequest } from "./tally-request.ts";
import { readUsualTimes } from "./usual-times.ts";

type Shown = RouteAnswer<"POST /v1/seal-use-requests/:requestId/check">;

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

/** What submitting would be answered, as its applicant reads it; of a joint request for both sides. */
export async function showCheck(
  env: Environment,
  personId: string,
  { own, other }: { readonly own: CheckedSide; readonly other: CheckedSide | null },
): Promise<Shown> {
  const shown = await showSide(env, personId, own);
  if (other === null) return { ...shown, otherSide: null };
  const entity = await showEntity(env.db, other.loaded.row.entity_id ?? "");
  return { ...shown, otherSide: { ...(await showSide(env, personId, other)), entity } };
}

async function showSide(
  env: Environment,
  personId: string,
  { loaded, check }: CheckedSide,
): Promise<Omit<Shown, "otherSide">> {
  // Who would release and supervise.
  const sealing = await readGateFacts(env.db, env, loaded.row.request_id);
  const person = await readPeople(env.db, [
    ...loaded.steps.map((step) => step.decidedBy),
    ...check.route.flatMap((step) => [...step.candidates]),
    ...check.fallen.flatMap(({ step }) => [step.agreed, ...step.candidates]),
    ...sealing.custodians,
    ...sealing.supervisors,
  ]);
  const refsOf = (ids: readonly string[]) => ids.flatMap((id) => person(id) ?? []);
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
      rule: check.rules && sayRule(check.rules.rules, step.group, classNames(loaded.facts.classes)),
    })),
    fallen: check.fallen.map(({ step, why }) => ({
      ...{ kind: step.kind, title: step.title, people: refsOf(step.agreed === null ? step.candidates : [step.agreed]) },
      why: describe(why.code, why.facts).sentence,
    })),
    papers: check.rules
      ? listAskedPapers(check.rules.rules.scope, check.rules.decided.fired.scope).map(({ kind, reasons }) => ({
          ...{ kind, name: { ...attachmentNames[kind] }, reasons: [...reasons] },
          attached: loaded.attachments.some((one) => one.kind === kind),
          unnamed: loaded.attachments.flatMap((one) =>
            one.kind === kind && one.named === false ? [one.evidenceId] : [],
          ),
        }))
      : [],
    questions: await showQuestions(env.db, env, check.questions, { personId, asks: true }),
    limits: check.rules && { ...check.rules.decided.limits },
    rulesVersion: check.rules?.versionId ?? null,
    sealing: {
      custodians: sealing.custodians.flatMap((id) => person(id) ?? []),
      supervisionNeeded: sealing.supervisionNeeded || check.rules?.decided.limits.supervised === true,
      confirmers: sealing.supervisors.flatMap((id) => person(id) ?? []),
    },
    sealTallies: tallyRequest(sealing, []),
    unfinished: loaded.documents.map((document) => ({
      documentId: document.documentId,
      places: viewDocument(document).unfinished,
    })),
    missing: check.missing,
    facts: await showFacts(env.db, loaded.facts, check.facts),
    unanswered: [...check.unanswered],
  };
}
