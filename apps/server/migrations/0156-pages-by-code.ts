import { type Kysely, sql } from "kysely";

/**
 * Pages that lie in another order (C09, C17): two impressions of one seal exchange their places, page and copy, where the code in a
 * photo shows that their sheets were taken for each other. One over the edges of pages goes to other copies alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [impressions, exchanges, guard]) await sql.raw(statement).execute(db);
}

/* Null where an impression stands at the place whose turn it was. */
const impressions = `
alter table impressions add column turn_document text, add column turn_position int, add column turn_page int check (turn_page >= 0);
alter table impressions add constraint impressions_turn check ((turn_document is null) = (turn_position is null) and (turn_document is null) = (turn_page is null));
`;

const exchanges = `
alter table impression_exchanges add column from_document text, add column from_position int, add column to_document text, add column to_position int;
update impression_exchanges x set from_document = i.document_id, from_position = i.position, to_document = i.document_id, to_position = i.position
  from impressions i where i.impression_id = x.impression_id;
alter table impression_exchanges alter column from_document set not null, alter column from_position set not null,
  alter column to_document set not null, alter column to_position set not null;
alter table impression_exchanges drop constraint impression_exchanges_check1;
alter table impression_exchanges add constraint impression_exchanges_moves check ((from_document, from_position, from_copy) <> (to_document, to_position, to_copy));
create or replace function exchange_is_shown() returns trigger language plpgsql as $$
begin
  if not exists (select from impressions a join impressions b on (b.request_id, b.seal_id) = (a.request_id, a.seal_id)
     where a.impression_id = new.impression_id and b.impression_id = new.other_id and a.request_id = new.request_id and a.body_id is not null
     and (a.document_id, a.position, a.copy) = (new.from_document, new.from_position, new.from_copy)
     and (b.document_id, b.position, b.copy) = (new.to_document, new.to_position, new.to_copy)
     and ((a.document_id, a.position) = (b.document_id, b.position)
       or not exists (select from seals s where s.seal_id = a.seal_id and s.type = 'cross-page')))
  then perform guard_refuse('two impressions of one seal exchange the places that they have'); end if;
  if not exists (select from photo_readings p join impressions s on s.impression_id = p.impression_id and s.evidence_id = p.evidence_id
     join impressions a on a.impression_id = new.impression_id and a.request_id = s.request_id
     join impressions b on b.impression_id = new.other_id
     where p.evidence_id = new.evidence_id and p.verdict not in ('wrong-page', 'forged-code') and (p.facts -> 'code' ->> 'copy')::int = new.to_copy
     and case when s.impression_id = a.impression_id
       then coalesce(p.facts -> 'code' ->> 'documentId', s.turn_document, s.document_id) = new.to_document
         and (p.facts -> 'code' ->> 'page')::int = (b.placement ->> 'page')::int + 1
       else a.document_id = s.document_id and (new.from_document, new.from_position) = (new.to_document, new.to_position) end)
  then perform guard_refuse('places are exchanged where a photo shows it'); end if;
  if exists (select from stampings t where t.request_id = new.request_id and t.looked_at is not null)
  then perform guard_refuse('what was looked at stands at the copy that was seen'); end if;
  if exists (select from stamped_copies c where c.request_id = new.request_id and c.copy in (new.from_copy, new.to_copy) and c.state <> 'here'
     and not (c.state = 'lost' and exists (select from evidence e where e.evidence_id = new.evidence_id and e.uploaded_at < c.at)))
  then perform guard_refuse('nothing is booked to or from a copy of which somebody said where it went'); end if;
  return new;
end $$;
create or replace function exchange_moves_both() returns trigger language plpgsql as $$
begin
  update impressions i set copy = o.copy, document_id = o.document_id, position = o.position, placement = o.placement, input_digest = o.input_digest,
    turn_copy = coalesce(i.turn_copy, i.copy), turn_document = coalesce(i.turn_document, i.document_id),
    turn_position = coalesce(i.turn_position, i.position), turn_page = coalesce(i.turn_page, (i.placement ->> 'page')::int)
    from impressions o where i.impression_id in (new.impression_id, new.other_id) and o.impression_id in (new.impression_id, new.other_id)
    and o.impression_id <> i.impression_id;
  return new;
end $$;
`;

const guard = `
create or replace function impression_ends_once() returns trigger language plpgsql as $$
begin
  if new.evidence_id <> old.evidence_id and to_jsonb(new) - 'evidence_id' = to_jsonb(old) - 'evidence_id'
     and exists (select from impression_retakes x where (x.impression_id, x.earlier_id, x.evidence_id) = (new.impression_id, old.evidence_id, new.evidence_id))
  then return new; end if;
  if (new.copy, new.document_id, new.position) is distinct from (old.copy, old.document_id, old.position)
     and (new.turn_copy, new.turn_document, new.turn_position) = (coalesce(old.turn_copy, old.copy), coalesce(old.turn_document, old.document_id), coalesce(old.turn_position, old.position))
     and to_jsonb(new) - '{copy,document_id,position,placement,input_digest,turn_copy,turn_document,turn_position,turn_page}'::text[]
       = to_jsonb(old) - '{copy,document_id,position,placement,input_digest,turn_copy,turn_document,turn_position,turn_page}'::text[]
     and ((new.document_id, new.position) is distinct from (old.document_id, old.position) or (new.placement, new.input_digest) = (old.placement, old.input_digest))
     and exists (select from impression_exchanges x
       where (x.impression_id, x.from_document, x.from_position, x.from_copy, x.to_document, x.to_position, x.to_copy)
         = (new.impression_id, old.document_id, old.position, old.copy, new.document_id, new.position, new.copy)
       or (x.other_id, x.to_document, x.to_position, x.to_copy, x.from_document, x.from_position, x.from_copy)
         = (new.impression_id, old.document_id, old.position, old.copy, new.document_id, new.position, new.copy))
  then return new; end if;
  if old.state = 'released' and old.body_id is not null and not old.by_stroke and old.evidence_id is null and new.evidence_id is not null
     and to_jsonb(new) - 'evidence_id' = to_jsonb(old) - 'evidence_id'
  then return new; end if;
  if old.state in ('settled', 'spoiled', 'released') then raise exception 'an impression that is % stays as it is', old.state using errcode = 'insufficient_privilege'; end if;
  if (new.impression_id, new.request_id, new.document_id, new.seal_id, new.position, new.placement, new.copy, new.turn_copy, new.turn_document, new.turn_position, new.turn_page, new.body_id) is distinct from
     (old.impression_id, old.request_id, old.document_id, old.seal_id, old.position, old.placement, old.copy, old.turn_copy, old.turn_document, old.turn_position, old.turn_page, old.body_id)
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
