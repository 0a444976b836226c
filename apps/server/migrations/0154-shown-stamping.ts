import { type Kysely, sql } from "kysely";

/**
 * What was pressed is not unused, but where its photo shows another copy: the word that it was pressed came with that photo alone, and two
 * people may find that it was not. The rest of the guard stays as it stands.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(change).execute(db);
}

const change = `
do $do$
declare
  old_text text := pg_get_functiondef('impression_ends_once'::regproc);
  new_text text := replace(old_text, 'if new.state = ''released'' and new.pressed_at is not null then', $text$if new.state = 'released' and new.pressed_at is not null
    and not exists (select from photo_readings p where (p.impression_id, p.evidence_id) = (new.impression_id, new.evidence_id)
      and p.verdict not in ('forged-code', 'wrong-page') and (p.facts -> 'code' ->> 'copy')::int <> new.copy)
  then$text$);
begin
  if new_text = old_text then raise exception 'the guard of impressions is not what it was'; end if;
  execute new_text;
end $do$;
`;
