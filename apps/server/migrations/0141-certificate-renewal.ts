import { type Kysely, sql } from "kysely";

/**
 * Renewal of controllers' certificates: when the one of before ends is kept beside it, and may only come nearer (C18).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
alter table controller_certificates add column superseded_at timestamptz, add check (kind = 'controller' or superseded_at is null);
create function controller_certificate_ends() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at then perform guard_refuse('a revoked certificate stays revoked'); end if;
  if old.superseded_at is not null and (new.superseded_at is null or new.superseded_at > old.superseded_at)
  then perform guard_refuse('a certificate that has a successor lives no longer'); end if;
  return new;
end $$;
create trigger controller_certificate_ends before update on controller_certificates for each row execute function controller_certificate_ends();
create function controller_certificate_begins() returns trigger language plpgsql as $$
begin
  if new.kind = 'controller' and exists (select from controllers c where c.controller_id = new.controller_id and c.state = 'revoked')
  then perform guard_refuse('a revoked controller gets no certificate'); end if;
  return new;
end $$;
create trigger controller_certificate_begins before insert on controller_certificates for each row execute function controller_certificate_begins();
grant update (superseded_at) on controller_certificates to ${roles.app};
`,
    )
    .execute(db);
}
