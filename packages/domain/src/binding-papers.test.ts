import assert from "node:assert/strict";
import { test } from "node:test";
import { decideFacts, listDisagreements } from "./decisive-facts.ts";
import { starterBook } from "./document-class.ts";
import { condenseFacts, withOwnNames } from "./kept-facts.ts";
import { declaredAs, ownCompanies, readPaper, tellAs } from "./test-papers.ts";

/** Papers that bind whoever seals them, none of which is called a contract. */
const binding: Readonly<Record<string, readonly string[]>> = {
  "minutes that two companies sign": [
    "会议纪要",
    "参会单位：澜汐仪器有限公司、杭州青禾精密机械有限公司",
    "经协商，双方确认如下事项：",
    "一、澜汐仪器有限公司向杭州青禾精密机械有限公司采购轴承组件2000套，总价人民币12,600,000.00元，货到付款。",
    "二、任何一方不履行上述事项的，应向对方支付总价百分之二十的违约金。",
    "三、本纪要自双方盖章之日起生效，对双方具有约束力。",
    "澜汐仪器有限公司（盖章） 杭州青禾精密机械有限公司（盖章）",
  ],
  "a memorandum of two companies": [
    "合作备忘录",
    "澜汐仪器有限公司与宁波海川机电有限公司就共同开发事宜达成以下备忘：",
    "1. 澜汐仪器有限公司出资人民币12,600,000.00元，宁波海川机电有限公司负责研发。",
    "2. 研发失败的，出资不予退还。",
    "3. 本备忘录自双方签字盖章之日起生效。",
    "澜汐仪器有限公司（盖章）",
    "宁波海川机电有限公司（盖章）",
  ],
  "a letter of intent with a deposit": [
    "股权转让意向书",
    "澜汐仪器有限公司拟将其持有的澜汐精工有限公司30%股权以人民币12,600,000.00元转让给宁波海川机电有限公司，宁波海川机电有限公司应于签署后五日内支付定金人民币1,000,000.00元，定金不予退还。",
    "澜汐仪器有限公司（盖章） 宁波海川机电有限公司（盖章）",
  ],
  "a contract in Traditional Chinese": [
    "採購合約",
    "買方：瀾汐儀器有限公司",
    "賣方：香港海灣貿易有限公司",
    "一、賣方向買方供應軸承組件二千套，總價港幣12,600,000.00元。",
    "二、賣方應於2026年12月31日前交貨，逾期每日支付違約金百分之一。",
    "三、本合約自雙方蓋章之日起生效。",
    "買方（蓋章） 賣方（蓋章）",
  ],
  "a memorandum in Traditional Chinese": [
    "會議紀要",
    "經協商，雙方確認如下：瀾汐儀器有限公司向香港海灣貿易有限公司購買軸承，總價港幣12,600,000.00元。",
    "本紀要自雙方蓋章之日起生效。",
    "瀾汐儀器有限公司（蓋章）",
    "香港海灣貿易有限公司（蓋章）",
  ],
  "a note of a debt": [
    "借条",
    "今向杭州青禾精密机械有限公司借到人民币12,600,000.00元（大写：壹仟贰佰陆拾万元整），月利率百分之一，于2027年6月30日前还清。",
    "借款人：澜汐仪器有限公司（盖章）",
  ],
  "a note of what is owed": [
    "欠条",
    "今欠杭州青禾精密机械有限公司货款12,600,000.00元，于2027年6月30日前还清。",
    "澜汐仪器有限公司（盖章）",
  ],
  "a statement of work": [
    "Statement of Work No. 3",
    "Between Lanxi Instruments Co., Ltd. and Harbour & Pine Logistics Ltd., 20 November 2026",
    "Harbour & Pine Logistics Ltd. will forward 400 pallets in 2027. Lanxi Instruments Co., Ltd. will pay USD 1,900,000.00 in four instalments. Cancellation costs 20 per cent.",
    "Signed: ____ Lanxi Instruments Co., Ltd. Signed: ____ Harbour & Pine Logistics Ltd.",
  ],
  "a debt confirmed": [
    "结算确认单",
    "致：杭州青禾精密机械有限公司",
    "经双方核对，截至2026年10月31日，我司尚欠贵司货款人民币12,600,000.00元，我司将于2026年12月31日前付清，逾期按日万分之五计息。",
    "澜汐仪器有限公司（盖章）2026年11月20日",
  ],
  "a letter that binds its writer": [
    "20 November 2026",
    "To: Harbour & Pine Logistics Ltd.",
    "Lanxi Instruments Co., Ltd. hereby commits to purchase warehousing services from Harbour & Pine Logistics Ltd. for a total of USD 1,900,000.00 during 2027, and shall pay a break fee of ten per cent of that sum should it not do so. This letter is binding.",
    "For Lanxi Instruments Co., Ltd.",
    "Accepted: Harbour & Pine Logistics Ltd.",
  ],
  "an order that is confirmed": [
    "采购订单",
    "订单号：PO-2026-88",
    "供应商：杭州青禾精密机械有限公司",
    "买方：澜汐仪器有限公司",
    "合计 12,600,000.00",
    "请盖章回传确认，确认后即生效。",
  ],
  "an order that nobody signs": [
    "Purchase Order PO-2026-88",
    "Supplier: Harbour & Pine Logistics Ltd.",
    "Total: USD 1,900,000.00. A deposit of ten per cent is due at once.",
    "Lanxi Instruments Co., Ltd.",
  ],
  "an understanding between two": [
    "Memorandum of Understanding",
    "between Lanxi Instruments Co., Ltd. and Harbour & Pine Logistics Ltd.",
    "Harbour & Pine Logistics Ltd. shall supply 2,000 bearings for USD 1,900,000.00.",
    "For and on behalf of Lanxi Instruments Co., Ltd.",
    "For and on behalf of Harbour & Pine Logistics Ltd.",
  ],
  "a plan to pay back": [
    "还款计划",
    "苏州明远电子有限公司：",
    "我公司欠贵公司加工费3,800,000元，现承诺分三期偿还。如未按期偿还，按月息百分之二支付利息。",
    "澜汐仪器有限公司（盖章）",
  ],
  "a debt confirmed in Traditional Chinese": [
    "債務確認書",
    "致：香港海灣貿易有限公司",
    "本公司確認截至今日結欠貴公司港幣3,000,000元，並承諾於六個月內清還。",
    "瀾汐儀器有限公司（蓋章）",
  ],
  "an offer that nobody takes back": [
    "收购要约",
    "致宁波海川机电有限公司全体股东：",
    "澜汐仪器有限公司愿以每股12.00元、合计人民币24,000,000元收购贵公司全部股份，本要约自送达之日起三十日内不可撤销。",
    "澜汐仪器有限公司（公章）",
  ],
  "a record that representatives sign": [
    "座谈记录",
    "杭州青禾精密机械有限公司同意以每套6,300元供货2000套，澜汐仪器有限公司同意先付三成，余款交货时结清。",
    "双方代表签字确认：",
    "澜汐仪器有限公司：________    杭州青禾精密机械有限公司：________",
  ],
  "what two sign, and leave only at a cost": [
    "合作说明",
    "保证金人民币1,000,000元，违反约定的，保证金不予退还。",
    "苏州明远电子有限公司（盖章）   澜汐仪器有限公司（盖章）",
  ],
  "a letter beside a contract": [
    "Side letter",
    "Dear Sirs,",
    "In addition to what we signed last week, we will pay Harbour & Pine Logistics Ltd. a bonus of USD 500,000 if the terminal opens before June.",
    "For Lanxi Instruments Co., Ltd.",
    "Agreed: Harbour & Pine Logistics Ltd.",
  ],
  "two who agree by their names": [
    "Lanxi Instruments Co., Ltd. and Harbour & Pine Logistics Ltd. agree:",
    "Lanxi Instruments Co., Ltd. shall buy 2,000 bearings for USD 1,900,000.00.",
  ],
};

test("C03: a paper that binds is a contract whatever it is called, and goes outside whatever is declared", () => {
  for (const [name, lines] of Object.entries(binding))
    for (const documentClass of ["internal-notice", "official-letter"] as const)
      assert.deepEqual(
        tellAs(documentClass, false, lines),
        ["class contract read", "external true read"],
        `${name} as ${documentClass}`,
      );
});

test("C03: such a paper under the heading of a notice or a letter is one, too", () => {
  for (const title of ["通知", "公函"])
    for (const name of ["minutes that two companies sign", "a memorandum of two companies", "a note of a debt"])
      assert.deepEqual(
        tellAs("internal-notice", false, [title, ...(binding[name] ?? [])]),
        ["class contract read", "external true read"],
        `${title}: ${name}`,
      );
});

test("C03: a paper that nothing names, with somebody outside and a sum or words that bind, is no notice and no letter", () => {
  const papers = [
    ["项目安排", "供应商：杭州青禾精密机械有限公司", "轴承组件2000套，人民币12,600,000.00元。"],
    ["项目安排", "供应商：杭州青禾精密机械有限公司", "逾期每日按百分之一计违约金。"],
    ["Project plan", "Supplier: Harbour & Pine Logistics Ltd.", "2,000 bearings, USD 1,900,000.00"],
    ["关于合作的说明", "甲方为澜汐仪器有限公司，乙方为宁波海川机电有限公司。", "甲方以专利作价人民币8,000,000元入股。"],
    ["任务书", "委托单位：澜汐仪器有限公司", "承担单位：浙江大学", "研究经费人民币6,000,000元，分三期拨付。"],
    [
      "Acknowledgement",
      "Lanxi Instruments Co., Ltd. acknowledges that it owes Harbour & Pine Logistics Ltd. USD 1,900,000.00.",
    ],
    ["致：杭州青禾精密机械有限公司", "我司承诺于2026年12月31日前付清全部货款。", "澜汐仪器有限公司"],
  ];
  for (const lines of papers) {
    const facts = readPaper(lines);
    assert.equal(facts.documentClass, null, lines.join(" | "));
    for (const documentClass of ["internal-notice", "official-letter"] as const)
      assert.deepEqual(tellAs(documentClass, true, lines), ["class other read"], lines.join(" | "));
    for (const documentClass of ["contract", "other"] as const)
      assert.deepEqual(tellAs(documentClass, true, lines), [], "what makes rights is not taken for less");
    // Kept beside the document, and asked again when it is decided.
    const seen = [{ documentId: "d", facts: withOwnNames(condenseFacts(facts), ownCompanies), template: null }];
    const declared = declaredAs("internal-notice", true);
    const disagreements = listDisagreements(declared, seen, starterBook);
    const decide = (settled: readonly string[]) =>
      decideFacts(declared, seen, disagreements, new Set(settled), starterBook).documentClass;
    assert.equal(decide([]), "other");
    assert.equal(decide(disagreements.map(({ key }) => key)), "internal-notice", "until a reviewer settles it");
  }
});
