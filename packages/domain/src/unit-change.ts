import { joinSeal } from "./both-halves.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { hasWay, type SealBody, type SealState } from "./seal-life.ts";
import type { LocalName } from "./vocabulary.ts";

/** A unit as a change of the organisation sees it. */
export interface UnitToChange {
  readonly unitId: string;
  readonly entityId: string;
  readonly parentUnitId: string | null;
  readonly name: LocalName;
  readonly closed: boolean;
}

/** What becomes of a unit. Seals that are kept go on: in the other unit after a merger, under the new name after a renaming. */
export type UnitChange =
  | { readonly kind: "close-unit"; readonly unitId: string; readonly peopleTo: string | null }
  | {
      readonly kind: "merge-unit";
      readonly unitId: string;
      readonly intoUnitId: string;
      readonly keptSealIds: readonly string[];
    }
  | {
      readonly kind: "rename-unit";
      readonly unitId: string;
      readonly name: LocalName;
      readonly keptSealIds: readonly string[];
    };

export interface SealOfUnit {
  readonly sealId: string;
  readonly name: LocalName;
  readonly number: string;
  readonly bodies: readonly { readonly kind: SealBody; readonly state: SealState }[];
  /** Every text of its face. */
  readonly faceTexts: readonly string[];
}

/** The units above one, the nearest first; a ring in the tree ends the walk. */
export function unitsAbove<U extends Pick<UnitToChange, "unitId" | "parentUnitId">>(
  units: readonly U[],
  unitId: string,
): U[] {
  const byId = new Map(units.map((unit) => [unit.unitId, unit]));
  const above: U[] = [];
  let next = byId.get(unitId)?.parentUnitId ?? null;
  while (next !== null && next !== unitId && !above.some((unit) => unit.unitId === next)) {
    const unit = byId.get(next);
    if (!unit) break;
    above.push(unit);
    next = unit.parentUnitId;
  }
  return above;
}

/** Whether a unit would come to lie under itself. */
export function makesRing(
  units: readonly Pick<UnitToChange, "unitId" | "parentUnitId">[],
  unitId: string,
  parentUnitId: string | null,
): boolean {
  if (parentUnitId === null) return false;
  return parentUnitId === unitId || unitsAbove(units, parentUnitId).some((unit) => unit.unitId === unitId);
}

/** Where the people of a unit and the units below it go; null where it has nothing above it and no other is named. */
export function heirOf(change: UnitChange, unit: UnitToChange): string | null {
  switch (change.kind) {
    case "close-unit":
      return change.peopleTo ?? unit.parentUnitId;
    case "merge-unit":
      return change.intoUnitId;
    case "rename-unit":
      return unit.unitId;
  }
}

/** Where the units below it go: what is merged takes them along, what is closed leaves them to the unit above. */
export function parentForUnitsBelow(change: UnitChange, unit: UnitToChange): string | null {
  return change.kind === "merge-unit" ? change.intoUnitId : unit.parentUnitId;
}

export interface UnitChangeFacts {
  /** Every unit of the organisation. */
  readonly units: readonly UnitToChange[];
  readonly entityId: string;
  /** The seals of the unit. */
  readonly seals: readonly SealOfUnit[];
  readonly people: number;
  /** Whether the asker keeps the accounts of the entity, or heads a unit above; null once it was approved. */
  readonly asker: { readonly keepsAccounts: boolean; readonly heads: readonly string[] } | null;
}

/**
 * Why a unit may not be closed, merged or renamed (C10): the tree stays one without rings, an entity keeps a unit, nobody
 * decides about his own unit, and no seal goes on whose face names what is no more.
 */
export function listUnitChangeRefusals(change: UnitChange, facts: UnitChangeFacts): Refusal[] {
  const { units, entityId } = facts;
  const unit = units.find((one) => one.unitId === change.unitId);
  if (!unit || unit.entityId !== entityId) return [refuse("unit.unknown", {})];
  if (unit.closed) return [refuse("unit.closed-already", {}, "C10")];
  const refusals: Refusal[] = [];
  if (facts.asker !== null && !mayAskFor(unit, units, facts.asker))
    refusals.push(refuse("unit.not-superior", {}, "C11"));
  if (change.kind === "rename-unit") refusals.push(...listNameRefusals(change.name, unit, units));
  else refusals.push(...listEndRefusals(change, unit, facts));
  if (change.kind !== "close-unit") refusals.push(...listKeptRefusals(change.keptSealIds, unit, facts.seals));
  return refusals;
}

function mayAskFor(
  unit: UnitToChange,
  units: readonly UnitToChange[],
  asker: NonNullable<UnitChangeFacts["asker"]>,
): boolean {
  return asker.keepsAccounts || unitsAbove(units, unit.unitId).some((above) => asker.heads.includes(above.unitId));
}

function listNameRefusals(name: LocalName, unit: UnitToChange, units: readonly UnitToChange[]): Refusal[] {
  if (name.en === unit.name.en && name.zh === unit.name.zh) return [refuse("unit.same-name", {})];
  const taken = units.some(
    (one) =>
      one.unitId !== unit.unitId &&
      one.entityId === unit.entityId &&
      !one.closed &&
      (one.name.en === name.en || one.name.zh === name.zh),
  );
  return taken ? [refuse("unit.name-taken", {})] : [];
}

function listEndRefusals(
  change: Exclude<UnitChange, { kind: "rename-unit" }>,
  unit: UnitToChange,
  { units, people }: UnitChangeFacts,
): Refusal[] {
  const refusals: Refusal[] = [];
  const roots = units.filter((one) => one.entityId === unit.entityId && !one.closed && one.parentUnitId === null);
  if (unit.parentUnitId === null && roots.length === 1) refusals.push(refuse("unit.last-root", {}, "C10"));
  const heirId = heirOf(change, unit);
  if (heirId === null) return people > 0 ? [...refusals, refuse("unit.people-nowhere", { people })] : refusals;
  const heir = units.find((one) => one.unitId === heirId);
  if (heirId === unit.unitId || !heir || heir.closed || heir.entityId !== unit.entityId)
    refusals.push(refuse("unit.heir-unknown", {}));
  else if (makesRing(units, unit.unitId, heirId)) refusals.push(refuse("unit.heir-below", {}));
  return refusals;
}

function listKeptRefusals(keptSealIds: readonly string[], unit: UnitToChange, seals: readonly SealOfUnit[]): Refusal[] {
  const refusals: Refusal[] = [];
  for (const sealId of new Set(keptSealIds)) {
    const seal = seals.find((one) => one.sealId === sealId);
    if (!seal) refusals.push(refuse("unit.kept-seal-foreign", {}, "C10"));
    else if (namesUnit(seal, unit)) refusals.push(refuse("unit.kept-seal-names-it", { seal: joinSeal(seal) }, "C10"));
  }
  return refusals;
}

/** Whether the face carries the unit's name. */
function namesUnit(seal: SealOfUnit, unit: UnitToChange): boolean {
  const fold = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");
  const names = [unit.name.en, unit.name.zh].map(fold).filter((name) => name !== "");
  return seal.faceTexts.map(fold).some((text) => names.some((name) => text.includes(name)));
}

/** What becomes of a body when its unit ends: out of use, given up before it was made, or nothing more. */
export function endOfBody(body: { kind: SealBody; state: SealState }): "stop" | "cancel" | null {
  if (hasWay(body.kind, body.state, "stop")) return "stop";
  // What is only asked for, or a key nobody has used, was never in use: it is given up.
  const unmade: readonly SealState[] = ["requested", "approved-for-engraving", "made"];
  return unmade.includes(body.state) && hasWay(body.kind, body.state, "cancel") ? "cancel" : null;
}

/** What becomes of a seal of the unit. */
export type FateOfSeal = "stops" | "kept" | "over";
export function fateOfSeal(change: UnitChange, seal: Pick<SealOfUnit, "sealId" | "bodies">): FateOfSeal {
  if (change.kind !== "close-unit" && change.keptSealIds.includes(seal.sealId)) return "kept";
  return seal.bodies.some((body) => endOfBody(body) !== null) ? "stops" : "over";
}

/** The tree after the change; units that are closed stay in it, so that what they did keeps its name. */
export function applyUnitChange(units: readonly UnitToChange[], change: UnitChange): UnitToChange[] {
  const unit = units.find((one) => one.unitId === change.unitId);
  if (!unit) return [...units];
  if (change.kind === "rename-unit") return units.map((one) => (one === unit ? { ...one, name: change.name } : one));
  const parentUnitId = parentForUnitsBelow(change, unit);
  return units.map((one) => {
    if (one === unit) return { ...one, closed: true };
    return one.parentUnitId === unit.unitId && !one.closed ? { ...one, parentUnitId } : one;
  });
}

/**
 * Matters about a seal that end with it when its unit ends: everything that would put it to use, move it on or give it a
 * new face. What brings it back, takes it in or settles a loss goes on.
 */
export const MATTERS_ENDED_WITH_UNIT = [
  "issue",
  "stop",
  "resume",
  "replace",
  "renew-certificate",
  "add-body",
  "give-up-engraving",
  "handover",
  "short-handover",
  "take-out",
  "take-out-extension",
  "take-out-paper",
] as const;
