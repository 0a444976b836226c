import type { CertificateState } from "@chancery/domain";
import { expiringDays } from "@chancery/domain";
import { type ExpressionBuilder, type RawBuilder, sql } from "kysely";
import type { Tables } from "../../platform/database-schema.ts";

type WithSeal = Tables & { s: Tables["seals"] };

/** The newest certificate of the seal `s`, as `c`. */
export const newestCertificate = (eb: ExpressionBuilder<WithSeal, "s">) =>
  eb
    .selectFrom("certificates")
    .select(["serial", "subject", "sha256", "not_before", "not_after", "revoked_at"])
    .whereRef("certificates.seal_id", "=", "s.seal_id")
    .orderBy("nr", "desc")
    .limit(1)
    .as("c");

/** What the newest certificate `c` is at an instant. */
export function certificateStateAt(now: number): RawBuilder<CertificateState> {
  const soon = now + expiringDays * 24 * 60 * 60_000;
  return sql<CertificateState>`case when c.not_after is null then 'none' when c.revoked_at is not null then 'revoked'
    when c.not_after <= ${new Date(now)} then 'expired' when c.not_after < ${new Date(soon)} then 'expiring' else 'valid' end`;
}

/** What the seal `s` is made of; null while nothing is. */
export const bodyOfSeal = sql<
  "electronic" | "physical" | "both" | null
>`(select case when count(distinct b.kind) > 1 then 'both' else min(b.kind) end from seal_bodies b where b.seal_id = s.seal_id)`;

/** Whether the seal `s` has an electronic body. */
export const hasKeyOfSeal = sql<boolean>`exists (select from seal_bodies b where b.seal_id = s.seal_id and b.kind = 'electronic')`;
