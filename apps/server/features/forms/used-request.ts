import { refuse } from "@chancery/domain";
import type { Tx } from "../../platform/db.ts";
import { refusedBy } from "../../platform/refusals.ts";
import type { SeriesRow } from "./series.ts";

/** The seal use that forms were used with, which the person asked for or carried. Throws the refusal `forms.request-unfit`. */
export async function readUsedRequest(tx: Tx, personId: string, series: SeriesRow, requestId: string) {
  const request = await tx
    .selectFrom("seal_use_requests")
    .select("number")
    .where("request_id", "=", requestId)
    .where("entity_id", "=", series.entity_id)
    .where("state", "in", ["closed", "registered"])
    .where((eb) => eb.or([eb("applicant_id", "=", personId), eb("handler_id", "=", personId)]))
    .executeTakeFirst();
  if (!request) throw refusedBy([refuse("forms.request-unfit", {}, "C05")]);
  return request;
}
