import {
  addPeriod,
  emergencyRoute,
  type Grant,
  letPapersFollow,
  limitEmergency,
  listEmergencyRefusals,
  listOverdueRefusals,
  listParts,
  listReviewers,
  type Objection,
  type Refusal,
  type RulesDecision,
  withObjectors,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { dayIn, readGrants } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { listPlaces } from "../requests/list-places.ts";
import type { LoadedRequest } from "../requests/load-request.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { openTask } from "../tasks/open-task.ts";
import { findOwing, papersTask, readOwedPapers } from "./papers.ts";

export const reviewTask = "review-emergency";

/** What the rules say of an emergency: its own short route, its own limits, and what speaks against it. */
export async function decideEmergency(
  reader: Reader,
  env: Environment,
  loaded: LoadedRequest,
  decided: RulesDecision,
  at: { readonly grants: readonly Grant[]; readonly today: string; readonly objections: readonly Objection[] },
): Promise<{ decided: RulesDecision; refusals: readonly Refusal[] }> {
  const { row } = loaded;
  const now = env.clock.now();
  const { emergencyMost: most } = await readSettings(reader, now);
  const { applicant_id: applicantId, handler_id: handlerId } = row;
  const entityId = row.entity_id ?? "";
  const taken = listParts({ applicantId, handlerId, steps: [], releasedBy: null, confirmedBy: null });
  const refusals = listEmergencyRefusals({
    reason: row.emergency_reason ?? "",
    impressions: listPlaces(loaded).length,
    most,
    overdue: await readOverdueReview(reader, entityId, now),
    reviewed: listReviewers({ entityId, taken, grants: at.grants, today: at.today }) !== null,
    owed: await findOwing(reader, { row }),
  });
  const steps = withObjectors(emergencyRoute, at.objections, row.entity_id);
  return {
    decided: {
      ...decided,
      refusals: letPapersFollow(decided.refusals),
      steps,
      limits: limitEmergency(decided.limits, most),
      fired: { ...decided.fired, route: steps.map(({ rowId }) => rowId) },
    },
    refusals,
  };
}

/** An emergency of the entity whose review is overdue: until it is done no further one begins. */
async function readOverdueReview(reader: Reader, entityId: string, now: number): Promise<{ subject: string } | null> {
  const row = await reader
    .selectFrom("tasks")
    .select("facts")
    .where("kind", "=", reviewTask)
    .where("state", "=", "open")
    .where("entity_id", "=", entityId)
    .where("due_at", "<", new Date(now))
    .orderBy("due_at")
    .executeTakeFirst();
  return row ? { subject: String((row.facts as { subject?: unknown }).subject ?? "") } : null;
}

/** Why an emergency is not agreed to now; empty for any other request. */
export async function listAgreementRefusals(tx: Tx, env: Environment, row: LoadedRequest["row"]): Promise<Refusal[]> {
  if (row.emergency_until === null) return [];
  return listOverdueRefusals(await readOverdueReview(tx, row.entity_id ?? "", env.clock.now()));
}

/** When an emergency that is submitted now ends. */
export async function emergencyEnd(reader: Reader, env: Environment): Promise<Date> {
  const { emergencyLasts } = await readSettings(reader, env.clock.now());
  return new Date(env.clock.now() + emergencyLasts * 3_600_000);
}

/** The signatory has agreed: the exception stands in its book, and somebody without a part in it has it to review. */
export async function followAuthorisedEmergency(
  tx: Tx,
  env: Environment,
  loaded: LoadedRequest,
  by: { readonly personId: string; readonly eventId: string },
): Promise<void> {
  const { row, steps, sealIds } = loaded;
  if (row.emergency_until === null) return;
  const entityId = row.entity_id ?? "";
  const approvers = [...new Set([...steps.flatMap((step) => step.decidedBy ?? []), by.personId])];
  await writeRegisterLine(tx, env, {
    ...{ register: "exceptions", kind: "emergency", entityId, eventId: by.eventId },
    ...{ requestId: row.request_id, unitId: row.unit_id, sealId: sealIds[0] ?? null },
    personIds: [row.applicant_id, ...approvers],
    facts: {
      ...{ request: row.number, reason: row.emergency_reason, endsAt: row.emergency_until.toISOString() },
      ...{ applicant: row.applicant_id, approvers: approvers.join(" ") },
    },
    words: [row.number ?? "", row.title, row.emergency_reason ?? ""],
  });
  await openReview(tx, env, {
    ...{ entityId, subjectKey: row.request_id, subject: row.number ?? "", sealId: sealIds[0] ?? null },
    taken: [row.applicant_id, row.handler_id ?? "", ...approvers],
  });
  const owed = await readOwedPapers(tx, loaded);
  if (owed.length === 0) return;
  const place = await readPlaceInTime(tx, entityId);
  const { emergencyReviewWithin: count } = await readSettings(tx, env.clock.now());
  await openTask(tx, env, {
    ...{ kind: papersTask, subjectKey: row.request_id, entityId, actorId: null, assigneeId: row.applicant_id },
    facts: { subject: row.number, attachments: owed.join(" ") },
    dueAt: addPeriod(env.clock.now(), { unit: "working-days", count }, place),
  });
}

/** Opens the review of an emergency use or slip, for a role that somebody without a part in it holds. */
export async function openReview(
  tx: Tx,
  env: Environment,
  of: {
    readonly entityId: string;
    readonly subjectKey: string;
    readonly subject: string;
    readonly sealId: string | null;
    readonly taken: readonly string[];
  },
): Promise<void> {
  const now = env.clock.now();
  const place = await readPlaceInTime(tx, of.entityId);
  const { emergencyReviewWithin: count } = await readSettings(tx, now);
  const today = dayIn(place.timeZone, now);
  const reviewers = listReviewers({
    ...{ entityId: of.entityId, today, grants: await readGrants(tx, { entityId: of.entityId }) },
    taken: of.taken.map((personId) => ({ personId, duty: "approver" as const })),
  });
  await openTask(tx, env, {
    ...{ kind: reviewTask, subjectKey: of.subjectKey, entityId: of.entityId, sealId: of.sealId, actorId: null },
    // Nobody left since it was asked for: the inspector's office has it, and the next emergency waits.
    assigneeRole: reviewers?.role ?? "inspector",
    facts: { subject: of.subject },
    dueAt: addPeriod(now, { unit: "working-days", count }, place),
  });
}
