import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { beginsAsPdf, hashFile } from "./hash-file.ts";

test("a file of any size is hashed as SHA-256 does, in one go or in pieces, and its progress ends at its size", async () => {
  for (const size of [0, 1, 2 * 1024 * 1024, 2 * 1024 * 1024 + 1, 5_000_001]) {
    const bytes = Uint8Array.from({ length: size }, (_, at) => (at * 7) % 251);
    const right = `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    for (const whole of [Number.POSITIVE_INFINITY, -1]) {
      const told: number[] = [];
      assert.equal(await hashFile(new Blob([bytes]), (done) => told.push(done), undefined, whole), right);
      assert.deepEqual(
        told.toSorted((a, b) => a - b),
        told,
      );
      assert.equal(told.at(-1) ?? 0, size);
    }
  }
});

test("a file that is to be hashed no longer is not", async () => {
  await assert.rejects(hashFile(new Blob(["x"]), undefined, AbortSignal.abort()));
});

test("a PDF begins with its header within the first 1024 bytes, whatever stands before it", async () => {
  assert.equal(await beginsAsPdf(new Blob(["%PDF-1.7"])), true);
  assert.equal(await beginsAsPdf(new Blob([" ".repeat(1023), "%PDF-1.4"])), true);
  assert.equal(await beginsAsPdf(new Blob([" ".repeat(1024), "%PDF-1.4"])), false);
  assert.equal(await beginsAsPdf(new Blob(["PK\u0003\u0004"])), false);
  assert.equal(await beginsAsPdf(new Blob([])), false);
});
