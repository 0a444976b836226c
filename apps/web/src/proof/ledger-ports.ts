import type { Ed25519Verify, HashPort } from "@chancery/ledger";
import { sha256 } from "@noble/hashes/sha2.js";

/** What the ledger's arithmetic needs: SHA-256 at once, and Ed25519. */
export interface LedgerPorts {
  readonly hash: HashPort;
  readonly verify: Ed25519Verify;
}

/** Thrown where this browser has no Ed25519: nothing is proved then, and nothing disproved. */
export class SignatureUnsupported extends Error {}

const verify: Ed25519Verify = async (publicKey, message, signature) => {
  const { subtle } = globalThis.crypto;
  // Browsers offer it on secure origins only.
  if (subtle === undefined) throw new SignatureUnsupported();
  const key = await subtle
    .importKey("raw", Uint8Array.from(publicKey), "Ed25519", false, ["verify"])
    .catch((thrown: unknown) => {
      if (thrown instanceof DOMException && thrown.name === "NotSupportedError") throw new SignatureUnsupported();
      return null;
    });
  return key !== null && subtle.verify("Ed25519", key, Uint8Array.from(signature), Uint8Array.from(message));
};

/** The ports of this browser: @noble/hashes, whose answer does not wait, and the browser's own Ed25519. */
export const ledgerPorts: LedgerPorts = { hash: (data) => sha256(data), verify };
