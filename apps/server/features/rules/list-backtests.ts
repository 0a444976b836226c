import type { DecisiveFacts, DocumentClassId, Verdict } from "@chancery/domain";
import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { maySee } from "../requests/may-see.ts";
import { readPeople } from "../requests/read-people.ts";
import type { BacktestResult, GeneratedFacts } from "./backtest.ts";
import { type RulesReader, readVersion } from "./read-model.ts";

type Answer = HandlerAnswer<"GET /v1/rules/versions/:versionId/backtests">;

type What = NonNullable<NonNullable<Answer["items"][number]["result"]>["examples"][number]["what"]>;

/** A request as it was decided: what its documents said counts where it was the stricter. */
function tellPast(row: {
  readonly title: string;
  readonly name_en: string | null;
  readonly name_zh: string | null;
  readonly document_class: string | null;
  readonly external: boolean;
  readonly amount: string | null;
  readonly currency: string;
  readonly facts_seen: Record<string, unknown> | null;
}): What {
  const { decisive } = (row.facts_seen ?? {}) as { decisive?: DecisiveFacts };
  const decided = decisive?.amountMinor == null ? null : (decisive.amountMinor / 100).toFixed(2);
  return {
    ...{ title: row.title, sealType: null },
    unit: row.name_en !== null && row.name_zh !== null ? { en: row.name_en, zh: row.name_zh } : null,
    documentClass: decisive?.documentClass ?? (row.document_class as DocumentClassId | null),
    ...{ external: decisive?.external ?? row.external, currency: decisive?.currency ?? row.currency },
    amount: decisive ? decided : row.amount,
  };
}

const tellGenerated = ({ amount, ...facts }: GeneratedFacts): What => ({
  ...{ title: null, unit: null, ...facts },
  amount: amount === null ? null : amount.toFixed(2),
});

const tellVerdict = ({ refused, papers, steps }: Verdict) => ({ refused, papers, steps: { ...steps } });

/** What was tried with a version; who may read the version reads it. Requests are linked for who may see them. */
export async function listBacktests(env: Environment, versionId: string, reader: RulesReader): Promise<Answer> {
  const { digest } = await readVersion(env, versionId, reader);
  const rows = await env.db
    .selectFrom("rule_backtests")
    .selectAll()
    .where("version_id", "=", versionId)
    .orderBy("asked_at", "desc")
    .limit(20)
    .execute();
  const person = await readPeople(
    env.db,
    rows.map((row) => row.asked_by),
  );
  const results = rows.map((row) => row.result as BacktestResult | null);
  const named = results.flatMap((result) => result?.examples.flatMap((one) => one.requestId ?? []) ?? []);
  // Who writes the rules is told of every request that changes what it was and how it would have gone, and not whose it is or
  // what its papers say; of a confidential one nothing, also where it became so since.
  const rowsNamed = await env.db
    .selectFrom("seal_use_requests as r")
    .leftJoin("units as u", "u.unit_id", "r.unit_id")
    .select(["r.request_id", "r.title", "r.document_class", "r.external", "r.amount", "r.currency", "r.facts_seen"])
    .select(["u.name_en", "u.name_zh", "r.confidential_reason"])
    .select((eb) => maySee(reader.personId, env.clock.now())(eb as never).as("opens"))
    .where("r.request_id", "in", ["", ...named])
    .execute();
  const opens = new Set(rowsNamed.flatMap((row) => (row.opens ? [row.request_id] : [])));
  const visible = new Map(
    rowsNamed.flatMap((row) =>
      row.opens || (reader.mayWrite && row.confidential_reason === null)
        ? [[row.request_id, row.opens ? tellPast(row) : { ...tellPast(row), title: null, unit: null }] as const]
        : [],
    ),
  );
  return {
    items: rows.map((row, at): Answer["items"][number] => {
      const result = results[at];
      const told = result?.examples.filter((one) => one.facts || visible.has(one.requestId ?? "")) ?? [];
      return {
        backtestId: row.backtest_id,
        period: row.from_on !== null && row.to_on !== null ? { from: row.from_on, to: row.to_on } : null,
        current: row.digest === digest,
        ...{ askedBy: person(row.asked_by), askedAt: row.asked_at.toISOString() },
        ...{ state: row.state as Answer["items"][number]["state"], done: row.done, total: row.total },
        result: result
          ? {
              ...result,
              ...{ by: { ...result.by }, added: { ...result.added }, saved: { ...result.saved } },
              // Which requests a rule would have met tells what they were, to whoever narrows the rule: others are counted only.
              untold: result.examples.length - told.length,
              examples: told.map((one) => ({
                ...{ number: one.number, changes: [...one.changes] },
                what: one.facts ? tellGenerated(one.facts) : (visible.get(one.requestId ?? "") ?? null),
                requestId: one.requestId !== null && opens.has(one.requestId) ? one.requestId : null,
                outcomes: one.outcomes
                  ? { before: tellVerdict(one.outcomes.before), after: tellVerdict(one.outcomes.after) }
                  : null,
              })),
            }
          : null,
      };
    }),
  };
}
