import type { GateAnswer } from "./gate.ts";
import type { ImpressionCommand } from "./impression.ts";
import type { MessageCode } from "./messages.ts";
import { listTagRefusals } from "./piece-moves.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { ImpressionState } from "./vocabulary.ts";

/** A piece of a seal with the controller that it sits in, as journal and books tell. */
export interface PieceInController {
  /** Null where no controller tells that the piece was put into it. */
  readonly controller: {
    readonly enrolled: boolean;
    readonly quarantined: boolean;
    /** Each the newest word of its journal: tampering that is latched, and a lock. */
    readonly tampered: boolean;
    readonly locked: boolean;
    /** The container it stands for in the books; null: none yet. */
    readonly containerId: string | null;
  } | null;
  /** Where the piece is by the books, as an account: `container:…`, `person:…`; null before the first posting. */
  readonly place: string | null;
  /** Whether who stamps has a finger on the controller. */
  readonly stamperKnown: boolean;
  /** Whether who supervises has one; null where nobody has to. */
  readonly supervisorKnown: boolean | null;
}

/** Why a piece cannot be pressed by the controller now, whatever the gate says of the request. */
export function listPieceRefusals(piece: PieceInController): Refusal[] {
  const { controller } = piece;
  if (controller === null) return [refuse("controller.use-not-mounted", {}, "C08")];
  if (!controller.enrolled) return [refuse("controller.hindrance-revoked", {}, "C18")];
  const inIt = controller.containerId !== null && piece.place === `container:${controller.containerId}`;
  const found: readonly (readonly [boolean, Refusal])[] = [
    [controller.quarantined, refuse("controller.hindrance-quarantined", {}, "C18")],
    [controller.tampered, refuse("controller.hindrance-tampered", {}, "C18")],
    [controller.locked, refuse("controller.hindrance-locked", {}, "C18")],
    [controller.containerId === null, refuse("controller.use-no-container", {}, "C13")],
    [controller.containerId !== null && !inIt, refuse("controller.use-books-differ", {}, "C13")],
    [!piece.stamperKnown, refuse("controller.use-stamper-unknown", {}, "C08")],
    [piece.supervisorKnown === false, refuse("controller.use-supervisor-unknown", {}, "C04")],
  ];
  return found.filter(([holds]) => holds).map(([, refusal]) => refusal);
}

export interface AuthorisationAllowed {
  readonly type: "AuthorisationAllowed";
  /** Most impressions. */
  readonly most: number;
}

/**
 * Whether the authority signs: the gate's yes is the rule; beside it the piece has to sit in a controller that obeys, nothing
 * else may be authorised for the same piece of the same request, and what is authorised is what is reserved and not more than
 * was approved and is not used (C01, C09).
 */
export function decideAuthorisation(facts: {
  readonly gate: GateAnswer;
  /** Whether it was opened for a controller, and has not ended. */
  readonly open: boolean;
  readonly piece: PieceInController;
  readonly stamperId: string | null;
  readonly supervisorId: string | null;
  /** Impressions of this piece in this request: approved, made or not known, and reserved. */
  readonly approved: number;
  readonly used: number;
  readonly reserved: number;
  /** Authorisations of the same piece in the same request that are not over. */
  readonly living: number;
}): Decision<AuthorisationAllowed> {
  const { gate, stamperId, supervisorId, reserved } = facts;
  const unmet = gate.conditions.filter(({ met }) => !met);
  const left = Math.max(0, facts.approved - facts.used);
  const found: readonly (readonly [boolean, Refusal])[] = [
    [!facts.open, refuse("authorisation.not-open", {}, "C01")],
    [stamperId !== null && stamperId === supervisorId, refuse("authorisation.same-person", {}, "C11")],
    [facts.living > 0, refuse("authorisation.living-already", {}, "C09")],
    [reserved < 1, refuse("authorisation.nothing-left", {}, "C09")],
    [reserved > left, refuse("authorisation.over-budget", { left, asked: reserved }, "C09")],
  ];
  const refusals = [
    // Every code of the gate has its text.
    ...unmet.map((one) => refuse(one.code as MessageCode, one.facts, one.control)),
    ...listPieceRefusals(facts.piece),
    ...found.filter(([holds]) => holds).map(([, refusal]) => refusal),
  ];
  return refusals.length > 0
    ? { ok: false, refusals }
    : { ok: true, events: [{ type: "AuthorisationAllowed", most: reserved }] };
}

/** What a controller says of a stroke: the seal reached the paper, never left the box, or nobody can tell. */
export type StrokeOutcome = "done" | "aborted" | "unknown";

/** What becomes of a request's impressions by one stroke of its piece. */
export type StrokeTaken =
  | { readonly kind: "impression"; readonly at: number; readonly command: ImpressionCommand | null }
  /** It never left the box: its impression is still to be made. */
  | { readonly kind: "given-back" }
  /** Nothing of what was authorised is left for it. */
  | { readonly kind: "excess" };

/**
 * Which impression a stroke made: the first that is still reserved, in the order they are stamped. One that came to light after
 * people had ended the stamping belongs to the first that nobody could tell of, or that two people then decided was made, and
 * decides nothing about it. A stroke for which none is left is one too many.
 */
export function takeStroke(
  out: StrokeOutcome,
  impressions: readonly { readonly state: ImpressionState; readonly stroke: boolean }[],
): StrokeTaken {
  if (out === "aborted") return { kind: "given-back" };
  const next = impressions.findIndex(({ state }) => state === "reserved");
  if (next >= 0) return { kind: "impression", at: next, command: out === "done" ? "press" : "doubt" };
  const find = (...states: ImpressionState[]): number =>
    impressions.findIndex(({ state, stroke }) => states.includes(state) && !stroke);
  const open = find("unknown");
  const untold = open >= 0 ? open : find("settled", "spoiled");
  return untold >= 0 ? { kind: "impression", at: untold, command: null } : { kind: "excess" };
}

/** What two people at a box carry out by an order of the authority. */
export const CONTROLLER_ORDERS = ["mount", "unmount", "cred-add", "cred-del", "inspect", "unlock"] as const;
export type ControllerOrder = (typeof CONTROLLER_ORDERS)[number];
/** With the one that nobody asks for by itself: it follows from what two people agreed to about a quarantine. */
export const CONTROLLER_ORDERS_SHOWN = [...CONTROLLER_ORDERS, "reset-epoch"] as const;

/** Why the authority signs no such order: by whom it is carried out, and what it is about. */
export function listOrderRefusals(facts: {
  readonly kind: ControllerOrder;
  readonly enrolled: boolean;
  readonly askedBy: string;
  readonly by: readonly [string, string];
  /** Who has a finger on the box, and who may manage it today. */
  readonly known: (personId: string) => boolean;
  readonly manages: (personId: string) => boolean;
  /** Of mount and unmount: the piece. */
  readonly piece: {
    /** Whether it is a piece of a seal of this entity; to be put in, one that is in use: out comes also what was frozen or stopped since. */
    readonly fit: boolean;
    /** Who answers for it. */
    readonly custodians: readonly string[];
    /** Whether it sits in this box now, and in whichever box. */
    readonly here: boolean;
    readonly mounted: boolean;
    /** Whether its slot is taken by another one. */
    readonly slotTaken: boolean;
    /** The tag under which it lies for a short handover; null: none. */
    readonly tag: string | null;
  } | null;
  /** Of cred-add: whether the person is there and at work in this entity; of cred-del: whether the box knows the handle. */
  readonly finger: boolean | null;
}): Refusal[] {
  const { kind, by, piece } = facts;
  const aboutPiece = kind === "mount" || kind === "unmount";
  const found: readonly (readonly [boolean, Refusal])[] = [
    [!facts.enrolled, refuse("controller.hindrance-not-enrolled", {}, "C18")],
    [by[0] === by[1], refuse("order.same-person", {}, "C11")],
    [!by.includes(facts.askedBy), refuse("order.not-asker", {}, "C18")],
    [by.some((one) => !facts.manages(one)), refuse("order.not-managing", {}, "C18")],
    [by.some((one) => !facts.known(one)), refuse("order.no-finger", {}, "C18")],
    [aboutPiece && piece?.fit !== true, refuse("order.piece-unfit", {}, "C10")],
    // Who keeps the piece puts it in and takes it out; the second person sees it.
    [
      aboutPiece && piece?.fit === true && !piece.custodians.some((one) => by.includes(one)),
      refuse("order.no-custodian", {}, "C08"),
    ],
    [kind === "mount" && piece?.mounted === true, refuse("order.mounted-already", {}, "C08")],
    [kind === "mount" && piece?.slotTaken === true, refuse("order.slot-taken", {}, "C18")],
    [kind === "unmount" && piece?.fit === true && !piece.here, refuse("order.not-mounted", {}, "C08")],
    [kind === "cred-add" && facts.finger !== true, refuse("order.person-unfit", {}, "C12")],
    [kind === "cred-del" && facts.finger !== true, refuse("order.finger-unknown", {}, "C18")],
  ];
  return [
    ...found.filter(([holds]) => holds).map(([, refusal]) => refusal),
    // What is only kept is put into no box, where it would be used.
    ...(kind === "mount" ? listTagRefusals(piece?.tag ?? null) : []),
  ];
}

/** How an authorisation stands for who waits at the box; what is over says no more. */
export const AUTHORISATION_TURNS = [
  ...(["asked", "refused", "signed", "sent", "accepted", "in-use", "rejected", "revoking", "over"] as const),
] as const;
export type AuthorisationTurn = (typeof AUTHORISATION_TURNS)[number];
