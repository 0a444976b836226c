import type { WorkingCalendar } from "@chancery/domain";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { recordEvent } from "../ledger/record-event.ts";

export interface PlaceInTime {
  readonly timeZone: string;
  readonly calendar: WorkingCalendar;
}

/** The time zone and working calendar of an entity, as the clocks of the domain want them. */
export async function readPlaceInTime(reader: Reader, entityId: string): Promise<PlaceInTime> {
  const entity = await reader
    .selectFrom("entities")
    .select(["time_zone", "weekend"])
    .where("entity_id", "=", entityId)
    .executeTakeFirst();
  if (!entity) throw problems.notFound();
  const days = await reader
    .selectFrom("calendar_days")
    .select(["day", "kind"])
    .where("entity_id", "=", entityId)
    .execute();
  const of = (kind: string): Set<string> => new Set(days.filter((row) => row.kind === kind).map((row) => row.day));
  return {
    timeZone: entity.time_zone,
    calendar: { weekend: entity.weekend, holidays: of("holiday"), makeUpDays: of("make-up") },
  };
}

export async function showCalendar(
  reader: Reader,
  entityId: string,
): Promise<HandlerAnswer<"GET /v1/calendars/:entityId">> {
  const { timeZone, calendar } = await readPlaceInTime(reader, entityId);
  const days = await reader
    .selectFrom("calendar_days")
    .select(["day", "kind", "name"])
    .where("entity_id", "=", entityId)
    .orderBy("day")
    .execute();
  return { timeZone, weekend: [...calendar.weekend], days };
}

/** Replaces the calendar of an entity. Clocks that run already keep the end they were given. */
export async function replaceCalendar(
  env: Environment,
  actorId: string,
  entityId: string,
  { weekend, days }: RouteInput<"PUT /v1/calendars/:entityId">["body"],
): Promise<void> {
  if (new Set(days.map((one) => one.day)).size !== days.length)
    throw problems.inputInvalid([{ path: "days", message: "name a day twice", zh: "同一天重复" }]);
  await transact(env.db, async (tx) => {
    const found = await tx
      .updateTable("entities")
      .set({ weekend: [...new Set(weekend)].toSorted((a, b) => a - b) })
      .where("entity_id", "=", entityId)
      .executeTakeFirst();
    if (found.numUpdatedRows !== 1n) throw problems.notFound();
    await tx.deleteFrom("calendar_days").where("entity_id", "=", entityId).execute();
    if (days.length > 0)
      await tx
        .insertInto("calendar_days")
        .values(days.map((one) => ({ entity_id: entityId, ...one })))
        .execute();
    await recordEvent(tx, env, {
      type: "CalendarChanged",
      actorId,
      facts: { entity: entityId, weekend: weekend.join(" "), days: days.length },
    });
  });
}
