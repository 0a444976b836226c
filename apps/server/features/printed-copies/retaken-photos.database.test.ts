import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import type { PhotoVerdict } from "@chancery/domain";
import { redPicture } from "../../platform/test-picture.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { readHandImpressions } from "../stamping/open-stamping.ts";
import { readPressPictures } from "../stamping/press-pictures.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { reportImpression } from "../stamping/report.ts";
import { lookInTest, openInTest, reportInTest, walkToHand } from "../stamping/test-stamping.ts";
import { placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { keepReading } from "./keep-reading.ts";
import { printCopies } from "./print-copies.ts";
import { readImpressionPhoto } from "./read-impression-photo.ts";
import { pressedRing, takeTestPhoto } from "./test-photo.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

const viewOf = (requestId: string) => readStampingView(place.env, place.crew.people.custodian, requestId);
const photoIn = async (requestId: string, nth: number) => (await viewOf(requestId)).impressions[nth - 1]?.photo;
/** What the machine finds of the photo that counts for the nth impression; written as the job writes it. */
async function find(requestId: string, nth: number, verdict: PhotoVerdict, copy: number | null = nth): Promise<void> {
  const impression = (await readHandImpressions(place.env.db, requestId))[nth - 1];
  assert.ok(impression);
  await keepReading(place.env, requestId, impression, {
    verdict,
    facts: {
      ...{ places: [], code: copy === null ? null : { page: 1, copy, requestId }, confidence: 1, basis: "code" },
      ...{ shows: null, impression: verdict === "same" ? "found" : null, lettersSure: true },
    },
  });
}
const retake = (requestId: string, nth: number, photo: number, personId = place.crew.people.custodian) =>
  reportInTest(place.env, personId, requestId, nth, "retaken", photo);
const retakesOf = (requestId: string) =>
  place.env.db
    .selectFrom("events")
    .select("facts")
    .where("type", "=", "ImpressionRephotographed")
    .where("request_id", "=", requestId)
    .execute();

test("C09 C17 a blurred photo of a printed sheet is taken again: the new one counts, the first stays beside it, and the ledger names both", async () => {
  const { env, crew } = place;
  const { applicant, custodian, supervisor } = crew.people;
  const requestId = await walkToHand(env, crew, place.contract, { copies: 2 });
  const documentId = (await viewOf(requestId)).documents[0]?.documentId ?? "";
  const printed = await printCopies(env, applicant, { requestId, documentId, from: 1, to: 1 });
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  const impressionId = await place.idOf(requestId, 1);
  const say = (report: "pressed" | "retaken", bytes: Uint8Array) => {
    const upload = { stream: Readable.from([bytes]), fileName: "photo.jpg" };
    return reportImpression(env, custodian, { requestId, impressionId, report, reason: "" }, upload);
  };
  const sharpPhoto = await takeTestPhoto(printed, { over: pressedRing });
  const blurred = await takeTestPhoto(printed, { over: pressedRing, blur: 5 });
  await say("pressed", blurred);
  assert.equal((await viewOf(requestId)).photosBeingRead, 1);
  await readImpressionPhoto(env, requestId, impressionId);
  const first = await photoIn(requestId, 1);
  assert.equal((await viewOf(requestId)).photosBeingRead, 0);
  assert.equal(first?.retake, true, JSON.stringify(first?.comparison));

  await say("retaken", sharpPhoto);
  assert.equal((await photoIn(requestId, 1))?.retake, false, "not read yet, it is not asked for again");
  assert.equal((await viewOf(requestId)).photosBeingRead, 1);
  await readImpressionPhoto(env, requestId, impressionId);
  const second = await photoIn(requestId, 1);
  assert.deepEqual(
    [second?.comparison?.verdict, second?.comparison?.demands, second?.retake, second?.earlier],
    ["same", "nothing", false, [first?.evidenceId]],
  );
  assert.equal(await place.stateOf(requestId), "opened");
  // The phone had no answer and sends both again: nothing comes of it.
  await say("pressed", blurred);
  await say("retaken", sharpPhoto);
  assert.deepEqual(
    (await retakesOf(requestId)).map(({ facts }) => {
      const { photo, earlier } = facts as Record<string, unknown>;
      return [photo, earlier];
    }),
    [[second?.digest, first?.digest]],
  );
  await requireSeesEvidence(env, supervisor, first?.evidenceId ?? "");
  assert.deepEqual(
    (await readPressPictures(env, requestId)).presses[0]?.after.map(({ evidenceId }) => evidenceId),
    [first?.evidenceId, second?.evidenceId],
  );
  await reportInTest(env, custodian, requestId, 2, "not-pressed");
  await lookInTest(env, supervisor, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
  await place.putBack(place.contractPiece);
});

test("C09 C17 a photo that was read, that another person wants to replace, or that somebody has looked at is not taken again", async () => {
  const { env, crew } = place;
  const { custodian, supervisor, inspector } = crew.people;
  const requestId = await place.begin("department", { copies: 4 });
  for (const nth of [1, 2, 3]) await reportInTest(env, custodian, requestId, nth, "pressed", 700 + nth);
  assert.deepEqual(await codesOf(retake(requestId, 1, 711)), ["stamping.retake-not-asked"], "not read yet");
  assert.deepEqual(await codesOf(retake(requestId, 4, 711)), ["stamping.retake-not-asked"], "not pressed");
  await find(requestId, 1, "same");
  await find(requestId, 2, "differs");
  await find(requestId, 3, "no-code", null);
  for (const nth of [1, 2]) assert.deepEqual(await codesOf(retake(requestId, nth, 711)), ["stamping.retake-not-asked"]);
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 3, "pressed", 711)), [
    "stamping.reported-already",
  ]);
  assert.deepEqual(await codesOf(retake(requestId, 3, 711, supervisor)), ["stamping.not-stamper"]);
  assert.deepEqual(await codesOf(retake(requestId, 3, 701)), ["stamping.photo-used"], "the photo of another copy");
  // Frozen by the second, and after the end: the sheet is still there.
  assert.equal(await place.stateOf(requestId), "frozen");
  await retake(requestId, 3, 711);
  await find(requestId, 3, "unclear");
  await retake(requestId, 3, 712);
  await find(requestId, 3, "blank", null);
  await retake(requestId, 3, 713);
  assert.equal((await photoIn(requestId, 3))?.earlier.length, 3);
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 4, "pressed", 711)), ["stamping.photo-used"]);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "settled", "reserved"]);
  await reportInTest(env, custodian, requestId, 4, "not-pressed");
  await place.putBack(place.departmentPiece);

  const looked = await place.begin("department", { copies: 1 });
  await reportInTest(env, custodian, looked, 1, "pressed", 721);
  await find(looked, 1, "no-code", null);
  const answer = [{ impressionId: await place.idOf(looked, 1), reason: "I held it beside the page" }];
  await lookInTest(env, inspector, looked, [], answer);
  assert.equal((await photoIn(looked, 1))?.retake, false);
  assert.deepEqual(await codesOf(retake(looked, 1, 722)), ["stamping.retake-not-asked"]);
  await place.putBack(place.departmentPiece);
});

test("C09 C17 a photo that was taken again and shows another copy is booked there; whoever looked at the first sees that it changed", async () => {
  const { env, crew } = place;
  const { custodian, supervisor } = crew.people;
  const requestId = await place.begin("contract", { copies: 2 });
  for (const nth of [1, 2]) await reportInTest(env, custodian, requestId, nth);
  await find(requestId, 1, "no-code", null);
  await find(requestId, 2, "unclear", null);
  const before = (await viewOf(requestId)).photosDigest;
  await retake(requestId, 1, 731);
  await find(requestId, 1, "same", 2);
  assert.deepEqual(
    (await readHandImpressions(env.db, requestId)).map(({ copy }) => copy),
    [2, 1],
  );
  assert.notEqual((await viewOf(requestId)).photosDigest, before);
  await retake(requestId, 2, 732);
  await find(requestId, 2, "same", 1);
  await lookInTest(env, supervisor, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
  await place.putBack(place.contractPiece);
});

test("C09 a picture too small to show a sheet is refused at once, and nothing is counted", async () => {
  const { env, crew } = place;
  const requestId = await place.begin("department", { copies: 1 });
  const said = { requestId, impressionId: await place.idOf(requestId, 1), report: "pressed" as const, reason: "" };
  const upload = { stream: Readable.from([redPicture(9, 299)]), fileName: "photo.png" };
  assert.deepEqual(await codesOf(reportImpression(env, crew.people.custodian, said, upload)), [
    "stamping.photo-too-small",
  ]);
  assert.deepEqual(await place.statesOf(requestId), ["reserved"]);
  await reportInTest(env, crew.people.custodian, requestId, 1, "not-pressed");
  await place.putBack(place.departmentPiece);
});

test("the tables take a photo again only where the one that counts could not be read, and let nothing else change it", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await place.begin("department", { copies: 2 });
  for (const nth of [1, 2]) await reportInTest(env, custodian, requestId, nth);
  await find(requestId, 1, "same");
  const [one, other] = await readHandImpressions(env.db, requestId);
  assert.ok(one?.evidenceId && other?.evidenceId);
  const { event_id: eventId } = await env.db
    .selectFrom("events")
    .select("event_id")
    .where("request_id", "=", requestId)
    .limit(1)
    .executeTakeFirstOrThrow();
  const values = { event_id: eventId, impression_id: one.impressionId, earlier_id: one.evidenceId };
  await assert.rejects(
    env.db
      .insertInto("impression_retakes")
      .values({ ...values, evidence_id: other.evidenceId })
      .execute(),
    /could not be read/,
  );
  await assert.rejects(
    env.db
      .updateTable("impressions")
      .set({ evidence_id: other.evidenceId })
      .where("impression_id", "=", one.impressionId)
      .execute(),
  );
  await place.putBack(place.departmentPiece);
});
