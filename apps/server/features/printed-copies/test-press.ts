import { Readable } from "node:stream";
import { reportImpression } from "../stamping/report.ts";
import type { StampingPlace } from "../stamping/test-stamping-place.ts";
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
