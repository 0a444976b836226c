import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { type PersonRefView, readPeople } from "../requests/read-people.ts";
import { organisationLog } from "./record-event.ts";

export interface TimelineView {
  eventId: string;
  type: string;
  at: string;
  actor: PersonRefView | null;
  person: PersonRefView | null;
  facts: Record<string, string | number | boolean | null>;
  comment: string | null;
  leaf: number | null;
  /** In whose place the actor acted, where a delegation let him. */
  standsFor: PersonRefView | null;
}

/** What was written about a confidential request stands on its own page, and is told beside no seal. */
const commentForAll = sql<string | null>`case when exists (select from seal_use_requests r
  where r.request_id = e.request_id and r.confidential_reason is not null) then null else e.comment end`;

/**
 * The events (`e`) as they happened, each beside its leaf of the ledger (`l`). Events of one transaction bear one time and ids
 * without an order: among them the ledger's order holds, or the outbox's before the sequencer has taken them.
 */
export function eventsInOrder(reader: Reader, order: "oldest-first" | "newest-first" = "oldest-first") {
  const events = reader
    .selectFrom("events as e")
    .leftJoin("ledger_entries as l", (join) =>
      join.onRef("l.leaf_hash", "=", "e.leaf_hash").on("l.log_id", "=", organisationLog),
    )
    .leftJoin("ledger_pending as p", "p.leaf_hash", "e.leaf_hash");
  return order === "oldest-first"
    ? events
        .orderBy("e.at")
        .orderBy("l.seq", (by) => by.asc().nullsLast())
        .orderBy("p.id", (by) => by.asc().nullsLast())
    : events
        .orderBy("e.at", "desc")
        .orderBy("l.seq", (by) => by.desc().nullsFirst())
        .orderBy("p.id", (by) => by.desc().nullsLast());
}

/**
 * Events of one request, seal or matter, newest first, each with the index of its ledger leaf once it has one.
 * `own` leaves out what the matter changed, and each impression of a series: an import makes thousands of things, and what
 * was decided would be lost among them.
 */
export async function readTimeline(
  reader: Reader,
  subject: { requestId: string; own?: boolean } | { sealId: string } | { matterId: string; own?: boolean },
): Promise<TimelineView[]> {
  let query = eventsInOrder(reader, "newest-first")
    .leftJoin("delegations as d", (join) =>
      join
        .on(sql<string>`e.facts ->> 'delegation'`, "=", (eb) => eb.ref("d.delegation_id"))
        .onRef("d.delegate_id", "=", "e.actor_id")
        .on("e.type", "not like", "Delegation%"),
    )
    .select("d.delegator_id")
    .select(["e.event_id", "e.type", "e.at", "e.actor_id", "e.person_id", "e.facts", "l.seq"])
    .select("requestId" in subject ? "e.comment" : commentForAll.as("comment"))
    .limit(500);
  query =
    "requestId" in subject
      ? query.where("e.request_id", "=", subject.requestId)
      : "matterId" in subject
        ? query.where("e.matter_id", "=", subject.matterId)
        : query.where("e.seal_id", "=", subject.sealId);
  if ("requestId" in subject && subject.own) query = query.where("e.type", "not like", "Impression%");
  else if ("own" in subject && subject.own)
    query = query.where((eb) =>
      eb.or([eb("e.type", "like", "Matter%"), eb("e.type", "in", ["EvidenceAdded", "EvidenceTakenOut"])]),
    );
  const rows = await query.execute();
  const person = await readPeople(
    reader,
    rows.flatMap((row) => [row.actor_id, row.person_id, row.delegator_id]),
  );
  return rows.map((row) => ({
    eventId: row.event_id,
    type: row.type,
    at: row.at.toISOString(),
    actor: person(row.actor_id),
    person: person(row.person_id),
    facts: row.facts as TimelineView["facts"],
    comment: row.comment,
    leaf: row.seq === null ? null : Number(row.seq),
    standsFor: person(row.delegator_id),
  }));
}
