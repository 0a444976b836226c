import assert from "node:assert/strict";
import { test } from "node:test";
import { hashLeaf, listInclusionSteps } from "@chancery/ledger";
import { ledgerPorts } from "./ledger-ports.ts";
import { layOutPath, writeHex } from "./path-layout.ts";

const { hash } = ledgerPorts;
const bytes = (seed: number): Uint8Array => hash(Uint8Array.of(seed));

/** Steps of the right length for a place; what they lead to does not matter for the drawing. */
function stepsOf(index: number, size: number) {
  const leafHash = hashLeaf(hash, Uint8Array.of(1));
  for (let count = 0; count < 60; count += 1) {
    const proof = Array.from({ length: count }, (_, at) => bytes(at));
    const steps = listInclusionSteps(hash, { index, size, leafHash, proof });
    if (steps.ok) return { leafHash, steps: steps.value };
  }
  throw new Error("no proof has this length");
}

test("the path is drawn from one leaf to one root, every step a node and a given hash on their true sides", () => {
  for (const size of [1, 2, 3, 5, 8, 13, 200, 256, 257, 1000, 65_537, 99_999])
    for (const index of new Set([0, 1, Math.floor(size / 3), Math.floor(size / 2), size - 2, size - 1]))
      if (index >= 0 && index < size) assertDrawn(index, size);
});

function assertDrawn(index: number, size: number): void {
  const { leafHash, steps } = stepsOf(index, size);
  const { nodes, lines, height, width } = layOutPath(leafHash, steps);
  assert.equal(nodes.length, 2 * steps.length + 1);
  assert.equal(lines.length, 2 * steps.length);
  assert.equal(nodes.filter((node) => node.kind === "root").length, 1);
  for (const node of nodes) assert.ok(node.y > 0 && node.y < height && node.x > 0 && node.x < width);
  for (const [level, step] of steps.entries()) {
    const own = nodes[2 * level];
    const given = nodes[2 * level + 1];
    assert.ok(given && own);
    assert.equal(given.x < own.x, step.side === "left");
    assert.equal(given.y, own.y);
  }
  const root = nodes.at(-1);
  assert.ok(root && writeHex(steps.at(-1)?.node ?? leafHash).startsWith(root.hash.slice(0, 4)));
  // The own way is one line without a break, from the leaf to the root.
  const way = lines.filter((line) => line.own);
  assert.equal(way.length, steps.length);
  for (const [step, line] of way.entries()) {
    const next: { x1: number; y1: number } = way[step + 1] ?? { x1: root.x, y1: root.y };
    assert.deepEqual([line.x2, line.y2], [next.x1, next.y1]);
  }
}

test("the only leaf of a ledger is its own root", () => {
  const { leafHash, steps } = stepsOf(0, 1);
  const { nodes, lines } = layOutPath(leafHash, steps);
  assert.deepEqual(
    nodes.map((node) => node.kind),
    ["root"],
  );
  assert.deepEqual(lines, []);
});
