import { Readable } from "node:stream";
import type { PhotoVerdict } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import { photoCase } from "../stamping/freezing-cases.ts";
import { readHandImpressions } from "../stamping/open-stamping.ts";
import { reportImpression } from "../stamping/report.ts";
import { followClosedCase } from "../stamping/rule-impression.ts";
import type { StampingPlace } from "../stamping/test-stamping-place.ts";
import { keepReading } from "./keep-reading.ts";
import { readImpressionPhoto } from "./read-impression-photo.ts";

/** The custodian presses the nth impression of a request with this photo, and the photo is read. Used by tests. */
export async function pressInTest(
  place: StampingPlace,
  requestId: string,
  nth: number,
  photo: Uint8Array,
): Promise<void> {
  const { env, crew } = place;
  const impressionId = await place.idOf(requestId, nth);
  const said = { requestId, impressionId, report: "pressed" as const, reason: "" };
  await reportImpression(env, crew.people.custodian, said, { stream: Readable.from([photo]), fileName: "photo.jpg" });
  await readImpressionPhoto(env, requestId, impressionId);
}

/** The photo of the nth impression is found to show this copy, or none; written as the job writes it. Used by tests. */
export async function findInTest(
  { env }: StampingPlace,
  requestId: string,
  nth: number,
  copy: number | null,
  verdict: PhotoVerdict = "same",
): Promise<void> {
  const impression = (await readHandImpressions(env.db, requestId))[nth - 1];
  if (!impression) throw new Error("no such impression");
  const code = copy === null ? null : { page: 1, copy, requestId };
  await keepReading(env, requestId, impression, {
    verdict,
    facts: {
      ...{ places: [], code, confidence: 1, basis: "code", shows: null, impression: "found", lettersSure: true },
    },
  });
}

/** Somebody closes a case that holds a request, of its nth impression. Used by tests. */
export async function closeCaseInTest(
  { env, idOf }: StampingPlace,
  source: string,
  requestId: string,
  nth: number,
  personId: string,
): Promise<void> {
  const subjectKey = `${requestId} ${await idOf(requestId, nth)}`;
  await transact(env.db, async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable("findings")
      .set({ state: "closed", closed_at: new Date(env.clock.now()), closed_by: personId, closing_note: "Looked at" })
      .where("source", "=", source)
      .where("subject_key", "=", subjectKey)
      .where("state", "=", "open")
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) throw new Error("no such case is open");
    await followClosedCase(tx, env, { source, subject_key: subjectKey }, personId);
  });
}

/** Somebody closes the case of the photo that froze a request, of its nth impression. Used by tests. */
export const closePhotoCase = (place: StampingPlace, requestId: string, nth: number, personId: string): Promise<void> =>
  closeCaseInTest(place, photoCase, requestId, nth, personId);
