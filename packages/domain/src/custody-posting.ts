import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { SealBody } from "./seal-life.ts";

/**
 * Custody is double entry (product.md): each body of a seal is moved by postings between accounts, in two books. The place
 * book tells where a piece is, the custodian book who answers for it. One posting follows on the other, so that at every
 * instant each book holds the body exactly once.
 */
export const CUSTODY_BOOKS = ["place", "custodian"] as const;
export type CustodyBook = (typeof CUSTODY_BOOKS)[number];

/** An account as it is kept: `origin`, `ended`, `person:per_…`, `people:per_a+per_b` in order, `container:con_…`. */
export type CustodyAccount =
  | "origin"
  | "ended"
  | `person:${string}`
  | `people:${string}+${string}`
  | `container:${string}`;

export interface CustodyPosting {
  readonly bodyId: string;
  readonly book: CustodyBook;
  /** 0, 1, 2 … without a gap; the first one comes from `origin`. */
  readonly seq: number;
  readonly from: CustodyAccount;
  readonly to: CustodyAccount;
  /** When the posting before took effect; null for the first. Epoch milliseconds. */
  readonly fromAt: number | null;
  readonly at: number;
}

/** A book of one body where its last posting left it; null before the first. */
export type BookEnd = Pick<CustodyPosting, "seq" | "to" | "at"> | null;

export const containerAccount = (containerId: string): CustodyAccount => `container:${containerId}`;

/** The account of one person, or of two who answer jointly, whichever order they are named in. */
export function peopleAccount(personIds: readonly string[]): CustodyAccount {
  const [first, second, ...more] = [...new Set(personIds)].toSorted();
  if (first === undefined || more.length > 0) throw new RangeError("an account is of one person or of two");
  return second === undefined ? `person:${first}` : `people:${first}+${second}`;
}

/** The people an account names: none where it is a container, the beginning or the end. */
export function peopleOf(account: CustodyAccount): readonly string[] {
  if (account.startsWith("person:")) return [account.slice("person:".length)];
  return account.startsWith("people:") ? account.slice("people:".length).split("+") : [];
}

export const containerOf = (account: CustodyAccount): string | null =>
  account.startsWith("container:") ? account.slice("container:".length) : null;

/** Reads an account as it was kept; null for what is none. */
export function parseAccount(text: string): CustodyAccount | null {
  if (/^(?:origin|ended|person:[^:+\s]+|container:[^:+\s]+)$/.test(text)) return text as CustodyAccount;
  const [, first = "", second = ""] = /^people:([^:+\s]+)\+([^:+\s]+)$/.exec(text) ?? [];
  return first !== "" && first < second ? (text as CustodyAccount) : null;
}

/** The custodians with one of them replaced; null where he does not answer, or the new one does already. */
export function replaceCustodian(account: CustodyAccount, leaving: string, coming: string): CustodyAccount | null {
  const people = peopleOf(account);
  if (!people.includes(leaving) || people.includes(coming)) return null;
  return peopleAccount(people.map((one) => (one === leaving ? coming : one)));
}

/** The account of the one who stays where two answer and one leaves it to the other; null where they are not these two. */
export function leaveToOther(account: CustodyAccount, leaving: string, staying: string): CustodyAccount | null {
  const people = peopleOf(account);
  return leaving !== staying && people.includes(leaving) && people.includes(staying) ? peopleAccount([staying]) : null;
}

/** The account of both again, where one of them answered alone; null where he does not. */
export function joinAgain(account: CustodyAccount, alone: string, coming: string): CustodyAccount | null {
  return account === peopleAccount([alone]) && alone !== coming ? peopleAccount([alone, coming]) : null;
}

/** What an account may be in a book: a place is a hand or a container, and nothing answers but people. */
function fits(book: CustodyBook, account: CustodyAccount): boolean {
  if (account === "ended") return true;
  return book === "place"
    ? peopleOf(account).length === 1 || containerOf(account) !== null
    : peopleOf(account).length > 0;
}

export interface CustodyMove {
  readonly bodyId: string;
  readonly kind: SealBody;
  readonly book: CustodyBook;
  readonly to: CustodyAccount;
  readonly at: number;
}

/**
 * The posting that a move makes, after the last one of its book. A key lies in no place; what has ended begins no more; a
 * move to where the body is already is none; nothing is posted into the past.
 */
export function decidePosting(
  last: BookEnd,
  move: CustodyMove,
): Decision<{ readonly type: "CustodyPosted"; readonly posting: CustodyPosting }> {
  const refusals: Refusal[] = [];
  if (last?.to === "ended") refusals.push(refuse("custody.ended", {}, "C10"));
  if (last === null && move.to === "ended") refusals.push(refuse("custody.not-begun", {}, "C08"));
  if (last && last.to === move.to) refusals.push(refuse("custody.there-already", {}));
  if (last && move.at < last.at) refusals.push(refuse("custody.into-the-past", {}));
  if (!fits(move.book, move.to) || (move.book === "place" && move.kind === "electronic"))
    refusals.push(refuse("custody.no-such-account", {}, "C08"));
  if (refusals.length > 0) return { ok: false, refusals };
  const posting: CustodyPosting = {
    bodyId: move.bodyId,
    book: move.book,
    seq: last === null ? 0 : last.seq + 1,
    from: last?.to ?? "origin",
    to: move.to,
    fromAt: last?.at ?? null,
    at: move.at,
  };
  return { ok: true, events: [{ type: "CustodyPosted", posting }] };
}

/**
 * Who held it at that time: the account of one book of one body. Postings may come in any order; of two at the same
 * instant the later one counts. Null before the first.
 */
export function findAccountAt(postings: readonly CustodyPosting[], at: number): CustodyAccount | null {
  let found: CustodyPosting | null = null;
  for (const posting of postings) if (posting.at <= at && (found === null || posting.seq > found.seq)) found = posting;
  return found?.to ?? null;
}

/** One stay of a track: from when to when (null: still) the body was with an account. */
export interface CustodyStay {
  readonly account: CustodyAccount;
  readonly from: number;
  readonly to: number | null;
  readonly seq: number;
}

/** The stays of one book of one body, first to last; moves at one instant leave no stay between. */
export function listStays(postings: readonly CustodyPosting[]): CustodyStay[] {
  const ordered = postings.toSorted((a, b) => a.seq - b.seq);
  return ordered.flatMap((posting, at) => {
    const to = ordered[at + 1]?.at ?? null;
    if (posting.to === "ended" || to === posting.at) return [];
    return [{ account: posting.to, from: posting.at, to, seq: posting.seq }];
  });
}

/** What does not follow on: gaps, overlaps and branches of one book of one body. Constraints of the database forbid each. */
export function listBreaks(postings: readonly CustodyPosting[]): readonly CustodyPosting[] {
  const ordered = postings.toSorted((a, b) => a.seq - b.seq);
  return ordered.filter((posting, at) => {
    const before = ordered[at - 1];
    if (!before) return posting.seq !== 0 || posting.from !== "origin" || posting.fromAt !== null;
    return (
      posting.seq !== before.seq + 1 ||
      posting.from !== before.to ||
      posting.fromAt !== before.at ||
      posting.at < before.at ||
      posting.from === posting.to
    );
  });
}
