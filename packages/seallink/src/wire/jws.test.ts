import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createPublicKey, verify } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { crc32 as nodeCrc32 } from "node:zlib";
import fc from "fast-check";
import { authorisationOf } from "../test-claims.ts";
import { makeNodeKey, nodeCrypto } from "../test-node-crypto.ts";
import { crc32, decodeBase64Url, encodeBase64Url, encodeUtf8 } from "./bytes.ts";
import { composeComparisonCode } from "./comparison-code.ts";
import { algorithms, chooseAlgorithm, digest, generateKey, type PublicKey, type Signer, webCrypto } from "./crypto.ts";
import { createId } from "./id.ts";
import { jwsTypes, type KeyTable, openJws, peekJws, signJws } from "./jws.ts";
import { parseJsonObject } from "./strict-json.ts";

const tableOf =
  (...keys: PublicKey[]): KeyTable =>
  (_typ, kid) =>
    keys.find((key) => key.kid === kid);

async function codeOf(text: string, table: KeyTable, crypto = webCrypto): Promise<string> {
  const opened = await openJws(text, ["seal-auz+jwt"], table, crypto);
  return opened.ok ? "ok" : opened.code;
}

/** A signed text with a header of one's own. */
async function forge(header: object, payload: string, signer: Signer): Promise<string> {
  const input = `${encodeBase64Url(encodeUtf8(JSON.stringify(header)))}.${encodeBase64Url(encodeUtf8(payload))}`;
  return `${input}.${encodeBase64Url(await signer.sign(encodeUtf8(input)))}`;
}

for (const alg of algorithms) {
  test(`${alg}: what is signed opens, and not after any change`, async () => {
    const { signer, publicKey } = await generateKey("auz-1", alg);
    const text = await signJws("seal-auz+jwt", authorisationOf(), signer);
    assert.equal(await codeOf(text, tableOf(publicKey)), "ok");
    const opened = await openJws(text, ["seal-auz+jwt"], tableOf(publicKey), webCrypto);
    assert.ok(opened.ok);
    assert.deepEqual(opened.value.payload, JSON.parse(JSON.stringify(authorisationOf())));
    assert.equal(opened.value.hash, await digest(nodeCrypto, text));
    const other = await generateKey("auz-1", alg);
    assert.equal(await codeOf(text, tableOf(other.publicKey)), "BAD_SIG");
    for (let at = 0; at < text.length; at += 97) {
      const changed = `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
      assert.notEqual(await codeOf(changed, tableOf(publicKey)), "ok", `character ${at}`);
    }
  });

  test(`${alg}: WebCrypto, node:crypto and openssl agree on a token`, async (context) => {
    const own = await generateKey("auz-1", alg);
    const foreign = makeNodeKey("auz-2", alg);
    const [first, second] = [
      await signJws("seal-auz+jwt", authorisationOf(), own.signer),
      await signJws("seal-auz+jwt", authorisationOf(), foreign.signer),
    ];
    const table = tableOf(own.publicKey, foreign.publicKey);
    for (const text of [first, second]) {
      assert.equal(await codeOf(text, table, webCrypto), "ok");
      assert.equal(await codeOf(text, table, nodeCrypto), "ok");
    }
    const cut = second.lastIndexOf(".");
    const [message, signature] = [second.slice(0, cut), Buffer.from(second.slice(cut + 1), "base64url")];
    const key = createPublicKey(foreign.pem);
    assert.ok(
      verify(alg === "EdDSA" ? null : "sha256", Buffer.from(message), { key, dsaEncoding: "ieee-p1363" }, signature),
    );
    if (spawnSync("openssl", ["version"]).status !== 0) {
      context.diagnostic("openssl is not here: compared with node:crypto alone");
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), "seallink-"));
    try {
      const file = (name: string, content: string | Uint8Array): string => {
        writeFileSync(join(folder, name), content);
        return join(folder, name);
      };
      const [keyFile, messageFile] = [file("key.pem", foreign.pem), file("message", message)];
      const signatureFile = file("signature", alg === "EdDSA" ? signature : derOf(signature));
      const run = (changed: string): number | null =>
        spawnSync(
          "openssl",
          alg === "EdDSA"
            ? ["pkeyutl", "-verify", "-pubin", "-inkey", keyFile, "-rawin", "-in", changed, "-sigfile", signatureFile]
            : ["dgst", "-sha256", "-verify", keyFile, "-signature", signatureFile, changed],
        ).status;
      assert.equal(run(messageFile), 0);
      assert.notEqual(run(file("changed", `${message}A`)), 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}

/** An ECDSA signature as programs of X.509 have it: a DER sequence of two integers. */
function derOf(signature: Buffer): Buffer {
  const integer = (bytes: Buffer): Buffer => {
    let from = 0;
    while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
    const short = bytes.subarray(from);
    const whole = (short[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), short]) : short;
    return Buffer.concat([Buffer.of(2, whole.length), whole]);
  };
  const both = Buffer.concat([integer(signature.subarray(0, 32)), integer(signature.subarray(32))]);
  return Buffer.concat([Buffer.of(0x30, both.length), both]);
}

test("attack 1: alg none, HS256, RS256, another algorithm, another kind, another key and crit are refused", async () => {
  const { signer, publicKey } = makeNodeKey("auz-1");
  const table = tableOf(publicKey);
  const payload = JSON.stringify(authorisationOf());
  const typ = "seal-auz+jwt";
  const code = async (header: object): Promise<string> => codeOf(await forge(header, payload, signer), table);
  assert.equal(await code({ alg: "EdDSA", typ, kid: "auz-1" }), "ok");
  for (const alg of ["none", "None", "HS256", "RS256", "PS256", "ES512", "", 1, null]) {
    assert.equal(await code({ alg, typ, kid: "auz-1" }), "ALG_TYP", String(alg));
  }
  assert.equal(await code({ alg: "ES256", typ, kid: "auz-1" }), "ALG_TYP");
  for (const other of [...jwsTypes.filter((each) => each !== typ), "JWT", "", undefined]) {
    assert.equal(await code({ alg: "EdDSA", typ: other, kid: "auz-1" }), "ALG_TYP");
  }
  assert.equal(await code({ alg: "EdDSA", typ, kid: "auz-9" }), "UNKNOWN_KID");
  assert.equal(await code({ alg: "EdDSA", typ }), "FORMAT");
  assert.equal(await code({ alg: "EdDSA", typ, kid: "auz-1", crit: ["b64"] }), "ALG_TYP");
  assert.equal(await code({ alg: "EdDSA", typ, kid: "auz-1", b64: false }), "ALG_TYP");
  // A key in the header is an unknown field like any other, and is ignored.
  assert.equal(await code({ alg: "EdDSA", typ, kid: "auz-1", jwk: { kty: "OKP" } }), "ok");
  const cut = await forge({ alg: "EdDSA", typ, kid: "auz-1" }, payload, signer);
  assert.equal(await codeOf(cut.slice(0, cut.lastIndexOf(".") + 1), table), "BAD_SIG");
});

test("an ES256 signature has one form: with n-s instead of s it is refused", async () => {
  const { signer, publicKey } = makeNodeKey("auz-1", "ES256");
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  for (let turn = 0; turn < 8; turn += 1) {
    const text = await signJws("seal-auz+jwt", { turn }, signer);
    const cut = text.lastIndexOf(".") + 1;
    const bytes = decodeBase64Url(text.slice(cut)) ?? new Uint8Array();
    const s = BigInt(`0x${Buffer.from(bytes.subarray(32)).toString("hex")}`);
    const mirrored = Buffer.concat([
      bytes.subarray(0, 32),
      Buffer.from((order - s).toString(16).padStart(64, "0"), "hex"),
    ]);
    const message = encodeUtf8(text.slice(0, cut - 1));
    assert.equal(await nodeCrypto.verify(publicKey, message, mirrored), true, "ECDSA itself accepts both");
    assert.equal(await codeOf(text, tableOf(publicKey)), "ok");
    assert.equal(await codeOf(text.slice(0, cut) + encodeBase64Url(mirrored), tableOf(publicKey)), "BAD_SIG");
  }
});

test("attack 34: deep, huge, doubled and hostile JSON is refused, also when it is signed", async () => {
  const { signer, publicKey } = makeNodeKey("auz-1");
  const header = { alg: "EdDSA", typ: "seal-auz+jwt", kid: "auz-1" };
  const code = async (payload: string): Promise<string> =>
    codeOf(await forge(header, payload, signer), tableOf(publicKey));
  assert.equal(await code('{"a":[{"b":[{}]}]}'), "ok");
  assert.equal(await code('{"a":[{"b":[{"c":[]}]}]}'), "FORMAT");
  assert.equal(await code(`{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`), "FORMAT");
  assert.equal(await code(`{"a":"${"x".repeat(70_000)}"}`), "FORMAT");
  assert.equal(await code('{"a":1,"\\u0061":2}'), "FORMAT");
  assert.equal(await code('{"__proto__":{"ok":true}}'), "FORMAT");
  assert.equal(await code('{"a":"\\ud800"}'), "ok");
  for (const text of ["[]", "1", "null", '"a"', "{", '{"a":NaN}', "{'a':1}", '{"a":1}x', "\ufeff{}", ""]) {
    assert.equal(await code(text), "FORMAT", text);
  }
  assert.equal(await codeOf("a".repeat(65_537), tableOf(publicKey)), "FORMAT");
  assert.equal(await codeOf("a.b", tableOf(publicKey)), "FORMAT");
  assert.equal(await codeOf("....", tableOf(publicKey)), "FORMAT");
});

test("no text, however made, makes the reader throw", async () => {
  const { publicKey } = makeNodeKey("auz-1");
  const part = fc.oneof(
    fc.string().map((text) => encodeBase64Url(encodeUtf8(text))),
    fc.json().map((text) => encodeBase64Url(encodeUtf8(text))),
    fc.string(),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
      const opened = await openJws(parts.join("."), ["seal-auz+jwt"], tableOf(publicKey), nodeCrypto);
      assert.ok(!opened.ok);
      peekJws(parts.join("."));
    }),
    { numRuns: 500 },
  );
  fc.assert(fc.property(fc.string(), (text) => void parseJsonObject(text)));
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (value) => {
      const parsed = parseJsonObject(JSON.stringify(value));
      if (parsed.ok) assert.deepEqual(parsed.value, JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("base64url has one spelling", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const text = encodeBase64Url(bytes);
      assert.equal(text, Buffer.from(bytes).toString("base64url"));
      assert.deepEqual(decodeBase64Url(text), bytes);
    }),
  );
  for (const text of ["AB", "AAB", "A", "AA==", "A+/A", "A A"]) assert.equal(decodeBase64Url(text), undefined, text);
});

test("CRC-32 and identifiers are those of the world", async () => {
  assert.equal(crc32("123456789"), "cbf43926");
  assert.equal(crc32("印章"), nodeCrc32("印章").toString(16).padStart(8, "0"));
  const id = createId("auz", Date.UTC(2026, 11, 1), () => new Uint8Array(16).fill(5));
  assert.match(id, /^auz_01M[0-9A-HJKMNP-TV-Z]{23}$/);
  assert.ok(createId("auz", 2, () => new Uint8Array(16)) > createId("auz", 1, () => new Uint8Array(16).fill(31)));
  assert.equal(await chooseAlgorithm(), "EdDSA");
});

test("attack 38: the comparison code depends on each of its parts, and on where one ends", async () => {
  const code = (request: string, platformKey: string, pairingCode: string): Promise<string> =>
    composeComparisonCode(webCrypto, {
      request: encodeUtf8(request),
      platformKey: encodeUtf8(platformKey),
      pairingCode,
    });
  const codes = await Promise.all([
    code("ab", "c", "d"),
    code("a", "bc", "d"),
    code("ab", "cd", ""),
    code("b", "a", "d"),
  ]);
  assert.equal(new Set(codes).size, 4);
  for (const each of codes) assert.match(each, /^[0-9]{6}$/);
});
