import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";
import { maySee } from "../requests/may-see.ts";

/**
 * People who stand in the requests and matters that somebody has a part in: asked, is asked, decided or confirmed, or is
 * named. What he sees only because he watches over an entity is not counted: his grant says whom he reads there.
 */
export async function readWorksWith(reader: Reader, personId: string, now: number): Promise<ReadonlySet<string>> {
  const people = [...(await readOfMatters(reader, personId)), ...(await readOfRequests(reader, personId, now))];
  return new Set(people.filter((one): one is string => one !== null));
}

async function readOfMatters(reader: Reader, personId: string): Promise<(string | null)[]> {
  const matters = await reader
    .selectFrom("matters as m")
    .select(["m.matter_id", "m.round", "m.asked_by", "m.person_id", "m.data"])
    .where((eb) =>
      eb.or([
        // What nobody but its asker has seen names people by his word alone.
        eb.and([eb("m.asked_by", "=", personId), eb("m.number", "is not", null)]),
        eb.and([
          eb("m.number", "is not", null),
          eb.or([
            eb("m.person_id", "=", personId),
            sql<boolean>`position(${`"${personId}"`} in m.data::text) > 0`,
            eb.exists(
              eb
                .selectFrom("matter_steps as s")
                .select("s.step_id")
                .whereRef("s.matter_id", "=", "m.matter_id")
                .whereRef("s.round", "=", "m.round")
                .where((inner) =>
                  inner.or([
                    inner("s.decided_by", "=", personId),
                    inner(inner.val(personId), "=", inner.fn.any("s.candidates")),
                  ]),
                ),
            ),
            eb.exists(
              eb
                .selectFrom("matter_confirmations as c")
                .select("c.person_id")
                .whereRef("c.matter_id", "=", "m.matter_id")
                .where("c.person_id", "=", personId),
            ),
          ]),
        ]),
      ]),
    )
    .execute();
  const ids = ["", ...matters.map((row) => row.matter_id)];
  const [steps, confirmations] = await Promise.all([
    reader.selectFrom("matter_steps").select(["candidates", "decided_by"]).where("matter_id", "in", ids).execute(),
    reader.selectFrom("matter_confirmations").select("person_id").where("matter_id", "in", ids).execute(),
  ]);
  return [
    ...matters.flatMap((row) => [row.asked_by, row.person_id, ...namedIn(row.data)]),
    ...steps.flatMap((step) => [step.decided_by, ...step.candidates]),
    ...confirmations.map((row) => row.person_id),
  ];
}

/** Ids of people in a matter's data, wherever its kind keeps them. */
const namedIn = (data: unknown): string[] => JSON.stringify(data).match(/\bper_[0-9a-f-]{36}\b/g) ?? [];

async function readOfRequests(reader: Reader, personId: string, now: number): Promise<(string | null)[]> {
  const requests = await reader
    .selectFrom("seal_use_requests as r")
    .select(["r.request_id", "r.applicant_id", "r.handler_id", "r.released_by", "r.confirmed_by"])
    .where("r.number", "is not", null)
    .where(maySee(personId, now))
    .execute();
  const steps = await reader
    .selectFrom("request_steps")
    .select(["candidates", "decided_by"])
    .where("request_id", "in", ["", ...requests.map((row) => row.request_id)])
    .execute();
  return [
    ...requests.flatMap((row) => [row.applicant_id, row.handler_id, row.released_by, row.confirmed_by]),
    ...steps.flatMap((step) => [step.decided_by, ...step.candidates]),
  ];
}
