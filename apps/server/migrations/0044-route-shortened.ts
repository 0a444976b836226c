import { type Kysely, sql } from "kysely";

/**
 * A step that nobody has begun may fall away once a reviewer confirmed that the application is right; it says by whom and why. The
 * signatory's never does (C01), nor a step that people added, nor one in which he who ruled is asked himself; and whoever asks or
 * carries the papers takes nothing from the route (C11).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table request_steps add column dropped jsonb;
create function step_falls_away() returns trigger language plpgsql as $$
declare who text := new.dropped->>'by';
begin
  if tg_op = 'INSERT' then
    if new.dropped is not null then perform guard_refuse('a step begins as it is asked'); end if;
    return new;
  end if;
  if new.dropped is not distinct from old.dropped then return new; end if;
  if old.dropped is not null or old.state <> 'waiting' or new.state <> 'voided' or old.kind = 'signatory' or old.rule ? 'added'
    or who is null or who = any(old.candidates)
    or exists (select from seal_use_requests r where r.request_id = old.request_id and (r.state <> 'in-review' or r.round <> old.round or who in (r.applicant_id, r.handler_id)))
    or not exists (select from request_fact_rulings f where f.request_id = old.request_id and f.round = old.round and f.ruling = 'declared' and f.ruled_by = who)
  then perform guard_refuse('a step falls away by a ruling alone, before it begins'); end if;
  return new;
end $$;
create trigger step_falls_away before insert or update on request_steps for each row execute function step_falls_away();
`,
    )
    .execute(db);
}
