import assert from "node:assert/strict";
import { test } from "node:test";
import { condenseFacts, decideFacts, listDisagreements, withOwnNames } from "./decisive-facts.ts";
import { compareDeclared, readFacts } from "./declared-facts.ts";
import { type StarterClassId, starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { layOut } from "./test-pages.ts";

const own = ["澜汐仪器有限公司", "Lanxi Instruments Co., Ltd.", "澜汐精工有限公司"];
const read = (lines: readonly string[]) => readFacts(readDocumentText(layOut(lines)), own, starterBook);
const declaredAs = (documentClass: StarterClassId, external: boolean) => ({
  ...{ documentClass, external, counterparty: null, amountMinor: 1_260_000_000, currency: "CNY" },
});
const told = (documentClass: StarterClassId, external: boolean, lines: readonly string[]): string[] =>
  compareDeclared(declaredAs(documentClass, external), read(lines), starterBook)
    .filter(({ fact }) => fact !== "amount")
    .map(({ fact, read: said, stricter }) => `${fact} ${said} ${stricter}`);

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
  "two who agree by their names": [
    "Lanxi Instruments Co., Ltd. and Harbour & Pine Logistics Ltd. agree:",
    "Lanxi Instruments Co., Ltd. shall buy 2,000 bearings for USD 1,900,000.00.",
  ],
};

test("C03: a paper that binds is a contract whatever it is called, and goes outside whatever is declared", () => {
  for (const [name, lines] of Object.entries(binding))
    for (const documentClass of ["internal-notice", "official-letter"] as const)
      assert.deepEqual(
        told(documentClass, false, lines),
        ["class contract read", "external true read"],
        `${name} as ${documentClass}`,
      );
});

test("C03: such a paper under the heading of a notice or a letter is one, too", () => {
  for (const title of ["通知", "公函"])
    for (const name of ["minutes that two companies sign", "a memorandum of two companies", "a note of a debt"])
      assert.deepEqual(
        told("internal-notice", false, [title, ...(binding[name] ?? [])]),
        ["class contract read", "external true read"],
        `${title}: ${name}`,
      );
});

test("C03: a paper that nothing names, with somebody outside and a sum or words that bind, is no notice and no letter", () => {
  const papers = [
    ["项目安排", "供应商：杭州青禾精密机械有限公司", "轴承组件2000套，人民币12,600,000.00元。"],
    ["项目安排", "供应商：杭州青禾精密机械有限公司", "逾期每日按百分之一计违约金。"],
    ["Project plan", "Supplier: Harbour & Pine Logistics Ltd.", "2,000 bearings, USD 1,900,000.00"],
    ["致：杭州青禾精密机械有限公司", "我司承诺于2026年12月31日前付清全部货款。", "澜汐仪器有限公司"],
  ];
  for (const lines of papers) {
    const facts = read(lines);
    assert.equal(facts.documentClass, null, lines[0]);
    for (const documentClass of ["internal-notice", "official-letter"] as const)
      assert.deepEqual(told(documentClass, true, lines), ["class other read"], lines.join(" | "));
    for (const documentClass of ["contract", "other"] as const)
      assert.deepEqual(told(documentClass, true, lines), [], "what makes rights is not taken for less");
    // Kept beside the document, and asked again when it is decided.
    const seen = [{ documentId: "d", facts: withOwnNames(condenseFacts(facts), own), template: null }];
    const declared = declaredAs("internal-notice", true);
    const disagreements = listDisagreements(declared, seen, starterBook);
    const decide = (settled: readonly string[]) =>
      decideFacts(declared, seen, disagreements, new Set(settled), starterBook).documentClass;
    assert.equal(decide([]), "other");
    assert.equal(decide(disagreements.map(({ key }) => key)), "internal-notice", "until a reviewer settles it");
  }
});

test("C03: letters, notices and minutes stay what they are, whatever sums and companies they speak of", () => {
  for (const [documentClass, external, lines] of [
    [
      "official-letter",
      true,
      [
        "催款函",
        "杭州青禾精密机械有限公司：",
        "根据双方签订的采购合同，贵司应于2026年6月30日前支付货款人民币12,600,000.00元，逾期按日万分之五支付违约金。请于七日内付清。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "To: Harbour & Pine Logistics Ltd.",
        "Dear Sirs,",
        "Under the purchase contract between us you were to pay USD 1,900,000.00 by 30 June. Interest at five per cent and the penalty of clause 8 are due as well. Please pay within seven days.",
        "Yours faithfully,",
        "Lanxi Instruments Co., Ltd.",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "Harbour & Pine Logistics Ltd.",
        "Purchase Order PO-2026-88",
        "Dear Sirs,",
        "the goods of this order for USD 1,900,000.00 are late. The contract sets a penalty and interest for this.",
        "Yours faithfully,",
        "Lanxi Instruments Co., Ltd.",
      ],
    ],
    [
      "official-letter",
      true,
      ["关于国庆节放假的通知", "尊敬的客户：", "我司自十月一日起放假七天，10月8日恢复营业。", "澜汐仪器有限公司"],
    ],
    [
      "official-letter",
      true,
      [
        "致：杭州青禾精密机械有限公司",
        "贵司来函询问的流量计单价为人民币6,300.00元，供货期约三十天，随函附上样本，欢迎来访。",
        "此致",
        "澜汐仪器有限公司",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "To: Harbour & Pine Logistics Ltd.",
        "Thank you for your inquiry. The gauge costs USD 1,900.00, and our catalogue is enclosed.",
        "Yours sincerely,",
        "Lanxi Instruments Co., Ltd.",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "关于变更收款账户的函",
        "致：杭州青禾精密机械有限公司",
        "我司开户行变更为中国工商银行苏州分行，账号1102020409000012345，自2026年12月1日起生效。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "送货单",
        "Customer: 杭州青禾精密机械有限公司",
        "轴承组件2000套，金额人民币12,600.00元，请签收。",
        "送货单位：澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "official-letter",
      true,
      ["Delivery note", "Customer: Harbour & Pine Logistics Ltd.", "400 pallets, value USD 1,900.00"],
    ],
    [
      "internal-notice",
      false,
      [
        "会议纪要",
        "时间：2026年11月20日 地点：三楼会议室 参会人员：周明澈、李然",
        "一、采购部汇报，拟向杭州青禾精密机械有限公司采购轴承，预算约人民币12,600,000.00元，合同另行签订。",
        "二、会议决定由财务部复核预算，本纪要自印发之日起执行。",
        "澜汐仪器有限公司总经办",
      ],
    ],
    [
      "internal-notice",
      false,
      [
        "关于轴承到货的通知",
        "各部门：",
        "供货的杭州青禾精密机械有限公司应于12月5日前交货，货值人民币12,600.00元，请仓库做好准备。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "internal-notice",
      false,
      ["关于规范采购订单的通知", "各部门：", "自2026年12月1日起，采购订单须经财务部复核后生效。", "总经办"],
    ],
    [
      "invoice-document",
      true,
      ["发票", "购买方：杭州青禾精密机械有限公司", "销售方：澜汐仪器有限公司", "价税合计：人民币12,600.00元"],
    ],
    [
      "employment-certificate",
      true,
      ["在职证明", "兹证明周明澈在我公司任职，月薪人民币12,600.00元。", "澜汐仪器有限公司（盖章）"],
    ],
    [
      "official-letter",
      true,
      [
        "Letter of Intent",
        "To: Harbour & Pine Logistics Ltd.",
        "We are interested in your services of about USD 1,900,000.00 and look forward to talks. This letter is not legally binding.",
        "Yours faithfully,",
        "Lanxi Instruments Co., Ltd.",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "合作意向书",
        "致：宁波海川机电有限公司",
        "我司有意与贵司就传感器开展合作，规模约人民币12,600,000.00元，具体以另行签订的合同为准。本意向书不具有法律约束力。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
  ] as const)
    assert.deepEqual(told(documentClass, external, lines), [], `${documentClass}: ${lines.join(" | ")}`);
});

test("C03: who signs beside us, or is owed something, is outside whatever is declared; our own companies are not", () => {
  const outside = (...lines: string[]): string[] => read(["事项说明", ...lines]).counterparties.map(({ name }) => name);
  const name = "杭州青禾精密机械有限公司";
  for (const text of [
    `${name}（盖章）`,
    `澜汐仪器有限公司（公章） ${name}（公章）`,
    `${name}（签字盖章）`,
    `盖章：${name}`,
    `${name} 授权代表：李然`,
    `今向${name}借款人民币100,000.00元。`,
    `我司尚欠${name}货款。`,
    `澜汐仪器有限公司与${name}经协商达成一致。`,
  ])
    assert.deepEqual(outside(text), [name], text);
  assert.deepEqual(outside(name, "法定代表人：李然"), [name]);
  const english = "Harbour & Pine Logistics Ltd";
  for (const text of [
    `Accepted: ${english}.`,
    `Agreed and accepted by: ${english}`,
    `For and on behalf of ${english}, Jane Doe`,
    `FOR AND ON BEHALF OF ${english}`,
    `Signed: ______ ${english}`,
    `${english}. (seal)`,
    `Lanxi Instruments Co., Ltd. undertakes to buy 400 pallets from ${english}.`,
  ])
    assert.deepEqual(outside(text), [english], text);
  for (const text of [
    "澜汐仪器有限公司（盖章） 澜汐精工有限公司（盖章）",
    "本说明经澜汐仪器有限公司（盖章）后使用。",
    "For Lanxi Instruments Co., Ltd.",
    `采购部与${name}的人员谈了交货的时间。`,
    `请向${name}询价。`,
    `We wrote to ${english} about the delivery.`,
    "Signed by the company",
    "其他公司（盖章）",
  ])
    assert.deepEqual(outside(text), [], text);
});

test("C03: reading who signs and what binds costs no more than the length of a text", () => {
  const started = process.cpuUsage().user;
  for (const text of ["公司与", "Ltd and ", "Signed: ", "(盖章)澜汐", "undertakes to "])
    read(["借条", text.repeat(20_000), "between A and B"]);
  assert.ok(process.cpuUsage().user - started < 20_000_000);
});
