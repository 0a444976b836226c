import { createHash } from "node:crypto";
import {
  type DocumentClassId,
  type DocumentText,
  findTemplateCandidates,
  indexTemplates,
  type TemplateIndex,
  type TemplateSketch,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";

/** The templates in force of one entity, named by the digest of their versions. */
export interface Shelf {
  readonly name: string;
  readonly index: TemplateIndex;
}

/** Where nothing is in force there is nothing to compare with. */
const emptyShelf = "none";

/** The name of the set of templates in force now; cheap, so that it can be asked whenever something is decided by it. */
export async function readShelfName(reader: Reader, entityId: string | null): Promise<string> {
  const rows = await reader
    .selectFrom("template_versions")
    .select("version_id")
    .where("entity_id", "=", entityId)
    .where("in_force_at", "is not", null)
    .where("ended_at", "is", null)
    .execute();
  return nameShelf(rows.map((row) => row.version_id));
}

/** The name of a set of templates by the versions in it, in whatever order. */
export function nameShelf(versionIds: readonly string[]): string {
  if (versionIds.length === 0) return emptyShelf;
  return `sha256:${createHash("sha256")
    .update([...versionIds].sort().join("\n"))
    .digest("hex")}`;
}

export const isEmptyShelf = (name: string): boolean => name === emptyShelf;

const mostShelves = 50;
const shelves = new Map<string, Shelf>();

/** The index of a set of templates, kept in memory: a set never changes, and a new one has another name. */
export async function loadShelf(reader: Reader, entityId: string): Promise<Shelf> {
  const name = await readShelfName(reader, entityId);
  const kept = shelves.get(name);
  if (kept) return kept;
  const rows = await reader
    .selectFrom("template_versions")
    .select(["version_id", "sketch"])
    .where("entity_id", "=", entityId)
    .where("in_force_at", "is not", null)
    .where("ended_at", "is", null)
    .execute();
  const shelf: Shelf = {
    name: nameShelf(rows.map((row) => row.version_id)),
    index: indexTemplates(
      rows.map((row) => ({ templateId: row.version_id, sketch: row.sketch as unknown as TemplateSketch })),
    ),
  };
  if (shelves.size >= mostShelves) shelves.delete(shelves.keys().next().value ?? "");
  shelves.set(shelf.name, shelf);
  return shelf;
}

export interface Candidate {
  readonly versionId: string;
  readonly documentClass: DocumentClassId;
  readonly texts: unknown;
  readonly marks: unknown;
}

/** The templates a document is most like, the likeliest first. */
export async function readCandidates(reader: Reader, shelf: Shelf, document: DocumentText): Promise<Candidate[]> {
  const found = findTemplateCandidates(shelf.index, document).map(({ templateId }) => templateId);
  if (found.length === 0) return [];
  const rows = await reader
    .selectFrom("template_versions")
    .select(["version_id", "document_class", "texts", "marks"])
    .where("version_id", "in", found)
    .execute();
  return found.flatMap((versionId) => {
    const row = rows.find((one) => one.version_id === versionId);
    return row
      ? [{ versionId, documentClass: row.document_class as DocumentClassId, texts: row.texts, marks: row.marks }]
      : [];
  });
}
