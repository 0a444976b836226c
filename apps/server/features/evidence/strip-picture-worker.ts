import { answerTasks } from "../../platform/answer-tasks.ts";
import { stripPicture } from "./strip-picture.ts";

answerTasks(({ bytes }: { bytes: Uint8Array }) => stripPicture(bytes));
