import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { until } from "./test-until.ts";
import { createWordConverter, findLibreOffice } from "./word-converter.ts";

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "chancery-word-test-"));
});
after(() => rm(folder, { recursive: true, force: true }));

const limits = { timeMs: 30_000, mostWaiting: 1, mostBytes: 1000 };

/** A program in the place of LibreOffice: its arguments are those that LibreOffice gets. */
async function program(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const word = Buffer.from("PK a word file");
const leftovers = (): string[] => readdirSync(tmpdir()).filter((name) => /^chancery-word-[A-Za-z0-9]{6}$/.test(name));

test("the file goes in, the PDF comes out, and the folder with its profile goes with it", async () => {
  const keep = join(folder, "kept");
  const path = await program(
    "well",
    `cp file.docx file.pdf; env > ${keep}; cat profile/user/registrymodifications.xcu >> ${keep}`,
  );
  process.env.CHANCERY_TEST_SECRET = "a secret of the server";
  const before = leftovers();
  const turned = await createWordConverter(path, limits).toPdf(word);
  delete process.env.CHANCERY_TEST_SECRET;
  assert.deepEqual(turned, { ok: true, bytes: word });
  const seen = await readFile(keep, "utf8");
  assert.doesNotMatch(seen, /a secret of the server/);
  assert.match(seen, /DisableMacrosExecution[^\n]*true/);
  assert.deepEqual(leftovers(), before);
});

test("a program that fails, writes too much or nothing, or is not there, gives no file", async () => {
  const outcome = async (script: string) => createWordConverter(await program("bad", script), limits).toPdf(word);
  const failed = { ok: false, why: "failed" };
  assert.deepEqual(await outcome("cp file.docx file.pdf; exit 3"), failed);
  assert.deepEqual(await outcome("true"), failed);
  assert.deepEqual(await outcome("head -c 2000 /dev/zero > file.pdf"), failed);
  assert.deepEqual(await createWordConverter(join(folder, "nowhere"), limits).toPdf(word), failed);
});

test("a program that does not come to its end is ended with all it started; and so many wait, no more", async () => {
  const pids = join(folder, "pids");
  const path = await program("slow", `tail -f /dev/null & echo $! >> ${pids}; echo $$ >> ${pids}; wait`);
  const converter = createWordConverter(path, { ...limits, timeMs: 500 });
  const all = await Promise.all([converter.toPdf(word), converter.toPdf(word), converter.toPdf(word)]);
  const slow = { ok: false, why: "too-slow" };
  assert.deepEqual(all, [slow, slow, { ok: false, why: "busy" }]);
  // What was killed is gone, or waits for its parent to look at it.
  const runs = async (pid: string): Promise<boolean> => {
    const told = await promisify(execFile)("ps", ["-o", "stat=", "-p", pid]).catch(() => ({ stdout: "" }));
    return !/^(?:Z|$)/.test(told.stdout.trim());
  };
  for (const pid of (await readFile(pids, "utf8")).trim().split("\n"))
    await until(
      () => runs(pid),
      (still) => !still,
      60_000,
    );
});

test("LibreOffice is what the setting names, else soffice of PATH; off is none", async () => {
  const path = await program("soffice", "true");
  assert.equal(findLibreOffice(undefined, `/nowhere:${folder}`), path);
  assert.equal(findLibreOffice(path, ""), path);
  assert.equal(findLibreOffice("/nowhere/soffice", folder), null);
  assert.equal(findLibreOffice("off", folder), null);
});
