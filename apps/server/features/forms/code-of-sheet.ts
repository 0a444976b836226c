import { createHash } from "node:crypto";

/** A code that nobody guesses from a number: it tells a sheet that the platform made from one that somebody numbered. */
export function codeOfSheet(matterId: string, number: number): string {
  const digest = createHash("sha256").update(`chancery blank sheet v1\n${matterId}\n${number}\n`).digest();
  const letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  const text = [...digest.subarray(0, 12)].map((byte) => letters[byte % letters.length]).join("");
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
