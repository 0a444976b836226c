import { type Refusal, refuse } from "./refusal.ts";

/** Why a version of the rule book may not be put to somebody for approval, or take force. */
export function listPublishRefusals(facts: {
  /** Null where the version is unknown. */
  readonly version: number | null;
  readonly digest: string;
  readonly digestAsked: string;
  /** What would be written from the settings of today. */
  readonly digestNow: string;
  /** The newest version in force. */
  readonly published: { readonly version: number; readonly digest: string; readonly inForceOn: string } | null;
  /** The day it is to take force, and the day it is asked. */
  readonly effectiveOn: string;
  readonly today: string;
  /** It was approved and only waits for its day: settings that changed since are the next version's. */
  readonly approved: boolean;
}): Refusal[] {
  if (facts.version === null || facts.digest !== facts.digestAsked) return [refuse("rule-book.version-unknown", {})];
  const { published } = facts;
  const refusals: Refusal[] = [];
  if (published !== null && published.version >= facts.version)
    refusals.push(refuse("rule-book.superseded", { version: facts.version, published: published.version }));
  else if (published?.digest === facts.digest) refusals.push(refuse("rule-book.nothing-new", {}));
  if (!facts.approved && facts.digest !== facts.digestNow)
    refusals.push(refuse("rule-book.settings-changed", { version: facts.version }));
  // What was approved in time takes force late, too; nothing takes force before what it replaces.
  const late = published !== null && facts.effectiveOn < published.inForceOn;
  if (late || (!facts.approved && facts.effectiveOn < facts.today))
    refusals.push(refuse("rule-book.day-past", { day: facts.effectiveOn }));
  return refusals;
}

/** Why a person may not confirm to have read a version. */
export function listReadingRefusals(facts: {
  readonly inForce: boolean;
  /** Whether the person holds a position; nobody else is bound. */
  readonly bound: boolean;
  readonly confirmed: boolean;
}): Refusal[] {
  if (!facts.inForce) return [refuse("rule-book.not-in-force", {})];
  if (!facts.bound) return [refuse("rule-book.not-bound", {})];
  return facts.confirmed ? [refuse("rule-book.confirmed-already", {})] : [];
}
