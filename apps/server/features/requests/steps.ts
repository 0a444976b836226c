/** Stages lie apart, so that a reviewer can be put between two of them. */
export const stageGap = 1000;

/** When a step that begins now is overdue. */
export const dueAt = (hours: number | null, now: number): Date | null =>
  hours === null ? null : new Date(now + hours * 3_600_000);
