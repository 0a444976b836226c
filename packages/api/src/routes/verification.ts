import { z } from "zod";
import type { Route } from "../route.ts";
import { BothTexts, Digest, EntityRef, LocalName, SealState, SealType, Time } from "../shapes.ts";

const Answer = z.enum(["yes", "no", "attention", "unknown"]);
export const Verification = z.object({
  file: z.object({ name: z.string(), digest: Digest, sizeBytes: z.number().int(), pages: z.number().int().nullable() }),
  checkedAt: Time,
  /** Plain answer first. */
  answer: z.enum([
    "as-sealed",
    "as-sealed-changed-allowed",
    /** As one side of a joint paper sealed it, without the seal of the other. */
    "half-sealed",
    "changed",
    "original-only",
    "foreign-intact",
    "foreign-changed",
    "undecided",
    "not-sealed",
    "unreadable",
  ]),
  headline: BothTexts,
  explanation: BothTexts,
  findings: z
    .array(
      z.object({
        id: z.enum(["unchanged", "certificate", "authorised", "ledger", "seal-today"]),
        question: BothTexts,
        answer: Answer,
        word: BothTexts,
        reason: BothTexts,
      }),
    )
    .length(5),
  known: z
    .object({
      requestNumber: z.string(),
      /** Of a paper that two entities sealed: the other one, and the number of its request. */
      otherSide: z.object({ requestNumber: z.string(), name: LocalName }).nullable(),
      sealedAt: Time,
      entity: EntityRef.omit({ entityId: true }),
      /** Of the entity, IANA: the zone that times of the sealing are told in. */
      timeZone: z.string(),
      seals: z.array(
        z.object({
          name: LocalName,
          type: SealType,
          state: SealState,
          faceSvg: z.string(),
          widthMm: z.number(),
          heightMm: z.number(),
        }),
      ),
      /** The digest of the sealed file, given to who holds its bytes; to others only its beginning and end, to compare. */
      sealedDigest: Digest.nullable(),
      sealedDigestHint: z.string(),
      leaf: z.number().int().nullable(),
      proofUrl: z.string().nullable(),
    })
    .nullable(),
  verdict: z.string(),
  trust: z.string().nullable(),
  covers: z.boolean().nullable(),
  level: z.string().nullable(),
  code: z.string().nullable(),
  seals: z.array(
    z.object({
      signer: z.string().nullable(),
      organisation: z.string().nullable(),
      verdict: z.string(),
      trust: z.string(),
      reasons: z.array(z.object({ code: z.string(), detail: z.string() })),
      signedAt: Time.nullable(),
      fieldName: z.string(),
      algorithm: z.string().nullable(),
      subFilter: z.string().nullable(),
      certificateFrom: Time.nullable(),
      certificateUntil: Time.nullable(),
      certificateSha256: z.string().nullable(),
      coversWholeFile: z.boolean(),
      /** The file's revision that was sealed, from 0; null where none corresponds. */
      revision: z.number().int().nullable(),
      /** Where the seal is visible, from 1; null where it is not. */
      page: z.number().int().nullable(),
      isTimestamp: z.boolean(),
    }),
  ),
});

export const verificationRoutes = {
  "POST /v1/verifications": {
    summary: "Verify a PDF, sealed here or not; nothing is kept",
    permission: "public",
    upload: true,
    limitPerMinute: 30,
    response: Verification,
  },
  "GET /v1/verifications/:digest": {
    summary: "What was sealed here under this digest, without sending the file; 404 where it has to be sent",
    permission: "public",
    limitPerMinute: 60,
    params: z.object({ digest: Digest }),
    response: Verification,
  },
} as const satisfies Record<string, Route>;
