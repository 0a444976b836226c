import fc from "fast-check";
import type { Cell, TableRow } from "./decision-table.ts";
import { baseOfClass, classIn, type DocumentClassId, starterBook } from "./document-class.ts";
import { decideByRules, type RequestFacts } from "./evaluate-rules.ts";
import { AMOUNT_BEYOND_LIMITS, type FactId, type FactSheet, factDefinitions } from "./fact-sheet.ts";
import type { DemandedStep } from "./route.ts";
import { type StarterSetId, starterRules } from "./starter-rules.ts";

/** Own classes of documents that rules are tried with: two on one base, one on another. */
export const testClasses: readonly DocumentClassId[] = [
  "contract--lease",
  "contract--repair",
  "official-letter--visit",
];
const valuesOf = (fact: FactId): string[] => [
  ...Object.keys(factDefinitions[fact].values),
  ...(fact === "documentClass" ? testClasses : []),
];

const cuts = [0, 1, 5, 10, 100] as const;

/** Cells that may stand in a column of this fact. */
export function makeCells(fact: FactId): fc.Arbitrary<Cell> {
  const { kind, optional } = factDefinitions[fact];
  if (kind === "choice")
    return (
      fc
        .subarray(valuesOf(fact), { minLength: 1, maxLength: Math.min(6, valuesOf(fact).length) })
        // Beside its base an own class says nothing more.
        .map((some) => ({ in: some.filter((one) => baseOfClass(one) === one || !some.includes(baseOfClass(one))) }))
    );
  if (kind === "switch") return fc.boolean().map((is) => ({ is }));
  const range: fc.Arbitrary<Cell> = fc
    .tuple(fc.option(fc.constantFrom(...cuts)), fc.option(fc.constantFrom(...cuts)))
    .filter(([from, below]) => !(from === null && below === null) && (from === null || below === null || from < below))
    .map(([from, below]) => ({ from, below }));
  return optional ? fc.oneof(range, fc.constant<Cell>({ stated: false })) : range;
}

/** Rows over these facts with answers from `outputs`. */
export function makeRows<Output>(
  facts: readonly FactId[],
  outputs: readonly Output[],
  most: number,
): fc.Arbitrary<TableRow<Output>[]> {
  const cells = fc.record(
    Object.fromEntries(facts.map((fact) => [fact, fc.option(makeCells(fact), { nil: undefined })])),
  );
  return fc.array(fc.tuple(cells, fc.constantFrom(...outputs)), { maxLength: most }).map((rows) =>
    rows.map(([asked, output], at) => ({
      ...{ rowId: `r${at}`, output, reason: { en: "", zh: "" }, clause: { en: "", zh: "" } },
      cells: Object.fromEntries(Object.entries(asked).filter(([, cell]) => cell !== undefined)),
    })),
  );
}

export const makeSheet: fc.Arbitrary<FactSheet> = fc.record({
  sealType: fc.constantFrom(...Object.keys(factDefinitions.sealType.values)),
  important: fc.boolean(),
  documentClass: fc.constantFrom(...valuesOf("documentClass")),
  makesRights: fc.boolean(),
  external: fc.boolean(),
  counterpartyKind: fc.constantFrom("none", "unknown", "company", "bank"),
  amount: fc.option(fc.constantFrom(...cuts, 0.5, 4.99, 99.99, 1e9, AMOUNT_BEYOND_LIMITS)),
  template: fc.constantFrom("none", "same", "changed"),
  impressions: fc.constantFrom(0, 1, 3, 50, 1000),
});

/** The steps that a starter set asks for on an external request for an important seal, without an amount. */
export const demandedFor = (
  id: StarterSetId,
  documentClass: DocumentClassId,
  change: Partial<RequestFacts> = {},
): readonly DemandedStep[] =>
  decideByRules(starterRules(id), {
    ...{
      documentClass,
      makesRights: classIn(starterBook, documentClass).makesRights,
      external: true,
      counterpartyKind: "unknown",
      amount: null,
      currency: "CNY",
      template: "none",
    },
    ...{ impressions: 1, attachments: [], seals: [{ sealId: "seal", type: "official", important: true }] },
    ...change,
  }).steps;
