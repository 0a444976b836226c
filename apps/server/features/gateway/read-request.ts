import { z } from "zod";

const Request = z.discriminatedUnion("m", [
  z.object({
    m: z.literal("time"),
    p: z.object({ t1: z.number().int().min(0).max(99_999_999_999_999), n: z.string().regex(/^[A-Za-z0-9_-]{11,64}$/) }),
  }),
  /** What was signed for it and it has not got: asked at each connection. */
  z.object({ m: z.literal("tokens") }),
  /** Its next certificate, by a request made with its own key (PKCS #10, base64). */
  z.object({ m: z.literal("csr"), p: z.object({ r: z.string().regex(/^[A-Za-z0-9+/]{40,1200}={0,2}$/) }) }),
  /** A photo that it named in a record: to be sent, or to be heard of as stored. */
  z.object({ m: z.literal("blob"), p: z.object({ h: z.string().regex(/^sha256:[0-9a-f]{64}$/) }) }),
]);
export type DeviceRequest = z.output<typeof Request>;

/** What a box asks for; null for whatever else was sent. */
export function readRequest(payload: Uint8Array): DeviceRequest | null {
  if (payload.length > 2048) return null;
  try {
    const read = Request.safeParse(JSON.parse(Buffer.from(payload).toString()));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
