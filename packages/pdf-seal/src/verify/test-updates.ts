import assert from "node:assert/strict";
import { openPdf } from "../reader/pdf-file.ts";
import type { PdfVerification } from "./verification.ts";

/** Appends objects as an incremental update, as an editor or an attacker would; null frees a number. */
export function appendUpdate(
  base: Uint8Array,
  objects: Readonly<Record<number, string | null>>,
  trailer = "/Root 1 0 R",
): Buffer {
  let text = "";
  let rows = "";
  for (const [number, body] of Object.entries(objects)) {
    if (body === null) rows += `${number} 1\n0000000000 00001 f \n`;
    else {
      rows += `${number} 1\n${String(base.length + text.length).padStart(10, "0")} 00000 n \n`;
      text += `${number} 0 obj\n${body}\nendobj\n`;
    }
  }
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(Buffer.from(base).toString("latin1"))?.[1];
  const xref = base.length + text.length;
  text += `xref\n${rows}trailer\n<< /Size 2000 /Prev ${previous} ${trailer} >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.concat([base, Buffer.from(text, "latin1")]);
}

/** The text of an object as the file stands. */
export function textOf(bytes: Uint8Array, number: number): string {
  const opened = openPdf(bytes);
  assert.ok(opened.ok);
  const object = opened.file.findObject(number);
  assert.ok(object !== null);
  return Buffer.from(object.value.source.subarray(object.value.start, object.value.end)).toString("latin1");
}

/** The codes of all reasons, seal by seal. */
export function reasonCodes(result: PdfVerification): string[] {
  return result.seals.flatMap((found) => found.reasons.map(({ code }) => code));
}
