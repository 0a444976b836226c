import { z } from "zod";
import { RefusalView } from "./shapes.ts";

/** RFC 9457 problem details with a stable `code` (`subject.reason`) and, for a refusal by rule, the rules concerned. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  /** The same sentence in both languages, where the product wrote it. */
  sentence: z.object({ en: z.string(), zh: z.string() }),
  refusals: z.array(RefusalView),
  /** Which fields of the input are wrong, as JSON paths. */
  fields: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type Problem = z.infer<typeof Problem>;
