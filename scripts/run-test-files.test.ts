import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

const folder = mkdtempSync(join(tmpdir(), "chancery-count-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Counts in a process of its own: Node runs no test files from inside a test. */
function count(name: string, source: string): { passed: number; failed: number; skipped: number; text: string } {
  const file = join(folder, `${name}.test.mjs`);
  writeFileSync(file, `import { describe, it, test } from "node:test";\n${source}`);
  const program = `
    const { runTestFiles } = await import(${JSON.stringify(new URL("./run-test-files.ts", import.meta.url).href)});
    const lines = [];
    const counts = await runTestFiles([${JSON.stringify(file)}], { concurrency: 1, filesPerProcess: 3, slot: (work) => work(), env: process.env, report: (line) => lines.push(line) });
    console.log(JSON.stringify({ ...counts, text: lines.join("\\n") }));`;
  const runner = join(folder, `${name}.run.mjs`);
  writeFileSync(runner, program);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const output = execFileSync(process.execPath, [runner], { env, encoding: "utf8" });
  return JSON.parse(output) as ReturnType<typeof count>;
}

const table: readonly [name: string, source: string, passed: number, failed: number, skipped: number, says: RegExp][] =
  [
    ["suite", "describe('s', () => { it('a', () => {}); it('b', () => {}); });", 2, 0, 0, /^$/],
    ["parent", "test('p', async (t) => { await t.test('a', () => {}); await t.test('b', () => {}); });", 2, 0, 0, /^$/],
    ["failing-leaf", "describe('s', () => { it('a', () => { throw new Error('boom'); }); });", 0, 1, 0, /boom/],
    [
      "failing-parent",
      "test('p', async (t) => { await t.test('a', () => {}); throw new Error('own'); });",
      1,
      1,
      0,
      /own/,
    ],
    [
      "skipped",
      "test('a', { skip: 'no samples' }, () => {}); test('b', () => {});",
      1,
      0,
      1,
      /skipped: a \(no samples\)/,
    ],
    ["nothing", "console.log('only talk');", 0, 1, 0, /no test ran/],
    ["empty-suite", "describe('s', () => {});", 0, 1, 0, /no test ran/],
    ["broken", "throw new Error('at load');", 0, 1, 0, /at load/],
    [
      "bad-end",
      "test('a', () => { process.on('exit', () => { process.exitCode = 3; }); });",
      1,
      1,
      0,
      /did not end well/,
    ],
  ];

for (const [name, source, passed, failed, skipped, says] of table) {
  test(`counting leaves: ${name}`, () => {
    const { text, ...counts } = count(name, source);
    assert.deepEqual(counts, { passed, failed, skipped });
    assert.match(text, says);
  });
}

test("a run that is told to end takes its test processes along, and they what they have started", {
  timeout: 60_000,
}, async (t) => {
  const line = createServer().listen(0, "127.0.0.1");
  t.after(() => line.close());
  await once(line, "listening");
  // What a test has started is on the line as long as it lives.
  const started = `require("node:net").connect(${(line.address() as AddressInfo).port}, "127.0.0.1")`;
  const file = join(folder, "endless.test.mjs");
  writeFileSync(
    file,
    `import { spawn } from "node:child_process";
    import { test } from "node:test";
    test("endless", () => {
      const child = spawn(process.execPath, ["-e", ${JSON.stringify(started)}], { stdio: "ignore" });
      process.once("exit", () => child.kill());
      return new Promise(() => {});
    });`,
  );
  const runner = join(folder, "endless.run.mjs");
  const from = (name: string): string => JSON.stringify(new URL(name, import.meta.url).href);
  writeFileSync(
    runner,
    `const { runTestFiles } = await import(${from("./run-test-files.ts")});
    const { endOnSignal } = await import(${from("./end-on-signal.ts")});
    await runTestFiles([${JSON.stringify(file)}], { concurrency: 1, filesPerProcess: 1, slot: (work) => work(), env: process.env, signal: endOnSignal(), report: () => {} });`,
  );
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const run = spawn(process.execPath, [runner], { env, stdio: "ignore" });
  const [living] = (await once(line, "connection")) as [Socket];
  t.after(() => living.destroy());
  living.resume();
  const ended = once(living, "close");
  run.kill("SIGTERM");
  assert.deepEqual(await once(run, "exit"), [130, null]);
  await ended;
});
