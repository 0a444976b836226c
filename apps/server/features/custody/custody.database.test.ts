import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { containerAccount, findAccountAt, peopleAccount } from "@chancery/domain";
import { transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { ProblemError } from "../../platform/problems.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { walkToReserved } from "../../platform/test-walk.ts";
import { cancelMatter, submitMatter } from "../matters/ask-matter.ts";
import { carryOutMatter } from "../matters/carry-out-matter.ts";
import { readMatterDetail } from "../matters/read-model.ts";
import { getMatter } from "../matters/store.ts";
import { approveMatterInTest, askMatterInTest } from "../matters/test-matters.ts";
import { changeSealState, freezeSeal } from "../seals/service.ts";
import { alarmOverdueReturns, alarmPiecesOut } from "./custody-ticks.ts";
import { bringOut, confirmOpening, lockAway } from "./move-piece.ts";
import { postMove, readHeldNow, readPostings } from "./postings.ts";
import { readOwnCustody } from "./read-model.ts";
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
const dayFrom = (ms: number): string => new Date(Date.now() + ms + 8 * 60 * minute).toISOString().slice(0, 10);

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

test("C14 a handover freezes the seal until the third confirms; the transferor answers till then, nobody else after", async () => {
  const seal = await newSeal();
  const { custodian, secondCustodian, stranger, keeper, signatory } = crew.people;
  const { containerId, lockIds } = await addSafeInTest(env, crew, [custodian, secondCustodian]);
  await lockAway(env, custodian, { bodyId: seal.piece, containerId });
  const matterId = await askHandover(seal, { lockIds: [lockIds[0]] });
  assert.equal(await stateOf(seal.piece), "in-use");
  assert.equal(await approveMatterInTest(env, matterId, signatory), "approved");
  for (const bodyId of [seal.piece, seal.key]) assert.equal(await stateOf(bodyId), "in-handover");

  assert.equal(await codeOf(confirmInTest(env, stranger, matterId, "transferor", counted)), "matter.not-your-part");
  assert.equal(await codeOf(confirmInTest(env, stranger, matterId, "receiver", {})), "handover.facts-missing");
  assert.equal(
    await codeOf(confirmInTest(env, custodian, matterId, "transferor", { count: 2 })),
    "handover.count-differs",
  );
  await confirmInTest(env, custodian, matterId, "transferor", { count: 1 });
  assert.equal(
    await codeOf(confirmInTest(env, stranger, matterId, "receiver", counted)),
    "handover.impressions-missing",
  );
  await photographInTest(env, custodian, matterId, "impression");
  assert.equal(
    await codeOf(confirmInTest(env, stranger, matterId, "receiver", { count: 1, impressionsMatch: false })),
    "handover.impression-differs",
  );
  await confirmInTest(env, stranger, matterId, "receiver", counted);
  // Left and found again: what is confirmed stays, what is missing is told.
  const view = await readMatterDetail(env, keeper, matterId);
  assert.deepEqual(view.mayConfirm, ["witness"]);
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
  const data = { transferorId: custodian, deputyId: stranger, witnessId: keeper, tag: "0042", bodies: both(seal) };
  const ask = (change: Record<string, unknown>): Promise<string> =>
    submitInTest(env, crew, "short-handover", custodian, {
      ...{ sealId: seal.sealId, data: { ...data, until: dayFrom(3 * day), ...change } },
    });
  assert.equal(await codeOf(ask({ until: dayFrom(9 * day) })), "short-handover.too-long");
  assert.equal(await codeOf(ask({ tag: " " })), "short-handover.tag-missing");
  const matterId = await ask({});
  await confirmInTest(env, custodian, matterId, "transferor");
  assert.equal(await confirmInTest(env, stranger, matterId, "deputy"), "done");
  assert.equal(await custodianOf(seal.key), peopleAccount([secondCustodian, stranger]));
  assert.deepEqual(await grantsOf(custodian, seal.sealId), ["ended"]);
  await alarmOverdueReturns(env);
  await alarmOverdueReturns(later(5 * day));
  await alarmOverdueReturns(later(6 * day));
  const findings = await env.db.selectFrom("findings").select("control").where("subject_key", "=", matterId).execute();
  assert.deepEqual(findings, [{ control: "C14" }]);
  const bridged = async (at: Environment) =>
    (await readOwnCustody(at, stranger)).items.find((one) => one.bodyId === seal.piece)?.shortHandover;
  assert.equal((await bridged(env))?.overdue, false);
  assert.equal((await bridged(later(5 * day)))?.overdue, true, "the page of who has it says so");

  const back = (change: Record<string, unknown>): Promise<string> =>
    submitInTest(env, crew, "short-return", stranger, {
      sealId: seal.sealId,
      data: {
        ...{ handoverId: matterId, transferorId: custodian, deputyId: stranger },
        ...{ tag: "0042", whole: true, condition: "good", ...change },
      },
    });
  assert.equal(await codeOf(back({ tag: "0043" })), "short-handover.tag-differs");
  assert.equal(await codeOf(back({ whole: false })), "short-handover.tag-differs");
  const returned = await back({});
  await confirmInTest(env, stranger, returned, "deputy");
  assert.equal(await confirmInTest(env, custodian, returned, "transferor"), "done");
  assert.equal(await custodianOf(seal.key), peopleAccount([custodian, secondCustodian]));
  assert.deepEqual((await grantsOf(custodian, seal.sealId)).toSorted(), ["ended", "given"]);
  assert.deepEqual(await grantsOf(stranger, seal.sealId), ["ended"]);
  assert.equal(await codeOf(back({})), "short-handover.not-open");
  const task = await env.db.selectFrom("tasks").select("state").where("matter_id", "=", matterId).execute();
  assert.deepEqual(task, [{ state: "done" }]);
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
  assert.equal(await codeOf(lockAway(env, stranger, { bodyId: seal.piece, containerId })), "custody.not-of-record");
  await lockAway(env, custodian, { bodyId: seal.piece, containerId });
  const { out, openingId } = await bringOut(env, custodian, { bodyId: seal.piece, reason: "contract" });
  assert.equal(out, false);
  assert.equal(await placeOf(seal.piece), containerAccount(containerId));
  assert.equal(
    await codeOf(bringOut(env, custodian, { bodyId: seal.piece, reason: "again" })),
    "container.opening-waits",
  );
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
    .execute();
  assert.deepEqual(findings, [{ control: "C13", source: "custody.out-too-long", person_id: custodian }]);
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
  // Both have confirmed, and without the photo it is not issued.
  assert.equal(await confirmInTest(env, applicant, takeOutId, "companion", looked), "approved");
  await photographInTest(env, custodian, takeOutId, "issue");
  const { digest } = await getMatter(env.db, takeOutId);
  await carryOutMatter(env, custodian, { matterId: takeOutId, digest: digest ?? "", presence: null });
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
        ...change,
      },
    });
  assert.equal(await codeOf(giveBack({ checkerId: applicant })), "take-out.nobody-checks");
  const back = await giveBack();
  await photographInTest(env, custodian, back, "return");
  await confirmInTest(env, custodian, back, "keeper", looked);
  assert.equal(await confirmInTest(env, secondCustodian, back, "checker", looked), "done");
  assert.deepEqual([await stateOf(seal.piece), await placeOf(seal.piece)], ["in-use", containerAccount(containerId)]);
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
