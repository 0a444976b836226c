import { createHash } from "node:crypto";
import type { FontSubset } from "@chancery/seal-image/font";
import type { PdfFile } from "../reader/pdf-file.ts";
import { rawBytes } from "../reader/pdf-value.ts";

/** A subset is named by its bytes: readers keep fonts by their names, and two subsets are two fonts. */
export function subsetName(font: FontSubset): string {
  const digest = createHash("sha256").update(font.bytes).digest();
  const letters = [...digest.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join("");
  return `${letters}+NotoSerifSC`;
}

/** The file's own identifier as it stands, for an update that only adds to it (ISO 32000-2, 14.4). */
export function identifierOf(file: PdfFile): string | null {
  const id = file.get(file.trailer(), "ID");
  return id?.kind === "array" ? Buffer.from(rawBytes(id)).toString("latin1") : null;
}
