import { type Kysely, sql } from "kysely";

/**
 * Photos that controllers took: each is named by its digest in a signed record before it travels, comes in parts, and is
 * kept by its digest once it is whole. Only what a record named is taken (C18, attack 22).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table controller_photos (
  controller_id text not null references controllers, hash text not null, kind text not null, size_bytes int not null check (size_bytes between 1 and 50000000),
  epoch int not null, seq bigint not null, named_at timestamptz not null, digest text references files, stored_at timestamptz,
  missed boolean not null default false, primary key (controller_id, hash), check ((digest is null) = (stored_at is null)),
  check (digest is null or digest = hash)
);
create index controller_photos_owed on controller_photos (named_at) where digest is null and not missed;
create table controller_photo_tickets (
  ticket_hash bytea primary key, controller_id text not null, hash text not null, expires_at timestamptz not null,
  foreign key (controller_id, hash) references controller_photos
);
create table controller_photo_parts (
  controller_id text not null, hash text not null, part int not null check (part >= 0), bytes bytea not null,
  primary key (controller_id, hash, part), foreign key (controller_id, hash) references controller_photos
);
create function controller_photo_stays() returns trigger language plpgsql as $$
begin
  if old.digest is not null and new.digest is distinct from old.digest then perform guard_refuse('a photo that arrived stays'); end if;
  return new;
end $$;
create trigger controller_photo_stays before update on controller_photos for each row execute function controller_photo_stays();
grant select, insert on controller_photos, controller_photo_tickets, controller_photo_parts to ${roles.app};
grant update (digest, stored_at, missed) on controller_photos to ${roles.app};
grant update (bytes), delete on controller_photo_parts to ${roles.app};
grant delete on controller_photo_tickets to ${roles.app};
`,
    )
    .execute(db);
}
