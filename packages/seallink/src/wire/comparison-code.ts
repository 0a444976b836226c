import { encodeUtf8, joinBytes } from "./bytes.ts";
import type { CryptoPort } from "./crypto.ts";

/**
 * The six digits that both screens show at an enrolment, so that a second person sees that device and platform speak
 * with each other and with nobody in between (clause 3.2). Parts are hashed first, so that none can lend to the next.
 */
export async function composeComparisonCode(
  crypto: CryptoPort,
  parts: { readonly request: Uint8Array; readonly platformKey: Uint8Array; readonly pairingCode: string },
): Promise<string> {
  const digests = [
    await crypto.sha256(parts.request),
    await crypto.sha256(parts.platformKey),
    await crypto.sha256(encodeUtf8(parts.pairingCode)),
  ];
  const digest = await crypto.sha256(joinBytes(...digests));
  const number = digest.subarray(0, 6).reduce((value, byte) => value * 256 + byte, 0);
  return (number % 1_000_000).toString().padStart(6, "0");
}
