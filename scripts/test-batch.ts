// Several test files in one process, one after the other: what they all load is loaded and warmed up once. Each file is
// a suite, so that its hooks are its own and stay around its own tests.
import { suite } from "node:test";
import { pathToFileURL } from "node:url";
import { endOnSignal } from "./end-on-signal.ts";

// Whoever runs the tests may end in the middle of them; what a test has started must not outlive it.
endOnSignal();

/** Environment variable with the files as a JSON list of absolute paths. */
const files = JSON.parse(process.env.CHANCERY_TEST_FILES ?? "[]") as string[];

for (const file of files)
  await suite(file, async () => {
    await import(pathToFileURL(file).href);
  });
