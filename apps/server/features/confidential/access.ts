import type { RouteAnswer } from "@chancery/api/client";
import { decideAccess } from "@chancery/domain";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import type { LoadedRequest } from "../requests/load-request.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readParts } from "../requests/may-see.ts";
import { readPeople } from "../requests/read-people.ts";

/** Opens a confidential request to one who watches, for a day. That he did, and why, is told before anything is read. */
export async function takeAccess(
  env: Environment,
  personId: string,
  requestId: string,
  reason: string,
): Promise<{ until: string }> {
  const now = env.clock.now();
  return transact(env.db, async (tx) => {
    const found = await readParts(tx, personId, requestId, now);
    if (!found || found.parts.length === 0) throw problems.notFound();
    // Two accesses at once are one after the other: the second finds the request open.
    await loadRequest(tx, requestId, true);
    const facts = (await readParts(tx, personId, requestId, now)) ?? found;
    const decided = decideAccess({ ...facts, reason, now });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const until = new Date(decided.events[0]?.until ?? now);
    const { eventId } = await recordEvent(tx, env, {
      ...{ type: "SealUseConfidentialOpened", actorId: personId, requestId, comment: reason },
      facts: { until: until.toISOString() },
    });
    await tx
      .insertInto("request_accesses")
      .values({ event_id: eventId, request_id: requestId, person_id: personId, reason, at: new Date(now), until })
      .execute();
    return { until: until.toISOString() };
  });
}

type Shown = RouteAnswer<"GET /v1/seal-use-requests/:requestId">["confidentiality"];

/** Why a request is confidential, who was named to read it and who opened it, for its readers. */
export async function showConfidentiality(
  reader: Reader,
  row: Pick<LoadedRequest["row"], "request_id" | "applicant_id" | "confidential_reason">,
  personId: string,
): Promise<Shown> {
  if (row.confidential_reason === null) return null;
  const readers = await reader
    .selectFrom("request_readers")
    .select(["person_id", "at"])
    .where("request_id", "=", row.request_id)
    .orderBy("at")
    .orderBy("person_id")
    .execute();
  const accesses = await reader
    .selectFrom("request_accesses")
    .selectAll()
    .where("request_id", "=", row.request_id)
    .orderBy("at", "desc")
    .limit(200)
    .execute();
  const person = await readPeople(
    reader,
    [...readers, ...accesses].map((one) => one.person_id),
  );
  return {
    reason: row.confidential_reason,
    readers: readers.flatMap((one) => {
      const who = person(one.person_id);
      return who ? [{ person: who, at: one.at.toISOString() }] : [];
    }),
    accesses: accesses.map((one) => ({
      ...{ by: person(one.person_id), at: one.at.toISOString(), until: one.until.toISOString(), reason: one.reason },
    })),
    mayName: row.applicant_id === personId,
  };
}
