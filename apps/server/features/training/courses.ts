import {
  type Course,
  type CourseQuestion,
  listCourseRefusals,
  refuse,
  starterCourse,
  starterCourseId,
} from "@chancery/domain";
import type { Selectable } from "kysely";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import type { FitnessTables } from "../../platform/fitness-schema.ts";
import { problems } from "../../platform/problems.ts";
import { refusedBy } from "../../platform/refusals.ts";
import { recordEvent } from "../ledger/record-event.ts";
import { readSettings } from "../settings/read-settings.ts";

/** A course in the version in force. */
export interface CourseInForce {
  readonly courseId: string;
  readonly version: number;
  readonly course: Course;
  /** Evidence to read beside its text. */
  readonly documents: readonly string[];
}

const starter: CourseInForce = { courseId: starterCourseId, version: 1, course: starterCourse, documents: [] };

const toCourse = (row: Selectable<FitnessTables["course_versions"]>): CourseInForce => ({
  courseId: row.course_id,
  version: row.version,
  documents: row.documents,
  course: {
    title: { en: row.title_en, zh: row.title_zh },
    text: row.text as Course["text"],
    questions: row.questions as CourseQuestion[],
    passMark: row.pass_mark,
    validMonths: row.valid_months,
    forCustody: row.for_custody,
  },
});

/** Every course in its newest version, the one that ships first. */
export async function readCourses(reader: Reader): Promise<CourseInForce[]> {
  const rows = await reader
    .selectFrom("course_versions")
    .distinctOn("course_id")
    .selectAll()
    .orderBy("course_id")
    .orderBy("version", "desc")
    .execute();
  const own = rows.map(toCourse);
  const shipped = own.find((one) => one.courseId === starterCourseId) ?? starter;
  return [shipped, ...own.filter((one) => one.courseId !== starterCourseId)];
}

/** Throws the problem `subject.not-found`. */
export async function getCourse(reader: Reader, courseId: string): Promise<CourseInForce> {
  const course = (await readCourses(reader)).find((one) => one.courseId === courseId);
  if (!course) throw problems.notFound();
  return course;
}

/**
 * Publishes a new version of a course, where `changed` is the version in force (0: it is new). Who is on the way through the older one is told so when he hands it in; a
 * certificate that was earned stays valid to its last day.
 */
export async function publishCourse(
  env: Environment,
  actorId: string,
  wanted: { courseId: string; course: Course; documents: readonly string[]; changed: number; reason: string },
): Promise<{ version: number }> {
  const { courseId, course, documents, changed, reason } = wanted;
  const refusals = listCourseRefusals(course, await readSettings(env.db, env.clock.now()));
  if (refusals.length > 0) throw refusedBy(refusals);
  return transact(env.db, async (tx) => {
    // Of two who publish at once the second one waits, and makes the version after.
    await tx.selectFrom("installation").select("state").forUpdate().executeTakeFirstOrThrow();
    const known = await tx
      .selectFrom("evidence")
      .select("evidence_id")
      .where("evidence_id", "in", ["", ...documents])
      .where("uploaded_by", "=", actorId)
      .execute();
    const before = (await readCourses(tx)).find((one) => one.courseId === courseId);
    const fresh = documents.filter((one) => !before?.documents.includes(one));
    if (fresh.some((one) => !known.some((row) => row.evidence_id === one)))
      throw refusedBy([refuse("training.document-unknown", {}, "C12")]);
    if ((before?.version ?? 0) !== changed) throw problems.changedMeanwhile();
    const version = changed + 1;
    await tx
      .insertInto("course_versions")
      .values({
        ...{ course_id: courseId, version, title_en: course.title.en, title_zh: course.title.zh },
        ...{ text: JSON.stringify(course.text), questions: JSON.stringify(course.questions) },
        ...{ pass_mark: course.passMark, valid_months: course.validMonths, for_custody: course.forCustody },
        ...{ documents: [...documents], changed_by: actorId, changed_at: new Date(env.clock.now()), reason },
      })
      .execute();
    await recordEvent(tx, env, {
      type: "CoursePublished",
      actorId,
      facts: { course: courseId, version, questions: course.questions.length, forCustody: course.forCustody },
      comment: reason,
    });
    return { version };
  });
}
