import { refuse, registerNames } from "@chancery/domain";
import type { HandlerAnswer, RouteInput } from "../../platform/call.ts";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn, readGrantsInForce } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readPeople } from "../requests/read-people.ts";
import { watches } from "../tasks/read-model.ts";
import { requireImportsFor } from "./preview.ts";

/** Closes an old book with its last number: its scans are kept, and the register goes on from there. */
export async function closeOldBook(
  env: Environment,
  personId: string,
  input: RouteInput<"POST /v1/old-books">["body"],
): Promise<{ bookId: string }> {
  await requireImportsFor(env.db, env, personId, input.entityId);
  return transact(env.db, async (tx) => {
    const entity = await tx
      .selectFrom("entities")
      .select("time_zone")
      .where("entity_id", "=", input.entityId)
      // Held, so that of two who close one book at once the second one finds it closed.
      .forUpdate()
      .executeTakeFirstOrThrow();
    const now = env.clock.now();
    if (input.from > input.to)
      throw problems.inputInvalid([{ path: "to", message: "lies before the first day", zh: "早于起始日" }]);
    if (input.to > dayIn(entity.time_zone, now))
      throw problems.inputInvalid([{ path: "to", message: "has not come yet", zh: "尚未到来" }]);
    const closed = await tx
      .selectFrom("old_books")
      .select("book_id")
      .where("entity_id", "=", input.entityId)
      .where("title", "=", input.title)
      .where("last_number", "=", input.lastNumber)
      .executeTakeFirst();
    if (closed) throw refusedBy([refuse("import.book-closed", { title: input.title }, "C24")]);
    const scans = await tx
      .selectFrom("evidence")
      .select(["evidence_id", "digest"])
      .where("evidence_id", "in", input.evidenceIds)
      .where("uploaded_by", "=", personId)
      .execute();
    const ordered = [...new Set(input.evidenceIds)].map((id) => scans.find((scan) => scan.evidence_id === id));
    if (ordered.includes(undefined)) throw problems.notFound();
    const bookId = newId("book", now);
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "OldBookClosed", actorId: personId, comment: input.title },
      facts: {
        ...{ book: bookId, entity: input.entityId, register: input.register, from: input.from, to: input.to },
        ...{ lastNumber: input.lastNumber, scans: scans.length },
      },
    });
    await tx
      .insertInto("old_books")
      .values({
        ...{ book_id: bookId, entity_id: input.entityId, register: input.register, title: input.title },
        ...{ from_on: input.from, to_on: input.to, last_number: input.lastNumber, place: input.place },
        ...{ closed_by: personId, closed_at: new Date(now), event_id: eventId },
      })
      .execute();
    await tx
      .insertInto("old_book_scans")
      .values(
        ordered.flatMap((scan, position) =>
          scan ? [{ book_id: bookId, position, evidence_id: scan.evidence_id }] : [],
        ),
      )
      .execute();
    await writeRegisterLine(tx, env, {
      ...{ register: input.register, kind: "old-book", entityId: input.entityId, eventId, personIds: [personId] },
      facts: { book: input.title, lastNumber: input.lastNumber, from: input.from, to: input.to, place: input.place },
      words: [input.title, input.lastNumber, input.place],
    });
    return { bookId };
  });
}

/** The old books of entities the person watches over, the last closed first. */
export async function listOldBooks(env: Environment, personId: string): Promise<HandlerAnswer<"GET /v1/old-books">> {
  const grants = await readGrantsInForce(env.db, env.clock.now(), { personId });
  const rows = await env.db
    .selectFrom("old_books as b")
    .innerJoin("entities as e", "e.entity_id", "b.entity_id")
    .selectAll("b")
    .select(["e.name_en", "e.name_zh", "e.code"])
    .orderBy("b.closed_at", "desc")
    .orderBy("b.book_id", "desc")
    .limit(500)
    .execute();
  const seen = rows.filter((row) => watches(grants, row.entity_id));
  const scans = await env.db
    .selectFrom("old_book_scans")
    .selectAll()
    .where("book_id", "in", ["", ...seen.map((row) => row.book_id)])
    .orderBy("position")
    .execute();
  const person = await readPeople(
    env.db,
    seen.map((row) => row.closed_by),
  );
  return {
    items: seen.map((row) => ({
      ...{ bookId: row.book_id, title: row.title, from: row.from_on, to: row.to_on, lastNumber: row.last_number },
      ...{ place: row.place, closedAt: row.closed_at.toISOString(), closedBy: person(row.closed_by) },
      entity: { entityId: row.entity_id, name: { en: row.name_en, zh: row.name_zh }, code: row.code },
      registerName: registerNames[row.register as keyof typeof registerNames],
      evidenceIds: scans.filter((scan) => scan.book_id === row.book_id).map((scan) => scan.evidence_id),
    })),
    next: null,
  };
}
