import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { addDays } from "@chancery/domain";
import { readPageCode, writePageCode } from "@chancery/printed-copy";
import { ProblemError } from "../../platform/problems.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { approveInTest, type TestApplication } from "../../platform/test-walk.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { beginMakeUp } from "../make-up/begin-make-up.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { askSettingChange, decideSetting } from "../settings/service.ts";
import { moveInTest } from "../stamped-copies/test-copies.ts";
import { digestOfStamping, lookAtPhotos } from "../stamping/look.ts";
import { readHandImpressions } from "../stamping/open-stamping.ts";
import { readStampingView } from "../stamping/read-model.ts";
import { endStamping, reportImpression } from "../stamping/report.ts";
import { lookInTest, openInTest, photoOf, ruleInTest, walkToHand, whenUnread } from "../stamping/test-stamping.ts";
import { factOf, notice, placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { pageCodeMac } from "./make-print-copy.ts";
import { pageCodeKey, uuidOf } from "./page-codes.ts";
import { printCopies } from "./print-copies.ts";
import { readImpressionPhoto } from "./read-impression-photo.ts";
import { showPrintedPage } from "./show-printed-page.ts";
import { pressedRing, takeTestPhoto } from "./test-photo.ts";
import { closePhotoCase, pressInTest } from "./test-press.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

/** Asked for, agreed to, and printed by its applicant. */
async function walkToPrint(sealId: string, copies: number, change: Pick<TestApplication, "confidential"> = {}) {
  const { env, crew } = place;
  const about = sealId === place.department ? notice : {};
  const requestId = await walkToHand(env, crew, sealId, { ...about, copies, ...change });
  const documentId = (await readStampingView(env, crew.people.custodian, requestId)).documents[0]?.documentId ?? "";
  const print = (personId: string, from = 1, to = copies) =>
    printCopies(env, personId, { requestId, documentId, from, to });
  return { requestId, print };
}

const press = (requestId: string, nth: number, photo: Uint8Array): Promise<void> =>
  pressInTest(place, requestId, nth, photo);
const comparisonsOf = async (requestId: string) =>
  (await readStampingView(place.env, place.crew.people.supervisor, requestId)).impressions.map(
    ({ photo }) => photo?.comparison,
  );

test("C17 copies are printed by who carries or stamps them, once it is agreed, and told in the ledger; the same copy is the same bytes", async () => {
  const { env, crew } = place;
  const { applicant, supervisor, custodian } = crew.people;
  const { requestId, print } = await walkToPrint(place.contract, 3);
  assert.deepEqual(await codesOf(print(supervisor)), ["print.not-yours"]);
  assert.deepEqual(await codesOf(print(applicant, 2, 4)), ["print.copies"]);
  const [once, again] = [await print(applicant, 2, 2), await print(custodian, 2, 2)];
  assert.equal(Buffer.from(once).equals(Buffer.from(again)), true);
  const events = await env.db.selectFrom("events").select("actor_id").where("type", "=", "CopiesPrinted").execute();
  assert.deepEqual(events.map((one) => one.actor_id).sort(), [applicant, custodian].sort());
  await env.db.updateTable("seal_use_requests").set({ state: "frozen" }).where("request_id", "=", requestId).execute();
  assert.deepEqual(await codesOf(print(applicant)), ["print.not-authorised"]);
});

test("C17 a page that was swapped, and one of another copy, are found by its photo; nobody confirms before each was answered", async () => {
  const { env, crew } = place;
  const { applicant, supervisor } = crew.people;
  const { requestId, print } = await walkToPrint(place.contract, 3);
  const copy = await print(applicant, 1, 1);
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  const standing = async (nth: number) => (await showPrintedPage(env, await codeOf(requestId, nth))).standing;
  assert.equal(await standing(1), "may-be-stamped");
  await press(requestId, 1, await takeTestPhoto(copy, { over: pressedRing }));
  assert.deepEqual([await standing(1), await standing(2)], ["stamped", "may-be-stamped"], "each copy by itself");
  await press(requestId, 2, await takeTestPhoto(copy, { turn: -3, over: pressedRing }));
  await press(requestId, 3, await takeTestPhoto(makeTestPdf(["We owe you everything.", "Signed without reading:"])));
  const found = await comparisonsOf(requestId);
  assert.deepEqual(
    found.map((one) => [one?.verdict, one?.impression, one?.demands, one?.code?.copy]),
    [
      ["same", "found", "nothing", 1],
      ["wrong-copy", "found", "answer", 1],
      ["no-code", null, "answer", undefined],
    ],
  );
  await readImpressionPhoto(env, requestId, await place.idOf(requestId, 1));
  const readings = await env.db
    .selectFrom("events")
    .select("event_id")
    .where("type", "=", "PhotoCompared")
    .where("request_id", "=", requestId)
    .execute();
  assert.equal(readings.length, 3, "a photo that was read is not read again");
  assert.deepEqual(await codesOf(lookInTest(env, supervisor, requestId)), ["stamping.disagreement-open"]);
  const [second, third] = [await place.idOf(requestId, 2), await place.idOf(requestId, 3)];
  assert.deepEqual(
    await codesOf(
      lookInTest(env, supervisor, requestId, [], [{ impressionId: second, reason: "The copies were mixed" }]),
    ),
    ["stamping.disagreement-open"],
    "each of them",
  );
  await lookInTest(
    env,
    supervisor,
    requestId,
    [{ impressionId: third, reason: "Another paper" }],
    [{ impressionId: second, reason: "The copies were mixed" }],
  );
  assert.equal(await place.stateOf(requestId), "frozen");
  const answered = await env.db
    .selectFrom("events")
    .select(["actor_id", "comment"])
    .where("type", "=", "PhotoAnswered")
    .where("request_id", "=", requestId)
    .execute();
  assert.deepEqual(answered, [{ actor_id: supervisor, comment: "The copies were mixed" }]);
  await place.putBack(place.contractPiece);
});

test("C17 a page without its impression freezes the request; it goes on once somebody without a part in it has closed the case, and is confirmed with a reason for each photo that disagrees", async () => {
  const { env, crew } = place;
  const { applicant, custodian, supervisor, inspector } = crew.people;
  const { requestId, print } = await walkToPrint(place.contract, 3);
  const copies = [await print(applicant, 1, 1), await print(applicant, 2, 2)] as const;
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.contractPiece);
  await press(requestId, 1, await takeTestPhoto(copies[0]));
  const told = (await comparisonsOf(requestId))[0];
  assert.deepEqual([told?.verdict, told?.impression, told?.demands], ["same", "none", "freeze"]);
  assert.equal(await place.stateOf(requestId), "frozen");
  assert.deepEqual(
    (await readStampingView(env, custodian, requestId)).actions,
    ["spoil", "end"],
    "nothing more is pressed",
  );

  // What was pressed before he knew of it is taken all the same, and two people decide.
  const changed = `${pressedRing}<rect x="40" y="40" width="30" height="6" fill="#111"/>`;
  await press(requestId, 2, await takeTestPhoto(copies[1], { over: changed, turn: -2 }));
  const changedOne = (await comparisonsOf(requestId))[1];
  // Its font is not in its file, so that another program may have drawn other letters.
  assert.deepEqual([changedOne?.verdict, changedOne?.demands], ["differs", "answer"]);
  assert.equal((await readHandImpressions(env.db, requestId))[1]?.state, "unknown");
  await endStamping(env, custodian, requestId, "");
  assert.equal(await place.stateOf(requestId), "frozen");
  assert.deepEqual(await codesOf(lookInTest(env, supervisor, requestId)), [
    "stamping.not-ended",
    "stamping.disagreement-open",
  ]);

  const second = await place.idOf(requestId, 2);
  for (const personId of [supervisor, inspector])
    await ruleInTest(env, personId, { requestId, impressionId: second }, "settled");
  assert.equal(await place.stateOf(requestId), "frozen", "the case holds it");
  assert.deepEqual(await codesOf(closePhotoCase(place, requestId, 1, custodian)), ["finding.own"]);
  await closePhotoCase(place, requestId, 1, inspector);
  assert.equal(await place.stateOf(requestId), "closed");

  const first = await place.idOf(requestId, 1);
  const why = "The photo was taken before the press";
  const answers = [first, second].map((impressionId) => ({ impressionId, reason: why }));
  await lookInTest(env, supervisor, requestId, [], answers);
  const line = (await place.linesOf(requestId))[0];
  assert.deepEqual(
    ["comparedNone", "comparedOther", "photoAnswers"].map((key) => factOf(line, key)),
    ["1", "1", `${why} · ${why}`],
  );
  await place.putBack(place.contractPiece);
});

test("C17 what is found after the photos were looked at opens a finding; what was not printed here is not compared", async () => {
  const { env, crew } = place;
  const { applicant, inspector } = crew.people;
  const { requestId, print } = await walkToPrint(place.department, 1);
  await openInTest(env, crew, requestId);
  await place.takeInHand(place.departmentPiece);
  const other = await takeTestPhoto(makeTestPdf(["Not what was asked for", "by anybody"]));
  const impressionId = await place.idOf(requestId, 1);
  await print(applicant);
  const said = { requestId, impressionId, report: "pressed" as const, reason: "" };
  await reportImpression(env, crew.people.custodian, said, { stream: Readable.from([other]), fileName: "photo.jpg" });
  const digest = digestOfStamping(await readHandImpressions(env.db, requestId));
  const seen = { digest, wrong: [], answers: [], note: "", opened: [] };
  const look = (when: typeof env) => lookAtPhotos(when, inspector, requestId, seen, null);
  assert.deepEqual(await codesOf(look(env)), ["stamping.photos-being-read"], "what copies they show is not known yet");
  await look(whenUnread(env));
  await readImpressionPhoto(env, requestId, impressionId);
  assert.equal((await place.findingsOf("stamping.photo-differs", impressionId)).length, 1);

  const unprinted = await walkToHand(env, crew, place.department, { ...notice, copies: 1 });
  await openInTest(env, crew, unprinted);
  await press(unprinted, 1, await takeTestPhoto(makeTestPdf(["Printed elsewhere"])));
  assert.deepEqual(await comparisonsOf(unprinted), [null]);
  await place.putBack(place.departmentPiece);
});

test("C23 whoever holds the paper learns what its code stands for; a code that was not made here is found by nobody", async () => {
  const { env, crew } = place;
  const { requestId, print } = await walkToPrint(place.department, 2);
  await print(crew.people.applicant);
  const documents = (await readStampingView(env, crew.people.custodian, requestId)).documents.length;
  assert.equal(documents, 1);
  const row = await env.db
    .selectFrom("request_documents as rd")
    .innerJoin("documents as d", "d.document_id", "rd.document_id")
    .select("d.digest")
    .where("rd.request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const code = { requestId: uuidOf(requestId), page: 1, copy: 2, digest: row.digest.slice(7, 23) };
  const mac = pageCodeMac(pageCodeKey(env));
  const text = writePageCode(code, mac, "HTTP://LOCALHOST:1/P/");
  assert.ok(readPageCode(text, mac).ok);
  const shown = await showPrintedPage(env, text.slice(text.lastIndexOf("/") + 1).toLowerCase());
  assert.deepEqual(
    [shown.page, shown.copy, shown.copies, shown.standing, shown.digest],
    [1, 2, 2, "may-be-stamped", code.digest],
  );
  assert.match(shown.number, /^LX-/);
  const { title } = await env.db
    .selectFrom("seal_use_requests")
    .select("title")
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  assert.equal(shown.title, title);
  for (const forged of [
    writePageCode(code, pageCodeMac("5b".repeat(32))),
    writePageCode({ ...code, digest: "0".repeat(16) }, mac),
    "",
    "A".repeat(61),
  ])
    await assert.rejects(
      showPrintedPage(env, forged),
      (error) => error instanceof ProblemError && error.status === 404,
    );
});

/** The code on the first page of a copy, as whoever scans it sends it. */
async function codeOf(requestId: string, copy = 1): Promise<string> {
  const { env } = place;
  const { digest } = await env.db
    .selectFrom("request_documents as rd")
    .innerJoin("documents as d", "d.document_id", "rd.document_id")
    .select("d.digest")
    .where("rd.request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  const code = { requestId: uuidOf(requestId), page: 1, copy, digest: digest.slice(7, 23) };
  const text = writePageCode(code, pageCodeMac(pageCodeKey(env)), "HTTP://LOCALHOST:1/P/");
  return text.slice(text.lastIndexOf("/") + 1);
}

test("C19 C23 the page of a void copy says so to whoever scans it: voided, lost and replaced, and found again", async () => {
  const { env, crew } = place;
  const { applicant, custodian, supervisor } = crew.people;
  const { requestId, print } = await walkToPrint(place.contract, 3);
  await print(applicant);
  await place.stamp(requestId, ["pressed", "pressed", "pressed"]);
  const standings = async (at = whenUnread(env)) => {
    const all = [];
    for (const copy of [1, 2, 3]) all.push((await showPrintedPage(at, await codeOf(requestId, copy))).standing);
    return all;
  };
  const unconfirmed = ["not-confirmed", "not-confirmed", "not-confirmed"];
  assert.deepEqual(await standings(env), unconfirmed, "their photos are being compared");
  assert.deepEqual(await standings(), unconfirmed, "no machine has read them, and nobody has looked");
  await lookInTest(whenUnread(env), supervisor, requestId);
  assert.deepEqual(await standings(), ["stamped", "stamped", "stamped"]);
  const { evidenceId } = await uploadEvidence(env, custodian, photoOf(811));
  await moveInTest(whenUnread(env), custodian, requestId, {
    act: "void",
    copies: [2],
    reason: "One too many",
    evidenceId,
  });
  await moveInTest(env, applicant, requestId, { act: "lose", copies: [3], reason: "Left in a taxi" });
  assert.deepEqual(await standings(), ["stamped", "void", "lost"]);
  const statement = await uploadEvidence(env, applicant, photoOf(812));
  const makeUp = await beginMakeUp(env, applicant, requestId, {
    ...{ copy: 3, reason: "Lost on the way", evidenceId: statement.evidenceId },
  });
  await submitRequest(env, applicant, makeUp.requestId);
  await approveInTest(env, crew, makeUp.requestId);
  await place.stamp(makeUp.requestId, ["pressed"]);
  assert.deepEqual(await standings(), ["stamped", "void", "void"], "replaced, and void whatever becomes of its paper");
  await moveInTest(env, applicant, requestId, { act: "find", copies: [3], reason: "It was in a drawer" });
  assert.deepEqual(await standings(), ["stamped", "void", "void"]);
});

test("C07 what the public page of a printed code tells is a setting, and a confidential request keeps its title", async () => {
  const { env, crew } = place;
  const code = await codeOf((await walkToPrint(place.department, 1)).requestId);
  const secret = { confidential: "A sale that is not told yet" };
  const kept = await codeOf((await walkToPrint(place.department, 1, secret)).requestId);
  const choose = async (key: "printedPagePublic" | "printedPageTitle", value: number) => {
    const endsOn = key === "printedPagePublic" ? addDays(dayIn("UTC", env.clock.now()), 1) : null;
    const change = { key, value, endsOn, reason: "As the counsel asks" };
    const { settingChangeId } = await askSettingChange(env, crew.people.administrator, change);
    await decideSetting(env, crew.people.signatory, settingChangeId, true);
  };
  assert.equal((await showPrintedPage(env, code)).title, "Supply contract");
  const ofKept = await showPrintedPage(env, kept);
  assert.deepEqual([ofKept.title, ofKept.standing], [null, "may-be-stamped"]);
  await choose("printedPageTitle", 0);
  assert.equal((await showPrintedPage(env, code)).title, null);
  await choose("printedPagePublic", 0);
  for (const asked of [code, "A".repeat(61)])
    assert.deepEqual(await codesOf(showPrintedPage(env, asked)), ["printed-page.not-public"]);
});
