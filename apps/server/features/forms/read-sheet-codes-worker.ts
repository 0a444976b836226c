import { answerTasks } from "../../platform/answer-tasks.ts";
import { findSquares } from "./find-squares.ts";

answerTasks(({ bytes }: { bytes: Uint8Array }) => findSquares(bytes));
