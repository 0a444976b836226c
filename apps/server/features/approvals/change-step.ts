import {
  type Decision,
  decideAddingReviewer,
  decideTransfer,
  listEligible,
  type ReviewerPlace,
  stageBeside,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { copyTo } from "../requests/copies.ts";
import { type LoadedRequest, type LoadedStep, loadRequest } from "../requests/load-request.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import { dueAt, stageGap } from "../requests/steps.ts";
import { listGone } from "../rules/named-people.ts";
import { entitledNow, type RouteNow, readRouteNow } from "./entitled.ts";

interface StepAt {
  readonly requestId: string;
  readonly stepId: string;
}
interface FoundStep {
  readonly loaded: LoadedRequest;
  readonly step: LoadedStep;
  readonly route: RouteNow;
  readonly entitled: readonly string[];
}

async function findStep(reader: Reader, env: Environment, at: StepAt, lock: boolean): Promise<FoundStep> {
  const loaded = await loadRequest(reader, at.requestId, lock);
  const step = loaded.steps.find((one) => one.stepId === at.stepId);
  const route = await readRouteNow(reader, env, loaded);
  if (!step || !route) throw problems.notFound();
  return { loaded, step, route, entitled: await entitledNow(reader, route, step) };
}

/** Everybody who is asked in the route or has decided in it. */
const listAsked = (steps: readonly LoadedStep[]): string[] =>
  steps.flatMap((one) => [...one.candidates, one.decidedBy ?? "", one.decidedFor ?? ""]);
const listAgreed = (steps: readonly LoadedStep[], groupId: string): string[] =>
  steps.filter((one) => one.groupId === groupId).flatMap((one) => [one.decidedBy ?? "", one.decidedFor ?? ""]);
const listGroup = (steps: readonly LoadedStep[], groupId: string): LoadedStep[] =>
  steps.filter((one) => one.groupId === groupId);

/** Of these people those who are here and whom no duty in the request stops from reviewing it. */
async function reviewersAmong(reader: Reader, { route }: FoundStep, people: readonly string[]): Promise<string[]> {
  const gone = [...(route.facts.gone ?? []), ...(await listGone(reader, people))];
  return listEligible("named", { ...route.facts, gone }, route.grants, people);
}

/** Who could take the step over. A step of named people is given to somebody else where a reviewer was added, not a rule. */
async function receiversOf(reader: Reader, found: FoundStep): Promise<string[]> {
  const { step, loaded, route, entitled } = found;
  const asked = listAsked(step.kind === "named" ? loaded.steps : listGroup(loaded.steps, step.groupId));
  const decided = loaded.steps.flatMap((one) => [one.decidedBy ?? "", one.decidedFor ?? ""]);
  const may =
    step.kind !== "named"
      ? entitled
      : step.added
        ? await reviewersAmong(reader, found, await readHere(reader, route))
        : [];
  const gone = await listGone(reader, may);
  return may.filter((person) => ![...asked, ...decided, ...gone].includes(person));
}

async function readHere(reader: Reader, { facts }: RouteNow): Promise<string[]> {
  const rows = await reader
    .selectFrom("people")
    .select("person_id")
    .where("state", "=", "active")
    .where("entity_id", "=", facts.entityId)
    .orderBy("name_en")
    .execute();
  return rows.map((row) => row.person_id);
}

/** Whom one who is asked may ask besides him, or in his place; nothing for anybody else. */
export async function readStepPeople(
  env: Environment,
  personId: string,
  at: StepAt,
): Promise<{ reviewers: PersonRefView[]; receivers: PersonRefView[]; needed: number; after: boolean }> {
  const found = await findStep(env.db, env, at, false);
  const { step, loaded, route } = found;
  if (step.state !== "current" || !step.candidates.includes(personId)) throw problems.notFound();
  const asked = listAsked(loaded.steps);
  const free = (await readHere(env.db, route)).filter((one) => !asked.includes(one));
  const reviewers = await reviewersAmong(env.db, found, free);
  const receivers = await receiversOf(env.db, found);
  const person = await readPeople(env.db, [...reviewers, ...receivers]);
  return {
    reviewers: reviewers.flatMap((one) => person(one) ?? []),
    receivers: receivers.flatMap((one) => person(one) ?? []),
    ...{ needed: loaded.steps.length, after: step.kind !== "signatory" },
  };
}

/**
 * Asks another person in a step of his own. Put before, the step he stands before waits for him and begins its time anew;
 * how many people any other step asks for stays as the rules said.
 */
export async function addReviewer(
  env: Environment,
  actorId: string,
  at: StepAt & { personId: string; place: ReviewerPlace; reason: string },
): Promise<{ neededBefore: number; neededAfter: number }> {
  return transact(env.db, async (tx) => {
    const found = await findStep(tx, env, at, true);
    const { loaded, step, entitled, route } = found;
    const { row, steps, allSteps } = loaded;
    const here = (await readHere(tx, route)).includes(at.personId);
    takeOrRefuse(
      decideAddingReviewer({
        ...{ requestState: row.state, step, actorId, reason: at.reason, place: at.place },
        grantInForce: entitled.includes(actorId),
        agreed: listAgreed(steps, step.groupId),
        eligible: here && (await reviewersAmong(tx, found, [at.personId])).length > 0,
        askedAlready: listAsked(steps).includes(at.personId),
        added: steps.filter((one) => one.added !== null).length,
      }),
    );
    const now = env.clock.now();
    const before = at.place === "before";
    const stepId = newId("step", now);
    await tx
      .insertInto("request_steps")
      .values({
        ...{ step_id: stepId, request_id: row.request_id, round: row.round, kind: "named" },
        position: Math.max(...allSteps.filter((one) => one.round === row.round).map((one) => one.position)) + 1,
        ...{ state: before ? "current" : "waiting", candidates: [at.personId] },
        rule: JSON.stringify({ reason: "route.added", row: stepId, added: { by: actorId, reason: at.reason } }),
        stage: stageBeside(
          steps.map((one) => one.stage),
          step.stage,
          at.place,
          stageGap,
        ),
        ...{ group_id: stepId, hours: step.hours, due_at: before ? dueAt(step.hours, now) : null },
        ...{ title_en: "Added reviewer", title_zh: "加签审核" },
      })
      .execute();
    if (before) await letWait(tx, steps, step);
    const needed = { neededBefore: steps.length, neededAfter: steps.length + 1 };
    await recordEvent(tx, env, {
      ...{ type: "SealUseReviewerAdded", actorId, requestId: row.request_id, personId: at.personId },
      ...{ facts: { step: step.kind, place: at.place, ...needed }, comment: at.reason },
    });
    await touch(tx, env, row);
    return needed;
  });
}

/** Passes one's part in a step on; whoever did so is shown the request still. */
export async function transferStep(
  env: Environment,
  actorId: string,
  at: StepAt & { personId: string; reason: string },
): Promise<void> {
  await transact(env.db, async (tx) => {
    const found = await findStep(tx, env, at, true);
    const { loaded, step, entitled } = found;
    const { row, steps } = loaded;
    takeOrRefuse(
      decideTransfer({
        ...{ requestState: row.state, step, actorId, reason: at.reason },
        grantInForce: entitled.includes(actorId),
        agreed: listAgreed(steps, step.groupId),
        entitled: (await receiversOf(tx, found)).includes(at.personId),
      }),
    );
    // Agreements counted together ask the same people: he is out of all of them, or could give the next one himself.
    for (const one of listGroup(steps, step.groupId))
      if (one.decidedBy === null && one.candidates.includes(actorId))
        await tx
          .updateTable("request_steps")
          .set({ candidates: one.candidates.map((person) => (person === actorId ? at.personId : person)) })
          .where("step_id", "=", one.stepId)
          .execute();
    await copyTo(tx, env, { requestId: row.request_id, personIds: [actorId], cause: "passed-on", by: actorId });
    await recordEvent(tx, env, {
      ...{ type: "SealUseStepTransferred", actorId, requestId: row.request_id, personId: at.personId },
      ...{ facts: { step: step.kind }, comment: at.reason },
    });
    await touch(tx, env, row);
  });
}

/** What is still to be decided in a step waits for the reviewer before it. */
async function letWait(tx: Tx, steps: readonly LoadedStep[], step: LoadedStep): Promise<void> {
  const open = listGroup(steps, step.groupId).filter((one) => one.state === "current");
  await tx
    .updateTable("request_steps")
    .set({ state: "waiting", due_at: null, reminded_at: null, escalated_at: null })
    .where(
      "step_id",
      "in",
      open.map((one) => one.stepId),
    )
    .execute();
}

async function touch(tx: Tx, env: Environment, row: LoadedRequest["row"]): Promise<void> {
  await tx
    .updateTable("seal_use_requests")
    .set({ updated_at: new Date(env.clock.now()), version: row.version + 1 })
    .where("request_id", "=", row.request_id)
    .execute();
}

function takeOrRefuse<E>(decided: Decision<E>): void {
  if (!decided.ok) throw refusedBy(decided.refusals);
}
