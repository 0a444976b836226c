import { threadId } from "node:worker_threads";
import { answerTasks } from "./answer-tasks.ts";

/** What a task of the tests makes its thread do. */
export type TestTask = "tell" | "throw" | "exit" | "hang" | "fill";

answerTasks(async (task: TestTask) => {
  if (task === "throw") throw new Error("a task that throws");
  if (task === "exit") process.exit(3);
  if (task === "hang") for (;;);
  if (task === "fill") for (const kept: number[][] = []; ; ) kept.push(new Array<number>(100_000).fill(kept.length));
  return threadId;
});
