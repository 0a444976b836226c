import { answerTasks } from "../../platform/answer-tasks.ts";
import { cleanPicture } from "./png-picture.ts";

answerTasks(({ bytes }: { bytes: Uint8Array }) => cleanPicture(bytes));
