import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import type { PhotoVerdict } from "@chancery/domain";
import { makeSamplePdf } from "../../platform/sample-pdf.ts";
import { testContract } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { moveInTest } from "../stamped-copies/test-copies.ts";
import { readFourCounts } from "../stamping/four-counts.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { type HandImpressionRow, readHandImpressions, readStamping } from "../stamping/open-stamping.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { endStamping, reportImpression } from "../stamping/report.ts";
import { showStamping } from "../stamping/show-stamping.ts";
import { lookInTest, openInTest, photoOf, reportInTest, ruleInTest, walkToHand } from "../stamping/test-stamping.ts";
import { factOf, placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { keepReading } from "./keep-reading.ts";
import { printCopies } from "./print-copies.ts";
import { readImpressionPhoto } from "./read-impression-photo.ts";
import { pressedRing, takeTestPhoto } from "./test-photo.ts";
import { findInTest, pressInTest } from "./test-press.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

/** Which impression, the first being 1, stands on which copy. */
const copiesOf = async (requestId: string) =>
  (await readHandImpressions(place.env.db, requestId)).map(({ copy }) => copy);
const nthOf = async (requestId: string, nth: number): Promise<HandImpressionRow> => {
  const one = (await readHandImpressions(place.env.db, requestId))[nth - 1];
  assert.ok(one);
  return one;
};
const find = (requestId: string, nth: number, copy: number | null, verdict?: PhotoVerdict): Promise<void> =>
  findInTest(place, requestId, nth, copy, verdict);
const verdictsOf = async (requestId: string) =>
  (await readStampingView(place.env, place.crew.people.supervisor, requestId)).impressions.map(
    ({ photo }) => photo?.comparison && [photo.comparison.verdict, photo.comparison.demands],
  );
const exchangesOf = (requestId: string) =>
  place.env.db
    .selectFrom("events")
    .select("facts")
    .where("type", "=", "ImpressionsExchanged")
    .where("request_id", "=", requestId)
    .execute();
async function countsOf(requestId: string) {
  const { env } = place;
  const view = await readGateFacts(env.db, env, requestId);
  const stamping = await readStamping(env.db, requestId);
  assert.ok(stamping);
  const { authorised, counted, photographed, registered, differences } = await readFourCounts(env.db, view, stamping);
  return { authorised, counted, photographed, registered, differences: differences.map(({ kind }) => kind) };
}

test("C09 C17 a pile that was shuffled: each photo is booked to the copy whose code it shows, and nobody has anything to answer", async () => {
  const { env, crew } = place;
  const { applicant, custodian, supervisor } = crew.people;
  const pile = [2, 3, 1, 5, 4];
  const requestId = await walkToHand(env, crew, place.contract, { copies: pile.length });
  const documentId = (await readStampingView(env, custodian, requestId)).documents[0]?.documentId ?? "";
  const printed = await Promise.all(
    pile.map((copy) => printCopies(env, applicant, { requestId, documentId, from: copy, to: copy })),
  );
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  const ids = (await readHandImpressions(env.db, requestId)).map(({ impressionId }) => impressionId);
  for (const [at, impressionId] of ids.entries()) {
    const photo = await takeTestPhoto(printed[at] as Uint8Array, { over: pressedRing, turn: at - 2 });
    const said = { requestId, impressionId, report: "pressed" as const, reason: "" };
    await reportImpression(env, custodian, said, { stream: Readable.from([photo]), fileName: "photo.jpg" });
    // The machine reads as it finds time: two photos are pressed before the first is read.
    if (at === 2) await Promise.all([2, 0].map((of) => readImpressionPhoto(env, requestId, ids[of] ?? "")));
  }
  const before = await countsOf(requestId);
  for (const impressionId of [...ids].reverse()) await readImpressionPhoto(env, requestId, impressionId);
  assert.deepEqual(await copiesOf(requestId), pile);
  assert.deepEqual(await countsOf(requestId), before, "nothing was counted anew");
  assert.deepEqual(
    await verdictsOf(requestId),
    pile.map(() => ["same", "nothing"]),
  );
  const exchanges = (await exchangesOf(requestId)).length;
  assert.ok(exchanges >= 3 && exchanges <= 4, "a cycle of three and one of two");
  for (const impressionId of ids) await readImpressionPhoto(env, requestId, impressionId);
  assert.equal((await exchangesOf(requestId)).length, exchanges, "read again it changes nothing");
  assert.equal((await showStamping(env.db, await readGateFacts(env.db, env, requestId)))?.bookedByCode, pile.length);

  await lookInTest(env, supervisor, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
  const line = (await place.linesOf(requestId))[0];
  assert.deepEqual(
    ["comparedSame", "comparedOther", "pressed"].map((key) => factOf(line, key)),
    ["5", undefined, "5"],
  );
  await place.putBack(place.contractPiece);
});

test("C09 one sheet that was stamped twice in a shuffled pile is the one finding, and its missing sheet the copy that it stands on", async () => {
  const { env, crew } = place;
  const { custodian, supervisor } = crew.people;
  const requestId = await place.begin("contract", { copies: 4 });
  for (const nth of [1, 2, 3, 4]) await reportInTest(env, custodian, requestId, nth);
  // The sheets lie as 3, 1, 3 once more, and 4; copy 2 was never in front of the camera.
  for (const [nth, copy] of [
    [3, 3],
    [1, 3],
    [4, 4],
    [2, 1],
  ] as const)
    await find(requestId, nth, copy);
  assert.deepEqual(await verdictsOf(requestId), [
    ["wrong-copy", "answer"],
    ["same", "nothing"],
    ["same", "nothing"],
    ["same", "nothing"],
  ]);
  assert.deepEqual(await copiesOf(requestId), [2, 1, 3, 4]);
  assert.deepEqual(await codesOf(lookInTest(env, supervisor, requestId)), ["stamping.disagreement-open"]);
  const twice = { impressionId: await place.idOf(requestId, 1), reason: "Copy 3 was photographed twice" };
  await lookInTest(env, supervisor, requestId, [], [twice]);
  assert.deepEqual(await place.statesOf(requestId), ["unknown", "settled", "settled", "settled"]);
  await place.putBack(place.contractPiece);
});

test("C09 what was settled keeps its photo and its state when its copy turns out to be another, and who stamps goes on with what is left", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await place.begin("department", { copies: 3 });
  await reportInTest(env, custodian, requestId, 1);
  const before = await nthOf(requestId, 1);
  assert.equal(before.state, "settled");
  await find(requestId, 1, 3);
  const after = await nthOf(requestId, 1);
  assert.deepEqual({ ...after, copy: 1 }, before, "all but the copy stays");
  assert.deepEqual(await copiesOf(requestId), [3, 2, 1]);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "reserved", "reserved"]);
  await reportInTest(env, custodian, requestId, 2);
  await endStamping(env, custodian, requestId, "");
  // Read when the stamping had ended: what was left over is the copy that nobody photographed.
  await find(requestId, 2, 1);
  assert.deepEqual(await copiesOf(requestId), [3, 1, 2]);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "released"]);
  const counts = await countsOf(requestId);
  assert.deepEqual([counts.authorised, counts.counted, counts.photographed], [3, 2, 2]);
  await place.putBack(place.departmentPiece);
});

test("C09 C19 nothing is booked to a copy that is void, lost or handed out, nor once the photos were looked at", async () => {
  const { env, crew } = place;
  const { applicant, custodian, inspector } = crew.people;
  const requestId = await place.begin("department", { copies: 5 });
  for (const nth of [1, 2, 3, 4, 5]) await reportInTest(env, custodian, requestId, nth);
  const { evidenceId } = await uploadEvidence(env, custodian, photoOf(911));
  await moveInTest(env, custodian, requestId, { act: "void", copies: [3], reason: "One too many", evidenceId });
  await find(requestId, 2, null, "no-code");
  await moveInTest(env, applicant, requestId, { act: "lose", copies: [4], reason: "Left in a taxi" });
  await find(requestId, 1, 3);
  // Photographed again after the loss was told: what lies there is not what was lost.
  await reportInTest(env, custodian, requestId, 2, "retaken");
  await find(requestId, 2, 4);
  assert.deepEqual(await copiesOf(requestId), [1, 2, 3, 4, 5]);
  assert.deepEqual((await verdictsOf(requestId)).slice(0, 2), [
    ["wrong-copy", "answer"],
    ["wrong-copy", "answer"],
  ]);
  const answers = [1, 2].map(async (nth) => ({
    impressionId: await place.idOf(requestId, nth),
    reason: "The sheets were mixed",
  }));
  await lookInTest(env, inspector, requestId, [], await Promise.all(answers));
  await find(requestId, 5, 1);
  assert.deepEqual(await copiesOf(requestId), [1, 2, 3, 4, 5]);
  assert.equal((await place.findingsOf("stamping.photo-differs", await place.idOf(requestId, 5))).length, 1);
  await place.putBack(place.departmentPiece);
});

test("C09 a spoiled sheet voids the copy that its photo shows; what hid behind another copy is told as soon as it is booked", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await place.begin("contract", { copies: 3 });
  await reportInTest(env, custodian, requestId, 1);
  await reportInTest(env, custodian, requestId, 2, "spoiled");
  await find(requestId, 1, 2, "differs");
  assert.deepEqual((await verdictsOf(requestId))[0], ["wrong-copy", "answer"], "copy 2 is said to be spoiled");
  assert.equal(await place.stateOf(requestId), "opened");
  await find(requestId, 2, 3);
  assert.deepEqual(await copiesOf(requestId), [2, 3, 1]);
  assert.deepEqual((await verdictsOf(requestId))[0], ["differs", "freeze"]);
  assert.equal(await place.stateOf(requestId), "frozen");
  await endStamping(env, custodian, requestId, "");
  await place.putBack(place.contractPiece);
});

test("C09 what people have ruled on, or photographed after it was given back, stays on its copy", async () => {
  const { env, crew } = place;
  const { custodian, supervisor, inspector } = crew.people;
  const requestId = await place.begin("contract", { copies: 3 });
  await reportInTest(env, custodian, requestId, 1);
  await reportInTest(env, custodian, requestId, 2, "cannot-tell");
  await reportInTest(env, custodian, requestId, 3, "not-pressed");
  const about = { requestId, impressionId: await place.idOf(requestId, 2) };
  await ruleInTest(env, supervisor, about, "settled");
  await find(requestId, 1, 2);
  assert.deepEqual(await copiesOf(requestId), [1, 2, 3], "one of two has looked at this very copy");
  await ruleInTest(env, inspector, about, "settled");
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 3)), ["stamping.pressed-after-release"]);
  await find(requestId, 3, 1);
  assert.deepEqual(await copiesOf(requestId), [1, 2, 3]);
  await place.putBack(place.contractPiece);
});

test("C09 two places of one sheet move together, so that its photo serves for both; a photo of another sheet serves for neither", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await place.begin("department", { copies: 2, placements: 2 });
  await reportInTest(env, custodian, requestId, 1, "pressed", 921);
  await find(requestId, 1, 2);
  assert.deepEqual(await copiesOf(requestId), [2, 2, 1, 1], "what comes next is on the sheet that is in hand");
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 3, "pressed", 921)), ["stamping.photo-used"]);
  await reportInTest(env, custodian, requestId, 2, "pressed", 921);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "reserved", "reserved"]);
  await endStamping(env, custodian, requestId, "");
  await place.putBack(place.departmentPiece);
});

test("the tables let an impression change its copy by an exchange that a photo shows, and by nothing else", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await place.begin("department", { copies: 2 });
  await reportInTest(env, custodian, requestId, 1);
  const [one, other] = await readHandImpressions(env.db, requestId);
  assert.ok(one?.evidenceId && other);
  await assert.rejects(
    env.db.updateTable("impressions").set({ copy: 2 }).where("impression_id", "=", one.impressionId).execute(),
  );
  const { event_id: eventId } = await env.db
    .selectFrom("events")
    .select("event_id")
    .where("request_id", "=", requestId)
    .orderBy("event_id")
    .limit(1)
    .executeTakeFirstOrThrow();
  const exchange = (change: { from_copy?: number; to_copy?: number } = {}) =>
    env.db
      .insertInto("impression_exchanges")
      .values({
        ...{ event_id: eventId, request_id: requestId, impression_id: one.impressionId, other_id: other.impressionId },
        ...{ from_document: one.documentId, from_position: one.position, to_document: one.documentId },
        ...{ to_position: one.position, from_copy: 1, to_copy: 2, evidence_id: one.evidenceId ?? "", ...change },
      })
      .execute();
  await assert.rejects(exchange(), /places are exchanged where a photo shows it/);
  await find(requestId, 1, 1);
  await assert.rejects(exchange(), /places are exchanged where a photo shows it/);
  await assert.rejects(exchange({ from_copy: 2, to_copy: 1 }), /exchange the places that they have/);
  await endStamping(env, custodian, requestId, "");
  await place.putBack(place.departmentPiece);
});

/** A contract of three pages, sealed on the first and the last. */
const threePages = (): Buffer =>
  makeSamplePdf([
    [
      "# Supply contract",
      "between Lanxi Instruments Ltd and Beicheng Ltd.",
      "The price is CNY 1,286,000.00, paid within thirty days of acceptance.",
      "The seller delivers twelve gauges to the buyer by 30 November 2026.",
    ],
    [
      "# Terms of delivery",
      "The seller packs each gauge in a case of its own and insures it.",
      "The buyer looks at the goods within ten days and tells what is wrong.",
    ],
    [
      "# Terms of acceptance",
      "What is not told within that time counts as accepted by the buyer.",
      "The courts of Beicheng decide what the two of them cannot settle.",
      "Each of them has one copy, and no letter beside it binds anybody.",
    ],
  ]);

test("C09 C17 pages in another order: each photo is booked to the page and copy whose code it shows, and one of a page that is not sealed freezes", async () => {
  const { env, crew } = place;
  const { applicant, custodian, supervisor } = crew.people;
  const requestId = await walkToHand(env, crew, place.contract, {
    ...{ copies: 2, documents: [{ pdf: threePages(), sealIds: [place.contract, place.contract], pages: [0, 2] }] },
  });
  const documentId = (await readStampingView(env, custodian, requestId)).documents[0]?.documentId ?? "";
  const printed = await Promise.all(
    [1, 2].map((copy) => printCopies(env, applicant, { requestId, documentId, from: copy, to: copy })),
  );
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  const press = async (nth: number, copy: number, page: number): Promise<void> =>
    pressInTest(
      place,
      requestId,
      nth,
      await takeTestPhoto(printed[copy - 1] as Uint8Array, { page, over: pressedRing }),
    );
  const placesOf = async () =>
    (await readHandImpressions(env.db, requestId)).map(({ copy, placement }) => [copy, placement.page + 1]);
  assert.deepEqual(await placesOf(), [
    [1, 1],
    [1, 3],
    [2, 1],
    [2, 3],
  ]);
  await press(1, 2, 3);
  await press(2, 1, 3);
  await press(3, 1, 1);
  assert.deepEqual(await placesOf(), [
    [2, 3],
    [1, 3],
    [1, 1],
    [2, 1],
  ]);
  assert.equal(await place.stateOf(requestId), "opened");
  assert.deepEqual((await verdictsOf(requestId)).slice(0, 3), [
    ["same", "nothing"],
    ["same", "nothing"],
    ["same", "nothing"],
  ]);
  const view = await readStampingView(env, supervisor, requestId);
  assert.deepEqual(
    view.impressions.map(({ nth, turn, turnPage }) => [nth, turn, turnPage]),
    [
      [1, 1, 0],
      [2, 1, 2],
      [3, 2, 0],
      [4, 2, 2],
    ],
    "whose turn it was stays",
  );
  const pages = (await exchangesOf(requestId)).map(({ facts }) => (facts as { page?: number }).page ?? null);
  assert.ok(pages.includes(3));
  await press(4, 2, 2);
  assert.deepEqual((await verdictsOf(requestId))[3], ["wrong-page", "freeze"], "no seal belongs on page 2");
  assert.equal(await place.stateOf(requestId), "frozen");
  await place.putBack(place.contractPiece);
});

test("the tables let an impression go to no page that its photo does not show, nor to a place of another seal", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const documents = [{ pdf: threePages(), sealIds: [place.contract, place.contract], pages: [0, 2] }];
  const requestId = await walkToHand(env, crew, place.contract, { copies: 1, documents });
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  await reportInTest(env, custodian, requestId, 1);
  await find(requestId, 1, 1);
  const [one, other] = await readHandImpressions(env.db, requestId);
  assert.ok(one?.evidenceId && other);
  const { event_id: eventId } = await env.db
    .selectFrom("events")
    .select("event_id")
    .where("request_id", "=", requestId)
    .limit(1)
    .executeTakeFirstOrThrow();
  const exchange = {
    ...{ event_id: eventId, request_id: requestId, impression_id: one.impressionId, other_id: other.impressionId },
    ...{ from_document: one.documentId, from_position: 0, from_copy: 1, to_document: one.documentId, to_position: 1 },
    ...{ to_copy: 1, evidence_id: one.evidenceId },
  };
  await assert.rejects(
    env.db.insertInto("impression_exchanges").values(exchange).execute(),
    /places are exchanged where a photo shows it/,
  );
  for (const change of [{ position: 1 }, { document_id: "doc_other" }, { placement: JSON.stringify(other.placement) }])
    await assert.rejects(
      env.db.updateTable("impressions").set(change).where("impression_id", "=", one.impressionId).execute(),
    );
  await endStamping(env, custodian, requestId, "");
  await place.putBack(place.contractPiece);
});

test("C17 C19 a loss is told at once; what was photographed before is booked to the lost copy all the same, and what differs on it freezes", async () => {
  const { env, crew } = place;
  const { applicant, custodian } = crew.people;
  const requestId = await place.begin("contract", { copies: 3 });
  for (const nth of [1, 2, 3]) await reportInTest(env, custodian, requestId, nth);
  await moveInTest(env, applicant, requestId, { act: "lose", copies: [3], reason: "Left in a taxi" });
  await find(requestId, 1, 3, "differs");
  assert.deepEqual(await copiesOf(requestId), [3, 2, 1]);
  assert.deepEqual((await verdictsOf(requestId))[0], ["differs", "freeze"]);
  assert.equal(await place.stateOf(requestId), "frozen");
  await find(requestId, 3, 1);
  assert.deepEqual((await verdictsOf(requestId))[2], ["same", "nothing"]);
  await place.putBack(place.contractPiece);
});

test("C09 C17 a photo that came after its impression was given back is compared like any other, and stays where it is", async () => {
  const { env, crew } = place;
  const { applicant, custodian } = crew.people;
  const requestId = await walkToHand(env, crew, place.contract, { copies: 2 });
  const documentId = (await readStampingView(env, custodian, requestId)).documents[0]?.documentId ?? "";
  const printed = await printCopies(env, applicant, { requestId, documentId, from: 2, to: 2 });
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  await reportInTest(env, custodian, requestId, 1);
  await endStamping(env, custodian, requestId, "");
  const impressionId = (await nthOf(requestId, 2)).impressionId;
  const said = { requestId, impressionId, report: "pressed" as const, reason: "" };
  const photo = await takeTestPhoto(printed, { over: pressedRing });
  const jobs: unknown[] = [];
  const watched = {
    ...env,
    enqueue: (async (tx, task, payload, key) => {
      jobs.push([task, payload]);
      return env.enqueue(tx, task, payload, key);
    }) as typeof env.enqueue,
  };
  for (let time = 0; time < 2; time += 1)
    assert.deepEqual(
      await codesOf(
        reportImpression(watched, custodian, said, { stream: Readable.from([photo]), fileName: "photo.jpg" }),
      ),
      ["stamping.pressed-after-release"],
    );
  assert.deepEqual(jobs, [["read-photo", { requestId, impressionId }]], "sent again it is read once");
  await readImpressionPhoto(env, requestId, impressionId);
  assert.deepEqual((await verdictsOf(requestId))[1], ["same", "nothing"]);
  assert.deepEqual(await place.statesOf(requestId), ["pressed", "released"]);
  await place.putBack(place.contractPiece);
});

test("C09 C17 of two documents with one seal the code says which lies there, and what was read before codes named documents stands", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const documents = ["twelve gauges", "nine gauges"].map((about) => ({
    ...{ pdf: testContract({}, about), sealIds: [place.contract] },
  }));
  const requestId = await walkToHand(env, crew, place.contract, { copies: 2, documents });
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  for (const nth of [1, 2, 3, 4]) await reportInTest(env, custodian, requestId, nth);
  const [first, second] = (await readHandImpressions(env.db, requestId)).map(({ documentId }) => documentId);
  assert.ok(first && second && first !== second);
  const show = async (nth: number, copy: number, documentId?: string): Promise<void> =>
    keepReading(env, requestId, await nthOf(requestId, nth), {
      verdict: "same",
      facts: {
        ...{ places: [], code: { page: 1, copy, requestId, ...(documentId ? { documentId } : {}) }, confidence: 1 },
        ...{ basis: "code", shows: null, impression: "found", lettersSure: true },
      },
    });
  await show(1, 2, second);
  await show(4, 1, first);
  await show(2, 1);
  await show(3, 2);
  assert.deepEqual(
    (await readHandImpressions(env.db, requestId)).map(({ documentId, copy }) => [documentId, copy]),
    [
      [second, 2],
      [second, 1],
      [first, 2],
      [first, 1],
    ],
  );
  assert.deepEqual(
    await verdictsOf(requestId),
    [1, 2, 3, 4].map(() => ["same", "nothing"]),
  );
  await place.putBack(place.contractPiece);
});
