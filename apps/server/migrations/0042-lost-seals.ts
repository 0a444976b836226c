import { type Kysely, sql } from "kysely";

/**
 * A take-out ends with its return, or with the piece itself: what is lost or gone is awaited no longer (C13). And a seal with a lost piece and nothing in use is lost: until now it was told as frozen, like the rest of its bodies (C10). How a piece was found last is kept with it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table take_outs add column ended_at timestamptz, add column ended_as text check (ended_as in ('returned','lost','void','destroyed'));
update take_outs set ended_at = returned_at, ended_as = 'returned' where returned_at is not null;
update take_outs t set ended_at = now(), ended_as = b.state from seal_bodies b
  where b.body_id = t.body_id and t.ended_at is null and b.state in ('lost','void','destroyed');
alter table take_outs add constraint take_outs_end check ((ended_at is null) = (ended_as is null) and (returned_at is null or ended_as = 'returned'));
drop index take_outs_open;
drop index take_outs_due;
create unique index take_outs_open on take_outs (body_id) where ended_at is null;
create index take_outs_due on take_outs (due_at) where ended_at is null;
alter table seal_bodies add column condition text check (condition in ('good','worn','damaged'));
update seals s set state = 'lost', version = version + 1 where s.state = 'frozen'
  and exists (select from seal_bodies b where b.seal_id = s.seal_id and b.state = 'lost');
`,
    )
    .execute(db);
}
