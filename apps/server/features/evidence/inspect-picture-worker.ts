import { answerTasks } from "../../platform/answer-tasks.ts";
import { inspectFile } from "./inspect-picture.ts";

answerTasks(({ bytes }: { bytes: Uint8Array }) => inspectFile(bytes));
