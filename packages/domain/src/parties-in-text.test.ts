import assert from "node:assert/strict";
import { test } from "node:test";
import { compareDeclared } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { withOwnNames } from "./kept-facts.ts";
import { listOtherAmounts } from "./other-amounts.ts";
import { isOwnParty, isSameParty } from "./parties-in-text.ts";
import { ownCompanies as own, readPaper } from "./test-papers.ts";

const read = (...lines: string[]) => readPaper(lines);
const bilingual = [
  "采购合同 Purchase Contract",
  "买方 Buyer: 澜汐仪器有限公司 Lanxi Instruments Co., Ltd.",
  "卖方 Seller: 北岸电子有限公司 North Shore Electronics Ltd.",
  "第二条 价款。合同总价为人民币360,000.00元（大写：叁拾陆万元整）。",
  "Article 2 Price. The total contract price is RMB 360,000.00 (say Renminbi three hundred and sixty thousand only).",
  "买方（盖章）Buyer (seal): 卖方（盖章）Seller (seal):",
];

test("C06: a party named in both languages is one party, our own in both our own", () => {
  const facts = read(...bilingual);
  const expected = [
    ["买方", "澜汐仪器有限公司 Lanxi Instruments Co., Ltd"],
    ["卖方", "北岸电子有限公司 North Shore Electronics Ltd"],
    ["买方", ""],
    ["卖方", ""],
  ];
  assert.deepEqual(
    facts.parties.map(({ role, name }) => [role, name]),
    expected,
  );
  for (const seen of [facts, withOwnNames(facts, own)])
    assert.deepEqual(
      seen.counterparties.map(({ name }) => name),
      ["北岸电子有限公司 North Shore Electronics Ltd"],
    );
  for (const counterparty of [
    "北岸电子有限公司",
    "North Shore Electronics Ltd.",
    "北岸电子有限公司 / North Shore Electronics Ltd.",
    "North Shore Electronics Ltd. (北岸电子有限公司)",
  ]) {
    const declared = { documentClass: "contract", external: true, amountMinor: 36_000_000, currency: "CNY" } as const;
    assert.deepEqual(compareDeclared({ ...declared, counterparty }, facts, starterBook), [], counterparty);
  }
});

test("C06: names in two languages are another party where one half is, and so is a branch", () => {
  const name = "北岸电子有限公司 North Shore Electronics Ltd.";
  assert.ok(!isSameParty(name, "南岸电子有限公司"));
  assert.ok(!isSameParty(name, "北岸电子有限公司上海分公司"));
  assert.ok(!isSameParty("北岸电子有限公司", "北岸电子有限公司 Shanghai Branch"));
  assert.ok(
    !isSameParty("北岸电子有限公司", "北岸电子有限公司上海分公司 North Shore Electronics Ltd. Shanghai Branch"),
  );
  assert.ok(isSameParty("香港海灣貿易有限公司", "香港海湾贸易有限公司"));
  assert.ok(isOwnParty("澜汐仪器有限公司 Lanxi Instruments Co., Ltd.", own));
  assert.ok(isOwnParty("瀾汐儀器有限公司", own));
  assert.ok(!isOwnParty("澜汐仪器有限公司 Harbour Trading Ltd.", own));
  assert.ok(!isOwnParty("澜汐仪器有限公司苏州分公司", own));
  // Where nothing is known of our names in a language, the other half says who it is; a branch is never we.
  assert.ok(isOwnParty("澜汐精工有限公司 Lanxi Precision Ltd.", ["澜汐精工有限公司"]));
  assert.ok(!isOwnParty("澜汐精工有限公司 Suzhou Branch", ["澜汐精工有限公司"]));
});

test("C06: parties are read by their roles in Traditional Chinese and in two languages, with the names as written", () => {
  for (const [text, role, name] of [
    ["賣方：香港海灣貿易有限公司", "卖方", "香港海灣貿易有限公司"],
    ["甲方 (Party A): 北岸电子有限公司", "甲方", "北岸电子有限公司"],
    ["Party B 乙方: 北岸电子有限公司", "Party B", "北岸电子有限公司"],
    ["卖方/Seller：北岸电子有限公司", "卖方", "北岸电子有限公司"],
    ["借款人：北岸电子有限公司（盖章）", "借款人", "北岸电子有限公司"],
  ] as const)
    assert.deepEqual(read(text).parties[0], { role, name, line: 0 }, text);
});

test("C01: an amount said in both languages is no second instalment; two in one language are", () => {
  const declared = { amountMinor: 36_000_000, currency: "CNY" };
  const other = (...lines: string[]) => listOtherAmounts(read(...lines), declared)?.amounts ?? [];
  assert.deepEqual(other(...bilingual), []);
  assert.deepEqual(other("总价人民币360,000.00元 The total price is RMB 360,000.00"), []);
  const twice = ["2 × CNY 360,000.00"];
  assert.deepEqual(other("首期款为人民币360,000.00元，", "二期款为人民币360,000.00元。"), twice);
  assert.deepEqual(other("The first instalment is CNY 360,000.00", "and the second is CNY 360,000.00"), twice);
  assert.deepEqual(
    other(
      "首期款为人民币360,000.00元，二期款为人民币360,000.00元。",
      "The first instalment is CNY 360,000.00 and the second is CNY 360,000.00.",
    ),
    twice,
  );
});
