import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { boundPng } from "./png.ts";

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const magic = Buffer.from("89504e470d0a1a0a", "hex");

/** A grey picture of 8 bits. */
function write(width: number, height: number, pixels: Uint8Array, ...more: Buffer[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const end = chunk("IEND", new Uint8Array());
  return Buffer.concat([magic, chunk("IHDR", header), ...more, chunk("IDAT", pixels), end]);
}

const rows = deflateSync(Buffer.alloc(6));
const never = (): boolean => false;
const problem = (bytes: Uint8Array): string => {
  const found = boundPng(bytes, (width, height) => width * height > 100);
  return found.ok ? "" : found.problem;
};

test("a picture keeps what it needs and loses profiles, texts and what stands behind its end", () => {
  const profile = chunk("iCCP", Buffer.concat([Buffer.from("x\0\0"), deflateSync(Buffer.alloc(1 << 20))]));
  const bound = boundPng(Buffer.concat([write(2, 2, rows, profile), Buffer.from("behind")]), never);
  assert.ok(bound.ok);
  assert.deepEqual([bound.width, bound.height], [2, 2]);
  assert.deepEqual(bound.png, write(2, 2, rows));
});

test("pixels that unpack to more than the picture has are refused", () => {
  assert.equal(problem(write(2, 2, deflateSync(Buffer.alloc(16 << 20)))), "damaged");
  assert.equal(problem(write(2, 2, deflateSync(Buffer.alloc(6 + 100)))), "damaged");
});

test("what is no PNG, too large or damaged is told apart", () => {
  assert.equal(problem(Buffer.from("GIF89a")), "not-a-png");
  assert.equal(problem(write(11, 10, rows)), "too-large");
  assert.equal(problem(write(0, 2, rows)), "damaged");
  assert.equal(problem(write(2, 2, rows).subarray(0, 50)), "damaged");
  assert.equal(problem(write(2, 2, Buffer.from("no deflate"))), "damaged");
  assert.equal(problem(Buffer.concat([magic, chunk("IHDR", Buffer.alloc(13, 1))])), "too-large");
});
