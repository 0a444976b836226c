#!/usr/bin/env node
// The command as npm links it. Plain JavaScript, because whoever starts it may have any Node from 20 on; the sources run
// as they are on the Node 26 that the install puts into node_modules/.bin, which npx finds first anyway.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const main = new URL("./src/main.ts", import.meta.url);
const own = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));

if (Number(process.versions.node.split(".")[0]) >= 26) await import(main.href);
else if (existsSync(own)) {
  const { status, signal } = spawnSync(own, [fileURLToPath(main), ...process.argv.slice(2)], { stdio: "inherit" });
  if (signal !== null) process.kill(process.pid, signal);
  process.exitCode = status ?? 1;
} else {
  process.stderr.write(`node.too-old: Node 26 is needed and this is ${process.version}; run npm install first.\n`);
  process.exitCode = 1;
}
