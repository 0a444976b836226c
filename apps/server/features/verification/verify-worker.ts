import { verifyPdf } from "@chancery/pdf-seal/verify";
import { answerTasks } from "../../platform/answer-tasks.ts";
import type { VerifyTask } from "./verify-in-worker.ts";

answerTasks(({ bytes, ...options }: VerifyTask) => verifyPdf(bytes, options));
