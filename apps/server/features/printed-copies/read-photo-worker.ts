import { answerTasks } from "../../platform/answer-tasks.ts";
import { judgePhoto } from "./judge-photo.ts";

answerTasks(judgePhoto);
