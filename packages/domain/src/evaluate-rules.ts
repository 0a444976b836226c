import { listAskedPapers } from "./asked-papers.ts";
import { type Cell, type DecisionTable, type HitPolicy, names, type TableRow } from "./decision-table.ts";
import type { DocumentClassId } from "./document-class.ts";
import { type CounterpartyKind, countAmount, type FactId, type FactSheet, type TemplateVerdict } from "./fact-sheet.ts";
import { type Refusal, refuse } from "./refusal.ts";
import type { DemandedStep } from "./route.ts";
import {
  type AttachmentKind,
  hitPolicies,
  type LimitOutput,
  type RuleSet,
  type ScopeOutput,
  type TableId,
} from "./rule-set.ts";
import type { SealType } from "./vocabulary.ts";

/** Whether a value is what a cell asks for; a cell that is not there asks for nothing. */
function fits(cell: Cell | undefined, value: FactSheet[FactId]): boolean {
  if (cell === undefined) return true;
  if ("in" in cell) return typeof value === "string" && names(cell.in, value);
  if ("is" in cell) return value === cell.is;
  if ("stated" in cell) return value === null;
  return (
    typeof value === "number" &&
    (cell.from === null || value >= cell.from) &&
    (cell.below === null || value < cell.below)
  );
}

/** The rows of a table that fire on a fact sheet: the first that fits, or all that do, in the table's order. */
export function evaluateTable<Output>(
  { inputs, rows }: DecisionTable<Output>,
  hit: HitPolicy,
  sheet: FactSheet,
): TableRow<Output>[] {
  const fired: TableRow<Output>[] = [];
  for (const row of rows) {
    if (!inputs.every((fact) => fits(row.cells[fact], sheet[fact]))) continue;
    fired.push(row);
    if (hit === "first") break;
  }
  return fired;
}

/** What the rules are asked of: a request as it was applied for. */
export interface RequestFacts {
  readonly documentClass: DocumentClassId;
  /** Of the class as the organisation has it. */
  readonly makesRights: boolean;
  readonly external: boolean;
  readonly counterpartyKind: CounterpartyKind;
  /** In `currency`; null where none was stated. */
  readonly amount: number | null;
  readonly currency: string;
  readonly template: TemplateVerdict;
  readonly impressions: number;
  readonly seals: readonly {
    readonly sealId: string;
    readonly type: SealType;
    readonly important: boolean;
    /** Whether its own kind refuses already: the same is not said twice. */
    readonly outOfScope?: boolean;
  }[];
  readonly attachments: readonly AttachmentKind[];
}

/** The rows that fired, kept with the request: what it was promised stays readable when the rules have changed. */
export interface FiredRows {
  readonly scope: Readonly<Record<string, string>>;
  readonly route: readonly string[];
  readonly limits: string;
}

export interface RulesDecision {
  readonly refusals: readonly Refusal[];
  /** What is said of each seal. */
  readonly scope: readonly { readonly sealId: string; readonly rowId: string; readonly output: ScopeOutput }[];
  readonly steps: readonly DemandedStep[];
  readonly limits: LimitOutput;
  /** Papers that a rule asks for, whether or not they are there. */
  readonly attachments: readonly AttachmentKind[];
  readonly fired: FiredRows;
}

/** What holds where the tables say nothing: nothing is allowed that a table should have allowed. */
const strictestLimits: LimitOutput = { impressionsMost: null, validDays: null, presence: true, supervised: true };

export function sheetOf(
  facts: Omit<RequestFacts, "seals" | "attachments">,
  seal: { readonly type: string; readonly important: boolean },
  rules: Pick<RuleSet, "currency" | "rates">,
): FactSheet {
  const { documentClass, makesRights, external, counterpartyKind, template, impressions } = facts;
  return {
    ...{ sealType: seal.type, important: seal.important, documentClass, makesRights, external, template, impressions },
    // Somebody outside there is: who he is was then not said.
    counterpartyKind: external ? (counterpartyKind === "none" ? "unknown" : counterpartyKind) : "none",
    amount: countAmount(facts.amount, facts.currency, rules),
  };
}

/** What the rules say of one seal on this request (C06, C07). A table without an answer refuses. */
export function decideScope(
  rules: RuleSet,
  facts: Omit<RequestFacts, "seals" | "attachments">,
  seal: RequestFacts["seals"][number],
): { readonly row: TableRow<ScopeOutput> | null; readonly refusal: Refusal | null } {
  const [row] = evaluateTable(rules.scope, hitPolicies.scope, sheetOf(facts, seal, rules));
  if (!row) return { row: null, refusal: noAnswer("scope") };
  const { sealType, documentClass } = { sealType: seal.type, documentClass: facts.documentClass };
  const inside = facts.external && row.cells.external !== undefined;
  const control = inside ? "C06" : "C07";
  const right = row.output.rightSeals.join(" ");
  const refusal =
    row.output.answer !== "refuse"
      ? null
      : right === ""
        ? refuse("rules.seal-refused-none", { sealType, documentClass, row: row.rowId }, control)
        : refuse("rules.seal-refused", { sealType, documentClass, rightSeals: right, row: row.rowId }, control);
  return { row, refusal };
}

const noAnswer = (table: TableId): Refusal => refuse("rules.no-answer", { table }, "C01");

/** Asks the three tables. Whatever a table does not answer is refused or as strict as can be: no gap opens the gate. */
export function decideByRules(rules: RuleSet, facts: RequestFacts): RulesDecision {
  const refusals: Refusal[] = [];
  const scope: { sealId: string; rowId: string; output: ScopeOutput }[] = [];
  for (const seal of facts.seals) {
    const { row, refusal } = decideScope(rules, facts, seal);
    if (refusal && seal.outOfScope !== true) refusals.push(refusal);
    if (row) scope.push({ sealId: seal.sealId, rowId: row.rowId, output: row.output });
  }
  const firedScope = Object.fromEntries(scope.map(({ sealId, rowId }) => [sealId, rowId]));
  const attachments = listAskedPapers(rules.scope, firedScope).map(({ kind }) => kind);
  const missing = attachments.filter((kind) => !facts.attachments.includes(kind));
  if (missing.length > 0) refusals.push(refuse("rules.attachment-missing", { attachments: missing.join(" ") }, "C01"));

  // A request is one: if one of its seals is important, the route and the limits are those of an important seal.
  const important = facts.seals.some((seal) => seal.important);
  const sheet = sheetOf(facts, { type: facts.seals[0]?.type ?? "official", important }, rules);
  const steps = evaluateTable(rules.route, hitPolicies.route, sheet);
  const [limit] = evaluateTable(rules.limits, hitPolicies.limits, sheet);
  if (!limit) refusals.push(noAnswer("limits"));
  const limits = limit?.output ?? strictestLimits;
  if (limits.impressionsMost !== null && facts.impressions > limits.impressionsMost)
    refusals.push(
      refuse("rules.too-many-impressions", { most: limits.impressionsMost, asked: facts.impressions }, "C07"),
    );
  return {
    ...{ refusals, scope, steps, limits, attachments },
    fired: {
      scope: firedScope,
      route: steps.map(({ rowId }) => rowId),
      limits: limit?.rowId ?? "",
    },
  };
}
