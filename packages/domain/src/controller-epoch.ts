import { type Refusal, refuse } from "./refusal.ts";

/**
 * Whether a controller may be led out of its quarantine (SealLink 1, clauses 3.11 and 4.1): into a new epoch, from the counters as two people
 * read them off the box. Counters never go back: a box whose drive counts lower is enrolled anew.
 */
export function listEpochRefusals(asked: {
  readonly quarantined: boolean;
  /** Another request for the same epoch waits or is being carried out. */
  readonly waits: boolean;
  /** As somebody read them, and as the journal told them last; one for each slot. */
  readonly readings: readonly number[];
  readonly known: readonly number[];
}): Refusal[] {
  const { readings, known } = asked;
  const found: readonly (readonly [boolean, Refusal])[] = [
    [!asked.quarantined, refuse("epoch.not-quarantined", {}, "C18")],
    [asked.waits, refuse("epoch.waits", {}, "C18")],
    [readings.length !== known.length, refuse("epoch.readings-unfit", {}, "C18")],
    [
      readings.length === known.length && readings.some((one, slot) => one < (known[slot] ?? 0)),
      refuse("epoch.counter-back", {}, "C09"),
    ],
  ];
  return found.filter(([holds]) => holds).map(([, refusal]) => refusal);
}

/** The second person reads the box himself, is shown no number, and agrees only once the incident is closed (C11, C18). */
export function listEpochDecisionRefusals(asked: {
  readonly personId: string;
  readonly askedBy: string;
  readonly incidentOpen: boolean;
  readonly first: readonly number[];
  readonly second: readonly number[];
}): Refusal[] {
  const { first, second } = asked;
  const same = first.length === second.length && first.every((one, slot) => one === second[slot]);
  const found: readonly (readonly [boolean, Refusal])[] = [
    [asked.personId === asked.askedBy, refuse("epoch.second-person", {}, "C11")],
    [asked.incidentOpen, refuse("epoch.incident-open", {}, "C18")],
    [!same, refuse("epoch.readings-differ", {}, "C09")],
  ];
  return found.filter(([holds]) => holds).map(([, refusal]) => refusal);
}

/**
 * Whether a new epoch that two people agreed to may be asked for once more: no order was signed, or its time is over and nobody was heard to have
 * carried it out. An order that may still be carried out is never ordered twice, for the box would begin by either.
 */
export const mayOrderEpochAgain = (
  reset: {
    readonly state: "waiting" | "agreed" | "declined" | "done" | "lapsed";
    readonly order: { readonly state: "asked" | "signed" | "refused"; readonly until: number | null } | null;
  },
  now: number,
): boolean => {
  const { state, order } = reset;
  if (state !== "agreed" || order === null || order.state === "asked") return false;
  return order.state === "refused" || (order.until !== null && order.until <= now);
};

export interface EpochMissed {
  readonly code: "EPOCH_MISSED" | "EPOCH_UNCOUNTED";
  readonly detail: string;
}

/** What the journal of an epoch that ended does not tell: records that never came, and impressions that no record counts. */
export function listEpochMissed(ended: {
  readonly last: number;
  readonly head: string;
  readonly known: readonly number[];
  /** Numbers of records that waited for earlier ones. */
  readonly pending: readonly number[];
  /** A stroke that began and was never told to have ended. */
  readonly openStroke: boolean;
  /** With what the box says it ended that epoch; null where it does not say. */
  readonly was: { readonly ep: number; readonly seq: number; readonly h: string } | null;
  readonly readings: readonly number[];
}): EpochMissed[] {
  const { last, was, pending } = ended;
  const says: string[] = [];
  if (was === null) says.push("The box does not say with what record the epoch ended.");
  else if (was.seq > last) says.push(`Records ${last + 1} to ${was.seq} never arrived.`);
  else if (was.seq < last) says.push(`The box ends the epoch with record ${was.seq}, and ${last} are stored.`);
  else if (was.h !== ended.head) says.push(`The box ends the epoch with another record ${last} than is stored.`);
  if (pending.length > 0) says.push(`Records ${pending.join(", ")} came without those before them, and are not taken.`);
  if (ended.openStroke) says.push("A stroke had begun of which no end is told.");
  const more = ended.readings.flatMap((one, slot) => {
    const untold = one - (ended.known[slot] ?? 0);
    return untold > 0 ? [`slot ${slot}: ${untold}`] : [];
  });
  return [
    ...(says.length > 0 ? [{ code: "EPOCH_MISSED" as const, detail: says.join(" ") }] : []),
    ...(more.length > 0
      ? [{ code: "EPOCH_UNCOUNTED" as const, detail: `Impressions that no record tells of: ${more.join("; ")}.` }]
      : []),
  ];
}
