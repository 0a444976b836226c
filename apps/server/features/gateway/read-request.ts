import { z } from "zod";

const TimeRequest = z.object({
  m: z.literal("time"),
  p: z.object({ t1: z.number().int().min(0).max(99_999_999_999_999), n: z.string().regex(/^[A-Za-z0-9_-]{11,64}$/) }),
});

/** A box that asks for the time; null for whatever else was sent. */
export function readTimeRequest(payload: Uint8Array): { readonly t1: number; readonly n: string } | null {
  if (payload.length > 1024) return null;
  try {
    const read = TimeRequest.safeParse(JSON.parse(Buffer.from(payload).toString()));
    return read.success ? read.data.p : null;
  } catch {
    return null;
  }
}
