import { type Kysely, sql } from "kysely";

/** Whether an application for a document of a class begins as a confidential one; decided with the class, like all it says. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
alter table document_class_versions add column confidential boolean not null default false;
create or replace function document_class_is_decided() returns trigger language plpgsql as $$
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
    and m.data->'sealKinds' = to_jsonb(new.seal_kinds) and m.data->'words' = to_jsonb(new.words)
    and coalesce((m.data->>'confidential')::boolean, false) = new.confidential)
  then perform guard_refuse('a class of documents changes by its matter, as it was decided'); end if;
  return new;
end $$;
`,
    )
    .execute(db);
}
