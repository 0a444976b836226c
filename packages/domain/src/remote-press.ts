import type { GateAnswer } from "./gate.ts";
import type { MessageCode } from "./messages.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";

/** How long who supervises from elsewhere may look at the paper of one press, in milliseconds since it was asked. */
export const remoteLookLife = 120_000;
/** How long the controller may press on his word, in milliseconds: what lies there is what he saw a moment ago. */
export const remoteAgreementLife = 60_000;

/**
 * One press that waits for who supervises from elsewhere: asked with a picture of the paper; agreed to or refused; pressed; or lapsed,
 * because he was too late, another picture was taken, the box was disturbed, or what was authorised ended.
 */
export const REMOTE_LOOK_STATES = ["waiting", "agreed", "refused", "pressed", "lapsed"] as const;
export type RemoteLookState = (typeof REMOTE_LOOK_STATES)[number];
export const REMOTE_LAPSES = ["late", "retaken", "disturbed", "ended"] as const;
export type RemoteLapse = (typeof REMOTE_LAPSES)[number];
export const REMOTE_VERDICTS = ["agree", "refuse"] as const;
export type RemoteVerdict = (typeof REMOTE_VERDICTS)[number];

/**
 * Why a stamping with a controller cannot be supervised from elsewhere. Its supervisor is whom the gate asks for in any case, so
 * that where nobody supervises there is nobody to look; in an emergency he stands beside it; and of a blank sheet no picture
 * tells which one it is.
 */
export function listRemoteRefusals(facts: {
  readonly supervised: boolean;
  readonly emergency: boolean;
  readonly blankSheets: boolean;
  /** Whether every piece sits in a controller that speaks for itself: a maker's cloud asks nobody before a press. */
  readonly direct: boolean;
}): Refusal[] {
  const found: readonly (readonly [boolean, Refusal])[] = [
    [!facts.supervised, refuse("remote.not-supervised", {}, "C04")],
    [facts.emergency, refuse("remote.emergency", {}, "C04")],
    [facts.blankSheets, refuse("remote.blank-sheets", {}, "C04")],
    [!facts.direct, refuse("remote.vendor-cloud", {}, "C04")],
  ];
  return found.filter(([holds]) => holds).map(([, refusal]) => refusal);
}

/** What becomes of a look by time alone: undefined while it may still be answered, or pressed on. */
export function findRemoteLapse(look: {
  readonly state: RemoteLookState;
  readonly expiresAt: number;
  readonly answeredAt: number | null;
  readonly now: number;
}): RemoteLapse | undefined {
  const { state, expiresAt, answeredAt, now } = look;
  if (state === "waiting") return now >= expiresAt ? "late" : undefined;
  if (state === "agreed" && answeredAt !== null) return now - answeredAt >= remoteAgreementLife ? "late" : undefined;
  return undefined;
}

/** How lately he has to have answered another press of the stamping to be at it still, in milliseconds: he is written to no more. */
export const remoteAtIt = 5 * 60_000;

export const isAtRemotePresses = (lastAnsweredAt: number | null, now: number): boolean =>
  lastAnsweredAt !== null && now - lastAnsweredAt < remoteAtIt;

export interface RemotePressAnswered {
  readonly type: "RemotePressAnswered";
  readonly verdict: RemoteVerdict;
}

export interface RemoteAnswerFacts {
  readonly verdict: RemoteVerdict;
  readonly reason: string;
  readonly actorId: string;
  /** Who confirmed the stamping, and who opened it. */
  readonly confirmedBy: string | null;
  readonly stamperId: string;
  readonly applicantId: string;
  readonly handlerId: string | null;
  /** The gate's answer for the impression that would be pressed. */
  readonly gate: GateAnswer;
  readonly look: {
    readonly state: RemoteLookState;
    readonly expiresAt: number;
    readonly answeredAt: number | null;
    /** Whether its picture has arrived and can be seen. */
    readonly pictured: boolean;
    /** Over request, impression, number and picture, as they are now. */
    readonly digest: string;
  };
  /** What he says he has seen. */
  readonly digest: string;
  readonly now: number;
}

/**
 * Takes the word of who supervises from elsewhere on one press. He is whom the gate accepts as supervisor and nobody else, never who
 * presses and never who applied. To refuse he needs no more than to be him; to agree he has to have seen this very picture, in
 * time, and the gate has to say yes now.
 */
export function decideRemoteAnswer(facts: RemoteAnswerFacts): Decision<RemotePressAnswered> {
  const { verdict, actorId, look, gate, now } = facts;
  const apart = ![facts.stamperId, facts.applicantId, facts.handlerId].includes(actorId);
  const isSupervisor = facts.confirmedBy === actorId && apart;
  const lapse = findRemoteLapse({ ...look, now });
  const found: (readonly [boolean, Refusal])[] = [
    [!isSupervisor, refuse("remote.not-supervisor", {}, "C04")],
    [look.state !== "waiting", refuse("remote.answered", {}, "C04")],
    [lapse !== undefined, refuse("remote.late", {}, "C04")],
  ];
  if (verdict === "refuse") found.push([facts.reason.trim() === "", refuse("remote.reason-missing", {}, "C04")]);
  else {
    const accepted = gate.allowed && gate.authorisation.supervisorId === actorId;
    found.push(
      [!look.pictured, refuse("remote.no-picture", {}, "C09")],
      [facts.digest !== look.digest, refuse("remote.other-picture", {}, "C17")],
      ...gate.conditions
        .filter(({ met }) => !met)
        // Every code of the gate has its text.
        .map((one) => [true, refuse(one.code as MessageCode, one.facts, one.control)] as const),
      [isSupervisor && gate.allowed && !accepted, refuse("remote.not-supervisor", {}, "C04")],
    );
  }
  const refusals = found.filter(([holds]) => holds).map(([, refusal]) => refusal);
  return refusals.length > 0
    ? { ok: false, refusals }
    : { ok: true, events: [{ type: "RemotePressAnswered", verdict }] };
}
