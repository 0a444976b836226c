import { type BoxStanding, isBeyondWord } from "./controller.ts";
import type { ContainerKind } from "./custody-place.ts";
import { type CustodyAccount, peopleOf } from "./custody-posting.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** The controller whose journal says that a piece sits in it. */
export interface BoxAround {
  readonly serial: string;
  readonly standing: BoxStanding;
}

/**
 * Why a piece may not be taken from where it is (C08, C13): what sits in a controller by its journal comes out by an order, which two people
 * carry out at the box. A box whose word no longer counts can record none, so that there the piece is taken out by hand, which is a case.
 */
export function listInBoxRefusals(box: BoxAround | null): Refusal[] {
  return box === null || isBeyondWord(box.standing)
    ? []
    : [refuse("custody.in-controller", { serial: box.serial }, "C13")];
}

/** Whether a piece that is taken out now leaves a box that can record nothing of it: somebody has to say what happened. */
export const isTakenWithoutRecord = (box: BoxAround | null): boolean => box !== null && isBeyondWord(box.standing);

/** Under the tag of a short handover a piece is kept and not used (C14): only the return, or a full handover, opens the bag. */
export const listTagRefusals = (tag: string | null): Refusal[] =>
  tag === null ? [] : [refuse("custody.under-tag", { tag }, "C14")];

/**
 * Why a piece may not be locked away now (C08, C13, C14): it goes from the hand it is in by the books into a container, and by nobody else; out
 * of another container it comes by who holds its locks. A bag under a tag is kept in a safe or cabinet, and never put into a controller,
 * where it would be used.
 */
export function listLockAwayRefusals(piece: {
  readonly actorId: string;
  /** Where it is by the books; null before the first posting. */
  readonly place: CustodyAccount | null;
  readonly tag: string | null;
  readonly into: ContainerKind;
}): Refusal[] {
  const { actorId, place, tag, into } = piece;
  return [
    ...(place !== null && peopleOf(place).includes(actorId) ? [] : [refuse("custody.not-in-hand", {}, "C08")]),
    ...(into === "controller" ? listTagRefusals(tag) : []),
  ];
}
