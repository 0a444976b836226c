import { type FactDisagreement, findDecidingAmount } from "@chancery/domain";
import type { Reader } from "../../platform/db.ts";
import type { FactsSeen } from "./facts-seen.ts";

interface Row {
  readonly request_id: string;
  readonly round: number;
  readonly amount: string | null;
  readonly currency: string;
  readonly facts_seen: Record<string, unknown> | null;
}
interface ReadAmount {
  readonly amount: string;
  readonly currency: string;
}

const listRead = (row: Row): readonly FactDisagreement[] =>
  ((row.facts_seen as unknown as FactsSeen | null)?.disagreements ?? []).filter(({ fact }) => fact === "amount");

/** Of the requests that were decided by an amount their documents say and not by the declared one: that amount. */
export async function readDecidingAmounts(
  reader: Reader,
  rows: readonly Row[],
): Promise<ReadonlyMap<string, ReadAmount>> {
  const differing = rows.filter((row) => listRead(row).length > 0);
  if (differing.length === 0) return new Map();
  const rulings = await reader
    .selectFrom("request_fact_rulings")
    .select(["request_id", "round", "key"])
    .where("ruling", "=", "declared")
    .where(
      "request_id",
      "in",
      differing.map((row) => row.request_id),
    )
    .execute();
  return new Map(
    differing.flatMap((row) => {
      const own = rulings.filter((one) => one.request_id === row.request_id && one.round === row.round);
      const declared = {
        amountMinor: row.amount === null ? null : Math.round(Number(row.amount) * 100),
        currency: row.currency,
      };
      const found = findDecidingAmount(declared, listRead(row), new Set(own.map(({ key }) => key)));
      if (found === null) return [];
      return [[row.request_id, { amount: (found.minor / 100).toFixed(2), currency: found.currency }] as const];
    }),
  );
}
