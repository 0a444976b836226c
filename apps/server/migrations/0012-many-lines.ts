import { type Kysely, sql } from "kysely";

/**
 * What an organisation of thousands of seals and a million lines needs to read its lists at once. Lines are found by
 * threes of characters too, for pairs alone are shared by very many; a three stands in a line where both its pairs do,
 * beside each other.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
update register_lines l set grams = l.grams || coalesce((
  select array_agg(distinct three) from (select substr(l.search, at, 3) as three from generate_series(1, length(l.search) - 2) at) cut
  where substr(three, 1, 2) = any(l.grams) and substr(three, 2, 2) = any(l.grams)), '{}');
create index register_lines_kind on register_lines (register, kind, at desc, running desc, line_id desc);
create index certificates_seal on certificates (seal_id, nr desc) where seal_id is not null;
create index seal_bodies_seal on seal_bodies (seal_id);
/* A face with its outlines is large; lists need no more of it than its shape. */
alter table seals add column face_shape text generated always as (face -> 'spec' ->> 'shape') stored;
`,
    )
    .execute(db);
}
