import { Worker } from "node:worker_threads";

export interface ThreadLimits {
  readonly timeMs: number;
  readonly memoryMb: number;
  readonly mostAtOnce: number;
  readonly mostWaiting: number;
}

export type ThreadOutcome<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | { readonly ok: false; readonly why: "too-slow" | "failed" | "busy" };

/** The one way to read a file that somebody handed in: threads of one script, few at once, each with its limits. */
export type ThreadPool<Task, Answer> = (task: Task, timeMs?: number) => Promise<ThreadOutcome<Answer>>;

/**
 * Runs a script in a thread of its own for each task, because the file in it is whatever somebody sent. A few at once;
 * more wait their turn, and beyond that callers are told to come back. The script posts one answer.
 */
export function createThreadPool<Task, Answer>(script: URL, limits: ThreadLimits): ThreadPool<Task, Answer> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task, timeMs = limits.timeMs) => {
    if (running < limits.mostAtOnce) running += 1;
    else {
      if (waiting.length >= limits.mostWaiting) return { ok: false, why: "busy" };
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await runThread<Answer>(script, task, timeMs, limits.memoryMb);
    } finally {
      // The place goes to whoever waits, so that nobody who comes just now takes it as well.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

function runThread<Answer>(
  script: URL,
  task: unknown,
  timeMs: number,
  memoryMb: number,
): Promise<ThreadOutcome<Answer>> {
  return new Promise((resolve) => {
    const worker = new Worker(script, {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    let isOver = false;
    const finish = (outcome: ThreadOutcome<Answer>): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      // Only with the thread its memory is gone, and the place is free.
      void worker.terminate().then(() => resolve(outcome));
    };
    const timer = setTimeout(() => finish({ ok: false, why: "too-slow" }), timeMs);
    worker.once("message", (answer: Answer) => finish({ ok: true, answer }));
    worker.once("error", () => finish({ ok: false, why: "failed" }));
    worker.once("exit", () => finish({ ok: false, why: "failed" }));
  });
}
