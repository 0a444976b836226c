import { createHash, createPublicKey, verify as verifySignature } from "node:crypto";
import { type Ed25519Verify, type HashPort, parseVerifierKey, type VerifierKey } from "@chancery/ledger";
import { CommandFailure, exitCodes } from "./command.ts";

export const sha256: HashPort = (data) => createHash("sha256").update(data).digest();

/** The DER of an Ed25519 public key (RFC 8410, section 4) up to its 32 bytes. */
const ed25519Prefix = Buffer.from("302a300506032b6570032100", "hex");

export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) => {
  try {
    const key = createPublicKey({ key: Buffer.concat([ed25519Prefix, publicKey]), format: "der", type: "spki" });
    return verifySignature(null, message, key, signature);
  } catch {
    return false;
  }
};

/** The ledger's public key as it is handed on (C2SP signed-note, vkey); throws `CommandFailure` where it is none. */
export function readKey(text: string): VerifierKey {
  const key = parseVerifierKey(sha256, text.trim());
  if (!key.ok) throw new CommandFailure(exitCodes.failure, `${key.code}: ${key.detail}`);
  return key.value;
}
