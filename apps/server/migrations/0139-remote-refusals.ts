import { type Kysely, sql } from "kysely";

/**
 * A refusal of who supervises from elsewhere is signed for the box like his agreement, so that whoever stands there is told (C04); and he
 * is written to when a press waits for his word, once for each question.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
alter table controller_asks drop constraint controller_asks_kind_check,
  add constraint controller_asks_kind_check check (kind in ('authorisation', 'revocation', 'order', 'agreement', 'remote-refusal'));
alter table controller_signatures drop constraint controller_signatures_kind_check,
  add constraint controller_signatures_kind_check check (kind in ('authorisation', 'revocation', 'order', 'agreement', 'remote-refusal'));
alter table remote_looks add column mail text not null default 'none' check (mail in ('none', 'waiting', 'sent', 'failed', 'not-needed')),
  add column mail_fault text;
create index remote_looks_waiting on remote_looks (request_id) where state = 'waiting';
grant update (mail, mail_fault) on remote_looks to ${roles.app};
`,
    )
    .execute(db);
}
