import { joinHalves } from "./both-halves.ts";
import type { ContainerKind } from "./custody-place.ts";
import { DOCUMENT_CLASS_IDS, type DocumentClassId, documentClasses, type StarterClassId } from "./document-class.ts";
import { type Refusal, refuse } from "./refusal.ts";
import { type LocalName, type SealType, sealTypeDefaults } from "./vocabulary.ts";

/** The least container in which a piece lies; a controller keeps and presses, so it stands in for a safe. */
export const LEAST_CONTAINERS = ["any", "cabinet", "safe", "controller"] as const;
export type LeastContainer = (typeof LEAST_CONTAINERS)[number];
/** Whose people may hold seals of a kind: anybody's, those of the seal's entity, those of its unit. */
export const KIND_HOLDERS = ["anybody", "entity", "unit"] as const;
export type KindHolders = (typeof KIND_HOLDERS)[number];
/** Who may press: the custodian, or, at a controller, also a person whom the request names. */
export const KIND_PRESSERS = ["custodian", "named"] as const;
export type KindPressers = (typeof KIND_PRESSERS)[number];
export const KIND_SHAPES = ["circle", "oval", "square", "rectangle"] as const;
export type KindShape = (typeof KIND_SHAPES)[number];

/**
 * What a kind of seal rules for all its seals, whenever they were made. An organisation's own kind behaves, for everything
 * else, as the type it is based on.
 */
export interface SealKindRules {
  /** Whether its seals may stand on documents that leave the organisation. */
  readonly external: boolean;
  /** Starter classes that the kind allows, and own classes that allow the kind. */
  readonly classes: readonly DocumentClassId[];
  readonly leastContainer: LeastContainer;
  readonly holders: KindHolders;
  readonly pressers: KindPressers;
  /** Two custodians and two locks, also where the seal is not important. */
  readonly dualControl: boolean;
  /** The name of an organisation's own kind; left out, the type's name is its name. */
  readonly ownName?: LocalName;
}

/** The starter classes whose documents seals of a type may stand on, until the organisation says otherwise. */
export const listStarterClasses = (type: SealType): StarterClassId[] =>
  DOCUMENT_CLASS_IDS.filter((id) => documentClasses[id].sealTypes.includes(type));

/** What the product says of a type until the organisation says otherwise. */
export function defaultKindRules(type: SealType): SealKindRules {
  const { external, important } = sealTypeDefaults[type];
  return {
    external,
    classes: listStarterClasses(type),
    ...{ leastContainer: "any", holders: "anybody", pressers: "custodian", dualControl: important },
  };
}

export interface SealOfKind {
  readonly type: SealType;
  /** Whether this very seal may leave the organisation. */
  readonly external: boolean;
  readonly kind: SealKindRules;
}

/** The kind as a refusal names it: the type, whose name is said in the reader's language, or an own kind by both names. */
export const nameKind = ({ type, kind: { ownName } }: SealOfKind): string => (ownName ? joinHalves(ownName) : type);

/** Whether a seal may stand on a document of this class: an internal one on nothing that goes out (C06), none out of scope (C07). */
export function findScopeFault(
  seal: SealOfKind,
  documentClass: DocumentClassId | null,
  external: boolean,
): "internal-outside" | "wrong-class" | null {
  if (external && !(seal.external && seal.kind.external)) return "internal-outside";
  return documentClass !== null && seal.kind.classes.includes(documentClass) ? null : "wrong-class";
}

const strength: Readonly<Record<LeastContainer, readonly ContainerKind[]>> = {
  any: ["cabinet", "safe", "controller"],
  cabinet: ["cabinet", "safe", "controller"],
  safe: ["safe", "controller"],
  controller: ["controller"],
};

/** Whether a container of this kind is enough (C13). */
export const isContainerEnough = (kind: ContainerKind, least: LeastContainer): boolean =>
  strength[least].includes(kind);

/** Why a person may not hold a seal of this kind: he does not belong where its holders come from (C12). */
export function listHolderRefusals(
  holders: KindHolders,
  person: { readonly entityId: string | null; readonly unitId: string | null; readonly guest: boolean },
  seal: { readonly entityId: string; readonly unitId: string | null },
): Refusal[] {
  if (holders === "anybody") return [];
  const ofEntity = !person.guest && person.entityId === seal.entityId;
  // A seal of the entity as a whole has no unit: then whoever belongs to the entity is near enough.
  const near = holders === "entity" || seal.unitId === null ? ofEntity : ofEntity && person.unitId === seal.unitId;
  return near ? [] : [refuse(holders === "unit" ? "seal-type.holder-unit" : "seal-type.holder-entity", {}, "C12")];
}

export interface KindWanted extends SealKindRules {
  /** The type it is, or is based on. */
  readonly type: SealType;
  readonly important: boolean;
  readonly shape: KindShape;
  readonly widthMm: number;
  readonly heightMm: number;
}

/**
 * Why a kind of seal may not be made or changed this way: what binds the company most is important by the rules (C22), and
 * no organisation makes it ordinary. Any other kind may be made important, and ordinary again.
 */
export function listTypeRefusals(wanted: KindWanted): Refusal[] {
  const { type, important, shape, dualControl, pressers, leastContainer } = wanted;
  const stays = sealTypeDefaults[type].important && !important;
  const uneven = (shape === "circle" || shape === "square") && wanted.widthMm !== wanted.heightMm;
  return [
    ...(stays ? [refuse("seal-type.important-stays", { sealType: type }, "C22")] : []),
    ...(important && !dualControl ? [refuse("seal-type.important-by-two", {}, "C22")] : []),
    ...(uneven ? [refuse("seal-type.sides-differ", {}, "C23")] : []),
    // Only a controller counts what somebody else than the custodian presses.
    ...(pressers === "named" && leastContainer !== "controller" ? [refuse("seal-type.named-presser", {}, "C08")] : []),
  ];
}
