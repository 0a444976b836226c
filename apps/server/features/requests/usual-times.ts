import { type StepKind, tellUsualTime, usualDays } from "@chancery/domain";
import { sql } from "kysely";
import type { Reader } from "../../platform/db.ts";

export type UsualTime = NonNullable<ReturnType<typeof tellUsualTime>>;

/**
 * How long each kind of step took in this entity lately: from the decision that let it begin, or from submitting, to its
 * own; and how long release and confirmation took. Steps that are void because they were asked again are left out, and
 * those that an earlier round had agreed to.
 */
export async function readUsualTimes(
  reader: Reader,
  entityId: string | null,
  now: number,
): Promise<(kind: StepKind | "release" | "confirmation") => UsualTime | null> {
  if (entityId === null) return () => null;
  const since = new Date(now - usualDays * 86_400_000);
  const { rows } = await sql<{ kind: string; hours: number; samples: number }>`
    select st.kind, count(*)::int as samples,
      percentile_cont(0.5) within group (order by extract(epoch from st.decided_at - coalesce(
        (select max(b.decided_at) from request_steps b
          where b.request_id = st.request_id and b.round = st.round and b.stage < st.stage and b.state = 'approved'),
        r.submitted_at)) / 3600)::float8 as hours
    from request_steps st join seal_use_requests r on r.request_id = st.request_id and r.round = st.round
    where r.entity_id = ${entityId} and st.decided_at >= ${since} and st.state in ('approved', 'rejected', 'returned')
      and st.kept_from is null
    group by st.kind
    union all
    select 'release', count(*)::int,
      percentile_cont(0.5) within group (order by extract(epoch from released_at - authorised_at) / 3600)::float8
    from seal_use_requests where entity_id = ${entityId} and released_at >= ${since} and authorised_at is not null
    union all
    select 'confirmation', count(*)::int,
      percentile_cont(0.5) within group (order by extract(epoch from confirmed_at - released_at) / 3600)::float8
    from seal_use_requests where entity_id = ${entityId} and confirmed_at >= ${since} and released_at is not null`.execute(
    reader,
  );
  const told = new Map(rows.map(({ kind, hours, samples }) => [kind, tellUsualTime(hours, samples)]));
  return (kind) => told.get(kind) ?? null;
}
