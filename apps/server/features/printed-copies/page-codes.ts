import { createHash } from "node:crypto";
import type { Environment } from "../../platform/environment.ts";

/** The key of page codes alone. */
export const pageCodeKey = (env: Pick<Environment, "masterKey">): string => env.masterKey.derive("page codes");

/** What stands before a code: the page about it, in the capitals that keep the code small (writePageCode). */
export const pageCodeAddress = (origin: string): string => {
  const address = `${origin.toUpperCase()}/P/`;
  return /^[0-9A-Z $%*+\-./:]*$/.test(address) ? address : "";
};

/** A document as the codes of its pages name it. */
export const digestInCode = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex").slice(0, 16);

/** The UUID in the id of a request, which is what a code has room for; and the id again. */
export const uuidOf = (requestId: string): string => requestId.replace(/^req_/, "");
export const requestOf = (uuid: string): string => `req_${uuid}`;
