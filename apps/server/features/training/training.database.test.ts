import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { starterCourse, starterCourseId } from "@chancery/domain";
import { newId } from "../../platform/ids.ts";
import { createTestCrew, type TestCrew } from "../../platform/test-crew.ts";
import { createTestEnvironment, type TestEnvironment } from "../../platform/test-environment.ts";
import { codesOf } from "../../platform/test-refusals.ts";
import { presentInTest } from "../../platform/test-walk.ts";
import { commitmentDigest, signCommitment } from "./commitment.ts";
import { publishCourse } from "./courses.ts";
import { readCourse, readCourseSource, readTraining } from "./read-model.ts";
import { handInAnswers } from "./take-course.ts";
import { answersInTest, commitInTest, passInTest } from "./test-fitness.ts";

let place: TestEnvironment;
let crew: TestCrew;
before(async () => {
  place = await createTestEnvironment();
  crew = await createTestCrew(place.env);
});
after(() => place?.close());

const handIn = (personId: string, wrong: number, version = 1) =>
  handInAnswers(place.env, { personId, courseId: starterCourseId, version, answers: answersInTest(wrong) });

test("C12 an attempt is judged on the server and kept, passed or not, with its line and its leaf", async () => {
  const { env } = place;
  const { lawyer } = crew.people;
  assert.equal((await handIn(lawyer, 5)).judged.type, "TrainingFailed");
  const { judged, attemptsLeftToday } = await handIn(lawyer, 4);
  assert.deepEqual([judged.type, judged.correct, attemptsLeftToday], ["TrainingPassed", 16, 1]);
  const rows = await env.db
    .selectFrom("training_attempts")
    .select(["passed", "correct", "valid_until"])
    .where("person_id", "=", lawyer)
    .orderBy("at")
    .execute();
  assert.deepEqual(
    rows.map((row) => [row.passed, row.correct, row.valid_until]),
    [
      [false, 15, null],
      [true, 16, judged.validUntil],
    ],
  );
  const lines = await env.db
    .selectFrom("register_lines as l")
    .innerJoin("events as e", "e.event_id", "l.event_id")
    .select(["l.kind", "e.type", "e.facts"])
    .where("l.register", "=", "training")
    .orderBy("l.running")
    .execute();
  assert.deepEqual(
    lines.map((one) => [one.kind, one.type]),
    [
      ["failed", "TrainingFailed"],
      ["passed", "TrainingPassed"],
    ],
  );
  const view = await readTraining(env, lawyer);
  assert.deepEqual(view.courses[0]?.certificateUntil, judged.validUntil);
});

test("C12 no right answer is in what is read before the test", async () => {
  const view = await readCourse(place.env, crew.people.stranger, starterCourseId);
  assert.equal(view.questions.length, 20);
  const text = JSON.stringify(view);
  assert.doesNotMatch(text, /"right"|"because"/);
  for (const { because } of starterCourse.questions) assert.ok(!text.includes(because.en));
});

test("C12 three attempts a day, even when they are handed in at the same moment", async () => {
  const { head } = crew.people;
  const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => codesOf(handIn(head, 20))));
  assert.equal(outcomes.filter((codes) => codes.length === 0).length, 3);
  assert.deepEqual(outcomes.filter((codes) => codes.length > 0).flat(), [
    "training.too-many-attempts",
    "training.too-many-attempts",
  ]);
});

test("C12 a new version is asked from then on; who answered the older one is told, and his certificate stays", async () => {
  const { env } = place;
  const { sealAdministrator, keeper } = crew.people;
  await passInTest(env, keeper);
  const own = newId("crs", env.clock.now());
  const publish = (courseId: string, questions = starterCourse.questions, changed = courseId === own ? 0 : 1) =>
    publishCourse(env, sealAdministrator, {
      ...{ courseId, course: { ...starterCourse, questions }, documents: [], changed, reason: "A clearer question" },
    });
  assert.deepEqual(await codesOf(publish(starterCourseId, [])), ["training.too-few-questions"]);
  assert.deepEqual(await publish(own), { version: 1 });
  // Of two who changed the same version one is told, and nothing of his is lost under the other's.
  const both = await Promise.all([codesOf(publish(starterCourseId)), codesOf(publish(starterCourseId))]);
  assert.deepEqual(both.flat(), ["subject.changed-meanwhile"]);
  const source = await readCourseSource(env, starterCourseId);
  assert.deepEqual([source.version, source.questions[0]?.right], [2, starterCourse.questions[0]?.right]);
  assert.deepEqual(await codesOf(handIn(keeper, 0)), ["training.course-changed"]);
  const view = await readTraining(env, keeper);
  assert.deepEqual(
    view.courses.map((one) => [one.courseId, one.version, one.certificateUntil !== null]),
    [
      [starterCourseId, 2, true],
      [own, 1, false],
    ],
  );
  assert.equal((await handIn(keeper, 0, 2)).judged.type, "TrainingPassed");
});

test("C12 the letter is signed once, with a proof of presence for its very text, and nobody signs for another", async () => {
  const { env } = place;
  const { supervisor, stranger } = crew.people;
  const sign = async (personId: string, digest: string, boundTo = digest): Promise<string[]> => {
    const stepUpId = await presentInTest(env, personId, "commitment", personId, boundTo);
    return codesOf(signCommitment(env, supervisor, { digest, presence: { stepUpId, method: "password" } }));
  };
  const digest = commitmentDigest(supervisor);
  assert.deepEqual(await sign(supervisor, commitmentDigest(stranger)), ["subject.changed-meanwhile"]);
  assert.deepEqual(await sign(supervisor, digest, commitmentDigest(stranger)), ["presence.expired"]);
  assert.deepEqual(await sign(stranger, digest), ["presence.expired"]);
  assert.deepEqual(await sign(supervisor, digest), []);
  assert.deepEqual(await sign(supervisor, digest), ["commitment.signed-already"]);
  const row = await env.db
    .selectFrom("commitments as c")
    .innerJoin("events as e", "e.event_id", "c.event_id")
    .select(["c.digest", "e.type", "e.actor_id"])
    .where("c.person_id", "=", supervisor)
    .executeTakeFirstOrThrow();
  assert.deepEqual(row, { digest, type: "CommitmentGiven", actor_id: supervisor });
});

test("C12 C24 attempts, letters and courses are never changed or removed, whatever the application does", async () => {
  const { env } = place;
  await passInTest(env, crew.people.signatory).catch(() => undefined);
  await commitInTest(env, crew.people.signatory);
  const denied = /permission denied/;
  await assert.rejects(env.db.updateTable("training_attempts").set({ correct: 20 }).execute(), denied);
  await assert.rejects(env.db.deleteFrom("training_attempts").execute(), denied);
  await assert.rejects(env.db.updateTable("commitments").set({ digest: "" }).execute(), denied);
  await assert.rejects(env.db.deleteFrom("commitments").execute(), denied);
  await assert.rejects(env.db.updateTable("course_versions").set({ pass_mark: 50 }).execute(), denied);
});
