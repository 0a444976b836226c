import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addDays } from "@chancery/domain";
import type { Updateable } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { dayInTest } from "../../platform/test-days.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { presentInTest } from "../../platform/test-walk.ts";
import { submitMatter, withdrawMatter } from "../matters/ask-matter.ts";
import { carryOutDueMatters } from "../matters/carry-out-matter.ts";
import { approveMatterInTest } from "../matters/test-matters.ts";
import { getReadingDigest } from "./confirm.ts";
import { printVersion } from "./print-version.ts";
import { listConfirmations, readRuleBook, readRuleBookVersion } from "./read-model.ts";
import { remindOfRuleBook } from "./reading-tasks.ts";
import { askForRuleBookInTest, publishRuleBookInTest, readInTest } from "./test-rule-book.ts";
import { digestBook, writeVersion } from "./write-version.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const setSetting = (key: string, value: number) =>
  place.env.db
    .insertInto("settings")
    .values({ key, value, ends_on: null, set_at: new Date(), asked_by: null, confirmed_by: null })
    .onConflict((conflict) => conflict.column("key").doUpdateSet({ value }))
    .execute();
const anybody = (personId = crew.people.applicant) => ({ personId, mayWrite: false });
const openTasks = async (): Promise<number> =>
  (
    await place.env.db
      .selectFrom("tasks")
      .select("task_id")
      .where("kind", "=", "read-rule-book")
      .where("state", "=", "open")
      .execute()
  ).length;

test("C11 a version is a draft until another person approved it; then everybody it binds is asked to read it", async () => {
  const { env } = place;
  const { sealAdministrator, signatory, applicant } = crew.people;
  const first = await askForRuleBookInTest(env, crew);
  assert.equal(await writeVersion(env, sealAdministrator), first.versionId, "the same text is no second draft");
  assert.equal((await readRuleBook(env, applicant, false)).versions.length, 0, "a draft is not everybody's");
  const reads = async (personId: string): Promise<string[]> => [
    ...(await codesOf(readRuleBookVersion(env, first.versionId, anybody(personId)))),
    ...(await codesOf(printVersion(env, first.versionId, "en", anybody(personId)))),
  ];
  assert.deepEqual(await reads(signatory), ["subject.not-found", "subject.not-found"]);
  await submitMatter(env, sealAdministrator, first.matterId);
  assert.deepEqual(await reads(applicant), ["subject.not-found", "subject.not-found"]);
  assert.deepEqual(await reads(signatory), [], "whoever decides reads it");
  await assert.rejects(approveMatterInTest(env, first.matterId, sealAdministrator), /may decide/);
  await approveMatterInTest(env, first.matterId, signatory);
  const view = await readRuleBook(env, signatory, false);
  assert.deepEqual([view.inForce?.version, view.inForce?.state, view.differences], [1, "in-force", []]);
  assert.equal(view.inForce?.digest, digestBook(view.text));
  assert.deepEqual([view.mine.bound, view.mine.confirmedAt], [true, null]);
  assert.equal((await readRuleBook(env, applicant, false)).mine.bound, false);
  assert.equal(await openTasks(), 6, "one for each who holds a position");
});

test("C12 reading is confirmed once, by whom the version binds, bound to its text; the task ends and a line is written", async () => {
  const { env } = place;
  const { signatory, applicant, inspector } = crew.people;
  const versionId = (await readRuleBook(env, signatory, false)).inForce?.versionId ?? "";
  await readInTest(env, signatory, versionId);
  assert.deepEqual(await codesOf(readInTest(env, signatory, versionId)), ["rule-book.confirmed-already"]);
  assert.deepEqual(await codesOf(readInTest(env, applicant, versionId)), ["rule-book.not-bound"]);
  assert.equal(await openTasks(), 5);
  const lines = await env.db
    .selectFrom("register_lines")
    .select(["kind", "person_ids"])
    .where("register", "=", "training")
    .orderBy("running")
    .execute();
  assert.deepEqual(
    lines.map((one) => one.kind),
    ["rule-book", "rule-book-confirmed"],
  );
  assert.deepEqual(lines[1]?.person_ids, [signatory]);
  const list = await listConfirmations(env, [crew.entityId]);
  assert.deepEqual(
    list.items.map((one) => one.confirmedAt !== null),
    [false, false, false, false, false, true],
  );
  assert.ok(list.items.some((one) => one.person.personId === inspector && !one.overdue));
  assert.deepEqual((await listConfirmations(env, [])).items, []);
});

test("a version is printed in either language, with its digest at the foot of each page", async () => {
  const { env } = place;
  const view = await readRuleBook(env, crew.people.signatory, false);
  for (const language of ["en", "zh"] as const) {
    const { body, fileName } = await printVersion(env, view.inForce?.versionId ?? "", language, anybody());
    assert.ok(body instanceof Uint8Array);
    assert.equal(Buffer.from(body.subarray(0, 8)).toString("latin1"), "%PDF-1.7");
    assert.ok(fileName?.startsWith(view.text[language].title), String(fileName));
  }
  assert.deepEqual(await codesOf(printVersion(env, "rbk_none", "en", anybody())), ["subject.not-found"]);
});

test("settings that changed show article by article; a new version replaces the old one and is confirmed anew", async () => {
  const { env } = place;
  const { signatory, sealAdministrator } = crew.people;
  const old = (await readRuleBook(env, signatory, false)).inForce?.versionId ?? "";
  await setSetting("takeOutMost", 2);
  const differing = await readRuleBook(env, signatory, false);
  assert.deepEqual(
    differing.differences.map((one) => [one.id, one.kind, one.en.filter((run) => run.kind !== "same")]),
    [
      [
        "custody.take-out",
        "changed",
        [
          { kind: "removed", text: "3" },
          { kind: "added", text: "2" },
        ],
      ],
    ],
  );
  const asked = await askForRuleBookInTest(env, crew);
  await submitMatter(env, sealAdministrator, asked.matterId);
  await setSetting("takeOutMost", 1);
  assert.deepEqual(await codesOf(approveMatterInTest(env, asked.matterId, signatory)), ["rule-book.settings-changed"]);
  await withdrawMatter(env, sealAdministrator, asked.matterId, "settings changed");
  const second = await publishRuleBookInTest(env, crew);
  const now = await readRuleBook(env, signatory, true);
  assert.deepEqual(
    now.versions.map((one) => one.state),
    ["in-force", "draft", "replaced"],
  );
  assert.equal(now.mine.confirmedAt, null);
  assert.equal(
    (await readRuleBookVersion(env, second, { personId: signatory, mayWrite: true })).before?.versionId,
    old,
  );
  assert.equal((await readRuleBookVersion(env, second, { personId: signatory, mayWrite: true })).differences.length, 1);
  assert.deepEqual(await codesOf(readInTest(env, signatory, old)), ["rule-book.not-in-force"]);
  assert.equal(await openTasks(), 6, "tasks of the old version are gone");
  await remindOfRuleBook(env);
  assert.equal(await openTasks(), 6);
});

test("a version that takes effect later waits for its day, and settings changed meanwhile are the next one's", async () => {
  const { env } = place;
  const { signatory, sealAdministrator } = crew.people;
  await setSetting("takeOutMost", 3);
  const day = addDays(dayInTest(Date.now()), 3);
  const past = await askForRuleBookInTest(env, crew, "2026-01-01");
  assert.deepEqual(await codesOf(submitMatter(env, sealAdministrator, past.matterId)), ["rule-book.day-past"]);
  const asked = await askForRuleBookInTest(env, crew, day);
  await submitMatter(env, sealAdministrator, asked.matterId);
  await approveMatterInTest(env, asked.matterId, signatory);
  await setSetting("takeOutMost", 2);
  await carryOutDueMatters(env);
  const before = (await readRuleBook(env, signatory, true)).inForce?.versionId;
  assert.notEqual(before, asked.versionId);
  const then = { ...env, clock: { now: () => env.clock.now() + 4 * 86_400_000 } };
  await carryOutDueMatters(then);
  const view = await readRuleBook(then, signatory, true);
  assert.deepEqual([view.inForce?.versionId, view.inForce?.inForceOn], [asked.versionId, day]);
  assert.equal(view.differences.length, 1);
});

test("C24 the database keeps a version's text as written, lets it take force by its matter alone, and once", async () => {
  const { env } = place;
  const draft = await writeVersion(env, crew.people.administrator);
  const versions = (change: Updateable<Tables["rule_book_versions"]>, id: string) =>
    env.db.updateTable("rule_book_versions").set(change).where("version_id", "=", id).execute();
  const published = { published_at: new Date(), confirm_by: new Date(), in_force_on: "2026-01-01" };
  const inForce = (await readRuleBook(env, crew.people.signatory, true)).inForce?.versionId ?? "";
  await assert.rejects(versions({ text: "{}" }, draft), /permission denied/);
  await assert.rejects(versions({ ...published, matter_id: null }, draft), /takes force by its matter/);
  const { matter_id: another } = await env.db
    .selectFrom("rule_book_versions")
    .select("matter_id")
    .where("version_id", "=", inForce)
    .executeTakeFirstOrThrow();
  await assert.rejects(versions({ ...published, matter_id: another }, draft), /takes force by its matter/);
  await assert.rejects(versions({ in_force_on: "2026-02-01" }, inForce), /stays as it is/);
  await assert.rejects(env.db.deleteFrom("rule_book_versions").execute(), /permission denied/);
  await assert.rejects(env.db.deleteFrom("rule_book_confirmations").execute(), /permission denied/);
});

test("C24 the database takes a reading with the reader's own used proof of it alone, of a text in force", async () => {
  const { env } = place;
  const { signatory, inspector } = crew.people;
  const versionId = (await readRuleBook(env, signatory, true)).inForce?.versionId ?? "";
  const draft = await writeVersion(env, crew.people.administrator);
  const { event_id } = await env.db.selectFrom("events").select("event_id").executeTakeFirstOrThrow();
  const digest = await getReadingDigest(env, signatory, versionId);
  const insert = (version_id: string, person_id: string, step_up_id: string, of = digest) =>
    env.db
      .insertInto("rule_book_confirmations")
      .values({ version_id, person_id, digest: of, step_up_id, method: "password", at: new Date(), event_id })
      .execute();
  const unused = await presentInTest(env, signatory, "rule-book", versionId, digest);
  await assert.rejects(insert(versionId, signatory, unused), /proof of presence of one's own/);
  await assert.rejects(insert(versionId, signatory, unused, `sha256:${"0".repeat(64)}`), /the text of the version/);
  await assert.rejects(insert(draft, signatory, unused), /a draft of the rule book/);
  await assert.rejects(insert(versionId, inspector, unused), /the text of the version/);
});
