import { type Kysely, sql } from "kysely";

/**
 * Copies printed with a code on each page, and what a photo of a stamped one says against what was printed (C17). What a page's
 * code was made with is kept, so that the very same page can be drawn again; both tables only grow.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table printed_documents (
  request_id text not null references seal_use_requests, document_id text not null references documents, lines jsonb not null, address text not null,
  printed_by text not null references people, printed_at timestamptz not null, primary key (request_id, document_id)
);
create table photo_readings (
  impression_id text not null references impressions, evidence_id text not null references evidence, read_at timestamptz not null,
  verdict text not null check (verdict in ('same', 'differs', 'wrong-page', 'wrong-copy', 'no-code', 'forged-code', 'blank', 'unclear')),
  facts jsonb not null, primary key (impression_id, evidence_id)
);
grant select, insert on printed_documents, photo_readings to ${roles.app};
`,
    )
    .execute(db);
}
