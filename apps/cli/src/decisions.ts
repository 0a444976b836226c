import { createHash } from "node:crypto";
import { parseArgs } from "node:util";
import { DecisionEvidence, LedgerEntryBody } from "@chancery/api";
import { hashLeaf, parseCanonicalJson, parseTlogProof, type VerifierKey, verifyTlogProof } from "@chancery/ledger";
import { hashPresenceChallenge } from "@chancery/pki";
import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { CommandFailure, type CommandOutput, exitCodes } from "./command.ts";
import { readKey, sha256, verifyEd25519 } from "./ledger-ports.ts";
import { readBounded } from "./read-file.ts";

const sentences = {
  en: {
    usage: "Usage: chancery decisions verify EVIDENCE… --key VKEY [--passkeys] [--json]",
    holds: "The evidence holds",
    fails: "The evidence does not hold",
    signed: "signed with a passkey",
    unsigned: "not signed with a passkey, the platform's word alone",
    names: "Names are as the platform gives them; the ledger knows people by digests.",
  },
  zh: {
    usage: "用法：chancery decisions verify 证据文件… --key VKEY [--passkeys] [--json]",
    holds: "证据成立",
    fails: "证据不成立",
    signed: "由通行密钥签署",
    unsigned: "未用通行密钥签署，仅凭平台记录",
    names: "姓名以平台所给为准；账本中的人员只以摘要出现。",
  },
} as const;

type Decision = DecisionEvidence["decisions"][number];
/** What of the evidence does not hold, with the decision it is about. */
interface Fault {
  readonly code: string;
  readonly decision: number | null;
}
/**
 * `chancery decisions verify`: checks without a server who decided on what. What was decided on has the digest that it is
 * said to have; each decision is in the ledger under the key given; each assertion was made for this decision by a passkey
 * that the ledger names as the same person's. With --passkeys a decision without an assertion fails too.
 */
export async function runDecisions(args: readonly string[], output: CommandOutput): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      key: { type: "string" },
      passkeys: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const say = sentences[output.language];
  const [verb, ...files] = positionals;
  if (verb !== "verify" || files.length === 0 || values.key === undefined)
    throw new CommandFailure(exitCodes.usage, say.usage);
  const wanted = { key: readKey(values.key), passkeys: values.passkeys };
  let holds = true;
  for (const file of files) {
    const verdict = await judge(parseEvidence(await readBounded(file, 40_000_000), file), wanted, output.language);
    holds &&= verdict.ok;
    if (values.json) output.out(JSON.stringify({ file, ...verdict }));
    else tell(verdict, output);
  }
  if (!values.json) output.err(say.names);
  return holds ? exitCodes.ok : exitCodes.negative;
}

type Verdict = Awaited<ReturnType<typeof judge>>;

async function judge(
  evidence: DecisionEvidence,
  wanted: { key: VerifierKey; passkeys: boolean },
  language: CommandOutput["language"],
) {
  const faults: Fault[] = [];
  const digest = `sha256:${createHash("sha256").update(evidence.subject).digest("hex")}`;
  if (digest !== evidence.digest) faults.push({ code: "subject.digest-differs", decision: null });
  if (evidence.decisions.length === 0) faults.push({ code: "decisions.none", decision: null });
  for (const [nth, decision] of evidence.decisions.entries())
    for (const code of await listFaults(evidence, decision, wanted)) faults.push({ code, decision: nth });
  const { requestId, number } = evidence;
  const decisions = evidence.decisions.map((decision, nth) => ({
    ...{ act: decision.act, at: decision.at, name: decision.person.name[language], method: decision.method },
    signed: decision.passkey !== null,
    faults: faults.filter((fault) => fault.decision === nth).map((fault) => fault.code),
  }));
  return { ok: faults.length === 0, requestId, number, digest: evidence.digest, faults, decisions };
}

function tell(verdict: Verdict, output: CommandOutput): void {
  const say = sentences[output.language];
  output.out(`${verdict.ok ? say.holds : say.fails}: ${verdict.number ?? verdict.requestId}, ${verdict.digest}`);
  for (const fault of verdict.faults) if (fault.decision === null) output.out(`  ${fault.code}`);
  for (const one of verdict.decisions) {
    const signed = one.signed ? say.signed : `${say.unsigned} (${one.method})`;
    output.out(`  ${one.at} ${one.act} ${one.name}: ${[signed, ...one.faults].join("; ")}`);
  }
}

function parseEvidence(bytes: Uint8Array, file: string): DecisionEvidence {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new CommandFailure(exitCodes.failure, `evidence.unreadable: ${file} is no JSON`);
  }
  const parsed = DecisionEvidence.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new CommandFailure(exitCodes.failure, `evidence.unreadable: ${file} is no decision evidence (${where})`);
}

async function listFaults(
  evidence: DecisionEvidence,
  decision: Decision,
  { key, passkeys }: { key: VerifierKey; passkeys: boolean },
): Promise<string[]> {
  const faults: string[] = [];
  const entry = await readProved(decision.proof, key);
  const { passkey } = decision;
  if (entry === null) faults.push(decision.proof === null ? "decision.not-published" : "decision.not-in-ledger");
  else if (
    entry.type !== decision.type ||
    entry.request !== evidence.requestId ||
    entry.facts.digest !== evidence.digest ||
    (passkey !== null && entry.facts.stepUp !== passkey.stepUpId)
  )
    faults.push("decision.entry-differs");
  if (passkey === null) return passkeys ? [...faults, "decision.not-signed"] : faults;
  if (!(await isAsserted(evidence, decision, passkey))) faults.push("passkey.not-signed-by-it");
  const added = await readProved(passkey.addedProof, key);
  const digestOfKey = createHash("sha256").update(Buffer.from(passkey.publicKey, "base64url")).digest("hex");
  if (added === null) faults.push(passkey.addedProof === null ? "passkey.not-published" : "passkey.not-in-ledger");
  else if (added.type !== "PasskeyAdded" || added.facts.key !== `sha256:${digestOfKey}`)
    faults.push("passkey.entry-differs");
  else if (added.actor === null || added.actor !== entry?.actor) faults.push("passkey.of-another-person");
  return faults;
}

/** The entry that a proof brings, where the ledger holds it under this key; null where not. */
async function readProved(
  text: string | null,
  key: VerifierKey,
): Promise<ReturnType<typeof LedgerEntryBody.parse> | null> {
  const proof = text === null ? null : parseTlogProof(new TextEncoder().encode(text));
  if (!proof?.ok || proof.value.extra === undefined) return null;
  const leaf = hashLeaf(sha256, proof.value.extra);
  const opened = await verifyTlogProof({ hash: sha256, verify: verifyEd25519 }, proof.value, leaf, [key]);
  const body = parseCanonicalJson(proof.value.extra);
  const read = LedgerEntryBody.safeParse(body.ok ? body.value : null);
  return opened.ok && read.success ? read.data : null;
}

/** Whether the key signed exactly this: WebAuthn Level 3, 7.2, with the user verified, for the platform's own origin. */
async function isAsserted(
  { origin, requestId, digest }: DecisionEvidence,
  { act }: Decision,
  { stepUpId, publicKey, response }: NonNullable<Decision["passkey"]>,
): Promise<boolean> {
  if (!URL.canParse(origin) || typeof response.id !== "string") return false;
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const challenge = hashPresenceChallenge({ stepUpId, act, subjectId: requestId, digest }).toString("base64url");
  const checked = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: origin,
    expectedRPID: new URL(origin).hostname,
    requireUserVerification: true,
    // What the counter stood at is not known here, and says nothing of who signed.
    credential: { id: response.id, publicKey: new Uint8Array(Buffer.from(publicKey, "base64url")), counter: 0 },
  }).catch(() => null);
  return checked?.verified === true;
}
