import {
  type ClassBook,
  DOCUMENT_CLASS_IDS,
  type DocumentClassId,
  defaultKindRules,
  isOwnClass,
  type KindWanted,
  listStarterClasses,
  SEAL_TYPES,
  type SealKindRules,
  type SealType,
  type StarterClassId,
  sealTypeDefaults,
} from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import type { Selectable } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";

export type Filing = "none" | "pieces" | "all";

/** What an organisation says of a kind of seal. */
export interface SealKindFields extends Omit<KindWanted, "type" | "classes"> {
  /** Starter classes; which of the organisation's own classes take the kind, they say themselves. */
  readonly classes: readonly StarterClassId[];
  readonly name: { readonly en: string; readonly zh: string };
  /** What of a seal of this kind is filed with the authority before it is used. */
  readonly filing: Filing;
}

/**
 * A kind of seal as the organisation has it now. The product's kinds are its types, their version 1 the product's own;
 * an organisation's own kind is based on one of them, and its version 1 is the one that a second person confirmed.
 */
export interface SealTypeNow extends SealKindFields {
  /** The type itself, or the id of an own kind. */
  readonly kindId: string;
  readonly type: SealType;
  readonly version: number;
}

/** A seal by what tells its kind. */
export interface SealWithKind {
  readonly type: string;
  readonly kind_id: string | null;
}
export const kindIdOf = (seal: SealWithKind): string => seal.kind_id ?? seal.type;
export const isOwnKind = (kind: { readonly kindId: string; readonly type: string }): boolean =>
  kind.kindId !== kind.type;

function firstVersion(type: SealType): SealTypeNow {
  const { name, important } = sealTypeDefaults[type];
  const { widthMm, heightMm, shape } = defaultFace(type, "单位名称");
  const { classes: _, ...rules } = defaultKindRules(type);
  const classes = listStarterClasses(type);
  return {
    ...rules,
    classes,
    kindId: type,
    type,
    version: 1,
    name,
    important,
    filing: "pieces",
    widthMm,
    heightMm,
    shape,
  };
}

const findType = (id: string): SealType | undefined => SEAL_TYPES.find((type) => type === id);

function showRow(row: Selectable<Tables["seal_type_versions"]>): SealTypeNow {
  const type = findType(row.base_type ?? row.type);
  if (!type) throw new Error(`the kind of seal ${row.type} is based on no type`);
  // A version from before kinds ruled more than name, size and filing leaves the rest as the product has it.
  const first = firstVersion(type);
  return {
    ...{ kindId: row.type, type, version: row.version, name: { en: row.name_en, zh: row.name_zh } },
    ...{ important: row.important, external: row.external, filing: row.filing },
    ...{ widthMm: row.width_mm, heightMm: row.height_mm, shape: row.shape ?? first.shape },
    classes: row.classes ? DOCUMENT_CLASS_IDS.filter((id) => row.classes?.includes(id)) : first.classes,
    ...{ leastContainer: row.least_container ?? first.leastContainer, holders: row.holders ?? first.holders },
    ...{ pressers: row.pressers ?? first.pressers, dualControl: row.dual_control ?? row.important },
  };
}

/** Every version of these kinds, oldest first; of all kinds there are, the product's first, where none are named. */
export async function readTypeVersions(reader: Reader, kindIds?: readonly string[]): Promise<SealTypeNow[]> {
  let query = reader.selectFrom("seal_type_versions").selectAll().orderBy("type").orderBy("version");
  if (kindIds) query = query.where("type", "in", [...kindIds, ""]);
  const edited = (await query.execute()).map(showRow);
  const types = kindIds ? SEAL_TYPES.filter((type) => kindIds.includes(type)) : SEAL_TYPES;
  return [
    ...types.flatMap((type) => [firstVersion(type), ...edited.filter((one) => one.kindId === type)]),
    ...edited.filter(isOwnKind),
  ];
}

/** The newest version of a kind; undefined where there is none of that name. */
export async function findSealType(reader: Reader, kindId: string): Promise<SealTypeNow | undefined> {
  return (await readTypeVersions(reader, [kindId])).at(-1);
}

export async function readSealType(reader: Reader, kindId: string): Promise<SealTypeNow> {
  const found = await findSealType(reader, kindId);
  if (!found) throw new Error(`there is no kind of seal ${kindId}`);
  return found;
}

/** What the kinds of these seals rule today, whatever they ruled when the seals were made. */
export async function readKinds(
  reader: Reader,
  seals: readonly SealWithKind[],
): Promise<(seal: SealWithKind) => SealTypeNow> {
  return kindsIn(await readTypeVersions(reader, [...new Set(seals.map(kindIdOf))]));
}

/** The product's own kinds, of seals whose kind has no version of the organisation's. */
export const productKinds = (seals: readonly SealWithKind[]): ((seal: SealWithKind) => SealTypeNow) =>
  kindsIn(SEAL_TYPES.filter((type) => seals.some((seal) => seal.type === type)).map(firstVersion));

function kindsIn(versions: readonly SealTypeNow[]): (seal: SealWithKind) => SealTypeNow {
  return (seal) => {
    const kind = versions.findLast((one) => one.kindId === kindIdOf(seal));
    if (!kind) throw new Error(`there is no kind of seal ${kindIdOf(seal)}`);
    return kind;
  };
}

/** Own classes of documents that take a kind of seal. */
export const listOwnClasses = (kind: Pick<SealTypeNow, "kindId">, book: ClassBook): DocumentClassId[] =>
  [...book.values()].flatMap(({ classId, sealKinds }) =>
    isOwnClass(classId) && sealKinds.includes(kind.kindId) ? [classId] : [],
  );

export const rulesOf = (kind: SealTypeNow, book: ClassBook): SealKindRules => ({
  ...{
    external: kind.external,
    classes: [...kind.classes, ...listOwnClasses(kind, book)],
    leastContainer: kind.leastContainer,
  },
  ...{ holders: kind.holders, pressers: kind.pressers, dualControl: kind.dualControl },
  ...(isOwnKind(kind) ? { ownName: kind.name } : {}),
});

/**
 * What rules ask of each of the product's types now, without its size: that is taken from a drawn face, and drawing needs
 * the fonts.
 */
export async function readTypeRules(
  reader: Reader,
  types: readonly SealType[],
): Promise<Pick<SealTypeNow, "type" | "important" | "external" | "filing">[]> {
  const rows = await reader
    .selectFrom("seal_type_versions")
    .select(["type", "important", "external", "filing"])
    .where("type", "in", [...types])
    .orderBy("version")
    .execute();
  return types.map((type) => {
    const { important, external } = sealTypeDefaults[type];
    return { important, external, filing: "pieces" as const, ...rows.findLast((row) => row.type === type), type };
  });
}

/** The newest version of each of these types. */
export async function readSealTypes(reader: Reader, types: readonly SealType[]): Promise<SealTypeNow[]> {
  const versions = await readTypeVersions(reader, types);
  return types.map((type) => versions.findLast((one) => one.kindId === type) ?? firstVersion(type));
}
