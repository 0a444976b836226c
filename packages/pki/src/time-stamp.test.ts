import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { type Certificate, parseCertificate, parsePemChain } from "./certificate.ts";
import { verifyCertificatePath } from "./certificate-path.ts";
import { parseSignedData } from "./cms.ts";
import { readDer } from "./der.ts";
import { derElement, derInteger, derOctetString, derOid, derSequence } from "./der-writer.ts";
import { computeDigest } from "./signature-algorithm.ts";
import { expectValue } from "./test-authority.ts";
import { parseTimeStampInfo, timeStampContent } from "./time-stamp.ts";
import { verifySignerInfo } from "./verify-signer-info.ts";

const folder = join(
  process.env.SAMPLES_DIR ?? resolve(import.meta.dirname, "../../../../shared/samples"),
  "vectors/rfc3161",
);
const skip = existsSync(join(folder, "expect.json")) ? false : "the RFC 3161 samples are not there";

type Case = { readonly token: string; readonly chain: string; readonly against: string; readonly expect: string };

/** A chain stands in PEM form, or as the one certificate in DER. */
function readChain({ chain }: Case): Certificate[] {
  const bytes = readFileSync(join(folder, chain));
  const single = parseCertificate(bytes);
  return single.ok ? [single.value] : expectValue(parsePemChain(bytes.toString("utf8")));
}

/** The token's signature, with what a verifier brings, and its path at its own time to the chain's last certificate. */
function isAccepted(entry: Case, extra: readonly Certificate[]): boolean {
  const response = expectValue(readDer(readFileSync(join(folder, entry.token))));
  const data = expectValue(parseSignedData(response.children[1]?.raw ?? new Uint8Array()));
  const info = parseTimeStampInfo(data.content ?? new Uint8Array());
  if (data.contentType !== timeStampContent || !info.ok) return false;
  const [found] = verifySignerInfo(data, { contentDigest: () => null, certificates: extra });
  const roots = readChain(entry).slice(-1);
  if (found?.verdict !== "valid" || found.certificate === null) return false;
  const intermediates = [...data.certificates, ...extra];
  return verifyCertificatePath(found.certificate, { intermediates, roots, at: info.value.at }).trust === "trusted";
}

test("RFC 3161 tokens of others are accepted or refused as their origin says", { skip }, () => {
  const cases: readonly Case[] = JSON.parse(readFileSync(join(folder, "expect.json"), "utf8"));
  const wrong = cases.filter((entry) => {
    const chain = readChain(entry);
    const alone = isAccepted(entry, []);
    const withChain = isAccepted(entry, chain);
    return entry.expect === "accept" ? !withChain : entry.expect === "reject" ? withChain : alone || !withChain;
  });
  assert.deepEqual(
    wrong.map(({ token }) => token),
    [],
  );
});

test("RFC 3161: the imprint is the digest of what was stamped", { skip }, () => {
  for (const [token, digest] of [
    ["sigstage/response-sha512.tsr", "sha512"],
    ["test_tsa/response.tsr", "sha512"],
    ["sigstage/response-no-embedded-cert.tsr", "sha256"],
  ] as const) {
    const response = expectValue(readDer(readFileSync(join(folder, token))));
    const data = expectValue(parseSignedData(response.children[1]?.raw ?? new Uint8Array()));
    const info = expectValue(parseTimeStampInfo(data.content ?? new Uint8Array()));
    assert.equal(info.digestAlgorithm, digest);
    assert.deepEqual(Buffer.from(info.imprint), computeDigest(digest, Buffer.from("hello")), token);
  }
});

test("a time-stamp of another version or with an unknown digest is refused with a code", () => {
  const write = (version: number, digest: string): Uint8Array =>
    derSequence(
      derInteger(version),
      derOid("1.2.3"),
      derSequence(derSequence(derOid(digest)), derOctetString(new Uint8Array(32))),
      derInteger(1),
      derElement(0x18, Buffer.from("20260101000000Z")),
    );
  assert.equal(expectValue(parseTimeStampInfo(write(1, "2.16.840.1.101.3.4.2.1"))).at, Date.UTC(2026, 0, 1));
  const [version, digest] = [
    parseTimeStampInfo(write(2, "2.16.840.1.101.3.4.2.1")),
    parseTimeStampInfo(write(1, "1.2.3")),
  ];
  assert.equal(version.ok ? "" : version.code, "time-stamp.malformed");
  assert.equal(digest.ok ? "" : digest.code, "algorithm.unknown");
});
