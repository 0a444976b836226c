import { type Refusal, refuse } from "./refusal.ts";
import type { SealUseRequestState } from "./vocabulary.ts";

/**
 * What a seal is brought out of its container for: to be stamped with under a request, for a matter or a check that names it, or for
 * something else that no record speaks of, such as cleaning.
 */
export const BRING_PURPOSES = ["stamping", "matter", "check", "other"] as const;
export type BringPurpose = (typeof BRING_PURPOSES)[number];

export interface BringWanted {
  readonly purpose: BringPurpose;
  readonly reason: string;
  /** The request that it is to be stamped under: how it stands, and how many impressions of this very piece it has left; null where he has not released it. */
  readonly request: { readonly number: string; readonly state: SealUseRequestState; readonly left: number } | null;
  /** Whether the matter or the check is under way and names the piece. */
  readonly recorded: boolean;
}

/**
 * Why a piece is not brought out for this (C08, C13): a stamping is released, is in the hands of who brings it out, and has impressions left;
 * a matter or check is under way and names the piece. Anything else needs its reason, and is told (`isToldOf`).
 */
export function listBringOutRefusals({ purpose, reason, request, recorded }: BringWanted): Refusal[] {
  if (purpose === "stamping") {
    if (request === null) return [refuse("custody.no-stamping", {}, "C13")];
    // Released, it may still wait for its supervisor, who stands beside the seal when it is out.
    if (request.state !== "opened" && request.state !== "authorised")
      return [refuse("custody.stamping-not-open", { number: request.number, state: request.state }, "C13")];
    return request.left > 0 ? [] : [refuse("custody.stamping-done", { number: request.number }, "C13")];
  }
  if (purpose !== "other") return recorded ? [] : [refuse("custody.no-record", {}, "C13")];
  return /[\p{L}\p{N}].*[\p{L}\p{N}]/su.test(reason) ? [] : [refuse("custody.reason-missing", {}, "C13")];
}

/** Whether somebody who watches the seals is told that it is out: no request, matter or check says why. */
export const isToldOf = (purpose: BringPurpose): boolean => purpose === "other";

/** A stamping that is not over and has impressions of a piece left. */
export interface StampingInHand {
  readonly number: string;
  readonly open: number;
  readonly total: number;
}

/**
 * Why a piece is not put away yet (C13): a stamping with it is not over. Nobody is kept from putting it away; he says why, so that the
 * line of the register tells.
 */
export function listPutAwayRefusals(facts: {
  readonly stampings: readonly StampingInHand[];
  readonly reason: string;
}): Refusal[] {
  const [first] = facts.stampings;
  if (!first || facts.reason.trim() !== "") return [];
  return [refuse("custody.stamping-open", { number: first.number, open: first.open, total: first.total }, "C13")];
}
