import type { CaseFacts, RuleSet } from "./queries.ts";
import { TABLES } from "./queries.ts";

export const MOST_CASES = 8;

const outside: Omit<CaseFacts, "currency" | "amount"> = {
  ...{ sealType: "contract", important: true, documentClass: "contract", external: true },
  ...{ counterpartyKind: "company", template: "none", impressions: 2 },
};

/** Cases to begin with: an ordinary one, one that stays inside, and one at every limit the tables name. */
export function deriveCases(rules: RuleSet): CaseFacts[] {
  const { currency } = rules;
  const limits = new Set<number>();
  for (const table of TABLES)
    for (const { cells } of rules[table].rows) {
      const { amount } = cells;
      if (amount && "from" in amount) for (const cut of [amount.from, amount.below]) if (cut) limits.add(cut);
    }
  const amounts = [...limits].toSorted((a, b) => a - b).slice(0, 3);
  return [
    { ...outside, currency, amount: Math.min(100_000, ...amounts.map((cut) => cut / 2)) },
    ...amounts.map((amount) => ({ ...outside, currency, amount })),
    {
      ...{ sealType: "department", important: false, documentClass: "internal-notice", external: false },
      ...{ counterpartyKind: "none", template: "none", impressions: 1, amount: null, currency },
    },
  ];
}

const keyOf = (versionId: string): string => `chancery.rules.cases.${versionId}`;

/** The cases kept in this browser for a draft; undefined where there are none, or none that can be read. */
export function readCases(stored: Pick<Storage, "getItem">, versionId: string): CaseFacts[] | undefined {
  try {
    const found: unknown = JSON.parse(stored.getItem(keyOf(versionId)) ?? "null");
    return Array.isArray(found) && found.length > 0 && found.length <= MOST_CASES && found.every(isCase)
      ? found
      : undefined;
  } catch {
    return undefined;
  }
}

export function keepCases(stored: Pick<Storage, "setItem">, versionId: string, cases: readonly CaseFacts[]): void {
  try {
    stored.setItem(keyOf(versionId), JSON.stringify(cases));
  } catch {
    // A browser without storage derives them anew at the next visit.
  }
}

function isCase(value: unknown): value is CaseFacts {
  if (typeof value !== "object" || value === null) return false;
  const kinds: Readonly<Record<keyof CaseFacts, readonly string[]>> = {
    ...{ sealType: ["string"], important: ["boolean"], documentClass: ["string"], external: ["boolean"] },
    ...{ counterpartyKind: ["string"], amount: ["number", "object"], currency: ["string"], template: ["string"] },
    impressions: ["number"],
  };
  return Object.entries(kinds).every(([key, kind]) => kind.includes(typeof Reflect.get(value, key)));
}
