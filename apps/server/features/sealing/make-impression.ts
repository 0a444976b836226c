import { createHash } from "node:crypto";
import type { ImpressionAuthorisation } from "@chancery/domain";
import {
  finishSeal,
  type PreparedSeal,
  prepareSeal,
  type SealAppearance,
  type SealRefusal,
} from "@chancery/pdf-seal/seal";
import type { SealSigner } from "@chancery/pki";

export interface ImpressionToMake {
  impressionId: string;
  /** The file as it is before this impression. */
  bytes: Uint8Array;
  signer: SealSigner;
  /** Epoch milliseconds; fixed when the impression is first prepared, so that a second try makes the same bytes. */
  at: number;
  requestNumber: string;
  appearance: SealAppearance;
}

export type PreparedImpression = { ok: true; prepared: PreparedSeal } | { ok: false; refusal: SealRefusal };

/**
 * The only way to the sealing engine: it asks for the gate's authorisation, which nothing but the gate can make, and
 * for an impression that authorisation covers.
 */
export function prepareImpression(
  authorisation: ImpressionAuthorisation,
  impression: ImpressionToMake,
): PreparedImpression {
  if (!authorisation.impressionIds.includes(impression.impressionId))
    throw new Error("the authorisation does not cover this impression");
  const answer = prepareSeal({
    bytes: impression.bytes,
    signer: impression.signer,
    signedAt: impression.at,
    reason: impression.requestNumber,
    appearance: impression.appearance,
    id: impression.impressionId,
  });
  return answer.ok ? { ok: true, prepared: answer.prepared } : { ok: false, refusal: answer.refusal };
}

/** Has the key sign a prepared impression. */
export async function signImpression(
  authorisation: ImpressionAuthorisation,
  impression: ImpressionToMake,
  prepared: PreparedSeal,
): Promise<Uint8Array> {
  if (!authorisation.impressionIds.includes(impression.impressionId))
    throw new Error("the authorisation does not cover this impression");
  return impression.signer.signAttributes(prepared.attributes.tbs, prepared.attributes.digest);
}

/** The file with this impression, from the stored signature: deterministic, checked against the certificate. */
export function finishImpression(
  impression: ImpressionToMake,
  prepared: PreparedSeal,
  signature: Uint8Array,
): { ok: true; bytes: Buffer; digest: `sha256:${string}` } | { ok: false; refusal: SealRefusal } {
  const finished = finishSeal(prepared, signature);
  if (!finished.ok) return { ok: false, refusal: finished.refusal };
  const bytes = Buffer.concat([impression.bytes, finished.tail]);
  return { ok: true, bytes, digest: `sha256:${createHash("sha256").update(bytes).digest("hex")}` };
}
