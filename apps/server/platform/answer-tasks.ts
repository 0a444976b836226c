import { parentPort } from "node:worker_threads";

/** The other side of createThreadPool: answers one task after the other. What it throws ends the thread. */
export function answerTasks<Task, Answer>(work: (task: Task) => Answer | Promise<Answer>): void {
  parentPort?.on("message", async (task: Task) => parentPort?.postMessage(await work(task)));
}
