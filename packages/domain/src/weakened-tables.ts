import type { OwnClasses, TableRow } from "./decision-table.ts";
import { type Region, walkTable } from "./decision-table-check.ts";
import { FACT_IDS } from "./fact-sheet.ts";
import type { AttachmentKind, LimitOutput, RuleSet, ScopeOutput } from "./rule-set.ts";

/** In what the first and the third table ask less than before: the answers of the first row that fits are held against each other. */
export type TableWeakening =
  /** A seal that was refused is allowed, or allowed with papers. */
  | (Place & { readonly kind: "allowed" })
  /** These papers are not asked for any more. */
  | (Place & { readonly kind: "papers"; readonly papers: readonly AttachmentKind[] })
  | (Place & { readonly kind: LimitLoosened })
  /** More cases than can be looked through, or amounts in another currency: nothing is said of the table. */
  | { readonly kind: "not-compared"; readonly table: "scope" | "limits" };

interface Place {
  readonly regions: readonly Region[];
  /** Further cases that are not named. */
  readonly more: number;
}
type LimitLoosened = "impressions" | "validity" | "presence" | "supervision";

const mostRegions = 3;
export const placeOf = (regions: readonly Region[]): Place => ({
  regions: regions.slice(0, mostRegions),
  more: Math.max(0, regions.length - mostRegions),
});

/** What the tables of `after` refuse, ask for or limit less than those of `before`, exactly. */
export function listTableWeakenings(before: RuleSet, after: RuleSet, own: OwnClasses): TableWeakening[] {
  if (before.currency !== after.currency)
    return (["scope", "limits"] as const).map((table) => ({ kind: "not-compared", table }));
  return [...compareScope(before, after, own), ...compareLimits(before, after, own)];
}

type Table<Output> = { readonly inputs: readonly string[]; readonly rows: readonly TableRow<Output>[] };

/** Goes through the cases that both tables tell apart, with what each answers there; false where those are too many. */
function walkBoth<Output>(
  before: Table<Output>,
  after: Table<Output>,
  own: OwnClasses,
  take: (was: Output, is: Output, region: Region) => void,
): boolean {
  const mark = ({ inputs, rows }: Table<Output>, sign: "-" | "+"): TableRow<Output>[] =>
    rows.map((row) => ({
      ...{ ...row, rowId: `${sign}${row.rowId}` },
      // What stands in a column that the table does not have asks nothing.
      cells: Object.fromEntries(Object.entries(row.cells).filter(([fact]) => inputs.includes(fact))),
    }));
  return walkTable(FACT_IDS, [...mark(before, "-"), ...mark(after, "+")], own, (left, region) => {
    const was = left.find(({ rowId }) => rowId.startsWith("-"));
    const is = left.find(({ rowId }) => rowId.startsWith("+"));
    // Where a table has no answer it refuses: nothing can be weaker, and nothing new was weakened by a first answer.
    if (was && is) take(was.output, is.output, region);
  });
}

function compareScope(before: RuleSet, after: RuleSet, own: OwnClasses): TableWeakening[] {
  const allowed: Region[] = [];
  const unasked = new Map<string, { papers: AttachmentKind[]; regions: Region[] }>();
  const askedBy = ({ answer, attachments }: ScopeOutput): readonly AttachmentKind[] =>
    answer === "ask" ? attachments : [];
  const whole = walkBoth(before.scope, after.scope, own, (was, is, region) => {
    if (is.answer === "refuse") return;
    if (was.answer === "refuse") {
      allowed.push(region);
      return;
    }
    const papers = askedBy(was).filter((kind) => !askedBy(is).includes(kind));
    if (papers.length === 0) return;
    const known = unasked.get(papers.join(" ")) ?? { papers, regions: [] };
    known.regions.push(region);
    unasked.set(papers.join(" "), known);
  });
  if (!whole) return [{ kind: "not-compared", table: "scope" }];
  return [
    ...(allowed.length > 0 ? [{ kind: "allowed" as const, ...placeOf(allowed) }] : []),
    ...[...unasked.values()].map(({ papers, regions }) => ({ kind: "papers" as const, papers, ...placeOf(regions) })),
  ];
}

const most = (limit: number | null): number => limit ?? Number.POSITIVE_INFINITY;
/** In what a limit can be looser than another one. */
export const loosened: Readonly<Record<LimitLoosened, (was: LimitOutput, is: LimitOutput) => boolean>> = {
  impressions: (was, is) => most(is.impressionsMost) > most(was.impressionsMost),
  validity: (was, is) => most(is.validDays) > most(was.validDays),
  presence: (was, is) => was.presence && !is.presence,
  supervision: (was, is) => was.supervised && !is.supervised,
};

function compareLimits(before: RuleSet, after: RuleSet, own: OwnClasses): TableWeakening[] {
  const found = { impressions: [], validity: [], presence: [], supervision: [] } as Record<LimitLoosened, Region[]>;
  const kinds = Object.keys(loosened) as LimitLoosened[];
  const whole = walkBoth(before.limits, after.limits, own, (was, is, region) => {
    for (const kind of kinds) if (loosened[kind](was, is)) found[kind].push(region);
  });
  if (!whole) return [{ kind: "not-compared", table: "limits" }];
  return kinds.flatMap((kind) => (found[kind].length > 0 ? [{ kind, ...placeOf(found[kind]) }] : []));
}
