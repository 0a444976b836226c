import type { HandlerAnswer } from "../../platform/call.ts";
import type { Environment } from "../../platform/environment.ts";
import { maySee } from "../requests/may-see.ts";
import { readPeople } from "../requests/read-people.ts";
import type { BacktestResult } from "./backtest.ts";
import { type RulesReader, readVersion } from "./read-model.ts";

type Answer = HandlerAnswer<"GET /v1/rules/versions/:versionId/backtests">;

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
  const seen = await env.db
    .selectFrom("seal_use_requests as r")
    .select("r.request_id")
    .where("r.request_id", "in", ["", ...named])
    .where(maySee(reader.personId, env.clock.now()))
    .execute();
  const visible = new Set(seen.map((row) => row.request_id));
  return {
    items: rows.map((row, at): Answer["items"][number] => {
      const result = results[at];
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
              examples: result.examples.map((one) => ({
                ...{ number: one.number, changes: [...one.changes] },
                requestId: one.requestId !== null && visible.has(one.requestId) ? one.requestId : null,
              })),
            }
          : null,
      };
    }),
  };
}
