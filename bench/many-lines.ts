import pg from "pg";
import type { TestCrew } from "../apps/server/platform/test-crew.ts";

export interface Amounts {
  readonly lines: number;
  readonly seals: number;
  readonly people: number;
}

/**
 * An organisation of some years, written by SQL alone: people, seals with their custodians, and lines of registers whose
 * shares, times and names are as uneven as real ones; each line with its event and its leaf.
 */
export async function makeManyLines(
  admin: pg.ClientConfig,
  crew: TestCrew,
  sealId: string,
  { lines, seals, people }: Amounts,
): Promise<void> {
  const client = new pg.Client(admin);
  await client.connect();
  try {
    // As one who loads a copy: no checks row by row, indexes made at the end.
    await client.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'");
    await client.query("set maintenance_work_mem = '512MB'");
    await client.query(people5000(people), [crew.people.stranger, crew.entityId]);
    await client.query(units200, [crew.entityId]);
    for (const table of ["seals", "seal_bodies", "seal_keys", "certificates"])
      await copySeals(client, table, sealId, seals);
    await client.query(grantsOfSeals(await listColumns(client, "grants")), [sealId, people]);
    await client.query(positions);
    const { rows: kept } = await client.query<{ indexdef: string; indexname: string }>(
      "select indexname, indexdef from pg_indexes where tablename = 'register_lines' and indexdef not like 'CREATE UNIQUE%'",
    );
    for (const { indexname } of kept) await client.query(`drop index ${indexname}`);
    await client.query(words);
    await client.query("create unique index on words (kind, nr); analyze words");
    await client.query(manyLines, [lines, crew.entityId, seals, people]);
    await client.query(eventsOfLines);
    await client.query(leavesOfLines);
    await client.query(counters);
    for (const { indexdef } of kept) await client.query(indexdef);
    for (const table of ["register_lines", "events", "ledger_entries", "people", "seals", "grants", "units"])
      await client.query(`vacuum analyze ${table}`);
  } finally {
    await client.end();
  }
}

const uuid = (seed: string): string => `(select md5(${seed})::uuid::text)`;
const surnames =
  "array['王','李','张','刘','陈','杨','赵','黄','周','吴','徐','孙','胡','朱','高','林','何','郭','马','罗']";
const given =
  "array['伟','芳','娜','敏','静','丽','强','磊','军','洋','勇','艳','杰','娟','涛','明','超','秀','霞','平','刚','桂','晨','宁','瑶','彤']";

const people5000 = (count: number): string => `
insert into people select (jsonb_populate_record(p, jsonb_build_object(
  'person_id', 'per_' || ${uuid("'p' || n")}, 'login', 'p' || n, 'entity_id', $2::text,
  'name_zh', (${surnames})[1 + n % 20] || (${given})[1 + (n / 20) % 26] || (${given})[1 + (n / 520) % 26], 'name_en', 'Person ' || n))).*
from people p, generate_series(1, ${count}) n where p.person_id = $1`;

const units200 = `
insert into units (unit_id, entity_id, parent_unit_id, name_en, name_zh, created_at)
select 'unit_' || ${uuid("'u' || n")}, $1, null, 'Unit ' || n, '第' || n || '部', now() from generate_series(1, 200) n`;

async function copySeals(client: pg.Client, table: string, sealId: string, count: number): Promise<void> {
  const patch: Readonly<Record<string, string>> = {
    seals: `'number', 'LX-S' || n, 'name_zh', '第' || n || '号业务专用章', 'name_en', 'Business seal ' || n`,
    seal_bodies: `'body_id', 'body_' || ${uuid("'b' || n")}, 'number', 'LX-S' || n || '/E'`,
    seal_keys: "'seal_id', t.seal_id",
    certificates: "'serial', md5('c' || n)",
  };
  const seal = `'seal_id', 'seal_' || ${uuid("'s' || n")}`;
  const own = table === "seal_keys" ? seal : `${seal}, ${patch[table] ?? ""}`;
  const { names, values } = await listColumns(client, table);
  await client.query(
    `insert into ${table} (${names}) select ${values}
     from ${table} t, generate_series(1, ${count}) n, jsonb_populate_record(t, jsonb_build_object(${own})) r where t.seal_id = $1`,
    [sealId],
  );
}

/** The columns of a table that are written, by name and as those of a row `r`. */
async function listColumns(client: pg.Client, table: string): Promise<{ names: string; values: string }> {
  const { rows } = await client.query<{ names: string; values: string }>(
    `select string_agg(column_name, ', ' order by ordinal_position) as names, string_agg('r.' || column_name, ', ' order by ordinal_position) as values
     from information_schema.columns where table_name = $1 and table_schema = 'public' and is_generated = 'NEVER' and is_identity = 'NO'`,
    [table],
  );
  return rows[0] ?? { names: "", values: "" };
}

/** Two custodians and a supervisor for each seal. */
const grantsOfSeals = ({ names, values }: { names: string; values: string }): string => `
insert into grants (${names}) select ${values} from (select (jsonb_populate_record(g, jsonb_build_object(
  'grant_id', 'grant_' || ${uuid("'g' || n || r.duty || k")}, 'scope_id', 'seal_' || ${uuid("'s' || n")}, 'role', r.duty,
  'person_id', 'per_' || ${uuid("'p' || (1 + (n * 7 + k * 13) % $2::int)")}))).*
from grants g, generate_series(1, 2000) n, (values ('custodian', 0), ('custodian', 1), ('supervisor', 2)) r (duty, k)
where g.grant_id = (select grant_id from grants where scope_id = $1 and role = 'custodian' limit 1)) r`;

/** Given before positions were confirmed, as those of an organisation of some years were. */
const positions = `
insert into position_confirmations (grant_id, person_id, method, at)
select grant_id, person_id, 'before-positions', granted_at from grants on conflict do nothing`;

const titles =
  "array['供货合同','采购合同','保密协议','框架协议','劳动合同','付款申请书','授权委托书','在职证明','验收报告','投标文件','报价单','海关申报单','银行询证函','租赁合同','借款合同','服务合同']";
const towns = "array['北澄','明湾','鹭洲','澜汐','云麓','青浦','临港','瑞安','恒通','华盛','天工','宏远']";
const trades = "array['精密机械','光电股份','贸易','仪器','新材料','物流','软件','医疗器械','电子科技','建筑工程']";

const gramsOf = (text: string): string => `(select coalesce(array_agg(distinct gram), '{}') from (
  select substr(${text}, at, size) as gram from generate_series(2, 3) size, generate_series(1, length(${text}) - size + 1) at) cut
  where gram !~ '[ ·/-]')`;

/** What a line is found by never reaches over the marks between its words, so each word's is counted out once. */
const words = `
create temp table words as
select kind, nr, word, ${gramsOf("lower(word)")} as grams
from (
  select 'title' as kind, n as nr, (${titles})[n] as word from generate_series(1, 16) n
  union all select 'firm', n, (${towns})[1 + n % 12] || (${trades})[1 + n / 12] || '有限公司' from generate_series(0, 119) n
  union all select 'seal', n, 'lx-s' || n || ' · 第' || n || '号业务专用章' from generate_series(1, 2000) n
  union all select 'person', n, p.name_zh from generate_series(1, 5000) n join people p on p.person_id = 'per_' || md5('p' || n)::uuid
) w`;

/** Most lines are uses; few seals and few people make most of them; times run through five years in the order of numbers. */
const manyLines = `
insert into register_lines (line_id, register, entity_id, year, running, number, at, seal_id, unit_id, person_ids, event_id, kind, facts, search, grams)
select 'line_' || md5('l' || n)::uuid, register, $2, year, running, number, at, 'seal_' || md5('s' || seal)::uuid, 'unit_' || md5('u' || (1 + n % 200))::uuid,
  array['per_' || md5('p' || a)::uuid, 'per_' || md5('p' || b)::uuid, 'per_' || md5('p' || c)::uuid], 'evt_' || md5('e' || n)::uuid, numbered.kind,
  jsonb_build_object('request', 'LX-' || n, 'documentClass', 'contract', 'applicant', 'per_' || md5('p' || a)::uuid, 'page', 1),
  concat_ws(' · ', lower(number), t.word, f.word, s.word, wa.word, wb.word, wc.word),
  t.grams || f.grams || s.grams || wa.grams || wb.grams || wc.grams
    || ${gramsOf("lower(number)")}
from (
  select *, 'LX-' || letter || '-' || year || '-' || lpad(running::text, 6, '0') as number
  from (
    select *, extract(year from at)::int as year, 100 + row_number() over (partition by register, extract(year from at) order by n) as running
    from (
      select n, at, 1 + floor($3::int * power(r2, 3))::int as seal,
        1 + floor($4::int * power(r3, 2))::int as a, 1 + floor($4::int * r4)::int as b, 1 + floor($4::int * power(r5, 4))::int as c,
        case when r < 0.7 then 'U' when r < 0.82 then 'K' when r < 0.9 then 'A' when r < 0.95 then 'T' else 'L' end as letter,
        case when r < 0.7 then 'use' when r < 0.82 then 'custody' when r < 0.9 then 'authority' when r < 0.95 then 'take-out' else 'life' end as register,
        case when r < 0.7 then 'sealed' when r < 0.78 then 'opening' when r < 0.8199 then 'handover' when r < 0.82 then 'short-return' when r < 0.9 then 'given' when r < 0.95 then 'issued' else 'stopped' end as kind
      from (
        select n, date_trunc('milliseconds', timestamptz '2022-01-01' + n * (interval '1796 days' / $1::int)) as at,
          random() as r, random() as r2, random() as r3, random() as r4, random() as r5
        from generate_series(1, $1::int) n
      ) drawn
    ) chosen
  ) written
) numbered
join words t on t.kind = 'title' and t.nr = 1 + (n * 31) % 16
join words f on f.kind = 'firm' and f.nr = (n * 17) % 120
join words s on s.kind = 'seal' and s.nr = seal
join words wa on wa.kind = 'person' and wa.nr = a join words wb on wb.kind = 'person' and wb.nr = b join words wc on wc.kind = 'person' and wc.nr = c`;

const eventsOfLines = `
insert into events (event_id, type, at, facts, leaf_hash)
select event_id, 'ImpressionSettled', at, '{}', sha256(event_id::bytea) from register_lines where event_id not in (select event_id from events)`;

const leavesOfLines = `
insert into ledger_entries (log_id, seq, leaf_hash, body, created_at)
select 'organisation', 100000 + row_number() over (order by at), leaf_hash, '\\x7b7d', at from events where type = 'ImpressionSettled'`;

const counters = `
insert into register_counters (register, entity_id, year, last)
select register, entity_id, year, max(running) from register_lines group by 1, 2, 3
on conflict (register, entity_id, year) do update set last = excluded.last`;
