import { VERIFICATION_LIMIT_BYTES } from "@chancery/api/limits";
import { findProblem, type RouteAnswer } from "../../api.ts";
import type { LeafProof, ProofTarget } from "../../proof/prover.ts";
import { beginsAsPdf, hashFile } from "./hash-file.ts";

export type Verification = RouteAnswer<"POST /v1/verifications">;

/** How far the check of a file has come. */
export type Phase =
  | { readonly at: "waiting" }
  | { readonly at: "hashing" | "sending"; readonly done: number; readonly of: number }
  | { readonly at: "asking" | "reading" | "proving" };

/** What this browser made of the ledger's proof; `unneeded` where the answer brings none. */
export type LedgerProof = LeafProof | { readonly state: "unneeded" } | { readonly state: "unreachable" };

export type Outcome =
  | {
      readonly kind: "answered";
      readonly answer: Verification;
      readonly proof: LedgerProof;
      /** Whether the file itself went to the server. */
      readonly sent: boolean;
    }
  | { readonly kind: "not-pdf" | "too-large" | "unreadable" | "unknown-digest"; readonly digest: string | null }
  /** The server answered about another file than the one it was asked about. */
  | { readonly kind: "mismatch"; readonly digest: string }
  | { readonly kind: "problem"; readonly error: unknown };

/** What a check asks of others. */
export interface CheckPorts {
  readonly lookUp: (digest: string, signal: AbortSignal) => Promise<Verification>;
  readonly send: (
    file: File,
    onSent: (sent: number, total: number) => void,
    signal: AbortSignal,
  ) => Promise<Verification>;
  readonly prove: (target: ProofTarget) => Promise<LeafProof>;
}

/**
 * Checks one file. It is hashed here; what was sealed here is answered by that digest alone, and the file stays with the
 * reader. Any other PDF has to be read, so it is sent. An answer that brings a ledger proof is proved here before it is
 * shown.
 */
export async function checkFile(
  file: File,
  ports: CheckPorts,
  tell: (phase: Phase) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  let digest: string;
  let isPdf: boolean;
  tell({ at: "hashing", done: 0, of: file.size });
  try {
    digest = await hashFile(file, (done) => tell({ at: "hashing", done, of: file.size }), signal);
    isPdf = await beginsAsPdf(file);
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    // The browser may not read it any more: moved, changed since it was chosen, or a folder.
    return { kind: "unreadable", digest: null };
  }
  tell({ at: "asking" });
  const known = await checkDigest(digest, ports, tell, signal);
  if (known.kind !== "unknown-digest") return known;
  if (!isPdf) return { kind: "not-pdf", digest };
  if (file.size > VERIFICATION_LIMIT_BYTES) return { kind: "too-large", digest };
  try {
    tell({ at: "sending", done: 0, of: file.size });
    const onSent = (sent: number, total: number): void =>
      tell(sent < total ? { at: "sending", done: sent, of: total } : { at: "reading" });
    const answer = await ports.send(file, onSent, signal);
    return await conclude(answer, digest, true, ports, tell);
  } catch (error) {
    if (signal.aborted) throw error;
    return { kind: "problem", error };
  }
}

/** What is known of a digest without its file; `unknown-digest` where the file itself would be needed. */
export async function checkDigest(
  digest: string,
  ports: Pick<CheckPorts, "lookUp" | "prove">,
  tell: (phase: Phase) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    return await conclude(await ports.lookUp(digest, signal), digest, false, ports, tell);
  } catch (error) {
    if (signal.aborted) throw error;
    return findProblem(error)?.status === 404 ? { kind: "unknown-digest", digest } : { kind: "problem", error };
  }
}

async function conclude(
  answer: Verification,
  digest: string,
  sent: boolean,
  ports: Pick<CheckPorts, "prove">,
  tell: (phase: Phase) => void,
): Promise<Outcome> {
  if (answer.file.digest !== digest) return { kind: "mismatch", digest };
  const target = findTarget(answer);
  if (target === null) return { kind: "answered", answer, sent, proof: { state: "unneeded" } };
  tell({ at: "proving" });
  const proof = await ports.prove(target).catch((): LedgerProof => ({ state: "unreachable" }));
  return { kind: "answered", answer, sent, proof };
}

/**
 * The ledger entry that has to bear the answer out: the sealing of the very file with this digest. For a file that is as
 * it was sealed, that is the digest computed here, whatever the server says.
 */
export function findTarget(answer: Verification): ProofTarget | null {
  const { known, file } = answer;
  if (known?.leaf == null || known.proofUrl === null) return null;
  const sealedDigest = answer.answer === "as-sealed" ? file.digest : known.sealedDigest;
  if (sealedDigest === null) return null;
  return { leaf: known.leaf, expected: { type: "ImpressionSettled", facts: { sealedDigest } } };
}
