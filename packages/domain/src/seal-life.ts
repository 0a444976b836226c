import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { SealDuty } from "./seal-positions.ts";
import type { Role } from "./vocabulary.ts";

/** The states of a seal's bodies (product.md, 'Life of a seal'), physical and electronic. */
export const SEAL_STATES = [
  "requested",
  "approved-for-engraving",
  "made",
  "filed",
  "awaiting-issue",
  "in-use",
  "in-handover",
  "taken-out",
  "frozen",
  "stopped",
  "surrendered",
  "sealed-up",
  "destroyed",
  "cancelled",
  "lost",
  "void",
] as const;
export type SealState = (typeof SEAL_STATES)[number];
export const SEAL_BODIES = ["physical", "electronic"] as const;
export type SealBody = (typeof SEAL_BODIES)[number];

export const SEAL_COMMANDS = [
  "approve-engraving",
  "make",
  "file",
  "keep-specimen",
  "put-in-use",
  "begin-handover",
  "end-handover",
  "take-out",
  "return",
  "freeze",
  "unfreeze",
  "stop",
  "resume",
  "surrender",
  "seal-up",
  "destroy",
  "cancel",
  "report-loss",
  "find",
  "declare-void",
] as const;
export type SealCommand = (typeof SEAL_COMMANDS)[number];

type Machine = Readonly<Partial<Record<SealState, Partial<Record<SealCommand, SealState>>>>>;

/**
 * One machine for each body: what is not named here is refused by name. A rubber face exists only by the engraving route
 * (C23) and ends under the eyes of two; a key ends by being cancelled. A frozen seal remembers nothing: unfreezing puts
 * it back in use, because a handover or a take-out that was under way is ended by its own rules first. A piece may be
 * lost from wherever it lies, and comes back only through freezing: the approved matter that ends the loss also ends the
 * freeze that the loss began, and no person alone does (`seal-freeze.ts`).
 */
const machines: Readonly<Record<SealBody, Machine>> = {
  physical: {
    requested: { "approve-engraving": "approved-for-engraving", cancel: "cancelled" },
    "approved-for-engraving": { make: "made", cancel: "cancelled" },
    made: { file: "filed", stop: "stopped", "report-loss": "lost" },
    filed: { "keep-specimen": "awaiting-issue", stop: "stopped", "report-loss": "lost" },
    "awaiting-issue": { "put-in-use": "in-use", stop: "stopped", "report-loss": "lost" },
    "in-use": {
      freeze: "frozen",
      stop: "stopped",
      "begin-handover": "in-handover",
      "take-out": "taken-out",
      "report-loss": "lost",
    },
    "in-handover": { "end-handover": "in-use", freeze: "frozen", stop: "stopped", "report-loss": "lost" },
    "taken-out": { return: "in-use", freeze: "frozen", stop: "stopped", "report-loss": "lost" },
    frozen: { unfreeze: "in-use", stop: "stopped", "report-loss": "lost" },
    stopped: { resume: "in-use", surrender: "surrendered", "report-loss": "lost" },
    surrendered: { "seal-up": "sealed-up", "report-loss": "lost" },
    "sealed-up": { destroy: "destroyed", "report-loss": "lost" },
    lost: { find: "frozen", "declare-void": "void" },
    void: { destroy: "destroyed" },
  },
  electronic: {
    requested: { make: "made", cancel: "cancelled" },
    made: { file: "filed", cancel: "cancelled" },
    filed: { "put-in-use": "in-use", stop: "stopped" },
    "in-use": { freeze: "frozen", stop: "stopped", "begin-handover": "in-handover" },
    // A key changes hands as a piece does: until the last confirmation nothing is sealed with it.
    "in-handover": { "end-handover": "in-use", freeze: "frozen", stop: "stopped" },
    frozen: { unfreeze: "in-use", stop: "stopped" },
    stopped: { resume: "in-use", cancel: "cancelled" },
  },
};

/** Whether the machine of a body names a transition for the command, whoever is named for the seal. */
export function hasWay(body: SealBody, state: SealState, command: SealCommand): boolean {
  return machines[body][state]?.[command] !== undefined;
}

/** States a seal never leaves. Everything else has a way on. */
/** Whether a seal in this state goes on to be kept for use, so that somebody has to take it over. */
export const isKeptOn = (state: SealState): boolean =>
  !["stopped", "surrendered", "sealed-up", "destroyed", "cancelled", "lost", "void"].includes(state);

export const finalSealStates: readonly SealState[] = ["destroyed", "cancelled"];

/** States in which a seal is out of use for good or for now; it no longer counts against its custodians. */
const endedSealStates: readonly SealState[] = ["stopped", "surrendered", "sealed-up", "destroyed", "cancelled", "void"];
export const isLiveSeal = (state: SealState): boolean => !endedSealStates.includes(state);

/** Who must be named before a seal may be used, and how many. */
export interface SealCrew {
  readonly custodians: number;
  readonly signatories: number;
  readonly supervisors: number;
  readonly certificateKeepers: number;
  readonly inspectors: number;
}

export interface SealLifeContext {
  readonly body: SealBody;
  readonly important: boolean;
  readonly crew: SealCrew;
  /** Of those named, who has not confirmed his position yet: what he is named for takes force only then. */
  readonly awaiting: readonly { readonly role: Role; readonly person: string }[];
  /** How many have to be named for each duty before the seal is put in use. */
  readonly needed: Readonly<Record<SealDuty, number>>;
  readonly certificateValid: boolean;
  /** Whether the actor froze the seal, reported its loss or asked for the end of one: he does not unfreeze it. */
  readonly actorFroze: boolean;
  /** Whether a piece of the seal is lost: nobody unfreezes it, the matter that ends the loss does. */
  readonly lossOpen: boolean;
  /** Whether the body was kept for use before it was frozen. */
  readonly wasInUse: boolean;
}

export interface SealStateChanged {
  readonly type: "SealStateChanged";
  readonly command: SealCommand;
  readonly from: SealState;
  readonly to: SealState;
}

/** What a command makes of a seal, or why not: a named transition or a named refusal for every command in every state. */
export function decideSeal(
  state: SealState,
  command: SealCommand,
  context: SealLifeContext,
): Decision<SealStateChanged> {
  const to = machines[context.body][state]?.[command];
  if (to === undefined) {
    return { ok: false, refusals: [refuse("seal.command-not-possible", { state, command }, "C10")] };
  }
  const refusals = to === "in-use" ? listObstacles(command, context) : [];
  if (refusals.length > 0) return { ok: false, refusals };
  return { ok: true, events: [{ type: "SealStateChanged", command, from: state, to }] };
}

export function applySeal(state: SealState, event: SealStateChanged): SealState {
  return event.from === state ? event.to : state;
}

/**
 * Who has to confirm his position before a body goes in use: everybody named for a duty that too few others hold in force
 * (C11). A body that only comes back to its custodian waits for nobody.
 */
function listUnconfirmed({ body, crew, needed, awaiting }: SealLifeContext): Refusal[] {
  const duties: readonly (readonly [role: Role, named: number, needed: number])[] = [
    ["custodian", crew.custodians, needed.custodian + needed.deputy],
    ["signatory", crew.signatories, needed.signatory],
    ["supervisor", crew.supervisors, needed.supervisor],
    ["certificate-keeper", crew.certificateKeepers, body === "electronic" ? 1 : 0],
    ["inspector", crew.inspectors, needed.inspector],
  ];
  return duties.flatMap(([role, named, wanted]) => {
    const own = awaiting.filter((one) => one.role === role);
    return named - own.length >= wanted
      ? []
      : own.map(({ person }) => refuse("seal.position-unconfirmed", { role, person }, "C11"));
  });
}

/** Whether nothing keeps a body from use but people who have to confirm their positions. */
export const waitsForConfirmations = (refusals: readonly Refusal[]): boolean =>
  refusals.length > 0 && refusals.every((one) => one.code === "seal.position-unconfirmed");

function listObstacles(command: SealCommand, context: SealLifeContext): Refusal[] {
  const { body, important, crew, needed, certificateValid, actorFroze, lossOpen, wasInUse } = context;
  const refusals: Refusal[] = [];
  // Everybody is asked for where somebody decides that it goes into use; not where it only comes back to its custodian.
  const issued = command === "put-in-use" || command === "resume";
  if (crew.custodians < needed.custodian)
    refusals.push(refuse("seal.custodians-missing", { named: crew.custodians, needed: needed.custodian }, "C12"));
  else if (issued && crew.custodians < needed.custodian + needed.deputy)
    refusals.push(refuse("seal.deputy-missing", {}, "C12"));
  if (crew.signatories < needed.signatory) refusals.push(refuse("seal.signatory-missing", {}, "C11"));
  if ((issued || important) && crew.supervisors < needed.supervisor)
    refusals.push(refuse("seal.supervisor-missing", {}, "C04"));
  if (issued && crew.inspectors < needed.inspector) refusals.push(refuse("seal.inspector-missing", {}, "C16"));
  if (issued) refusals.push(...listUnconfirmed(context));
  if (body === "electronic" && crew.certificateKeepers < 1)
    refusals.push(refuse("seal.certificate-keeper-missing", {}, "C11"));
  if (body === "electronic" && !certificateValid) refusals.push(refuse("seal.certificate-not-valid", {}, "C10"));
  if (command === "unfreeze" && lossOpen) refusals.push(refuse("seal.unfreeze-while-lost", {}, "C10"));
  if (command === "unfreeze" && !wasInUse) refusals.push(refuse("seal.unfreeze-not-issued", {}, "C10"));
  if (command === "unfreeze" && actorFroze) refusals.push(refuse("seal.unfreeze-by-freezer", {}, "C11"));
  return refusals;
}
