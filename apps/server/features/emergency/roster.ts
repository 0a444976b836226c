import { addDays, listOnCallSpans, mayBeOnCall, type OnCallSpan, refuse } from "@chancery/domain";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrants, readGrantsInForce } from "../organisation/read-grants.ts";
import { readPeople } from "../requests/read-people.ts";
import { readPlaceInTime } from "../settings/calendar.ts";
import { readSettings } from "../settings/read-settings.ts";
import { listSlips } from "./slips.ts";

type ShiftInput = RouteInput<"POST /v1/duty-shifts">["body"];
/** A longer turn is an appointment. */
const longestDays = 31;

export async function requireManages(env: Environment, personId: string, entityId: string): Promise<void> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId, entityId });
  if (!grants.some((grant) => grant.role === "seal-administrator")) throw problems.notFound();
}

/** Puts somebody on call. On the first and the last of his days he has to hold the role he is called for. */
export async function addShift(env: Environment, actorId: string, input: ShiftInput): Promise<{ shiftId: string }> {
  await requireManages(env, actorId, input.entityId);
  const now = env.clock.now();
  const { timeZone } = await readPlaceInTime(env.db, input.entityId);
  const today = dayIn(timeZone, now);
  if (input.to < input.from || input.to < today || input.to > addDays(input.from, longestDays - 1))
    throw refusedBy([refuse("roster.days")]);
  const shiftId = newId("shift", now);
  await transact(env.db, async (tx) => {
    if (!mayBeOnCall(await readOnCallSpans(tx, input.entityId), input))
      throw refusedBy([refuse("roster.not-holder", {}, "C11")]);
    await tx
      .insertInto("duty_shifts")
      .values({
        ...{ shift_id: shiftId, entity_id: input.entityId, role: input.role, person_id: input.personId },
        ...{ from_on: input.from, to_on: input.to, reach: input.reach, place: input.place },
        ...{ made_by: actorId, made_at: new Date(now) },
      })
      .execute();
    await recordEvent(tx, env, {
      ...{ type: "DutyShiftAdded", actorId, personId: input.personId },
      facts: { shift: shiftId, entity: input.entityId, role: input.role, from: input.from, to: input.to },
    });
  });
  return { shiftId };
}

/** Who may be called for what, and when: whoever has left, or may not sign in, is reached by nobody. */
async function readOnCallSpans(reader: Reader, entityId: string): Promise<OnCallSpan[]> {
  const spans = listOnCallSpans(await readGrants(reader, { entityId }), entityId);
  const active = await reader
    .selectFrom("people")
    .select("person_id")
    .where("person_id", "in", ["", ...spans.map(({ personId }) => personId)])
    .where("state", "=", "active")
    .execute();
  const here = new Set(active.map((one) => one.person_id));
  return spans.filter(({ personId }) => here.has(personId));
}

/** Takes somebody off call; the line stays, with who took him off. */
export async function endShift(env: Environment, actorId: string, shiftId: string): Promise<void> {
  const row = await env.db.selectFrom("duty_shifts").selectAll().where("shift_id", "=", shiftId).executeTakeFirst();
  if (!row) throw problems.notFound();
  await requireManages(env, actorId, row.entity_id);
  await transact(env.db, async (tx) => {
    const ended = await tx
      .updateTable("duty_shifts")
      .set({ ended_at: new Date(env.clock.now()), ended_by: actorId })
      .where("shift_id", "=", shiftId)
      .where("ended_at", "is", null)
      .executeTakeFirst();
    if (ended.numUpdatedRows !== 1n) throw problems.changedMeanwhile();
    await recordEvent(tx, env, {
      ...{ type: "DutyShiftEnded", actorId, personId: row.person_id },
      facts: { shift: shiftId, entity: row.entity_id },
    });
  });
}

type Page = HandlerAnswer<"GET /v1/emergency">;

/**
 * What somebody of the entity has to know when it can not wait: who is on call and how to reach him, whether anything
 * stands in the way, what slips told. Where a seal lies is told to those with a role there alone.
 */
export async function readEmergencyPage(env: Environment, personId: string, entityId: string): Promise<Page> {
  const now = env.clock.now();
  const grants = await readGrantsInForce(env.db, now, { personId, entityId });
  const person = await env.db
    .selectFrom("people")
    .select(["entity_id", "guest"])
    .where("person_id", "=", personId)
    .executeTakeFirstOrThrow();
  const belongs = grants.length > 0 || (person.entity_id === entityId && !person.guest);
  if (!belongs) throw problems.notFound();
  const { timeZone } = await readPlaceInTime(env.db, entityId);
  const today = dayIn(timeZone, now);
  const shifts = await env.db
    .selectFrom("duty_shifts")
    .selectAll()
    .where("entity_id", "=", entityId)
    .where("ended_at", "is", null)
    .where("to_on", ">=", today)
    .orderBy("from_on")
    .orderBy("role")
    .execute();
  const name = await readPeople(
    env.db,
    shifts.map((one) => one.person_id),
  );
  const mayManage = grants.some((grant) => grant.role === "seal-administrator");
  const watches = grants.some((grant) => ["seal-administrator", "inspector"].includes(grant.role));
  return {
    today,
    reviewWithinDays: (await readSettings(env.db, now)).emergencyReviewWithin,
    shifts: shifts.flatMap((one) => {
      const who = name(one.person_id);
      return who
        ? [
            {
              ...{ shiftId: one.shift_id, role: one.role as Page["shifts"][number]["role"], person: who },
              ...{ from: one.from_on, to: one.to_on, now: one.from_on <= today, reach: one.reach },
              place: grants.length > 0 ? one.place : null,
            },
          ]
        : [];
    }),
    reviews: await listReviews(env.db, entityId, now),
    slips: await listSlips(env, personId, entityId, watches),
    mayManage,
    callable: mayManage ? await listCallable(env.db, entityId, today) : [],
  };
}

/** Whom somebody who keeps the roster may put on it from today on. */
async function listCallable(reader: Reader, entityId: string, today: string): Promise<Page["callable"]> {
  const spans = (await readOnCallSpans(reader, entityId)).filter(({ to }) => to === null || to >= today);
  const name = await readPeople(
    reader,
    spans.map(({ personId }) => personId),
  );
  return spans.flatMap(({ personId, ...span }) => {
    const person = name(personId);
    return person ? [{ ...span, person }] : [];
  });
}

/** Reviews that are open: while one is overdue no further emergency begins. */
async function listReviews(reader: Reader, entityId: string, now: number) {
  const rows = await reader
    .selectFrom("tasks")
    .select(["subject_key", "facts", "due_at"])
    .where("kind", "=", "review-emergency")
    .where("state", "=", "open")
    .where("entity_id", "=", entityId)
    .orderBy("due_at")
    .execute();
  return rows.map((row) => ({
    requestId: row.subject_key.startsWith("req_") ? row.subject_key : null,
    subject: String((row.facts as { subject?: unknown }).subject ?? ""),
    dueAt: row.due_at?.toISOString() ?? null,
    overdue: row.due_at !== null && row.due_at.getTime() < now,
  }));
}
