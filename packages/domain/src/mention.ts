import { type Refusal, refuse } from "./refusal.ts";

/** More than these are a circular letter. */
const mostMentions = 10;

export interface PersonToMention {
  readonly personId: string;
  /** Whether he is here. */
  readonly active: boolean;
  readonly guest: boolean;
  readonly entityId: string | null;
  /** Whether he may see the request already. */
  readonly sees: boolean;
}

/**
 * Why people may not be mentioned in a comment: whoever is mentioned is shown the request from then on, so that it is
 * somebody who may see it, or one of the staff of its own entity (C11). In a confidential request only its readers are
 * mentioned, but by the applicant, who names them as readers by it.
 */
export function listMentionRefusals(
  wanted: readonly string[],
  people: readonly PersonToMention[],
  entityId: string | null,
  readersAlone = false,
): Refusal[] {
  if (wanted.length > mostMentions) return [refuse("comment.too-many", { most: mostMentions })];
  const seen = (personId: string): boolean => people.some((one) => one.personId === personId && one.active && one.sees);
  if (readersAlone) return wanted.every(seen) ? [] : [refuse("comment.confidential", {}, "C11")];
  const fits = (personId: string): boolean => {
    const person = people.find((one) => one.personId === personId);
    if (!person?.active) return false;
    return person.sees || (!person.guest && person.entityId === entityId);
  };
  return wanted.every(fits) ? [] : [refuse("comment.not-to-be-mentioned", {}, "C11")];
}
