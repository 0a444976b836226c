import { run } from "node:test";
import { fileURLToPath } from "node:url";
import type { Slot } from "./slots.ts";

/** How many tests ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface RunOptions {
  /** Processes at a time, where there is room. */
  readonly concurrency: number;
  /** Makes room for a process. */
  readonly slot: Slot;
  /** Files that one process runs, one after the other. */
  readonly filesPerProcess: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the processes. */
  readonly signal?: AbortSignal;
  /** One line or more for the reader: what failed and why, what was skipped. */
  readonly report: (text: string) => void;
}

/** The facts of one ended test that counting needs; `entryFile` is missing where Node reports on a process as a whole. */
interface EndedTest {
  readonly name: string;
  readonly nesting: number;
  readonly testId: number;
  readonly parentId: number | undefined;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly entryFile?: string;
  readonly details: { readonly type?: string; readonly error?: Error & { readonly failureType?: string } };
}

/**
 * Runs test files, some in a process, and counts leaves: Node counts a parent beside its subtests, a suite with a
 * failing test as a second failure, and a file without any test as passed. Here a parent counts only for a failure of
 * its own, and a file in which no test ran is a failure.
 */
export async function runTestFiles(files: readonly string[], options: RunOptions): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const waiting = [...files];
  const work = async (): Promise<void> => {
    while (waiting.length > 0) {
      // What it runs is settled once it may begin: until then others may have come as far.
      const one = await options.slot(() => runProcess(waiting.splice(0, options.filesPerProcess), options));
      counts.passed += one.passed;
      counts.failed += one.failed;
      counts.skipped += one.skipped;
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, work));
  return counts;
}

const batchFile = fileURLToPath(new URL("test-batch.ts", import.meta.url));

async function runProcess(files: readonly string[], options: RunOptions): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  if (files.length === 0) return counts;
  const parents = new Set<number | undefined>();
  const filesWithTests = new Set<string>();
  let output = "";
  /** The file whose tests are being told: they run, and are told, one file after the other. */
  let entry = "";
  const stream = run({
    files: [batchFile],
    // Of a process as a whole: the longest walks a whole use twice, which a busy machine takes minutes for.
    timeout: 900_000,
    ...(options.signal ? { signal: options.signal } : {}),
    env: { ...options.env, CHANCERY_TEST_FILES: JSON.stringify(files) },
  });

  const fail = (where: string, name: string, reason: string): void => {
    counts.failed += 1;
    options.report(`  ✖ ${name}\n    ${where}\n${indent(reason)}`);
  };

  for await (const event of stream) {
    if (event.type === "test:stdout" || event.type === "test:stderr")
      output = `${output}${event.data.message}`.slice(-8000);
    if (event.type === "test:start" && files.includes(event.data.name)) entry = event.data.name;
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const ended = event.data as EndedTest;
    const error = ended.details.error;
    if (ended.entryFile === undefined) {
      // The process as a whole: told where it ended badly (a file that ran no test is seen below).
      if (event.type === "test:fail")
        fail(files.join(", "), "the process of these test files did not end well", output || (error?.message ?? ""));
      continue;
    }
    parents.add(ended.parentId);
    const leaf = ended.details.type !== "suite" && !parents.has(ended.testId);
    if (event.type === "test:fail") {
      if (error?.failureType === "subtestsFailed") continue;
      filesWithTests.add(entry);
      fail(entry, ended.name, `${describe(error)}\n${output}`);
    } else if (isSet(ended.skip) || isSet(ended.todo)) {
      filesWithTests.add(entry);
      counts.skipped += 1;
      const reason = typeof ended.skip === "string" ? ended.skip : "no reason given";
      options.report(`  – skipped: ${ended.name} (${reason})`);
    } else if (leaf) {
      filesWithTests.add(entry);
      counts.passed += 1;
    }
  }
  for (const file of files) {
    if (!filesWithTests.has(file)) fail(file, "no test ran in this file", output);
  }
  return counts;
}

function isSet(mark: string | boolean | undefined): boolean {
  return mark !== undefined && mark !== false;
}

function describe(error: Error | undefined): string {
  const cause = error?.cause;
  if (cause instanceof Error) {
    const why = cause.cause instanceof Error ? `\nbecause: ${cause.cause.stack ?? cause.cause.message}` : "";
    return `${cause.stack ?? cause.message}${why}`;
  }
  return cause === undefined ? (error?.message ?? "unknown reason") : String(cause);
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, "    ");
}
