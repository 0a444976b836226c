import { type BoxStanding, isBeyondWord } from "./controller.ts";
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
