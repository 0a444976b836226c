import { answerTasks } from "../../platform/answer-tasks.ts";
import { inspectBytes } from "./inspect-bytes.ts";
import type { Inspection } from "./inspect-document.ts";

answerTasks(({ bytes }: { bytes: Uint8Array }): Inspection => inspectBytes(bytes));
