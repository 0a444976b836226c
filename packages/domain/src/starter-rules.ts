import type { Cell, DecisionTable, TableRow } from "./decision-table.ts";
import type { FactId } from "./fact-sheet.ts";
import {
  type AttachmentKind,
  type LimitOutput,
  lastStage,
  type RouteOutput,
  type RuleSet,
  type ScopeOutput,
} from "./rule-set.ts";
import type { LocalName, SealType } from "./vocabulary.ts";

/** The kinds of organisation that a starter set is written for. */
export const STARTER_SETS = ["small-company", "group", "state-owned", "bank-like"] as const;
export type StarterSetId = (typeof STARTER_SETS)[number];

export const starterSetNames: Readonly<Record<StarterSetId, LocalName>> = {
  "small-company": { en: "Small company", zh: "小型企业" },
  group: { en: "Company or group with departments", zh: "设有部门的公司或集团" },
  "state-owned": { en: "State-owned company", zh: "国有企业" },
  "bank-like": { en: "Bank or other supervised institution", zh: "银行等受监管机构" },
};

type Cells = Readonly<Partial<Record<FactId, Cell>>>;
const row = <Output>(
  rowId: string,
  cells: Cells,
  output: Output,
  reason: [en: string, zh: string],
  clause: [en: string, zh: string],
): TableRow<Output> => ({
  ...{ rowId, cells, output },
  ...{ reason: { en: reason[0], zh: reason[1] }, clause: { en: clause[0], zh: clause[1] } },
});

/** The clause of a rule that serves controls of this product; what the law asks for is named by its article instead. */
const control = (...ids: string[]): [en: string, zh: string] => [
  `${ids.length > 1 ? "controls" : "control"} ${ids.join(", ")}`,
  `控制点 ${ids.join("、")}`,
];

const table = <Output>(rows: readonly TableRow<Output>[], most: readonly FactId[]): DecisionTable<Output> => ({
  inputs: most,
  rows,
});

const isOneOf = (...values: string[]): Cell => ({ in: values });
const from = (amount: number): Cell => ({ from: amount, below: null });
const yes: Cell = { is: true };
const no: Cell = { is: false };

const allow: ScopeOutput = { answer: "allow", rightSeals: [], attachments: [] };
const useInstead = (...rightSeals: SealType[]): ScopeOutput => ({ answer: "refuse", rightSeals, attachments: [] });
const ask = (...attachments: AttachmentKind[]): ScopeOutput => ({ answer: "ask", rightSeals: [], attachments });

const noTitle: LocalName = { en: "", zh: "" };
const step = (
  stage: number,
  decider: "unit-head" | "legal-review" | "signatory",
  more: Partial<RouteOutput> = {},
): RouteOutput => ({
  ...{ stage, decider, title: noTitle, people: [], mode: "any", quorum: 2, hours: null, ifNobody: "refuse" },
  ...more,
});

/** Seals that speak for a part of the organisation and bind nobody outside. */
const insideSeals = ["department", "party-committee", "supervisory-board", "date-receipt", "personal-name"];

const scopeBase = [
  row(
    "inside-seal-outside",
    { sealType: isOneOf(...insideSeals), external: yes },
    useInstead("contract", "official"),
    [
      "A seal of a department binds the company outside without the company having decided.",
      "部门印章对外使用，会使公司在未决策的情况下承担责任。",
    ],
    control("C06"),
  ),
  row(
    "finance-on-contract",
    { sealType: isOneOf("finance", "invoice"), documentClass: isOneOf("contract", "framework-agreement", "guarantee") },
    useInstead("contract", "official"),
    ["Seals of finance stand on payments and invoices, not on agreements.", "财务类印章用于收付款和票据，不用于协议。"],
    control("C07"),
  ),
];
const allowRest = row(
  "else",
  {},
  allow,
  ["What the seal's kind allows and no rule above names.", "印章类型允许且上列规则未涉及的用印。"],
  control("C07"),
);

const unitHead = (ifNobody: "refuse" | "skip"): TableRow<RouteOutput> =>
  row(
    "unit-head",
    {},
    step(1, "unit-head", { ifNobody, hours: 48 }),
    ["Whoever answers for the work knows whether the document is right.", "业务负责人最了解文件是否属实、必要。"],
    control("C01", "C02"),
  );
const legal = (cells: Cells): TableRow<RouteOutput> =>
  row(
    "legal-review",
    { ...cells, template: isOneOf("none", "changed") },
    step(2, "legal-review", { hours: 48 }),
    [
      "A document that makes rights or duties and follows no template is read by a lawyer first.",
      "产生权利义务且不按模板的文件须先经法务审核。",
    ],
    control("C03"),
  );
const signatory = (rowId: string, cells: Cells, more: Partial<RouteOutput> = {}): TableRow<RouteOutput> =>
  row(
    rowId,
    cells,
    step(lastStage, "signatory", { hours: 72, ...more }),
    ["The authorised signatory gives the final authority for the seal.", "由授权签批人作最终授权。"],
    control("C01", "C02"),
  );

const scopeInputs: readonly FactId[] = ["sealType", "documentClass", "external", "counterpartyKind", "amount"];
const routeInputs: readonly FactId[] = [
  "documentClass",
  "makesRights",
  "external",
  "counterpartyKind",
  "amount",
  "important",
  "template",
];
const limitInputs: readonly FactId[] = ["documentClass", "external", "amount", "important"];

const ordinary: LimitOutput = { impressionsMost: 100, validDays: null, presence: false, supervised: false };
const limitRest = row("else", {}, ordinary, ["What no rule above names.", "上列规则未涉及的情形。"], control("C20"));
const largeLimit = (amount: number): TableRow<LimitOutput> =>
  row(
    "large",
    { external: yes, amount: from(amount) },
    { ...ordinary, validDays: 90, presence: true, supervised: true },
    [
      "What costs much is decided and sealed under a person's own proof, and soon.",
      "金额较大的，审批与用印均须本人验证，并限期使用。",
    ],
    control("C02", "C04"),
  );

/** Says what holds where no amount is stated, so that it passes no limit by accident. */
const unstated = <Output>(rowId: string, cells: Cells, output: Output): TableRow<Output> =>
  row(
    rowId,
    { ...cells, external: yes, amount: { stated: false } },
    output,
    [
      "Of a contract or offer without an amount a reviewer first settles whether it is about money.",
      "合同、报价等未注明金额的，先由审核人确认是否涉及金额。",
    ],
    control("C01"),
  );
const largeClasses: Cells = { documentClass: isOneOf("contract", "framework-agreement", "tender", "other") };
const scopeUnstated = unstated("amount-unstated", largeClasses, allow);
const limitUnstated = unstated("amount-unstated", {}, ordinary);

const resolution = (rowId: string, amount: number, ...papers: AttachmentKind[]): TableRow<ScopeOutput> =>
  row(
    rowId,
    {
      ...largeClasses,
      external: yes,
      amount: from(amount),
    },
    ask(...papers),
    ["Above this limit the company decides through its bodies.", "超过该限额的事项须由公司决策机构决定。"],
    control("C01"),
  );
const guarantee = (...papers: AttachmentKind[]): TableRow<ScopeOutput> =>
  row(
    "guarantee",
    { documentClass: isOneOf("guarantee"), external: yes },
    ask(...papers),
    ["A guarantee for others binds the company only by a resolution.", "公司对外担保须经决议。"],
    ["Company Law of the PRC, article 15", "《公司法》第十五条"],
  );

const money = { currency: "CNY", rates: { USD: 8, EUR: 9, GBP: 10, HKD: 1, JPY: 0.06 } } as const;

/** The starter rules of a kind of organisation; complete, so that nothing has to be set before the first use. */
export function starterRules(id: StarterSetId): RuleSet {
  switch (id) {
    case "small-company":
      return {
        ...money,
        scope: table([...scopeBase, guarantee("shareholders-resolution"), allowRest], scopeInputs),
        route: table([unitHead("skip"), legal({ makesRights: yes }), signatory("signatory", {})], routeInputs),
        limits: table([limitRest], limitInputs),
      };
    case "group":
      return {
        ...money,
        scope: table(
          [
            ...scopeBase,
            guarantee("board-resolution"),
            resolution("large", 10_000_000, "board-resolution"),
            scopeUnstated,
            allowRest,
          ],
          scopeInputs,
        ),
        route: table([unitHead("refuse"), legal({ makesRights: yes }), signatory("signatory", {})], routeInputs),
        limits: table([largeLimit(10_000_000), limitUnstated, limitRest], limitInputs),
      };
    case "state-owned":
      return {
        ...money,
        scope: table(
          [
            ...scopeBase,
            guarantee("party-committee-minutes", "board-resolution"),
            resolution("great-matters", 5_000_000, "party-committee-minutes", "board-resolution"),
            resolution("tendered", 1_000_000, "tender-result"),
            scopeUnstated,
            allowRest,
          ],
          scopeInputs,
        ),
        route: table(
          [
            unitHead("refuse"),
            legal({ external: yes }),
            row(
              "two-signatories",
              { external: yes, amount: from(5_000_000) },
              step(lastStage, "signatory", { mode: "quorum", quorum: 2, hours: 72 }),
              ["Great matters are decided by more than one.", "重大事项须集体决定。"],
              ["collective decision of great matters", "“三重一大”集体决策制度"],
            ),
            signatory("signatory", { external: yes, amount: { from: 0, below: 5_000_000 } }),
            signatory("signatory-unstated", { external: yes, amount: { stated: false } }),
            signatory("signatory-inside", { external: no }),
          ],
          routeInputs,
        ),
        limits: table([largeLimit(1_000_000), limitUnstated, limitRest], limitInputs),
      };
    case "bank-like":
      return {
        ...money,
        scope: table(
          [
            ...scopeBase,
            guarantee("board-resolution", "credit-approval"),
            resolution("large", 5_000_000, "credit-approval"),
            scopeUnstated,
            allowRest,
          ],
          scopeInputs,
        ),
        route: table(
          [
            unitHead("refuse"),
            legal({ external: yes }),
            row(
              "two-signatories",
              { important: yes, amount: from(1_000_000) },
              step(lastStage, "signatory", { mode: "quorum", quorum: 2, hours: 24 }),
              ["Four eyes on whatever binds the institution for much.", "对金额较大的用印实行双人签批。"],
              control("C01", "C11"),
            ),
            signatory("signatory", { amount: { from: 0, below: 1_000_000 } }, { hours: 24 }),
            signatory("signatory-unstated", { amount: { stated: false } }, { hours: 24 }),
            signatory("signatory-ordinary", { important: no, amount: from(1_000_000) }, { hours: 24 }),
          ],
          routeInputs,
        ),
        limits: table(
          [
            row(
              "outside",
              { external: yes },
              { impressionsMost: 50, validDays: 30, presence: true, supervised: true },
              [
                "Whatever leaves the institution is sealed by two, and within a month.",
                "对外用印均须双人办理，并在一个月内完成。",
              ],
              control("C04"),
            ),
            limitRest,
          ],
          limitInputs,
        ),
      };
  }
}
