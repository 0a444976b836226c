import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { type SignatureAlgorithm, verifySignature } from "./signature-algorithm.ts";

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
