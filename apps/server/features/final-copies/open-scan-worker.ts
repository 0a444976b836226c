import { answerTasks } from "../../platform/answer-tasks.ts";
import { drawSheet } from "./draw-sheet.ts";

answerTasks(drawSheet);
