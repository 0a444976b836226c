import type { RuleRow, RuleSet } from "./queries.ts";

const noText = { en: "", zh: "" };
const words = { reason: noText, clause: noText };
type Cells = RuleRow["cells"];

const scopeRow = (rowId: string, cells: Cells = {}): RuleSet["scope"]["rows"][number] => ({
  ...{ rowId, cells, ...words },
  output: { answer: "allow", rightSeals: [], attachments: [] },
});

/** Rules with rows of these names: the first table asks class and amount, and ends with what holds otherwise. */
export function makeRules(...scope: readonly (readonly [rowId: string, cells?: Cells])[]): RuleSet {
  return {
    ...{ currency: "CNY", rates: { USD: 8 } },
    scope: {
      inputs: ["documentClass", "amount"],
      rows: scope.map(([rowId, cells]) => scopeRow(rowId, cells)),
    },
    route: {
      inputs: ["external"],
      rows: [
        {
          ...{ rowId: "head", cells: {}, ...words },
          output: {
            ...{ stage: 1, decider: "unit-head", title: noText, people: [], mode: "any", quorum: 2, hours: 48 },
            ifNobody: "refuse",
          },
        },
      ],
    },
    limits: { inputs: [], rows: [] },
  };
}
