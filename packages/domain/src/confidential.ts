import { type Decision, type FactValue, type Refusal, refuse } from "./refusal.ts";
import type { LocalName } from "./vocabulary.ts";

/**
 * What somebody can have to do with a request that was submitted. Who reads a request, and who learns of a confidential one
 * no more than that it is there, is told from these alone.
 */
export const READER_PARTS = [
  "applicant",
  "handler",
  /** Asked now: also added, passed on to, delegated to, or asked because it waited too long. */
  "asked",
  "decided",
  /** Was asked in a step that others decided. */
  "was-asked",
  /** Was mentioned, or passed his part on. */
  "shown",
  /** Named by the applicant; in confidential requests alone. */
  "named",
  /** Keeps or supervises one of its seals while it is to be sealed, or did so when it was. */
  "sealing",
  /** Keeps or supervises one of its seals before or after. */
  "keeping",
  "inspecting",
  /** Looks at emergencies or at a final copy that differs afterwards, or at what an applicant who has left did not end. */
  "reviewing",
] as const;
export type ReaderPart = (typeof READER_PARTS)[number];

/** `masked`: its number, state, seals and people are there, and nothing it says. */
export type Reading = "open" | "masked" | "hidden";
const readings: readonly Reading[] = ["hidden", "masked", "open"];

/** What a part lets one read of a confidential request; of any other, every part reads all. */
const ofConfidential: Readonly<Record<ReaderPart, Reading>> = {
  applicant: "open",
  handler: "open",
  asked: "open",
  decided: "open",
  "was-asked": "hidden",
  shown: "hidden",
  named: "open",
  sealing: "open",
  keeping: "masked",
  inspecting: "masked",
  reviewing: "masked",
};
/** Whoever watches opens a confidential request by saying why, for a day. */
export const accessParts: readonly ReaderPart[] = ["inspecting", "reviewing"];
export const CONFIDENTIAL_ACCESS_HOURS = 24;

export interface ReadingFacts {
  readonly parts: readonly ReaderPart[];
  readonly confidential: boolean;
  /** Whether an access of his is in force. */
  readonly access: boolean;
}

/** What of a request a person reads: denied by default, and of several parts the widest holds. */
export function readingOf({ parts, confidential, access }: ReadingFacts): Reading {
  const each = parts.map((part): Reading => {
    if (!confidential) return "open";
    return access && accessParts.includes(part) ? "open" : ofConfidential[part];
  });
  return readings.findLast((one) => each.includes(one)) ?? "hidden";
}

export interface AccessTaken {
  readonly type: "AccessTaken";
  /** When it ends, epoch milliseconds. */
  readonly until: number;
}

/** Whether somebody who watches opens a confidential request; it is told to its readers, so he says why. */
export function decideAccess(
  facts: ReadingFacts & { readonly reason: string; readonly now: number },
): Decision<AccessTaken> {
  const refusals: Refusal[] = [];
  if (readingOf(facts) === "open") refusals.push(refuse("confidential.open-already"));
  else if (!facts.parts.some((part) => accessParts.includes(part)))
    refusals.push(refuse("confidential.not-reader", {}, "C11"));
  if (facts.reason.trim() === "") refusals.push(refuse("confidential.access-reason", {}, "C11"));
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, events: [{ type: "AccessTaken", until: facts.now + CONFIDENTIAL_ACCESS_HOURS * 3_600_000 }] };
}

/** Why one who does not read a confidential request does not open it, and how he could. */
export const refuseMasked = (parts: readonly ReaderPart[], number: string): Refusal =>
  parts.some((part) => accessParts.includes(part))
    ? refuse("confidential.needs-access", { number, hours: CONFIDENTIAL_ACCESS_HOURS }, "C11")
    : refuse("confidential.not-reader", { number }, "C11");

/** More than these are no confidence. */
const mostReaders = 20;
const longestReason = 500;

export interface PersonToName {
  readonly personId: string;
  readonly active: boolean;
  readonly guest: boolean;
  readonly entityId: string | null;
}

export const listTooManyReaders = (named: readonly string[]): Refusal[] =>
  new Set(named).size > mostReaders ? [refuse("confidential.too-many-readers", { most: mostReaders })] : [];

/** What speaks against who is named as a reader: staff of the request's own entity, who are here (C11). */
export function listReaderRefusals(
  named: readonly string[],
  people: readonly PersonToName[],
  entityId: string | null,
): Refusal[] {
  const tooMany = listTooManyReaders(named);
  if (tooMany.length > 0) return tooMany;
  const fits = (personId: string): boolean => {
    const person = people.find((one) => one.personId === personId);
    if (!person?.active) return false;
    return !person.guest && person.entityId === entityId;
  };
  return named.every(fits) ? [] : [refuse("confidential.not-to-be-named", {}, "C11")];
}

/** What speaks against submitting it as confidential. A request that is not gives no reason. */
export function listConfidentialRefusals(reason: string | null): Refusal[] {
  const missing = reason !== null && (reason.trim() === "" || reason.length > longestReason);
  return missing ? [refuse("confidential.reason-missing", {}, "C11")] : [];
}

/**
 * Once it was submitted a request stays what it was: what was seen cannot be hidden any more, and what was promised to be
 * hidden is not opened by one who changes his mind.
 */
export function listSwitchRefusals(facts: {
  readonly number: string | null;
  readonly was: boolean;
  readonly wanted: boolean;
}): Refusal[] {
  return facts.number !== null && facts.was !== facts.wanted
    ? [refuse("confidential.fixed", { number: facts.number }, "C11")]
    : [];
}

/** What stands in the place of a title that the reader is not told. */
export const maskedTitle: LocalName = { en: "Confidential request", zh: "保密用印申请" };

/** What a register line of a confidential request tells everybody: who, when, how many; nothing that somebody wrote. */
const factsOnMaskedLine: readonly string[] = [
  ...[
    "request",
    "slip",
    "impression",
    "page",
    "pages",
    "places",
    "digest",
    "standing",
    "emergency",
    "number",
    "late",
    "joint",
    "copies",
    "copyNumbers",
    ...["makeUp", "makeUpOf", "makeUpCopy", "makeUpCause"],
    "authorised",
    "pressed",
    "photographed",
    ...["comparedSame", "comparedOther", "comparedNone", "remoteAgreed", "remoteRefused"],
    "spoiled",
    "unknown",
    "unused",
    "controller",
    "owes",
  ],
  ...["applicant", "handler", "approvers", "custodian", "supervisor", "by", "askedBy", "confirmedBy", "lookedBy"],
];
export function maskLineFacts(facts: Readonly<Record<string, FactValue>>): Record<string, FactValue> {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => factsOnMaskedLine.includes(key)));
}
