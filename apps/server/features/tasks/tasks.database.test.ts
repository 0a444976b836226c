import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { transact } from "../../platform/db.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { publishRuleBookInTest } from "../rule-book/test-rule-book.ts";
import { completeTask } from "./complete-task.ts";
import { openFinding } from "./open-finding.ts";
import { endTasks, openTask, type TaskToOpen } from "./open-task.ts";
import { countMyTasks, listTasks } from "./read-model.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const day = 86_400_000;
const open = (change: Partial<TaskToOpen>): Promise<{ taskId: string } | null> =>
  transact(place.env.db, (tx) =>
    openTask(tx, place.env, {
      ...{ kind: "collect", subjectKey: "seal:1", entityId: crew.entityId, dueAt: null, actorId: null },
      ...change,
    }),
  );
const listed = async (personId: string, query: Parameters<typeof listTasks>[2]): Promise<string[]> =>
  (await listTasks(place.env, personId, query)).items.map((task) => task.taskId);

test("of many that open the same task at the same moment one opens it, and it is recorded once", async () => {
  const { sealAdministrator } = crew.people;
  const told = () => place.env.db.selectFrom("events").select("type").where("type", "=", "TaskOpened").execute();
  // The crew's positions made tasks of their own.
  const before = (await told()).length;
  const opened = await Promise.all(
    Array.from({ length: 6 }, () => open({ subjectKey: "seal:same", assigneeId: sealAdministrator })),
  );
  assert.equal(opened.filter((one) => one !== null).length, 1);
  assert.equal((await told()).length, before + 1);
});

test("tasks are one's own by name or by role; who watches the entity sees them all; late ones come first", async () => {
  const { env } = place;
  const { sealAdministrator, custodian, inspector, applicant } = crew.people;
  const now = env.clock.now();
  const soon = await open({ subjectKey: "seal:soon", assigneeRole: "seal-administrator", dueAt: now + day });
  const late = await open({ subjectKey: "seal:late", assigneeRole: "seal-administrator", dueAt: now - day });
  const named = await open({ subjectKey: "seal:named", assigneeId: custodian, assigneeRole: "seal-administrator" });
  const mine = await listed(sealAdministrator, { view: "mine" });
  assert.deepEqual(mine.slice(0, 2), [late?.taskId, soon?.taskId]);
  assert.ok(!mine.includes(named?.taskId ?? ""));
  assert.equal(await countMyTasks(env, sealAdministrator), mine.length);
  assert.deepEqual(await listed(custodian, { view: "all" }), [named?.taskId]);
  assert.deepEqual(await listed(applicant, { view: "all" }), []);
  assert.equal((await listed(inspector, { view: "all" })).length, mine.length + 1);
  assert.deepEqual(await listed(inspector, { view: "mine" }), []);
  assert.deepEqual(await listed(sealAdministrator, { view: "mine", overdue: "yes" }), [late?.taskId]);
});

test("a task that ended is out of the open ones, and the same one may open again", async () => {
  const { env } = place;
  const { custodian } = crew.people;
  const wanted = { subjectKey: "seal:again", assigneeId: custodian };
  const first = await open(wanted);
  const end = () =>
    transact(env.db, (tx) =>
      endTasks(
        tx,
        env,
        { kind: "collect", subjectKey: "seal:again" },
        { state: "done", actorId: custodian, note: "Collected" },
      ),
    );
  const ended = await Promise.all([end(), end()]);
  assert.deepEqual(ended.toSorted(), [0, 1]);
  assert.ok((await listed(custodian, { view: "mine", state: "done" })).includes(first?.taskId ?? ""));
  const second = await open(wanted);
  assert.ok(second && second.taskId !== first?.taskId);
});

test("C10 C13 a stopped seal is not handed in, nor one that is out brought back, by a word that it was", async () => {
  const { env } = place;
  const { custodian } = crew.people;
  const sayDone = async (kind: string): Promise<readonly string[]> => {
    const task = await open({ kind, subjectKey: "piece:1", assigneeId: custodian });
    return codesOf(completeTask(env, custodian, { taskId: task?.taskId ?? "", note: "Done", evidenceId: null }));
  };
  for (const kind of ["surrender", "forced-return", "take-out-return", "bring-back", "answer-check", "a-new-kind"])
    assert.deepEqual(await sayDone(kind), ["task.of-an-act"], kind);
  assert.deepEqual(await sayDone("loss-notice"), ["task.evidence-wanted"]);
  assert.deepEqual(await sayDone("issue-receipt"), []);
  const stillOpen = (await listTasks(env, custodian, { view: "mine" })).items;
  assert.ok(
    stillOpen.every((one) => one.mayDo && one.endsByWord === ["loss-notice", "issue-receipt"].includes(one.kind)),
  );
});

test("the same finding is open once", async () => {
  const { env } = place;
  const find = () =>
    transact(env.db, (tx) =>
      openFinding(tx, env, {
        ...{ control: "C10", source: "test", subjectKey: "seal:1", entityId: crew.entityId, actorId: null },
      }),
    );
  const found = await Promise.all([find(), find(), find()]);
  assert.equal(found.filter((one) => one !== null).length, 1);
});

test("C24 the database keeps a task that an act alone ends open, and an ended one ended", async () => {
  const { env } = place;
  const { signatory } = crew.people;
  const { grant_id } = await env.db
    .selectFrom("grants")
    .select("grant_id")
    .where("person_id", "=", signatory)
    .where("state", "=", "given")
    .executeTakeFirstOrThrow();
  const later = { ...env, clock: { now: () => env.clock.now() + 3 * day } };
  const versionId = await publishRuleBookInTest(later, crew);
  const position = await open({ kind: "confirm-position", subjectKey: grant_id });
  const reading = await env.db
    .selectFrom("tasks")
    .select("task_id")
    .where("subject_key", "=", `${versionId} ${signatory}`)
    .executeTakeFirstOrThrow();
  const done = await open({ subjectKey: "seal:done" });
  const set = (taskId: string | undefined, state: "open" | "done" | "cancelled") =>
    env.db
      .updateTable("tasks")
      .set({ state })
      .where("task_id", "=", taskId ?? "")
      .execute();
  await assert.rejects(set(position?.taskId, "cancelled"), /confirmed by its holder or ends/);
  await assert.rejects(set(reading.task_id, "done"), /by its reader or replaced/);
  await assert.rejects(set(reading.task_id, "cancelled"), /by its reader or replaced/);
  await set(done?.taskId, "done");
  await assert.rejects(set(done?.taskId, "open"), /stays ended/);
});
