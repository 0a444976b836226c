import type { ElectronicUse } from "./document-class.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { USE_MODES, type UseMode } from "./vocabulary.ts";

/** Most paper copies of one request, and most impressions of all of them: each is pressed and photographed by a person. */
export const copiesMost = 300;
export const handMost = 3000;
const shortestReason = 5;

/** What a request says of how its seals are used. */
export interface UseModeWanted {
  readonly mode: UseMode;
  readonly copies: number | null;
  /** Why on paper, where an electronic seal comes first (C21). */
  readonly paperReason: string;
}

/** The ways that a class of documents leaves open; the first is the one to offer. */
export const listUseModes = (electronic: ElectronicUse): readonly UseMode[] =>
  electronic === "no" ? ["by-hand"] : USE_MODES;

/** Whether who asks for paper says why. */
export const asksWhyPaper = ({ mode }: Pick<UseModeWanted, "mode">, electronic: ElectronicUse): boolean =>
  mode === "by-hand" && electronic === "first";

/** Why these seals may not be used so on these documents. */
export function listUseModeRefusals(facts: {
  readonly wanted: UseModeWanted;
  readonly electronic: ElectronicUse;
  readonly className: string;
  /** Places of seals on one copy. */
  readonly places: number;
  readonly seals: readonly { readonly sealType: string; readonly piece: boolean; readonly key: boolean }[];
  readonly joint: boolean;
  readonly series: boolean;
  readonly blankSheets: boolean;
  readonly standing: boolean;
}): Refusal[] {
  const { wanted, seals } = facts;
  const keyless = seals.find((seal) => !seal.key);
  if (wanted.mode === "electronic")
    return [
      ...(facts.electronic === "no" ? [refuse("mode.paper-only", { documentClass: facts.className }, "C21")] : []),
      ...(keyless ? [refuse("mode.no-key", { sealType: keyless.sealType }, "C10")] : []),
    ];
  const copies = wanted.copies ?? 0;
  const pieceless = seals.find((seal) => !seal.piece);
  return [
    ...(facts.joint ? [refuse("mode.hand-not-joint")] : []),
    ...(facts.series ? [refuse("mode.hand-not-series")] : []),
    ...(facts.blankSheets ? [refuse("mode.hand-not-sheets", {}, "C05")] : []),
    ...(facts.standing ? [refuse("mode.hand-not-standing")] : []),
    ...(copies >= 1 && copies <= copiesMost && Number.isInteger(copies)
      ? []
      : [refuse("mode.copies", { most: copiesMost }, "C09")]),
    ...(copies * facts.places > handMost
      ? [refuse("mode.too-many", { most: handMost, asked: copies * facts.places }, "C09")]
      : []),
    ...(asksWhyPaper(wanted, facts.electronic) && wanted.paperReason.trim().length < shortestReason
      ? [refuse("mode.paper-why", { documentClass: facts.className }, "C21")]
      : []),
    ...(pieceless ? [refuse("mode.no-piece", { sealType: pieceless.sealType }, "C10")] : []),
  ];
}
