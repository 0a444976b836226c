// npm test: the checks and every group of tests, then one closing line. `npm test -- packages server` runs groups alone.
// They run beside one another, one process more than there are cores (two more took longer in all: 10:23 for 9:46 on two),
// and each tells its line when it has ended.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { TestServer } from "../apps/server/platform/test-database.ts";
import { testFolder } from "../apps/server/platform/test-folder.ts";
import { buildWebIfChanged } from "./build-web.ts";
import { runChecks } from "./check.ts";
import { endOnSignal } from "./end-on-signal.ts";
import { type Counts, runTestFiles } from "./run-test-files.ts";
import { createSlots, type Slot } from "./slots.ts";
import { listTestFiles, projectFolder, type TestGroup, testGroups } from "./test-groups.ts";

// Each file runs in a process of its own, and all of them load much the same: what was compiled once is kept.
process.env.NODE_COMPILE_CACHE ??= `${projectFolder}node_modules/.cache/compiled`;

const say = (text: string): void => console.log(text);
const total = { passed: 0, failed: 0, skipped: 0 };

function add(name: string, counts: Counts, started: number): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  say(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped (${seconds} s)`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}

const none: Counts = { passed: 0, failed: 0, skipped: 0 };

type RankedGroup = TestGroup & { readonly slot: Slot };

async function runGroup(name: string, group: RankedGroup, env: Record<string, string | undefined>): Promise<void> {
  const files = listTestFiles(group);
  if (files.length === 0) {
    say(`  ✖ no file matches ${group.files.join(", ")}`);
    return add(name, { ...none, failed: 1 }, performance.now());
  }
  // Its time begins with its first process: before that, others had the room.
  let started: number | null = null;
  const slot: Slot = (work) =>
    group.slot(() => {
      started ??= performance.now();
      return work();
    });
  const counts = await runTestFiles(files, { ...group, slot, env, signal: ending, report: say });
  add(name, counts, started ?? performance.now());
}

async function runEmbeddedGroup(group: RankedGroup): Promise<void> {
  const { startTestServer } = await import("../apps/server/platform/test-database.ts");
  await runOnServer(`${group.name}, embedded server`, group, startTestServer);
}

/** On the embedded server, and once more on the server of TEST_DATABASE_URL where there is one. */
async function runDatabaseGroup(group: RankedGroup): Promise<void> {
  const { prepareTestServer } = await import("../apps/server/platform/test-database.ts");
  await runEmbeddedGroup(group);
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined || url === "") {
    say("  – skipped: the database tests on a server of one's own (TEST_DATABASE_URL is not set)");
    return add("database, TEST_DATABASE_URL", { ...none, skipped: 1 }, performance.now());
  }
  const { parseTestDatabaseUrl } = await import("./test-database-url.ts");
  await runOnServer("database, TEST_DATABASE_URL", group, () => prepareTestServer(parseTestDatabaseUrl(url)));
}

async function runOnServer(name: string, group: RankedGroup, start: () => Promise<TestServer>): Promise<void> {
  const started = performance.now();
  let server: TestServer;
  try {
    server = await start();
  } catch (error) {
    say(`  ✖ no server to test on\n    ${error instanceof Error ? error.message : String(error)}`);
    return add(name, { ...none, failed: 1 }, started);
  }
  try {
    await runGroup(name, group, { ...process.env, CHANCERY_TEST_DATABASE: server.handover });
  } finally {
    await server.close();
  }
}

async function runBrowserGroup(group: RankedGroup): Promise<void> {
  const started = performance.now();
  const web = await buildWebIfChanged(say);
  if (!web.ok) {
    say(`  ✖ ${web.message}`);
    return add(group.name, { ...none, failed: 1 }, started);
  }
  // What the files have in common, such as the data of a sample organisation, is made once and copied.
  const shared = await mkdtemp(join(testFolder(), "chancery-e2e-shared-"));
  try {
    const { prepareSample } = await import("../e2e/sample-server.ts");
    await prepareSample(shared);
    await runGroup(group.name, group, { ...process.env, CHANCERY_TEST_SHARED: shared });
  } catch (error) {
    say(`  ✖ no sample to test on\n    ${error instanceof Error ? error.message : String(error)}`);
    add(group.name, { ...none, failed: 1 }, started);
  } finally {
    await rm(shared, { recursive: true, force: true });
  }
}

const ending = endOnSignal();

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => name !== "check" && !testGroups.some((group) => group.name === name));
if (unknown.length > 0) {
  say(`  ✖ no such group: ${unknown.join(", ")} (check, ${testGroups.map((group) => group.name).join(", ")})`);
  total.failed += unknown.length;
}
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

const slots = createSlots(availableParallelism() + 1);

async function runCheckGroup(): Promise<void> {
  const started = performance.now();
  const results = await runChecks(say, slots.forRank(0));
  const failed = results.filter((result) => !result.ok).length;
  add("check", { passed: results.length - failed, failed, skipped: 0 }, started);
}

function runTestGroup(group: RankedGroup): Promise<void> {
  if (group.needs === "database") return runDatabaseGroup(group);
  if (group.needs === "embedded database") return runEmbeddedGroup(group);
  if (group.needs === "web app") return runBrowserGroup(group);
  return runGroup(group.name, group, process.env);
}

await Promise.all([
  ...(isWanted("check") ? [runCheckGroup()] : []),
  ...testGroups.flatMap((group, rank) =>
    isWanted(group.name) ? [runTestGroup({ ...group, slot: slots.forRank(rank) })] : [],
  ),
]);

say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
