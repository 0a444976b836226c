import type { AlarmCode, FindingCode, JournalRecord, ReasonCode } from "@chancery/seallink";
import type { PersonName } from "./people.ts";

/** What somebody, or the way a message goes, did: the keys of `acts` in the lab's texts. */
export const actNames = [
  "start",
  "pair",
  "confirm",
  "order",
  "finger",
  "openDoor",
  "closeDoor",
  "apply",
  "approve",
  "waits",
  "choose",
  "press",
  "hold",
  "shake",
  "carry",
  "lift",
  "bringBack",
  "unplug",
  "plug",
  "powerOff",
  "powerOn",
  "cutInStroke",
  "jam",
  "battery",
  "register",
  "newEpoch",
  "inspect",
  "trick",
  "noPower",
  "noNetwork",
] as const;
export type ActName = (typeof actNames)[number];

/** One thing that happened, to be told in one sentence. */
export type LabEvent = {
  readonly id: number;
  /** Milliseconds since 1970 in the lab. */
  readonly at: number;
} & (
  | { readonly kind: "act"; readonly act: ActName; readonly person?: PersonName; readonly what?: string }
  | { readonly kind: "record"; readonly record: JournalRecord }
  | { readonly kind: "found"; readonly code: FindingCode | AlarmCode; readonly detail: string }
);

/** A record as the box wrote it, and what became of it. */
export interface JournalEntry {
  readonly text: string;
  readonly hash: string;
  readonly record: JournalRecord;
  /** What the platform made of it; undefined while it has not come there. */
  readonly verdict?: "accept" | "pending" | "refuse";
}

export type Tone = "plain" | "seal" | "refused" | "alarm";

/** How a record is marked: an impression, a refusal of the box, an alarm, or nothing of note. */
export function toneOfRecord(record: JournalRecord): Tone {
  if (record.ty.startsWith("alarm.")) return "alarm";
  if (record.ty === "auth.reject" || record.ty === "stamp.refuse") return "refused";
  return record.ty === "stamp.end" && record.out === "done" ? "seal" : "plain";
}

/** How a thing that happened is marked. */
export function toneOf(event: LabEvent): Tone {
  if (event.kind === "record") return toneOfRecord(event.record);
  return event.kind === "found" ? "alarm" : "plain";
}

/** Tricks that somebody may try, in the order of the page. */
export const cheatNames = [
  "replay",
  "otherBox",
  "pressAgain",
  "samePerson",
  "emergencyAlone",
  "forge",
  "changeRecord",
  "dropRecord",
  "clockBack",
  "restoreFlash",
  "bypass",
] as const;
export type CheatName = (typeof cheatNames)[number];

/** What came of a trick: why the box refused, where it noticed at all, and what the platform found. */
export interface CheatResult {
  readonly box: ReasonCode | undefined;
  readonly platform: readonly (FindingCode | AlarmCode)[];
}
