import { type Kysely, sql } from "kysely";

/**
 * What was given back as not pressed, and is said to be pressed all the same, ends no other way: but the photo that came of it stays
 * with it, once, so that it is counted and seen (C09).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create or replace function impression_ends_once() returns trigger language plpgsql as $$
begin
  if old.state = 'released' and old.body_id is not null and not old.by_stroke and old.evidence_id is null and new.evidence_id is not null
     and to_jsonb(new) - 'evidence_id' = to_jsonb(old) - 'evidence_id'
  then return new; end if;
  if old.state in ('settled', 'spoiled', 'released') then raise exception 'an impression that is % stays as it is', old.state using errcode = 'insufficient_privilege'; end if;
  if (new.impression_id, new.request_id, new.document_id, new.seal_id, new.position, new.copy, new.body_id) is distinct from
     (old.impression_id, old.request_id, old.document_id, old.seal_id, old.position, old.copy, old.body_id)
  then perform guard_refuse('an impression stays in its place'); end if;
  if new.state <> old.state and not (case when old.body_id is null
    then (old.state, new.state) in (('reserved', 'sealed'), ('reserved', 'released'), ('sealed', 'settled'), ('sealed', 'released'))
    else (old.state, new.state) in (('reserved', 'pressed'), ('reserved', 'unknown'), ('reserved', 'released'), ('pressed', 'settled'), ('pressed', 'spoiled'),
      ('pressed', 'unknown'), ('unknown', 'settled'), ('unknown', 'spoiled'), ('unknown', 'released')) end)
  then perform guard_refuse('an impression that is ' || old.state || ' does not become ' || new.state); end if;
  if (old.evidence_id is not null and new.evidence_id is distinct from old.evidence_id) or (old.pressed_at is not null and new.pressed_at is distinct from old.pressed_at)
  then perform guard_refuse('what was pressed keeps its photo'); end if;
  if new.state = 'pressed' and new.pressed_at is null then perform guard_refuse('what is pressed says when'); end if;
  if new.state = 'released' and new.pressed_at is not null then perform guard_refuse('what was pressed is not unused'); end if;
  if old.state = 'unknown' and new.state <> 'unknown' and not exists (select from impression_rulings a join impression_rulings b on b.impression_id = a.impression_id
     and b.by_person <> a.by_person and b.verdict = a.verdict where a.impression_id = new.impression_id and a.verdict = new.state)
  then perform guard_refuse('what nobody can tell is decided by two people'); end if;
  return new;
end $$;
`,
    )
    .execute(db);
}
