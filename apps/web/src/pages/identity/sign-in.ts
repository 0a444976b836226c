import type { RouteAnswer } from "../../api.ts";
import { paths } from "../../paths.ts";

export type SamplePerson = RouteAnswer<"GET /v1/sample/people">["people"][number];

/**
 * Where to go after signing in: the address that was asked for, if it is one of ours. An address that leads to another
 * site, which anybody can put into a link, is not followed.
 */
export function decideNextPath(next: unknown): string {
  if (typeof next !== "string" || !/^\/[^/\\]/.test(next)) return paths.overview;
  for (const character of next) if (character.charCodeAt(0) < 0x20) return paths.overview;
  return next.startsWith(paths.signIn) ? paths.overview : next;
}

/** The people of the sample by their entity, in the order given; guests from outside come last. */
export function groupByEntity(
  people: readonly SamplePerson[],
): readonly { readonly entity: SamplePerson["entity"]; readonly people: readonly SamplePerson[] }[] {
  const groups = new Map<string, { entity: SamplePerson["entity"]; people: SamplePerson[] }>();
  const ordered = [...people.filter((person) => !person.guest), ...people.filter((person) => person.guest)];
  for (const person of ordered) {
    const key = person.guest ? "" : (person.entity?.en ?? "");
    const group = groups.get(key) ?? { entity: person.guest ? null : person.entity, people: [] };
    group.people.push(person);
    groups.set(key, group);
  }
  return [...groups.values()];
}
