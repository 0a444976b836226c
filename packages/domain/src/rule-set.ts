import { cellFits, type DecisionTable, type HitPolicy, type OwnClasses, tableLimits } from "./decision-table.ts";
import { checkTable, type TableFault } from "./decision-table-check.ts";
import { FACT_IDS, type FactId } from "./fact-sheet.ts";
import { listUnstatedFaults, type UnstatedFault } from "./unstated-amount-rows.ts";
import type { LocalName, SealType } from "./vocabulary.ts";

/** Papers that a rule can ask for beside the document itself. */
export const ATTACHMENT_KINDS = [
  "board-resolution",
  "shareholders-resolution",
  "party-committee-minutes",
  "power-of-attorney",
  "counterparty-licence",
  "budget-approval",
  "tender-result",
  "credit-approval",
] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];

export const attachmentNames: Readonly<Record<AttachmentKind, LocalName>> = {
  "board-resolution": { en: "resolution of the board", zh: "董事会决议" },
  "shareholders-resolution": { en: "resolution of the shareholders", zh: "股东会决议" },
  "party-committee-minutes": { en: "minutes of the party committee", zh: "党委会会议纪要" },
  "power-of-attorney": { en: "power of attorney", zh: "授权委托书" },
  "counterparty-licence": { en: "the counterparty's business licence", zh: "相对方营业执照" },
  "budget-approval": { en: "approval of the budget", zh: "预算批复" },
  "tender-result": { en: "result of the tender", zh: "采购（中标）结果" },
  "credit-approval": { en: "approval of the credit", zh: "授信批复" },
};

/** What the first table says of one seal on one document. `ask`: allowed once the papers named are attached. */
export interface ScopeOutput {
  readonly answer: "allow" | "refuse" | "ask";
  /** Where it refuses: the seals that are right instead, the most fitting first. */
  readonly rightSeals: readonly SealType[];
  readonly attachments: readonly AttachmentKind[];
}

export const STEP_KINDS = ["unit-head", "legal-review", "named", "signatory"] as const;
export type StepKind = (typeof STEP_KINDS)[number];
/** How many of the people of a step have to agree: any one, all of them, or a number of them. */
export const STEP_MODES = ["any", "all", "quorum"] as const;
export type StepMode = (typeof STEP_MODES)[number];

/** One step that a row of the second table adds. Steps of one stage are decided side by side, stages one after the other. */
export interface RouteOutput {
  readonly stage: number;
  readonly decider: StepKind;
  /** For `named`: what the step is called, and who decides it. */
  readonly title: LocalName;
  readonly people: readonly string[];
  readonly mode: StepMode;
  /** For `quorum`: how many. */
  readonly quorum: number;
  /** Hours after which the step is overdue; null for no limit. */
  readonly hours: number | null;
  /** What is done where nobody could decide it: the request is refused, or goes on without the step. */
  readonly ifNobody: "refuse" | "skip";
}

/** What the third table says of a request as a whole. */
export interface LimitOutput {
  readonly impressionsMost: number | null;
  /** Days of validity from the submission on; null: to the end of the year. */
  readonly validDays: number | null;
  /** Every decision asks for a fresh proof of presence, also where no seal is important. */
  readonly presence: boolean;
  /** The sealing is confirmed by a second person, also where no seal is important. */
  readonly supervised: boolean;
}

export interface RuleSet {
  /** The currency of every amount in the tables, and what one unit of another counts as. */
  readonly currency: string;
  readonly rates: Readonly<Record<string, number>>;
  readonly scope: DecisionTable<ScopeOutput>;
  readonly route: DecisionTable<RouteOutput>;
  readonly limits: DecisionTable<LimitOutput>;
}

export const TABLE_IDS = ["scope", "route", "limits"] as const;
export type TableId = (typeof TABLE_IDS)[number];

export const tableNames: Readonly<Record<TableId, LocalName>> = {
  scope: { en: "which seal for what", zh: "用印范围" },
  route: { en: "who decides", zh: "审批路线" },
  limits: { en: "limits", zh: "用印限制" },
};

export const hitPolicies: Readonly<Record<TableId, HitPolicy>> = { scope: "first", route: "collect", limits: "first" };

/** What the tables may ask: the first is asked of each seal, the others once for the request (`important`: any of its seals). */
export const tableFacts: Readonly<Record<TableId, readonly FactId[]>> = {
  scope: FACT_IDS,
  route: FACT_IDS.filter((fact) => fact !== "sealType"),
  limits: FACT_IDS.filter((fact) => fact !== "sealType" && fact !== "impressions"),
};

/** The last stage a row can name; the authorised signatory always comes in a stage of his own after every other. */
export const lastStage = 9;

export type RuleSetFault = { readonly table: TableId } & (
  | TableFault
  | UnstatedFault
  /** The row, or its answer, can not stand so. */
  | { readonly kind: "row"; readonly rowId: string; readonly code: RowFaultCode }
  /** More rows than a table may have; else a column that stands twice or has no place in it. */
  | { readonly kind: "size"; readonly rows: number }
  | { readonly kind: "size"; readonly column: FactId }
);
export type RowFaultCode =
  | "cell"
  | "text"
  | "twice"
  | "nobody-named"
  | "quorum"
  | "stage"
  | "signatory-last"
  | "number"
  | "no-right-seal"
  | "nothing-asked"
  | "reason-en"
  | "reason-zh";
const reasonFaults: readonly RowFaultCode[] = ["reason-en", "reason-zh"];

/** Faults that may be meant: they are shown to who writes and to who decides, and keep nothing from being proposed. */
const warning: readonly RuleSetFault["kind"][] = ["overlap", "unstated-passes"];

/** What of these faults keeps a rule set from being proposed; the rest warns. */
export const isBlocking = (fault: RuleSetFault): boolean =>
  fault.kind === "row" ? !reasonFaults.includes(fault.code) : !warning.includes(fault.kind);

const refuses = (output: unknown): boolean =>
  typeof output === "object" && output !== null && "answer" in output && output.answer === "refuse";
const sameValue = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Everything wrong with a rule set, before anybody can propose it. Total on whatever a file holds. */
export function checkRuleSet(rules: RuleSet, own: OwnClasses): RuleSetFault[] {
  return TABLE_IDS.flatMap((table): RuleSetFault[] => {
    const { inputs, rows } = rules[table];
    const known = new Set(tableFacts[table]);
    if (rows.length > tableLimits.rows) return [{ table, kind: "size", rows: rows.length }];
    const column = inputs.find((one, at) => inputs.indexOf(one) !== at || !known.has(one));
    if (column !== undefined) return [{ table, kind: "size", column }];
    const wrong = listRowFaults(table, rules, own);
    const unsaid = listUnsaidReasons(table, rules);
    if (wrong.length > 0) return [...wrong, ...unsaid];
    const faults = checkTable<unknown>(rules[table], hitPolicies[table], {
      // Of a route, no step is an answer: the signatory's is there in any case. Scope and limits answer everything.
      gaps: table !== "route",
      // A refusal stands above what it is an exception of, however far each reaches.
      mayPrecede: (first, other) => refuses(first) || sameValue(first, other),
      own,
    });
    const unstated = faults.some((fault) => fault.kind === "too-complex") ? [] : listUnstatedFaults(table, rules, own);
    return [...[...faults, ...unstated].map((fault) => ({ table, ...fault })), ...unsaid];
  });
}

/** Rows that do not say why in both languages: whoever they refuse, or ask for papers, reads nothing. */
function listUnsaidReasons(table: TableId, rules: RuleSet): RuleSetFault[] {
  return rules[table].rows.flatMap(({ rowId, reason }) =>
    (["en", "zh"] as const).flatMap((language): RuleSetFault[] =>
      reason[language].trim() === "" ? [{ table, kind: "row", rowId, code: `reason-${language}` }] : [],
    ),
  );
}

function listRowFaults(table: TableId, rules: RuleSet, own: OwnClasses): RuleSetFault[] {
  const seen = new Set<string>();
  const { inputs, rows } = rules[table];
  return rows.flatMap((row): RuleSetFault[] => {
    const { rowId, cells, reason, clause, output } = row;
    const codes: RowFaultCode[] = [];
    if (seen.has(rowId)) codes.push("twice");
    seen.add(rowId);
    const entries = Object.entries(cells) as [FactId, NonNullable<(typeof cells)[FactId]>][];
    if (entries.some(([fact, cell]) => !inputs.includes(fact) || !cellFits(fact, cell, own))) codes.push("cell");
    if ([reason.en, reason.zh, clause.en, clause.zh].some((text) => text.length > tableLimits.text)) codes.push("text");
    if (table === "scope") codes.push(...listScopeFaults(output as ScopeOutput));
    if (table === "route") codes.push(...listRouteFaults(output as RouteOutput));
    if (table === "limits") codes.push(...listLimitFaults(output as LimitOutput));
    return codes.map((code) => ({ table, kind: "row", rowId, code }));
  });
}

function listScopeFaults({ answer, rightSeals, attachments }: ScopeOutput): RowFaultCode[] {
  return [
    ...(answer === "refuse" && rightSeals.length === 0 ? (["no-right-seal"] as const) : []),
    ...(answer === "ask" && attachments.length === 0 ? (["nothing-asked"] as const) : []),
  ];
}

function listRouteFaults({ stage, decider, people, title, mode, quorum, hours }: RouteOutput): RowFaultCode[] {
  const named = decider === "named";
  return [
    ...(named && (people.length === 0 || title.en.trim() === "" || title.zh.trim() === "")
      ? (["nobody-named"] as const)
      : []),
    ...(mode === "quorum" && (!Number.isInteger(quorum) || quorum < 2 || (named && quorum > new Set(people).size))
      ? (["quorum"] as const)
      : []),
    ...(!Number.isInteger(stage) || stage < 1 || stage > lastStage ? (["stage"] as const) : []),
    ...(decider === "signatory" && stage !== lastStage ? (["signatory-last"] as const) : []),
    ...(decider !== "signatory" && stage === lastStage ? (["stage"] as const) : []),
    ...(hours !== null && !(Number.isInteger(hours) && hours >= 1 && hours <= 24 * 60) ? (["number"] as const) : []),
  ];
}

function listLimitFaults({ impressionsMost, validDays }: LimitOutput): RowFaultCode[] {
  const fits = (value: number | null, most: number): boolean =>
    value === null || (Number.isInteger(value) && value >= 1 && value <= most);
  return fits(impressionsMost, 100_000) && fits(validDays, 366) ? [] : ["number"];
}
