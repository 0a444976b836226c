import type { EarlierMakeUp, ImpressionState, SealUseRequestState } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";

/** A request that replaces, or asked to replace, a copy of another. */
export interface MakeUpOfCopy extends EarlierMakeUp {
  readonly requestId: string;
  readonly copy: number;
}

/** Every request that replaces a copy of this one, the newest first. */
export async function readMakeUpsOf(reader: Reader, requestId: string): Promise<MakeUpOfCopy[]> {
  const rows = await reader
    .selectFrom("seal_use_requests as r")
    .leftJoin("impressions as i", "i.request_id", "r.request_id")
    .innerJoin("people as p", "p.person_id", "r.applicant_id")
    .select(["p.name_en", "p.name_zh", "p.state as person_state"])
    .select(["r.request_id", "r.number", "r.state", "r.applicant_id", "r.make_up_copy", "i.state as impression"])
    .where("r.make_up_of", "=", requestId)
    .orderBy("r.created_at", "desc")
    .orderBy("r.request_id")
    .execute();
  return [...Map.groupBy(rows, (row) => row.request_id).values()].flatMap((of) => {
    const [row] = of;
    if (!row) return [];
    return [
      {
        ...{ requestId: row.request_id, number: row.number, applicantId: row.applicant_id },
        applicant: row.person_state === "active" ? { en: row.name_en, zh: row.name_zh } : null,
        ...{ copy: row.make_up_copy ?? 0, state: row.state as SealUseRequestState },
        impressions: of.flatMap(({ impression }) => (impression === null ? [] : [impression as ImpressionState])),
      },
    ];
  });
}
