import { mergeRanges, writeFormRanges } from "./form-ranges.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { StampingShowing } from "./shown-stamping.ts";
import type { PhotoUse } from "./stamping.ts";
import type { ImpressionState, LocalName, SealUseRequestState } from "./vocabulary.ts";

/** Where a stamped copy 用印件 is: each bears a seal, and one that nobody can find binds its company all the same (C19). */
export const COPY_STATES = ["here", "handed-out", "filed", "voided", "lost", "declared-void", "found"] as const;
export type CopyState = (typeof COPY_STATES)[number];

export const COPY_ACTS = ["hand-out", "file", "bring-back", "find", "void", "lose"] as const;
export type CopyAct = (typeof COPY_ACTS)[number];

/** How a copy went to whom it is for. */
export const HAND_OUT_WAYS = ["in-person", "courier"] as const;
export type HandOutWay = (typeof HAND_OUT_WAYS)[number];

export const handOutWayNames: Readonly<Record<HandOutWay, LocalName>> = {
  "in-person": { en: "in person", zh: "当面交付" },
  courier: { en: "by courier", zh: "快递" },
};

/**
 * What is voided stays so; whatever else becomes of a copy, it may be found or brought back. A lost one that a make-up stamping
 * replaced is declared void: if it is found after all it binds nobody, and only has to be voided on its paper, too.
 */
const machine: Readonly<Record<CopyState, Partial<Record<CopyAct, CopyState>>>> = {
  here: { "hand-out": "handed-out", file: "filed", void: "voided", lose: "lost" },
  "handed-out": { "bring-back": "here", lose: "lost" },
  filed: { "bring-back": "here", lose: "lost" },
  lost: { "bring-back": "here" },
  "declared-void": { find: "found" },
  found: { void: "voided", lose: "declared-void" },
  voided: {},
};

/** Copies that bind nobody any more, wherever their paper is. */
export const isVoidCopy = (state: CopyState): boolean =>
  state === "voided" || state === "declared-void" || state === "found";

/** What becomes of a copy that was lost, once its scan came back: it is here, or found where it had been replaced; null of any other. */
export const whenCameBack = (state: CopyState): "here" | "found" | null =>
  state === "lost" ? "here" : state === "declared-void" ? "found" : null;

/** What becomes of a copy once its make-up stamping begins: a lost one is declared void, and what was void stays as it is. */
export const whenReplaced = (state: CopyState): CopyState => (isVoidCopy(state) ? state : "declared-void");

/** A copy with what became of its impressions. */
export interface StampedCopy {
  readonly copy: number;
  readonly state: CopyState;
  readonly impressions: readonly ImpressionState[];
}

/** Copies on which something was pressed, or may have been: what was never stamped is only paper. */
export const isStamped = (impressions: readonly ImpressionState[]): boolean =>
  impressions.some((state) => state !== "released" && state !== "reserved");

/** Acts that are possible with a copy, whoever does them. A copy with a spoiled or a doubtful impression goes to nobody. */
export function listCopyActs({ state, impressions }: StampedCopy): CopyAct[] {
  const whole = !impressions.some((one) => one === "spoiled" || one === "unknown");
  return COPY_ACTS.filter((act) => machine[state][act] !== undefined && (whole || act !== "hand-out"));
}

/** Copies of which nobody has said yet where they went, and void ones that were found and are not voided on their paper. */
export const listUnaccounted = (copies: readonly StampedCopy[]): number[] =>
  copies.filter(({ state }) => state === "here" || state === "found").map(({ copy }) => copy);

export interface CopiesMoved {
  readonly type: "CopiesMoved";
  readonly to: CopyState;
  readonly copies: readonly number[];
}

/**
 * Says where stamped copies went (C19): handed out against a receipt, filed, brought back, lost, found when they had been replaced,
 * or voided by somebody else than who had asked for them, with a photo of the voided paper. All of them go, or none.
 */
export function decideCopies(facts: {
  readonly actorId: string;
  readonly act: CopyAct;
  readonly copies: readonly number[];
  readonly known: readonly StampedCopy[];
  /** Whether what was made on a copy is shown. */
  readonly showing: (copy: number) => StampingShowing;
  readonly requestState: SealUseRequestState;
  /** Applicant, handler and who stamped: the copies are in their hands. */
  readonly keepers: readonly string[];
  /** Custodians and supervisors of its seals. */
  readonly voiders: readonly string[];
  /** Applicant and handler. */
  readonly askers: readonly string[];
  readonly receiver: string;
  readonly way: HandOutWay | null;
  readonly courier: string;
  readonly reason: string;
  /** Where the photo that comes with it was given before; null without one. */
  readonly photo: PhotoUse | null;
  /** Whether codes in that photo name another paper than the chosen copies. */
  readonly namesOther: boolean;
}): Decision<CopiesMoved> {
  const { act, known, requestState } = facts;
  const refusals: Refusal[] = [];
  if (requestState === "opened" || requestState === "authorised")
    refusals.push(refuse("copies.stamping-open", {}, "C19"));
  // A request is frozen while it is not known what was stamped: until then nothing of it goes out.
  if (requestState === "frozen" && act === "hand-out") refusals.push(refuse("copies.frozen", {}, "C17"));
  refusals.push(...listWrongPeople(facts), ...listMissingWords(facts));
  if (facts.copies.length === 0) refusals.push(refuse("copies.none-chosen"));
  const chosen = facts.copies.map((copy) => known.find((one) => one.copy === copy));
  if (chosen.some((one) => one === undefined)) refusals.push(refuse("copies.not-stamped", {}, "C19"));
  for (const one of chosen)
    if (one && !listCopyActs(one).includes(act))
      refusals.push(
        machine[one.state][act] === undefined
          ? refuse("copies.act-not-possible", { copy: one.copy }, "C19")
          : refuse("copies.not-whole", { copy: one.copy }, "C09"),
      );
    else if (one) refusals.push(...listUnshown(act, one.copy, facts.showing(one.copy)));
  if (refusals.length > 0) return { ok: false, refusals };
  const byTarget = Map.groupBy(
    chosen.flatMap((one) => one ?? []),
    ({ state }) => machine[state][act],
  );
  return {
    ok: true,
    events: [...byTarget].flatMap(([to, of]) =>
      to === undefined ? [] : [{ type: "CopiesMoved" as const, to, copies: of.map(({ copy }) => copy) }],
    ),
  };
}

/** Acts that take a copy for a stamped one and close its place, so that no photo is booked to it any more. */
const takenForStamped: readonly CopyAct[] = ["hand-out", "file"];

/** What goes out or into the archive as stamped is shown to be so; until a photo is read, nothing closes the copy that it may show. */
function listUnshown(act: CopyAct, copy: number, showing: StampingShowing): Refusal[] {
  if (showing === "shown" || !(takenForStamped.includes(act) || (act === "void" && showing === "being-read")))
    return [];
  return [refuse(`copies.${showing}`, { copy }, "C17")];
}

type Asked = Parameters<typeof decideCopies>[0];

function listWrongPeople({ actorId, act, voiders, askers, keepers }: Asked): Refusal[] {
  if (act !== "void") return keepers.includes(actorId) ? [] : [refuse("copies.not-keeper", {}, "C19")];
  if (askers.includes(actorId)) return [refuse("copies.voided-by-asker", {}, "C11")];
  return voiders.includes(actorId) ? [] : [refuse("copies.not-voider", {}, "C19")];
}

/** What a receipt says: to whom, and for a courier his number; why a copy is lost, voided or back; the photo of what is void. */
function listMissingWords({ act, receiver, way, courier, reason, photo, namesOther }: Asked): Refusal[] {
  const none = (text: string): boolean => text.trim() === "";
  if (act === "hand-out") {
    if (none(receiver) || way === null) return [refuse("copies.receiver-missing", {}, "C19")];
    return way === "courier" && none(courier) ? [refuse("copies.courier-missing", {}, "C19")] : [];
  }
  if (act === "file") return none(receiver) ? [refuse("copies.place-missing", {}, "C19")] : [];
  return [
    ...(none(reason) ? [refuse("copies.reason-missing")] : []),
    ...(act === "void" && photo === null ? [refuse("copies.photo-missing", {}, "C19")] : []),
    // What was given before shows the paper as it was then, and not that it is void.
    ...(act === "void" && photo !== null && photo !== "nowhere" ? [refuse("copies.photo-used", {}, "C19")] : []),
    ...(act === "void" && photo === "nowhere" && namesOther ? [refuse("copies.photo-of-other", {}, "C19")] : []),
  ];
}

/** Numbers of copies as people write them: `1–3, 5`. */
export const writeCopies = (copies: readonly number[]): string =>
  writeFormRanges({ prefix: "", digits: 1 }, mergeRanges(copies.map((copy) => ({ first: copy, last: copy }))));
