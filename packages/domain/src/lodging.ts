import { joinSeal } from "./both-halves.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { SealState } from "./seal-life.ts";
import type { LocalName } from "./vocabulary.ts";

/** Who keeps a card with impressions of a seal, to compare papers with. */
export const LODGING_KINDS = ["bank", "customs", "court", "tax", "other"] as const;
export type LodgingKind = (typeof LODGING_KINDS)[number];
export const lodgingKindNames: Readonly<Record<LodgingKind, LocalName>> = {
  bank: { en: "Bank", zh: "银行" },
  customs: { en: "Customs", zh: "海关" },
  court: { en: "Court", zh: "法院" },
  tax: { en: "Tax office", zh: "税务机关" },
  other: { en: "Other", zh: "其他" },
};

/** Whether a seal in this state leaves an impression that others should no longer trust. */
const untrusted: readonly SealState[] = [
  "stopped",
  "surrendered",
  "sealed-up",
  "destroyed",
  "lost",
  "void",
  "cancelled",
];
/** Nothing can have been pressed yet. */
const unmade: readonly SealState[] = ["requested", "approved-for-engraving"];

export interface SealOnCard {
  readonly name: LocalName;
  readonly number: string;
  readonly entityId: string;
  readonly state: SealState;
  /** The day on which a piece of it was lost last; null where none is lost or void. */
  readonly lostOn: string | null;
  /** Its replacement is in use. */
  readonly replaced: boolean;
  /** The certificate of its electronic body was revoked, other than by a stop, and no other one holds. */
  readonly revoked: boolean;
}

/**
 * Whether a card has to come back, or to be replaced, because of one of its seals (C10). What was lodged after a loss
 * shows the piece that is left.
 */
export function hasToComeBack(card: { readonly lodgedOn: string; readonly seals: readonly SealOnCard[] }): boolean {
  return card.seals.some(
    ({ state, lostOn, replaced, revoked }) =>
      untrusted.includes(state) || (lostOn !== null && lostOn >= card.lodgedOn) || replaced || revoked,
  );
}

/** Why a card may not be recorded: on a day to come, of no seal, of another entity's, of one that was never made. */
export function listLodgingRefusals(card: {
  readonly entityId: string;
  readonly seals: readonly SealOnCard[];
  readonly lodgedOn: string;
  readonly today: string;
}): Refusal[] {
  const { entityId, seals, lodgedOn, today } = card;
  const foreign = seals.filter((seal) => seal.entityId !== entityId);
  const early = seals.filter((seal) => unmade.includes(seal.state));
  return [
    ...(seals.length === 0 || foreign.length > 0 ? [refuse("lodging.seal-foreign", {}, "C10")] : []),
    ...early.map((seal) => refuse("lodging.seal-not-made", { seal: joinSeal(seal) }, "C23")),
    ...(lodgedOn > today ? [refuse("lodging.day-to-come", {}, "C10")] : []),
  ];
}

/** Why a card is not taken as withdrawn: before it was lodged, on a day to come, or shown by the photo of its lodging. */
export function listWithdrawalRefusals(wanted: {
  readonly lodgedOn: string;
  readonly withdrawnOn: string;
  readonly today: string;
  /** Of the files themselves: the same photo handed in once more shows nothing new. */
  readonly evidenceDigest: string;
  readonly lodgedDigest: string;
}): Refusal[] {
  return [
    ...(wanted.withdrawnOn < wanted.lodgedOn ? [refuse("lodging.day-before", { day: wanted.lodgedOn }, "C10")] : []),
    ...(wanted.withdrawnOn > wanted.today ? [refuse("lodging.day-to-come", {}, "C10")] : []),
    ...(wanted.evidenceDigest === wanted.lodgedDigest ? [refuse("lodging.evidence-same", {}, "C10")] : []),
  ];
}

/** Where a card lies, as people call it. */
export const nameLodging = (place: { readonly placeName: string; readonly branch: string }): string =>
  place.branch === "" ? place.placeName : `${place.placeName} · ${place.branch}`;
