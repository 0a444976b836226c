import type { FaceState } from "../../parts/states.ts";
import { faceStateOf } from "../../parts/states.ts";
import { type FaultKind, faultKindOf } from "../../proof/fault-kind.ts";
import type { LedgerProof, Outcome, Verification } from "./check-file.ts";

export type AnswerTone = "success" | "warning" | "problem" | "plain";
export type FindingAnswer = Verification["findings"][number]["answer"];

/** How an answer is shown, before a word of it is read. */
const TONES: Readonly<Record<Verification["answer"], AnswerTone>> = {
  "as-sealed": "success",
  "as-sealed-changed-allowed": "success",
  "half-sealed": "warning",
  changed: "problem",
  "foreign-changed": "problem",
  "original-only": "warning",
  "foreign-intact": "warning",
  undecided: "warning",
  "not-sealed": "plain",
  unreadable: "plain",
};

/** Which file the proved entry names: the reader's own, the one a link names, or the sealed one that his was made from. */
export type NamedFile = "this-file" | "linked-digest" | "sealed-file";

/** What the ledger's finding says once this browser has computed the proof; null leaves the server's words. */
export type LedgerFinding =
  | { readonly state: "proved"; readonly leaf: number; readonly size: number; readonly names: NamedFile }
  | { readonly state: "fails"; readonly fault: FaultKind }
  | { readonly state: "open"; readonly reason: "no-entry" | "not-published" | "unsupported" | "unreachable" };

export interface Judgement {
  readonly tone: AnswerTone;
  /** The ledger does not bear the server's answer out: nothing of it is to be relied on. */
  readonly contradicted: boolean;
  /** Whether the answer is about a file that the reader has. */
  readonly hasFile: boolean;
  readonly ledger: LedgerFinding | null;
  readonly answers: readonly FindingAnswer[];
}

/**
 * Puts the server's answer and what was computed here together. A proof that fails outweighs every good answer. Where the
 * reader has no file checked, but follows a link to a digest, nothing is called good: a forged file may come with a link
 * to a true one.
 */
export function judge(answer: Verification, proof: LedgerProof, hasFile = true): Judgement {
  const same = answer.known?.sealedDigest === answer.file.digest;
  const ledger = judgeLedger(proof, same ? (hasFile ? "this-file" : "linked-digest") : "sealed-file");
  const contradicted = ledger?.state === "fails";
  const answers = answer.findings.map(({ id, answer: said }): FindingAnswer => {
    if (id === "unchanged" && !hasFile) return "unknown";
    if (id !== "ledger" || ledger === null) return said;
    if (ledger.state === "proved") return same ? "yes" : "attention";
    return ledger.state === "fails" ? "no" : "attention";
  });
  // A seal of ours that nobody recorded is more than a doubt.
  const grave = answer.answer === "undecided" && answers.includes("no");
  const tone = hasFile ? TONES[answer.answer] : "plain";
  return { tone: contradicted || grave ? "problem" : tone, contradicted, hasFile, ledger, answers };
}

function judgeLedger(proof: LedgerProof, names: NamedFile): LedgerFinding | null {
  switch (proof.state) {
    case "unneeded":
      return null;
    case "proved":
      return { state: "proved", leaf: proof.leaf, size: proof.checkpoint.size, names };
    case "fails":
      return { state: "fails", fault: faultKindOf(proof.code) };
    case "open":
      return { state: "open", reason: proof.reason };
    case "unreachable":
      return { state: "open", reason: "unreachable" };
  }
}

/**
 * The tone of any outcome, for the list of files. What ended before a verdict is plain; an answer about another file than
 * the one asked about is a problem.
 */
export function toneOf(outcome: Outcome): AnswerTone {
  if (outcome.kind === "answered") return judge(outcome.answer, outcome.proof).tone;
  if (outcome.kind === "mismatch") return "problem";
  return outcome.kind === "problem" ? "warning" : "plain";
}

/** The face is the registered one; grey where it proves nothing, because the file is not the sealed one. */
export function faceOfAnswer(judgement: Judgement, answer: Verification["answer"], sealState: string): FaceState {
  return provesFile(judgement, answer) ? faceStateOf(sealState) : "ended";
}

/** Whether the seal speaks for the file that the reader has. */
export function provesFile(judgement: Judgement, answer: Verification["answer"]): boolean {
  const sealed = answer === "as-sealed" || answer === "as-sealed-changed-allowed";
  return sealed && judgement.hasFile && !judgement.contradicted;
}

export interface FindingCount {
  readonly answer: FindingAnswer;
  readonly count: number;
}

/** How many findings have which answer, the gravest first; a single entry `yes` means that all hold. */
export function countFindings(answers: readonly FindingAnswer[]): readonly FindingCount[] {
  const order: readonly FindingAnswer[] = ["no", "attention", "unknown", "yes"];
  const counts = order
    .map((answer) => ({ answer, count: answers.filter((one) => one === answer).length }))
    .filter(({ count }) => count > 0);
  return counts.length > 1 ? counts.filter(({ answer }) => answer !== "yes") : counts;
}

/** The ends of a digest in groups of four digits, to be compared by eye: `8381 efac … f0df 98c8`. */
export function groupDigest(digest: string): string {
  const hex = digest.replace(/^sha256:/, "");
  const groups = (part: string): string => part.match(/.{1,4}/g)?.join(" ") ?? "";
  const [start = "", end] = hex.includes("…") ? hex.split("…") : [hex.slice(0, 8), hex.slice(-8)];
  return `${groups(start)} … ${groups(end ?? "")}`;
}
