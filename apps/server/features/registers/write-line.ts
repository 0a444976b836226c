import { foldText, formatLineNumber, listGrams, type RegisterLineKind } from "@chancery/domain";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import type { LedgerFacts } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";

/** A line by its register and what it says there: a kind that has words in the domain. */
export type LineToWrite = RegisterLineKind & LineFields;

interface LineFields {
  entityId: string;
  /** The event of the ledger that the line tells. */
  eventId: string;
  sealId?: string | null;
  bodyId?: string | null;
  unitId?: string | null;
  /** Everybody named in the line. */
  personIds?: readonly string[];
  matterId?: string | null;
  requestId?: string | null;
  facts: LedgerFacts;
  /** Words of the line that people search for, beyond the names of its seal, unit and people. */
  words?: readonly string[];
  /** The line that this one corrects. */
  corrects?: string | null;
}

/**
 * Writes one line of a register in the transaction of the event it tells. Numbers have no gap within register, entity and
 * year: the counter's row is held until the transaction ends.
 */
export async function writeRegisterLine(
  tx: Tx,
  env: Environment,
  line: LineToWrite,
): Promise<{ lineId: string; number: string }> {
  const [written] = await writeRegisterLines(tx, env, [line]);
  if (!written) throw new Error(`a line of the register ${line.register} was not written`);
  return written;
}

/** Writes several lines in their order: what one decision does to hundreds of things. */
export async function writeRegisterLines(
  tx: Tx,
  env: Environment,
  lines: readonly LineToWrite[],
): Promise<{ lineId: string; number: string }[]> {
  if (lines.length === 0) return [];
  const now = env.clock.now();
  const takeNumber = await takeNumbers(tx, lines, now);
  const namesOf = await readNames(tx, lines);
  const wordsOf = await readSearchWords(tx, lines);
  const rows = lines.map((line) => {
    const { year, running, number } = takeNumber(line);
    const personIds = [...new Set(line.personIds ?? [])];
    // Kept folded: a search is folded in the same way, and the database folds nothing.
    const search = foldText([number, ...wordsOf(line), ...namesOf(line, personIds)].join(" \u00b7 "));
    return {
      line_id: newId("line", now),
      register: line.register,
      entity_id: line.entityId,
      year,
      running,
      number,
      at: new Date(now),
      seal_id: line.sealId ?? null,
      body_id: line.bodyId ?? null,
      unit_id: line.unitId ?? null,
      person_ids: personIds,
      matter_id: line.matterId ?? null,
      request_id: line.requestId ?? null,
      event_id: line.eventId,
      kind: line.kind,
      facts: JSON.stringify(line.facts),
      search,
      grams: listGrams(search),
      corrects: line.corrects ?? null,
    };
  });
  for (let at = 0; at < rows.length; at += 500)
    await tx
      .insertInto("register_lines")
      .values(rows.slice(at, at + 500))
      .execute();
  return rows.map((row) => ({ lineId: row.line_id, number: row.number }));
}

/** Takes as many numbers of each counter as lines want; counters are held in the same order by everybody. */
async function takeNumbers(tx: Tx, lines: readonly LineToWrite[], now: number) {
  const entities = await tx
    .selectFrom("entities")
    .select(["entity_id", "code", "time_zone"])
    .where("entity_id", "in", [...new Set(lines.map((line) => line.entityId))])
    .execute();
  const yearOf = (entity: { time_zone: string }): number => Number(dayIn(entity.time_zone, now).slice(0, 4));
  const keyOf = (line: LineToWrite): string => `${line.register} ${line.entityId}`;
  const next = new Map<string, number>();
  for (const key of [...new Set(lines.map(keyOf))].toSorted()) {
    const wanted = lines.filter((line) => keyOf(line) === key);
    const entity = entities.find((one) => one.entity_id === wanted[0]?.entityId);
    if (!wanted[0] || !entity) throw new Error("a line of a register belongs to no entity");
    const counter = await tx
      .insertInto("register_counters")
      .values({ register: wanted[0].register, entity_id: entity.entity_id, year: yearOf(entity), last: wanted.length })
      .onConflict((conflict) =>
        conflict
          .columns(["register", "entity_id", "year"])
          .doUpdateSet({ last: sql`register_counters.last + ${wanted.length}` }),
      )
      .returning("last")
      .executeTakeFirstOrThrow();
    next.set(key, counter.last - wanted.length);
  }
  return (line: LineToWrite): { year: number; running: number; number: string } => {
    const entity = entities.find((one) => one.entity_id === line.entityId);
    if (!entity) throw new Error("a line of a register belongs to no entity");
    const running = (next.get(keyOf(line)) ?? 0) + 1;
    next.set(keyOf(line), running);
    const year = yearOf(entity);
    return { year, running, number: formatLineNumber(entity.code, line.register, year, running) };
  };
}

/**
 * The words by which a line is found. A line of a confidential request is found by its request's number alone: whoever reads
 * the book could else learn what it says by searching for it.
 */
async function readSearchWords(tx: Tx, lines: readonly LineToWrite[]) {
  const ids = [...new Set(lines.flatMap((line) => line.requestId ?? []))];
  const rows =
    ids.length === 0
      ? []
      : await tx
          .selectFrom("seal_use_requests")
          .select(["request_id", "number"])
          .where("request_id", "in", ids)
          .where("confidential_reason", "is not", null)
          .execute();
  const secret = new Map(rows.map((row) => [row.request_id, row.number]));
  return ({ requestId, words = [] }: LineToWrite): readonly string[] =>
    requestId && secret.has(requestId) ? words.filter((word) => word === secret.get(requestId)) : words;
}

/** The names by which the seal, the unit and the people of a line are found. */
async function readNames(tx: Tx, lines: readonly LineToWrite[]) {
  const wanted = (ids: readonly (string | null | undefined)[]): string[] => [
    ...new Set(ids.filter((id) => typeof id === "string")),
  ];
  const sealIds = wanted(lines.map((line) => line.sealId));
  const unitIds = wanted(lines.map((line) => line.unitId));
  const people = wanted(lines.flatMap((line) => line.personIds ?? []));
  const names = new Map<string, string[]>();
  if (sealIds.length > 0)
    for (const seal of await tx
      .selectFrom("seals")
      .select(["seal_id", "number", "name_en", "name_zh"])
      .where("seal_id", "in", sealIds)
      .execute())
      names.set(seal.seal_id, [seal.name_en, seal.name_zh, seal.number]);
  if (unitIds.length > 0)
    for (const unit of await tx
      .selectFrom("units")
      .select(["unit_id", "name_en", "name_zh"])
      .where("unit_id", "in", unitIds)
      .execute())
      names.set(unit.unit_id, [unit.name_en, unit.name_zh]);
  if (people.length > 0)
    for (const person of await tx
      .selectFrom("people")
      .select(["person_id", "name_en", "name_zh"])
      .where("person_id", "in", people)
      .execute())
      names.set(person.person_id, [person.name_en, person.name_zh]);
  return (line: LineToWrite, personIds: readonly string[]): string[] =>
    [line.sealId, line.unitId, ...personIds]
      .flatMap((id) => (id ? (names.get(id) ?? []) : []))
      .filter((name) => name !== "");
}
