import assert from "node:assert/strict";
import { createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Certificate,
  issueDeviceCertificate,
  issueRootCertificate,
  issueServerCertificate,
  makeCertificateRequest,
  parseCertificateRequest,
} from "./index.ts";

const noon = Date.UTC(2026, 10, 29, 12);
const keys = {
  ed25519: generateKeyPairSync("ed25519"),
  p256: generateKeyPairSync("ec", { namedCurve: "P-256" }),
};
const need = <T>(outcome: { ok: true; value: T } | { ok: false; code: string }): T => {
  assert.ok(outcome.ok, outcome.ok ? "" : outcome.code);
  return outcome.value;
};

test("C18: a request made with a device's key is read, and its key is the device's", () => {
  for (const { privateKey, publicKey } of Object.values(keys)) {
    const der = need(makeCertificateRequest({ commonName: "S1-0001", key: privateKey }));
    const read = need(parseCertificateRequest(der));
    assert.ok(read.publicKey.equals(publicKey));
    assert.equal(read.commonName, "S1-0001");
  }
});

test("C18: a request is refused whichever bit of it is changed, or where the key is none of a device's", () => {
  const der = need(makeCertificateRequest({ commonName: "S1-0001", key: keys.ed25519.privateKey }));
  for (let at = 0; at < der.length; at += 1)
    for (let bit = 0; bit < 8; bit += 1) {
      const changed = Uint8Array.from(der);
      changed[at] = (changed[at] ?? 0) ^ (1 << bit);
      assert.equal(parseCertificateRequest(changed).ok, false, `octet ${at}, bit ${bit}`);
    }
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !parseCertificateRequest(bytes).ok));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const refused = makeCertificateRequest({ commonName: "S1", key: privateKey });
  assert.equal(refused.ok ? "" : refused.code, "request.key-unsupported");
});

test("certificates of devices and of their server are what TLS asks for", () => {
  const authority = keys.p256.privateKey;
  const dates = { notBefore: noon, notAfter: noon + 86_400_000, serial: new Uint8Array(16).fill(7) };
  const root = need(issueRootCertificate({ ...dates, subject: { commonName: "Devices" }, key: authority }));
  const issuer = { certificate: root, key: authority };
  const { publicKey } = keys.ed25519;
  const node = ({ raw }: Certificate): X509Certificate => new X509Certificate(Buffer.from(raw));
  const device = node(need(issueDeviceCertificate({ ...dates, subject: { commonName: "ctl_1" }, publicKey, issuer })));
  assert.ok(device.verify(createPublicKey(authority)));
  assert.deepEqual([device.subject, device.keyUsage, device.ca], ["CN=ctl_1", ["1.3.6.1.5.5.7.3.2"], false]);
  const names = ["seals.example.org", "10.0.0.5", "::1", "fe80::1:2"];
  const server = node(
    need(issueServerCertificate({ ...dates, subject: { commonName: "gateway" }, publicKey, issuer, names })),
  );
  assert.equal(
    server.subjectAltName,
    "DNS:seals.example.org, IP Address:10.0.0.5, IP Address:0:0:0:0:0:0:0:1, IP Address:FE80:0:0:0:0:0:1:2",
  );
  assert.deepEqual(server.keyUsage, ["1.3.6.1.5.5.7.3.1"]);
});
