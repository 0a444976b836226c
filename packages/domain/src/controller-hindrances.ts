import type { ControllerState } from "./controller.ts";
import { type Refusal, refuse } from "./refusal.ts";

/** What is known of a controller when somebody asks why it cannot stamp. */
export interface ControllerCondition {
  readonly state: ControllerState;
  /** Whether the platform has a way to it at all. */
  readonly gateway: "off" | "starting" | "running" | "deaf" | "failed";
  readonly quarantined: boolean;
  readonly online: boolean;
  /** Milliseconds since 1970; null where it was never heard. */
  readonly heardAt: number | null;
  /** How long it may be silent, in milliseconds. */
  readonly maySilent: number;
  readonly battery: number | null;
  /** From its journal, each the newest word: tampering that is latched, a lock, a seal that is mounted. */
  readonly tampered: boolean;
  readonly locked: boolean;
  readonly mounted: boolean;
  /** Records that wait for an earlier one. */
  readonly waiting: number;
  /** Whether the authority that signs authorisations is at work. */
  readonly signs: boolean;
}

/** Without a signed word for so long a box locks itself, where its settings say no less (SealLink 1, clause 3.9). */
export const mostOfflineHours = 72;
const hour = 3_600_000;

/**
 * How long a box may be silent before somebody goes and looks, in milliseconds: by its longest time offline, in seconds, as two people agreed to
 * it and as the box says it is set; the shorter one, for by it the box has locked itself, or should have. A box whose presses each need the platform
 * (0) never locks itself.
 */
export function findMostSilence(maxOffline: { readonly desired: number; readonly reported: number | null }): number {
  const { desired, reported } = maxOffline;
  const limits = [desired, reported ?? 0].filter((one) => one > 0).map((one) => one * 1000);
  return Math.min(mostOfflineHours * hour, ...limits);
}
/** Below this it begins no session. */
const leastBattery = 10;

/** Why a controller cannot stamp now, what has to be mended first standing first; empty where nothing hinders it. */
export function listStampHindrances(controller: ControllerCondition, now: number): Refusal[] {
  const { state, gateway, heardAt, battery, maySilent } = controller;
  if (state === "revoked") return [refuse("controller.hindrance-revoked", {}, "C18")];
  if (state !== "enrolled") return [refuse("controller.hindrance-not-enrolled", {}, "C18")];
  const silent = heardAt === null || now - heardAt > maySilent;
  const found: readonly (readonly [boolean, Refusal])[] = [
    [controller.quarantined, refuse("controller.hindrance-quarantined", {}, "C18")],
    [controller.tampered, refuse("controller.hindrance-tampered", {}, "C18")],
    [controller.locked, refuse("controller.hindrance-locked", {}, "C18")],
    [gateway !== "running", refuse("controller.hindrance-gateway")],
    [heardAt === null, refuse("controller.hindrance-never-heard")],
    [
      heardAt !== null && silent,
      refuse("controller.hindrance-silent", { hours: Math.round((maySilent / hour) * 10) / 10 }),
    ],
    [!silent && !controller.online, refuse("controller.hindrance-offline")],
    [battery !== null && battery <= leastBattery, refuse("controller.hindrance-battery", { battery })],
    [!controller.mounted, refuse("controller.hindrance-no-seal")],
    [controller.waiting > 0, refuse("controller.hindrance-records-missing", { waiting: controller.waiting }, "C18")],
    [!controller.signs, refuse("controller.hindrance-nothing-signs", {}, "C01")],
  ];
  return found.filter(([holds]) => holds).map(([, refusal]) => refusal);
}
