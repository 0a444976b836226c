import { starterCourse, starterCourseId } from "@chancery/domain";
import type { Environment } from "../../../platform/environment.ts";
import { newId } from "../../../platform/ids.ts";
import { recordSamplePresence } from "../../identity/step-up.ts";
import { commitmentDigest, signCommitment } from "../../training/commitment.ts";
import { publishCourse } from "../../training/courses.ts";
import { handInAnswers } from "../../training/take-course.ts";
import type { PersonKey } from "./sample-crew.ts";

/** Custodians who passed the course that ships; of these Duan needed a second try. */
const passed: readonly PersonKey[] = ["chen", "duan", "he", "fang"];

/**
 * Training as it stands in an organisation at work: most have passed and signed, one passed a briefing that ran out
 * since, and one has not signed yet.
 */
export async function makeSampleTraining(
  env: Environment,
  people: Readonly<Partial<Record<PersonKey, string>>>,
): Promise<void> {
  const idOf = (key: PersonKey): string => people[key] ?? "";
  const handIn = (key: PersonKey, courseId: string, wrong: number) =>
    handInAnswers(env, {
      ...{ personId: idOf(key), courseId, version: 1 },
      answers: starterCourse.questions.map(({ questionId, right, choices }, at) => ({
        questionId,
        choice: at < wrong ? (right + 1) % choices.length : right,
      })),
    });
  await handIn("duan", starterCourseId, 7);
  for (const key of passed) await handIn(key, starterCourseId, key === "duan" ? 2 : 0);
  const briefing = newId("crs", env.clock.now());
  await publishCourse(env, idOf("gao"), {
    courseId: briefing,
    course: {
      ...starterCourse,
      title: { en: "Briefing for stand-ins", zh: "临时保管人简训" },
      validMonths: 2,
    },
    documents: [],
    changed: 0,
    reason: "For who stands in for a few weeks. · 供短期代管人员使用。",
  });
  await handIn("meng", briefing, 1);
  for (const key of passed) {
    const personId = idOf(key);
    const digest = commitmentDigest(personId);
    const stepUpId = await recordSamplePresence(env, personId, "commitment", personId, digest);
    await signCommitment(env, personId, { digest, presence: { stepUpId, method: "sample" } });
  }
}
