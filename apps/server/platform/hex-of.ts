import { createHash } from "node:crypto";

/** SHA-256 of a text, in hexadecimal: the hash that draws by lot are made with. */
export const hexOf = (text: string): string => createHash("sha256").update(text).digest("hex");
