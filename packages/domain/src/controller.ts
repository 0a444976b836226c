import { type Refusal, refuse } from "./refusal.ts";
import type { LocalName } from "./vocabulary.ts";

/** Where a controller stands with the platform; what the box itself is doing, it says itself. */
export const CONTROLLER_STATES = ["awaiting-device", "awaiting-confirmation", "enrolled", "revoked"] as const;
export type ControllerState = (typeof CONTROLLER_STATES)[number];
export const controllerStateNames: Readonly<Record<ControllerState, LocalName>> = {
  "awaiting-device": { en: "Waits for the controller", zh: "等待设备接入" },
  "awaiting-confirmation": { en: "Waits for the second person", zh: "等待第二人确认" },
  enrolled: { en: "Enrolled", zh: "已注册" },
  revoked: { en: "Revoked", zh: "已吊销" },
};

/** What happens to a controller's enrolment: a new pairing code, the box that presents one, two people, and its end. */
export const CONTROLLER_EVENTS = ["renew", "present", "confirm", "decline", "revoke"] as const;
export type ControllerEvent = (typeof CONTROLLER_EVENTS)[number];

const moves: Readonly<Record<ControllerState, Partial<Readonly<Record<ControllerEvent, ControllerState>>>>> = {
  "awaiting-device": { renew: "awaiting-device", present: "awaiting-confirmation", revoke: "revoked" },
  // Whoever renews the code gives up what a box has presented meanwhile.
  "awaiting-confirmation": {
    renew: "awaiting-device",
    confirm: "enrolled",
    decline: "awaiting-device",
    revoke: "revoked",
  },
  enrolled: { revoke: "revoked" },
  // Nothing brings a revoked controller back: its box is enrolled anew, under another name and key.
  revoked: {},
};

/** The next state, or why not. */
export function stepController(
  state: ControllerState,
  event: ControllerEvent,
): { readonly ok: true; readonly state: ControllerState } | { readonly ok: false; readonly refusal: Refusal } {
  const next = moves[state][event];
  return next === undefined
    ? { ok: false, refusal: refuse("controller.not-now", { controllerState: state }, "C18") }
    : { ok: true, state: next };
}

/** How a box stands for who waits at it, the graver first: what is revoked or in quarantine presses nothing more that counts. */
export const BOX_STANDINGS = ["revoked", "quarantined", "offline", "connected"] as const;
export type BoxStanding = (typeof BOX_STANDINGS)[number];

/** A box that was revoked is not connected, whatever was last heard of it. */
export function standingOfBox(box: {
  readonly state: ControllerState;
  readonly quarantined: boolean;
  readonly online: boolean;
}): BoxStanding {
  if (box.state === "revoked") return "revoked";
  if (box.quarantined) return "quarantined";
  return box.state === "enrolled" && box.online ? "connected" : "offline";
}
/** Whether nothing that such a box says will ever be counted: a stamping at it ends without its word. */
export const isBeyondWord = (standing: BoxStanding): boolean => standing === "revoked" || standing === "quarantined";

/** A pairing code is good for half an hour and five tries, a comparison for three (SealLink 1, clause 3.2). */
export const pairing = { minutes: 30, tries: 5, comparisonTries: 3, length: 10 } as const;

/** Letters and digits that nobody takes for one another, as base 32 by Crockford has them. */
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A pairing code from that many random bytes; 32 divides 256, so that each code is as likely as any other. */
export function composePairingCode(random: Uint8Array): string {
  return [...random.subarray(0, pairing.length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}

/** A code as somebody typed it, in the one way it is written; null where it can be none. */
export function readPairingCode(text: string): string | null {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return code.length === pairing.length && [...code].every((sign) => alphabet.includes(sign)) ? code : null;
}

export interface Pairing {
  readonly expiresAt: number;
  readonly triesLeft: number;
}

/** Why a code that was presented is not looked at any more. A box is not told which of them it was. */
export function isPairingOver({ expiresAt, triesLeft }: Pairing, now: number): boolean {
  return now >= expiresAt || triesLeft <= 0;
}

/** Dual control of an enrolment: whoever made the row or the code does not confirm what came with it. */
export function listEnrolmentRefusals(asked: {
  readonly personId: string;
  readonly registeredBy: string;
  readonly pairedBy: string;
  readonly expiresAt: number;
  readonly now: number;
}): Refusal[] {
  const { personId, registeredBy, pairedBy, expiresAt, now } = asked;
  return [
    ...(personId === registeredBy || personId === pairedBy ? [refuse("controller.confirm-self", {}, "C18")] : []),
    ...(now >= expiresAt ? [refuse("controller.pairing-over", {}, "C18")] : []),
  ];
}
