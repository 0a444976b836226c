import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { type DigestName, type SignatureAlgorithm, verifySignature } from "./signature-algorithm.ts";

const samples = process.env.SAMPLES_DIR ?? resolve(import.meta.dirname, "../../../../shared/samples");
const folder = join(samples, "vectors/wycheproof");

type Vectors = {
  readonly testGroups: readonly {
    readonly publicKeyPem?: string;
    readonly tests: readonly {
      readonly tcId: number;
      readonly msg: string;
      readonly sig: string;
      readonly result: string;
    }[];
  }[];
};

const files: readonly [string, SignatureAlgorithm][] = [
  ["rsa_signature_2048_sha512_test.json", { kind: "rsa-pkcs1", digest: "sha512" }],
  ["rsa_signature_4096_sha256_test.json", { kind: "rsa-pkcs1", digest: "sha256" }],
  ["rsa_pss_3072_sha256_mgf1_32_test.json", { kind: "rsa-pss", digest: "sha256", saltLength: 32 }],
  ["ecdsa_secp256k1_sha256_test.json", { kind: "ecdsa", digest: "sha256" }],
  ["ed25519_test.json", { kind: "ed25519" }],
];

for (const [name, algorithm] of files) {
  const path = join(folder, name);
  test(`Wycheproof: ${name}`, { skip: existsSync(path) ? false : "the Wycheproof samples are not there" }, () => {
    const vectors: Vectors = JSON.parse(readFileSync(path, "utf8"));
    let checked = 0;
    const wrong: number[] = [];
    for (const group of vectors.testGroups) {
      assert.ok(group.publicKeyPem, "a group has no key in PEM form");
      const key = createPublicKey(group.publicKeyPem);
      for (const { tcId, msg, sig, result } of group.tests) {
        checked += 1;
        const verified = verifySignature(algorithm, key, Buffer.from(msg, "hex"), Buffer.from(sig, "hex"));
        if (result !== "acceptable" && verified !== (result === "valid")) wrong.push(tcId);
      }
    }
    assert.ok(checked > 0);
    assert.deepEqual(wrong, []);
  });
}

const miscellany = join(folder, "rsa_pss_misc_test.json");
const skip = existsSync(miscellany) ? false : "the Wycheproof samples are not there";
const digestNames: Readonly<Record<string, DigestName>> = {
  "SHA-1": "sha1",
  "SHA-224": "sha224",
  "SHA-256": "sha256",
  "SHA-384": "sha384",
  "SHA-512": "sha512",
};

test("Wycheproof: RSA-PSS with one digest for message and mask, whatever the length of the salt", { skip }, () => {
  type Group = Vectors["testGroups"][number] & { readonly sha: string; readonly mgfSha: string; readonly sLen: number };
  const { testGroups }: { testGroups: readonly Group[] } = JSON.parse(readFileSync(miscellany, "utf8"));
  const wrong: number[] = [];
  let checked = 0;
  for (const { sha, mgfSha, sLen, publicKeyPem = "", tests } of testGroups) {
    const digest = digestNames[sha];
    if (digest === undefined || sha !== mgfSha) continue;
    const key = createPublicKey(publicKeyPem);
    for (const { tcId, msg, sig, result } of tests) {
      const verifies = (saltLength: number): boolean =>
        verifySignature({ kind: "rsa-pss", digest, saltLength }, key, Buffer.from(msg, "hex"), Buffer.from(sig, "hex"));
      checked += 1;
      if (verifies(sLen) !== (result === "valid") || verifies(sLen + 1)) wrong.push(tcId);
    }
  }
  assert.ok(checked > 0);
  assert.deepEqual(wrong, []);
});
