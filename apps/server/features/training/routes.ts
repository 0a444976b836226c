import type { Handlers } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { verifyPresence } from "../identity/step-up.ts";
import { signCommitment } from "./commitment.ts";
import { publishCourse } from "./courses.ts";
import { listCustodianFitness, readCourse, readCourseSource, readTraining } from "./read-model.ts";
import { handInAnswers } from "./take-course.ts";

type Mine =
  | "GET /v1/training"
  | "GET /v1/courses/:courseId"
  | "GET /v1/courses/:courseId/source"
  | "PUT /v1/courses/:courseId"
  | "POST /v1/courses/:courseId/attempts"
  | "POST /v1/commitments"
  | "GET /v1/custodian-fitness";

export function trainingHandlers(env: Environment): Pick<Handlers, Mine> {
  return {
    "GET /v1/training": (_, call) => readTraining(env, call.person().personId),
    "GET /v1/courses/:courseId": ({ params }, call) => readCourse(env, call.person().personId, params.courseId),
    "GET /v1/courses/:courseId/source": ({ params }) => readCourseSource(env, params.courseId),
    "PUT /v1/courses/:courseId": ({ params, body }, call) => {
      const { documents, version: changed, reason, ...course } = body;
      return publishCourse(env, call.person().personId, { ...params, course, documents, changed, reason });
    },
    "POST /v1/courses/:courseId/attempts": async ({ params, body }, call) => {
      const { personId } = call.person();
      const { judged, course, attemptsLeftToday } = await handInAnswers(env, { personId, ...params, ...body });
      const passed = judged.type === "TrainingPassed";
      return {
        ...{ passed, correct: judged.correct, total: judged.total, passMark: judged.passMark },
        ...{ validUntil: judged.validUntil, attemptsLeftToday, weakSections: [...judged.weakSections] },
        corrections: course.course.questions
          .filter(({ questionId }) => passed && judged.wrong.includes(questionId))
          .map(({ questionId, right, because }) => ({ questionId, right, because })),
      };
    },
    "POST /v1/commitments": async ({ body }, call) => {
      const { personId } = call.person();
      const wanted = { act: "commitment", subjectId: personId, digest: body.digest } as const;
      const method = await verifyPresence(env, call, wanted, body.presence);
      await signCommitment(env, personId, {
        digest: body.digest,
        presence: { stepUpId: body.presence.stepUpId, method },
      });
      return { done: true };
    },
    "GET /v1/custodian-fitness": ({ query }, call) => listCustodianFitness(env, call.person().personId, query.entityId),
  };
}
