import assert from "node:assert/strict";
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { Certificate } from "./certificate.ts";
import {
  type Issuer,
  issueIntermediateCertificate,
  issueRootCertificate,
  issueSealCertificate,
} from "./certification-authority.ts";
import type { PkiOutcome } from "./outcome.ts";
import { createLocalSealSigner, type SealSigner } from "./seal-signer.ts";

export const testTime = Date.UTC(2026, 0, 1);
const year = 365 * 86_400_000;

export function expectValue<Value>(outcome: PkiOutcome<Value>): Value {
  return outcome.ok ? outcome.value : assert.fail(`${outcome.code}: ${outcome.detail}`);
}

export type TestAuthority = {
  readonly root: Issuer;
  readonly issuing: Issuer;
  readonly seal: Certificate;
  readonly key: KeyObject;
  readonly signer: SealSigner;
};

/** A root, an issuing authority and one seal, for tests. */
export function createTestAuthority(kind: "ec" | "rsa"): TestAuthority {
  const pair = () =>
    kind === "ec"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const [rootPair, issuingPair, sealPair] = [pair(), pair(), pair()];
  const common = (commonName: string, last: number) => ({
    subject: { country: "CN", organisation: "示例公司", commonName },
    serial: new Uint8Array(16).fill(last),
    notBefore: testTime - year,
    notAfter: testTime + 10 * year,
  });
  const root = {
    certificate: expectValue(issueRootCertificate({ ...common("Root", 1), key: rootPair.privateKey })),
    key: rootPair.privateKey,
  };
  const issuing = {
    certificate: expectValue(
      issueIntermediateCertificate({ ...common("Issuing", 2), publicKey: issuingPair.publicKey, issuer: root }),
    ),
    key: issuingPair.privateKey,
  };
  const seal = expectValue(
    issueSealCertificate({
      ...common("合同专用章", 0xf3),
      publicKey: sealPair.publicKey,
      issuer: issuing,
      crlAddress: "http://localhost/crl",
    }),
  );
  const key = sealPair.privateKey;
  const chain = [seal.raw, issuing.certificate.raw];
  return { root, issuing, seal, key, signer: expectValue(createLocalSealSigner({ key, chain })) };
}
