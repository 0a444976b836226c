import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { endStamping } from "../stamping/report.ts";
import { alarmLateStampings } from "../stamping/stamping-ticks.ts";
import { lookInTest, photoOf, reportInTest, ruleInTest, walkToHand } from "../stamping/test-stamping.ts";
import { factOf, placeForTests, type StampingPlace } from "../stamping/test-stamping-place.ts";
import { showCopies } from "./show-copies.ts";
import { moveInTest } from "./test-copies.ts";

let place: StampingPlace;
let env: Environment;
let crew: TestCrew;
placeForTests((made) => {
  place = made;
  ({ env, crew } = place);
});

const move = (personId: string, requestId: string, said: Parameters<typeof moveInTest>[3]) =>
  moveInTest(env, personId, requestId, said);
const statesOf = async (requestId: string) =>
  (await showCopies(env, crew.people.applicant, requestId)).copies.map(({ copy, state }) => [copy, state]);

/** A request of which so many copies were stamped, and the others were not. */
async function stamp(copies: number, pressed: number): Promise<string> {
  const requestId = await walkToHand(env, crew, place.contract, { copies });
  await place.stamp(requestId, Array(pressed).fill("pressed"));
  return requestId;
}

test("C19: each stamped copy is accounted for: handed out against a receipt, filed, voided by another, and told in the register", async () => {
  const { applicant, custodian, supervisor, inspector, stranger } = crew.people;
  const requestId = await stamp(5, 4);
  assert.deepEqual(await statesOf(requestId), [
    [1, "here"],
    [2, "here"],
    [3, "here"],
    [4, "here"],
  ]);
  assert.equal((await place.openTasks("account-copies", requestId))[0]?.assignee_id, applicant);
  await lookInTest(env, supervisor, requestId);

  const receipt = { act: "hand-out", copies: [1, 2], receiver: "Beicheng Ltd, Ms Wang" } as const;
  assert.deepEqual(await codesOf(move(applicant, requestId, receipt)), ["copies.receiver-missing"]);
  assert.deepEqual(await codesOf(move(stranger, requestId, { ...receipt, way: "in-person" })), ["copies.not-keeper"]);
  assert.deepEqual(await codesOf(move(applicant, requestId, { ...receipt, way: "in-person", copies: [5] })), [
    "copies.not-stamped",
  ]);
  await move(applicant, requestId, { ...receipt, way: "courier", courier: "SF 1042" });
  await move(applicant, requestId, { act: "file", copies: [3], receiver: "Archive, shelf 4" });
  assert.equal((await place.openTasks("account-copies", requestId)).length, 1, "copy 4 is not accounted for");

  const photo = await uploadEvidence(env, custodian, photoOf(901));
  const voided = { act: "void", copies: [4], reason: "One copy too many", evidenceId: photo.evidenceId } as const;
  await assert.rejects(move(applicant, requestId, voided), "nobody shows a photo of somebody else's");
  assert.deepEqual(await codesOf(move(custodian, requestId, { ...voided, evidenceId: null })), [
    "copies.photo-missing",
  ]);
  const own = await uploadEvidence(env, applicant, photoOf(902));
  assert.deepEqual(await codesOf(move(applicant, requestId, { ...voided, evidenceId: own.evidenceId })), [
    "copies.voided-by-asker",
  ]);
  await move(custodian, requestId, voided);
  await requireSeesEvidence(env, inspector, photo.evidenceId);
  await assert.rejects(requireSeesEvidence(env, stranger, photo.evidenceId));
  assert.deepEqual(await place.openTasks("account-copies", requestId), [], "every copy is accounted for");
  assert.deepEqual(await codesOf(move(custodian, requestId, { act: "bring-back", copies: [4], reason: "Found" })), [
    "copies.act-not-possible",
  ]);

  const lines = await place.linesOf(requestId, "copies");
  assert.deepEqual(
    lines.map((line) => [line.title.en, factOf(line, "copyNumbers")]),
    [
      ["Copies handed out", "1–2"],
      ["Copies filed", "3"],
      ["Copies voided", "4"],
    ],
  );
  assert.deepEqual(
    ["receivedBy", "way", "courierNumber"].map((key) => factOf(lines[0], key)),
    ["Beicheng Ltd, Ms Wang", "by courier", "SF 1042"],
  );
});

test("C19: a lost copy is a finding; a copy that comes back is owed again", async () => {
  const { applicant, supervisor } = crew.people;
  const requestId = await stamp(2, 2);
  await lookInTest(env, supervisor, requestId);
  await move(applicant, requestId, { act: "hand-out", copies: [1], receiver: "Beicheng Ltd", way: "in-person" });
  await move(applicant, requestId, { act: "lose", copies: [2], reason: "Left in a taxi" });
  const [finding] = await place.findingsOf("copies.lost", `${requestId} 2`);
  assert.deepEqual([finding?.control, finding?.state], ["C19", "open"]);
  assert.deepEqual(await place.openTasks("account-copies", requestId), []);
  await move(applicant, requestId, { act: "bring-back", copies: [1, 2], reason: "Not signed; found again" });
  assert.deepEqual(await statesOf(requestId), [
    [1, "here"],
    [2, "here"],
  ]);
  assert.equal((await place.openTasks("account-copies", requestId)).length, 1);
});

test("C09, C19: a copy with a spoiled impression goes to nobody; one of which two say that nothing was pressed is only paper", async () => {
  const { applicant, custodian, supervisor, signatory, inspector } = crew.people;
  const requestId = await place.begin("contract", { copies: 2 });
  await reportInTest(env, custodian, requestId, 1, "spoiled");
  await reportInTest(env, custodian, requestId, 2, "cannot-tell");
  await endStamping(env, custodian, requestId, "");
  await place.putBack(place.contractPiece);
  const handOut = { act: "hand-out", copies: [1], receiver: "Beicheng Ltd", way: "in-person" } as const;
  assert.deepEqual(await codesOf(move(applicant, requestId, handOut)), ["copies.not-whole"]);
  assert.deepEqual(await codesOf(move(applicant, requestId, { ...handOut, copies: [2] })), ["copies.not-whole"]);
  await lookInTest(env, supervisor, requestId);
  const impressionId = await place.idOf(requestId, 2);
  await ruleInTest(env, signatory, { requestId, impressionId }, "released");
  await ruleInTest(env, inspector, { requestId, impressionId }, "released");
  assert.deepEqual(await statesOf(requestId), [[1, "here"]]);
  const photo = await uploadEvidence(env, custodian, photoOf(903));
  await move(custodian, requestId, { act: "void", copies: [1], reason: "Spoiled", evidenceId: photo.evidenceId });
  assert.deepEqual(await place.openTasks("account-copies", requestId), []);
});

test("C09, C19: a good copy is not made void by the photo that it was stamped with: its cancelled paper is photographed anew", async () => {
  const { custodian, supervisor } = crew.people;
  const requestId = await place.begin("contract", { copies: 3 });
  for (const nth of [1, 2]) await reportInTest(env, custodian, requestId, nth, "pressed", 920 + nth);
  for (const given of [921, 922])
    assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 1, "spoiled", given)), [
      "stamping.cancelled-photo-used",
    ]);
  assert.deepEqual(await place.statesOf(requestId), ["pressed", "pressed", "reserved"]);
  // A phone that had no answer sends it again: it counts once.
  for (let turn = 0; turn < 2; turn += 1)
    assert.equal((await reportInTest(env, custodian, requestId, 1, "spoiled", 923)).state, "spoiled");
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 2, "spoiled", 923)), [
    "stamping.cancelled-photo-used",
  ]);
  await endStamping(env, custodian, requestId, "");
  await place.putBack(place.contractPiece);
  await lookInTest(env, supervisor, requestId);
  const photo = async (nth: number) => (await uploadEvidence(env, custodian, photoOf(nth))).evidenceId;
  const voidOf = async (copies: number[], nth: number) =>
    codesOf(move(custodian, requestId, { act: "void", copies, reason: "Not needed", evidenceId: await photo(nth) }));
  for (const given of [921, 922, 923]) assert.deepEqual(await voidOf([2], given), ["copies.photo-used"], `${given}`);
  assert.deepEqual(await voidOf([1], 924), []);
  assert.deepEqual(await voidOf([2], 924), ["copies.photo-used"]);
  assert.deepEqual(await voidOf([2], 925), []);
});

test("C19: copies of which nobody says in time where they went are a finding, once", async () => {
  const requestId = await stamp(1, 1);
  const late = { ...env, clock: { now: () => env.clock.now() + 20 * 86_400_000 } };
  await alarmLateStampings(late);
  await alarmLateStampings(late);
  const findings = await place.findingsOf("copies.unaccounted", `account-copies ${requestId}`);
  assert.deepEqual(
    findings.map(({ control }) => control),
    ["C19"],
  );
});

test("C19: two who account for one copy at once: one receipt stands, and the other is told", async () => {
  const { applicant, custodian, supervisor } = crew.people;
  const requestId = await stamp(1, 1);
  await lookInTest(env, supervisor, requestId);
  const to = (personId: string, receiver: string) =>
    codesOf(move(personId, requestId, { act: "hand-out", copies: [1], receiver, way: "in-person" }));
  const answers = await Promise.all([to(applicant, "Beicheng Ltd"), to(custodian, "The archive")]);
  assert.deepEqual(answers.flat(), ["copies.act-not-possible"]);
  assert.equal((await place.linesOf(requestId, "copies")).length, 1);
});
