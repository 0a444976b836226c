import assert from "node:assert/strict";
import { test } from "node:test";
import { readPageTexts } from "../../platform/page-text.ts";
import { makeTestPdf } from "../../platform/test-pdf.ts";
import { inspectDocument } from "../sealing/inspect-document.ts";

/** A page with these entries; the table of objects is rebuilt by both readers. */
const turned = (entries: string): Buffer =>
  Buffer.from(
    makeTestPdf(["Signed for the buyer:"])
      .toString("latin1")
      .replace("/MediaBox [0 0 595 842]", `/MediaBox [0 0 595 842] ${entries}`),
    "latin1",
  );

for (const entries of [
  "",
  "/UserUnit 2",
  "/Rotate 90",
  "/Rotate 270 /CropBox [50 60 450 830]",
  "/Rotate 180 /UserUnit 3",
])
  test(`text is found where the page is sealed by: ${entries || "plain"}`, async () => {
    const bytes = turned(entries);
    const opened = await inspectDocument(bytes);
    assert.ok(opened.ok);
    const [shown] = opened.pages;
    assert.ok(shown);
    const texts = await readPageTexts(bytes, opened.pages);
    assert.ok(texts.ok);
    const [page] = texts.pages;
    const runs = page?.runs ?? [];
    assert.ok(page && runs.length > 0);
    assert.ok(Math.abs(page.widthMm - shown.widthMm) < 0.5 && Math.abs(page.heightMm - shown.heightMm) < 0.5);
    const ends = (from: "x" | "y", length: "width" | "height"): [number, number] => [
      Math.min(...runs.map((run) => run[from])),
      Math.max(...runs.map((run) => run[from] + run[length])),
    ];
    const [left, right] = ends("x", "width");
    const [top, bottom] = ends("y", "height");
    // The line is 38.7 mm long where a unit is a point, and begins 60 points from the side and 62 from the top.
    const unit = Number(/UserUnit (\d)/.exec(entries)?.[1] ?? 1);
    assert.ok(Math.abs(Math.max(right - left, bottom - top) / unit - 38.7) < 1, `${(right - left) / unit}`);
    assert.ok(left >= 0 && right <= shown.widthMm && top >= 0 && bottom <= shown.heightMm);
  });
