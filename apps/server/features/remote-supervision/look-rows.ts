import { createHash } from "node:crypto";
import { encodeCanonicalJson } from "@chancery/ledger";
import type { Reader } from "../../platform/db.ts";

export const readLook = (reader: Reader, lookId: string) =>
  reader.selectFrom("remote_looks").selectAll().where("look_id", "=", lookId).executeTakeFirst();
export type LookRow = NonNullable<Awaited<ReturnType<typeof readLook>>>;

/** Looks that may still be answered, or pressed on. */
export const readOpenLooks = (reader: Reader) =>
  reader.selectFrom("remote_looks").selectAll().where("state", "in", ["waiting", "agreed"]);

/**
 * What who supervises from elsewhere agrees to: this picture, for this impression of this request as it was approved, at this press of
 * this authorisation. Computed anew from the rows wherever it is asked.
 */
export function digestOfLook(of: {
  readonly lookId: string;
  readonly requestId: string;
  readonly requestDigest: string;
  readonly impressionId: string;
  readonly jti: string;
  readonly n: number;
  readonly picture: string;
}): string {
  const { lookId, requestId, requestDigest, impressionId, jti, n, picture } = of;
  const canonical = encodeCanonicalJson({
    ...{ act: "remote-press", look: lookId, request: requestId, approved: requestDigest },
    ...{ impression: impressionId, authorisation: jti, press: n, picture },
  });
  if (!canonical.ok) throw new Error(`a look has no canonical form: ${canonical.code}`);
  return `sha256:${createHash("sha256").update(canonical.value).digest("hex")}`;
}
