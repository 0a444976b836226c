import { demandOf, isBeingRead, isLeftToOtherCopy, isPhotographedItself, type StampingSeen } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { openReading, type ReadPlace, readPlaceColumns } from "./show-readings.ts";

/** Findings about the photo of one impression, which is their subject: closing one says what the impression is. */
export const otherCopyFinding = "stamping.other-copy";
const photoFindings: readonly string[] = ["stamping.photo-differs", "stamping.not-right", otherCopyFinding];

interface ImpressionSeen extends StampingSeen {
  readonly impressionId: string;
  readonly requestId: string;
}

/** What there is of each impression on paper of these requests, for whoever asks whether it is shown that it was made. */
export async function readSeen(
  reader: Reader,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, ImpressionSeen>> {
  const rows = await reader
    .selectFrom("impressions as i")
    .innerJoin("seal_use_requests as r", "r.request_id", "i.request_id")
    .innerJoin("stampings as s", "s.request_id", "i.request_id")
    .leftJoin("evidence as e", "e.evidence_id", "i.evidence_id")
    .leftJoin("printed_documents as d", (join) =>
      join.onRef("d.request_id", "=", "i.request_id").onRef("d.document_id", "=", "i.document_id"),
    )
    .leftJoin("photo_readings as p", (join) =>
      join.onRef("p.impression_id", "=", "i.impression_id").onRef("p.evidence_id", "=", "i.evidence_id"),
    )
    .select([
      "i.impression_id",
      "i.request_id",
      "i.state",
      "e.uploaded_at",
      "e.digest",
      "d.printed_at",
      ...readPlaceColumns,
    ])
    .select(["r.paper_printed_by", "s.by_controller", "s.looked_at", "p.verdict", "p.facts"])
    .where("i.request_id", "in", ["", ...requestIds])
    .where("i.body_id", "is not", null)
    .execute();
  const ids = ["", ...rows.map((row) => row.impression_id)];
  const answers = await readAnswers(reader, requestIds);
  const findings = await reader
    .selectFrom("findings")
    .select(["subject_key", "state"])
    .where("source", "in", photoFindings)
    .where("subject_key", "in", ids)
    .execute();
  const rulings = await reader
    .selectFrom("impression_rulings")
    .select("impression_id")
    .where("impression_id", "in", ids)
    .where("agrees", "=", true)
    .execute();
  const ruled = new Set(rulings.map((row) => row.impression_id));
  return new Map(
    rows.map((row): [string, ImpressionSeen] => {
      const id = row.impression_id;
      const about = findings.filter((one) => one.subject_key === id);
      const found = foundIn(row);
      return [
        id,
        {
          ...{ impressionId: id, requestId: row.request_id, byController: row.by_controller, found },
          photoAt: row.uploaded_at?.getTime() ?? null,
          // What is printed here only afterwards is compared with nothing.
          compared:
            row.paper_printed_by !== null ||
            (row.printed_at !== null && row.uploaded_at !== null && row.printed_at <= row.uploaded_at),
          looked: row.looked_at !== null,
          answered: answers.some((one) => one.impressionId === id && (one.photo === null || one.photo === row.digest)),
          finding: about.some(({ state }) => state === "open") ? "open" : about.length > 0 ? "closed" : null,
          ruled: ruled.has(id),
        },
      ];
    }),
  );
}

/** Whether an impression has a photo of its own. */
export const hasOwnPhoto = (seen: ReadonlyMap<string, StampingSeen>, impressionId: string): boolean => {
  const one = seen.get(impressionId);
  return one !== undefined && isPhotographedItself(one);
};

/** Whether the photo of an impression shows another copy, and nobody has ruled on that. */
export const isOtherCopy = (seen: ReadonlyMap<string, StampingSeen>, impressionId: string): boolean => {
  const one = seen.get(impressionId);
  return one !== undefined && isLeftToOtherCopy(one);
};

function foundIn(row: ReadPlace & { verdict: string | null; facts: unknown }): StampingSeen["found"] {
  if (row.verdict === null) return null;
  const { onPlace: verdict, basis, impression, lettersSure, face } = openReading({ ...row, verdict: row.verdict });
  return { verdict, demands: demandOf({ verdict, basis, impression, lettersSure, face: face?.sight ?? null }) };
}

/** Photos of which somebody said why they are right; an answer of old names its impression alone. */
async function readAnswers(reader: Reader, requestIds: readonly string[]) {
  return reader
    .selectFrom("events")
    .select([
      sql<string>`facts ->> 'impressionId'`.as("impressionId"),
      sql<string | null>`facts ->> 'photo'`.as("photo"),
    ])
    .where("type", "=", "PhotoAnswered")
    .where("request_id", "in", ["", ...requestIds])
    .execute();
}

/** Photos of a request that are compared and were not read yet, and are still waited for. */
export async function countBeingRead(reader: Reader, now: number, requestId: string): Promise<number> {
  const seen = await readSeen(reader, [requestId]);
  return [...seen.values()].filter((one) => isBeingRead(one, now)).length;
}
