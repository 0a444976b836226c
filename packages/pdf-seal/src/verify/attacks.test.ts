import assert from "node:assert/strict";
import { test } from "node:test";
import { issueRevocationList } from "@chancery/pki";
import { writeDocument } from "../seal/test-documents.ts";
import { type PdfVerification, verifyPdf } from "../verify.ts";
import { makeSeal, type SealTwist, sealByHand } from "./test-seals.ts";
import { reasonCodes } from "./test-updates.ts";

const seal = makeSeal();
const stranger = makeSeal();
const base = writeDocument();
const roots = [seal.root.raw];
const verify = (twist: SealTwist): Promise<PdfVerification> => verifyPdf(sealByHand(base, seal, twist), { roots });

test("a seal made by hand as it should be is valid and trusted", async () => {
  const result = await verify({});
  assert.deepEqual([result.verdict, result.trust, result.covers, result.level], ["valid", "trusted", true, "B-B"]);
});

/** What a signer who is the attacker can leave out of the range or put into it. */
const ranges: Readonly<Record<string, { twist: SealTwist; verdict: string; code: string }>> = {
  "an island behind the value of the seal": {
    twist: {
      behind: "%not sealed\n",
      byteRange: (gap, next, length) => `[0 ${gap} ${next + 12} ${length - next - 12}]`,
    },
    verdict: "modified",
    code: "byte-range.gap",
  },
  "an island before the value of the seal": {
    twist: { byteRange: (gap, next, length) => `[0 ${gap - 9} ${next} ${length - next}]` },
    verdict: "modified",
    code: "byte-range.gap",
  },
  "a beginning that is not sealed": {
    twist: { byteRange: (gap, next, length) => `[20 ${gap - 20} ${next} ${length - next}]` },
    verdict: "modified",
    code: "byte-range.start",
  },
  "an end that is not sealed": {
    twist: { byteRange: (gap, next, length) => `[0 ${gap} ${next} ${length - next - 30}]` },
    verdict: "modified",
    code: "byte-range.end",
  },
  "a range of six numbers": {
    twist: { byteRange: (gap, next, length) => `[0 ${gap} ${next} 5 ${next + 5} ${length - next - 5}]` },
    verdict: "invalid",
    code: "seal.incomplete",
  },
  "a range that overlaps itself": {
    twist: { byteRange: (_, next, length) => `[0 ${next} ${next - 5} ${length - next}]` },
    verdict: "invalid",
    code: "seal.incomplete",
  },
  "a range beyond the file": {
    twist: { byteRange: (gap, next, length) => `[0 ${gap} ${next} ${length}]` },
    verdict: "invalid",
    code: "seal.incomplete",
  },
  "a negative number": {
    twist: { byteRange: (gap, next, length) => `[0 ${gap} ${next} -${length - next}]` },
    verdict: "invalid",
    code: "seal.incomplete",
  },
  "a second value of the seal": {
    twist: { entries: "/Contents <00>" },
    verdict: "invalid",
    code: "seal.incomplete",
  },
  "a second range": { twist: { entries: "/ByteRange [0 1 2 3]" }, verdict: "invalid", code: "seal.incomplete" },
  "a value that is no hexadecimal string": {
    twist: { contents: (hex) => `(${hex.slice(0, 100)})` },
    verdict: "invalid",
    code: "cms.malformed",
  },
};

for (const [name, { twist, verdict, code }] of Object.entries(ranges)) {
  test(`C24: ${name} is reported as ${verdict}`, async () => {
    const result = await verify(twist);
    assert.equal(result.verdict, verdict, reasonCodes(result).join());
    assert.equal(result.covers, false);
    assert.ok(reasonCodes(result).includes(code), reasonCodes(result).join());
  });
}

/** What can be wrong inside the value of a seal (RFC 5652, RFC 5035). */
const values: Readonly<Record<string, { twist: SealTwist; verdict: string; code: string }>> = {
  "bytes behind the CMS": {
    twist: { padding: Buffer.from("0000000007", "hex") },
    verdict: "invalid",
    code: "cms.trailing-bytes",
  },
  "a certificate other than the one signed in": {
    twist: { cms: { named: stranger.leaf } },
    verdict: "invalid",
    code: "certificate.substituted",
  },
  "two signers": { twist: { cms: { signers: 2 } }, verdict: "invalid", code: "cms.signers" },
  "no signer": { twist: { cms: { signers: 0 } }, verdict: "invalid", code: "cms.malformed" },
  "content inside a detached seal": {
    twist: { cms: { content: Buffer.from("other") } },
    verdict: "invalid",
    code: "cms.encapsulated-content",
  },
  "the digest of something else": {
    twist: { cms: { messageDigest: new Uint8Array(32) } },
    verdict: "invalid",
    code: "digest.mismatch",
  },
  "another content type": {
    twist: { cms: { contentType: "1.2.840.113549.1.9.16.1.4" } },
    verdict: "invalid",
    code: "cms.content-type-mismatch",
  },
  "a digest that is not listed": {
    twist: { cms: { listsDigest: false } },
    verdict: "invalid",
    code: "cms.digest-not-listed",
  },
  MD5: { twist: { cms: { digest: "md5" } }, verdict: "indeterminate", code: "algorithm.unknown" },
  "a kind of seal nobody knows": {
    twist: { subFilter: "example.com" },
    verdict: "indeterminate",
    code: "seal.kind-unknown",
  },
};

for (const [name, { twist, verdict, code }] of Object.entries(values)) {
  test(`C24: a seal with ${name} is ${verdict}`, async () => {
    const result = await verify(twist);
    assert.equal(result.verdict, verdict, reasonCodes(result).join());
    assert.ok(reasonCodes(result).includes(code), reasonCodes(result).join());
  });
}

test("SHA-1 verifies and is called weak", async () => {
  const result = await verify({ cms: { digest: "sha1" } });
  assert.deepEqual([result.verdict, reasonCodes(result)], ["valid", ["algorithm.weak"]]);
});

test("a seal without the signing-certificate attribute is no PAdES baseline", async () => {
  assert.equal((await verify({ cms: { named: null } })).level, "legacy");
});

test("trust: revoked before and after the time asked for, a list of another issuer, a stranger's seal", async () => {
  const bytes = sealByHand(base, seal);
  const revokedAt = Date.UTC(2026, 5, 1);
  const write = (from: typeof seal): Uint8Array => {
    const list = issueRevocationList({
      issuer: { certificate: from.root, key: from.rootKey },
      number: 1,
      thisUpdate: revokedAt,
      nextUpdate: revokedAt + 86_400_000,
      revoked: [{ serial: seal.leaf.serial, revokedAt }],
    });
    assert.ok(list.ok);
    return list.value;
  };
  const trustAt = async (at: number, crls: Uint8Array[]) => (await verifyPdf(bytes, { roots, crls, at })).trust;
  assert.equal(await trustAt(revokedAt + 1000, [write(seal)]), "revoked");
  assert.equal(await trustAt(revokedAt - 1000, [write(seal)]), "trusted");
  assert.equal(await trustAt(revokedAt + 1000, [write(stranger)]), "trusted");
  assert.equal((await verifyPdf(bytes, { roots: [stranger.root.raw] })).trust, "unknown");
  assert.equal((await verifyPdf(sealByHand(base, { ...stranger, leaf: seal.leaf }), { roots })).verdict, "invalid");
});
