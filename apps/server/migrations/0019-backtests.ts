import { type Kysely, sql } from "kysely";

/** What a draft of the rules would have changed: kept, so that whoever decides on it finds what was tried. */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table rule_backtests (
  backtest_id text primary key, version_id text not null references rule_versions on delete cascade, digest text not null, against text not null,
  from_on date, to_on date, asked_by text not null references people, asked_at timestamptz not null,
  state text not null check (state in ('waiting', 'running', 'done', 'failed')), done int not null, total int not null, result jsonb,
  check ((from_on is null) = (to_on is null)), check ((state = 'done') = (result is not null))
);
create index rule_backtests_version on rule_backtests (version_id, asked_at desc);
/* A result that was found stays as it was found. */
create function backtest_stays() returns trigger language plpgsql as $$
begin
  if old.state in ('done', 'failed') then perform guard_refuse('what a backtest found stays'); end if;
  if (new.backtest_id, new.version_id, new.digest, new.against, new.from_on, new.to_on, new.asked_by, new.asked_at)
     is distinct from (old.backtest_id, old.version_id, old.digest, old.against, old.from_on, old.to_on, old.asked_by, old.asked_at)
  then perform guard_refuse('a backtest stays with what was asked'); end if;
  return new;
end $$;
create trigger backtest_stays before update on rule_backtests for each row execute function backtest_stays();
grant select, insert, update on rule_backtests to ${roles.app};
`,
    )
    .execute(db);
}
