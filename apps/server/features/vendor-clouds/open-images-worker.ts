import { answerTasks } from "../../platform/answer-tasks.ts";
import { openImages } from "./open-images.ts";

answerTasks(({ bytes }: { bytes: Uint8Array }) => openImages(bytes));
