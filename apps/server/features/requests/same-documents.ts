import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";

/** A document as it is looked for: by its bytes, and by what its pages say. */
export interface DocumentAsked {
  readonly digest: string;
  readonly pageWords: readonly string[];
}

/**
 * Documents that came in before and are one of these: the same file, or another one whose pages say the same, as a file that
 * was saved anew. Of pages that say next to nothing that cannot be told; such a document is known by its bytes alone.
 */
export const selectSame = (asked: readonly DocumentAsked[]) => {
  const wanted = asked.map(({ digest, pageWords }) => {
    const said = JSON.stringify(pageWords.filter((page) => page !== ""));
    return sql`(${digest}::text, ${said === "[]" ? null : said}::jsonb)`;
  });
  return sql<{ document_id: string; own: string }>`
    select d.document_id, a.own from (values ${sql.join(wanted)}) as a (own, words) join documents d on d.digest = a.own
    union
    select r.document_id, a.own from (values ${sql.join(wanted)}) as a (own, words)
      join document_readings r on md5((r.page_words - '')::text) = md5(a.words::text)`;
};

/** Other requests with one of these documents, and whether an impression was made on it. */
export async function readSameDocuments(
  reader: Reader,
  requestId: string,
  asked: readonly DocumentAsked[],
  most: number,
): Promise<{ requestId: string; digest: string; sealed: boolean }[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<{ request_id: string; own: string; sealed: boolean }>`
    select rd.request_id, same.own, rd.sealed_digest is not null as sealed from (${selectSame(asked)}) as same
      join request_documents rd on rd.document_id = same.document_id
    where rd.request_id <> ${requestId} limit ${sql.lit(most)}`.execute(reader);
  return rows.map(({ request_id: other, own, sealed }) => ({ requestId: other, digest: own, sealed }));
}

/** Digests of the files that are one of these documents, their own among them. */
export async function readSameDigests(reader: Reader, asked: readonly DocumentAsked[]): Promise<string[]> {
  if (asked.length === 0) return [];
  const { rows } = await sql<{ digest: string }>`
    select distinct d.digest from (${selectSame(asked)}) as same join documents d on d.document_id = same.document_id
    limit 500`.execute(reader);
  return rows.map(({ digest }) => digest);
}
