import assert from "node:assert/strict";
import { test } from "node:test";
import { copiesMost } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { presenceInTest } from "../../platform/test-walk.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { withManyCopies } from "../installation/sample/sample-rules.ts";
import { readDetail } from "../requests/detail.ts";
import { loadRequest } from "../requests/load-request.ts";
import { listSummaries } from "../requests/summaries.ts";
import { changeRulesInTest } from "../rules/test-rules.ts";
import { listTasks } from "../tasks/read-model.ts";
import { digestOfStamping, lookAtPhotos } from "./look.ts";
import { readHandImpressions } from "./open-stamping.ts";
import { readStampingView } from "./read-model.ts";
import { endStamping, reportImpression } from "./report.ts";
import { ruleImpression } from "./rule-impression.ts";
import { alarmLateStampings } from "./stamping-ticks.ts";
import { lookInTest, photoOf, reportInTest, ruleInTest, statementInTest, walkToHand } from "./test-stamping.ts";
import { factOf, notice, placeForTests, type StampingPlace } from "./test-stamping-place.ts";

let place: StampingPlace;
let env: Environment;
let crew: TestCrew;
placeForTests((made) => {
  place = made;
  ({ env, crew } = place);
});

test("an important seal from application to the register: opened, supervised, pressed copy by copy, confirmed by its photos", async () => {
  const { custodian, supervisor, secondCustodian, applicant } = crew.people;
  const requestId = await walkToHand(env, crew, place.contract, { copies: 2, placements: 2 });
  const waiting = async (personId: string) =>
    (await listSummaries(env, personId, { view: "waiting" })).items.find((one) => one.requestId === requestId)
      ?.waitingKind;
  assert.equal(await waiting(custodian), "release");
  assert.deepEqual((await readStampingView(env, custodian, requestId)).actions, ["open"]);
  assert.deepEqual((await readDetail(env, custodian, requestId)).actions.includes("stamp"), true);
  await presenceInTest(env, custodian, "release", requestId);
  assert.deepEqual(await place.statesOf(requestId), [], "C04 nothing is reserved before the supervisor is there");
  await presenceInTest(env, supervisor, "confirm", requestId);
  assert.deepEqual(
    await place.statesOf(requestId),
    Array.from({ length: 4 }, () => "reserved"),
  );
  assert.equal(await waiting(custodian), "stamping");
  assert.equal((await place.openTasks("finish-stamping", requestId)).length, 1);

  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 1)), ["stamping.piece-locked-away"], "C13");
  await place.takeInHand(place.contractPiece);
  assert.deepEqual(await reportInTest(env, custodian, requestId, 1), { state: "pressed", ended: false });
  const [line] = await place.linesOf(requestId);
  assert.equal(factOf(line, "pressed"), "1");
  assert.deepEqual(line?.owed, ["stamping", "confirmation"], "C09 the line is open with the first impression");
  await reportInTest(env, custodian, requestId, 2);
  await reportInTest(env, custodian, requestId, 3, "spoiled");
  const { counts } = await readStampingView(env, custodian, requestId);
  assert.deepEqual(counts, {
    ...{ authorised: 4, pressed: 3, photographed: 3, registered: 1, spoiled: 1, unknown: 0, released: 0 },
  });
  await endStamping(env, custodian, requestId, "");
  await endStamping(env, custodian, requestId, "");
  await place.putBack(place.contractPiece);
  assert.deepEqual(await place.statesOf(requestId), ["pressed", "pressed", "spoiled", "released"]);
  assert.equal(await place.stateOf(requestId), "closed");
  assert.equal(await waiting(supervisor), "photos");
  assert.equal((await place.openTasks("confirm-stamping", requestId))[0]?.assignee_id, supervisor);

  for (const personId of [custodian, applicant, secondCustodian])
    assert.notDeepEqual(await codesOf(lookInTest(env, personId, requestId)), [], "C04 C11 nobody else confirms");
  const photo = (await readHandImpressions(env.db, requestId))[0]?.evidenceId ?? "";
  await requireSeesEvidence(env, supervisor, photo);
  await assert.rejects(requireSeesEvidence(env, crew.people.stranger, photo));
  await lookInTest(env, supervisor, requestId);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled", "spoiled", "released"]);
  assert.equal(await place.stateOf(requestId), "registered");
  const [whole] = await place.linesOf(requestId);
  assert.deepEqual(whole?.owed, []);
  assert.deepEqual(
    ["copies", "authorised", "pressed", "photographed", "spoiled", "unused"].map((key) => factOf(whole, key)),
    ["2", "4", "3", "3", "1", "1"],
  );
  assert.equal((await place.linesOf(requestId)).length, 1);
  assert.equal(await waiting(supervisor), undefined);
  const { stamping, state } = await readDetail(env, applicant, requestId);
  assert.deepEqual([state, stamping?.debts], ["registered", []]);
});

test("C09 a seal that is not important is settled by its photo; somebody without a part in it looks at the photos afterwards", async () => {
  const { custodian, supervisor, inspector, applicant } = crew.people;
  const requestId = await place.begin("department", { copies: 2 });
  await reportInTest(env, custodian, requestId, 1);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "reserved"]);
  // With the last report the stamping has ended by itself.
  assert.equal((await reportInTest(env, custodian, requestId, 2)).ended, true);
  assert.equal(await place.stateOf(requestId), "closed");
  assert.equal((await place.openTasks("finish-stamping", requestId)).length, 0);
  const [task] = await place.openTasks("look-at-photos", requestId);
  assert.deepEqual([task?.assignee_role, task?.due_at !== null], ["supervisor", true]);
  assert.deepEqual((await place.linesOf(requestId))[0]?.owed, ["look"]);
  const listed = (await listTasks(env, supervisor, { view: "mine" })).items.find(
    (one) => one.kind === "look-at-photos",
  );
  assert.equal(listed?.requestId, requestId);
  for (const personId of [custodian, applicant])
    assert.deepEqual(await codesOf(lookInTest(env, personId, requestId)), ["stamping.looker-had-part"], "C11");
  const wrong = [{ impressionId: await place.idOf(requestId, 2), reason: "Another page" }];
  await lookInTest(env, inspector, requestId, wrong);
  assert.deepEqual(
    await place.statesOf(requestId),
    ["settled", "settled"],
    "it settles nothing, and takes nothing back",
  );
  assert.equal((await place.findingsOf("stamping.not-right", wrong[0]?.impressionId ?? "")).length, 1);
  assert.equal(await place.stateOf(requestId), "registered");
  assert.deepEqual(await codesOf(lookInTest(env, supervisor, requestId)), ["stamping.looked-already"]);
});

test("C09 a photo that a phone sends twice, at once or later, counts once; another photo, or one of another copy, is refused", async () => {
  const { custodian } = crew.people;
  const requestId = await place.begin("department", { copies: 3 });
  await Promise.all(Array.from({ length: 4 }, () => reportInTest(env, custodian, requestId, 1, "pressed", 40)));
  await reportInTest(env, custodian, requestId, 1, "pressed", 40);
  const pressed = await env.db
    .selectFrom("events")
    .select("event_id")
    .where("request_id", "=", requestId)
    .where("type", "=", "ImpressionPressed")
    .execute();
  assert.equal(pressed.length, 1);
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 1, "pressed", 41)), [
    "stamping.reported-already",
  ]);
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 2, "pressed", 40)), ["stamping.photo-used"]);
  const said = { requestId, impressionId: await place.idOf(requestId, 2), report: "pressed" as const, reason: "" };
  const paper = {
    stream: (async function* () {
      yield Buffer.from("%PDF-1.7\n%%EOF\n");
    })(),
    fileName: "scan.pdf",
  };
  assert.deepEqual(await codesOf(reportImpression(env, custodian, said, paper)), ["stamping.photo-not-a-picture"]);
  await assert.rejects(
    reportImpression(env, custodian, said, { ...photoOf(1), stream: photoOf(1).stream.take(0) as never }),
  );
  assert.deepEqual(await place.statesOf(requestId), ["settled", "reserved", "reserved"]);
  await endStamping(env, custodian, requestId, "");
});

test("C09 the last sheet is spoiled, too, until its photos are confirmed; what is settled says how its copy is voided", async () => {
  const { custodian, supervisor, applicant } = crew.people;
  const requestId = await place.begin("contract", { copies: 2 });
  for (const nth of [1, 2]) await reportInTest(env, custodian, requestId, nth, "pressed", 250 + nth);
  assert.equal(await place.stateOf(requestId), "closed", "it ended by itself");
  const actionsOf = async (personId: string) => (await readStampingView(env, personId, requestId)).actions;
  assert.ok((await actionsOf(custodian)).includes("spoil"));
  assert.equal((await actionsOf(applicant)).includes("spoil"), false);
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 2, "spoiled", 252)), [
    "stamping.cancelled-photo-used",
  ]);
  // A phone that had no answer sends it again.
  for (let turn = 0; turn < 2; turn += 1)
    assert.deepEqual(await reportInTest(env, custodian, requestId, 2, "spoiled", 253), {
      ...{ state: "spoiled", ended: true },
    });
  assert.equal(await place.stateOf(requestId), "closed");
  assert.equal((await place.openTasks("confirm-stamping", requestId)).length, 1);
  await lookInTest(env, supervisor, requestId);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "spoiled"]);
  assert.equal(await place.stateOf(requestId), "registered");
  assert.equal((await actionsOf(custodian)).includes("spoil"), false);
  const refused = await reportInTest(env, custodian, requestId, 1, "spoiled").catch((error: unknown) => error);
  assert.deepEqual(await codesOf(Promise.reject(refused)), ["stamping.settled-already"]);
  await place.putBack(place.contractPiece);
  const other = await place.begin("department", { copies: 1 });
  await reportInTest(env, custodian, other, 1);
  assert.deepEqual(await codesOf(reportInTest(env, custodian, other, 1, "spoiled")), ["stamping.settled-already"]);
});

test("C08 of two custodians who open at once one does; the other, and anybody else, reports nothing", async () => {
  const { custodian, secondCustodian, supervisor, applicant } = crew.people;
  const requestId = await walkToHand(env, crew, place.department, notice);
  const open = (personId: string) => codesOf(presenceInTest(env, personId, "release", requestId));
  const answers = await Promise.all([open(custodian), open(secondCustodian)]);
  assert.deepEqual(
    answers.toSorted((a, b) => a.length - b.length),
    [[], ["stamping.opened-by-other"]],
  );
  const { row } = await loadRequest(env.db, requestId);
  const other = row.released_by === custodian ? secondCustodian : custodian;
  for (const personId of [other, supervisor, applicant])
    assert.deepEqual(await codesOf(reportInTest(env, personId, requestId, 1)), ["stamping.not-stamper"]);
  // Who keeps the seal with him may end it, and cannot say that nothing was pressed.
  assert.deepEqual(await codesOf(endStamping(env, applicant, requestId, "no")), ["stamping.stamper-alone"]);
  assert.deepEqual(await codesOf(endStamping(env, other, requestId, "")), ["stamping.reason-missing"]);
  await endStamping(env, other, requestId, "He went home ill");
  assert.deepEqual(await place.statesOf(requestId), ["unknown", "unknown"]);
  assert.equal(await place.stateOf(requestId), "closed");
});

test("C09 C11 what nobody can tell counts as used until two people decide, with evidence and one of them without a part in it", async () => {
  const { custodian, supervisor, inspector, applicant, signatory } = crew.people;
  const requestId = await place.begin("department", { copies: 3 });
  for (const nth of [1, 2, 3]) await reportInTest(env, custodian, requestId, nth, "cannot-tell");
  assert.deepEqual((await readStampingView(env, inspector, requestId)).counts.unknown, 3);
  assert.equal(await place.stateOf(requestId), "closed");
  assert.equal((await place.openTasks("rule-impression", requestId)).length, 1);
  const rule = async (
    personId: string,
    nth: number,
    verdict: "settled" | "spoiled" | "released",
    shown?: number | "statement",
  ) => {
    const given = shown === "statement" ? statementInTest() : shown === undefined ? null : photoOf(shown);
    const photo = given && (await uploadEvidence(env, personId, given));
    return ruleImpression(
      env,
      personId,
      { requestId, impressionId: await place.idOf(requestId, nth) },
      { verdict, reason: "I looked at the paper", evidenceId: photo?.evidenceId ?? null },
    );
  };
  for (const personId of [custodian, applicant])
    assert.deepEqual(await codesOf(rule(personId, 1, "released", 69)), ["ruling.had-part"]);
  assert.deepEqual(await codesOf(rule(supervisor, 1, "released")), ["ruling.evidence-missing"]);
  assert.deepEqual(await rule(supervisor, 1, "released", 70), { decided: false });
  assert.deepEqual(await codesOf(rule(supervisor, 1, "released")), ["ruling.second-person"]);
  assert.equal((await readStampingView(env, inspector, requestId)).impressions[0]?.proposal?.verdict, "released");
  assert.deepEqual(await rule(inspector, 1, "released"), { decided: true });
  assert.deepEqual(await codesOf(rule(supervisor, 2, "spoiled")), ["ruling.photo-missing"]);
  assert.deepEqual(await codesOf(rule(supervisor, 2, "spoiled", "statement")), ["ruling.photo-missing"]);
  await rule(supervisor, 2, "spoiled", 77);
  await rule(signatory, 2, "spoiled");
  await rule(supervisor, 3, "released", "statement");
  assert.deepEqual(await rule(signatory, 3, "settled", "statement"), { decided: false }, "another proposal");
  await rule(supervisor, 3, "settled");
  assert.deepEqual(await place.statesOf(requestId), ["released", "spoiled", "settled"]);
  assert.equal((await place.openTasks("rule-impression", requestId)).length, 0);
  const [line] = await place.linesOf(requestId);
  assert.deepEqual(line?.owed, ["photo", "look"], "what was decided without a photo is told so");
  await lookInTest(env, inspector, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
});

test("C09 one photo does not fill two copies by a ruling: it is refused where it belongs to another paper", async () => {
  const { custodian, supervisor, inspector, signatory } = crew.people;
  const requestId = await place.begin("department", { copies: 3 });
  await reportInTest(env, custodian, requestId, 1, "cannot-tell");
  await reportInTest(env, custodian, requestId, 2, "pressed", 240);
  await reportInTest(env, custodian, requestId, 3, "cannot-tell");
  const [first, third] = [await place.idOf(requestId, 1), await place.idOf(requestId, 3)];
  const rule = (personId: string, impressionId: string, shade: number) =>
    ruleInTest(env, personId, { requestId, impressionId }, "settled", photoOf(shade));
  assert.deepEqual(await codesOf(rule(supervisor, first, 240)), ["stamping.photo-used"]);
  await rule(supervisor, first, 241);
  assert.deepEqual(await codesOf(rule(inspector, third, 241)), ["stamping.photo-used"], "nor by two rulings");
  assert.deepEqual(await rule(signatory, first, 241), { decided: true }, "both saw the same photo");
  const photos = (await readHandImpressions(env.db, requestId)).flatMap(({ photo }) => photo ?? []);
  assert.equal(new Set(photos).size, 2);
});

test("C04 C17 what the supervisor finds wrong freezes the request, and two people decide it before it is registered", async () => {
  const { custodian, supervisor, inspector, signatory } = crew.people;
  const requestId = await place.begin("contract", { copies: 2 });
  for (const nth of [1, 2]) await reportInTest(env, custodian, requestId, nth, "pressed", 100 + nth);
  await place.putBack(place.contractPiece);
  const second = await place.idOf(requestId, 2);
  const digest = digestOfStamping(await readHandImpressions(env.db, requestId));
  const seen = { digest, wrong: [], answers: [], note: "", opened: [] };
  assert.deepEqual(await codesOf(lookAtPhotos(env, supervisor, requestId, seen, null)), ["approval.presence-missing"]);
  const stale = { ...seen, digest: `sha256:${"0".repeat(64)}` };
  assert.deepEqual(await codesOf(lookAtPhotos(env, supervisor, requestId, stale, null)), ["stamping.photos-differ"]);
  await lookInTest(env, supervisor, requestId, [{ impressionId: second, reason: "The face is another seal's" }]);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "unknown"]);
  assert.equal(await place.stateOf(requestId), "frozen");
  const [finding] = await place.findingsOf("stamping.not-right", second);
  assert.deepEqual([finding?.control, finding?.state], ["C17", "open"]);
  const { actions } = await readDetail(env, inspector, requestId);
  // Who signed it and who supervised it do not settle between them what is not known of it.
  await ruleInTest(env, supervisor, { requestId, impressionId: second }, "spoiled");
  assert.deepEqual(await codesOf(ruleInTest(env, signatory, { requestId, impressionId: second }, "spoiled")), [
    "ruling.both-had-duty",
  ]);
  assert.ok(actions.includes("rule-impression"));
  for (const personId of [inspector, signatory])
    await ruleInTest(env, personId, { requestId, impressionId: second }, "settled");
  assert.deepEqual(await place.statesOf(requestId), ["settled", "settled"]);
  assert.equal(await place.stateOf(requestId), "registered");
});

test("C04 stamping that goes on another day is opened again in person by both, and what is late is found", async () => {
  const { custodian, supervisor } = crew.people;
  const requestId = await place.begin("contract", { copies: 3 });
  await reportInTest(env, custodian, requestId, 1, "pressed", 200);
  const tomorrow = env.clock.now() + 25 * 3_600_000;
  const later: Environment = { ...env, clock: { now: () => tomorrow } };
  const gate = (await readStampingView(later, custodian, requestId)).gate;
  assert.deepEqual(
    gate.conditions.filter(({ met }) => !met).map(({ id }) => id),
    ["custodian-present", "supervisor-confirmed"],
  );
  await alarmLateStampings(later);
  await alarmLateStampings(later);
  assert.equal((await place.findingsOf("stamping.open-late", `finish-stamping ${requestId}`)).length, 1);
  assert.deepEqual((await readStampingView(later, custodian, requestId)).actions, ["spoil", "go-on", "report", "end"]);
  await presenceInTest(later, custodian, "release", requestId);
  assert.deepEqual((await readStampingView(later, supervisor, requestId)).actions, ["supervise"]);
  await presenceInTest(later, supervisor, "confirm", requestId);
  assert.equal((await reportInTest(later, custodian, requestId, 2, "pressed", 201)).state, "pressed");
  await endStamping(later, custodian, requestId, "");
  await place.putBack(place.contractPiece);
  const muchLater: Environment = { ...env, clock: { now: () => tomorrow + 25 * 3_600_000 } };
  await alarmLateStampings(muchLater);
  assert.equal(
    (await place.findingsOf("stamping.confirmation-late", `confirm-stamping ${requestId}`))[0]?.control,
    "C04",
  );
});

test("C07 C09 three hundred copies are stamped in one request where a row of the rules lets them be, as in the sample organisation", async () => {
  const begin = () => place.begin("department", { copies: copiesMost });
  assert.deepEqual(await codesOf(begin()), ["rules.too-many-impressions"]);
  await changeRulesInTest(env, crew, withManyCopies);
  const requestId = await begin();
  assert.equal((await readHandImpressions(env.db, requestId)).length, 300);
  await endStamping(env, crew.people.custodian, requestId, "");
  await place.putBack(place.departmentPiece);
});
