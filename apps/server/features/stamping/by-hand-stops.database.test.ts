import assert from "node:assert/strict";
import { test } from "node:test";
import type { Environment } from "../../platform/environment.ts";
import type { TestCrew } from "../../platform/test-crew.ts";
import { testNotice } from "../../platform/test-pdf.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { applyInTest, presenceInTest, presentInTest } from "../../platform/test-walk.ts";
import { lockAway } from "../custody/move-piece.ts";
import { addPieceInTest, submitInTest } from "../custody/test-custody.ts";
import { requireSeesEvidence } from "../evidence/service.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { closeCaseInTest } from "../printed-copies/test-press.ts";
import { loadRequest } from "../requests/load-request.ts";
import { submitRequest, withdrawRequest } from "../requests/submit-service.ts";
import { freezeSeal, unfreezeSeal } from "../seals/service.ts";
import { showCopies } from "../stamped-copies/show-copies.ts";
import { readGateFacts } from "./gate-facts.ts";
import { readHandImpressions } from "./open-stamping.ts";
import { readStampingView } from "./read-model.ts";
import { endStamping } from "./report.ts";
import { givePresence } from "./service.ts";
import { showStamping } from "./show-stamping.ts";
import { lookInTest, openInTest, reportInTest, ruleInTest, walkToHand } from "./test-stamping.ts";
import { notice, placeForTests, type StampingPlace } from "./test-stamping-place.ts";

let place: StampingPlace;
let env: Environment;
let crew: TestCrew;
placeForTests((made) => {
  place = made;
  ({ env, crew } = place);
});

test("C09 C11 what was given back and is said to be pressed afterwards counts and freezes: its photo stands with it, and a case is explained and closed by another", async () => {
  const { custodian, inspector, applicant } = crew.people;
  const requestId = await place.begin("department", { copies: 2 });
  await reportInTest(env, custodian, requestId, 1, "pressed", 90);
  await reportInTest(env, custodian, requestId, 2, "not-pressed");
  assert.deepEqual((await place.statesOf(requestId)).at(1), "released");
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 2, "pressed", 90)), ["stamping.photo-used"]);
  const photos = async () => (await env.db.selectFrom("evidence").select("evidence_id").execute()).length;
  const before = await photos();
  // The phone sends it again and again: one case, one photo.
  for (let turn = 0; turn < 2; turn += 1)
    assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 2, "pressed", 91)), [
      "stamping.pressed-after-release",
    ]);
  assert.equal(await photos(), before + 1);
  assert.deepEqual((await place.statesOf(requestId)).at(1), "released", "what has ended never begins again");
  assert.equal(await place.stateOf(requestId), "frozen");
  const view = await readStampingView(env, inspector, requestId);
  const shown = view.impressions[1]?.photo;
  assert.ok(shown, "its photo is shown with the request");
  await requireSeesEvidence(env, inspector, shown.evidenceId);
  assert.deepEqual(view.debts, ["case", "look"]);
  const stamping = await showStamping(env.db, await readGateFacts(env.db, env, requestId));
  assert.deepEqual([stamping?.fourCounts.counted, stamping?.fourCounts.photographed], [2, 2]);
  assert.deepEqual(
    stamping?.fourCounts.differences.map(({ kind, follows }) => [kind, follows]),
    [["pressed-late", "freeze"]],
  );
  const key = `${requestId} ${await place.idOf(requestId, 2)}`;
  assert.deepEqual(
    (await place.findingsOf("stamping.pressed-late", key)).map(({ control, state }) => [control, state]),
    [["C09", "open"]],
  );
  const copies = (await showCopies(env, applicant, requestId)).copies;
  assert.deepEqual(
    copies.map(({ copy, unknown, acts }) => [copy, unknown, acts.includes("hand-out")]),
    [
      [1, 0, false],
      [2, 1, false],
    ],
    "it is a stamped copy, too",
  );
  await assert.rejects(closeCaseInTest(place, "stamping.pressed-late", requestId, 2, custodian));
  await assert.rejects(closeCaseInTest(place, "stamping.pressed-late", requestId, 2, applicant));
  await closeCaseInTest(place, "stamping.pressed-late", requestId, 2, inspector);
  assert.equal(await place.stateOf(requestId), "closed");
  await lookInTest(env, inspector, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
  // What is only said once it is in the register is owed by it until somebody has closed the case.
  const other = await place.begin("department", { copies: 2 });
  await reportInTest(env, custodian, other, 1);
  await endStamping(env, custodian, other, "");
  await lookInTest(env, inspector, other);
  assert.equal(await place.stateOf(other), "registered");
  await assert.rejects(reportInTest(env, custodian, other, 2, "pressed", 92));
  assert.equal(await place.stateOf(other), "registered");
  assert.deepEqual((await readStampingView(env, inspector, other)).debts, ["case"]);
  await closeCaseInTest(place, "stamping.pressed-late", other, 2, inspector);
  assert.deepEqual((await readStampingView(env, inspector, other)).debts, []);
});

test("C09 whatever the application does, one word decides nothing, and what ended or was pressed stays", async () => {
  const { custodian } = crew.people;
  const requestId = await place.begin("department", { copies: 2 });
  await reportInTest(env, custodian, requestId, 1);
  await reportInTest(env, custodian, requestId, 2, "cannot-tell");
  const [first, second] = [await place.idOf(requestId, 1), await place.idOf(requestId, 2)];
  const set = (impressionId: string, values: Record<string, unknown>) =>
    env.db.updateTable("impressions").set(values).where("impression_id", "=", impressionId).execute();
  await assert.rejects(set(second, { state: "settled" }), /decided by two people/);
  await assert.rejects(set(second, { state: "reserved" }), /does not become/);
  await assert.rejects(set(first, { state: "released" }), /stays as it is/);
  await assert.rejects(set(second, { copy: 1 }), /stays in its place/);
  const other = await env.db.selectFrom("impressions").selectAll().where("impression_id", "=", second).execute();
  const again = { ...other[0], impression_id: `${second}x`, placement: "{}", authorisation: "{}", state: "reserved" };
  await assert.rejects(
    env.db
      .insertInto("impressions")
      .values({ ...again, body_id: null } as never)
      .execute(),
    /the way/,
  );
  await assert.rejects(
    env.db
      .insertInto("impressions")
      .values({ ...again, copy: 3 } as never)
      .execute(),
    /the way/,
  );
  await assert.rejects(
    env.db
      .insertInto("impressions")
      .values({ ...again, body_id: place.contractPiece } as never)
      .execute(),
    /a piece of its seal/,
  );
  await assert.rejects(
    env.db
      .updateTable("stampings")
      .set({ looked_by: custodian, looked_at: new Date() })
      .where("request_id", "=", requestId)
      .execute(),
  );
  await assert.rejects(
    env.db.updateTable("seal_use_requests").set({ copies: 300 }).where("request_id", "=", requestId).execute(),
    /how many copies/,
  );
});

test("C10 a seal that is frozen in the middle: what is reported after it keeps its photo and people decide; the rest goes on later", async () => {
  const { custodian, sealAdministrator, inspector, supervisor } = crew.people;
  const requestId = await place.begin("department", { copies: 4 });
  await reportInTest(env, custodian, requestId, 1);
  await freezeSeal(env, { actorId: custodian, sealId: place.department, reason: "A doubt", stepUpId: null });
  const view = await readStampingView(env, custodian, requestId);
  assert.equal(view.gate.allowed, false);
  assert.deepEqual(await reportInTest(env, custodian, requestId, 2), { state: "unknown", ended: false });
  const second = await place.idOf(requestId, 2);
  assert.equal((await place.findingsOf("stamping.after-stop", second))[0]?.control, "C10");
  assert.notEqual((await readHandImpressions(env.db, requestId))[1]?.photo, null);
  await reportInTest(env, custodian, requestId, 3, "not-pressed");
  await unfreezeSeal(env, {
    actorId: sealAdministrator,
    sealId: place.department,
    reason: "It was none",
    stepUpId: null,
  });
  await reportInTest(env, custodian, requestId, 4);
  assert.deepEqual(await place.statesOf(requestId), ["settled", "unknown", "released", "settled"]);
  const rule = (personId: string, verdict: "settled" | "released") =>
    ruleInTest(env, personId, { requestId, impressionId: second }, verdict);
  assert.deepEqual(await codesOf(rule(supervisor, "released")), ["ruling.was-pressed"]);
  await rule(supervisor, "settled");
  await rule(inspector, "settled");
  await lookInTest(env, inspector, requestId);
  assert.equal(await place.stateOf(requestId), "registered");
});

test("C08 C14 a custodian whose handover began presses nothing more; what he reports is asked about", async () => {
  const { custodian, stranger, keeper, signatory } = crew.people;
  const seal = await crew.registerSeal("personnel", "LX-21");
  const bodyId = await addPieceInTest(env, seal);
  await lockAway(env, custodian, { bodyId, containerId: place.containerId });
  const { rows: key } = {
    rows: await env.db.selectFrom("seal_bodies").select("body_id").where("seal_id", "=", seal).execute(),
  };
  const letter = { documentClass: "employment-certificate" as const, external: false, pdf: testNotice() };
  const requestId = await walkToHand(env, crew, seal, { ...letter, copies: 2 });
  await openInTest(env, crew, requestId);
  await place.takeInHand(bodyId);
  await reportInTest(env, custodian, requestId, 1);
  const matterId = await submitInTest(env, crew, "handover", custodian, {
    sealId: seal,
    data: {
      ...{ transferorId: custodian, receiverId: stranger, witnessId: keeper, cause: "post-change", place: "Room 1" },
      ...{
        at: null,
        bodies: key.map((row) => ({ bodyId: row.body_id, condition: "good" })),
        lockIds: [],
        deviceRights: "",
        books: "",
        requestIds: [],
      },
    },
  });
  await approveMatterInTest(env, matterId, signatory);
  const { gate, actions } = await readStampingView(env, custodian, requestId);
  assert.deepEqual(
    gate.conditions.filter(({ met }) => !met).map(({ id }) => id),
    ["seal-in-use"],
  );
  assert.ok(actions.includes("end"));
  assert.equal((await reportInTest(env, custodian, requestId, 2)).state, "unknown");
  assert.equal(await place.stateOf(requestId), "closed");
});

test("C09 ended between any two writes a report leaves nothing behind, and sent again it counts once", async () => {
  const { custodian } = crew.people;
  const requestId = await place.begin("department", { copies: 2 });
  let died = 0;
  for (let last = 1; ; last += 1) {
    let asked = 0;
    // Every write bears a time: where the clock stands still for ever, so does the process.
    const dying: Environment = {
      ...env,
      clock: {
        now: () => {
          asked += 1;
          if (asked > last) throw new Error("the process was killed");
          return env.clock.now();
        },
      },
    };
    try {
      await reportInTest(dying, custodian, requestId, 1, "pressed", 300);
      break;
    } catch (error) {
      assert.match(String(error), /was killed/);
      died += 1;
      assert.deepEqual(await place.statesOf(requestId), ["reserved", "reserved"]);
    }
  }
  assert.ok(died > 3, String(died));
  assert.deepEqual(await place.statesOf(requestId), ["settled", "reserved"]);
  const photos = await env.db
    .selectFrom("evidence as e")
    .innerJoin("impressions as i", "i.evidence_id", "e.evidence_id")
    .select("e.evidence_id")
    .where("i.request_id", "=", requestId)
    .execute();
  assert.equal(photos.length, 1);
  await endStamping(env, custodian, requestId, "");
  await place.putBack(place.departmentPiece);
});

test("C01 C02 nothing is opened before it is authorised, and by nobody who does not keep the piece", async () => {
  const { custodian, supervisor, applicant } = crew.people;
  const requestId = await applyInTest(env, crew, place.department, { ...notice, useMode: "by-hand", copies: 1 });
  await submitRequest(env, applicant, requestId);
  assert.deepEqual(await codesOf(presenceInTest(env, custodian, "release", requestId)), [
    "request.command-not-possible",
  ]);
  assert.deepEqual(await codesOf(reportInTest(env, custodian, requestId, 1)), ["stamping.not-open"]);
  await withdrawRequest(env, applicant, requestId, "");
  const approved = await walkToHand(env, crew, place.department, notice);
  assert.deepEqual(await codesOf(presenceInTest(env, supervisor, "release", approved)), ["release.not-custodian"]);
  const { row } = await loadRequest(env.db, approved);
  const other = `sha256:${"1".repeat(64)}`;
  const stepUp = await presentInTest(env, custodian, "release", approved, other);
  assert.deepEqual(
    await codesOf(givePresence(env, custodian, "release", approved, other, stepUp)),
    ["approval.digest-differs"],
    "C17",
  );
  assert.equal(row.state, "authorised");
  await withdrawRequest(env, applicant, approved, "");
});

test("C05 C21 how a seal is used is asked at the entry and stands under the digest", async () => {
  const refused = async (change: Parameters<typeof applyInTest>[3], sealId = place.contract) =>
    codesOf(submitRequest(env, crew.people.applicant, await applyInTest(env, crew, sealId, change)));
  const byHand = { useMode: "by-hand" as const, copies: 2, paperReason: "The registry takes paper" };
  assert.deepEqual(await refused({ ...byHand, paperReason: "" }), ["mode.paper-why"]);
  assert.deepEqual(await refused({ ...byHand, copies: null }), ["mode.copies"]);
  const pieceless = await crew.registerSeal("personnel", "LX-31");
  const letter = { documentClass: "employment-certificate" as const, external: false };
  assert.deepEqual(await refused({ ...byHand, ...letter }, pieceless), ["mode.no-piece"]);
  const requestId = await applyInTest(env, crew, place.contract, byHand);
  await submitRequest(env, crew.people.applicant, requestId);
  const { row } = await loadRequest(env.db, requestId);
  const round = await env.db
    .selectFrom("request_rounds")
    .select("subject")
    .where("request_id", "=", requestId)
    .executeTakeFirstOrThrow();
  assert.deepEqual(JSON.parse(round.subject).byHand, { copies: 2, reason: "The registry takes paper" });
  const electronic = await applyInTest(env, crew, place.contract);
  await submitRequest(env, crew.people.applicant, electronic);
  const before = await env.db
    .selectFrom("request_rounds")
    .select("subject")
    .where("request_id", "=", electronic)
    .executeTakeFirstOrThrow();
  assert.equal(
    Object.hasOwn(JSON.parse(before.subject), "byHand"),
    false,
    "what is electronic keeps the digest it had",
  );
  assert.notEqual(row.digest, null);
  for (const id of [requestId, electronic]) await withdrawRequest(env, crew.people.applicant, id, "");
});
