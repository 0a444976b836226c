import type { RouteAnswer } from "@chancery/api/client";
import {
  EVIDENCE_GRADES,
  type EvidenceGrade,
  evidenceGradeTexts,
  gradeOfImpression,
  type ImpressionState,
  isMade,
} from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";

/** The evidence grade of each impression on paper that was made, by its id, with its request and seal. */
export async function readGrades(reader: Reader, requestIds: readonly string[]) {
  const rows = await reader
    .selectFrom("impressions as i")
    .leftJoin("told_strokes as k", "k.impression_id", "i.impression_id")
    .select(["i.impression_id", "i.request_id", "i.seal_id", "i.state", "i.pressed_at", "k.out", "k.told_by"])
    .where("i.request_id", "in", ["", ...requestIds])
    .where("i.body_id", "is not", null)
    .execute();
  return rows.flatMap((row) => {
    const grade = gradeOfImpression({
      made: isMade({ state: row.state as ImpressionState, pressed: row.pressed_at !== null }),
      onPaper: true,
      stroke: strokeOf(row),
    });
    const { impression_id: impressionId, request_id: requestId, seal_id: sealId } = row;
    return grade === null ? [] : [{ impressionId, requestId, sealId, grade }];
  });
}

function strokeOf({ out, told_by: by }: { readonly out: string | null; readonly told_by: string | null }) {
  if (by === "vendor-cloud") return { by: "vendor-cloud" as const };
  if (by !== "record") return null;
  return { by: "record" as const, out: out === "done" ? ("done" as const) : ("unknown" as const) };
}

type Evidence = RouteAnswer<"GET /v1/seal-use-requests/:requestId">["evidence"];

/** How many impressions are of each grade, with what the grade means. */
export const countGrades = (grades: readonly { readonly grade: EvidenceGrade }[]): Evidence =>
  EVIDENCE_GRADES.flatMap((grade) => {
    const count = grades.filter((one) => one.grade === grade).length;
    return count === 0 ? [] : [{ grade, count, ...evidenceGradeTexts[grade] }];
  });

/** The same as a fact of a register line: `T1:3 T0:1`; null where nothing was made. */
export const tellGrades = (grades: readonly { readonly grade: EvidenceGrade }[]): string | null =>
  countGrades(grades)
    .map(({ grade, count }) => `${grade}:${count}`)
    .join(" ") || null;
