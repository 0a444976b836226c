import { type Kysely, sql } from "kysely";

/**
 * Classes of documents as an organisation has them: what it says of a starter class, and its own ones, in versions that come of
 * matters. What was submitted under a version keeps it, so no version ever changes or goes (C03, C24).
 */
export async function up(db: Kysely<unknown>, roles: { app: string }): Promise<void> {
  await sql
    .raw(
      `
create table document_class_versions (
  class_id text not null check (class_id ~ '^[a-z]+(-[a-z]+)*(--[0-9a-z]{1,36})?$'), version int not null check (version > 0),
  name_en text not null check (btrim(name_en) <> ''), name_zh text not null check (btrim(name_zh) <> ''), makes_rights boolean not null, external boolean not null,
  electronic text not null check (electronic in ('first', 'possible', 'no')), reason_en text not null, reason_zh text not null,
  seal_kinds text[] not null, words text[] not null, retired boolean not null,
  matter_id text not null unique references matters, event_id text not null references events, in_force_at timestamptz not null,
  primary key (class_id, version)
);
create function document_class_is_decided() returns trigger language plpgsql as $$
declare
  own boolean := new.class_id like '%--%';
  newest int;
begin
  if tg_op <> 'INSERT' then perform guard_refuse('versions of a class of documents stay as they were decided'); end if;
  /* Of a starter class the first version is the product's. */
  select coalesce(max(version), case when own then 0 else 1 end) into newest from document_class_versions where class_id = new.class_id;
  if new.version <> newest + 1 then perform guard_refuse('versions of a class of documents follow each other'); end if;
  if not exists (select from matters m where m.matter_id = new.matter_id and m.kind = 'document-class' and m.state = 'done'
    and (m.data->>'classId' = new.class_id or (m.data->>'classId' is null and new.version = 1 and split_part(new.class_id, '--', 1) = m.data->>'base'))
    and m.data->'name'->>'en' = new.name_en and m.data->'name'->>'zh' = new.name_zh and (m.data->>'makesRights')::boolean = new.makes_rights
    and (m.data->>'external')::boolean = new.external and m.data->>'electronic' = new.electronic and (m.data->>'retired')::boolean = new.retired
    and m.data->'electronicReason'->>'en' = new.reason_en and m.data->'electronicReason'->>'zh' = new.reason_zh
    and m.data->'sealKinds' = to_jsonb(new.seal_kinds) and m.data->'words' = to_jsonb(new.words))
  then perform guard_refuse('a class of documents changes by its matter, as it was decided'); end if;
  return new;
end $$;
create trigger document_class_is_decided before insert or update or delete on document_class_versions for each row execute function document_class_is_decided();
grant select, insert on document_class_versions to ${roles.app};
`,
    )
    .execute(db);
}
