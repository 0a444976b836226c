import { type Kysely, sql } from "kysely";

/**
 * What is split among a company's branches is split with one party (C20). Branches bear any name around their company's, so that no
 * list of names finds them: those few requests whose counterparty is one are kept apart. The words are those of the statement
 * that asks for them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `
create index requests_branches on seal_use_requests (entity_id, submitted_at)
  where number is not null and counterparty ~* '分公司|[分支]行|分理[处處]|[营營][业業]部|[经經][营營]部|[办辦]事[处處]|代表[处處]|分部|分[厂廠]|branch|office';
`,
    )
    .execute(db);
}
