import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { containerAccount, findAccountAt, peopleAccount } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { walkToReserved } from "../../platform/test-walk.ts";
import { cancelMatter, submitMatter } from "../matters/ask-matter.ts";
import { countWaitingMatters, listMatters, readMatterDetail } from "../matters/read-model.ts";
import { getMatter } from "../matters/store.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { getSeal } from "../seals/read-model.ts";
import { readSealWall } from "../seals/seal-wall.ts";
import { changeSealState, freezeSeal } from "../seals/service.ts";
import { completeTask } from "../tasks/complete-task.ts";
import { listTasks } from "../tasks/read-model.ts";
import { alarmOverdueReturns, alarmPiecesOut } from "./custody-ticks.ts";
import { bringOut, confirmOpening, lockAway } from "./move-piece.ts";
import { postMove, readHeldNow, readPostings } from "./postings.ts";
import { readCustodyHistory, readOwnCustody } from "./read-model.ts";
import {
  addPieceInTest,
  addSafeInTest,
  bodyOf,
  confirmInTest,
  photographInTest,
  submitInTest,
} from "./test-custody.ts";

let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let number = 0;
/** The one important seal: its custodians may not keep all of an entity's. */
let official: Seal;
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  official = await newSeal("official");
});
after(() => place?.close());

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
};
/** The same environment some time later. */
const later = (ms: number): Environment => ({ ...env, clock: { now: () => Date.now() + ms } });
const minute = 60_000;
const day = 24 * 60 * minute;
const dayFrom = (ms: number): string => dayInTest(Date.now() + ms);

/** A personnel seal, so that limits of important seals are no part of the story, with a piece. */
async function newSeal(type: "official" | "personnel" = "personnel") {
  number += 1;
  const sealId = await crew.registerSeal(type, `LX-${number}`);
  const piece = await addPieceInTest(env, sealId);
  const key = await bodyOf(env, sealId, "electronic");
  return { sealId, piece, key };
}
type Seal = Awaited<ReturnType<typeof newSeal>>;
const both = ({ piece, key }: Seal) => [piece, key].map((bodyId) => ({ bodyId, condition: "good" }));
const custodianOf = async (bodyId: string): Promise<string | undefined> =>
  (await readHeldNow(env.db, [bodyId]))(bodyId).custodian?.to;
const placeOf = async (bodyId: string): Promise<string | undefined> =>
  (await readHeldNow(env.db, [bodyId]))(bodyId).place?.to;
const stateOf = async (bodyId: string): Promise<string> =>
  (await env.db.selectFrom("seal_bodies").select("state").where("body_id", "=", bodyId).executeTakeFirstOrThrow())
    .state;
const grantsOf = async (personId: string, sealId: string): Promise<string[]> =>
  (
    await env.db
      .selectFrom("grants")
      .select("state")
      .where("person_id", "=", personId)
      .where("scope_id", "=", sealId)
      .where("role", "=", "custodian")
      .execute()
  ).map((row) => row.state);

const handoverData = (seal: Seal, change: Record<string, unknown> = {}): Record<string, unknown> => ({
  transferorId: crew.people.custodian,
  receiverId: crew.people.stranger,
  witnessId: crew.people.keeper,
  ...{ cause: "post-change", place: "Room 1", at: null, bodies: both(seal), lockIds: [] },
  ...{ deviceRights: "", books: "Use register, volume 3", requestIds: [] },
  ...change,
});
const askHandover = (seal: Seal, change: Record<string, unknown> = {}): Promise<string> =>
  submitInTest(env, crew, "handover", crew.people.custodian, {
    ...{ sealId: seal.sealId, data: handoverData(seal, change) },
  });
const counted = { count: 1, impressionsMatch: true };

/** Brought out for something that no record speaks of. */
const otherwise = { purpose: "other", aboutId: null, reason: "Cleaning" } as const;

test("C14 a handover freezes the seal until the third confirms; the transferor answers till then, nobody else after", async () => {
  const seal = await newSeal();
  const { custodian, secondCustodian, stranger, keeper, signatory } = crew.people;
  const { containerId, lockIds } = await addSafeInTest(env, crew, [custodian, secondCustodian]);
  await lockAway(env, custodian, { bodyId: seal.piece, containerId });
  const matterId = await askHandover(seal, { lockIds: [lockIds[0]] });
  assert.equal(await stateOf(seal.piece), "in-use");
  assert.equal(await approveMatterInTest(env, matterId, signatory), "approved");
  for (const bodyId of [seal.piece, seal.key]) assert.equal(await stateOf(bodyId), "in-handover");
  const shown = await getSeal(place.env, crew.people.custodian, seal.sealId);
  assert.deepEqual(
    shown.custodyUnderWay.map(({ kind }) => kind),
    ["handover"],
    "the seal's page leads to what holds it",
  );

  assert.equal(await codeOf(confirmInTest(env, stranger, matterId, "transferor", counted)), "matter.not-your-part");
  assert.equal(await codeOf(confirmInTest(env, stranger, matterId, "receiver", {})), "handover.facts-missing");
  assert.equal(
    await codeOf(confirmInTest(env, custodian, matterId, "transferor", { count: 2 })),
    "handover.count-differs",
  );
  await confirmInTest(env, custodian, matterId, "transferor", { count: 1 });
  assert.equal(
    await codeOf(confirmInTest(env, custodian, matterId, "transferor", { count: 1 })),
    "matter.part-confirmed",
  );
  // Neither who answers from now on nor who witnesses confirms what nobody could look at.
  assert.equal(
    await codeOf(confirmInTest(env, keeper, matterId, "witness", { count: 1 })),
    "handover.impressions-missing",
  );
  assert.equal(
    await codeOf(confirmInTest(env, stranger, matterId, "receiver", counted)),
    "handover.impressions-missing",
  );
  const impressions = (await readMatterDetail(env, custodian, matterId)).evidence.find(
    (one) => one.slot === "impression",
  );
  assert.equal(impressions?.neededBy?.en, "Receiver", "which file the receiver cannot do without is said at its slot");
  await photographInTest(env, custodian, matterId, "impression");
  assert.equal(
    await codeOf(confirmInTest(env, stranger, matterId, "receiver", { count: 1, impressionsMatch: false })),
    "handover.impression-differs",
  );
  assert.equal(
    await codeOf(confirmInTest(env, stranger, matterId, "receiver", { count: 1 })),
    "handover.impression-not-ticked",
  );
  await confirmInTest(env, stranger, matterId, "receiver", counted);
  // Left and found again: what is confirmed stays, what is missing is told.
  const view = await readMatterDetail(env, keeper, matterId);
  assert.deepEqual(view.mayConfirm, ["witness"]);
  // The witness holds none of it, and reads what it is: of which container, a key or a code, by its name.
  assert.deepEqual(view.handedOver?.locks, [
    { lockId: lockIds[0], kind: "key", label: "K1", container: { en: "Safe", zh: "保险柜" } },
  ]);
  assert.equal(view.handedOver?.bodies.length, 2);
  const two = peopleAccount([custodian, secondCustodian]);
  assert.equal(await custodianOf(seal.piece), two);
  assert.deepEqual(await grantsOf(custodian, seal.sealId), ["given"]);

  assert.equal(await confirmInTest(env, keeper, matterId, "witness", { count: 1 }), "done");
  const after = peopleAccount([secondCustodian, stranger]);
  for (const bodyId of [seal.piece, seal.key]) {
    assert.equal(await custodianOf(bodyId), after);
    assert.equal(await stateOf(bodyId), "in-use");
  }
  assert.equal(await placeOf(seal.piece), containerAccount(containerId));
  assert.deepEqual(await grantsOf(custodian, seal.sealId), ["ended"]);
  assert.deepEqual(await grantsOf(stranger, seal.sealId), ["given"]);
  const held = await env.db
    .selectFrom("lock_holdings")
    .select("person_id")
    .where("lock_id", "=", lockIds[0] ?? "")
    .where("to_at", "is", null)
    .execute();
  assert.deepEqual(held, [{ person_id: stranger }]);
  const lines = await env.db.selectFrom("register_lines").selectAll().where("matter_id", "=", matterId).execute();
  assert.deepEqual(lines.map((line) => [line.register, line.kind, line.person_ids.length]).toSorted(), [
    ["authority", "ended", 2],
    ["custody", "handover", 3],
  ]);
  const task = await env.db.selectFrom("tasks").selectAll().where("matter_id", "=", matterId).executeTakeFirstOrThrow();
  assert.deepEqual([task.kind, task.state, task.assignee_id], ["custodian-change-report", "open", stranger]);
  assert.ok((task.due_at?.getTime() ?? 0) > Date.now() + 2 * day);
  // Who held it, then and now.
  const postings = (await readPostings(env.db, [seal.piece])).filter((one) => one.book === "custodian");
  const first = postings[0];
  const last = postings.at(-1);
  assert.equal(findAccountAt(postings, (last?.at ?? 0) - 1), two);
  assert.equal(findAccountAt(postings, last?.at ?? 0), after);
  assert.equal(findAccountAt(postings, (first?.at ?? 0) - 1), null);
});

test("C14 three people, the custodian of record, all of the seal: else nothing is submitted", async () => {
  const seal = await newSeal();
  const { custodian, secondCustodian, stranger, keeper } = crew.people;
  const refused = (change: Record<string, unknown>): Promise<string> => codeOf(askHandover(seal, change));
  assert.equal(await refused({ witnessId: stranger }), "handover.people-meet");
  assert.equal(await refused({ receiverId: secondCustodian }), "handover.receiver-keeps-already");
  assert.equal(await refused({ transferorId: keeper, witnessId: custodian }), "handover.not-of-record");
  assert.equal(await refused({ bodies: both(seal).slice(0, 1) }), "handover.left-behind");
  assert.equal(await refused({ lockIds: ["lock_none"] }), "handover.lock-not-held");
  assert.equal(
    await codeOf(askHandover({ ...seal, sealId: official.sealId })),
    "custody.other-seal",
    "a handover stands in the life of the seal that changes hands",
  );
  // The matrix and the limits of custody speak before anybody decides (C11).
  assert.equal(await refused({ receiverId: crew.people.signatory }), "separation.duties-meet");
});

test("C14 two last confirmations at the same moment complete a handover once", async () => {
  const seal = await newSeal();
  const { custodian, stranger, keeper, signatory } = crew.people;
  const matterId = await askHandover(seal);
  await approveMatterInTest(env, matterId, signatory);
  await photographInTest(env, stranger, matterId, "impression");
  await confirmInTest(env, custodian, matterId, "transferor", { count: 1 });
  const outcomes = await Promise.all([
    codeOf(confirmInTest(env, stranger, matterId, "receiver", counted)),
    codeOf(confirmInTest(env, keeper, matterId, "witness", { count: 1 })),
    codeOf(confirmInTest(env, keeper, matterId, "witness", { count: 1 })),
  ]);
  assert.equal(outcomes.filter((one) => one === "done").length, 2);
  assert.equal((await getMatter(env.db, matterId)).state, "done");
  const moved = (await readPostings(env.db, [seal.piece])).filter((one) => one.matterId === matterId);
  assert.deepEqual(
    moved.map((one) => one.book),
    ["custodian"].concat(moved.some((one) => one.book === "place") ? ["place"] : []),
  );
});

test("C14 a handover that is given up puts the seal back in use, and it can be handed over anew", async () => {
  const seal = await newSeal();
  const matterId = await askHandover(seal);
  assert.equal(await codeOf(askHandover(seal)), "matter.reserved");
  await approveMatterInTest(env, matterId, crew.people.signatory);
  await cancelMatter(env, crew.people.custodian, matterId, "The receiver is ill.");
  for (const bodyId of [seal.piece, seal.key]) assert.equal(await stateOf(bodyId), "in-use");
  assert.deepEqual(await grantsOf(crew.people.custodian, seal.sealId), ["given"]);
  assert.notEqual(await askHandover(seal), matterId);
});

test("C10 a seal stopped or frozen while its handover is open: one outcome, never a stopped seal with a new custodian", async () => {
  const { custodian, stranger, keeper, signatory, inspector } = crew.people;
  const begin = async (seal: Seal): Promise<string> => {
    const matterId = await askHandover(seal);
    await approveMatterInTest(env, matterId, signatory);
    await photographInTest(env, stranger, matterId, "impression");
    await confirmInTest(env, custodian, matterId, "transferor", { count: 1 });
    await confirmInTest(env, stranger, matterId, "receiver", counted);
    return matterId;
  };
  const stopped = await newSeal();
  const first = await begin(stopped);
  const outcomes = await Promise.all([
    codeOf(confirmInTest(env, keeper, first, "witness", { count: 1 })),
    codeOf(
      transact(env.db, (tx) => changeSealState(tx, env, stopped.sealId, "stop", { actorId: signatory, reason: "x" })),
    ),
  ]);
  assert.equal(await stateOf(stopped.piece), "stopped");
  const completed = outcomes[0] === "done";
  assert.equal(outcomes[0], completed ? "done" : "handover.state");
  assert.deepEqual(await grantsOf(stranger, stopped.sealId), completed ? ["given"] : []);

  const frozen = await newSeal();
  const second = await begin(frozen);
  await freezeSeal(env, { actorId: inspector, sealId: frozen.sealId, reason: "a doubt", stepUpId: null });
  assert.equal(await confirmInTest(env, keeper, second, "witness", { count: 1 }), "done");
  assert.equal(await stateOf(frozen.piece), "frozen", "custody changes, and frozen it stays");
  assert.deepEqual(await grantsOf(stranger, frozen.sealId), ["given"]);
});

test("C14 a short handover goes under its tag and comes back under the same one, each to the other's hands", async () => {
  const seal = official;
  const { custodian, secondCustodian, stranger, keeper } = crew.people;
  const { containerId } = await addSafeInTest(env, crew, [custodian, secondCustodian]);
  await lockAway(env, custodian, { bodyId: seal.piece, containerId });
  const data = { transferorId: custodian, deputyId: stranger, witnessId: keeper, tag: "0042", bodies: both(seal) };
  const ask = (change: Record<string, unknown>): Promise<string> =>
    submitInTest(env, crew, "short-handover", custodian, {
      ...{ sealId: seal.sealId, data: { ...data, until: dayFrom(3 * day), ...change } },
    });
  assert.equal(await codeOf(ask({ until: dayFrom(9 * day) })), "short-handover.too-long");
  assert.deepEqual(await codesOf(ask({ until: dayFrom(-2 * day) })), ["short-handover.past"], "one day, one fault");
  assert.equal(await codeOf(ask({ tag: " " })), "short-handover.tag-missing");
  const matterId = await ask({});
  const waitsFor = async (personId: string) =>
    (await listMatters(env, personId, { view: "waiting" })).items.find((one) => one.matterId === matterId)?.waitsForMe;
  // C14 who is called as a witness is told so, and says himself that he was.
  const asked = (await listTasks(env, keeper, { view: "mine" })).items.find(
    (one) => one.kind === "witness-short-handover",
  );
  assert.deepEqual([asked?.matterId, asked?.mayDo, asked?.endsByWord], [matterId, true, true]);
  assert.match(asked?.title.en ?? "", /under tag 0042/);
  const underWay = async (personId: string) =>
    (await readOwnCustody(env, personId)).items.find((one) => one.bodyId === seal.piece)?.underWay;
  assert.deepEqual(
    (await underWay(custodian))?.map((one) => [one.matterId, one.kind]),
    [[matterId, "short-handover"]],
  );
  const before = await countWaitingMatters(env, stranger);
  assert.deepEqual(
    [await waitsFor(custodian), await waitsFor(stranger), await waitsFor(keeper)],
    ["confirm", "confirm", undefined],
    "what somebody is named to confirm stands under what waits for him, and for nobody else",
  );
  await confirmInTest(env, custodian, matterId, "transferor");
  assert.deepEqual([await waitsFor(custodian), await countWaitingMatters(env, stranger)], [undefined, before]);
  assert.equal(await confirmInTest(env, stranger, matterId, "deputy"), "done");
  assert.equal(await countWaitingMatters(env, stranger), before - 1);
  assert.equal(await custodianOf(seal.key), peopleAccount([secondCustodian, stranger]));
  assert.deepEqual(await grantsOf(custodian, seal.sealId), ["ended"]);
  assert.equal(await placeOf(seal.piece), peopleAccount([stranger]), "the bag is in his hand, no longer in their safe");
  const held = (await readOwnCustody(env, stranger)).items.find((one) => one.bodyId === seal.piece);
  assert.deepEqual([held?.lastContainer, held?.underWay], [null, []], "nor is he offered a safe he cannot open");
  // He locks the bag away, and it stays closed: under its tag a seal is kept and not used.
  const own = await addSafeInTest(env, crew, [stranger, keeper]);
  await lockAway(env, stranger, { bodyId: seal.piece, containerId: own.containerId });
  assert.deepEqual((await readOwnCustody(env, stranger)).items.find((one) => one.bodyId === seal.piece)?.actions, []);
  assert.equal(await codeOf(bringOut(env, stranger, { bodyId: seal.piece, ...otherwise })), "custody.under-tag");
  await completeTask(env, keeper, { taskId: asked?.taskId ?? "", note: "Both called, tag 0042.", evidenceId: null });
  const toldTo = (await readCustodyHistory(env, custodian, { sealId: seal.sealId })).shortHandover;
  assert.deepEqual([toldTo?.given, toldTo?.deputy?.personId], [true, stranger]);
  await alarmOverdueReturns(env);
  await alarmOverdueReturns(later(5 * day));
  await alarmOverdueReturns(later(6 * day));
  const findings = await env.db.selectFrom("findings").select("control").where("subject_key", "=", matterId).execute();
  assert.deepEqual(findings, [{ control: "C14" }]);
  const bridged = async (at: Environment) =>
    (await readOwnCustody(at, stranger)).items.find((one) => one.bodyId === seal.piece)?.shortHandover;
  assert.equal((await bridged(env))?.overdue, false);
  assert.equal((await bridged(later(5 * day)))?.overdue, true, "the page of who has it says so");
  // C14 who gave it keeps nothing of it meanwhile, and still sees on his page that it should be back.
  const given = async (at: Environment) =>
    (await readOwnCustody(at, custodian)).items.find((one) => one.bodyId === seal.piece);
  const late = await given(later(5 * day));
  assert.deepEqual(
    [late?.shortHandover?.overdue, late?.shortHandover?.given, late?.shortHandover?.deputy?.personId],
    [true, true, stranger],
  );
  assert.deepEqual([late?.place, late?.lastContainer, late?.actions], [null, null, []], "not where it lies");
  const onWall = async (at: Environment) =>
    (await readSealWall(at, custodian, {})).items.find((one) => one.sealId === seal.sealId)?.nextDuty;
  assert.notEqual((await onWall(env))?.duty, "return");
  assert.deepEqual(await onWall(later(5 * day)), { duty: "return", urgency: "late" });
  const lateIn = async (at: Environment) =>
    (await readSealWall(at, custodian, {})).entities.reduce((sum, one) => sum + one.late, 0);
  assert.equal((await lateIn(later(5 * day))) - (await lateIn(env)), 1, "and the wall counts it");
  const onPage = async (at: Environment) =>
    (await getSeal(at, custodian, seal.sealId)).bodies.find((one) => one.bodyId === seal.piece)?.returnDue;
  assert.deepEqual([(await onPage(env))?.overdue, (await onPage(later(5 * day)))?.overdue], [false, true]);

  const back = (change: Record<string, unknown>, sealId = seal.sealId): Promise<string> =>
    submitInTest(env, crew, "short-return", stranger, {
      sealId,
      data: {
        ...{ handoverId: matterId, transferorId: custodian, deputyId: stranger },
        ...{ tag: "0042", whole: true, condition: "good", ...change },
      },
    });
  assert.equal(await codeOf(back({}, (await newSeal()).sealId)), "custody.other-seal");
  assert.equal(await codeOf(back({ tag: "0043" })), "short-handover.tag-differs");
  assert.equal(await codeOf(back({ whole: false })), "short-handover.tag-differs");
  const returned = await back({});
  assert.deepEqual(
    (await readCustodyHistory(env, custodian, { sealId: seal.sealId })).underWay.map((one) => one.matterId),
    [returned],
    "who gave it finds its return from the seal",
  );
  await confirmInTest(env, stranger, returned, "deputy");
  assert.equal(await confirmInTest(env, custodian, returned, "transferor"), "done");
  assert.equal(await custodianOf(seal.key), peopleAccount([custodian, secondCustodian]));
  assert.equal(await placeOf(seal.piece), peopleAccount([custodian]));
  assert.equal((await readCustodyHistory(env, custodian, { sealId: seal.sealId })).shortHandover, null);
  assert.deepEqual((await grantsOf(custodian, seal.sealId)).toSorted(), ["ended", "given"]);
  assert.deepEqual(await grantsOf(stranger, seal.sealId), ["ended"]);
  assert.equal(await codeOf(back({})), "short-handover.not-open");
  const tasks = await env.db.selectFrom("tasks").select(["kind", "state"]).where("matter_id", "=", matterId).execute();
  assert.deepEqual(tasks.map((one) => `${one.kind} ${one.state}`).toSorted(), [
    "short-return done",
    "witness-short-handover done",
  ]);
  assert.deepEqual([await onPage(later(5 * day)), (await onWall(later(5 * day)))?.duty === "return"], [null, false]);
});

test("C14 an ordinary seal goes to its named deputy for some days, who answers alone, and both do when it is back", async () => {
  const { custodian, secondCustodian, keeper } = crew.people;
  const [seal, two] = [await newSeal(), peopleAccount([custodian, secondCustodian])];
  const people = { transferorId: custodian, deputyId: secondCustodian };
  const ask = (of: Seal): Promise<string> =>
    submitInTest(env, crew, "short-handover", custodian, {
      sealId: of.sealId,
      data: { ...people, witnessId: keeper, tag: "0077", bodies: both(of), until: dayFrom(2 * day) },
    });
  assert.equal(await codeOf(ask(official)), "handover.receiver-keeps-already", "an important one is kept by two");
  const given = await ask(seal);
  await cancelMatter(env, custodian, given, "The trip is off.");
  const asked = await env.db.selectFrom("tasks").select("state").where("matter_id", "=", given).execute();
  assert.deepEqual(asked, [{ state: "cancelled" }], "nobody waits for a call that never comes");
  const matterId = await ask(seal);
  await confirmInTest(env, custodian, matterId, "transferor");
  assert.equal(await confirmInTest(env, secondCustodian, matterId, "deputy"), "done");
  assert.deepEqual(
    [await custodianOf(seal.key), await custodianOf(seal.piece)],
    [peopleAccount([secondCustodian]), peopleAccount([secondCustodian])],
  );
  assert.deepEqual(await grantsOf(custodian, seal.sealId), ["ended"]);
  const returned = await submitInTest(env, crew, "short-return", secondCustodian, {
    sealId: seal.sealId,
    data: { ...people, handoverId: matterId, tag: "0077", whole: true, condition: "good" },
  });
  await confirmInTest(env, secondCustodian, returned, "deputy");
  assert.equal(await confirmInTest(env, custodian, returned, "transferor"), "done");
  assert.deepEqual([await custodianOf(seal.key), await custodianOf(seal.piece)], [two, two]);
  assert.deepEqual(await grantsOf(secondCustodian, seal.sealId), ["given"], "he is the deputy as before");
  assert.ok((await grantsOf(custodian, seal.sealId)).includes("given"));
});

test("C13 two locks: neither opens alone; what is out too long alarms once, and locking away ends the alarm", async () => {
  const seal = official;
  const { custodian, secondCustodian, stranger } = crew.people;
  const weak = await addSafeInTest(env, crew, [custodian]);
  assert.equal(
    await codeOf(lockAway(env, custodian, { bodyId: seal.piece, containerId: weak.containerId })),
    "container.locks-not-apart",
  );
  const { containerId } = await addSafeInTest(env, crew, [custodian, secondCustodian]);
  assert.equal(await codeOf(lockAway(env, stranger, { bodyId: seal.piece, containerId })), "custody.not-in-hand");
  await lockAway(env, custodian, { bodyId: seal.piece, containerId });
  const { out, openingId } = await bringOut(env, custodian, { bodyId: seal.piece, ...otherwise });
  assert.equal(out, false);
  assert.equal(await placeOf(seal.piece), containerAccount(containerId));
  assert.equal(await codeOf(bringOut(env, custodian, { bodyId: seal.piece, ...otherwise })), "container.opening-waits");
  assert.equal(await codeOf(confirmOpening(env, custodian, openingId ?? "")), "container.opening-not-yours");
  assert.equal(
    await codeOf(confirmOpening(later(16 * minute), secondCustodian, openingId ?? "")),
    "container.opening-over",
  );
  const confirmed = await Promise.all([1, 2].map(() => codeOf(confirmOpening(env, secondCustodian, openingId ?? ""))));
  assert.deepEqual(confirmed.toSorted(), ["container.opening-over", "done"]);
  assert.equal(await placeOf(seal.piece), peopleAccount([custodian]));

  await alarmPiecesOut(env);
  await alarmPiecesOut(later(61 * minute));
  await alarmPiecesOut(later(62 * minute));
  const findings = await env.db
    .selectFrom("findings")
    .select(["control", "source", "person_id"])
    .where("body_id", "=", seal.piece)
    .orderBy("source")
    .execute();
  assert.deepEqual(
    findings,
    ["custody.brought-out", "custody.out-too-long"].map((source) => ({ control: "C13", source, person_id: custodian })),
  );
  await lockAway(env, custodian, { bodyId: seal.piece, containerId: null });
  assert.equal(await placeOf(seal.piece), containerAccount(containerId));
  const tasks = await env.db.selectFrom("tasks").select(["kind", "state"]).where("body_id", "=", seal.piece).execute();
  assert.deepEqual(tasks, [{ kind: "lock-away", state: "done" }]);
});

test("C13 a take-out: approved, two people, papers found on the spot confirmed from afar, an extension, a checked return", async () => {
  const seal = await newSeal();
  const { custodian, secondCustodian, applicant, signatory } = crew.people;
  const { containerId } = await addSafeInTest(env, crew, [custodian, secondCustodian]);
  await lockAway(env, custodian, { bodyId: seal.piece, containerId });
  const due = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const ask = (change: Record<string, unknown> = {}): Promise<string> =>
    submitInTest(env, crew, "take-out", applicant, {
      sealId: seal.sealId,
      data: {
        bodyId: seal.piece,
        ...{ escort: [custodian, applicant], place: "Land registry", documents: [{ title: "Deed", impressions: 2 }] },
        ...{ mostImpressions: 3, dueAt: due(day), ...change },
      },
    });
  assert.equal(await codeOf(ask({ escort: [custodian] })), "take-out.two-people");
  assert.equal(await codeOf(ask({ escort: [applicant, custodian] })), "take-out.keeper-missing");
  assert.equal(await codeOf(ask({ dueAt: due(9 * day) })), "take-out.due-too-late");
  const takeOutId = await ask();
  await approveMatterInTest(env, takeOutId, signatory);
  const looked = { condition: "good" };
  await confirmInTest(env, custodian, takeOutId, "keeper", looked);
  // C09 the last who confirms has the photo before him; without it nothing is issued.
  assert.equal(
    await codeOf(confirmInTest(env, applicant, takeOutId, "companion", looked)),
    "matter.evidence-before-last",
  );
  await photographInTest(env, custodian, takeOutId, "issue");
  assert.equal(await confirmInTest(env, applicant, takeOutId, "companion", looked), "done");
  assert.deepEqual([await stateOf(seal.piece), await placeOf(seal.piece)], ["taken-out", peopleAccount([custodian])]);
  assert.equal(await codeOf(askHandover(seal)), "handover.state");
  assert.equal(await codeOf(lockAway(env, custodian, { bodyId: seal.piece, containerId: null })), "custody.state");

  const withPaper = async (impressions: number): Promise<string> => {
    const matterId = await askMatterInTest(env, crew, {
      ...{ kind: "take-out-paper", asker: custodian, sealId: seal.sealId },
      data: { takeOutId, title: "Form of the registry", impressions },
    });
    assert.equal(await codeOf(submitMatter(env, custodian, matterId)), "matter.evidence-missing");
    await photographInTest(env, custodian, matterId, "paper");
    await submitMatter(env, custodian, matterId);
    return matterId;
  };
  assert.equal(await codeOf(withPaper(2)), "take-out.impressions-used-up");
  // Under another seal's name nothing of this take-out is asked for: people would sign for a seal that never moved.
  const otherwise = async (
    kind: "take-out-paper" | "take-out-extension" | "take-out-return",
    data: Record<string, unknown>,
  ): Promise<string> => {
    const matterId = await askMatterInTest(env, crew, {
      ...{ kind, asker: custodian, sealId: official.sealId, data: { takeOutId, ...data } },
    });
    if (kind === "take-out-paper") await photographInTest(env, custodian, matterId, "paper");
    return codeOf(submitMatter(env, custodian, matterId));
  };
  const wrong = "custody.other-seal";
  assert.equal(await otherwise("take-out-paper", { title: "Form of the registry", impressions: 1 }), wrong);
  assert.equal(await otherwise("take-out-extension", { dueAt: due(2 * day) }), wrong);
  const backAs = {
    checkerId: secondCustodian,
    containerId: null,
    usedImpressions: 0,
    condition: "good",
    difference: "x",
  };
  assert.equal(await otherwise("take-out-return", backAs), wrong);
  const paper = await withPaper(1);
  const listed = async (): Promise<number> =>
    (
      await env.db
        .selectFrom("take_outs")
        .select("listed_impressions")
        .where("matter_id", "=", takeOutId)
        .executeTakeFirstOrThrow()
    ).listed_impressions;
  assert.equal(await listed(), 2, "a paper counts only once it is confirmed");
  await approveMatterInTest(env, paper, signatory);
  assert.equal(await listed(), 3);

  await alarmOverdueReturns(env);
  await alarmOverdueReturns(later(2 * day));
  await alarmOverdueReturns(later(2 * day));
  const overdue = () => env.db.selectFrom("findings").select("source").where("body_id", "=", seal.piece).execute();
  assert.deepEqual(await overdue(), [{ source: "take-out.overdue" }]);
  const away = async (at: Environment) =>
    (await readOwnCustody(at, custodian)).items.find((one) => one.bodyId === seal.piece)?.takeOut;
  assert.deepEqual(
    [(await away(env))?.overdue, (await away(later(2 * day)))?.overdue, (await away(env))?.mine],
    [false, true, true],
  );
  const onPage = async (at: Environment) =>
    (await getSeal(at, custodian, seal.sealId)).bodies.find((one) => one.bodyId === seal.piece)?.returnDue;
  assert.equal((await onPage(later(2 * day)))?.from, "take-out");
  assert.equal((await onPage(later(2 * day)))?.overdue, true);
  const extend = (ms: number): Promise<string> =>
    submitInTest(env, crew, "take-out-extension", custodian, {
      ...{ sealId: seal.sealId, data: { takeOutId, dueAt: due(ms) } },
    });
  assert.equal(await codeOf(extend(day / 2)), "take-out.due-past");
  await approveMatterInTest(env, await extend(2 * day), signatory);

  const giveBack = (change: Record<string, unknown> = {}): Promise<string> =>
    submitInTest(env, crew, "take-out-return", custodian, {
      sealId: seal.sealId,
      data: {
        ...{ takeOutId, checkerId: secondCustodian, containerId: null, usedImpressions: 4, condition: "good" },
        ...{ difference: "A copy was stamped for the registry.", ...change },
      },
    });
  assert.equal(await codeOf(giveBack({ checkerId: applicant })), "take-out.nobody-checks");
  assert.equal(await codeOf(giveBack({ difference: "" })), "take-out.difference-unexplained");
  assert.equal(await codeOf(giveBack({ checkerId: crew.people.head })), "take-out.checker-without-duty");
  // Who comes home while an extension waits is not kept away by it: the return ends it, and merely one is open at a time.
  const waiting = await extend(3 * day);
  const back = await giveBack();
  // C13 who checks the return reads which piece comes home, with which papers, and where it goes.
  const told = (await readMatterDetail(env, secondCustodian, back)).takeOut;
  assert.deepEqual(
    [told?.takeOutId, told?.seal.sealId, told?.place, told?.mostImpressions, told?.listedImpressions],
    [takeOutId, seal.sealId, "Land registry", 3, 3],
  );
  assert.deepEqual(told?.papers, [
    { title: "Deed", impressions: 2 },
    { title: "Form of the registry", impressions: 1 },
  ]);
  assert.deepEqual([told?.escort.length, told?.goesTo], [2, { en: "Safe", zh: "保险柜" }]);
  assert.equal(await codeOf(giveBack()), "matter.reserved");
  await photographInTest(env, custodian, back, "return");
  await confirmInTest(env, custodian, back, "keeper", looked);
  assert.equal(await confirmInTest(env, secondCustodian, back, "checker", looked), "done");
  assert.equal((await getMatter(env.db, waiting)).state, "withdrawn");
  // More was made than papers stand for: home all the same, frozen, and told to who runs the seals and who inspects.
  assert.deepEqual([await stateOf(seal.piece), await placeOf(seal.piece)], ["frozen", containerAccount(containerId)]);
  assert.equal(await stateOf(seal.key), "frozen");
  const tasks = await listTasks(env, crew.people.sealAdministrator, { view: "all" });
  assert.ok(tasks.items.some((one) => one.kind === "uncovered-impressions" && one.matterId === back));
  assert.deepEqual((await overdue()).map((one) => one.source).toSorted(), ["take-out.overdue", "take-out.uncovered"]);
  const lines = await env.db
    .selectFrom("register_lines")
    .select("kind")
    .where("register", "=", "take-out")
    .orderBy("running")
    .execute();
  assert.deepEqual(
    lines.map((line) => line.kind),
    ["issued", "paper", "extended", "returned"],
  );
});

test("C13 an open 'lock away' ends with the custody of who had it: nobody is asked for what another has in hand", async () => {
  const seal = await newSeal();
  const { custodian, stranger, keeper, signatory } = crew.people;
  const open = () =>
    env.db
      .selectFrom("tasks")
      .select(["kind", "assignee_id"])
      .where("body_id", "=", seal.piece)
      .where("kind", "=", "lock-away")
      .where("state", "=", "open")
      .execute();
  assert.equal(await placeOf(seal.piece), peopleAccount([custodian]));
  await alarmPiecesOut(later(61 * minute));
  assert.deepEqual(await open(), [{ kind: "lock-away", assignee_id: custodian }]);
  const matterId = await askHandover(seal);
  await approveMatterInTest(env, matterId, signatory);
  await photographInTest(env, custodian, matterId, "impression");
  await confirmInTest(env, custodian, matterId, "transferor", { count: 1 });
  await confirmInTest(env, stranger, matterId, "receiver", counted);
  await confirmInTest(env, keeper, matterId, "witness", { count: 1 });
  assert.equal(await placeOf(seal.piece), peopleAccount([stranger]));
  assert.deepEqual(await open(), []);
});

test("C08 who holds a grant and is not custodian of record by the postings does not release", async () => {
  const { sealId, key } = official;
  await walkToReserved(env, crew, sealId);
  const { custodian, secondCustodian, stranger } = crew.people;
  await transact(env.db, (tx) =>
    postMove(tx, env, {
      ...{ sealId, bodyId: key, kind: "electronic", book: "custodian", actorId: null },
      to: peopleAccount([secondCustodian, stranger]),
    }),
  );
  assert.ok((await grantsOf(custodian, sealId)).includes("given"));
  assert.equal(await codeOf(walkToReserved(env, crew, sealId)), "release.not-custodian");
});
