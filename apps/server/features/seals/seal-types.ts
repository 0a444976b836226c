import { type SealType, sealTypeDefaults } from "@chancery/domain";
import { defaultFace } from "@chancery/seal-image";
import type { Reader } from "../../platform/db.ts";

export type Filing = "none" | "pieces" | "all";

/** A type of seal as the organisation has it now; version 1 is the product's own, each edit makes the next. */
export interface SealTypeNow {
  readonly type: SealType;
  readonly version: number;
  readonly name: { readonly en: string; readonly zh: string };
  readonly important: boolean;
  readonly external: boolean;
  /** What of a seal of this type is filed with the authority before it is used. */
  readonly filing: Filing;
  readonly widthMm: number;
  readonly heightMm: number;
}

function firstVersion(type: SealType): SealTypeNow {
  const { name, important, external } = sealTypeDefaults[type];
  const { widthMm, heightMm } = defaultFace(type, "单位名称");
  return { type, version: 1, name, important, external, filing: "pieces", widthMm, heightMm };
}

/** Every version of these types, oldest first. */
export async function readTypeVersions(reader: Reader, types: readonly SealType[]): Promise<SealTypeNow[]> {
  const rows = await reader
    .selectFrom("seal_type_versions")
    .selectAll()
    .where("type", "in", [...types])
    .orderBy("type")
    .orderBy("version")
    .execute();
  const edited = rows.map(
    (row): SealTypeNow => ({
      type: row.type as SealType,
      version: row.version,
      name: { en: row.name_en, zh: row.name_zh },
      important: row.important,
      external: row.external,
      filing: row.filing,
      widthMm: row.width_mm,
      heightMm: row.height_mm,
    }),
  );
  return types.flatMap((type) => [firstVersion(type), ...edited.filter((one) => one.type === type)]);
}

/**
 * What rules ask of each type now, without its size: that is taken from a drawn face, and drawing needs the fonts.
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
  return types.map((type) => versions.findLast((one) => one.type === type) ?? firstVersion(type));
}

export async function readSealType(reader: Reader, type: SealType): Promise<SealTypeNow> {
  return (await readSealTypes(reader, [type]))[0] ?? firstVersion(type);
}
