import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { type Certificate, parseCertificate } from "./certificate.ts";
import { verifyCertificatePath } from "./certificate-path.ts";
import type { PolicyInputs } from "./certificate-policies.ts";
import { parseRevocationList, type RevocationList } from "./revocation-list.ts";

const folder = join(
  process.env.SAMPLES_DIR ?? resolve(import.meta.dirname, "../../../../shared/samples"),
  "vectors/pkits",
);
const skip = existsSync(join(folder, "tests.json")) ? false : "the PKITS samples are not there";
const at = Date.UTC(2020, 0, 1);

/** Valid paths that are refused, because what they need is not supported; each with its reason. */
const notSupported: Readonly<Record<string, string>> = {
  "4.1.5 Valid DSA Parameter Inheritance Test5": "DSA",
  "4.4.19 Valid Separate Certificate and CRL Keys Test19": "lists signed with another key than the certificates",
  "4.5.3 Valid Basic Self-Issued New With Old Test3": "lists signed with another key than the certificates",
  "4.5.4 Valid Basic Self-Issued New With Old Test4": "lists signed with another key than the certificates",
  "4.5.6 Valid Basic Self-Issued CRL Signing Key Test6": "lists signed with another key than the certificates",
  "4.14.7 Valid distributionPoint Test7": "lists by distribution point",
  "4.14.18 Valid onlySomeReasons Test18": "lists by reason",
  "4.14.19 Valid onlySomeReasons Test19": "lists by reason",
  "4.14.24 Valid IDP with indirectCRL Test24": "indirect lists",
  "4.14.29 Valid cRLIssuer Test29": "indirect lists",
};

type Settings = { readonly SetInitialPolicySet?: string; readonly SetInitialExplicitPolicy?: string };
type Case = {
  readonly name: string;
  readonly certs: readonly string[];
  readonly crls: readonly string[];
  readonly should_validate: boolean;
  readonly settings?: Settings;
};

function isAccepted(entry: Case): boolean {
  const certificates: Certificate[] = [];
  for (const name of entry.certs) {
    const parsed = parseCertificate(readFileSync(join(folder, "certs", `${name}.crt`)));
    if (!parsed.ok) return false;
    certificates.push(parsed.value);
  }
  const crls: RevocationList[] = [];
  for (const name of entry.crls) {
    const parsed = parseRevocationList(readFileSync(join(folder, "crls", `${name}.crl`)));
    if (parsed.ok) crls.push(parsed.value);
  }
  const [root, ...others] = certificates;
  const leaf = others.pop();
  if (root === undefined || leaf === undefined) return assert.fail("a case has too few certificates");
  const settings = entry.settings ?? {};
  const initial = settings.SetInitialPolicySet?.match(/(?<=NIST-test-policy-)\d+/g);
  const policies: PolicyInputs = {
    ...(initial ? { initialPolicies: initial.map((number) => `2.16.840.1.101.3.2.1.48.${number}`) } : {}),
    requireExplicitPolicy: settings.SetInitialExplicitPolicy === "true",
  };
  const found = verifyCertificatePath(leaf, {
    intermediates: others,
    roots: [root],
    at,
    crls,
    revocation: "required",
    policies,
  });
  return found.trust === "trusted";
}

test("PKITS: nothing invalid is accepted, and what is valid is accepted or named as not supported", {
  skip,
}, (context) => {
  const cases: readonly Case[] = JSON.parse(readFileSync(join(folder, "tests.json"), "utf8"));
  const wrong = cases.filter(
    (entry) => isAccepted(entry) !== (entry.should_validate && notSupported[entry.name] === undefined),
  );
  assert.deepEqual(
    wrong.map((entry) => `${entry.name}: ${isAccepted(entry) ? "accepted" : "refused"}`),
    [],
  );
  const refused = cases.filter((entry) => notSupported[entry.name] !== undefined).length;
  context.diagnostic(`${cases.length - refused} of ${cases.length} as stated, ${refused} valid ones not supported`);
});
