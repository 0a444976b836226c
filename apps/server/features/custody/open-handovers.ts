import type { Reader } from "../../platform/db.ts";

/** The handover that is under way for each of these seals: asked for and not yet ended. A draft holds nothing. */
export async function readOpenHandovers(reader: Reader, sealIds: readonly string[]): Promise<Map<string, string>> {
  if (sealIds.length === 0) return new Map();
  const bodies = await reader
    .selectFrom("seal_bodies")
    .select(["body_id", "seal_id"])
    .where("seal_id", "in", [...new Set(sealIds)])
    .execute();
  const sealOf = new Map(bodies.map((body) => [`custody:${body.body_id}`, body.seal_id]));
  const rows = await reader
    .selectFrom("matter_reservations as r")
    .innerJoin("matters as m", "m.matter_id", "r.matter_id")
    .select(["r.subject", "r.matter_id"])
    .where("r.subject", "in", ["", ...sealOf.keys()])
    .where("m.kind", "in", ["handover", "short-handover"])
    .execute();
  return new Map(rows.map((row) => [sealOf.get(row.subject) ?? "", row.matter_id]));
}
