import type { CertificateState } from "@chancery/domain";
import { expiringDays, LOSS_TASKS } from "@chancery/domain";
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

/** Whether a piece of the seal `s` should be back: from a short handover (C14) or a take-out (C13). */
export const returnOverdueAt = (now: number): RawBuilder<boolean> =>
  sql<boolean>`(s.seal_id in (
    select b.seal_id from short_handovers h join seal_bodies b on b.body_id = any(h.body_ids)
      where h.ended_at is null and h.due_at < ${new Date(now)}
    union all select t.seal_id from take_outs t where t.ended_at is null and t.due_at < ${new Date(now)}))`;

/**
 * Whether the seal `s` has custodians named, and none of them has confirmed the position: nobody releases it (C12). Asked of
 * all seals at once, which is four times as quick for a wall of two thousand as asking of each.
 */
export const custodyUnconfirmed = sql<boolean>`(s.seal_id in (select r.scope_id from held_roles r
  where r.role = 'custodian' and r.state = 'given' and r.scope_kind = 'seal'
  group by r.scope_id having bool_and(not r.confirmed)))`;

const lossKinds = sql.join(LOSS_TASKS.map((kind) => sql.lit(kind)));
const lossTasksOpen = sql`from tasks l where l.state = 'open' and l.kind in (${lossKinds})`;
/** Of the seal `s`, the clock of a loss that ends first, and when; null where none runs. */
export const lossClock = sql<
  (typeof LOSS_TASKS)[number] | null
>`(case when s.seal_id in (select l.seal_id ${lossTasksOpen})
  then (select l.kind ${lossTasksOpen} and l.seal_id = s.seal_id order by l.due_at, l.kind limit 1) end)`;
export const lossDue = sql<Date | null>`(case when s.seal_id in (select l.seal_id ${lossTasksOpen})
  then (select min(l.due_at) ${lossTasksOpen} and l.seal_id = s.seal_id) end)`;
export const lossOverdueAt = (now: number): RawBuilder<boolean> =>
  sql<boolean>`(s.seal_id in (select l.seal_id ${lossTasksOpen} and l.due_at < ${new Date(now)}))`;
