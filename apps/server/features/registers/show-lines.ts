import { type FactValue, maskLineFacts, type Register, tellLine } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Reader } from "../../platform/db.ts";
import { organisationLog } from "../ledger/record-event.ts";
import { maySee as maySeeRequest } from "../requests/may-see.ts";
import { readPeople } from "../requests/read-people.ts";
import { readStampedLines } from "./stamped-lines.ts";

export type LineView = HandlerAnswer<"GET /v1/registers/:register/lines/:lineId">;

/** Lines as people read them, in the order of the ids. Who asks has made sure that the reader sees them. */
export async function showLines(
  reader: Reader,
  lineIds: readonly string[],
  viewer: { personId: string; now: number },
): Promise<LineView[]> {
  if (lineIds.length === 0) return [];
  const [rows, corrections] = await Promise.all([
    readRows(reader, lineIds),
    reader
      .selectFrom("register_lines")
      .select(["line_id", "number", "corrects"])
      .where("corrects", "in", [...lineIds])
      .orderBy("running")
      .execute(),
  ]);
  const [open, stamped] = await Promise.all([findOpenRequests(reader, rows, viewer), readStampedLines(reader, rows)]);
  const now = (row: { line_id: string; facts: unknown }): Record<string, FactValue> => ({
    ...(row.facts as Record<string, FactValue>),
    ...stamped.get(row.line_id)?.facts,
  });
  const ids = rows.flatMap((row) => [...row.person_ids, ...listIds({ facts: now(row) })]);
  const person = await readPeople(reader, ids);
  const views = new Map(
    rows.map((row): [string, LineView] => {
      const masked = row.confidential_reason !== null && !open.has(row.request_id ?? "");
      const written = now(row);
      const facts = masked ? maskLineFacts(written) : written;
      const register = row.register as Register;
      const told = tellLine({ register, kind: row.kind }, facts, {
        timeZone: row.time_zone,
        nameOf: (id) => person(id)?.name ?? null,
      });
      return [
        row.line_id,
        {
          ...{ lineId: row.line_id, register, number: row.number, at: row.at.toISOString(), kind: row.kind },
          entity: { entityId: row.entity_id, name: { en: row.entity_en, zh: row.entity_zh }, code: row.code },
          ...{ title: told.title, facts: [...told.facts], owed: [...(stamped.get(row.line_id)?.debts ?? [])] },
          seal:
            row.seal_id && row.seal_number
              ? {
                  ...{ sealId: row.seal_id, number: row.seal_number },
                  name: { en: row.seal_en ?? "", zh: row.seal_zh ?? "" },
                }
              : null,
          unit: row.unit_id ? { unitId: row.unit_id, name: { en: row.unit_en ?? "", zh: row.unit_zh ?? "" } } : null,
          people: row.person_ids.flatMap((id) => person(id) ?? []),
          matter: row.matter_id ? { matterId: row.matter_id, number: row.matter_number } : null,
          request: row.request_id
            ? {
                ...{
                  requestId: row.request_id,
                  number: row.request_number,
                  title: masked ? "" : (row.request_title ?? ""),
                },
                open: open.has(row.request_id),
              }
            : null,
          corrects: row.corrects ? { lineId: row.corrects, number: row.corrected_number ?? "" } : null,
          correctedBy: corrections
            .filter((one) => one.corrects === row.line_id)
            .map((one) => ({ lineId: one.line_id, number: one.number })),
          event: {
            ...{ eventId: row.event_id, type: row.event_type, at: row.event_at.toISOString() },
            facts: row.event_facts as Record<string, FactValue>,
            leaf: row.seq === null ? null : Number(row.seq),
          },
        },
      ];
    }),
  );
  return lineIds.flatMap((id) => views.get(id) ?? []);
}

/** People named in the facts by their ids, with spaces between them. */
const listIds = (row: { facts: unknown }): string[] =>
  Object.values(row.facts as Record<string, FactValue>).flatMap((value) =>
    typeof value === "string" && value.startsWith("per_") ? value.split(" ") : [],
  );

async function findOpenRequests(
  reader: Reader,
  rows: readonly { request_id: string | null }[],
  { personId, now }: { personId: string; now: number },
): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(rows.flatMap((row) => row.request_id ?? []))];
  if (wanted.length === 0) return new Set();
  const seen = await reader
    .selectFrom("seal_use_requests as r")
    .select("r.request_id")
    .where("r.request_id", "in", wanted)
    .where(maySeeRequest(personId, now))
    .execute();
  return new Set(seen.map((row) => row.request_id));
}

const readRows = (reader: Reader, lineIds: readonly string[]) =>
  reader
    .selectFrom("register_lines as l")
    .innerJoin("entities as e", "e.entity_id", "l.entity_id")
    .innerJoin("events as v", "v.event_id", "l.event_id")
    .leftJoin("ledger_entries as leaf", (join) =>
      join.onRef("leaf.leaf_hash", "=", "v.leaf_hash").on("leaf.log_id", "=", organisationLog),
    )
    .leftJoin("seals as s", "s.seal_id", "l.seal_id")
    .leftJoin("units as u", "u.unit_id", "l.unit_id")
    .leftJoin("matters as m", "m.matter_id", "l.matter_id")
    .leftJoin("seal_use_requests as r", "r.request_id", "l.request_id")
    .leftJoin("register_lines as c", "c.line_id", "l.corrects")
    .select([
      ...(["l.line_id", "l.register", "l.entity_id", "l.number", "l.at", "l.seal_id", "l.unit_id"] as const),
      ...(["l.person_ids", "l.matter_id", "l.request_id", "l.event_id", "l.kind", "l.facts", "l.corrects"] as const),
      ...(["e.name_en as entity_en", "e.name_zh as entity_zh", "e.code", "e.time_zone"] as const),
      ...(["v.type as event_type", "v.at as event_at", "v.facts as event_facts", "leaf.seq"] as const),
      ...(["s.number as seal_number", "s.name_en as seal_en", "s.name_zh as seal_zh"] as const),
      ...(["u.name_en as unit_en", "u.name_zh as unit_zh", "m.number as matter_number"] as const),
      ...([
        "r.number as request_number",
        "r.title as request_title",
        "r.confidential_reason",
        "c.number as corrected_number",
      ] as const),
    ])
    .where("l.line_id", "in", [...lineIds])
    .execute();
