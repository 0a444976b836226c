import { starterCourse, starterCourseId } from "@chancery/domain";
import type { Environment } from "../../platform/environment.ts";
import { presentInTest } from "../../platform/test-walk.ts";
import { commitmentDigest, signCommitment } from "./commitment.ts";
import { handInAnswers } from "./take-course.ts";

/** The answers to the course that ships: all right, or so many of them wrong. */
export function answersInTest(wrong = 0): { questionId: string; choice: number }[] {
  return starterCourse.questions.map(({ questionId, right, choices }, at) => ({
    questionId,
    choice: at < wrong ? (right + 1) % choices.length : right,
  }));
}

/** Passes the course that ships. */
export async function passInTest(env: Environment, personId: string): Promise<void> {
  await handInAnswers(env, { personId, courseId: starterCourseId, version: 1, answers: answersInTest() });
}

/** Signs the letter of custodians, present. */
export async function commitInTest(env: Environment, personId: string): Promise<void> {
  const digest = commitmentDigest(personId);
  const stepUpId = await presentInTest(env, personId, "commitment", personId, digest);
  await signCommitment(env, personId, { digest, presence: { stepUpId, method: "password" } });
}
