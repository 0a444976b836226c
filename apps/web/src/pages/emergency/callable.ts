import type { EmergencyView } from "./queries.ts";

type Callable = EmergencyView["callable"][number];

/** Who may be on call for this role, each once: by the server's rule he holds it on the first and on the last of the days. */
export function listCallable(
  callable: readonly Callable[],
  turn: { readonly role: Callable["role"]; readonly from: string; readonly to: string },
): Callable["person"][] {
  const holders = new Map(
    callable.flatMap(({ role, person }) => (role === turn.role ? [[person.personId, person]] : [])),
  );
  const holdsOn = (personId: string, day: string): boolean =>
    callable.some(
      ({ role, person, from, to }) =>
        role === turn.role && person.personId === personId && from <= day && (to === null || to >= day),
    );
  return [...holders.values()].filter(({ personId }) => holdsOn(personId, turn.from) && holdsOn(personId, turn.to));
}
