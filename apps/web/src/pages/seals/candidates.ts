import type { Person } from "../organisation/organisation.ts";

export const CANDIDATE_GROUPS = ["entity", "others", "guests"] as const;
export type CandidateGroup = (typeof CANDIDATE_GROUPS)[number];

/** People who can be named for a seal: those of its entity first, guests last; nobody who is on leave, locked out or has left. */
export function groupCandidates(
  people: readonly Person[],
  entityId: string,
): readonly { readonly group: CandidateGroup; readonly people: readonly Person[] }[] {
  const there = people.filter(
    (person) => (person.state === "active" || person.state === "invited") && person.awayUntil === null,
  );
  const groupOf = (person: Person): CandidateGroup =>
    person.guest ? "guests" : person.entityId === entityId || person.entityId === null ? "entity" : "others";
  return CANDIDATE_GROUPS.map((group) => ({ group, people: there.filter((one) => groupOf(one) === group) })).filter(
    (one) => one.people.length > 0,
  );
}
