import { type Kysely, sql } from "kysely";

/**
 * What controllers send: each epoch's chain with its journal, which only grows, by the rights of the application's role as
 * much as by its code (C18); records that wait for an earlier one; what was refused; what was found; and how a box is.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table controller_chains (
  controller_id text not null references controllers, epoch int not null check (epoch > 0), begins_from text not null,
  closed boolean not null, last_seq bigint not null check (last_seq >= 0), head text not null, counters bigint[] not null,
  boot bigint not null, open_stroke jsonb, quarantined text, skew_boot bigint not null, gap_told boolean not null,
  noted_seq bigint not null default 0, noted_at timestamptz, primary key (controller_id, epoch)
);
create function controller_chain_grows() returns trigger language plpgsql as $$
begin
  if new.last_seq < old.last_seq or (new.last_seq = old.last_seq and new.head <> old.head)
  then perform guard_refuse('a controller''s chain only grows'); end if;
  if old.closed and not new.closed then perform guard_refuse('an epoch that has ended stays so'); end if;
  if old.quarantined is not null and new.quarantined is distinct from old.quarantined
  then perform guard_refuse('a quarantine ends with its epoch'); end if;
  return new;
end $$;
create trigger controller_chain_grows before update on controller_chains for each row execute function controller_chain_grows();
create table controller_records (
  controller_id text not null, epoch int not null, seq bigint not null check (seq > 0), hash text not null, type text not null,
  jti text, device_at timestamptz not null, received_at timestamptz not null, record text not null,
  primary key (controller_id, epoch, seq), foreign key (controller_id, epoch) references controller_chains
);
create table controller_records_pending (
  controller_id text not null, epoch int not null, seq bigint not null, hash text not null, record text not null,
  received_at timestamptz not null, primary key (controller_id, epoch, seq),
  foreign key (controller_id, epoch) references controller_chains
);
create table controller_refused (
  refused_id bigint generated always as identity primary key, controller_id text not null references controllers,
  digest text not null, code text not null, detail text not null, record text not null, received_at timestamptz not null,
  unique (controller_id, digest)
);
create table controller_findings (
  finding_no bigint generated always as identity primary key, controller_id text not null references controllers,
  epoch int not null, seq bigint not null, code text not null, detail text not null, found_at timestamptz not null,
  unique (controller_id, epoch, seq, code)
);
create table controller_presence (
  controller_id text primary key references controllers, session text not null, online boolean not null,
  changed_at timestamptz not null, heard_at timestamptz not null, firmware text, battery int, network text, said_seq bigint
);
insert into controller_chains (controller_id, epoch, begins_from, closed, last_seq, head, counters, boot, skew_boot, gap_told)
  select c.controller_id, 1, 'sha256:' || encode(sha256(convert_to(p.answer, 'UTF8')), 'hex'), c.state = 'revoked', 0,
    'sha256:' || encode(sha256(convert_to(p.answer, 'UTF8')), 'hex'), p.counters, 0, 0, false
  from controllers c join controller_pairings p on p.controller_id = c.controller_id and p.state = 'confirmed';
grant select, insert on controller_chains, controller_records, controller_records_pending, controller_refused,
  controller_findings, controller_presence to ${roles.app};
grant update (closed, last_seq, head, counters, boot, open_stroke, quarantined, skew_boot, gap_told, noted_seq, noted_at)
  on controller_chains to ${roles.app};
grant delete on controller_records_pending to ${roles.app};
grant update on controller_presence to ${roles.app};
`,
    )
    .execute(db);
}
