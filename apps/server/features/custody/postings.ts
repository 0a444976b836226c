import {
  type BookEnd,
  type CustodyAccount,
  type CustodyBook,
  type CustodyPosting,
  decidePosting,
  parseAccount,
  peopleOf,
  type SealBody,
} from "@chancery/domain";
import type { Reader, Tx } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { pauseStampings } from "./stampings-of-piece.ts";

export interface MoveToPost {
  readonly sealId: string;
  readonly bodyId: string;
  readonly kind: SealBody;
  readonly book: CustodyBook;
  readonly to: CustodyAccount;
  /** Null for the platform itself. */
  readonly actorId: string | null;
  readonly matterId?: string | null;
  /** Why it leaves the hand of who stamps with it; a matter is its own reason. */
  readonly reason?: string;
}

/** Where the books of a body end: who answers for it and where it is; null where the book has not begun. */
export interface HeldNow {
  readonly custodian: BookEnd;
  readonly place: BookEnd;
}

const nothing: HeldNow = { custodian: null, place: null };

/** Reads an account that the table's own checks let in. */
function account(text: string): CustodyAccount {
  const parsed = parseAccount(text);
  if (parsed === null) throw new Error(`the books hold an account that is none: ${text}`);
  return parsed;
}

/** Where the books of these bodies end now. */
export async function readHeldNow(reader: Reader, bodyIds: readonly string[]): Promise<(bodyId: string) => HeldNow> {
  const rows =
    bodyIds.length === 0
      ? []
      : await reader
          .selectFrom("custody_postings")
          .distinctOn(["body_id", "book"])
          .select(["body_id", "book", "seq", "to_account", "at"])
          .where("body_id", "in", [...new Set(bodyIds)])
          .orderBy("body_id")
          .orderBy("book")
          .orderBy("seq", "desc")
          .execute();
  const held = new Map<string, HeldNow>();
  for (const row of rows)
    held.set(row.body_id, {
      ...(held.get(row.body_id) ?? nothing),
      [row.book]: { seq: row.seq, to: account(row.to_account), at: row.at.getTime() },
    });
  return (bodyId) => held.get(bodyId) ?? nothing;
}

/** The people who answer for a body now: one, or two jointly. */
export const custodiansOf = (held: HeldNow): readonly string[] => (held.custodian ? peopleOf(held.custodian.to) : []);

/** Every posting of these bodies, in the order of their books. */
export async function readPostings(
  reader: Reader,
  bodyIds: readonly string[],
): Promise<(CustodyPosting & { matterId: string | null })[]> {
  if (bodyIds.length === 0) return [];
  const rows = await reader
    .selectFrom("custody_postings")
    .selectAll()
    .where("body_id", "in", [...new Set(bodyIds)])
    .orderBy("body_id")
    .orderBy("book")
    .orderBy("seq")
    .execute();
  return rows.map((row) => ({
    bodyId: row.body_id,
    book: row.book,
    seq: row.seq,
    from: account(row.from_account),
    to: account(row.to_account),
    fromAt: row.from_at?.getTime() ?? null,
    at: row.at.getTime(),
    matterId: row.matter_id,
  }));
}

/**
 * Posts one move, with its event, in the caller's transaction. The seal's row is held by the caller, so moves of one seal
 * follow one another; what slips past that is refused by the constraints of the table. Clocks of two machines may differ
 * by a little: a move is never before the one it follows.
 */
export async function postMove(tx: Tx, env: Environment, move: MoveToPost): Promise<{ eventId: string }> {
  const last = (await readHeldNow(tx, [move.bodyId]))(move.bodyId)[move.book];
  const at = Math.max(env.clock.now(), last?.at ?? 0);
  const decided = decidePosting(last, { ...move, at });
  if (!decided.ok) throw refusedBy(decided.refusals);
  const [posted] = decided.events;
  if (!posted) throw new Error("the rule allowed a move and named no posting");
  const { posting } = posted;
  const before = posting.from === "origin" ? [] : peopleOf(posting.from);
  const coming = peopleOf(posting.to).filter((person) => !before.includes(person));
  const { eventId } = await recordEvent(tx, env, {
    type: "CustodyMoved",
    actorId: move.actorId,
    sealId: move.sealId,
    // Of two who begin jointly each has a salted digest of his own only in his own event; the grant names the other.
    personId: coming[0] ?? null,
    matterId: move.matterId ?? null,
    facts: {
      body: move.bodyId,
      book: move.book,
      seq: posting.seq,
      people: peopleOf(posting.to).length,
      container: posting.to.startsWith("container:") ? posting.to.slice("container:".length) : null,
      ended: posting.to === "ended",
    },
  });
  await tx
    .insertInto("custody_postings")
    .values({
      posting_id: newId("post", env.clock.now()),
      body_id: posting.bodyId,
      book: posting.book,
      seq: posting.seq,
      from_account: posting.from,
      to_account: posting.to,
      from_at: posting.fromAt === null ? null : new Date(posting.fromAt),
      at: new Date(posting.at),
      matter_id: move.matterId ?? null,
      event_id: eventId,
      recorded_by: move.actorId,
    })
    .execute();
  if (move.book === "place" && before.length > 0)
    await pauseStampings(tx, env, {
      ...{
        bodyId: move.bodyId,
        sealId: move.sealId,
        people: before.filter((one) => !peopleOf(posting.to).includes(one)),
      },
      ...{ actorId: move.actorId, matterId: move.matterId ?? null, reason: move.reason ?? "" },
    });
  return { eventId };
}
