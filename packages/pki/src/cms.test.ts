import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { encodePem, parseCertificate } from "./certificate.ts";
import { verifyCertificatePath } from "./certificate-path.ts";
import { issueRevocationList } from "./certification-authority.ts";
import { parseSignedData } from "./cms.ts";
import { buildSignedData, prepareCmsProfile } from "./cms-builder.ts";
import { parseRevocationList } from "./revocation-list.ts";
import { createLocalSealSigner } from "./seal-signer.ts";
import { createTestAuthority, expectValue, testTime } from "./test-authority.ts";
import { verifySignerInfo } from "./verify-signer-info.ts";

const content = Buffer.from("what is sealed");
const contentDigest = (name: string): Uint8Array => createHash(name).update(content).digest();
const openssl = spawnSync("openssl", ["version"]).status === 0 ? false : "openssl is not there";
const authorities = { ec: createTestAuthority("ec"), rsa: createTestAuthority("rsa") };

for (const kind of ["ec", "rsa"] as const) {
  const authority = authorities[kind];

  test(`a seal's CMS verifies, and fits the length that was promised (${kind})`, async () => {
    const cms = expectValue(
      await buildSignedData({ signer: authority.signer, contentDigest: contentDigest("sha256") }),
    );
    assert.ok(cms.length <= expectValue(prepareCmsProfile(authority.signer)).maximumLength);
    const [found] = verifySignerInfo(expectValue(parseSignedData(cms)), { contentDigest });
    assert.equal(found?.verdict, "valid", JSON.stringify(found?.findings));
    assert.equal(found.signingCertificate, "matches");
    const [other] = verifySignerInfo(expectValue(parseSignedData(cms)), { contentDigest: () => new Uint8Array(32) });
    assert.equal(other?.verdict, "invalid");
  });

  test(`openssl accepts the CMS, the path and the revocation list made here (${kind})`, { skip: openssl }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "pki-"));
    try {
      const at = String(testTime / 1000);
      const file = (name: string, data: string | Uint8Array): string => {
        writeFileSync(join(folder, name), data);
        return join(folder, name);
      };
      const cms = file(
        "cms.der",
        expectValue(await buildSignedData({ signer: authority.signer, contentDigest: contentDigest("sha256") })),
      );
      const root = file("root.pem", encodePem("CERTIFICATE", authority.root.certificate.raw));
      const issuing = file("issuing.pem", encodePem("CERTIFICATE", authority.issuing.certificate.raw));
      const data = file("content", content);
      const list = issueRevocationList({
        issuer: authority.issuing,
        number: 7,
        thisUpdate: testTime,
        nextUpdate: testTime + 86_400_000,
        revoked: [{ serial: Uint8Array.of(5), revokedAt: testTime, reason: "superseded" }],
      });
      const crl = file("list.pem", encodePem("X509 CRL", expectValue(list)));
      const common = ["-attime", at, "-CAfile", root];
      execFileSync(
        "openssl",
        ["cms", "-verify", "-binary", "-inform", "DER", "-in", cms, "-content", data, "-purpose", "any", ...common],
        { stdio: "pipe" },
      );
      const seal = file("seal.pem", encodePem("CERTIFICATE", authority.seal.raw));
      execFileSync(
        "openssl",
        ["verify", "-x509_strict", "-crl_check", "-CRLfile", crl, "-untrusted", issuing, ...common, seal],
        { stdio: "pipe" },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

test("a changed byte of a CMS never verifies with the same signer and never throws", async () => {
  const cms = expectValue(
    await buildSignedData({ signer: authorities.ec.signer, contentDigest: contentDigest("sha256") }),
  );
  const seal = authorities.ec.seal;
  fc.assert(
    fc.property(fc.nat(cms.length - 1), fc.integer({ min: 1, max: 255 }), (position, change) => {
      const mutated = Uint8Array.from(cms);
      mutated[position] = (mutated[position] ?? 0) ^ change;
      const parsed = parseSignedData(mutated);
      if (!parsed.ok) return;
      for (const found of verifySignerInfo(parsed.value, { contentDigest })) {
        if (found.verdict !== "valid") continue;
        // What is not signed may change: other certificates, unused fields. The signed parts may not.
        assert.deepEqual(Buffer.from(found.certificate?.raw ?? []), Buffer.from(seal.raw));
        assert.equal(found.messageDigestMatches, true);
      }
    }),
    { numRuns: 400 },
  );
});

test("key and certificate that do not belong together make no signer", () => {
  const made = createLocalSealSigner({ key: authorities.rsa.key, chain: authorities.ec.signer.chain });
  assert.equal(made.ok ? "" : made.code, "signer.key-mismatch");
});

test("a signature that does not verify with the certificate is not used", async () => {
  const signer = {
    ...authorities.ec.signer,
    signAttributes: () => authorities.rsa.signer.signAttributes(content, content),
  };
  const built = await buildSignedData({ signer, contentDigest: contentDigest("sha256") });
  assert.equal(built.ok ? "" : built.code, "signer.signature-invalid");
});

test("the trust of a seal's path: trusted, expired, revoked, unknown", () => {
  const { seal, issuing, root } = authorities.ec;
  const list = issueRevocationList({
    issuer: issuing,
    number: 1,
    thisUpdate: testTime,
    nextUpdate: testTime + 1000,
    revoked: [{ serial: seal.serial, revokedAt: testTime }],
  });
  const crls = [expectValue(parseRevocationList(expectValue(list)))];
  const base = { intermediates: [issuing.certificate], roots: [root.certificate], at: testTime };
  assert.equal(verifyCertificatePath(seal, { ...base, keyUsage: ["nonRepudiation"] }).trust, "trusted");
  assert.equal(verifyCertificatePath(seal, { ...base, keyUsage: ["keyEncipherment"] }).trust, "not-trusted");
  assert.equal(verifyCertificatePath(seal, { ...base, at: Date.UTC(2100, 0, 1) }).trust, "expired");
  assert.equal(verifyCertificatePath(seal, { ...base, crls }).trust, "revoked");
  assert.equal(verifyCertificatePath(seal, { ...base, crls, at: testTime - 1000 }).trust, "trusted");
  assert.equal(verifyCertificatePath(seal, { ...base, intermediates: [] }).trust, "unknown");
  assert.equal(verifyCertificatePath(seal, { ...base, roots: [authorities.rsa.root.certificate] }).trust, "unknown");
  const forged = Uint8Array.from(seal.raw);
  forged[forged.length - 1] = (forged[forged.length - 1] ?? 0) ^ 1;
  assert.equal(verifyCertificatePath(expectValue(parseCertificate(forged)), base).trust, "not-trusted");
});
