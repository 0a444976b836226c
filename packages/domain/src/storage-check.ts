import type { ControlId } from "./controls.ts";
import { type CustodyAccount, peopleOf } from "./custody-posting.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { Grant } from "./separation-matrix.ts";
import type { LocalName } from "./vocabulary.ts";

/** What falls due by the calendar, all pieces of an entity, or a few drawn by lot without warning. */
export const CHECK_KINDS = ["storage", "stock-take", "surprise"] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];
export const checkKindNames: Readonly<Record<CheckKind, LocalName>> = {
  storage: { en: "Storage check", zh: "存放检查" },
  "stock-take": { en: "Stock-take", zh: "盘点" },
  surprise: { en: "Surprise check", zh: "突击检查" },
};

/**
 * The pieces drawn by lot: each has a rank by the digest of the seed and its id, and the lowest are taken. Who knows the
 * seed and the list draws the same, in whatever order the list came. `digest` is a hash in hexadecimal.
 */
export function drawPieces(
  seed: string,
  pieces: readonly string[],
  count: number,
  digest: (text: string) => string,
): readonly string[] {
  return [...new Set(pieces)]
    .map((piece) => ({ piece, rank: digest(`chancery draw v1\n${seed}\n${piece}`) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .slice(0, count)
    .map((one) => one.piece);
}

/** The list as it is committed to before the seed is known: sorted, a line each. */
export const listForDraw = (pieces: readonly string[]): string => [...new Set(pieces)].sort().join("\n");

/** What somebody found: where the piece is, or that it is not there. */
export interface CheckAnswer {
  readonly real: CustodyAccount | null;
  readonly hasPhoto: boolean;
  /** Whether the photo was taken in before the check was opened. */
  readonly photoIsOld: boolean;
}

/** Why an answer is not taken: a piece that is there is shown, by a photo of now. */
export function listAnswerRefusals(answer: CheckAnswer): Refusal[] {
  if (answer.real === null) return [];
  if (!answer.hasPhoto) return [refuse("check.photo-missing", {}, "C13")];
  return answer.photoIsOld ? [refuse("check.photo-old", {}, "C13")] : [];
}

export interface CheckDifference {
  readonly control: ControlId;
  /** A key of the messages under `finding.`. */
  readonly source: "check.missing" | "check.other-holder" | "check.other-place";
}

/** The book against what was found; null where they agree. Another hand than the book's is a seal that was lent (C08). */
export function compareWithBook(book: CustodyAccount | null, real: CustodyAccount | null): CheckDifference | null {
  if (real === null) return { control: "C13", source: "check.missing" };
  if (book === real) return null;
  return peopleOf(real).length > 0
    ? { control: "C08", source: "check.other-holder" }
    : { control: "C13", source: "check.other-place" };
}

/**
 * Whether somebody other than who keeps a piece has to look at it: in a surprise check always, and a piece of the opening
 * stock until it was found. A check by the calendar is answered by who keeps the piece, with a photo of now.
 */
export const needsOtherLooker = (kind: CheckKind, toConfirm: boolean): boolean => kind === "surprise" || toConfirm;

/** A piece that its keeper's word is not enough for. */
export interface PieceToConfirm {
  readonly entityId: string;
  readonly sealId: string;
  /** Who asked for the opening stock it came with, and who decided it, until it was found; nobody otherwise. */
  readonly stockBy: readonly string[];
  /** Custodians of record. */
  readonly custodians: readonly string[];
}

/**
 * Who may say that such a piece is there (C13, C23): the entity's inspectors first, then its seal administrators, but
 * neither who asked for the stock or decided it, nor who holds the piece or is to, nor who does it in the place of one of
 * them. What a sheet says would else be confirmed by whoever wrote or approved it, and a surprise by whom it is to find.
 */
export function listPieceConfirmers(grants: readonly Grant[], piece: PieceToConfirm): string[] {
  const own = grants.filter((grant) => grant.entityId === piece.entityId);
  const holders = own.filter(
    ({ role, scope }) => role === "custodian" && (scope.kind !== "seal" || scope.id === piece.sealId),
  );
  const barred = new Set<string | null>([
    ...piece.stockBy,
    ...piece.custodians,
    ...holders.map((grant) => grant.personId),
  ]);
  const people = (["inspector", "seal-administrator"] as const).flatMap((role) =>
    own
      .filter((grant) => grant.role === role)
      .filter((grant) => !barred.has(grant.personId) && !barred.has(grant.delegatedBy ?? null))
      .map((grant) => grant.personId),
  );
  return [...new Set(people)];
}
