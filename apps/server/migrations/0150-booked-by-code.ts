import { type Kysely, sql } from "kysely";

/**
 * Copies of a pile that does not lie in order (C09, C17): two impressions exchange their copies where the code in a photo shows that
 * their sheets were taken for each other. Both move at once or neither does; what was pressed, its photo and its state stay.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  for (const statement of [impressions, exchanges, guard]) await sql.raw(statement).execute(db);
  await sql.raw(`grant select, insert on impression_exchanges to ${roles.app}`).execute(db);
}

/* Null where an impression stands at the copy whose turn it was. Two may exchange one place within a statement. */
const impressions = `
alter table impressions add column turn_copy int check (turn_copy between 1 and 300);
drop index impressions_place;
alter table impressions add constraint impressions_place exclude using btree
  (request_id with =, document_id with =, copy with =, position with =) where (state <> 'released') deferrable initially immediate;
`;

const exchanges = `
create table impression_exchanges (
  event_id text primary key references events, request_id text not null references stampings,
  impression_id text not null references impressions, other_id text not null references impressions,
  from_copy int not null, to_copy int not null, evidence_id text not null references evidence,
  check (impression_id <> other_id), check (from_copy <> to_copy)
);
create index impression_exchanges_impression on impression_exchanges (impression_id);
create index impression_exchanges_other on impression_exchanges (other_id);
create function exchange_is_shown() returns trigger language plpgsql as $$
begin
  if not exists (select from impressions a join impressions b on (b.request_id, b.document_id, b.position) = (a.request_id, a.document_id, a.position)
     where a.impression_id = new.impression_id and b.impression_id = new.other_id and a.request_id = new.request_id
     and a.copy = new.from_copy and b.copy = new.to_copy and a.body_id is not null)
  then perform guard_refuse('two impressions of one place exchange the copies that they have'); end if;
  if not exists (select from photo_readings p join impressions s on s.impression_id = p.impression_id and s.evidence_id = p.evidence_id
     join impressions a on a.impression_id = new.impression_id and (a.request_id, a.document_id) = (s.request_id, s.document_id)
     where p.evidence_id = new.evidence_id and p.verdict not in ('wrong-page', 'forged-code') and (p.facts -> 'code' ->> 'copy')::int = new.to_copy)
  then perform guard_refuse('copies are exchanged where a photo shows it'); end if;
  if exists (select from stampings t where t.request_id = new.request_id and t.looked_at is not null)
  then perform guard_refuse('what was looked at stands at the copy that was seen'); end if;
  if exists (select from stamped_copies c where c.request_id = new.request_id and c.copy in (new.from_copy, new.to_copy) and c.state <> 'here')
  then perform guard_refuse('nothing is booked to or from a copy of which somebody said where it went'); end if;
  return new;
end $$;
create trigger exchange_is_shown before insert on impression_exchanges for each row execute function exchange_is_shown();
create function exchange_moves_both() returns trigger language plpgsql as $$
begin
  update impressions set turn_copy = coalesce(turn_copy, copy), copy = case impression_id when new.impression_id then new.to_copy else new.from_copy end
    where impression_id in (new.impression_id, new.other_id);
  return new;
end $$;
create trigger exchange_moves_both after insert on impression_exchanges for each row execute function exchange_moves_both();
`;

const guard = `
create or replace function impression_ends_once() returns trigger language plpgsql as $$
begin
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
  if new.state = 'released' and new.pressed_at is not null then perform guard_refuse('what was pressed is not unused'); end if;
  if old.state = 'unknown' and new.state <> 'unknown' and not exists (select from impression_rulings a join impression_rulings b on b.impression_id = a.impression_id
     and b.by_person <> a.by_person and b.verdict = a.verdict where a.impression_id = new.impression_id and a.verdict = new.state)
  then perform guard_refuse('what nobody can tell is decided by two people'); end if;
  return new;
end $$;
`;
