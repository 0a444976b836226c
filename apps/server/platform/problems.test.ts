import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

test("docs/api.md names every problem the server answers with, under its status", () => {
  const server = new URL("../", import.meta.url);
  const table = readFileSync(new URL("../../docs/api.md", server), "utf8")
    .split("\n")
    .filter((line) => /^\| \d{3} \|/.test(line));
  const sources = globSync("{*,platform/*,features/**/*}.ts", { cwd: server.pathname }).filter(
    (file) => !/test[-.]|\.test\./.test(file),
  );
  let found = 0;
  const missing: string[] = [];
  for (const file of sources) {
    const text = readFileSync(new URL(file, server), "utf8");
    for (const [, status, code] of text.matchAll(/new ProblemError\(\s*(\d{3}),\s*"([a-z.-]+)"/g)) {
      found += 1;
      if (!table.some((line) => line.startsWith(`| ${status} |`) && line.includes(`\`${code}\``)))
        missing.push(`${status} ${code} (${file})`);
    }
  }
  assert.ok(found > 30);
  assert.deepEqual(missing, []);
});
