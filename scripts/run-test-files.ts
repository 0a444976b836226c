import { run } from "node:test";

/** How many tests ended how. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface RunOptions {
  readonly concurrency: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** One line or more for the reader: what failed and why, what was skipped. */
  readonly report: (text: string) => void;
}

/** The facts of one ended test that counting needs; `entryFile` is missing where Node reports on a file as a whole. */
interface EndedTest {
  readonly name: string;
  readonly testId: number;
  readonly parentId: number | undefined;
  readonly skip?: string | boolean;
  readonly todo?: string | boolean;
  readonly entryFile?: string;
  readonly file?: string;
  readonly details: { readonly type?: string; readonly error?: Error & { readonly failureType?: string } };
}

/**
 * Runs test files, each in a process of its own, and counts leaves: Node counts a parent beside its subtests, a suite
 * with a failing test as a second failure, and a file without any test as passed. Here a parent counts only for a
 * failure of its own, and a file in which no test ran is a failure.
 */
export async function runTestFiles(files: readonly string[], options: RunOptions): Promise<Counts> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const parents = new Set<string>();
  const filesWithTests = new Set<string>();
  const output = new Map<string, string>();
  const stream = run({
    files,
    concurrency: options.concurrency,
    // Of a file as a whole: the longest walks a whole use twice, which a busy machine takes minutes for.
    timeout: 900_000,
    env: { ...options.env },
  });

  const fail = (where: string, name: string, reason: string): void => {
    counts.failed += 1;
    options.report(`  ✖ ${name}\n    ${where}\n${indent(reason)}`);
  };

  for await (const event of stream) {
    if (event.type === "test:stdout" || event.type === "test:stderr") {
      const from = (event.data as { entryFile?: string }).entryFile ?? event.data.file ?? "";
      output.set(from, `${output.get(from) ?? ""}${event.data.message}`.slice(-8000));
    }
    if (event.type !== "test:pass" && event.type !== "test:fail") continue;
    const ended = event.data as EndedTest;
    const entry = ended.entryFile;
    const error = ended.details.error;
    if (entry === undefined) {
      // The file as a whole: reported where it ran no test (that is seen below) or ended badly.
      if (event.type === "test:pass") continue;
      filesWithTests.add(ended.name);
      fail(ended.name, "the test file did not end well", output.get(ended.name) || (error?.message ?? ""));
      continue;
    }
    parents.add(`${entry}#${ended.parentId}`);
    const leaf = ended.details.type !== "suite" && !parents.has(`${entry}#${ended.testId}`);
    if (event.type === "test:fail") {
      if (error?.failureType === "subtestsFailed") continue;
      filesWithTests.add(entry);
      fail(entry, ended.name, `${describe(error)}\n${output.get(entry) ?? ""}`);
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
    if (!filesWithTests.has(file)) fail(file, "no test ran in this file", output.get(file) ?? "");
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
