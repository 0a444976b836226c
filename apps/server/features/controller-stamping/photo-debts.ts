import { type Refusal, refuse } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";

/** How long a photo of a controller may be missing before its applicant asks for nothing new (SealLink 1, clause 6). */
const patience = 72 * 3_600_000;

/**
 * Photos of a person's own stampings that a controller took, or should have taken, and that nobody has seen for three days: an
 * impression that people have decided since owes none (C09).
 */
export async function listPhotoDebts(reader: Reader, applicantId: string, now: number): Promise<Refusal[]> {
  const rows = await reader
    .selectFrom("impressions as i")
    .innerJoin("seal_use_requests as r", "r.request_id", "i.request_id")
    .select("r.number")
    .where("r.applicant_id", "=", applicantId)
    .where("i.by_stroke", "=", true)
    .where("i.evidence_id", "is", null)
    .where("i.state", "in", ["pressed", "unknown"])
    .where("i.pressed_at", "<", new Date(now - patience))
    .orderBy("r.number")
    .execute();
  if (rows.length === 0) return [];
  const requests = [...new Set(rows.flatMap(({ number }) => number ?? []))].join(", ");
  return [refuse("entry.photos-owed", { count: rows.length, requests }, "C09")];
}
