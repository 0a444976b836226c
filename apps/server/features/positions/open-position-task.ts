import type { TaskToOpen } from "../tasks/open-task.ts";

export const positionTask = "confirm-position";

/** What reminds the holder of a position that it waits for him. */
export function taskForPosition(grant: {
  grantId: string;
  personId: string;
  entityId: string;
  role: string;
}): TaskToOpen {
  const { grantId, personId, entityId, role } = grant;
  return {
    ...{ kind: positionTask, subjectKey: grantId, entityId, personId, assigneeId: personId },
    ...{ facts: { role }, dueAt: null, actorId: null },
  };
}
