import type { PhotoUse } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";

/**
 * Where this very photo was given before: for an impression, also where it was taken again, for its cancelled paper, by who ruled on one, or for a voided copy.
 * One place for the rule that one photo shows one paper, and that what shows a paper does not show it cancelled (C09, C19).
 */
export async function findPhotoUse(
  reader: Reader,
  digest: string,
  of: { readonly requestId: string; readonly copies: readonly number[] },
): Promise<PhotoUse> {
  const uses = await reader
    .selectFrom("evidence as e")
    .innerJoin("impressions as i", "i.evidence_id", "e.evidence_id")
    .select(["i.request_id", "i.copy"])
    .where("e.digest", "=", digest)
    .union(
      reader
        .selectFrom("evidence as e")
        .innerJoin("impression_rulings as r", "r.evidence_id", "e.evidence_id")
        .innerJoin("impressions as i", "i.impression_id", "r.impression_id")
        .select(["i.request_id", "i.copy"])
        .where("e.digest", "=", digest),
    )
    .union(
      reader
        .selectFrom("evidence as e")
        .innerJoin("impression_retakes as t", "t.earlier_id", "e.evidence_id")
        .innerJoin("impressions as i", "i.impression_id", "t.impression_id")
        .select(["i.request_id", "i.copy"])
        .where("e.digest", "=", digest),
    )
    .union(
      reader
        .selectFrom("evidence as e")
        .innerJoin("stamped_copies as c", "c.evidence_id", "e.evidence_id")
        .select(["c.request_id", "c.copy"])
        .where("e.digest", "=", digest),
    )
    .union(
      reader
        .selectFrom("events as v")
        .innerJoin("impressions as i", (join) =>
          join.on("i.impression_id", "=", sql<string>`v.facts ->> 'impressionId'`),
        )
        .select(["i.request_id", "i.copy"])
        .where("v.type", "=", "ImpressionSpoiled")
        .where(sql<string>`v.facts ->> 'paper'`, "=", digest),
    )
    .execute();
  if (uses.length === 0) return "nowhere";
  const isThis = (use: (typeof uses)[number]): boolean =>
    use.request_id === of.requestId && of.copies.includes(use.copy);
  return uses.every(isThis) ? "this-copy" : "other-paper";
}

/** Digest of the photo of its cancelled paper, of an impression that was pressed and spoiled afterwards. */
export async function readCancelledPaper(
  reader: Reader,
  of: { readonly requestId: string; readonly impressionId: string },
): Promise<string | null> {
  const row = await reader
    .selectFrom("events")
    .select(sql<string | null>`facts ->> 'paper'`.as("paper"))
    .where("request_id", "=", of.requestId)
    .where("type", "=", "ImpressionSpoiled")
    .where(sql<string>`facts ->> 'impressionId'`, "=", of.impressionId)
    .executeTakeFirst();
  return row?.paper ?? null;
}
