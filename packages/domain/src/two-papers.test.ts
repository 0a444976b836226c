import assert from "node:assert/strict";
import { test } from "node:test";
import { listDisagreements } from "./decisive-facts.ts";
import { readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { layOut } from "./test-pages.ts";
import { ownCompanies } from "./test-papers.ts";

const chinese = (change: { number?: string; date?: string; more?: string } = {}): string[] => [
  "采购合同",
  ...(change.number === undefined ? [] : [`合同编号：${change.number}`]),
  "甲方：澜汐仪器有限公司",
  "乙方：北岸电子有限公司",
  "甲方向乙方采购仪表一批，合同总价为人民币400,000.00元。",
  ...(change.more === undefined ? [] : [change.more]),
  "甲方（盖章）：  乙方（盖章）：",
  `日期：${change.date ?? "2026年10月1日"}`,
];
const english = (number: string): string[] => [
  "Supply contract",
  `Contract No. ${number}`,
  "between Lanxi Instruments Co., Ltd. and North Shore Ltd.",
  "The price is CNY 400,000.00.",
  "Signed for the buyer: Signed for the seller:",
];
/** What one file of these papers says together against a declared sum of one of them. */
function tell(papers: readonly (readonly string[])[]): string[] {
  const pages = papers.flatMap((paper) => layOut(paper)).map((page, index) => ({ ...page, index }));
  const facts = readFacts(readDocumentText(pages), ownCompanies, starterBook);
  const declared = {
    ...{ documentClass: "contract" as const, external: true, counterparty: "北岸电子有限公司" },
    ...{ amountMinor: 40_000_000, currency: "CNY" },
  };
  return listDisagreements(declared, [{ documentId: "d", facts, template: null }], starterBook).flatMap(
    ({ fact, read }) => (fact === "amount" ? [read] : []),
  );
}
const both = ["CNY 800,000.00 = 400,000.00 + 400,000.00"];

test("C20: two short contracts of the same parties and the same sum in one file are two", () => {
  assert.deepEqual(tell([chinese(), chinese({ date: "2026年11月1日" })]), both);
  assert.deepEqual(tell([chinese({ number: "A-1" }), chinese({ number: "A-2" })]), both);
});

test("C20: in two languages papers of two numbers are two, and of one number one", () => {
  const more = "本合同以中英文两种文字书写。";
  assert.deepEqual(tell([chinese({ number: "A-1", more }), english("A-2")]), both);
  assert.deepEqual(tell([chinese({ number: "A-1", more }), english("A-1")]), []);
});

test("C20: a cover with parties and sum is no paper of its own", () => {
  const cover = [
    "采购合同",
    "甲方：澜汐仪器有限公司",
    "乙方：北岸电子有限公司",
    "金额：400,000.00元",
    "签订日期：2026年10月1日",
  ];
  assert.deepEqual(tell([cover, chinese()]), []);
});
