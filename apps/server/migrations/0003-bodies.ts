import { type Kysely, sql } from "kysely";

/**
 * One identity of a seal may have several bodies: numbered pieces and an electronic one. Each body has a life of its own;
 * `seals.state` is what they make together, kept by whoever changes a body in the same transaction.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table seal_bodies (
  body_id text primary key, seal_id text not null references seals, kind text not null check (kind in ('physical','electronic')), piece int not null,
  number text not null, state text not null, frozen_reason text, version int not null default 1, material text, made_by text,
  filing_number text, filed_on date, specimen_evidence_id text references evidence, specimen_mm_per_px double precision,
  created_at timestamptz not null, unique (seal_id, kind, piece)
);
create unique index seal_bodies_electronic on seal_bodies (seal_id) where kind = 'electronic';
create index seal_bodies_state on seal_bodies (state);
insert into seal_bodies (body_id, seal_id, kind, piece, number, state, frozen_reason, created_at)
  select 'body_' || substring(seal_id from 6), seal_id, 'electronic', 1, number || '/E', state, frozen_reason, registered_at from seals;
grant select, insert, update on seal_bodies to ${roles.app};
`,
    )
    .execute(db);
}
