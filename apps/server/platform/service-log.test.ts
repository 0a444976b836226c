import assert from "node:assert/strict";
import { test } from "node:test";
import { createServiceLog } from "./service-log.ts";

const ended = Object.assign(new Error("terminating connection due to administrator command"), {
  ...{ code: "57P01", severity: "FATAL", routine: "ProcessInterrupts", detail: "x".repeat(4000) },
});

function open() {
  const lines: string[] = [];
  let stopping = false;
  const write = (facts: object, text: string): void => void lines.push(JSON.stringify({ ...facts, text }));
  const log = createServiceLog({ info: write, warn: write, error: write }, () => stopping);
  const stop = (): void => {
    stopping = true;
  };
  return { lines, log, stop };
}

test("a connection that ends while the server is stopping is no error; anything else still is", () => {
  const { lines, log, stop } = open();
  stop();
  log.warn({ err: ended }, "a background task met an error");
  assert.deepEqual(lines, []);
  log.error({ err: new Error("a bug") }, "a background task met an error");
  log.info({ leaves: 3 }, "the ledger is consistent");
  assert.equal(lines.length, 2);
  assert.match(lines[0] ?? "", /a bug/);
});

test("a connection lost at work is told in one short line", () => {
  const { lines, log } = open();
  log.warn({ err: ended, tick: "matters" }, "a tick failed");
  assert.equal(lines.length, 1);
  assert.ok((lines[0] ?? "").length < 300);
  assert.match(lines[0] ?? "", /57P01.*"tick":"matters"/);
});
