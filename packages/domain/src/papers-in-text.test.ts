import assert from "node:assert/strict";
import { test } from "node:test";
import { type DeclaredForUse, decideFacts, listDisagreements } from "./decisive-facts.ts";
import { readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { condenseFacts } from "./kept-facts.ts";
import { layOut } from "./test-pages.ts";

const own = ["北京远山仪表有限公司", "Farhill Instruments Co., Ltd."];
const contract = [
  "采购合同",
  "甲方：北京远山仪表有限公司",
  "乙方：上海近水设备有限公司",
  "合同总价为人民币 128,000.00 元，于 2026 年 11 月 30 日前交付。",
  "本合同自双方签字盖章之日起生效，一式两份。",
  "甲方（盖章）：          乙方（盖章）：",
];
const another = (lines: readonly string[], party = "杭州清河机电有限公司", sum = "372,000.00"): string[] =>
  lines.map((line) => line.replace("上海近水设备有限公司", party).replace("128,000.00", sum));

type Pages = readonly (readonly string[])[];
const read = (pages: Pages) => {
  const laid = pages.flatMap((lines) => layOut(lines)).map((page, index) => ({ ...page, index }));
  return readFacts(readDocumentText(laid), own, starterBook);
};
const declared: DeclaredForUse = {
  ...{ documentClass: "contract", external: true, counterparty: "上海近水设备有限公司" },
  ...{ amountMinor: 12_800_000, currency: "CNY" },
};
const decide = (pages: Pages, change: Partial<DeclaredForUse> = {}) => {
  const said = { ...declared, ...change };
  const asked = [read(pages), condenseFacts(read(pages))].map((facts) => {
    const documents = [{ documentId: "one", facts, template: null }];
    const found = listDisagreements(said, documents, starterBook);
    const { amountMinor } = decideFacts(said, documents, found, new Set(), starterBook);
    return { amountMinor, found: found.map(({ fact, read: seen, page }) => [fact, seen, page]) };
  });
  // What is kept of a document says the same as all of it.
  assert.deepEqual(asked[0], asked[1]);
  return asked[0] ?? { amountMinor: null, found: [] };
};

test("C20, C03: two contracts in one file count as their sum, and each names its counterparty", () => {
  const expected = {
    amountMinor: 50_000_000,
    found: [
      ["counterparty", "杭州清河机电有限公司", 1],
      ["amount", "CNY 500,000.00 = 128,000.00 + 372,000.00", 1],
    ],
  };
  assert.deepEqual(decide([contract, another(contract)]), expected);
  // Also on one page, and under a heading that is none.
  const onOne = decide([[...contract, ...another(contract)]]);
  assert.equal(onOne.amountMinor, 50_000_000);
  const untitled = decide([contract, ["第二部分", ...another(contract).slice(1)]]);
  assert.equal(untitled.amountMinor, 50_000_000);
});

test("C20: further contracts with the same party, of other kinds, and in English are found", () => {
  const same = "上海近水设备有限公司";
  assert.equal(decide([contract, another(contract, same), another(contract, same, "500.00")]).amountMinor, 50_050_000);
  const numbered = ["采购合同（二）编号：YS-2026-118", ...another(contract, same).slice(1)];
  assert.equal(decide([contract, numbered]).amountMinor, 50_000_000);
  const unnamed = [
    "借款合同",
    "借款金额为人民币 372,000.00 元。",
    "违约责任按法律规定。",
    "甲方（盖章）：  乙方（盖章）：",
  ];
  assert.equal(decide([contract, unnamed]).amountMinor, 50_000_000);
  const english = [
    "PURCHASE CONTRACT",
    "This contract is made between Farhill Instruments Co., Ltd. and Nearwater Equipment Co., Ltd.",
    "The contract price is CNY 128,000.00, delivered before 30 November 2026.",
    "This contract takes effect when both parties have signed and sealed it.",
    "Buyer (seal):          Seller (seal):",
  ];
  const second = english.map((line) => line.replace("128,000.00", "372,000.00"));
  const found = decide([english, second], { counterparty: "Nearwater Equipment Co., Ltd." });
  assert.equal(found.amountMinor, 50_000_000);
});

test("C20: letters of guarantee to several in one file are added up", () => {
  const letter = (to: string, sum: string): string[] => [
    "履约保函",
    `致：${to}`,
    `我方为贵方提供人民币 ${sum} 元的不可撤销连带责任担保。`,
    "担保人：北京远山仪表有限公司",
    "2026 年 11 月 20 日",
  ];
  const pages = [letter("上海近水设备有限公司", "128,000.00"), letter("杭州清河机电有限公司", "372,000.00")];
  assert.equal(decide(pages, { documentClass: "guarantee" }).amountMinor, 50_000_000);
});

test("C20: a cover, annexes, a signing page, a heading and a second language are no further contract", () => {
  const cover = [
    "采购合同",
    "甲方：北京远山仪表有限公司",
    "乙方：上海近水设备有限公司",
    "合同金额：人民币 128,000.00 元",
  ];
  const clauses = Array.from({ length: 34 }, (_, at) => `第${at + 2}条 双方按约定履行各自的义务，并及时通知对方。`);
  const annex = [
    "附件一：价格表",
    "压力表 12 台，总价人民币 128,000.00 元。",
    "甲方：北京远山仪表有限公司",
    "乙方：上海近水设备有限公司",
  ];
  const signing = [
    "（本页无正文，为《采购合同》签署页）",
    "甲方：北京远山仪表有限公司（盖章）",
    "乙方：上海近水设备有限公司（盖章）",
  ];
  const heading = ["九、合同的解除", "双方可以协商解除合同，退还价款人民币 128,000.00 元。"];
  const english = [
    "PURCHASE CONTRACT",
    "Party A: Farhill Instruments Co., Ltd.",
    "Party B: Shanghai Nearwater Equipment Co., Ltd.",
    "The contract price is CNY 128,000.00.",
    "This contract is written in Chinese and English; the Chinese text prevails.",
  ];
  for (const pages of [
    [cover, contract],
    [cover, [...contract, ...clauses]],
    [contract, annex],
    [[...contract.slice(0, 4), ...clauses], signing],
    [contract, heading],
    [contract, english],
  ])
    assert.deepEqual(decide(pages), { amountMinor: 12_800_000, found: [] }, JSON.stringify(pages.at(-1)));
});

test("C20: the contract in a second language is no second deal; one of other sums, or of none that says so, is", () => {
  const english = (sum: string, ...more: string[]): string[] => [
    "PURCHASE CONTRACT",
    "Party A: Farhill Instruments Co., Ltd.",
    "Party B: Shanghai Nearwater Equipment Co., Ltd.",
    `The contract price is CNY ${sum}.`,
    ...more,
  ];
  const clause = "This contract is written in Chinese and English; the Chinese text prevails.";
  const asked = (...files: string[][]) => {
    const documents = files.map((lines, at) => ({
      documentId: `${at}`,
      facts: condenseFacts(read([lines])),
      template: null,
    }));
    const found = listDisagreements(declared, documents, starterBook);
    return decideFacts(declared, documents, found, new Set(), starterBook).amountMinor;
  };
  assert.equal(asked(contract, english("128,000.00", clause)), 12_800_000);
  assert.equal(asked(english("128,000.00"), [...contract, "本合同以中、英两种文字书就。"]), 12_800_000);
  assert.equal(asked(contract, english("128,000.00")), 25_600_000);
  assert.equal(asked(contract, english("300,000.00", clause)), 42_800_000);
  // One contract is said in another language once.
  assert.equal(asked(contract, english("128,000.00", clause), english("128,000.00", clause)), 25_600_000);
});
