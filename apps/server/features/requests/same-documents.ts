import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";

/** A document as it is looked for: by its bytes, and by what its pages say. */
export interface DocumentAsked {
  readonly digest: string;
  readonly pageWords: readonly string[];
}

/** Documents as they are looked for, a list for each column; of pages that say next to nothing there are no words. */
export interface SameAsked {
  readonly digests: readonly string[];
  readonly words: readonly (string | null)[];
}
export const toSameAsked = (asked: readonly DocumentAsked[]): SameAsked => ({
  digests: asked.map(({ digest }) => digest),
  words: asked.map(({ pageWords }) => {
    const said = pageWords.filter((page) => page !== "");
    return said.length === 0 ? null : JSON.stringify(said);
  }),
});

/**
 * Documents that came in before and are one of these: the same file, or another one whose pages say the same, as a file that
 * was saved anew. Of pages that say next to nothing that cannot be told; such a document is known by its bytes alone.
 */
export const selectSame = ({ digests, words }: SameAsked) =>
  sql<{ document_id: string; own: string }>`(
    with a (own, words) as (select * from unnest(${digests}::text[], ${words}::jsonb[]))
    select d.document_id, a.own from a join documents d on d.digest = a.own
    union
    select r.document_id, a.own from a join document_readings r on md5((r.page_words - '')::text) = md5(a.words::text))`.as<"same">(
    sql`same`,
  );

/** Other requests with one of these documents, and whether an impression was made on it. */
export const sameDocuments = (reader: Reader, requestId: string, asked: SameAsked, most: number) =>
  reader
    .selectFrom(selectSame(asked))
    .innerJoin("request_documents as rd", "rd.document_id", "same.document_id")
    .select(["rd.request_id as requestId", "same.own as digest"])
    .select((eb) => eb("rd.sealed_digest", "is not", null).as("sealed"))
    .where("rd.request_id", "<>", requestId)
    .limit(most);

/** Digests of the files that are one of these documents, their own among them. */
export async function readSameDigests(reader: Reader, asked: readonly DocumentAsked[]): Promise<string[]> {
  if (asked.length === 0) return [];
  const rows = await reader
    .selectFrom(selectSame(toSameAsked(asked)))
    .innerJoin("documents as d", "d.document_id", "same.document_id")
    .select("d.digest")
    .distinct()
    .limit(500)
    .execute();
  return rows.map(({ digest }) => digest);
}
