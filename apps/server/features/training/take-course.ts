import { type AttemptJudged, attemptsADay, joinHalves, judgeAttempt, type Settings } from "@chancery/domain";
import { type Reader, type Tx, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { dayIn } from "../organisation/read-grants.ts";
import { writeRegisterLine } from "../registers/write-line.ts";
import { readSettings } from "../settings/read-settings.ts";
import { type CourseInForce, getCourse } from "./courses.ts";
import { endFitnessTasks } from "./fitness-tasks.ts";

export interface AnswersHandedIn {
  readonly personId: string;
  readonly courseId: string;
  readonly version: number;
  readonly answers: readonly { questionId: string; choice: number }[];
}

/** The entity in whose books a person's training stands: his own, else the first one. */
export async function readHome(reader: Reader, personId: string): Promise<{ entityId: string; timeZone: string }> {
  const row = await reader
    .selectFrom("entities as e")
    .leftJoin("people as p", (join) => join.onRef("p.entity_id", "=", "e.entity_id").on("p.person_id", "=", personId))
    .select(["e.entity_id", "e.time_zone"])
    .orderBy("p.person_id", (order) => order.asc().nullsLast())
    .orderBy("e.created_at")
    .orderBy("e.entity_id")
    .executeTakeFirstOrThrow();
  return { entityId: row.entity_id, timeZone: row.time_zone };
}

/** How often the person tried each course today, by the day of his entity. */
export async function countAttemptsToday(
  reader: Reader,
  personId: string,
  now: number,
): Promise<(courseId: string) => number> {
  const { timeZone } = await readHome(reader, personId);
  const rows = await reader
    .selectFrom("training_attempts")
    .select(["course_id", "at"])
    .where("person_id", "=", personId)
    .where("at", ">", new Date(now - 2 * 24 * 60 * 60_000))
    .execute();
  const today = dayIn(timeZone, now);
  return (courseId) =>
    rows.filter((row) => row.course_id === courseId && dayIn(timeZone, row.at.getTime()) === today).length;
}

/**
 * Judges what was handed in, and keeps it, passed or not. The person's row is held, so that of two at the same moment
 * both are counted. Throws the refusals of `judgeAttempt`.
 */
export async function handInAnswers(
  env: Environment,
  input: AnswersHandedIn,
): Promise<{ judged: AttemptJudged; course: CourseInForce; attemptsLeftToday: number }> {
  return transact(env.db, async (tx) => {
    await tx
      .selectFrom("people")
      .select("person_id")
      .where("person_id", "=", input.personId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const now = env.clock.now();
    const inForce = await getCourse(tx, input.courseId);
    const { timeZone } = await readHome(tx, input.personId);
    const madeToday = (await countAttemptsToday(tx, input.personId, now))(input.courseId);
    const decided = judgeAttempt({
      ...{ course: inForce.course, version: inForce.version, answeredVersion: input.version, madeToday },
      answers: Object.fromEntries(input.answers.map((one) => [one.questionId, one.choice])),
      settings: await readSettings(tx, now),
      today: dayIn(timeZone, now),
    });
    if (!decided.ok) throw refusedBy(decided.refusals);
    const [judged] = decided.events;
    if (!judged) throw new Error("the rule judged an attempt and named no event");
    await keepAttempt(tx, env, input, inForce, judged);
    return { judged, course: inForce, attemptsLeftToday: attemptsADay - madeToday - 1 };
  });
}

async function keepAttempt(
  tx: Tx,
  env: Environment,
  input: AnswersHandedIn,
  { course, version }: CourseInForce,
  judged: AttemptJudged,
): Promise<void> {
  const now = env.clock.now();
  const { personId, courseId } = input;
  const passed = judged.type === "TrainingPassed";
  const { correct, total } = judged;
  const { eventId } = await recordEvent(tx, env, {
    type: judged.type,
    actorId: personId,
    facts: { course: courseId, version, correct, total, passMark: judged.passMark, until: judged.validUntil },
  });
  await tx
    .insertInto("training_attempts")
    .values({
      ...{ attempt_id: newId("att", now), person_id: personId, course_id: courseId, version },
      answers: JSON.stringify(Object.fromEntries(input.answers.map((one) => [one.questionId, one.choice]))),
      ...{ correct, total, pass_mark: judged.passMark, passed, for_custody: course.forCustody },
      ...{ valid_until: judged.validUntil, at: new Date(now), event_id: eventId },
    })
    .execute();
  const { entityId } = await readHome(tx, personId);
  await writeRegisterLine(tx, env, {
    register: "training",
    kind: passed ? "passed" : "failed",
    ...{ entityId, eventId, personIds: [personId] },
    facts: { person: personId, course: joinHalves(course.title), version, correct, total, until: judged.validUntil },
    words: [course.title.en, course.title.zh],
  });
  if (passed) await endFitnessTasks(tx, env, personId);
}

/** What a course asks of this organisation: its own figures, else the settings'. */
export function figuresOf({ course }: CourseInForce, settings: Settings): { passMark: number; validMonths: number } {
  return {
    passMark: course.passMark ?? settings.trainingPassMark,
    validMonths: course.validMonths ?? settings.trainingValid,
  };
}
