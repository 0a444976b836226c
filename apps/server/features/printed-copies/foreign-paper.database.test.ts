import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest } from "../../platform/test-walk.ts";
import { makeTestScan } from "../final-copies/test-scan.ts";
import { checkRequest } from "../requests/check-request.ts";
import { loadRequest, subjectOfRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { digestOfStamping, lookAtPhotos } from "../stamping/look.ts";
import { readHandImpressions } from "../stamping/open-stamping.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { reportImpression } from "../stamping/report.ts";
import { lookInTest, openInTest, ruleInTest, walkToHand, whenUnread } from "../stamping/test-stamping.ts";
import { factOf, notice, placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { printCopies } from "./print-copies.ts";
import { readImpressionPhoto } from "./read-impression-photo.ts";
import { takeTestPhoto, takeTestScan } from "./test-photo.ts";
import { closePhotoCase, pressInTest } from "./test-press.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

const first = (price: string): Buffer =>
  makeTestPdf([
    "Purchase contract of Beicheng Ltd, printed in Beicheng",
    "between Beicheng Ltd and Lanxi Instruments Ltd.",
    ...["The seller delivers twelve pressure gauges to the buyer.", `The price is CNY ${price}, paid on acceptance.`],
    ...[
      "Goods are inspected within five days.",
      "What is faulty is replaced without charge.",
      "Signed for the seller:",
    ],
  ]);
const second = makeTestPdf([
  "Annex 1: what is delivered",
  ...Array.from(
    { length: 14 },
    (_, at) => `${at + 1}. Pressure gauge type PG-${100 + at * 37}, range 0 to ${at + 2} MPa`,
  ),
]);
const letter = makeTestPdf(
  Array.from({ length: 12 }, (_, at) => `Dear Sirs, we write about matter no. ${at * 31} of the last year.`),
);
/** The counterparty has sealed its paper before it was scanned; ours is pressed where the request places it. */
const theirs = `<circle cx="150" cy="222" r="20" fill="none" stroke="#c8283c" stroke-opacity="0.8" stroke-width="1.2"/>`;
const ours = `<circle cx="42" cy="222" r="20" fill="none" stroke="#d02030" stroke-opacity="0.8" stroke-width="1.2"/>`;
const scan = async () =>
  makeTestScan(await takeTestScan([{ bytes: first("1,286,000.00"), over: theirs }, { bytes: second }]));
const paperPrintedBy = "Beicheng Ltd";

const press = (requestId: string, nth: number, photo: Uint8Array): Promise<void> =>
  pressInTest(place, requestId, nth, photo);

test("C17 what is approved of foreign paper is its scan, with who printed it; a file is refused, and nothing is printed of it here", async () => {
  const { env, crew } = place;
  const { applicant, custodian } = crew.people;
  const byHand = { useMode: "by-hand", copies: 1, paperReason: "They sent it", paperPrintedBy } as const;
  const file = await applyInTest(env, crew, place.contract, byHand);
  const { refusals } = await checkRequest(env.db, env, await loadRequest(env.db, file));
  assert.deepEqual(
    refusals.map(({ code, facts }) => [code, facts.page]),
    [["foreign.not-scanned", 1]],
  );
  assert.deepEqual(await codesOf(submitRequest(env, applicant, file)), ["foreign.not-scanned"]);

  const requestId = await walkToHand(env, crew, place.contract, { copies: 1, pdf: await scan(), paperPrintedBy });
  const loaded = await loadRequest(env.db, requestId);
  assert.deepEqual(subjectOfRequest(loaded).byHand, {
    ...{ copies: 1, reason: "The registry takes paper", printedBy: paperPrintedBy },
  });
  const documentId = loaded.documents[0]?.documentId ?? "";
  const wanted = { requestId, documentId, from: 1, to: 1 };
  assert.deepEqual(await codesOf(printCopies(env, custodian, wanted)), ["print.foreign"]);
  await assert.rejects(
    env.db
      .insertInto("printed_documents")
      .values({
        request_id: requestId,
        document_id: documentId,
        lines: "[]",
        address: "",
        printed_by: custodian,
        printed_at: new Date(),
      })
      .execute(),
    /printed here/,
  );
  await assert.rejects(
    env.db
      .updateTable("seal_use_requests")
      .set({ paper_printed_by: null })
      .where("request_id", "=", requestId)
      .execute(),
    /while the request is edited/,
  );
});

test("C09 C17 photos of foreign paper are held against its scan; whatever is not the same is answered or freezes, and the line tells", async () => {
  const { env, crew } = place;
  const { supervisor, inspector } = crew.people;
  const requestId = await walkToHand(env, crew, place.contract, { copies: 4, pdf: await scan(), paperPrintedBy });
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  const over = theirs + ours;
  await press(requestId, 1, await takeTestPhoto(first("1,286,000.00"), { over }));
  await press(requestId, 2, await takeTestPhoto(first("1,236,000.00"), { over, turn: -3 }));
  await press(requestId, 3, await takeTestPhoto(second, { over: ours }));
  await press(requestId, 4, await takeTestPhoto(letter, { over: ours, turn: 1 }));
  const view = await readStampingView(env, supervisor, requestId);
  assert.equal(view.paperPrintedBy, paperPrintedBy);
  assert.deepEqual(
    view.impressions.map(({ photo }) => [
      ...[photo?.comparison?.verdict, photo?.comparison?.demands, photo?.comparison?.shows],
      ...[photo?.comparison?.basis, photo?.comparison?.code],
    ]),
    [
      ["same", "nothing", 1, "scan", null],
      ["differs", "answer", 1, "scan", null],
      ["wrong-page", "freeze", 2, "scan", null],
      ["other-document", "freeze", null, "scan", null],
    ],
  );
  const [where] = view.impressions[1]?.photo?.comparison?.places ?? [];
  assert.ok(where && where.yMm > 30 && where.yMm < 50, JSON.stringify(where));
  const told = await env.db
    .selectFrom("events")
    .select("facts")
    .where("type", "=", "PhotoCompared")
    .where("request_id", "=", requestId)
    .execute();
  assert.deepEqual(
    told.map(({ facts }) => (facts as { basis: string }).basis),
    Array.from({ length: 4 }, () => "scan"),
  );
  const ids = await Promise.all([2, 3, 4].map((nth) => place.idOf(requestId, nth)));
  assert.equal(await place.stateOf(requestId), "frozen");
  // The fourth was reported after the third had frozen the request.
  for (const personId of [supervisor, inspector])
    await ruleInTest(env, personId, { requestId, impressionId: ids[2] ?? "" }, "settled");
  for (const nth of [3, 4]) await closePhotoCase(place, requestId, nth, inspector);
  assert.equal(await place.stateOf(requestId), "closed");
  const [differs, ...others] = ids.map((impressionId) => ({ impressionId, reason: "Not what was scanned" }));
  assert.ok(differs);
  assert.deepEqual(await codesOf(lookInTest(env, supervisor, requestId, others)), ["stamping.disagreement-open"]);
  await lookInTest(env, supervisor, requestId, others, [{ ...differs, reason: "A fold in the paper" }]);
  assert.equal(await place.stateOf(requestId), "frozen");
  const [line] = await place.linesOf(requestId);
  assert.deepEqual(
    ["foreignPaper", "comparedSame", "comparedOther"].map((key) => factOf(line, key)),
    [paperPrintedBy, "1", "3"],
  );
  await place.putBack(place.contractPiece);
});

test("C17 of foreign paper even what only differs is a finding, where it is found after the photos were looked at", async () => {
  const { env, crew } = place;
  const { inspector } = crew.people;
  const pdf = makeTestScan(await takeTestScan([{ bytes: letter }]));
  const requestId = await walkToHand(env, crew, place.department, { ...notice, copies: 1, pdf, paperPrintedBy });
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.departmentPiece);
  const impressionId = await place.idOf(requestId, 1);
  const note = `<path d="M150 120 c6 -9 9 8 13 -2 s8 6 12 -3" fill="none" stroke="#20306e" stroke-width="0.6"/>`;
  const photo = await takeTestPhoto(letter, { over: ours + note });
  const said = { requestId, impressionId, report: "pressed" as const, reason: "" };
  await reportImpression(env, crew.people.custodian, said, { stream: Readable.from([photo]), fileName: "photo.jpg" });
  const digest = digestOfStamping(await readHandImpressions(env.db, requestId));
  const seen = { digest, wrong: [], answers: [], note: "", opened: [] };
  await lookAtPhotos(whenUnread(env), inspector, requestId, seen, null);
  await readImpressionPhoto(env, requestId, impressionId);
  assert.deepEqual(await place.findingsOf("stamping.photo-differs", impressionId).then((all) => all.length), 1);
  await place.putBack(place.departmentPiece);
});
