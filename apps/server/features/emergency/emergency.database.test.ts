import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { makeTestPdf, testContract } from "../../platform/test-pdf.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, approveInTest, presenceInTest, presentInTest, releaseInTest } from "../../platform/test-walk.ts";
import { decideStep } from "../approvals/service.ts";
import { issueForms, receiveForms } from "../forms/move-forms.ts";
import { openSeries } from "../forms/series.ts";
import { issueInTest, makeFormKeeperInTest, photoInTest } from "../forms/test-forms.ts";
import { readDetail } from "../requests/detail.ts";
import { saveDraft } from "../requests/draft-service.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest } from "../requests/submit-service.ts";
import { uploadDocument } from "../requests/upload-document.ts";
import { runSealJob } from "../sealing/seal-job.ts";
import { sealingPorts } from "../sealing/test-sealing.ts";
import { endEmergencies } from "./emergency-ticks.ts";
import { reviewEmergency } from "./review.ts";
import { addShift, endShift, readEmergencyPage } from "./roster.ts";
import { answerSlip } from "./slip-answers.ts";
import { enterSlip } from "./slips.ts";

let place: TestEnvironment;
let crew: TestCrew;
let seal: string;
/** How far this organisation's clock is ahead. */
let ahead = 0;
before(async () => {
  const made = await createTestEnvironment();
  place = { ...made, env: { ...made.env, clock: { now: () => Date.now() + ahead } } };
  crew = await createTestCrew(place.env);
  seal = await crew.registerSeal("department", "LX-01");
});
after(() => place?.close());

const hour = 3_600_000;
const reason = "The tender closes at noon today";
let bids = 0;
async function ask(change: { emergency?: string; placements?: number } = {}): Promise<string> {
  bids += 1;
  return applyInTest(place.env, crew, seal, {
    ...{ documentClass: "internal-notice", external: false, emergency: reason, ...change },
    documents: [
      {
        pdf: makeTestPdf(["Notice", `Number ${bids}, to be sealed before noon of this very day.`]),
        sealIds: Array.from({ length: change.placements ?? 1 }, () => seal),
      },
    ],
  });
}
const submit = (requestId: string) => submitRequest(place.env, crew.people.applicant, requestId);
const stateOf = async (requestId: string): Promise<string> => (await loadRequest(place.env.db, requestId)).row.state;
const linesOf = async (requestId: string) =>
  place.env.db
    .selectFrom("register_lines")
    .select(["register", "kind", "facts"])
    .where("request_id", "=", requestId)
    .orderBy("line_id")
    .execute();
const review = (personId: string, requestId: string, verdict: "justified" | "not-justified" = "justified") =>
  reviewEmergency(place.env, personId, { requestId }, { verdict, note: "The tender's deadline is on file" });

test("C02 C04: one signatory suffices in an emergency, a second person is needed for any seal, and the register says what it was", async () => {
  const { env } = place;
  const { signatory, custodian, supervisor, inspector } = crew.people;
  const requestId = await ask();
  await submit(requestId);
  const loaded = await loadRequest(env.db, requestId);
  assert.deepEqual(
    loaded.steps.map(({ kind, candidates }) => [kind, candidates]),
    [["signatory", [signatory]]],
  );
  assert.deepEqual([loaded.limits?.supervised, loaded.limits?.presence], [true, true]);
  const lasts = (loaded.row.emergency_until?.getTime() ?? 0) - (loaded.row.submitted_at?.getTime() ?? 0);
  assert.ok(Math.abs(lasts - 24 * hour) < 60_000);
  const plan = async () => (await readDetail(env, crew.people.applicant, requestId)).emergencyReviewPlan;
  const planned = await plan();
  assert.deepEqual(
    [planned?.dueAt, planned?.people.map(({ personId }) => personId)],
    [null, [inspector, crew.people.sealAdministrator]],
    "by whom is told from the beginning",
  );
  assert.ok((planned?.withinDays ?? 0) > 0);
  await approveInTest(env, crew, requestId);
  assert.ok(Date.parse((await plan())?.dueAt ?? "") > env.clock.now());
  assert.deepEqual(await codesOf(review(inspector, requestId)), ["emergency.not-over"]);
  assert.equal((await presenceInTest(env, custodian, "release", requestId)).sealing, false, "a second person is asked");
  assert.equal((await presenceInTest(env, supervisor, "confirm", requestId)).sealing, true);
  await runSealJob(env, sealingPorts(place), requestId);
  assert.equal(await stateOf(requestId), "registered");
  const lines = await linesOf(requestId);
  assert.deepEqual(
    lines.map(({ register, kind }) => `${register} ${kind}`),
    ["exceptions emergency", "use sealed"],
  );
  assert.equal(lines[1]?.facts.emergency, true);
  assert.ok((await readDetail(env, inspector, requestId)).actions.includes("review-emergency"));
  for (const part of [crew.people.applicant, signatory, custodian, supervisor])
    assert.deepEqual(await codesOf(review(part, requestId)), ["emergency.reviewer-had-part"]);
  assert.deepEqual(await codesOf(review(crew.people.stranger, requestId)), ["emergency.not-reviewer"]);
  const both = await Promise.all([
    codesOf(review(inspector, requestId)),
    codesOf(review(crew.people.sealAdministrator, requestId)),
  ]);
  assert.deepEqual(both.flat(), ["emergency.reviewed-already"], "two reviewers at once: one says it");
  assert.equal((await readDetail(env, inspector, requestId)).emergencyReview?.verdict, "justified");
  assert.equal(await plan(), null);
});

test("C02: an emergency ends after its hours: unused it expires, and the gate would not have let it through", async () => {
  const { env } = place;
  const [waiting, agreed] = [await ask(), await ask()];
  await submit(waiting);
  await submit(agreed);
  await approveInTest(env, crew, agreed);
  await endEmergencies(env);
  assert.equal(await stateOf(agreed), "authorised", "its hours are not over");
  ahead += 24 * hour + 60_000;
  const { sealing, answer } = await presenceInTest(env, crew.people.custodian, "release", agreed);
  assert.equal(sealing, false);
  assert.ok(answer.conditions.some((one) => one.code === "gate.in-date.emergency-over"));
  await endEmergencies(env);
  await endEmergencies(env);
  assert.deepEqual([await stateOf(waiting), await stateOf(agreed)], ["expired", "expired"]);
  const tasks = await env.db
    .selectFrom("tasks")
    .select(["subject_key", "state"])
    .where("kind", "=", "review-emergency")
    .where("subject_key", "in", [waiting, agreed])
    .execute();
  assert.deepEqual(tasks, [{ subject_key: agreed, state: "open" }], "what nobody agreed to needs no review");
  const planOf = async (id: string) => (await readDetail(env, crew.people.applicant, id)).emergencyReviewPlan;
  assert.deepEqual([await planOf(waiting), (await planOf(agreed)) === null], [null, false], "and promises none");
  await review(crew.people.inspector, agreed);
});

test("C02: an overdue review blocks the entity's next emergency and says how to go on; a use that was none is a finding", async () => {
  const { env } = place;
  const first = await ask();
  await submit(first);
  await approveInTest(env, crew, first);
  await releaseInTest(env, crew, first);
  await runSealJob(env, sealingPorts(place), first);
  const meanwhile = await ask();
  await submit(meanwhile);
  ahead += 10 * 24 * hour;
  await endEmergencies(env);
  const next = await ask();
  assert.deepEqual(await codesOf(submit(next)), ["emergency.review-overdue"]);
  await review(crew.people.inspector, first, "not-justified");
  await submit(next);
  const finding = await env.db
    .selectFrom("findings")
    .select(["control", "state"])
    .where("source", "=", "emergency.not-justified")
    .where("subject_key", "=", first)
    .execute();
  assert.deepEqual(finding, [{ control: "C02", state: "open" }]);
});

test("C02: no reason, too many impressions: refused; reason and end stay under the digest", async () => {
  const { env } = place;
  assert.deepEqual(await codesOf(submit(await ask({ emergency: "soon" }))), ["emergency.reason-missing"]);
  assert.ok((await codesOf(submit(await ask({ placements: 4 })))).includes("emergency.too-many"));
  const requestId = await ask();
  await submit(requestId);
  for (const change of [{ emergency_until: new Date(env.clock.now() + 900 * hour) }, { emergency_reason: "Other" }])
    await assert.rejects(
      env.db.updateTable("seal_use_requests").set(change).where("request_id", "=", requestId).execute(),
      /keeps its reason and its end/,
    );
});

test("C02 C03: what legal review returned is no emergency past it, and whoever decides reads the objection first", async () => {
  const { env } = place;
  const { applicant, head, lawyer, signatory } = crew.people;
  const contractSeal = await crew.registerSeal("contract", "LX-02");
  const file = testContract({}, "twelve gauges of the emergency");
  const requestId = await applyInTest(env, crew, contractSeal, { pdf: file });
  const decide = async (id: string, personId: string, decision: "approve" | "return"): Promise<void> => {
    const { row, steps } = await loadRequest(env.db, id);
    const stepId = steps.find((step) => step.state === "current" && step.candidates.includes(personId))?.stepId ?? "";
    const digest = row.digest ?? "";
    const stepUpId = await presentInTest(env, personId, decision, id, digest);
    const presence = { stepUpId, method: "password" } as const;
    const comment = decision === "return" ? "Annex not acceptable" : "";
    await decideStep(env, personId, { requestId: id, stepId, decision, comment, digest, presence });
  };
  const route = async (id: string) =>
    (await loadRequest(env.db, id)).steps.map(({ kind, reason }) => `${kind} ${reason}`);
  const objections = async (id: string, personId = signatory) =>
    (await readDetail(env, personId, id)).objections.map(({ by, comment, sameDocument, other }) => [
      ...[by?.personId, comment, sameDocument, other?.number ?? null],
    ]);
  await submit(requestId);
  await decide(requestId, head, "approve");
  await decide(requestId, lawyer, "return");
  const { row, documents } = await loadRequest(env.db, requestId);
  const edit = (change: object) =>
    saveDraft(env, applicant, requestId, {
      ...{ title: row.title, documentClass: row.document_class, external: row.external, currency: row.currency },
      ...{ counterparty: row.counterparty, amount: row.amount, purpose: "It cannot wait", wantedBy: null },
      ...{ validUntil: null, entityId: row.entity_id, handlerId: null, emergency: reason, version: row.version },
      documents: documents.map(({ documentId, placements }) => ({
        ...{ documentId, answers: [] },
        placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
      })),
      ...change,
    });
  await edit({});
  await submit(requestId);
  const asked = ["legal-review route.objected", "signatory route.emergency"];
  assert.deepEqual(await route(requestId), asked);
  assert.deepEqual(await objections(requestId, lawyer), [[lawyer, "Annex not acceptable", true, null]]);

  // The same file in a new application, by the same way.
  const again = await applyInTest(env, crew, contractSeal, { pdf: file, emergency: reason });
  await submit(again);
  assert.deepEqual(await route(again), asked);
  assert.deepEqual(await objections(again, lawyer), [[lawyer, "Annex not acceptable", true, row.number]]);
  // Saved anew it is the same document, whatever its bytes.
  const savedAnew = Buffer.concat([file, Buffer.from("\n% saved anew\n")]);
  const renewed = await applyInTest(env, crew, contractSeal, { pdf: savedAnew, emergency: reason });
  await submit(renewed);
  assert.deepEqual(await route(renewed), asked);
  assert.deepEqual(await objections(renewed, lawyer), [[lawyer, "Annex not acceptable", true, row.number]]);
  // Nor is it another one with a figure changed; the same words for another counterparty are.
  const change = (from: string, to: string): Buffer =>
    Buffer.from(file.toString("latin1").replaceAll(from, to), "latin1");
  const figure = await applyInTest(env, crew, contractSeal, {
    pdf: change("30 November 2026", "29 November 2026"),
    emergency: reason,
  });
  await submit(figure);
  assert.deepEqual(await route(figure), asked);
  const elsewhere = await applyInTest(env, crew, contractSeal, {
    ...{ pdf: change("Beicheng", "Nancheng"), emergency: reason, counterparty: "Nancheng Ltd" },
  });
  await submit(elsewhere);
  assert.deepEqual(await route(elsewhere), ["signatory route.emergency"]);
  const confidential = await applyInTest(env, crew, contractSeal, { pdf: file });
  await submit(confidential);
  assert.equal((await objections(confidential, head)).length, 1, "on the ordinary way too");

  await decide(requestId, lawyer, "approve");
  assert.deepEqual(await objections(requestId), [], "he has agreed now");
  assert.deepEqual(await objections(again, lawyer), [], "to the same file, wherever it stands");
  await approveInTest(env, crew, again);
  assert.equal(await stateOf(again), "authorised");
});

test("C02: another document in the place of the one that was returned: it is shown, and the signatory decides", async () => {
  const { env } = place;
  const { applicant, head, signatory } = crew.people;
  const requestId = await ask();
  await env.db
    .updateTable("seal_use_requests")
    .set({ emergency_reason: null })
    .where("request_id", "=", requestId)
    .execute();
  await submit(requestId);
  const { row, steps, documents } = await loadRequest(env.db, requestId);
  assert.equal(steps[0]?.kind, "unit-head");
  const stepUpId = await presentInTest(env, head, "return", requestId, row.digest ?? "");
  await decideStep(env, head, {
    ...{ requestId, stepId: steps[0]?.stepId ?? "", decision: "return", comment: "Not so", digest: row.digest ?? "" },
    presence: { stepUpId, method: "password" },
  });
  const stream = Readable.from([makeTestPdf(["Quite another notice", "To be sealed before noon of this very day."])]);
  const { documentId } = await uploadDocument(env, applicant, { stream, fileName: "notice.pdf" });
  await saveDraft(env, applicant, requestId, {
    ...{ title: row.title, documentClass: row.document_class, external: row.external, currency: row.currency },
    ...{ counterparty: row.counterparty, amount: row.amount, purpose: row.purpose, wantedBy: null, validUntil: null },
    ...{ entityId: row.entity_id, handlerId: null, emergency: reason, version: row.version + 1 },
    documents: documents.map(({ placements }) => ({
      ...{ documentId, answers: [] },
      placements: placements.map(({ sealId, page, xMm, yMm }) => ({ sealId, page, xMm, yMm })),
    })),
  });
  await submit(requestId);
  assert.deepEqual(
    (await loadRequest(env.db, requestId)).steps.map(({ kind }) => kind),
    ["signatory"],
  );
  const [shown] = (await readDetail(env, signatory, requestId)).objections;
  assert.deepEqual([shown?.by?.personId, shown?.comment, shown?.sameDocument], [head, "Not so", false]);
});

test("C11: the tables refuse a review by somebody who had a part", async () => {
  const { env } = place;
  const requestId = await ask();
  await submit(requestId);
  await approveInTest(env, crew, requestId);
  const { event_id } = await env.db.selectFrom("events").select("event_id").limit(1).executeTakeFirstOrThrow();
  for (const reviewer_id of [crew.people.applicant, crew.people.signatory])
    await assert.rejects(
      env.db
        .insertInto("emergency_reviews")
        .values({
          ...{ request_id: requestId, entity_id: crew.entityId, reviewer_id, verdict: "justified", note: "x" },
          ...{ at: new Date(env.clock.now()), event_id },
        })
        .execute(),
      /had no part in it/,
    );
});

test("C11: on call is who holds the role on these days; the page tells who, and where the seal is to those with a role", async () => {
  const { env } = place;
  const { sealAdministrator, signatory, stranger, applicant, custodian } = crew.people;
  const day = dayInTest(env.clock.now());
  const turn = {
    entityId: crew.entityId,
    role: "signatory" as const,
    from: day,
    to: day,
    reach: "136",
    place: "Safe 1",
  };
  assert.deepEqual(await codesOf(addShift(env, sealAdministrator, { ...turn, personId: stranger })), [
    "roster.not-holder",
  ]);
  assert.deepEqual(
    await codesOf(addShift(env, sealAdministrator, { ...turn, personId: signatory, to: "2020-01-01" })),
    ["roster.days"],
  );
  const { callable } = await readEmergencyPage(env, sealAdministrator, crew.entityId);
  const offered = callable.flatMap(({ role, person }) => (role === "signatory" ? [person.personId] : []));
  assert.ok(offered.includes(signatory) && !offered.includes(stranger) && !offered.includes(applicant));
  const setState = (state: string) =>
    env.db.updateTable("people").set({ state }).where("person_id", "=", signatory).execute();
  await setState("locked");
  const locked = await codesOf(addShift(env, sealAdministrator, { ...turn, personId: signatory }));
  assert.deepEqual(locked, ["roster.not-holder"], "who may not sign in answers nobody");
  await setState("active");
  assert.deepEqual((await readEmergencyPage(env, applicant, crew.entityId)).callable, []);
  const { shiftId } = await addShift(env, sealAdministrator, { ...turn, personId: signatory });
  const seen = await readEmergencyPage(env, applicant, crew.entityId);
  assert.deepEqual(
    seen.shifts.map((one) => [one.person.personId, one.now, one.reach, one.place]),
    [[signatory, true, "136", null]],
  );
  assert.equal((await readEmergencyPage(env, custodian, crew.entityId)).shifts[0]?.place, "Safe 1");
  await endShift(env, sealAdministrator, shiftId);
  assert.deepEqual((await readEmergencyPage(env, applicant, crew.entityId)).shifts, []);
});

test("C09 C24: a slip is entered once, by whoever has it, signed by two, marked and late where it is; then it is reviewed", async () => {
  const { env } = place;
  const { sealAdministrator, keeper, custodian, signatory, inspector, applicant, administrator } = crew.people;
  await makeFormKeeperInTest(env, { actorId: administrator, entityId: crew.entityId, personId: keeper });
  const { seriesId } = await openSeries(env, sealAdministrator, {
    ...{ entityId: crew.entityId, kind: "emergency-slip", name: { en: "Slips", zh: "应急用印单" }, prefix: "YJ" },
    ...{ digits: 4, sealId: null, keeperId: keeper, lowMark: 1 },
  });
  await receiveForms(env, keeper, {
    ...{ seriesId, numbers: "1-20", count: 20, from: "Printer", receivedOn: "2026-11-02", evidenceId: null },
  });
  const ago = (hours: number): string => new Date(env.clock.now() - hours * hour).toISOString();
  const body = async (number: string, change: object = {}) => ({
    ...{ seriesId, number, sealId: seal, title: "Bid", counterparty: "Beicheng", reason: "No power", impressions: 2 },
    ...{ usedAt: ago(1), signatoryId: signatory, custodianId: custodian },
    evidenceId: await photoInTest(env, custodian, redPicture(Number(number))),
    ...change,
  });
  await issueForms(env, keeper, { seriesId, toId: custodian, numbers: "11-12", purpose: "Office" });
  const notReceived = enterSlip(env, custodian, await body("11", { usedAt: ago(0) }));
  assert.deepEqual(await codesOf(notReceived), ["slip.not-received"]);
  await issueInTest(env, { seriesId, keeperId: keeper, toId: custodian, numbers: "1-5" });
  assert.deepEqual(await codesOf(enterSlip(env, custodian, await body("1"))), ["slip.before-hand"]);
  // A day later each of them is in hand since yesterday.
  ahead += 24 * hour;
  assert.deepEqual(await codesOf(enterSlip(env, custodian, await body("9"))), ["slip.not-in-hand"]);
  assert.deepEqual(await codesOf(enterSlip(env, custodian, await body("1", { signatoryId: applicant }))), [
    "slip.not-signed",
  ]);
  assert.deepEqual(
    await codesOf(
      enterSlip(env, custodian, await body("1", { usedAt: new Date(env.clock.now() + hour).toISOString() })),
    ),
    ["slip.time"],
  );
  const entry = await body("1");
  const both = await Promise.all([
    codesOf(enterSlip(env, custodian, entry)),
    codesOf(enterSlip(env, custodian, entry)),
  ]);
  assert.deepEqual(both.flat(), ["slip.not-in-hand"], "two windows enter it once");
  assert.deepEqual(
    await codesOf(enterSlip(env, custodian, { ...entry, number: "2" })),
    ["slip.photo-used"],
    "the photo of another slip",
  );
  const doubts = () =>
    env.db
      .selectFrom("findings")
      .select(["control", "source", "person_id", "seal_id"])
      .where("source", "like", "slip.%")
      .orderBy("source")
      .execute();
  assert.deepEqual(await doubts(), [], "nobody did anything in the hour before");
  await enterSlip(env, custodian, await body("3", { usedAt: ago(0), impressions: 1000 }));
  const doubtful = { control: "C02", person_id: custodian, seal_id: seal };
  assert.deepEqual(await doubts(), [
    { ...doubtful, source: "slip.platform-was-there" },
    { ...doubtful, source: "slip.too-many" },
  ]);
  const unheard = (await readEmergencyPage(env, inspector, crew.entityId)).slips.entered[0]?.slipId ?? "";
  const justified = { verdict: "justified", note: "Power was out" } as const;
  assert.deepEqual(await codesOf(reviewEmergency(env, inspector, { slipId: unheard }, justified)), [
    "emergency.slip-unanswered",
  ]);
  await answerSlip(env, signatory, unheard, { wasMe: true, note: "" });
  await reviewEmergency(env, inspector, { slipId: unheard }, { ...justified, verdict: "not-justified" });
  const late = await body("2");
  ahead += 9 * 24 * hour;
  const { slipId } = await enterSlip(env, custodian, late);
  const { slips } = await readEmergencyPage(env, inspector, crew.entityId);
  assert.deepEqual(
    slips.entered.map((one) => [one.number, one.late, one.mayReview]),
    [
      ["YJ0002", true, true],
      ["YJ0003", false, false],
      ["YJ0001", false, true],
    ],
  );
  assert.deepEqual((await readEmergencyPage(env, applicant, crew.entityId)).slips.entered, []);
  assert.deepEqual(
    (await readEmergencyPage(env, custodian, crew.entityId)).slips.inHand.map((one) => one.numbers),
    ["YJ0004–YJ0005", "YJ0011–YJ0012"],
  );
  // The signatory learns that he is named, and says what is true of it; the custodian entered it himself.
  const asked = await env.db
    .selectFrom("tasks")
    .select(["assignee_id", "state"])
    .where("kind", "=", "slip-signed")
    .orderBy("task_id")
    .execute();
  assert.deepEqual(
    asked.map((one) => [one.assignee_id, one.state]),
    [
      [signatory, "open"],
      [signatory, "done"],
      [signatory, "open"],
    ],
  );
  const [second, , first] = (await readEmergencyPage(env, signatory, crew.entityId)).slips.entered;
  assert.ok(first?.mayAnswer && second?.mayAnswer);
  const denied = { wasMe: false, note: "I was on a plane" };
  for (const personId of [custodian, inspector, applicant])
    assert.deepEqual(await codesOf(answerSlip(env, personId, slipId, denied)), ["subject.not-found"]);
  assert.deepEqual(await codesOf(answerSlip(env, signatory, slipId, { ...denied, note: "" })), ["slip.words-missing"]);
  await answerSlip(env, signatory, first.slipId, { wasMe: true, note: "" });
  const twice = await Promise.all([1, 2].map(() => codesOf(answerSlip(env, signatory, slipId, denied))));
  assert.deepEqual(twice.flat(), ["subject.changed-meanwhile"]);
  const findings = await env.db
    .selectFrom("findings")
    .select(["control", "person_id"])
    .where("source", "=", "slip.denied")
    .execute();
  assert.deepEqual(findings, [{ control: "C11", person_id: custodian }]);
  const [told] = (await readEmergencyPage(env, inspector, crew.entityId)).slips.entered;
  assert.deepEqual(
    told?.answers.map((one) => [one.person?.personId, one.wasMe, one.note]),
    [[signatory, false, "I was on a plane"]],
  );
  const open = env.db.selectFrom("tasks").select("kind").where("kind", "=", "slip-signed").where("state", "=", "open");
  assert.deepEqual(await open.execute(), []);
  await reviewEmergency(env, inspector, { slipId }, { verdict: "justified", note: "Power was out" });
  const lines = await env.db
    .selectFrom("register_lines")
    .select(["register", "kind"])
    .where("kind", "in", ["slip", "emergency-slip", "emergency-justified"])
    .where("seal_id", "=", seal)
    .execute();
  assert.equal(lines.filter((one) => one.register === "use").length, 3);
});

test("C24: each act of an emergency has its leaf", async () => {
  const types = await place.env.db.selectFrom("events").select("type").distinct().execute();
  for (const type of [
    ...[
      "SealUseRequestExpired",
      "EmergencyReviewed",
      "EmergencySlipEntered",
      "EmergencySlipConfirmed",
      "EmergencySlipDenied",
      "DutyShiftAdded",
      "DutyShiftEnded",
    ],
  ])
    assert.ok(
      types.some((one) => one.type === type),
      type,
    );
});
