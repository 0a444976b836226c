import { type Kysely, sql } from "kysely";

/**
 * Templates: standard documents that were read by a legal reviewer once, so that what follows one word for word need not be
 * read again. A version is the file by its digest, its text as it was read, and the fields somebody drew on it.
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table template_versions (
  version_id text primary key, template_id text not null, entity_id text not null references entities,
  name_en text not null, name_zh text not null, document_class text not null, language text not null check (language in ('zh', 'en', 'both')),
  file_name text not null, file_digest text not null references files, pages jsonb not null, texts jsonb not null, marks jsonb not null, sketch jsonb not null,
  digest text not null check (digest ~ '^sha256:[0-9a-f]{64}$'),
  written_by text not null references people, written_at timestamptz not null, updated_at timestamptz not null, revision int not null check (revision > 0),
  number int check (number > 0), matter_id text unique references matters, in_force_at timestamptz,
  ended_at timestamptz, ended_by text references matters,
  unique (template_id, number),
  check ((number is null) = (in_force_at is null)), check ((number is null) = (matter_id is null)),
  check ((ended_at is null) = (ended_by is null)), check (ended_at is null or in_force_at is not null)
);
/* Of a template one version is in force. */
create unique index template_versions_in_force on template_versions (template_id) where in_force_at is not null and ended_at is null;
create index template_versions_entity on template_versions (entity_id) where in_force_at is not null and ended_at is null;

/* A draft is written until a matter that was carried out puts it in force as it was decided; then it only ends, by another (C03, C24). */
create function template_version_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.in_force_at is not null then perform guard_refuse('templates begin as a draft'); end if;
    return new;
  end if;
  if tg_op = 'DELETE' then
    if old.in_force_at is not null then perform guard_refuse('templates that were in force stay'); end if;
    return old;
  end if;
  if (new.version_id, new.file_name, new.file_digest, new.pages, new.texts, new.written_by, new.written_at)
     is distinct from (old.version_id, old.file_name, old.file_digest, old.pages, old.texts, old.written_by, old.written_at)
  then perform guard_refuse('a template stays the file it was begun with'); end if;
  if old.in_force_at is null and new.in_force_at is null then return new; end if;
  if (new.template_id, new.entity_id, new.name_en, new.name_zh, new.document_class, new.language, new.marks, new.sketch, new.digest, new.revision)
     is distinct from (old.template_id, old.entity_id, old.name_en, old.name_zh, old.document_class, old.language, old.marks, old.sketch, old.digest, old.revision)
  then perform guard_refuse('a template is in force as it was decided'); end if;
  if old.in_force_at is null then
    if new.ended_at is not null or not exists (select from matters where matter_id = new.matter_id and kind = 'register-template' and state = 'done'
      and data->>'versionId' = new.version_id and data->>'digest' = new.digest)
    then perform guard_refuse('templates take force by their matter'); end if;
    return new;
  end if;
  if (new.number, new.matter_id, new.in_force_at) is distinct from (old.number, old.matter_id, old.in_force_at) or old.ended_at is not null
  then perform guard_refuse('templates in force stay as they are'); end if;
  if not exists (select from matters where matter_id = new.ended_by and state = 'done' and data->>'templateId' = old.template_id
    and (kind = 'withdraw-template' or (kind = 'register-template' and data->>'versionId' <> old.version_id)))
  then perform guard_refuse('templates end by a matter of their own'); end if;
  return new;
end $$;
create trigger template_version_stays before insert or update or delete on template_versions for each row execute function template_version_stays();
grant select, insert, update, delete on template_versions to ${roles.app};
`,
    )
    .execute(db);
}
