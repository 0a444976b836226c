import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { makeCertificateRequest } from "@chancery/pki";
import { CommandFailure, exitCodes } from "./command.ts";

/** Renewed once two thirds of its life are over, as the platform has it. */
export function isDue(certificate: X509Certificate, now: number): boolean {
  const [from, to] = [certificate.validFromDate.getTime(), certificate.validToDate.getTime()];
  return now >= from + ((to - from) * 2) / 3;
}

/** A request for the next certificate, with the box's own key and name: PKCS #10, base64. */
export function composeRenewal(key: string, dev: string): string {
  const request = makeCertificateRequest({ commonName: dev, key: createPrivateKey(key) });
  if (!request.ok) throw new CommandFailure(exitCodes.failure, `${request.code}: ${request.detail}`);
  return Buffer.from(request.value).toString("base64");
}

/**
 * What a box takes for its next certificate, whoever brought it: of the authority it pinned at its enrolment, for its own key, under its
 * own name, and living longer than the one it has. DER, base64url; null for anything else.
 */
export function takeCertificate(
  text: string,
  box: { readonly key: string; readonly dev: string; readonly ca: string; readonly current: string },
): string | null {
  try {
    const read = (der: string): X509Certificate => new X509Certificate(Buffer.from(der, "base64url"));
    const [next, ca, current] = [read(text), read(box.ca), read(box.current)];
    const own = createPublicKey(box.key).export({ type: "spki", format: "der" });
    const fits =
      next.checkIssued(ca) &&
      next.verify(ca.publicKey) &&
      next.publicKey.export({ type: "spki", format: "der" }).equals(own) &&
      next.subject === `CN=${box.dev}` &&
      next.validToDate > current.validToDate;
    return fits ? text : null;
  } catch {
    return null;
  }
}
