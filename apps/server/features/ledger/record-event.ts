import { createHash, hash, randomBytes } from "node:crypto";
import type { LedgerEventType } from "@chancery/domain";
import { encodeCanonicalJson, type HashPort, hashLeaf, maxEntrySize } from "@chancery/ledger";
import { sql } from "kysely";
import type { Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { statement } from "../../platform/statement.ts";

/** The one log of this installation's organisation. */
export const organisationLog = "organisation";
export const sha256: HashPort = (data) => hash("sha256", data, "buffer");

/** A value that may stand in a ledger body: never a person's name, title or words. */
export type LedgerFacts = Record<string, string | number | boolean | null>;

export interface EventToRecord {
  type: LedgerEventType;
  /** Who did it; null for the platform itself. */
  actorId: string | null;
  requestId?: string | null;
  sealId?: string | null;
  /** The person it is about (a grant, a reset), where that is not the actor. */
  personId?: string | null;
  matterId?: string | null;
  facts: LedgerFacts;
  /** Words of people: kept beside the event, present in the ledger only as a salted digest. */
  comment?: string | null;
}

/**
 * Records a state change in the same transaction: the event people read, and the ledger's pending leaf. The body is
 * canonical JSON (RFC 8785); people appear as digests salted per person, so erasing the person leaves the tree whole.
 */
export async function recordEvent(tx: Tx, env: Environment, event: EventToRecord): Promise<{ eventId: string }> {
  const [eventId] = await recordEvents(tx, env, [event]);
  if (eventId === undefined) throw new Error(`the event ${event.type} was not recorded`);
  return { eventId };
}

/** How many events go to the database at once; well below what a statement may hold. */
const atOnce = 1000;

/** Records several changes of one transaction, in their order: what one decision does to hundreds of things. */
export async function recordEvents(tx: Tx, env: Environment, events: readonly EventToRecord[]): Promise<string[]> {
  const eventIds: string[] = [];
  const digestOf = await readPersonDigests(tx, events);
  for (let at = 0; at < events.length; at += atOnce) {
    const made = events.slice(at, at + atOnce).map((event) => makeEvent(env, event, digestOf));
    const rows = made.map((one) => one.row);
    await keepEvents(tx, {
      ids: rows.map((row) => row.event_id),
      types: rows.map((row) => row.type),
      times: rows.map((row) => row.at),
      actors: rows.map((row) => row.actor_id),
      requests: rows.map((row) => row.request_id),
      seals: rows.map((row) => row.seal_id),
      people: rows.map((row) => row.person_id),
      matters: rows.map((row) => row.matter_id),
      facts: rows.map((row) => row.facts),
      comments: rows.map((row) => row.comment),
      salts: rows.map((row) => row.comment_salt),
      leaves: rows.map((row) => row.leaf_hash),
      bodies: made.map((one) => one.body),
    });
    eventIds.push(...rows.map((row) => row.event_id));
  }
  return eventIds;
}

/** Events, a list for each column, and the leaves they await in the ledger, in their order. */
interface EventColumns {
  readonly ids: readonly string[];
  readonly types: readonly string[];
  readonly times: readonly Date[];
  readonly actors: readonly (string | null)[];
  readonly requests: readonly (string | null)[];
  readonly seals: readonly (string | null)[];
  readonly people: readonly (string | null)[];
  readonly matters: readonly (string | null)[];
  readonly facts: readonly string[];
  readonly comments: readonly (string | null)[];
  readonly salts: readonly (Buffer | null)[];
  readonly leaves: readonly Buffer[];
  readonly bodies: readonly Buffer[];
}
const keepEvents = statement((tx, one: EventColumns) =>
  tx
    .with("kept", (db) =>
      db
        .insertInto("events")
        .columns([
          ...(["event_id", "type", "at", "actor_id", "request_id", "seal_id", "person_id", "matter_id"] as const),
          ...(["facts", "comment", "comment_salt", "leaf_hash"] as const),
        ])
        .expression(
          sql`select * from unnest(${one.ids}::text[], ${one.types}::text[], ${one.times}::timestamptz[], ${one.actors}::text[],
            ${one.requests}::text[], ${one.seals}::text[], ${one.people}::text[], ${one.matters}::text[], ${one.facts}::jsonb[],
            ${one.comments}::text[], ${one.salts}::bytea[], ${one.leaves}::bytea[])`,
        ),
    )
    .with("told", (db) => db.selectNoFrom(sql`pg_notify('ledger_pending', '')`.as("told")))
    .insertInto("ledger_pending")
    .columns(["log_id", "leaf_hash", "body"])
    .expression(
      sql`select ${organisationLog}, one.leaf, one.body from told, unnest(${one.leaves}::bytea[], ${one.bodies}::bytea[]) with ordinality as one (leaf, body, nth) order by one.nth`,
    ),
);

const selectSalts = statement((tx, { personIds }: { readonly personIds: readonly string[] }) =>
  tx
    .selectFrom("people")
    .select(["person_id", "ledger_salt"])
    .where((eb) => eb("person_id", "=", eb.fn.any(eb.val(personIds)))),
);

type DigestOf = (personId: string | null | undefined) => string | null;

async function readPersonDigests(tx: Tx, events: readonly EventToRecord[]): Promise<DigestOf> {
  const ids = events.flatMap((event) => [event.actorId, event.personId ?? null]).filter((id) => id !== null);
  const rows = ids.length === 0 ? [] : await selectSalts(tx, { personIds: [...new Set(ids)] });
  const salts = new Map(rows.map((row) => [row.person_id, row.ledger_salt]));
  return (personId) => {
    const salt = personId ? salts.get(personId) : undefined;
    return personId && salt ? createHash("sha256").update(salt).update(personId).digest("hex") : null;
  };
}

function makeEvent(env: Environment, event: EventToRecord, digestOf: DigestOf) {
  const at = env.clock.now();
  const eventId = newId("evt", at);
  // Who said nothing left no words: an empty text beside a body without any would be told apart from it.
  const comment = event.comment || null;
  const commentSalt = comment === null ? null : randomBytes(16);
  const body = encodeCanonicalJson({
    v: 1,
    id: eventId,
    type: event.type,
    at: new Date(at).toISOString(),
    actor: digestOf(event.actorId),
    person: digestOf(event.personId),
    request: event.requestId ?? null,
    seal: event.sealId ?? null,
    ...(event.matterId ? { matter: event.matterId } : {}),
    comment: comment && commentSalt ? createHash("sha256").update(commentSalt).update(comment).digest("hex") : null,
    facts: event.facts,
  });
  if (!body.ok) throw new Error(`the event ${event.type} has no canonical form: ${body.code}`);
  // A bundle of entries has no room for more; facts are a few short values, so this is a caller's bug.
  if (body.value.length > maxEntrySize) throw new Error(`the event ${event.type} is too large for the ledger`);
  const row = {
    event_id: eventId,
    type: event.type,
    at: new Date(at),
    actor_id: event.actorId,
    request_id: event.requestId ?? null,
    seal_id: event.sealId ?? null,
    person_id: event.personId ?? null,
    matter_id: event.matterId ?? null,
    facts: JSON.stringify(event.facts),
    comment,
    comment_salt: commentSalt,
    leaf_hash: Buffer.from(hashLeaf(sha256, body.value)),
  };
  return { row, body: Buffer.from(body.value) };
}
