import { type Kysely, sql } from "kysely";

/**
 * Series of documents: one template and one list, many documents, decided together. The seed of the lot is committed to when
 * the list comes in, before any document is made; the documents, their root and what is drawn of them never change.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table document_series (
  series_id text primary key, entity_id text not null references entities, version_id text not null references template_versions,
  list_name text not null, list_digest text not null references files, currency text not null check (currency ~ '^[A-Z]{3}$'),
  seed text not null check (seed ~ '^[0-9a-f]{64}$'), state text not null check (state in ('making', 'ready', 'faulty')),
  total int not null check (total between 2 and 1000), lines jsonb not null, faults jsonb not null default '[]',
  root text check (root ~ '^sha256:[0-9a-f]{64}$'), largest numeric(17, 2), sum_amount numeric(17, 2), counterparty text not null,
  drawn int[], drawn_at timestamptz, made_by text not null references people, begun_at timestamptz not null, ended_at timestamptz,
  event_id text not null references events, unique (series_id, total),
  check ((state = 'ready') = (root is not null)), check ((state = 'making') = (ended_at is null)), check (num_nulls(drawn, drawn_at) in (0, 2)),
  check (drawn is null or (state = 'ready' and cardinality(drawn) between 1 and total))
);
create index document_series_maker on document_series (made_by, begun_at);
create table document_series_lines (
  series_id text not null references document_series, nr int not null check (nr > 0), document_id text not null unique references documents,
  counterparty text not null, amount numeric(17, 2) check (amount >= 0), primary key (series_id, nr)
);
create function document_series_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then perform guard_refuse('a series stays'); end if;
  if tg_op = 'INSERT' then
    if new.state <> 'making' or new.drawn is not null then perform guard_refuse('a series begins with its list'); end if;
    return new;
  end if;
  if to_jsonb(new) - '{state,faults,root,ended_at,drawn,drawn_at}'::text[] <> to_jsonb(old) - '{state,faults,root,ended_at,drawn,drawn_at}'::text[]
  then perform guard_refuse('a series stays with its list'); end if;
  if old.state <> 'making' and (new.state, new.faults, new.root, new.ended_at) is distinct from (old.state, old.faults, old.root, old.ended_at)
  then perform guard_refuse('a series that was made stays as it is'); end if;
  if old.drawn is not null and new is distinct from old then perform guard_refuse('what was drawn stays drawn'); end if;
  if old.state = 'making' and new.state = 'ready' and (select count(*) from document_series_lines where series_id = new.series_id) <> new.total
  then perform guard_refuse('a series is ready with its last document'); end if;
  return new;
end $$;
create trigger document_series_stays before insert or update or delete on document_series for each row execute function document_series_stays();
create function document_series_line_stays() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform guard_refuse('a document stays in its series'); end if;
  if not exists (select from document_series where series_id = new.series_id and state = 'making' and new.nr <= total)
  then perform guard_refuse('documents are made while their series is'); end if;
  return new;
end $$;
create trigger document_series_line_stays before insert or update or delete on document_series_lines for each row execute function document_series_line_stays();

alter table seal_use_requests add column series_id text references document_series;
/* What is asked for is the whole series and nothing besides, each document with the same seals, after something of it was drawn (C03, C17). */
create function request_has_its_series() returns trigger language plpgsql as $$
begin
  if old.number is not null and old.state not in ('draft', 'returned', 'withdrawn') and new.series_id is distinct from old.series_id
  then perform guard_refuse('a request stays with its series'); end if;
  if new.series_id is null or new.state = old.state or new.state in ('draft', 'returned', 'withdrawn') or old.state not in ('draft', 'returned', 'withdrawn') then return new; end if;
  if new.state <> 'in-review' then return new; end if;
  if not exists (select from document_series where series_id = new.series_id and state = 'ready' and drawn is not null)
    or exists (select from document_series_lines l full join (select * from request_documents where request_id = new.request_id) r on r.document_id = l.document_id and r.position = l.nr - 1
      where (l.series_id = new.series_id or l.series_id is null) and (l.document_id is null or r.document_id is null))
    or (select count(distinct (select jsonb_agg(p - 'placementId' order by ordinality) from jsonb_array_elements(r.placements) with ordinality as e(p, ordinality))) from request_documents r where request_id = new.request_id) > 1
  then perform guard_refuse('a request asks for the whole of its series'); end if;
  return new;
end $$;
create trigger request_has_its_series before update on seal_use_requests for each row execute function request_has_its_series();

/* Who opened which of the drawn documents. It holds for the document's bytes, so it stands when a request comes back unchanged. */
create table series_openings (
  request_id text not null references seal_use_requests, person_id text not null references people, document_id text not null references document_series_lines (document_id),
  opened_at timestamptz not null, event_id text not null references events, primary key (request_id, person_id, document_id)
);
create function series_opening_of_drawn() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then perform guard_refuse('what was opened stays opened'); end if;
  if not exists (select from seal_use_requests q join document_series s on s.series_id = q.series_id join document_series_lines l on l.series_id = s.series_id
    where q.request_id = new.request_id and l.document_id = new.document_id and l.nr = any(s.drawn))
  then perform guard_refuse('drawn documents alone are opened on record'); end if;
  return new;
end $$;
create trigger series_opening_of_drawn before insert or update or delete on series_openings for each row execute function series_opening_of_drawn();
grant select, insert on document_series, document_series_lines, series_openings to ${roles.app};
grant update (state, faults, root, ended_at, drawn, drawn_at) on document_series to ${roles.app};
`,
    )
    .execute(db);
}
