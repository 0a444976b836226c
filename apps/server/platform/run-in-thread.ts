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

/** Tasks after which a thread is let go: what a file left behind in it goes with it. */
const tasksOfAThread = 50;
/** Milliseconds that a thread waits for its next task, and keeps its memory. */
const idleMs = 30_000;

interface Thread {
  readonly worker: Worker;
  done: number;
  /** Ends its wait for the next task. */
  stopWaiting(): void;
}

/**
 * Runs a script in threads, one task at a time each, because the file in a task is whatever somebody sent. A few at once;
 * more wait their turn, and beyond that callers are told to come back. The script answers by `answerTasks`. A thread that
 * was too slow or failed is never used again; one that answered waits for the next task, since starting it costs more than
 * most tasks do.
 */
export function createThreadPool<Task, Answer>(script: URL, limits: ThreadLimits): ThreadPool<Task, Answer> {
  let running = 0;
  const waiting: (() => void)[] = [];
  const idle: Thread[] = [];
  const takeThread = (): Thread => {
    const thread = idle.pop();
    if (!thread) return { worker: startThread(script, limits.memoryMb), done: 0, stopWaiting: () => undefined };
    thread.stopWaiting();
    return thread;
  };
  const keepThread = (thread: Thread): void => {
    const { worker } = thread;
    const leave = (): void => {
      thread.stopWaiting();
      const at = idle.indexOf(thread);
      if (at >= 0) idle.splice(at, 1);
      void worker.terminate();
    };
    const timer = setTimeout(leave, idleMs).unref();
    worker.once("exit", leave).unref();
    thread.stopWaiting = () => {
      clearTimeout(timer);
      worker.removeListener("exit", leave).ref();
    };
    idle.push(thread);
  };
  return async (task, timeMs = limits.timeMs) => {
    if (running < limits.mostAtOnce) running += 1;
    else {
      if (waiting.length >= limits.mostWaiting) return { ok: false, why: "busy" };
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      const thread = takeThread();
      const outcome = await runTask<Answer>(thread.worker, task, timeMs);
      thread.done += 1;
      if (outcome.ok && thread.done < tasksOfAThread) keepThread(thread);
      // Only with the thread its memory is gone, and the place is free.
      else await thread.worker.terminate();
      return outcome;
    } finally {
      // The place goes to whoever waits, so that nobody who comes just now takes it as well.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

/** The bytes of a file for several threads: all of them read the same memory, which none of them changes. */
export function shareBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function startThread(script: URL, memoryMb: number): Worker {
  const worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: memoryMb } });
  // An error of a thread that nobody listens to would end the process; whoever waits for an answer hears of it himself.
  return worker.on("error", () => undefined);
}

function runTask<Answer>(worker: Worker, task: unknown, timeMs: number): Promise<ThreadOutcome<Answer>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish({ ok: false, why: "too-slow" }), timeMs);
    const answered = (answer: Answer): void => finish({ ok: true, answer });
    const failed = (): void => finish({ ok: false, why: "failed" });
    const finish = (outcome: ThreadOutcome<Answer>): void => {
      clearTimeout(timer);
      worker.removeListener("message", answered).removeListener("error", failed).removeListener("exit", failed);
      resolve(outcome);
    };
    worker.once("message", answered).once("error", failed).once("exit", failed);
    worker.postMessage(task);
  });
}
