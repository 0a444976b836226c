import { z } from "zod";
import type { Route } from "../route.ts";
import { BothTexts, Digest, Facts, PersonRef, Time } from "../shapes.ts";

export const ledgerRoutes = {
  "GET /v1/ledger/key": {
    summary: "The ledger's public key (C2SP vkey)",
    permission: "public",
    response: "text",
    mediaType: "text/plain",
    limitPerMinute: 600,
  },
  "GET /v1/ledger/checkpoint": {
    summary: "The newest signed checkpoint (C2SP tlog-checkpoint)",
    permission: "public",
    response: "text",
    mediaType: "text/plain",
    limitPerMinute: 600,
  },
  "GET /v1/ledger/tile/*": {
    summary: "Hash tiles under their C2SP names",
    permission: "public",
    response: "binary",
    mediaType: "application/octet-stream",
    limitPerMinute: 6000,
  },
  "GET /v1/ledger/entry-bundle/*": {
    summary: "Entry bundles: the exact bodies that were hashed",
    permission: "ledger.read-entries",
    response: "binary",
    mediaType: "application/octet-stream",
  },
  "GET /v1/ledger/leaves/:index/proof": {
    summary:
      "A C2SP tlog-proof of one leaf; with the entry for who may read it, is shown it in a timeline, or names its file",
    permission: "public",
    limitPerMinute: 600,
    params: z.object({ index: z.coerce.number().int().min(0) }),
    query: z.object({ file: Digest.optional() }),
    response: "text",
    mediaType: "text/plain",
  },
  "GET /v1/ledger/inclusion": {
    summary: "Inclusion proof (RFC 9162, 2.1.3)",
    permission: "public",
    limitPerMinute: 600,
    query: z.object({ index: z.coerce.number().int().min(0), size: z.coerce.number().int().min(1) }),
    response: z.object({
      index: z.number().int(),
      size: z.number().int(),
      leafHash: z.string(),
      hashes: z.array(z.string()),
    }),
  },
  "GET /v1/ledger/consistency": {
    summary: "Consistency proof (RFC 9162, 2.1.4)",
    permission: "public",
    limitPerMinute: 600,
    query: z.object({ from: z.coerce.number().int().min(0), to: z.coerce.number().int().min(0) }),
    response: z.object({ from: z.number().int(), to: z.number().int(), hashes: z.array(z.string()) }),
  },
  "GET /v1/ledger/entries": {
    summary: "Entries, newest first",
    permission: "ledger.read-entries",
    query: z.object({ before: z.coerce.number().int().min(0).optional(), type: z.string().max(80).optional() }),
    response: z.object({
      size: z.number().int(),
      items: z.array(
        z.object({
          leaf: z.number().int(),
          type: z.string(),
          at: Time,
          actor: PersonRef.nullable(),
          facts: Facts,
          leafHash: z.string(),
          bodyText: z.string(),
        }),
      ),
      next: z.number().int().nullable(),
    }),
  },
  "GET /v1/ledger/state": {
    summary: "The ledger's consistency self-check",
    permission: "ledger.check",
    response: z.object({
      size: z.number().int(),
      pending: z.number().int(),
      checkpointSize: z.number().int(),
      checkpointAt: Time.nullable(),
      key: z.string(),
      check: z.object({
        state: z.enum(["good", "bad", "running", "never"]),
        at: Time.nullable(),
        leaves: z.number().int(),
        findings: z.array(z.object({ code: z.string(), text: BothTexts })),
      }),
    }),
  },
  "POST /v1/ledger/check": {
    summary: "Run the consistency self-check now",
    permission: "ledger.check",
    response: z.object({ state: z.enum(["good", "bad"]), leaves: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
