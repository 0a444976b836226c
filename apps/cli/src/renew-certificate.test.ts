import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject, randomBytes, X509Certificate } from "node:crypto";
import { test } from "node:test";
import { type Issuer, issueDeviceCertificate, issueRootCertificate, parseCertificateRequest } from "@chancery/pki";
import { composeRenewal, isDue, takeCertificate } from "./renew-certificate.ts";

const day = 24 * 60 * 60_000;
const noon = Date.UTC(2026, 10, 30, 12);
function makeIssuer(): Issuer {
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const made = issueRootCertificate({
    ...{ subject: { commonName: "CA" }, serial: randomBytes(16), notBefore: noon, notAfter: noon + 9000 * day, key },
  });
  assert.ok(made.ok);
  return { certificate: made.value, key };
}
const text = (raw: Uint8Array): string => Buffer.from(raw).toString("base64url");
function issue(issuer: Issuer, commonName: string, publicKey: KeyObject, days: number): string {
  const made = issueDeviceCertificate({
    ...{ subject: { commonName }, serial: randomBytes(16), issuer, publicKey },
    ...{ notBefore: noon, notAfter: noon + days * day },
  });
  assert.ok(made.ok);
  return text(made.value.raw);
}

test("C18: a box takes a certificate of its own authority, name and key that lives longer, and no other", () => {
  const [issuer, stranger] = [makeIssuer(), makeIssuer()];
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const key = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  const box = { key, dev: "ctl_1", ca: text(issuer.certificate.raw), current: issue(issuer, "ctl_1", publicKey, 300) };
  const next = issue(issuer, "ctl_1", publicKey, 600);
  assert.equal(takeCertificate(next, box), next);
  const other = generateKeyPairSync("ed25519").publicKey;
  for (const wrong of [
    issue(stranger, "ctl_1", publicKey, 600),
    issue(issuer, "ctl_2", publicKey, 600),
    issue(issuer, "ctl_1", other, 600),
    issue(issuer, "ctl_1", publicKey, 200),
    "",
    "AAAA",
  ])
    assert.equal(takeCertificate(wrong, box), null);
  const current = new X509Certificate(Buffer.from(box.current, "base64url"));
  assert.deepEqual([isDue(current, noon + 199 * day), isDue(current, noon + 201 * day)], [false, true]);
  const request = parseCertificateRequest(Buffer.from(composeRenewal(key, "ctl_1"), "base64"));
  assert.ok(request.ok && request.value.commonName === "ctl_1" && request.value.publicKey.equals(publicKey));
});
