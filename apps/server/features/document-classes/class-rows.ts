import {
  type ClassBook,
  DOCUMENT_CLASS_IDS,
  type DocumentClass,
  isDocumentClassId,
  isOwnClass,
  isStarterClass,
  starterClass,
} from "@chancery/domain";
import type { Selectable } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import type { Reader } from "../../platform/db.ts";

export interface ClassVersion extends DocumentClass {
  /** Null for what the product itself says. */
  readonly inForceAt: Date | null;
  readonly matterId: string | null;
}

function showRow(row: Selectable<Tables["document_class_versions"]>): ClassVersion {
  const { class_id: classId } = row;
  if (!isDocumentClassId(classId)) throw new Error(`the class of documents ${classId} is based on none`);
  return {
    ...{ classId, version: row.version, name: { en: row.name_en, zh: row.name_zh } },
    ...{ makesRights: row.makes_rights, external: row.external, electronic: row.electronic },
    electronicReason: { en: row.reason_en, zh: row.reason_zh },
    // Which seals stand on a starter class their kinds say.
    sealKinds: isStarterClass(classId) ? starterClass(classId).sealKinds : row.seal_kinds,
    confidential: row.confidential,
    ...{ words: row.words, retired: row.retired, inForceAt: row.in_force_at, matterId: row.matter_id },
  };
}

/** What the product itself says of its classes: all there is where an organisation changed none. */
export const starterVersions: readonly ClassVersion[] = DOCUMENT_CLASS_IDS.map((id) => ({
  ...{ ...starterClass(id), inForceAt: null, matterId: null },
}));

/** Every version of every class, oldest first; the starter classes before the organisation's own. */
export async function readClassVersions(reader: Reader): Promise<ClassVersion[]> {
  const rows = (
    await reader.selectFrom("document_class_versions").selectAll().orderBy("in_force_at").orderBy("version").execute()
  ).map(showRow);
  return [
    ...starterVersions.flatMap((first) => [first, ...rows.filter((one) => one.classId === first.classId)]),
    ...rows.filter((one) => isOwnClass(one.classId)),
  ];
}

/** Versions by the id of their class: those that something was submitted under. */
export type ClassPins = Readonly<Record<string, number>>;

/** Every class in its newest version; those that are pinned in the version that is named. */
export function makeBook(versions: readonly ClassVersion[], pins: ClassPins = {}): ClassBook {
  const book = new Map<string, DocumentClass>();
  for (const one of versions) {
    const pinned = Object.hasOwn(pins, one.classId) ? pins[one.classId] : undefined;
    if (pinned === undefined || one.version <= pinned) book.set(one.classId, one);
  }
  return book;
}

/** The classes of documents as they are now, or as they were where something was submitted under them. */
export async function readClassBook(reader: Reader, pins: ClassPins = {}): Promise<ClassBook> {
  return makeBook(await readClassVersions(reader), pins);
}
