import { type Kysely, sql } from "kysely";

/**
 * Standing authorisations with their uses. One comes of a matter that was carried out, ends once, and never counts more uses
 * than were agreed to, whatever the application does (C01).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table standing_authorisations (
  standing_id text primary key, matter_id text not null unique references matters, number text not null, entity_id text not null references entities,
  seal_id text not null references seals, template_id text not null, counterparty_kinds text[] not null check (cardinality(counterparty_kinds) > 0),
  limit_amount numeric(17, 2) not null check (limit_amount >= 0), currency text not null check (currency ~ '^[A-Z]{3}$'), uses int not null check (uses > 0),
  from_on date not null, to_on date not null, given_at timestamptz not null, event_id text not null references events,
  ended_at timestamptz, ended_by text references people, end_reason text, check (from_on <= to_on), check (num_nulls(ended_at, ended_by, end_reason) in (0, 3))
);
create index standing_authorisations_entity on standing_authorisations (entity_id, to_on);
create function standing_is_decided() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.ended_at is not null or not exists (select from matters m where m.matter_id = new.matter_id and m.kind = 'standing-authorisation' and m.state = 'done'
      and m.entity_id = new.entity_id and m.seal_id = new.seal_id and m.data->>'templateId' = new.template_id and (m.data->>'count')::int = new.uses
      and (m.data->>'limit')::numeric = new.limit_amount and m.data->>'currency' = new.currency and m.data->>'from' = new.from_on::text and m.data->>'to' = new.to_on::text
      and (select array_agg(k order by k) from jsonb_array_elements_text(m.data->'counterpartyKinds') k) = (select array_agg(k order by k) from unnest(new.counterparty_kinds) k))
    then perform guard_refuse('a standing authorisation is given by its matter, as it was decided'); end if;
    return new;
  end if;
  if old.ended_at is not null then perform guard_refuse('a standing authorisation ends once'); end if;
  if to_jsonb(new) - '{ended_at,ended_by,end_reason}'::text[] <> to_jsonb(old) - '{ended_at,ended_by,end_reason}'::text[]
  then perform guard_refuse('a standing authorisation stays as it was given'); end if;
  return new;
end $$;
create trigger standing_is_decided before insert or update on standing_authorisations for each row execute function standing_is_decided();

alter table seal_use_requests add column standing_id text references standing_authorisations;
create function request_keeps_its_standing() returns trigger language plpgsql as $$
declare edited boolean := old.state in ('draft', 'returned', 'withdrawn');
begin
  if old.number is not null and not edited and new.standing_id is distinct from old.standing_id
  then perform guard_refuse('a request keeps what it is used under'); end if;
  return new;
end $$;
create trigger request_keeps_its_standing before update on seal_use_requests for each row execute function request_keeps_its_standing();

/* Each use once, numbered without a gap; one that is taken back stays counted, and is the same use when it is submitted again. */
create table standing_uses (
  standing_id text not null references standing_authorisations, nr int not null check (nr > 0), request_id text not null references seal_use_requests,
  drawn boolean not null, at timestamptz not null, primary key (standing_id, nr), unique (standing_id, request_id)
);
create index standing_uses_request on standing_uses (request_id);
create function standing_use_counts() returns trigger language plpgsql as $$
declare s standing_authorisations;
begin
  select * into s from standing_authorisations where standing_id = new.standing_id for update;
  if s.ended_at is not null or new.nr > s.uses or new.nr <> (select count(*) + 1 from standing_uses where standing_id = new.standing_id)
  then perform guard_refuse('a standing authorisation counts its uses, and no more than were agreed to'); end if;
  if not exists (select from seal_use_requests where request_id = new.request_id and standing_id = new.standing_id)
  then perform guard_refuse('a use is of the request that names it'); end if;
  return new;
end $$;
create trigger standing_use_counts before insert on standing_uses for each row execute function standing_use_counts();
grant select, insert on standing_authorisations, standing_uses to ${roles.app};
grant update (ended_at, ended_by, end_reason) on standing_authorisations to ${roles.app};
`,
    )
    .execute(db);
}
