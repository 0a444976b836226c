import { joinHalves } from "./both-halves.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import { isVoidCopy, type StampedCopy } from "./stamped-copy.ts";
import type { ImpressionState, LocalName, SealUseRequestState, UseMode } from "./vocabulary.ts";

/** Why a stamped copy is replaced: nobody can find it, or it was spoiled and voided. */
export const MAKE_UP_CAUSES = ["lost", "spoiled"] as const;
export type MakeUpCause = (typeof MAKE_UP_CAUSES)[number];

export const makeUpCauseNames: Readonly<Record<MakeUpCause, LocalName>> = {
  lost: { en: "lost", zh: "遗失" },
  spoiled: { en: "spoiled", zh: "盖坏作废" },
};

/**
 * Whether a copy may be replaced, and why. A spoiled one has to be voided first, so that its paper can serve nobody; one that was
 * voided because nobody needed it is not replaced, and what is somewhere is not lost. One that is void because a make-up began
 * which pressed nothing is still to be replaced, also where its paper was found.
 */
export function findMakeUpCause({ state, impressions }: StampedCopy): MakeUpCause | null {
  if (state === "lost" || state === "declared-void" || state === "found") return "lost";
  return state === "voided" && impressions.includes("spoiled") ? "spoiled" : null;
}

/** A request that asked to replace a copy, and how far it came. */
export interface EarlierMakeUp {
  readonly number: string | null;
  /** Who began it; his name is told, and null where he is not with the organisation any more. */
  readonly applicantId: string;
  readonly applicant: LocalName | null;
  readonly state: SealUseRequestState;
  readonly impressions: readonly ImpressionState[];
}

const open: readonly SealUseRequestState[] = ["in-review", "returned", "authorised", "opened", "frozen"];
/**
 * Whether an earlier make-up stands in the way of another one of the same copy: it is under way, or something was stamped by it.
 * What was turned down, taken back, or ended with nothing on paper replaced nothing.
 */
export const standsForCopy = ({ state, impressions }: EarlierMakeUp): boolean =>
  open.includes(state) || impressions.some((one) => one !== "released");

export interface MakeUpBegun {
  readonly type: "MakeUpBegun";
  readonly cause: MakeUpCause;
}

/**
 * Begins the make-up stamping 补盖 of one copy (C09, C19): it names the request, the copy, the reason and the evidence, and is
 * decided and stamped as every use is. There is one of a copy; a make-up copy that is lost in its turn is replaced by its own request.
 */
export function decideMakeUp(facts: {
  readonly actorId: string;
  /** Applicant and handler of the request whose copy it is. */
  readonly askers: readonly string[];
  readonly requestState: SealUseRequestState;
  readonly useMode: UseMode;
  /** Whether it used numbered forms: a sheet with a number is not made twice. */
  readonly usesForms: boolean;
  readonly copy: StampedCopy | null;
  readonly earlier: readonly EarlierMakeUp[];
  readonly reason: string;
  readonly evidenced: boolean;
}): Decision<MakeUpBegun> {
  const { actorId, askers, requestState, copy } = facts;
  const cause = copy === null ? null : findMakeUpCause(copy);
  const standing = facts.earlier.find(standsForCopy);
  // One that was begun and not submitted yet: its writer goes on with it, or discards it. Nobody waits for who has left.
  const draft = facts.earlier.find(({ state, applicant }) => state === "draft" && applicant !== null);
  const found: readonly (readonly [boolean, Refusal])[] = [
    [facts.useMode !== "by-hand", refuse("stamping.not-by-hand")],
    [requestState !== "registered", refuse("make-up.not-registered", { state: requestState }, "C09")],
    [!askers.includes(actorId), refuse("make-up.not-asker", {}, "C19")],
    [facts.usesForms, refuse("make-up.forms", {}, "C05")],
    [copy === null, refuse("copies.not-stamped", {}, "C19")],
    [copy !== null && cause === null, refuse("make-up.copy-there", { copy: copy?.copy ?? 0 }, "C19")],
    [standing !== undefined, refuse("make-up.asked-already", { number: standing?.number ?? null }, "C09")],
    [standing === undefined && draft?.applicantId === actorId, refuse("make-up.draft-yours", {}, "C09")],
    [
      standing === undefined && draft !== undefined && draft.applicantId !== actorId,
      refuse("make-up.draft-open", { name: draft?.applicant ? joinHalves(draft.applicant) : "" }, "C09"),
    ],
    [facts.reason.trim() === "", refuse("copies.reason-missing")],
    [!facts.evidenced, refuse("make-up.evidence-missing", {}, "C19")],
  ];
  const refusals = found.filter(([holds]) => holds).map(([, refusal]) => refusal);
  if (refusals.length > 0 || cause === null) return { ok: false, refusals };
  return { ok: true, events: [{ type: "MakeUpBegun", cause }] };
}

/** A document as it stands in a request: the file by its digest, and where its seals stand. */
export interface PlacedDocument {
  readonly digest: string;
  readonly placements: readonly {
    readonly sealId: string;
    readonly page: number;
    readonly xMm: number;
    readonly yMm: number;
  }[];
}

/** Whether two requests ask for the same seals at the same places of the same files, whatever their order. */
export function isSamePaper(one: readonly PlacedDocument[], other: readonly PlacedDocument[]): boolean {
  const write = (documents: readonly PlacedDocument[]): string =>
    documents
      .map(({ digest, placements }) =>
        [digest, ...placements.map(({ sealId, page, xMm, yMm }) => [sealId, page, xMm, yMm].join(" ")).toSorted()].join(
          "\n",
        ),
      )
      .toSorted()
      .join("\n\n");
  return write(one) === write(other);
}

/** A request that replaces a copy, beside the request whose copy it is, as both stand now. */
export interface MakeUpFacts {
  /** Number of the request whose copy is replaced. */
  readonly original: string | null;
  readonly originalState: SealUseRequestState;
  /** Which copy, and how it stands; null where it is no stamped copy any more. */
  readonly copy: number;
  readonly replaced: StampedCopy | null;
  /** Number of another request that replaces the same copy already; null where none does. */
  readonly other: string | null;
  /** Whether its stamping has begun: then the copy is void already, whatever becomes of its paper. */
  readonly begun: boolean;
  /** What this request asks for: how, on how many copies, and whether of the same paper. */
  readonly useMode: UseMode;
  readonly copies: number | null;
  readonly samePaper: boolean;
}

export const MAKE_UP_FAULTS = ["asked-already", "not-registered", "found", "copies", "other-paper"] as const;
export type MakeUpFault = (typeof MAKE_UP_FAULTS)[number];

/**
 * Why a make-up stamping may not be submitted, or stamped, now; null where it may. One copy is replaced by one copy of the same
 * paper, with the same seals at the same places: what was approved for the others is not touched (C07, C09).
 */
export function findMakeUpFault(facts: MakeUpFacts): MakeUpFault | null {
  const { replaced } = facts;
  const found: Readonly<Record<MakeUpFault, boolean>> = {
    "asked-already": facts.other !== null,
    "not-registered": facts.originalState !== "registered",
    found: replaced === null || (facts.begun ? !isVoidCopy(replaced.state) : findMakeUpCause(replaced) === null),
    copies: facts.useMode !== "by-hand" || facts.copies !== 1,
    "other-paper": !facts.samePaper,
  };
  return MAKE_UP_FAULTS.find((fault) => found[fault]) ?? null;
}

/** What sentences about it tell. */
export const tellMakeUp = ({ original, copy, originalState: state, other: number }: MakeUpFacts) => ({
  ...{ original, copy, state, number },
});

/** Why a request that replaces a copy cannot be submitted; nothing of one that replaces none. */
export function listMakeUpRefusals(facts: MakeUpFacts | null): Refusal[] {
  const fault = facts && findMakeUpFault(facts);
  if (!facts || fault === null) return [];
  return [refuse(`make-up.${fault}`, tellMakeUp(facts), "C09")];
}
