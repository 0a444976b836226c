import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { loadSigningKey } from "./signing-key.ts";

function codeOf(pem: string, passphrase?: string): string {
  const loaded = loadSigningKey(pem, passphrase);
  return loaded.ok ? "loaded" : loaded.code;
}

test("a key is loaded, or the code says why not", () => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const plain = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const cipher = { cipher: "aes-256-cbc", passphrase: "right" };
  const encrypted = privateKey.export({ type: "pkcs8", format: "pem", ...cipher }).toString();
  const edwards = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  assert.equal(codeOf(plain), "loaded");
  assert.equal(codeOf(privateKey.export({ type: "sec1", format: "pem" }).toString()), "loaded");
  assert.equal(codeOf(encrypted, "right"), "loaded");
  assert.equal(codeOf(encrypted), "key.encrypted");
  assert.equal(codeOf(encrypted, "wrong"), "key.passphrase-wrong");
  assert.equal(codeOf(edwards), "key.unsupported");
  assert.equal(codeOf("no key"), "key.not-pem");
  assert.equal(codeOf(plain.replace(/\n[A-Za-z0-9+/]{20}/, "\nAAAAAAAAAAAAAAAAAAAA")), "key.unreadable");
});
