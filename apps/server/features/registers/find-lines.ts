import { cutSearch, endOfDay, type Register, startOfDay } from "@chancery/domain";
import { type SelectQueryBuilder, sql } from "kysely";
import type { RouteInput } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import { problems } from "../../platform/problems.ts";
import { isRead, type RegisterReach, type WideLines } from "./reach.ts";

export type LineFilter = RouteInput<"POST /v1/register-exports">["body"]["filter"];
export interface LinesWanted {
  readonly register: Register;
  readonly filter: LineFilter;
  readonly reach: RegisterReach;
}
type LineQuery = SelectQueryBuilder<WideLines, "l", object>;

/** The lines that a reader sees of a register, narrowed; without order yet. Throws `input.incomplete`. */
export async function selectLines(reader: Reader, wanted: LinesWanted): Promise<LineQuery> {
  const { register, filter, reach } = wanted;
  let query: LineQuery = reader.selectFrom("register_lines as l").where("l.register", "=", register);
  // Who watches the one entity asked for reads all of it; the rest of his reach would only confuse the plan.
  if (!filter.entityId || !reach.watched.includes(filter.entityId)) query = query.where(isRead(reach));
  if (filter.entityId) query = query.where("l.entity_id", "=", filter.entityId);
  if (filter.sealId) query = query.where("l.seal_id", "=", filter.sealId);
  if (filter.unitId) query = query.where("l.unit_id", "=", filter.unitId);
  if (filter.kind) query = query.where("l.kind", "=", filter.kind);
  if (filter.personId) query = query.where(sql<boolean>`l.person_ids @> ${[filter.personId]}::text[]`);
  if (filter.from || filter.to) query = await betweenDays(reader, query, filter);
  if (filter.search) query = searchIn(query, filter.search);
  return query;
}

/** A day begins when it begins where the line's entity is. */
async function betweenDays(reader: Reader, query: LineQuery, filter: LineFilter): Promise<LineQuery> {
  const { from, to } = filter;
  if (from && to && from > to)
    throw problems.inputInvalid([{ path: "to", message: "lies before from", zh: "早于起始日" }]);
  let entities = reader.selectFrom("entities").select(["entity_id", "time_zone"]);
  if (filter.entityId) entities = entities.where("entity_id", "=", filter.entityId);
  const zones = new Map<string, string[]>();
  for (const { entity_id, time_zone } of await entities.execute())
    zones.set(time_zone, [...(zones.get(time_zone) ?? []), entity_id]);
  return query.where((eb) =>
    eb.or(
      [...zones].map(([zone, ids]) =>
        eb.and([
          ...(zones.size > 1 ? [eb("l.entity_id", "in", ids)] : []),
          ...(from ? [eb("l.at", ">=", new Date(startOfDay(from, zone)))] : []),
          ...(to ? [eb("l.at", "<=", new Date(endOfDay(to, zone)))] : []),
        ]),
      ),
    ),
  );
}

/** Found by pairs and threes of characters, then looked at: a line may have them all and not the word. */
function searchIn(query: LineQuery, typed: string): LineQuery {
  const search = cutSearch(typed);
  if (!search)
    throw problems.inputInvalid([
      { path: "search", message: "needs two characters beside each other", zh: "至少需要两个相邻的字符" },
    ]);
  let found = query.where(sql<boolean>`l.grams @> ${[...search.grams]}::text[]`);
  for (const part of search.parts) found = found.where(sql<boolean>`strpos(l.search, ${part}) > 0`);
  return found;
}

export interface LinePage {
  readonly lineIds: readonly string[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
}

/**
 * A page, newest first; lines of one instant by their numbers. A line that is added meanwhile comes before all pages
 * that were read.
 */
export async function findNewest(
  reader: Reader,
  wanted: LinesWanted,
  after: string | null,
  size: number,
): Promise<LinePage> {
  let query = (await selectLines(reader, wanted))
    .select(["l.line_id", "l.at", "l.running"])
    .orderBy("l.at", "desc")
    .orderBy("l.running", "desc")
    .orderBy("l.line_id", "desc")
    .limit(size + 1);
  if (after !== null) {
    const [, time, running, id] = /^(\d{1,15})_(\d{1,9})_(line_[0-9a-f-]{36})$/.exec(after) ?? [];
    if (!time || !running || !id)
      throw problems.inputInvalid([{ path: "after", message: "is no place in this list", zh: "不是此列表中的位置" }]);
    const place = new Date(Number(time));
    if (Number.isNaN(place.getTime()))
      throw problems.inputInvalid([{ path: "after", message: "is no time", zh: "不是有效时间" }]);
    query = query.where((eb) =>
      eb(eb.refTuple("l.at", "l.running", "l.line_id"), "<", eb.tuple(place, Number(running), id)),
    );
  }
  const rows = await query.execute();
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    lineIds: page.map((row) => row.line_id),
    next: rows.length > size && last ? `${last.at.getTime()}_${last.running}_${last.line_id}` : null,
  };
}

/** A page in the order of numbers, as a book has it: entities by their codes, then year and running number. */
export async function findByNumber(
  reader: Reader,
  wanted: LinesWanted,
  after: { entityId: string; year: number; running: number } | null,
  size: number,
): Promise<{ lineIds: readonly string[]; next: { entityId: string; year: number; running: number } | null }> {
  const entities = await reader.selectFrom("entities").select("entity_id").orderBy("code").execute();
  const from = entities.findIndex((one) => one.entity_id === after?.entityId);
  const rows: { line_id: string; entity_id: string; year: number; running: number }[] = [];
  // One entity after the other: the index of numbers begins with the entity.
  for (const { entity_id: entityId } of entities.slice(Math.max(from, 0))) {
    let query = (await selectLines(reader, wanted))
      .select(["l.line_id", "l.entity_id", "l.year", "l.running"])
      .where("l.entity_id", "=", entityId)
      .orderBy("l.year")
      .orderBy("l.running")
      .limit(size + 1 - rows.length);
    if (after?.entityId === entityId)
      query = query.where((eb) => eb(eb.refTuple("l.year", "l.running"), ">", eb.tuple(after.year, after.running)));
    rows.push(...(await query.execute()));
    if (rows.length > size) break;
  }
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return {
    lineIds: page.map((row) => row.line_id),
    next: rows.length > size && last ? { entityId: last.entity_id, year: last.year, running: last.running } : null,
  };
}
