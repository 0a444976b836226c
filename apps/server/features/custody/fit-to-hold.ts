import { type Refusal, refuse } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";

/**
 * Why a person may not take custody of a seal, besides the matrix and the limits of custody, which are asked where the
 * grant is given (C12). The one place that every way into custody asks: handover, short handover, return.
 */
export async function listUnfitness(reader: Reader, personId: string): Promise<Refusal[]> {
  const person = await reader.selectFrom("people").select("state").where("person_id", "=", personId).executeTakeFirst();
  return person?.state === "active" ? [] : [refuse("handover.receiver-inactive", {}, "C12")];
}
