import { type CustodyAccount, leaveToOther, peopleOf, replaceCustodian } from "./custody-posting.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { SealBody, SealState } from "./seal-life.ts";
import type { LocalName } from "./vocabulary.ts";

/** Why custody changes hands. */
export const HANDOVER_CAUSES = ["post-change", "rotation", "leave", "departure", "end-of-term", "other"] as const;
export type HandoverCause = (typeof HANDOVER_CAUSES)[number];
export const handoverCauseNames: Readonly<Record<HandoverCause, LocalName>> = {
  "post-change": { en: "Change of post", zh: "岗位调整" },
  rotation: { en: "Rotation", zh: "轮岗" },
  leave: { en: "Leave", zh: "休假" },
  departure: { en: "Departure", zh: "离职" },
  "end-of-term": { en: "End of term", zh: "任期届满" },
  other: { en: "Another reason", zh: "其他" },
};

/** The tasks that ask for a handover, each with the cause it would have; null where only who begins it knows. */
export const HANDOVER_TASKS: Readonly<Record<string, { readonly cause: HandoverCause | null }>> = {
  "forced-handover": { cause: null },
  "forced-handover-nobody-fit": { cause: null },
  "plan-rotation": { cause: "rotation" },
  "custodian-fitness-ends": { cause: "end-of-term" },
};

const causeOfEvent: Readonly<Record<string, HandoverCause>> = {
  "person-leave": "leave",
  "person-departure": "departure",
  "person-transfer": "post-change",
  "term-end": "end-of-term",
};
/** Why custody changes hands after the matter that took its custodian away. */
export const causeOfPersonEvent = (kind: string | null): HandoverCause => causeOfEvent[kind ?? ""] ?? "other";

/** How a piece is found: counted, looked at, and an impression of it laid beside the specimen. */
export const PIECE_CONDITIONS = ["good", "worn", "damaged"] as const;
export type PieceCondition = (typeof PIECE_CONDITIONS)[number];
export const pieceConditionNames: Readonly<Record<PieceCondition, LocalName>> = {
  good: { en: "good", zh: "完好" },
  worn: { en: "worn", zh: "磨损" },
  damaged: { en: "damaged", zh: "损坏" },
};

/** A body as a handover finds it. */
export interface BodyToHandOver {
  readonly bodyId: string;
  readonly sealId: string;
  readonly kind: SealBody;
  readonly state: SealState;
  /** Who answers for it now; null where nobody does. */
  readonly custodians: CustodyAccount | null;
  /** Whether one of its two custodians may leave it to the other for some days: an ordinary seal, to its named deputy. */
  readonly leftToDeputy?: boolean;
}

export interface HandoverPeople {
  readonly transferorId: string;
  readonly receiverId: string;
  readonly witnessId: string;
}

/** States in which custody may change hands: what is used, what is frozen, and what this handover holds already. */
const handedOver: readonly SealState[] = ["in-use", "frozen"];

/**
 * Why custody may not change hands this way (C08, C11, C14): three different people; every body answered for by the
 * transferor, and none of his left behind, because his grant goes with the seal; the receiver not the other custodian.
 * `own` are all bodies of these seals; `begun` is set once the handover holds the bodies.
 */
export function listHandoverRefusals(
  people: HandoverPeople,
  named: readonly string[],
  own: readonly BodyToHandOver[],
  begun: boolean,
): Refusal[] {
  const { transferorId, receiverId, witnessId } = people;
  const refusals: Refusal[] = [];
  if (new Set([transferorId, receiverId, witnessId]).size < 3) refusals.push(refuse("handover.people-meet", {}, "C11"));
  if (named.length === 0) refusals.push(refuse("handover.nothing", {}, "C14"));
  for (const bodyId of named)
    if (!own.some((one) => one.bodyId === bodyId)) refusals.push(refuse("handover.body-unknown", {}));
  const kept = own.filter((one) => one.custodians !== null && peopleOf(one.custodians).includes(transferorId));
  for (const body of own.filter((one) => named.includes(one.bodyId))) {
    if (!kept.includes(body)) refusals.push(refuse("handover.not-of-record", {}, "C08"));
    else if (body.custodians !== null && findReceived(body, body.custodians, people) === null)
      refusals.push(refuse("handover.receiver-keeps-already", {}, "C11"));
    if (!handedOver.includes(body.state) && !(begun && body.state === "in-handover"))
      refusals.push(refuse("handover.state", { state: body.state }, "C14"));
  }
  if (kept.some((body) => !named.includes(body.bodyId))) refusals.push(refuse("handover.left-behind", {}, "C14"));
  return refusals;
}

function findReceived(
  { leftToDeputy }: BodyToHandOver,
  account: CustodyAccount,
  { transferorId, receiverId }: HandoverPeople,
): CustodyAccount | null {
  const alone = leftToDeputy === true ? leaveToOther(account, transferorId, receiverId) : null;
  return alone ?? replaceCustodian(account, transferorId, receiverId);
}

/**
 * What the receiver found against what the transferor named (C14): the count, and for each piece an impression beside
 * its specimen; null where he has not said yet whether it matches, which is no mismatch. A difference ends in a handover
 * that does not complete, never in one that is complete but wrong.
 */
export function listInventoryRefusals(
  named: { readonly pieces: number; readonly impressions: number },
  found: { readonly count: number; readonly impressionsMatch: boolean | null },
): Refusal[] {
  const refusals: Refusal[] = [];
  if (found.count !== named.pieces)
    refusals.push(refuse("handover.count-differs", { count: found.count, named: named.pieces }, "C14"));
  if (named.impressions < named.pieces)
    refusals.push(refuse("handover.impressions-missing", { missingCount: named.pieces - named.impressions }, "C14"));
  if (named.pieces > 0 && found.impressionsMatch === null)
    refusals.push(refuse("handover.impression-not-ticked", {}, "C14"));
  if (named.pieces > 0 && found.impressionsMatch === false)
    refusals.push(refuse("handover.impression-differs", {}, "C14"));
  return refusals;
}

/** Whether an absence may be bridged without an inventory: its end lies ahead and within the days set (C14). */
export function listShortHandoverRefusals(
  facts: { readonly until: string; readonly today: string; readonly latest: string },
  mostDays: number,
): Refusal[] {
  if (facts.until < facts.today) return [refuse("short-handover.past", {}, "C14")];
  return facts.until > facts.latest
    ? [refuse("short-handover.too-long", { latest: facts.latest, mostDays }, "C14")]
    : [];
}

/** The return of a short handover: the tag is the one that was put on, and it is whole; else everything is counted. */
export function listReturnRefusals(
  put: { readonly tag: string },
  found: { readonly tag: string; readonly whole: boolean },
): Refusal[] {
  return put.tag.trim() === found.tag.trim() && found.whole ? [] : [refuse("short-handover.tag-differs", {}, "C14")];
}
