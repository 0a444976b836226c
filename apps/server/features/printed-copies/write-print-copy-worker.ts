import { answerTasks } from "../../platform/answer-tasks.ts";
import { makePrintCopy } from "./make-print-copy.ts";

answerTasks(makePrintCopy);
