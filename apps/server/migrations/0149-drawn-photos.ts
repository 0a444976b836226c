import { type Kysely, sql } from "kysely";

/**
 * The seed by which photos of a long stamping are drawn for whoever looks at them: made when it is opened, and as little to be
 * changed as who opened it (C09).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw("alter table stampings add column draw_seed text").execute(db);
  await sql
    .raw(
      `
create function draw_seed_stays() returns trigger language plpgsql as $$
begin
  if new.draw_seed is distinct from old.draw_seed then perform guard_refuse('the seed of a draw stays'); end if;
  return new;
end $$;
create trigger draw_seed_stays before update on stampings for each row execute function draw_seed_stays();
`,
    )
    .execute(db);
}
