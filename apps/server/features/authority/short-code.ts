import { createHash } from "node:crypto";

const letters = "ABCDEFGHJKMNPQRTUVWXYZ";

/** What tells one pending stamping from another on the screen of a box: shown beside its title, on the request's page too. */
export function shortCodeOf(requestId: string): string {
  const bytes = createHash("sha256").update(`short code ${requestId}`).digest();
  const letter = (at: number): string => letters[(bytes[at] ?? 0) % letters.length] ?? "";
  const digits = (at: number): string => String(bytes.readUInt16BE(at) % 100).padStart(2, "0");
  return `${letter(0)}${letter(1)}${digits(2)}-${digits(4)}`;
}
