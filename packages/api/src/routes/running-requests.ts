import { LEFT_ALONE, STARTER_SETS, STEP_KINDS } from "@chancery/domain";
import { z } from "zod";
import { DocumentClass, EntityRef, RequestId, RequestState, RulesVersionId, Time } from "../shapes.ts";

/** A version of the organisation's own, or a starter set. */
export const VersionId = z.union([RulesVersionId, z.enum(STARTER_SETS)]);

/** A request under way, as who writes the rules, or decides on them, is told of it. */
export const RunningRequest = z.object({
  requestId: RequestId,
  number: z.string(),
  state: RequestState,
  entity: EntityRef,
  /** Whether the reader may open it. */
  opens: z.boolean(),
  /** It is confidential, and the reader only knows of it. */
  masked: z.boolean(),
  /** Only where the reader may open it. */
  title: z.string().nullable(),
  documentClass: DocumentClass.nullable(),
  amount: z.string().nullable(),
  currency: z.string(),
  submittedAt: Time.nullable(),
  /** The rules it was promised; null for one that is older than the tables. */
  promised: z.object({ versionId: VersionId, number: z.number().int() }).nullable(),
  /** What it waits for now. */
  waiting: z.array(z.enum(STEP_KINDS)),
});

/** What a matter names, and what became of each once it was carried out. */
export const NamedRequests = z.object({
  items: z.array(RunningRequest.extend({ outcome: z.enum(["returned", ...LEFT_ALONE]).nullable() })),
  /** Confidential ones that the reader is told nothing of. */
  untold: z.number().int(),
});
