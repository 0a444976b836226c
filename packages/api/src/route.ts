import type { Permission } from "@chancery/domain";
import type { z } from "zod";

/** What a route answers with when it is not JSON: the bytes of a file, or text. */
export type RawResponse = "binary" | "text";

/**
 * One entry of the route table. The key is `METHOD /v1/path`, with `:name` parameters and a trailing `*` for the rest
 * of a path (`GET /metrics` alone stands outside /v1, where Prometheus looks for it). Every route declares its permission: a route without one does not type-check and stops the start.
 */
export interface Route {
  readonly summary: string;
  readonly permission: Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is multipart/form-data with one file in the field `file`; `body`, if given, describes its other fields. */
  readonly upload?: true;
  /** The body is taken as it comes, whatever its type, within `bodyLimitBytes`: what others call with in a form of their own. */
  readonly raw?: true;
  /** Most bytes of a JSON body where it may be larger than others, which end at 1 MiB. */
  readonly bodyLimitBytes?: number;
  /** The request must carry an Idempotency-Key header; the same key answers with the first result. */
  readonly idempotent?: true;
  readonly response: z.ZodType | RawResponse;
  /** What a file or text is, where the answer is not JSON. */
  readonly mediaType?: string;
  /** Requests a minute and address that are let through; without it the server's general limit holds, which stops floods alone. */
  readonly limitPerMinute?: number;
}
