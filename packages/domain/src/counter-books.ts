/** What two books tell of one slot of a controller since the beginning of an epoch: the drive's counter, and the strokes stored. */
export interface SlotBooks {
  /** The drive's counter in the first record of the epoch, and in the newest. */
  readonly first: number;
  readonly newest: number;
  /** Strokes that are stored of the slot, by what the controller said of them; an aborted one counts nothing. */
  readonly done: number;
  readonly unknown: number;
  /** Whether a stroke of the slot has begun and has not ended. */
  readonly open: boolean;
}

/**
 * By how many impressions the drive counted more in one stroke than its record says, from the counter at its beginning and at its end
 * (C09): a stroke presses once, one that never left the box not at all.
 */
export function countBeyond(stroke: {
  readonly begun: number;
  readonly ended: number;
  readonly out: "done" | "aborted" | "unknown";
}): number {
  return Math.max(0, stroke.ended - stroke.begun - (stroke.out === "aborted" ? 0 : 1));
}

/**
 * By how many impressions the counter of a controller and the strokes stored of it differ (C09, C18): more than zero where the drive
 * counted more than is stored, less where it counted fewer. A stroke that nobody can tell, or that goes on, may have counted or not.
 */
export function compareCounter({ first, newest, done, unknown, open }: SlotBooks): number {
  const risen = newest - first;
  const most = done + unknown + (open ? 1 : 0);
  if (risen > most) return risen - most;
  return risen < done ? risen - done : 0;
}
