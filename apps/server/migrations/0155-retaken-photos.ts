import { type Kysely, sql } from "kysely";

/**
 * A photo that could not be read is taken again (C09, C17): the new one counts for the impression, and the first stays beside it. What
 * was read, what a controller saw and what somebody has looked at stands as it is.
 */
export async function up(db: Kysely<unknown>, roles: { app: string; authority: string }): Promise<void> {
  for (const statement of [retakes, guard]) await sql.raw(statement).execute(db);
  await sql
    .raw(
      `
grant select, insert on impression_retakes to ${roles.app};
grant select on impression_retakes to ${roles.authority};
`,
    )
    .execute(db);
}

const retakes = `
create table impression_retakes (
  event_id text primary key references events, impression_id text not null references impressions,
  earlier_id text not null references evidence, evidence_id text not null references evidence,
  unique (impression_id, earlier_id), check (earlier_id <> evidence_id)
);
create index impression_retakes_earlier on impression_retakes (earlier_id);
create function retake_is_needed() returns trigger language plpgsql as $$
begin
  if not exists (select from impressions i join photo_readings p on p.impression_id = i.impression_id and p.evidence_id = i.evidence_id
     where i.impression_id = new.impression_id and i.evidence_id = new.earlier_id and i.body_id is not null and not i.by_stroke
     and i.state in ('pressed', 'settled') and p.verdict in ('no-code', 'unclear', 'blank') and (p.facts ->> 'impression') is distinct from 'none'
     and (p.verdict <> 'blank' or coalesce(p.facts -> 'code', 'null') = 'null'))
  then perform guard_refuse('a photo is taken again where the one that is there could not be read'); end if;
  if exists (select from impressions i join stampings t on t.request_id = i.request_id where i.impression_id = new.impression_id and t.looked_at is not null)
  then perform guard_refuse('photos that were looked at stay as they were seen'); end if;
  return new;
end $$;
create trigger retake_is_needed before insert on impression_retakes for each row execute function retake_is_needed();
create function retake_counts() returns trigger language plpgsql as $$
begin
  update impressions set evidence_id = new.evidence_id where impression_id = new.impression_id;
  return new;
end $$;
create trigger retake_counts after insert on impression_retakes for each row execute function retake_counts();
`;

const guard = `
create or replace function impression_ends_once() returns trigger language plpgsql as $$
begin
  if new.evidence_id <> old.evidence_id and to_jsonb(new) - 'evidence_id' = to_jsonb(old) - 'evidence_id'
     and exists (select from impression_retakes x where (x.impression_id, x.earlier_id, x.evidence_id) = (new.impression_id, old.evidence_id, new.evidence_id))
  then return new; end if;
  if new.copy <> old.copy and new.turn_copy = coalesce(old.turn_copy, old.copy) and to_jsonb(new) - '{copy,turn_copy}'::text[] = to_jsonb(old) - '{copy,turn_copy}'::text[]
     and exists (select from impression_exchanges x where (x.impression_id, x.from_copy, x.to_copy) = (new.impression_id, old.copy, new.copy)
       or (x.other_id, x.to_copy, x.from_copy) = (new.impression_id, old.copy, new.copy))
  then return new; end if;
  if old.state = 'released' and old.body_id is not null and not old.by_stroke and old.evidence_id is null and new.evidence_id is not null
     and to_jsonb(new) - 'evidence_id' = to_jsonb(old) - 'evidence_id'
  then return new; end if;
  if old.state in ('settled', 'spoiled', 'released') then raise exception 'an impression that is % stays as it is', old.state using errcode = 'insufficient_privilege'; end if;
  if (new.impression_id, new.request_id, new.document_id, new.seal_id, new.position, new.copy, new.turn_copy, new.body_id) is distinct from
     (old.impression_id, old.request_id, old.document_id, old.seal_id, old.position, old.copy, old.turn_copy, old.body_id)
  then perform guard_refuse('an impression stays in its place'); end if;
  if new.state <> old.state and not (case when old.body_id is null
    then (old.state, new.state) in (('reserved', 'sealed'), ('reserved', 'released'), ('sealed', 'settled'), ('sealed', 'released'))
    else (old.state, new.state) in (('reserved', 'pressed'), ('reserved', 'unknown'), ('reserved', 'released'), ('pressed', 'settled'), ('pressed', 'spoiled'),
      ('pressed', 'unknown'), ('unknown', 'settled'), ('unknown', 'spoiled'), ('unknown', 'released')) end)
  then perform guard_refuse('an impression that is ' || old.state || ' does not become ' || new.state); end if;
  if (old.evidence_id is not null and new.evidence_id is distinct from old.evidence_id) or (old.pressed_at is not null and new.pressed_at is distinct from old.pressed_at)
  then perform guard_refuse('what was pressed keeps its photo'); end if;
  if new.state = 'pressed' and new.pressed_at is null then perform guard_refuse('what is pressed says when'); end if;
  if new.state = 'released' and new.pressed_at is not null
    and not exists (select from photo_readings p where (p.impression_id, p.evidence_id) = (new.impression_id, new.evidence_id)
      and p.verdict not in ('forged-code', 'wrong-page') and (p.facts -> 'code' ->> 'copy')::int <> new.copy)
  then perform guard_refuse('what was pressed is not unused'); end if;
  if old.state = 'unknown' and new.state <> 'unknown' and not exists (select from impression_rulings a join impression_rulings b on b.impression_id = a.impression_id
     and b.by_person <> a.by_person and b.verdict = a.verdict where a.impression_id = new.impression_id and a.verdict = new.state)
  then perform guard_refuse('what nobody can tell is decided by two people'); end if;
  return new;
end $$;
`;
