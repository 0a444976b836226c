import {
  type AttachmentKind,
  decideEmergencyReview,
  type EmergencyVerdict,
  isUseOver,
  listParts,
  listReviewers,
  reviewingRoles,
  type TakenDuty,
} from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrants, readGrantsInForce } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { loadRequest } from "../requests/load-request.ts";
import { requireMaySee } from "../requests/may-see.ts";
import { readPeople } from "../requests/read-people.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import { openFinding } from "../tasks/open-finding.ts";
import { endTasks } from "../tasks/open-task.ts";
import { reviewTask } from "./ask-emergency.ts";
import { readFollowed, readOwedPapers } from "./papers.ts";
import { isSlipUnanswered } from "./slip-answers.ts";

/** What is reviewed: an emergency use of the platform, or one that a slip tells. */
export type ReviewSubject = { readonly requestId: string } | { readonly slipId: string };

interface Reviewed {
  readonly entityId: string;
  readonly subject: string;
  readonly parts: readonly TakenDuty[];
  readonly over: boolean;
  readonly sealId: string | null;
  readonly owed: readonly AttachmentKind[];
  readonly followed: readonly { readonly kind: AttachmentKind; readonly evidence_id: string }[];
}

/** Says what an emergency was. One that was none opens a finding; either way the next one may begin. */
export async function reviewEmergency(
  env: Environment,
  personId: string,
  of: ReviewSubject,
  said: { verdict: EmergencyVerdict; note: string; papers?: readonly string[] },
): Promise<void> {
  const { verdict, note, papers = [] } = said;
  await transact(env.db, async (tx) => {
    const found = await findSubject(tx, of);
    const isReviewer = (await readReviewers(tx, env, found)).includes(personId);
    const decided = decideEmergencyReview({
      ...{ actorId: personId, parts: found.parts, over: found.over, owed: found.owed, verdict, note },
      unconfirmed: found.followed.flatMap((one) => (papers.includes(one.evidence_id) ? [] : [one.kind])),
      holdsRole: isReviewer,
      standsIn: !isReviewer && (await mayReviewIn(tx, env, personId, found.entityId)),
      reviewed: (await readReview(tx, of)) !== null,
      unanswered: "slipId" in of && (await isSlipUnanswered(tx, of.slipId)),
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const finding = decided.events[0]?.finding === true;
    const requestId = "requestId" in of ? of.requestId : null;
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "EmergencyReviewed", actorId: personId, requestId, sealId: found.sealId, comment: note },
      facts: { subject: found.subject, verdict: verdict, ...("slipId" in of ? { slip: of.slipId } : {}) },
    });
    await tx
      .insertInto("emergency_reviews")
      .values({
        ...("requestId" in of ? { request_id: of.requestId } : { slip_id: of.slipId }),
        ...{ entity_id: found.entityId, reviewer_id: personId, verdict, note },
        papers: found.followed.flatMap((one) => (papers.includes(one.evidence_id) ? [one.evidence_id] : [])),
        ...{ at: new Date(env.clock.now()), event_id: eventId },
      })
      .execute();
    const subjectKey = "requestId" in of ? of.requestId : of.slipId;
    await endTasks(tx, env, { kind: reviewTask, subjectKey }, { state: "done", actorId: personId, note: note });
    await writeRegisterLine(tx, env, {
      ...{ register: "exceptions", entityId: found.entityId, eventId, requestId, sealId: found.sealId },
      kind: finding ? "emergency-not-justified" : "emergency-justified",
      personIds: [personId],
      facts: { request: found.subject, remark: note.slice(0, 400), by: personId },
      words: [found.subject, note],
    });
    if (finding)
      await openFinding(tx, env, {
        ...{ control: "C02", source: "emergency.not-justified", subjectKey, entityId: found.entityId },
        ...{ sealId: found.sealId, facts: { subject: found.subject }, actorId: personId },
      });
  });
}

async function findSubject(tx: Tx, of: ReviewSubject): Promise<Reviewed> {
  if ("requestId" in of) {
    const loaded = await loadRequest(tx, of.requestId, true);
    if (loaded.row.authorised_at === null || loaded.row.emergency_until === null) throw problems.notFound();
    return {
      ...{ entityId: loaded.row.entity_id ?? "", subject: loaded.row.number ?? "", sealId: loaded.sealIds[0] ?? null },
      parts: await readParts(tx, loaded),
      over: isUseOver(loaded.row.state),
      owed: await readOwedPapers(tx, loaded),
      followed: await readFollowed(tx, of.requestId),
    };
  }
  const slip = await tx.selectFrom("emergency_slips").selectAll().where("slip_id", "=", of.slipId).executeTakeFirst();
  if (!slip) throw problems.notFound();
  return {
    ...{ entityId: slip.entity_id, subject: slip.written, sealId: slip.seal_id, over: true, owed: [], followed: [] },
    parts: [slip.signatory_id, slip.custodian_id, slip.entered_by].map((personId) => ({
      ...{ personId, duty: "approver" as const },
    })),
  };
}

/** Everybody who ever had a part in a request, in earlier rounds and on earlier days too. */
async function readParts(
  reader: Reader,
  { row, allSteps }: Awaited<ReturnType<typeof loadRequest>>,
): Promise<TakenDuty[]> {
  const acts = await reader
    .selectFrom("events")
    .select("actor_id")
    .distinct()
    .where("request_id", "=", row.request_id)
    .where("type", "in", ["SealUseReleased", "SealUseConfirmed"])
    .execute();
  const stamping = await readStamping(reader, row.request_id);
  const stamped = [...acts.map((one) => one.actor_id), stamping?.ended_by ?? null, stamping?.looked_by ?? null];
  return listParts({
    ...{ applicantId: row.applicant_id, handlerId: row.handler_id, steps: allSteps },
    ...{ releasedBy: row.released_by, confirmedBy: row.confirmed_by },
    stamped: stamped.flatMap((one) => one ?? []),
  });
}

/** Everybody who may review what these people had a part in. */
async function readReviewers(
  reader: Reader,
  env: Environment,
  of: { readonly entityId: string; readonly parts: readonly TakenDuty[] },
): Promise<string[]> {
  const { timeZone } = await readPlaceInTime(reader, of.entityId);
  const found = listReviewers({
    ...{ entityId: of.entityId, today: dayIn(timeZone, env.clock.now()), taken: of.parts },
    grants: await readGrants(reader, { entityId: of.entityId }),
  });
  return found ? [...found.people, ...found.others] : [];
}

/** Whether he holds a role that reviews, by whomever he has it. */
async function mayReviewIn(reader: Reader, env: Environment, personId: string, entityId: string): Promise<boolean> {
  const grants = await readGrantsInForce(reader, env.clock.now(), { personId, entityId });
  return grants.some((grant) => reviewingRoles.includes(grant.role));
}

export async function readReview(reader: Reader, of: ReviewSubject) {
  const row = await reader
    .selectFrom("emergency_reviews")
    .select(["reviewer_id", "verdict", "note", "at"])
    .where((eb) => ("requestId" in of ? eb("request_id", "=", of.requestId) : eb("slip_id", "=", of.slipId)))
    .executeTakeFirst();
  return row ?? null;
}

/** What was said of an emergency use, for whoever may see the request. */
export async function showReview(env: Environment, requestId: string) {
  const row = await readReview(env.db, { requestId });
  if (!row) return null;
  const person = await readPeople(env.db, [row.reviewer_id]);
  const verdict: EmergencyVerdict = row.verdict === "justified" ? "justified" : "not-justified";
  return { by: person(row.reviewer_id), at: row.at.toISOString(), verdict, note: row.note };
}

/** Who will say what an emergency was, and by when: as it is planned before the signatory agreed, as it is due after. */
export async function showReviewPlan(env: Environment, loaded: Awaited<ReturnType<typeof loadRequest>>) {
  const { row } = loaded;
  if (row.emergency_reason === null || (await readReview(env.db, { requestId: row.request_id })) !== null) return null;
  // Over before anybody agreed to it: there is nothing to review.
  if (row.authorised_at === null && isUseOver(row.state)) return null;
  const now = env.clock.now();
  const task = await env.db
    .selectFrom("tasks")
    .select("due_at")
    .where("kind", "=", reviewTask)
    .where("subject_key", "=", row.request_id)
    .executeTakeFirst();
  const of = { entityId: row.entity_id ?? "", parts: await readParts(env.db, loaded) };
  const people = await readReviewers(env.db, env, of);
  const person = await readPeople(env.db, people);
  return {
    dueAt: task?.due_at?.toISOString() ?? null,
    withinDays: (await readSettings(env.db, now)).emergencyReviewWithin,
    people: people.flatMap((one) => person(one) ?? []),
  };
}

/** Whether this person could review the request now: to offer it, the act asks again. */
export async function mayReview(
  env: Environment,
  personId: string,
  loaded: Awaited<ReturnType<typeof loadRequest>>,
): Promise<boolean> {
  const { row } = loaded;
  if (row.emergency_until === null || row.authorised_at === null || !isUseOver(row.state)) return false;
  const of = { entityId: row.entity_id ?? "", parts: await readParts(env.db, loaded) };
  if (!(await readReviewers(env.db, env, of)).includes(personId)) return false;
  return (await readReview(env.db, { requestId: row.request_id })) === null;
}

/** Throws where the caller does not watch over what he would review: unknown and forbidden look the same. */
export async function requireReviews(env: Environment, personId: string, of: ReviewSubject): Promise<void> {
  const row =
    "requestId" in of
      ? await env.db
          .selectFrom("seal_use_requests")
          .select("entity_id")
          .where("request_id", "=", of.requestId)
          .where("emergency_until", "is not", null)
          .executeTakeFirst()
      : await env.db
          .selectFrom("emergency_slips")
          .select("entity_id")
          .where("slip_id", "=", of.slipId)
          .executeTakeFirst();
  if (!row?.entity_id || !(await mayReviewIn(env.db, env, personId, row.entity_id))) throw problems.notFound();
  // Of a confidential one nobody says what it was who has not opened it.
  if ("requestId" in of) await requireMaySee(env.db, personId, of.requestId, env.clock.now());
}
