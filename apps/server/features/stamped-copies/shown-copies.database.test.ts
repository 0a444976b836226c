import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { writePageCode } from "@chancery/printed-copy";
import { codesOf } from "../../platform/test-refusals.ts";
import { uploadEvidence } from "../evidence/service.ts";
import { pageCodeMac } from "../printed-copies/make-print-copy.ts";
import { pageCodeKey, uuidOf } from "../printed-copies/page-codes.ts";
import { printCopies } from "../printed-copies/print-copies.ts";
import { showPrintedPage } from "../printed-copies/show-printed-page.ts";
import { pressedRing, takeTestPhoto } from "../printed-copies/test-photo.ts";
import { findInTest } from "../printed-copies/test-press.ts";
import { loadRequest } from "../requests/load-request.ts";
import { readFourCounts } from "../stamping/four-counts.ts";
import { readGateFacts } from "../stamping/gate-facts.ts";
import { readStamping } from "../stamping/open-stamping.ts";
import { endStamping } from "../stamping/report.ts";
import {
  lookInTest,
  openInTest,
  reportInTest,
  ruleInTest,
  statementInTest,
  walkToHand,
} from "../stamping/test-stamping.ts";
import { notice, placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { showCopies } from "./show-copies.ts";
import { moveInTest } from "./test-copies.ts";

let place: StampingPlace;
placeForTests((made) => {
  place = made;
});

/** What was printed of each request: its copies one after the other, of one page each. */
const printed = new Map<string, Uint8Array>();

/** Printed here, and stamped as it is said of each impression; none of its photos has been read. */
async function stampPrinted(
  seal: "contract" | "department",
  copies: number,
  reports: readonly ("pressed" | "not-pressed")[],
): Promise<string> {
  const { env, crew } = place;
  const requestId = await walkToHand(env, crew, place[seal], { ...(seal === "department" ? notice : {}), copies });
  const documentId = (await loadRequest(env.db, requestId)).documents[0]?.documentId ?? "";
  printed.set(requestId, await printCopies(env, crew.people.applicant, { requestId, documentId, from: 1, to: copies }));
  await openInTest(env, crew, requestId);
  const piece = seal === "contract" ? place.contractPiece : place.departmentPiece;
  await place.takeInHand(piece);
  for (const [at, report] of reports.entries())
    await reportInTest(env, crew.people.custodian, requestId, at + 1, report);
  // With the last report it ends by itself.
  if ((await place.stateOf(requestId)) === "opened") await endStamping(env, crew.people.custodian, requestId, "");
  await place.putBack(piece);
  return requestId;
}

/** What the public page says of a copy. */
async function standingOf(requestId: string, copy: number): Promise<string> {
  const { env } = place;
  const digest = (await loadRequest(env.db, requestId)).documents[0]?.digest ?? "";
  const code = { requestId: uuidOf(requestId), page: 1, copy, digest: digest.slice(7, 23) };
  const text = writePageCode(code, pageCodeMac(pageCodeKey(env)), "HTTP://LOCALHOST:1/P/");
  return (await showPrintedPage(env, text.slice(text.lastIndexOf("/") + 1))).standing;
}
const standings = (requestId: string, copies: readonly number[]) =>
  Promise.all(copies.map((copy) => standingOf(requestId, copy)));
const handOut = (requestId: string, copy: number): Promise<void> =>
  moveInTest(place.env, place.crew.people.applicant, requestId, {
    ...{ act: "hand-out", copies: [copy], receiver: "Beicheng Ltd, Ms Wang", way: "in-person" },
  });
const showingsOf = async (requestId: string) =>
  (await showCopies(place.env, place.crew.people.applicant, requestId)).copies.map(({ copy, showing, acts }) => [
    ...[copy, showing, acts.includes("hand-out")],
  ]);
async function countsOf(requestId: string) {
  const { env } = place;
  const stamping = await readStamping(env.db, requestId);
  assert.ok(stamping);
  const { authorised, counted, photographed, registered, differences } = await readFourCounts(
    env.db,
    await readGateFacts(env.db, env, requestId),
    stamping,
  );
  return [[authorised, counted, photographed, registered], differences.map(({ kind }) => kind)];
}

test("C09 C17 C19 one stamped sheet never passes for two copies: the copy that no photo shows goes to nobody until two people have said what it is", async () => {
  const { env, crew } = place;
  const { supervisor, inspector } = crew.people;
  const requestId = await stampPrinted("contract", 3, ["pressed", "pressed", "pressed"]);
  await findInTest(place, requestId, 1, 1);
  // The same sheet from another angle, and the second one for the third impression: copy 3 was in front of nobody.
  await findInTest(place, requestId, 2, 1);
  await findInTest(place, requestId, 3, 2);
  assert.deepEqual(await showingsOf(requestId), [
    [1, "shown", true],
    [2, "shown", true],
    [3, "not-shown", false],
  ]);
  assert.deepEqual(await standings(requestId, [1, 2, 3]), ["stamped", "stamped", "not-confirmed"]);
  assert.deepEqual(await codesOf(handOut(requestId, 3)), ["copies.not-shown"]);
  assert.deepEqual(await countsOf(requestId), [
    [3, 3, 2, 0],
    ["photo-owed", "not-registered"],
  ]);

  const about = { requestId, impressionId: await place.idOf(requestId, 2) };
  assert.deepEqual(await codesOf(lookInTest(env, supervisor, requestId)), ["stamping.disagreement-open"]);
  await lookInTest(env, supervisor, requestId, [], [{ impressionId: about.impressionId, reason: "ok" }]);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "unknown", "settled"], "no word of one settles it");
  assert.equal(await place.stateOf(requestId), "closed");
  assert.equal(await standingOf(requestId, 3), "unclear");
  assert.deepEqual(await codesOf(handOut(requestId, 3)), ["copies.not-whole"]);

  // It was never pressed: the word that it was came with the photo of another copy.
  await ruleInTest(env, supervisor, about, "released", statementInTest());
  await ruleInTest(env, inspector, about, "released", statementInTest());
  assert.equal(await place.stateOf(requestId), "registered");
  assert.deepEqual(await countsOf(requestId), [[3, 2, 2, 2], ["unused"]]);
  assert.deepEqual(await standings(requestId, [1, 2, 3]), ["stamped", "stamped", "not-stamped"]);
  await handOut(requestId, 1);
  assert.deepEqual(await codesOf(handOut(requestId, 3)), ["copies.not-stamped"]);
});

test("C09 C17 two people may find that the copy was stamped all the same; its count of photos still lacks one, and says so", async () => {
  const { env, crew } = place;
  const { supervisor, inspector } = crew.people;
  const requestId = await stampPrinted("contract", 2, ["pressed", "pressed"]);
  await findInTest(place, requestId, 1, 1);
  await findInTest(place, requestId, 2, 1);
  const about = { requestId, impressionId: await place.idOf(requestId, 2) };
  await lookInTest(env, supervisor, requestId, [], [{ impressionId: about.impressionId, reason: "I saw both" }]);
  await ruleInTest(env, supervisor, about, "settled");
  await ruleInTest(env, inspector, about, "settled");
  assert.equal(await standingOf(requestId, 2), "stamped");
  assert.deepEqual(await countsOf(requestId), [[2, 2, 1, 2], ["photo-excused"]]);
  await handOut(requestId, 2);
});

test("C17 C19 no copy goes out before its photo is compared, so that nobody keeps it from the copy that it shows", async () => {
  const requestId = await stampPrinted("contract", 2, ["pressed", "not-pressed"]);
  assert.deepEqual(await showingsOf(requestId), [[1, "being-read", false]]);
  assert.equal(await standingOf(requestId, 1), "not-confirmed");
  const { applicant } = place.crew.people;
  const filed = { act: "file", copies: [1], receiver: "Archive" } as const;
  assert.deepEqual(await codesOf(handOut(requestId, 1)), ["copies.being-read"]);
  assert.deepEqual(await codesOf(moveInTest(place.env, applicant, requestId, filed)), ["copies.being-read"]);
  await findInTest(place, requestId, 1, 2);
  assert.deepEqual(await showingsOf(requestId), [[2, "shown", true]]);
  assert.deepEqual(await standings(requestId, [1, 2]), ["not-stamped", "stamped"]);
  assert.deepEqual(await codesOf(handOut(requestId, 1)), ["copies.not-stamped"]);
  await handOut(requestId, 2);
});

test("C17 C19 a photo without a code is looked at before its copy goes out or is told to be stamped, also where nobody had to be there", async () => {
  const { env, crew } = place;
  for (const [seal, looker] of [
    ["contract", crew.people.supervisor],
    ["department", crew.people.inspector],
  ] as const) {
    const requestId = await stampPrinted(seal, 1, ["pressed"]);
    await findInTest(place, requestId, 1, null, "no-code");
    assert.deepEqual(await showingsOf(requestId), [[1, "to-answer", false]]);
    assert.equal(await standingOf(requestId, 1), "not-confirmed");
    assert.deepEqual(await codesOf(handOut(requestId, 1)), ["copies.to-answer"]);
    const answer = { impressionId: await place.idOf(requestId, 1), reason: "A thumb lay on the code" };
    await lookInTest(env, looker, requestId, [], [answer]);
    assert.equal(await standingOf(requestId, 1), "stamped", seal);
    await handOut(requestId, 1);
  }
});

test("C09 C17 where it was settled without a supervisor a photo of another copy is a finding, and its copy stays here until that is closed", async () => {
  const { env, crew } = place;
  const requestId = await stampPrinted("department", 2, ["pressed", "pressed"]);
  await findInTest(place, requestId, 1, 1);
  await findInTest(place, requestId, 2, 1);
  const impressionId = await place.idOf(requestId, 2);
  await lookInTest(env, crew.people.inspector, requestId, [], [{ impressionId, reason: "ok" }]);
  assert.deepEqual((await place.findingsOf("stamping.other-copy", impressionId)).length, 1);
  assert.deepEqual(await countsOf(requestId), [[2, 2, 1, 2], ["photo-owed"]]);
  assert.equal(await standingOf(requestId, 2), "not-confirmed");
  assert.deepEqual(await codesOf(handOut(requestId, 2)), ["copies.not-shown"]);
  await env.db
    .updateTable("findings")
    .set({ state: "closed", closed_at: new Date(env.clock.now()), closed_by: crew.people.inspector })
    .where("subject_key", "=", impressionId)
    .execute();
  assert.equal(await standingOf(requestId, 2), "stamped");
  await handOut(requestId, 2);
});

test("C19 a voided copy is photographed itself: the code of another copy or of another request is refused", async () => {
  const { env, crew } = place;
  const { custodian } = crew.people;
  const requestId = await stampPrinted("contract", 2, ["pressed", "pressed"]);
  const other = await stampPrinted("department", 1, ["pressed"]);
  for (const nth of [1, 2]) await findInTest(place, requestId, nth, nth);
  await findInTest(place, other, 1, 1);
  const voidWith = async (of: string, copy: number, turn: number): Promise<void> => {
    const photo = await takeTestPhoto(printed.get(of) ?? new Uint8Array(), { page: copy, over: pressedRing, turn });
    const { evidenceId } = await uploadEvidence(env, custodian, { stream: Readable.from([photo]), fileName: "v.jpg" });
    await moveInTest(env, custodian, requestId, { act: "void", copies: [1], reason: "One too many", evidenceId });
  };
  assert.deepEqual(await codesOf(voidWith(requestId, 2, 1)), ["copies.photo-of-other"]);
  assert.deepEqual(await codesOf(voidWith(other, 1, 1)), ["copies.photo-of-other"]);
  await voidWith(requestId, 1, 2);
  assert.deepEqual(await standings(requestId, [1, 2]), ["void", "stamped"]);
});
