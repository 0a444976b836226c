import { foldText, formatLineNumber, listBigrams, type RegisterLineKind } from "@chancery/domain";
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
  const now = env.clock.now();
  const entity = await tx
    .selectFrom("entities")
    .select(["code", "time_zone"])
    .where("entity_id", "=", line.entityId)
    .executeTakeFirstOrThrow();
  const year = Number(dayIn(entity.time_zone, now).slice(0, 4));
  const counter = await tx
    .insertInto("register_counters")
    .values({ register: line.register, entity_id: line.entityId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(["register", "entity_id", "year"]).doUpdateSet({ last: sql`register_counters.last + 1` }),
    )
    .returning("last")
    .executeTakeFirstOrThrow();
  const number = formatLineNumber(entity.code, line.register, year, counter.last);
  const personIds = [...new Set(line.personIds ?? [])];
  // Kept folded: a search is folded in the same way, and the database folds nothing.
  const search = foldText([number, ...(line.words ?? []), ...(await readNames(tx, line, personIds))].join(" \u00b7 "));
  const lineId = newId("line", now);
  await tx
    .insertInto("register_lines")
    .values({
      line_id: lineId,
      register: line.register,
      entity_id: line.entityId,
      year,
      running: counter.last,
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
      grams: listBigrams(search),
      corrects: line.corrects ?? null,
    })
    .execute();
  return { lineId, number };
}

async function readNames(tx: Tx, line: LineToWrite, personIds: readonly string[]): Promise<string[]> {
  const names: { name_en: string; name_zh: string }[] = [];
  if (line.sealId) {
    const seal = await tx
      .selectFrom("seals")
      .select(["number", "name_en", "name_zh"])
      .where("seal_id", "=", line.sealId)
      .executeTakeFirst();
    if (seal) names.push(seal, { name_en: seal.number, name_zh: "" });
  }
  if (line.unitId)
    names.push(
      ...(await tx.selectFrom("units").select(["name_en", "name_zh"]).where("unit_id", "=", line.unitId).execute()),
    );
  if (personIds.length > 0)
    names.push(
      ...(await tx.selectFrom("people").select(["name_en", "name_zh"]).where("person_id", "in", personIds).execute()),
    );
  return names.flatMap((row) => [row.name_en, row.name_zh]).filter((name) => name !== "");
}
