import { type Refusal, refuse } from "./refusal.ts";
import { holdersOf, listUnitsUpwards, type UnitInTree } from "./route.ts";
import type { Grant } from "./separation-matrix.ts";
import type { Role } from "./vocabulary.ts";

/** Whom SealLink tells an alarm to, in its own words (docs/seallink.md; SealLink 1, clause 3.12). */
export const ALARM_TOLD = [
  "custodian",
  "holder",
  "seal-administrator",
  "security",
  "inspector",
  "maintenance",
  "applicant",
  "superior",
  "supervisor",
] as const;
export type AlarmTold = (typeof ALARM_TOLD)[number];
/** Who is told, or asked when those did not answer. */
export type AlarmCircle = AlarmTold | "signatory";
export type AlarmSpeed = "at-once" | "same-day" | "shown";

/**
 * The same in the roles of an organisation, which has none for security or maintenance: what smells of deceit goes to who
 * inspects and who runs the life of seals, what smells of a machine to who keeps the system. An applicant is told of photos
 * that he owes by a task of its own.
 */
const rolesOf: Readonly<Record<Exclude<AlarmCircle, "custodian" | "holder" | "superior" | "supervisor">, Role[]>> = {
  "seal-administrator": ["seal-administrator"],
  security: ["inspector", "seal-administrator"],
  inspector: ["inspector"],
  maintenance: ["system-administrator"],
  applicant: [],
  signatory: ["signatory"],
};

/** Codes about the box alone: the word of whoever keeps it is enough, because no seal hangs on it. */
const upkeep: readonly string[] = ["alarm.lowbat", "alarm.space", "CLOCK_SKEW", "TOKEN_REJECTED", "PRESS_REFUSED"];
/** A finger that says "I am being forced" is never shown to who may stand beside it. */
export const quietAlarms: readonly string[] = ["alarm.duress"];
/** Told on the same day, unless an important seal is in the box: then at once (clause 3.12). */
const atOnceIfImportant: readonly string[] = ["alarm.longpress", "alarm.hits"];

/** What is told at once is never mere upkeep: three presses refused in a row are no slip. */
const isUpkeep = ({ code, speed }: { readonly code: string; readonly speed: AlarmSpeed }): boolean =>
  speed !== "at-once" && upkeep.includes(code);
export const isQuietAlarm = (code: string): boolean => quietAlarms.includes(code);

/** So many presses refused within that time are told at once: somebody tries (SealLink 1, clause 3.12). */
export const refusedPresses = { most: 3, minutes: 10 } as const;

/** How fast an alarm is told at this box. */
export function speedOfAlarm(
  code: string,
  usual: AlarmSpeed,
  box: { readonly important: boolean; readonly refusedLately: number },
): AlarmSpeed {
  if (box.important && atOnceIfImportant.includes(code)) return "at-once";
  if (code === "PRESS_REFUSED" && box.refusedLately >= refusedPresses.most) return "at-once";
  return usual;
}

/** The box as far as it decides whom its alarms concern. */
export interface AlarmPlace {
  readonly entityId: string;
  /** Seals that sit in it. */
  readonly sealIds: readonly string[];
  /** Who answers for them; of an empty box, who holds its locks. */
  readonly custodians: readonly string[];
  /** In whose hand one of them is. */
  readonly holders: readonly string[];
  /** The units of the custodians. */
  readonly unitIds: readonly string[];
  /** Grants in force in its entity. */
  readonly grants: readonly Grant[];
  readonly units: readonly UnitInTree[];
}

/** Who keeps a seal of this box, and so ends no alarm about it alone. */
export const listKeepers = ({ sealIds, custodians, holders, grants }: AlarmPlace): readonly string[] => [
  ...new Set([
    ...custodians,
    ...holders,
    ...holdersOf(grants.filter(({ role, scope }) => role === "custodian" && sealIds.includes(scope.id))),
  ]),
];

function listCircle(circle: AlarmCircle, place: AlarmPlace): readonly string[] {
  const { grants, sealIds } = place;
  switch (circle) {
    case "custodian":
      return listKeepers({ ...place, holders: [] });
    case "holder":
      return place.holders;
    case "supervisor":
      return holdersOf(grants.filter(({ role, scope }) => role === "supervisor" && sealIds.includes(scope.id)));
    case "superior":
      return listHeads(place);
    default:
      return holdersOf(
        grants.filter(
          ({ role, scope }) =>
            rolesOf[circle].includes(role) && (scope.kind === "entity" || sealIds.includes(scope.id)),
        ),
      );
  }
}

/** The nearest heads above each custodian; of nobody's unit, who heads the entity. */
function listHeads({ grants, units, unitIds, custodians }: AlarmPlace): readonly string[] {
  const heads = grants.filter(({ role, personId }) => role === "unit-head" && !custodians.includes(personId));
  const whole = holdersOf(heads.filter(({ scope }) => scope.kind === "entity"));
  const nearest = (unitId: string | null): readonly string[] =>
    listUnitsUpwards(unitId, units)
      .map((id) => holdersOf(heads.filter(({ scope }) => scope.kind === "unit" && scope.id === id)))
      .find((found) => found.length > 0) ?? whole;
  return [...new Set((unitIds.length === 0 ? [null] : unitIds).flatMap(nearest))];
}

/** Who is asked when those before did not answer: heads and who inspects, then who gives authority and keeps the platform. */
const higher: readonly (readonly AlarmCircle[])[] = [
  ["superior", "inspector"],
  ["signatory", "seal-administrator", "maintenance"],
];
/** After a day of hourly calls nobody is called again: the alarm stays open on every page, and so does its finding. */
const mostLevels = 26;

export interface AlarmToTell {
  readonly code: string;
  readonly speed: AlarmSpeed;
  readonly told: readonly AlarmTold[];
  /** Everybody who was told at the levels before. */
  readonly before: readonly string[];
}

export interface Called {
  /** 0: those whom the alarm concerns; then ever higher. */
  readonly level: number;
  readonly people: readonly string[];
}

/**
 * Whom an alarm is told to at a level: who it concerns; from the second level on everybody who was told before, too. Nobody
 * who may stand beside somebody forced is told of that.
 */
export function listCalled(alarm: AlarmToTell, level: number, place: AlarmPlace): readonly string[] {
  const circles = level === 0 ? alarm.told : (higher[Math.min(level, higher.length) - 1] ?? []);
  const called = circles.flatMap((circle) => listCircle(circle, place));
  const beside = isQuietAlarm(alarm.code) ? [...listKeepers(place), ...listCircle("supervisor", place)] : [];
  return [...new Set([...called, ...(level >= higher.length ? alarm.before : [])])].filter(
    (person) => !beside.includes(person),
  );
}

/**
 * Climbs from a level to the first one where somebody is told who may end the alarm; the people of each on the way. What is
 * told on the same day begins with those whom it concerns: others hear of it once a keeper has given his word.
 */
export function climbToSomebody(alarm: AlarmToTell, from: number, place: AlarmPlace): readonly Called[] {
  const keepers = listKeepers(place);
  const steps: Called[] = [];
  for (let level = from; level <= Math.max(from, higher.length); level += 1) {
    const before = [...alarm.before, ...steps.flatMap(({ people }) => people)];
    const people = listCalled({ ...alarm, before }, level, place);
    steps.push({ level, people });
    const patient = alarm.speed === "same-day" && level === 0;
    if (people.some((person) => patient || isUpkeep(alarm) || !keepers.includes(person))) break;
  }
  return steps;
}

const minute = 60_000;

/** When an alarm that nobody has acknowledged goes up: minutes after it was raised, then hourly; null: by no clock. */
export function escalatesAt(
  { speed, level, at }: { readonly speed: AlarmSpeed; readonly level: number; readonly at: number },
  afterMinutes: number,
): number | null {
  if (speed !== "at-once" || level >= mostLevels) return null;
  return at + (level === 0 ? afterMinutes : 60) * minute;
}

/**
 * Somebody's word on an alarm (C18): one of those told gives it with a reason, and it ends the alarm, unless he keeps a seal of
 * the box: then it stands beside, and another one who was told has to acknowledge.
 */
export function judgeAlarmWord(word: {
  readonly code: string;
  readonly speed: AlarmSpeed;
  readonly personId: string;
  readonly reason: string;
  readonly told: readonly string[];
  readonly keepers: readonly string[];
}): { readonly ok: true; readonly ends: boolean } | { readonly ok: false; readonly refusal: Refusal } {
  if (!word.told.includes(word.personId)) return { ok: false, refusal: refuse("alarm.not-told", {}, "C18") };
  if (word.reason.trim() === "") return { ok: false, refusal: refuse("alarm.reason-missing", {}, "C18") };
  return { ok: true, ends: isUpkeep(word) || !word.keepers.includes(word.personId) };
}
