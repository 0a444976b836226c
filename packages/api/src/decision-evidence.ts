import { z } from "zod";

const Text = z.string().min(1).max(1_000_000);

/**
 * Evidence of the decisions on one seal use request, as one file that is verified without the platform: `chancery
 * decisions verify`. What was decided on stands in it whole; each decision comes with the assertion of the person's passkey
 * (WebAuthn Level 3, 6.3.3) where he gave one, and with the ledger's proofs that tie key, person and decision together.
 */
export const DecisionEvidence = z.object({
  format: z.literal("chancery decision evidence v1"),
  /** Of the platform that asked: an assertion is bound to it. */
  origin: z.string().min(1).max(500),
  requestId: z.string().min(1).max(100),
  number: z.string().max(100).nullable(),
  /** The canonical JSON (RFC 8785) of what was decided on; its SHA-256 is `digest`. */
  subject: Text,
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  decisions: z
    .array(
      z.object({
        /** What was recorded: the type of the ledger's entry. */
        type: z.string().min(1).max(100),
        act: z.string().min(1).max(50),
        at: z.iso.datetime(),
        person: z.object({ personId: z.string().max(100), name: z.object({ en: z.string(), zh: z.string() }) }),
        method: z.string().min(1).max(50),
        passkey: z
          .object({
            stepUpId: z.string().min(1).max(100),
            /** The credential's public key as a COSE_Key (RFC 9052), base64url. */
            publicKey: z.string().min(1).max(4000),
            response: z.record(z.string(), z.unknown()),
            /** The ledger's proof of the entry that added this key; null before a checkpoint covers it. */
            addedProof: Text.nullable(),
          })
          .nullable(),
        /** The ledger's proof of the decision's entry; null before a checkpoint covers it. */
        proof: Text.nullable(),
      }),
    )
    .max(500),
});

/** What of a ledger entry's body ties evidence together; an entry has more. */
export const LedgerEntryBody = z.looseObject({
  type: z.string(),
  /** Who did it, as a salted digest: the same for every entry of one person. */
  actor: z.string().nullable(),
  request: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()),
});
export type DecisionEvidence = z.output<typeof DecisionEvidence>;
