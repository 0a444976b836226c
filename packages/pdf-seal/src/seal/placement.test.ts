import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { FaceOutline } from "@chancery/seal-image";
import { sealPdf } from "../seal.ts";
import { makeSigner, writeDocument } from "./test-documents.ts";

const folder = mkdtempSync(join(tmpdir(), "placement-"));
after(() => rmSync(folder, { recursive: true }));
const drawer = "mutool";
const mutool = spawnSync(drawer, ["-v"]).error === undefined;
const signer = makeSigner("p256");
/** A triangle whose right angle lies at the top left: shows place, size and which way is up. */
const corner: FaceOutline = {
  widthMm: 42,
  heightMm: 42,
  paths: [{ part: "border", commands: [["M", 0, 0], ["L", 42, 0], ["L", 0, 42], ["Z"]] }],
};

for (const rotation of [0, 90, 180, 270]) {
  for (const userUnit of [1, 2]) {
    test(`a seal stands upright at its place: rotation ${rotation}, crop box offset, user unit ${userUnit}`, {
      skip: mutool ? false : "mutool is not installed",
    }, async () => {
      const bytes = writeDocument({ page: `/Rotate ${rotation} /CropBox [50 60 450 700] /UserUnit ${userUnit}` });
      const appearance = {
        page: 0,
        xMm: 20,
        yMm: 40,
        widthMm: 42,
        heightMm: 42,
        face: { kind: "outline", outline: corner },
      } as const;
      const sealed = await sealPdf({ bytes, signer, signedAt: 0, id: "a", appearance });
      assert.ok(sealed.ok);
      const dark = drawDark(Buffer.concat([bytes, sealed.tail]));
      assert.ok(dark.at(21, 41) && dark.at(59, 41) && dark.at(21, 79), "the three corners");
      assert.ok(!dark.at(60, 80) && !dark.at(18, 42) && !dark.at(22, 38), "nothing outside");
    });
  }
}

/** Draws the first page at one pixel a millimetre; dark is what is darker than the document's own grey. */
function drawDark(pdf: Uint8Array): { at(x: number, y: number): boolean } {
  const input = join(folder, "in.pdf");
  writeFileSync(input, pdf);
  const drawn = spawnSync(drawer, ["draw", "-r", "25.4", "-c", "gray", "-F", "pgm", "-o", "-", input]);
  assert.equal(drawn.status, 0, String(drawn.stderr));
  const head = /^P5\s(?:#.*\s)?(\d+) (\d+)\s255\s/.exec(drawn.stdout.subarray(0, 100).toString("latin1"));
  const width = Number(head?.[1]);
  const pixels = drawn.stdout.subarray(head?.[0].length);
  return { at: (x, y) => (pixels[y * width + x] ?? 255) < 115 };
}
