import type { ImpressionCommand } from "./impression.ts";
import { isUnreadable } from "./photo-reading.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { ImpressionState, LocalName, Profile, Role, SealUseRequestState } from "./vocabulary.ts";

/** Stamping by hand 手工盖章: what its custodian says of each place on each copy. */
export const STAMP_REPORTS = ["pressed", "spoiled", "not-pressed", "cannot-tell", "retaken"] as const;
export type StampReport = (typeof STAMP_REPORTS)[number];

/** What a report does to an impression that is reserved, in order. A spoiled one was pressed, and counts as used. */
const commandsOf: Readonly<Record<StampReport, readonly ImpressionCommand[]>> = {
  pressed: ["press"],
  spoiled: ["press", "spoil"],
  "not-pressed": ["release"],
  "cannot-tell": ["doubt"],
  retaken: [],
};
/** Reports that are made with a photo of the paper. */
export const isPhotographed = (report: StampReport): boolean =>
  report === "pressed" || report === "spoiled" || report === "retaken";
/** The short side of the smallest picture that may show a sheet of paper, in pixels. */
export const leastPhotoPixels = 300;

/** Where a photo was given before: nowhere, for the very copy that it is given for now, or for another paper. */
export type PhotoUse = "nowhere" | "this-copy" | "other-paper";
/** One photo shows one paper: what it was given for before keeps it from another one. */
export const isOfOtherPaper = (use: PhotoUse): boolean => use === "other-paper";

/** The end that each report leads to where nobody has to confirm it. */
const endsOf: Readonly<Record<StampReport, readonly ImpressionState[]>> = {
  pressed: ["pressed", "settled"],
  spoiled: ["spoiled"],
  "not-pressed": ["released"],
  "cannot-tell": ["unknown"],
  retaken: ["pressed", "settled"],
};

export interface ReportTaken {
  readonly type: "ReportTaken";
  readonly commands: readonly ImpressionCommand[];
  /** It was taken before: a phone that had no answer sends it again, and nothing is counted twice. */
  readonly again: boolean;
}

/**
 * Takes the word of who stamps. The same report of the same photo sent again is answered as it was the first time; another one
 * of what was reported already is refused, but for the paper that was spoiled after it was photographed.
 */
export function decideReport(facts: {
  readonly actorId: string;
  /** Who opened the stamping: nobody else has the piece in hand. */
  readonly stamperId: string;
  readonly state: ImpressionState;
  readonly report: StampReport;
  /** Digest of the photo that comes with it, of the one that is kept, and of the one of its cancelled paper. */
  readonly photo: string | null;
  readonly kept: string | null;
  readonly cancelled: string | null;
  /** Digests of photos that could not be read and were taken again. */
  readonly earlier: readonly string[];
  /** By `mayRetake`. */
  readonly mayRetake: boolean;
  readonly photoUse: PhotoUse;
  readonly reason: string;
  /** Whether its piece was in his hand since the stamping was opened. */
  readonly inHand: boolean;
  /** Whether it was put away before the end, and was not brought out for the same request again. */
  readonly putAway: boolean;
  /** Whether a controller presses: its journal tells what was pressed, and people only what became of the sheet. */
  readonly byController: boolean;
}): Decision<ReportTaken> {
  const { state, report, photo, kept } = facts;
  const refusals: Refusal[] = [];
  if (facts.actorId !== facts.stamperId) refusals.push(refuse("stamping.not-stamper", {}, "C08"));
  if (isPhotographed(report) && photo === null) refusals.push(refuse("stamping.photo-missing", {}, "C09"));
  if (report === "cannot-tell" && facts.reason.trim() === "") refusals.push(refuse("stamping.reason-missing"));
  if (refusals.length > 0) return { ok: false, refusals };
  const said = report === "spoiled" && facts.cancelled !== null ? facts.cancelled : kept;
  const wasTaken = photo === said || (report !== "spoiled" && photo !== null && facts.earlier.includes(photo));
  if (endsOf[report].includes(state) && wasTaken)
    return { ok: true, events: [{ type: "ReportTaken", commands: [], again: true }] };
  // What was read stands: another photo could show another sheet. One that is no good is taken again, and both are kept.
  if (report === "retaken") {
    if (!facts.mayRetake) return { ok: false, refusals: [refuse("stamping.retake-not-asked", {}, "C17")] };
    if (isOfOtherPaper(facts.photoUse)) return { ok: false, refusals: [refuse("stamping.photo-used", {}, "C09")] };
    return { ok: true, events: [{ type: "ReportTaken", commands: [], again: false }] };
  }
  // A second look at what was pressed: it is pale, or on the wrong side, and its paper is cancelled. What shows it before that, or
  // another paper, shows no cancelled one.
  if (state === "pressed" && report === "spoiled")
    return facts.photoUse === "nowhere"
      ? { ok: true, events: [{ type: "ReportTaken", commands: ["spoil"], again: false }] }
      : { ok: false, refusals: [refuse("stamping.cancelled-photo-used", {}, "C09")] };
  // What is settled never changes: its paper is void by its copy.
  if (state === "settled" && report === "spoiled")
    return { ok: false, refusals: [refuse("stamping.settled-already", {}, "C09")] };
  if (facts.byController) return { ok: false, refusals: [refuse("stamping.controller-counts", {}, "C09")] };
  // It was given back as not pressed: its number is gone, and that it was pressed all the same is for people to look at.
  if (state === "released" && isPhotographed(report)) {
    const code = isOfOtherPaper(facts.photoUse) ? "stamping.photo-used" : "stamping.pressed-after-release";
    return { ok: false, refusals: [refuse(code, {}, "C09")] };
  }
  if (state !== "reserved") return { ok: false, refusals: [refuse("stamping.reported-already", { state }, "C09")] };
  if (photo !== null && isOfOtherPaper(facts.photoUse))
    return { ok: false, refusals: [refuse("stamping.photo-used", {}, "C09")] };
  if (report === "spoiled" && facts.photoUse !== "nowhere")
    return { ok: false, refusals: [refuse("stamping.cancelled-photo-used", {}, "C09")] };
  if (isPhotographed(report) && facts.putAway)
    return { ok: false, refusals: [refuse("stamping.seal-put-away", {}, "C13")] };
  if (isPhotographed(report) && !facts.inHand)
    return { ok: false, refusals: [refuse("stamping.piece-locked-away", {}, "C13")] };
  return { ok: true, events: [{ type: "ReportTaken", commands: commandsOf[report], again: false }] };
}

/**
 * Whether a report is taken while its request stands so. What was pressed before anybody knew that it is frozen was pressed all the
 * same: it is taken, and people decide. That a pressed sheet is spoiled is said until it is settled, also after the stamping ended.
 */
export const takesReport = (facts: {
  readonly request: SealUseRequestState;
  readonly ended: boolean;
  readonly state: ImpressionState;
  readonly report: StampReport;
}): boolean => {
  const { request, ended } = facts;
  if (request === "opened" || (request === "frozen" && !ended)) return true;
  if (facts.report === "retaken") return retaking.includes(request);
  return facts.report === "spoiled" && maySpoil({ request, state: facts.state });
};

/** While a request stands so nobody has said what its photos show. */
const retaking: readonly SealUseRequestState[] = ["opened", "closed", "frozen"];

/**
 * Whether the photo of an impression by hand is to be taken again: the machine could not read it, and nobody has looked at the photos
 * yet. `found` is null while it was not read.
 */
export const mayRetake = (facts: {
  readonly request: SealUseRequestState;
  readonly state: ImpressionState;
  readonly looked: boolean;
  readonly byController: boolean;
  readonly found: Parameters<typeof isUnreadable>[0] | null;
}): boolean =>
  retaking.includes(facts.request) &&
  endsOf.retaken.includes(facts.state) &&
  !facts.looked &&
  !facts.byController &&
  facts.found !== null &&
  isUnreadable(facts.found);

/** Whether its custodian may still say that the sheet of an impression is spoiled: it was pressed, and nobody has settled it. */
export const maySpoil = (facts: { readonly request: SealUseRequestState; readonly state: ImpressionState }): boolean =>
  facts.state === "pressed" && ["opened", "closed", "frozen"].includes(facts.request);

/** What becomes of what was not reported when a stamping ends: who did not hold the piece cannot say that nothing was pressed. */
export const commandAtEnd = (actorId: string | null, stamperId: string): ImpressionCommand =>
  actorId === stamperId ? "release" : "doubt";

/** Who owes what before the line of a use by hand is complete. */
export const STAMP_DEBTS = ["stamping", "photo", "ruling", "case", "confirmation", "look"] as const;
export type StampDebt = (typeof STAMP_DEBTS)[number];

export const stampDebtNames: Readonly<Record<StampDebt, LocalName>> = {
  stamping: { en: "the custodian goes on or ends", zh: "保管人继续或结束盖章" },
  photo: { en: "a photo is missing", zh: "缺照片" },
  ruling: { en: "two people decide what is not known", zh: "两人认定未明印迹" },
  case: { en: "a case is explained and closed", zh: "个案待说明并结案" },
  confirmation: { en: "the supervisor confirms", zh: "监印人确认" },
  look: { en: "somebody looks at the photos", zh: "他人查看照片" },
};

/**
 * What is still owed: the custodian goes on or ends, photos are missing, two people decide what nobody can tell, a case that
 * holds the request is closed, the supervisor confirms what was stamped, or, for a seal that needed none, somebody looks at the photos afterwards.
 */
export function listStampDebts(facts: {
  /** `given`: a photo came with it; `photographed`: it is one of its own, and not of another copy. */
  readonly impressions: readonly {
    readonly state: ImpressionState;
    readonly given: boolean;
    readonly photographed: boolean;
  }[];
  readonly supervised: boolean;
  readonly looked: boolean;
  /** Whether a case about it is open. */
  readonly inCase: boolean;
}): StampDebt[] {
  const { impressions } = facts;
  const has = (...states: ImpressionState[]): boolean => impressions.some(({ state }) => states.includes(state));
  const missing = impressions.some(
    ({ state, photographed }) => (state === "pressed" || state === "settled" || state === "spoiled") && !photographed,
  );
  const toSee = impressions.some(({ state, given }) => state === "pressed" || (given && state !== "released"));
  return [
    ...(has("reserved") ? (["stamping"] as const) : []),
    ...(missing ? (["photo"] as const) : []),
    ...(has("unknown") ? (["ruling"] as const) : []),
    ...(facts.inCase ? (["case"] as const) : []),
    ...(toSee && !facts.looked ? [facts.supervised ? ("confirmation" as const) : ("look" as const)] : []),
  ];
}

/** What a debt keeps from being registered: a photo that is missing for good is told in the line, and holds nothing up. */
export const holdsUp = (debt: StampDebt): boolean => debt !== "photo";

/** Roles that look at the photos of a seal that needed no supervisor, in this order. */
export const lookingRoles: readonly Role[] = ["supervisor", "inspector"];
/** Roles whose holders decide, by two, what became of an impression that nobody can tell. */
export const rulingRoles: readonly Role[] = ["supervisor", "signatory", "inspector"];

export interface StampingLooked {
  readonly type: "StampingLooked";
  /** Whether what was found freezes the request: where somebody had to see the stamping. */
  readonly freezes: boolean;
}

/** Whether this person may say now whether the photos show what was approved. */
export function decideLook(facts: {
  readonly actorId: string;
  readonly state: SealUseRequestState;
  readonly supervised: boolean;
  readonly looked: boolean;
  /** Who supervised it from the beginning, or who may in his place. */
  readonly confirmers: readonly string[];
  /** Holders of a looking role. */
  readonly lookers: readonly string[];
  /** Applicant, handler, and who stamped. */
  readonly parts: readonly string[];
  /** Digest of the photos he saw, and of those that are there. */
  readonly digestSeen: string;
  readonly digestNow: string;
  readonly wrong: readonly { readonly impressionId: string; readonly reason: string }[];
  /** Impressions whose photos do not show what was printed, as far as a machine can tell, and why each is right all the same. */
  readonly disagreeing: readonly string[];
  readonly answers: readonly { readonly impressionId: string; readonly reason: string }[];
  /** Impressions whose photos can be looked at. */
  readonly shown: readonly string[];
  /** Photos of a controller that have not arrived, and may yet. */
  readonly onTheWay: number;
  /** Photos that the machine has yet to read: which copy they show, and whether they are right, is not known. */
  readonly beingRead: number;
  /** Of a long stamping: photos that have to be opened one by one, and those that he opened. */
  readonly toOpen: readonly string[];
  readonly opened: readonly string[];
}): Decision<StampingLooked> {
  const { actorId, wrong } = facts;
  const refusals: Refusal[] = [];
  if (facts.looked) refusals.push(refuse("stamping.looked-already", {}, "C04"));
  else if (facts.state !== "closed") refusals.push(refuse("stamping.not-ended", { state: facts.state }, "C04"));
  if (facts.parts.includes(actorId)) refusals.push(refuse("stamping.looker-had-part", {}, "C11"));
  else if (!(facts.supervised ? facts.confirmers : facts.lookers).includes(actorId))
    refusals.push(refuse(facts.supervised ? "confirm.not-supervisor" : "stamping.not-looker", {}, "C04"));
  if (facts.onTheWay > 0) refusals.push(refuse("stamping.photos-on-the-way", { count: facts.onTheWay }, "C09"));
  // Whoever sees that something is wrong says so at once.
  if (facts.beingRead > 0 && wrong.length === 0)
    refusals.push(refuse("stamping.photos-being-read", { count: facts.beingRead }, "C17"));
  if (facts.digestSeen !== facts.digestNow) refusals.push(refuse("stamping.photos-differ", {}, "C17"));
  if (wrong.some(({ reason }) => !saysSomething(reason))) refusals.push(refuse("stamping.reason-missing"));
  const said = [...wrong, ...facts.answers].filter(({ reason }) => saysSomething(reason));
  const unsaid = facts.disagreeing.filter((id) => !said.some(({ impressionId }) => impressionId === id));
  if (unsaid.length > 0) refusals.push(refuse("stamping.disagreement-open", { count: unsaid.length }, "C17"));
  const unopened = facts.toOpen.filter((id) => !facts.opened.includes(id));
  if (unopened.length > 0) refusals.push(refuse("stamping.photos-unopened", { count: unopened.length }, "C09"));
  if (wrong.some(({ impressionId }) => !facts.shown.includes(impressionId)))
    refusals.push(refuse("stamping.no-such-photo", {}, "C09"));
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, events: [{ type: "StampingLooked", freezes: facts.supervised && wrong.length > 0 }] };
}

/** A full stop, or one letter, tells nobody why. */
const saysSomething = (reason: string): boolean => /[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(reason);

export const STAMP_VERDICTS = ["settled", "spoiled", "released"] as const;
export type StampVerdict = (typeof STAMP_VERDICTS)[number];
export const commandOfVerdict: Readonly<Record<StampVerdict, ImpressionCommand>> = {
  settled: "rule-settled",
  spoiled: "rule-spoiled",
  released: "rule-released",
};

/** What shows what an impression was: a photo of the paper, or what somebody wrote and signed about it. */
export type RulingEvidence = "photo" | "statement";

export interface ImpressionRuled {
  readonly type: "ImpressionRuled";
  /** Null where it is a proposal that a second person has to agree to. */
  readonly command: ImpressionCommand | null;
}

/**
 * Whether people who had a duty in a use may settle by themselves what is not known of it: only in the small profile, and only where
 * nobody is entitled who had none.
 */
export const mayDutiesSettle = (facts: {
  readonly profile: Profile;
  readonly entitled: readonly string[];
  /** Applicant, handler and who stamped. */
  readonly parts: readonly string[];
  /** Who released, approved, signed or supervised it. */
  readonly duties: readonly string[];
}): boolean =>
  facts.profile === "small" &&
  facts.entitled.every((person) => facts.parts.includes(person) || facts.duties.includes(person));

/**
 * What two people decide of an impression that nobody could tell: the first says what it was and why, with evidence, and it is so
 * once another says the same. Who asked for the use or stamped it is neither of them; of those who released, approved, signed or
 * supervised it one may be, and never both, unless nobody else is there. What was pressed and photographed is never unused.
 */
export function decideRuling(facts: {
  readonly actorId: string;
  readonly state: ImpressionState;
  readonly entitled: boolean;
  /** Applicant, handler and who stamped. */
  readonly parts: readonly string[];
  /** Who released, approved, signed or supervised it. */
  readonly duties: readonly string[];
  /** By `mayDutiesSettle`. */
  readonly dutiesMaySettle: boolean;
  readonly verdict: StampVerdict;
  readonly reason: string;
  /** What he adds to his word: a photo of the paper, or a written statement. */
  readonly evidence: RulingEvidence | null;
  /** Where that photo, or the one of the proposal that he agrees to, was given before. */
  readonly photoUse: PhotoUse;
  /** Whether who stamped said so, and no photo of his speaks against it by showing another copy. */
  readonly pressed: boolean;
  /** What was said last and nobody has agreed to yet. */
  readonly proposed: {
    readonly by: string;
    readonly verdict: StampVerdict;
    readonly evidence: RulingEvidence | null;
  } | null;
}): Decision<ImpressionRuled> {
  const { actorId, verdict, proposed } = facts;
  const refusals: Refusal[] = [];
  if (facts.state !== "unknown") refusals.push(refuse("ruling.not-unknown", { state: facts.state }, "C09"));
  if (facts.parts.includes(actorId)) refusals.push(refuse("ruling.had-part", {}, "C11"));
  else if (!facts.entitled) refusals.push(refuse("ruling.not-entitled", {}, "C11"));
  if (facts.reason.trim() === "") refusals.push(refuse("stamping.reason-missing"));
  const agrees = proposed !== null && proposed.verdict === verdict;
  if (agrees && proposed.by === actorId) refusals.push(refuse("ruling.second-person", {}, "C11"));
  else if (agrees && !facts.dutiesMaySettle && [actorId, proposed.by].every((one) => facts.duties.includes(one)))
    refusals.push(refuse("ruling.both-had-duty", {}, "C11"));
  const given = [facts.evidence, agrees ? proposed.evidence : null];
  if (verdict === "released" && facts.pressed) refusals.push(refuse("ruling.was-pressed", {}, "C09"));
  if (verdict === "spoiled" && !given.includes("photo")) refusals.push(refuse("ruling.photo-missing", {}, "C09"));
  else if (given.every((one) => one === null)) refusals.push(refuse("ruling.evidence-missing", {}, "C09"));
  if (isOfOtherPaper(facts.photoUse)) refusals.push(refuse("stamping.photo-used", {}, "C09"));
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, events: [{ type: "ImpressionRuled", command: agrees ? commandOfVerdict[verdict] : null }] };
}

/** The places of one copy after the other, in the order they are stamped. */
export function listCopies<P>(copies: number, places: readonly P[]): { readonly copy: number; readonly place: P }[] {
  return Array.from({ length: copies }, (_, at) => places.map((place) => ({ copy: at + 1, place }))).flat();
}
