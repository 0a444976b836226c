import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { drawPieces, listForDraw } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { redPicture } from "../../platform/test-picture.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { lockAway } from "../custody/move-piece.ts";
import { addPieceInTest, addSafeInTest } from "../custody/test-custody.ts";
import { requireSeesEvidence, uploadEvidence } from "../evidence/service.ts";
import { answerCheck, type CheckAnswerInput, reportUnknownSeal } from "./answer-check.ts";
import { turnStorageChecks } from "./check-ticks.ts";
import { openCheck } from "./open-check.ts";
import { listChecks } from "./read-model.ts";

const day = 24 * 60 * 60_000;
const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
let place: TestEnvironment;
let crew: TestCrew;
let env: Environment;
let containerId: string;
const pieces: string[] = [];
before(async () => {
  place = await createTestEnvironment();
  env = place.env;
  crew = await createTestCrew(env);
  ({ containerId } = await addSafeInTest(env, crew, [crew.people.custodian, crew.people.secondCustodian]));
  for (let number = 1; number <= 3; number += 1) {
    const type = number === 1 ? "contract" : "personnel";
    const piece = await addPieceInTest(env, await crew.registerSeal(type, `LX-I-${number}`));
    await lockAway(env, crew.people.custodian, { bodyId: piece, containerId });
    pieces.push(piece);
  }
});
after(() => place?.close());

const later = (days: number): Environment => ({ ...env, clock: { now: () => Date.now() + days * day } });
const photo = async (personId: string): Promise<string> =>
  (await uploadEvidence(env, personId, { stream: Readable.from([redPicture()]), fileName: "now.png" })).evidenceId;
const answer = (checkId: string, bodyId: string, change: Partial<CheckAnswerInput> = {}): CheckAnswerInput => ({
  ...{ checkId, bodyId, containerId, holderId: null, evidenceId: null, counter: null, note: "" },
  ...change,
});

test("C13 a surprise check commits to its seed before the draw, and anybody can draw again from the ledger", async () => {
  const { inspector } = crew.people;
  const opened = await openCheck(env, { entityId: crew.entityId, kind: "surprise", count: 2, openedBy: inspector });
  assert.equal(opened.pieces, 2);
  await place.ledger.drain();
  const entries = await env.db.selectFrom("ledger_entries").select("body").orderBy("seq").execute();
  const bodies = entries.map(
    (row) => JSON.parse(row.body.toString()) as { type: string; facts: Record<string, string> },
  );
  const [seeded, drawn] = bodies.filter((one) => one.facts.check === opened.checkId);
  assert.deepEqual([seeded?.type, drawn?.type], ["StorageCheckSeeded", "StorageCheckOpened"]);
  assert.equal(seeded?.facts.seedDigest, `sha256:${hex(opened.seed)}`);
  assert.equal(seeded?.facts.listDigest, `sha256:${hex(listForDraw(pieces))}`);
  assert.equal(drawn?.facts.seed, opened.seed);
  const asked = await env.db
    .selectFrom("storage_check_items")
    .select("body_id")
    .where("check_id", "=", opened.checkId)
    .execute();
  const expected = drawPieces(opened.seed, pieces, 2, hex);
  assert.deepEqual(asked.map((row) => row.body_id).toSorted(), [...expected].toSorted());
  assert.equal(drawn?.facts.drawn, hex(listForDraw(expected)));
});

test("C13 a surprise check is not told to who keeps the piece, nor answered by him; an inspector's look counts", async () => {
  const { custodian, inspector, sealAdministrator } = crew.people;
  const check = (await listChecks(env, inspector)).items.find((one) => one.kind === "surprise");
  const [first, second] = check?.items ?? [];
  if (!check || !first || !second) assert.fail();
  assert.deepEqual(
    first.confirmers?.map((one) => one.personId),
    [inspector, sealAdministrator],
  );
  assert.equal(
    (await listChecks(env, custodian)).items.find((one) => one.checkId === check.checkId),
    undefined,
  );
  const tasks = await env.db
    .selectFrom("tasks")
    .select(["kind", "assignee_id"])
    .where("subject_key", "like", `${check.checkId}%`)
    .execute();
  // They are given at once: in which order is nobody's business.
  assert.deepEqual(
    tasks.map((one) => `${one.kind} ${one.assignee_id}`).toSorted(),
    [inspector, sealAdministrator].map((person) => `look-at-pieces ${person}`).toSorted(),
  );
  const say = async (personId: string) =>
    codesOf(answerCheck(env, personId, answer(check.checkId, first.bodyId, { evidenceId: await photo(personId) })));
  assert.deepEqual(await say(custodian), ["check.keeps-himself"]);
  assert.deepEqual(
    check.places.map((one) => one.containerId),
    [containerId],
  );
  assert.deepEqual(await say(inspector), []);
  const seen = (await listChecks(env, custodian)).items.find((one) => one.checkId === check.checkId);
  assert.deepEqual(
    seen?.items.map((one) => one.bodyId),
    [first.bodyId],
    "what was found is told to who keeps it",
  );
});

test("C08 C13 book against real: what agrees closes quietly, what differs is a finding, and no answer is changed", async () => {
  const { custodian, secondCustodian, stranger, inspector } = crew.people;
  const [first = "", second = "", third = ""] = pieces;
  const old = await photo(custodian);
  const wanted = { entityId: crew.entityId, kind: "stock-take", count: 1, openedBy: inspector } as const;
  const { checkId } = await openCheck(env, wanted);
  assert.deepEqual(await codesOf(openCheck(env, wanted)), ["check.open-already"]);
  const say = (personId: string, input: CheckAnswerInput) => codesOf(answerCheck(env, personId, input));
  assert.deepEqual(await say(stranger, answer(checkId, first)), ["subject.not-found"]);
  assert.deepEqual(await say(custodian, answer(checkId, first)), ["check.photo-missing"]);
  assert.deepEqual(await say(custodian, answer(checkId, first, { evidenceId: old })), ["check.photo-old"]);
  const evidenceId = await photo(custodian);
  assert.deepEqual(await say(secondCustodian, answer(checkId, first, { evidenceId })), ["subject.not-found"]);
  assert.deepEqual(await say(custodian, answer(checkId, first, { evidenceId, holderId: stranger })), [
    "check.place-unknown",
  ]);
  // Before it is answered the book is not told: who answers says what he finds.
  const before = (await listChecks(env, custodian)).items.find((one) => one.checkId === checkId);
  assert.deepEqual(
    before?.items.map((one) => one.book),
    [null, null, null],
  );

  const twice = await Promise.all([
    say(custodian, answer(checkId, first, { evidenceId })),
    say(custodian, answer(checkId, first, { evidenceId })),
  ]);
  assert.deepEqual(twice.flat(), ["subject.changed-meanwhile"]);
  const inHand = { containerId: null, holderId: stranger, evidenceId };
  assert.deepEqual(await say(custodian, answer(checkId, second, inHand)), []);
  assert.deepEqual(await say(inspector, answer(checkId, third, { containerId: null })), []);
  const check = (await listChecks(env, inspector)).items.find((one) => one.checkId === checkId);
  assert.deepEqual([check?.answered, check?.differences, check?.closedAt !== null], [3, 2, true]);
  // The photo is for whoever reads the check: who watches over the entity, and who keeps the piece, whoever took it.
  for (const reader of [inspector, secondCustodian, custodian])
    assert.equal((await requireSeesEvidence(env, reader, evidenceId)).evidence_id, evidenceId);
  assert.deepEqual(await codesOf(requireSeesEvidence(env, stranger, evidenceId)), ["subject.not-found"]);
  const kept = (await listChecks(env, secondCustodian)).items.find((one) => one.checkId === checkId);
  assert.equal(kept?.items.find((one) => one.bodyId === first)?.evidenceId, evidenceId);
  const findings = await env.db
    .selectFrom("findings")
    .select(["control", "source", "body_id"])
    .where("source", "like", "check.%")
    .orderBy("control")
    .execute();
  assert.deepEqual(findings, [
    { control: "C08", source: "check.other-holder", body_id: second },
    { control: "C13", source: "check.missing", body_id: third },
  ]);
  const open = await env.db
    .selectFrom("tasks")
    .select("task_id")
    .where("kind", "=", "answer-check")
    .where("subject_key", "like", `${checkId}%`)
    .where("state", "=", "open")
    .execute();
  assert.deepEqual(open, []);
  await assert.rejects(
    env.db.updateTable("storage_check_items").set({ difference: null }).where("check_id", "=", checkId).execute(),
    /stays/,
  );
  const lines = await env.db
    .selectFrom("register_lines")
    .select("kind")
    .where("register", "=", "inspection")
    .orderBy("running")
    .execute();
  assert.deepEqual(lines.map((one) => one.kind).slice(-5), ["opened", "answered", "differs", "differs", "closed"]);
});

test("C13 storage checks begin by the calendar, once; what nobody answers in time is a finding, once", async () => {
  const { storageChecks, unanswered } = {
    storageChecks: () => env.db.selectFrom("storage_checks").select("check_id").where("kind", "=", "storage").execute(),
    unanswered: () =>
      env.db.selectFrom("findings").select("body_id").where("source", "=", "check.unanswered").execute(),
  };
  await turnStorageChecks(env);
  assert.equal((await storageChecks()).length, 0);
  for (const days of [32, 33]) await turnStorageChecks(later(days));
  assert.equal((await storageChecks()).length, 1);
  const asked = await env.db
    .selectFrom("storage_check_items as i")
    .innerJoin("storage_checks as c", "c.check_id", "i.check_id")
    .select("i.body_id")
    .where("c.kind", "=", "storage")
    .execute();
  assert.deepEqual(asked, [{ body_id: pieces[0] }], "the important one alone is due after a month");
  // One piece of the surprise check above was left unanswered too.
  const drawn = 1;
  assert.equal((await unanswered()).length, drawn);
  for (const days of [40, 41]) await turnStorageChecks(later(days));
  assert.equal((await unanswered()).length, drawn + asked.length);
});

test("C23 a seal in no register is reported by whoever sees it, with a photo of his own", async () => {
  const { applicant, stranger } = crew.people;
  const report = { entityId: crew.entityId, evidenceId: await photo(applicant), note: "In the drawer of room 7" };
  assert.deepEqual(await codesOf(reportUnknownSeal(env, stranger, report)), ["subject.not-found"]);
  await reportUnknownSeal(env, applicant, report);
  const finding = await env.db.selectFrom("findings").select("state").where("control", "=", "C23").executeTakeFirst();
  assert.deepEqual(finding, { state: "open" });
});
