import assert from "node:assert/strict";
import { test } from "node:test";
import { limitWasmMemory } from "./limit-wasm-memory.ts";

test("compiled code grows up to its limit and not beyond, and keeps what it has", () => {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  try {
    limitWasmMemory(10 * 65_536);
    const memory = new WebAssembly.Memory({ initial: 2 });
    assert.equal(memory.grow(8), 2);
    assert.throws(() => memory.grow(1), RangeError);
    assert.equal(memory.buffer.byteLength, 10 * 65_536);
  } finally {
    prototype.grow = grow;
  }
});
