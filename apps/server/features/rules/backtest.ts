import {
  addToBacktest,
  type BacktestChange,
  type BacktestSum,
  COUNTERPARTY_KINDS,
  classIn,
  countHours,
  type DecisiveFacts,
  type DocumentClassId,
  emptySum,
  generateYear,
  judgeByRules,
  type PastRequest,
  type RuleSet,
  type SealType,
  type StepKind,
  type Verdict,
} from "@chancery/domain";
import { sql } from "kysely";
import { type Reader, transact } from "../../platform/db.ts";
import type { Environment } from "../../platform/environment.ts";
import { newId } from "../../platform/ids.ts";
import { problems } from "../../platform/problems.ts";
import { readClassBook } from "../document-classes/class-rows.ts";
import { readRulesInForce } from "./read-rules.ts";

export type GeneratedFacts = Pick<PastRequest["facts"], "documentClass" | "external" | "amount" | "currency"> & {
  readonly sealType: SealType | null;
};

export interface BacktestResult extends BacktestSum {
  /** Hours of people's waiting by what such steps took; null where a kind of step was never measured. */
  readonly hoursAdded: number | null;
  readonly hoursSaved: number | null;
  /** The first of those that would have gone another way. */
  readonly examples: readonly {
    readonly requestId: string | null;
    readonly number: string;
    readonly changes: readonly BacktestChange[];
    /** Of a generated one what it was; what a real one was is read for who may open it. */
    readonly facts?: GeneratedFacts;
    /** By the rules in force, and by the draft; absent in what was tried before both were kept. */
    readonly outcomes?: { readonly before: Verdict; readonly after: Verdict };
  }[];
}

const generatedYear = { requests: 20_000, seed: 20_260_101 } as const;
const pageSize = 500;
const mostExamples = 200;

/** Asks for a backtest of a draft against the rules in force: over requests submitted in these days, or a generated year. */
export async function askForBacktest(
  env: Environment,
  actorId: string,
  versionId: string,
  period: { from: string; to: string } | null,
): Promise<string> {
  return transact(env.db, async (tx) => {
    const draft = await tx
      .selectFrom("rule_versions")
      .select("digest")
      .where("version_id", "=", versionId)
      .executeTakeFirst();
    if (!draft) throw problems.notFound();
    const now = env.clock.now();
    const backtestId = newId("btst", now);
    const against = (await readRulesInForce(tx)).versionId;
    await tx
      .insertInto("rule_backtests")
      .values({
        ...{ backtest_id: backtestId, version_id: versionId, digest: draft.digest, against },
        ...{ from_on: period?.from ?? null, to_on: period?.to ?? null, asked_by: actorId, asked_at: new Date(now) },
        ...{ state: "waiting", done: 0, total: 0, result: null },
      })
      .execute();
    await env.enqueue(tx, "backtest", { backtestId }, `backtest ${backtestId}`);
    return backtestId;
  });
}

/** Runs a backtest that was asked for, page by page, telling how far it has come. What was killed begins anew. */
export async function runBacktest(env: Environment, backtestId: string): Promise<void> {
  const asked = await env.db
    .selectFrom("rule_backtests as b")
    .innerJoin("rule_versions as v", "v.version_id", "b.version_id")
    .select(["b.state", "b.from_on", "b.to_on", "b.digest", "v.digest as digest_now", "v.rules"])
    .where("b.backtest_id", "=", backtestId)
    .executeTakeFirst();
  if (!asked || asked.state === "done" || asked.state === "failed") return;
  const set = (change: { state: string; done: number; total: number; result?: string }) =>
    env.db.updateTable("rule_backtests").set(change).where("backtest_id", "=", backtestId).execute();
  // What was changed since it was asked for is another draft.
  if (asked.digest !== asked.digest_now) {
    await set({ state: "failed", done: 0, total: 0 });
    return;
  }
  const [before, after] = [(await readRulesInForce(env.db)).rules, asked.rules as unknown as RuleSet];
  const period = asked.from_on !== null && asked.to_on !== null ? { from: asked.from_on, to: asked.to_on } : null;
  const total = period ? await countPast(env.db, period) : generatedYear.requests;
  let sum = emptySum;
  const examples: BacktestResult["examples"][number][] = [];
  for await (const page of period
    ? readPast(env.db, period)
    : pagesOf(generateYear(generatedYear.requests, generatedYear.seed))) {
    for (const { requestId, number, facts } of page) {
      const outcomes = { before: judgeByRules(before, facts), after: judgeByRules(after, facts) };
      const step = addToBacktest(sum, outcomes.before, outcomes.after);
      sum = step.sum;
      if (step.changes.length > 0 && examples.length < mostExamples)
        examples.push({
          requestId,
          number,
          outcomes,
          changes: step.changes,
          ...(period ? {} : { facts: tellFacts(facts) }),
        });
    }
    await set({ state: "running", done: sum.requests, total: Math.max(total, sum.requests) });
  }
  const hours = await readStepHours(env.db, env.clock.now());
  const result: BacktestResult = {
    ...sum,
    ...{ hoursAdded: countHours(sum.added, hours), hoursSaved: countHours(sum.saved, hours), examples },
  };
  await set({ state: "done", done: sum.requests, total: sum.requests, result: JSON.stringify(result) });
}

const tellFacts = ({ documentClass, external, amount, currency, seals }: PastRequest["facts"]): GeneratedFacts => ({
  ...{ documentClass, external, amount, currency, sealType: seals[0]?.type ?? null },
});

async function* pagesOf(year: readonly PastRequest[]): AsyncGenerator<readonly PastRequest[]> {
  for (let at = 0; at < year.length; at += pageSize) yield year.slice(at, at + pageSize);
}

async function countPast(reader: Reader, { from, to }: { from: string; to: string }): Promise<number> {
  const { count } = await reader
    .selectFrom("seal_use_requests")
    .select((eb) => eb.fn.countAll<string>().as("count"))
    .where("number", "is not", null)
    .where("document_class", "is not", null)
    .where("confidential_reason", "is", null)
    .where(sql<boolean>`submitted_at::date between ${from}::date and ${to}::date`)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Requests that were submitted in these days, as they stand, oldest first. */
async function* readPast(
  reader: Reader,
  { from, to }: { from: string; to: string },
): AsyncGenerator<readonly PastRequest[]> {
  const classes = await readClassBook(reader);
  let after = "";
  for (;;) {
    const rows = await reader
      .selectFrom("seal_use_requests as r")
      .select([
        "r.request_id",
        "r.number",
        "r.document_class",
        "r.external",
        "r.counterparty_kind",
        "r.amount",
        "r.currency",
        "r.facts_seen",
      ])
      .where("r.number", "is not", null)
      .where("r.document_class", "is not", null)
      // A row of a table can ask for any amount: whether it hit one would tell what only its readers may know.
      .where("r.confidential_reason", "is", null)
      .where("r.request_id", ">", after)
      .where(sql<boolean>`r.submitted_at::date between ${from}::date and ${to}::date`)
      .orderBy("r.request_id")
      .limit(pageSize)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    after = last.request_id;
    const placed = await readPlaced(
      reader,
      rows.map((row) => row.request_id),
    );
    yield rows.map((row) => {
      const own = placed.get(row.request_id) ?? { impressions: 0, seals: [] };
      // What decided then: the documents may have said more than was declared.
      const { decisive } = (row.facts_seen ?? {}) as { decisive?: DecisiveFacts };
      const documentClass = decisive?.documentClass ?? (row.document_class as DocumentClassId);
      const declared = row.amount === null ? null : Number(row.amount);
      const decided = decisive?.amountMinor === null ? null : (decisive?.amountMinor ?? 0) / 100;
      return {
        ...{ requestId: row.request_id, number: row.number ?? "" },
        facts: {
          ...{ documentClass, makesRights: classIn(classes, documentClass).makesRights },
          ...{ external: decisive?.external ?? row.external, currency: decisive?.currency ?? row.currency },
          ...{ attachments: [], template: decisive?.template ?? "none" },
          counterpartyKind: COUNTERPARTY_KINDS.find((one) => one === row.counterparty_kind) ?? "unknown",
          amount: decisive ? decided : declared,
          ...own,
        },
      };
    });
  }
}

/** The seals that were placed, and how often. */
async function readPlaced(
  reader: Reader,
  requestIds: readonly string[],
): Promise<Map<string, Pick<PastRequest["facts"], "impressions" | "seals">>> {
  const { rows } = await sql<{ request_id: string; seal_id: string; type: string; important: boolean; count: string }>`
    select d.request_id, s.seal_id, s.type, s.important, count(*) as count
    from request_documents d cross join lateral jsonb_array_elements(d.placements) as p
      join seals s on s.seal_id = p->>'sealId'
    where d.request_id = any(${[...requestIds]}) group by d.request_id, s.seal_id, s.type, s.important`.execute(reader);
  const placed = new Map<
    string,
    { impressions: number; seals: { sealId: string; type: SealType; important: boolean }[] }
  >();
  for (const row of rows) {
    const own = placed.get(row.request_id) ?? { impressions: 0, seals: [] };
    own.impressions += Number(row.count);
    own.seals.push({ sealId: row.seal_id, type: row.type as SealType, important: row.important });
    placed.set(row.request_id, own);
  }
  return placed;
}

/** The middle of the hours that each kind of step took in the last year, from its turn to its decision. */
async function readStepHours(reader: Reader, now: number): Promise<Partial<Record<StepKind, number>>> {
  const { rows } = await sql<{ kind: string; hours: number }>`
    select kind, percentile_cont(0.5) within group (order by extract(epoch from decided_at - began) / 3600) as hours
    from (
      select st.kind, st.decided_at, coalesce(
        (select max(b.decided_at) from request_steps b
          where b.request_id = st.request_id and b.round = st.round and b.stage < st.stage), r.submitted_at) as began
      from request_steps st join seal_use_requests r on r.request_id = st.request_id
      where st.decided_at > ${new Date(now)}::timestamptz - interval '1 year' and st.state = 'approved'
    ) as taken where decided_at >= began group by kind`.execute(reader);
  return Object.fromEntries(rows.map((row) => [row.kind, Number(row.hours)]));
}
