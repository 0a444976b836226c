import type { Impression, StampingView } from "./queries.ts";
import type { WaitingReport } from "./report-queue.ts";

/** An impression as this device knows it: what was said here and is not at the server yet stands over what the server says. */
export interface Turn {
  readonly impression: Impression;
  readonly queued: WaitingReport | null;
}

export function listTurns(view: Pick<StampingView, "impressions">, waiting: readonly WaitingReport[]): readonly Turn[] {
  return view.impressions.map((impression) => ({
    impression,
    queued: waiting.findLast(({ report }) => report.impressionId === impression.impressionId) ?? null,
  }));
}

/** Whether nobody has said anything of it, here or at the server. */
export const isOpen = ({ impression, queued }: Turn): boolean => impression.state === "reserved" && queued === null;

/** The one to stamp: the one that was chosen if it is still open, else the first. */
export function findTurn(turns: readonly Turn[], chosen: string | null): Turn | undefined {
  const open = turns.filter(isOpen);
  return open.find(({ impression }) => impression.impressionId === chosen) ?? open[0];
}

/**
 * Of foreign paper nothing but its stamper tells which sheet he holds: whether he has to choose. Copies of one page need no
 * choice, for any of them is the next.
 */
export const asksWhichPage = (turns: readonly Turn[]): boolean =>
  new Set(turns.filter(isOpen).map(({ impression }) => `${impression.documentId} ${impression.placement.page}`)).size >
  1;

const isOtherPage = (one: Pick<Impression, "documentId" | "turnDocumentId" | "placement" | "turnPage">): boolean =>
  one.documentId !== one.turnDocumentId || one.placement.page !== one.turnPage;

/** Whether an impression stands on another sheet than the one whose turn it was. */
export const isOfOtherTurn = (impression: Impression): boolean =>
  impression.copy !== impression.turn || isOtherPage(impression);

/**
 * Whether a photo went to another sheet than the one whose turn it was: to the one its code shows, or out of the way of another photo;
 * or could not go to the copy that it shows. Of another page that is said, too.
 */
export function whereBooked({
  copy,
  turn,
  photo,
  ...of
}: Pick<Impression, "copy" | "turn" | "photo" | "documentId" | "turnDocumentId" | "placement" | "turnPage">):
  | { readonly how: "booked" | "gaveWay" | "pageBooked" | "pageGaveWay" }
  | { readonly how: "copyHeld"; readonly shown: number }
  | null {
  const comparison = photo?.comparison ?? null;
  if (comparison?.verdict === "wrong-copy" && comparison.code) return { how: "copyHeld", shown: comparison.code.copy };
  const { page } = of.placement;
  const isMoved = isOtherPage(of);
  if (photo === null || (copy === turn && !isMoved)) return null;
  const code = comparison?.code ?? null;
  const isShown = code?.here === true && code.copy === copy && code.page === page + 1;
  if (isMoved) return { how: isShown ? "pageBooked" : "pageGaveWay" };
  return { how: isShown ? "booked" : "gaveWay" };
}

/** Whose photos could not be read, and are not taken again yet: the sheets still lie before who stamped. */
export const listRetakes = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter(({ impression, queued }) => impression.photo?.retake === true && queued === null);

/** What was said last, newest first. */
export function listSaid(turns: readonly Turn[]): readonly Turn[] {
  const timeOf = ({ impression, queued }: Turn): number => queued?.report.at ?? Date.parse(impression.at);
  return turns
    .filter((turn) => !isOpen(turn) && (turn.queued !== null || turn.impression.state !== "reserved"))
    .toSorted((a, b) => timeOf(b) - timeOf(a) || b.impression.nth - a.impression.nth);
}

/** How many were pressed and photographed by what this device knows, though the server may not know it yet. */
export function countHere(
  counts: StampingView["counts"],
  turns: readonly Turn[],
): {
  readonly authorised: number;
  readonly pressed: number;
  readonly photographed: number;
  readonly registered: number;
} {
  const more = turns.filter(
    ({ impression, queued }) =>
      impression.state === "reserved" && (queued?.report.report === "pressed" || queued?.report.report === "spoiled"),
  ).length;
  return {
    authorised: counts.authorised,
    pressed: counts.pressed + more,
    photographed: counts.photographed + more,
    registered: counts.registered,
  };
}
