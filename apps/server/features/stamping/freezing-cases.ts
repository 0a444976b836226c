import type { Reader } from "../../platform/db.ts";

/** The case of a photo that froze its request; `subject_key` is the request's id and the impression's. */
export const photoCase = "stamping.photo-disagrees";
/** The case of what was given back as not pressed, and is said to be pressed all the same; its key is alike. */
export const lateCase = "stamping.pressed-late";

/**
 * Cases that hold a request until they are closed: what was one too many, a photo that is not what was approved, and what was
 * pressed though it had been given back.
 */
const freezingCases: readonly string[] = ["stamping.excess", "stamping.counter-beyond", photoCase, lateCase];
export const isFreezingCase = (source: string): boolean => freezingCases.includes(source);

/** Of these requests those that such a case holds. */
export async function readHeldByCase(reader: Reader, requestIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (requestIds.length === 0) return new Set();
  const rows = await reader
    .selectFrom("findings")
    .select("subject_key")
    .where("source", "in", freezingCases)
    .where("state", "=", "open")
    .where((eb) => eb.or(requestIds.map((requestId) => eb("subject_key", "like", `${requestId} %`))))
    .execute();
  return new Set(rows.map(({ subject_key: key }) => key.split(" ")[0] ?? ""));
}
