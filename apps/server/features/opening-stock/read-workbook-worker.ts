import { answerTasks } from "../../platform/answer-tasks.ts";
import { readWorkbook } from "./read-workbook.ts";

answerTasks(({ bytes, title }: { bytes: Uint8Array; title: string }) => readWorkbook(bytes, title));
