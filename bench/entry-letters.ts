import type { DeclaredFacts } from "@chancery/domain";
import type { LabelledDocument } from "./entry-make.ts";
import { plainStyle, type WrittenLine, writePdf } from "./entry-writer.ts";

const declared: DeclaredFacts = {
  ...{ documentClass: "official-letter", external: true, counterparty: null, amountMinor: null, currency: null },
};
const noAmount = { amountMinor: null, currency: null };
export const inCny = (yuan: number): Partial<DeclaredFacts> => ({ amountMinor: yuan * 100, currency: "CNY" });
export const inUsd = (dollars: number): Partial<DeclaredFacts> => ({ amountMinor: dollars * 100, currency: "USD" });

/** A letter as it is declared, and whether it makes an agreement or a guarantee whatever it is called. */
export function letter(
  makesRights: boolean,
  name: string,
  [title, ...lines]: readonly [string, ...string[]],
  facts: Partial<DeclaredFacts> = noAmount,
): LabelledDocument {
  const latin = /^[\x20-\x7e]*$/u.test(title + lines.join(""));
  const written: WrittenLine[] = [
    ...(title === "" ? [] : [{ text: title, title: true }]),
    ...lines.map((text) => ({ text })),
  ];
  return {
    ...{ name: `letters: ${name}`, group: "no template", unfinished: false, changed: null },
    declared: { ...declared, ...facts },
    misdeclared: makesRights ? ["class"] : [],
    bytes: () => writePdf(written, { ...plainStyle, font: latin ? "Times-Roman" : "song" }),
  };
}

/** Agreements that call themselves letters, and letters that speak of agreements. */
export const labelledLetters: readonly LabelledDocument[] = [
  letter(
    true,
    "supply under the name of a letter",
    [
      "函",
      "甲方：北京远山仪表有限公司",
      "乙方：上海近水设备有限公司",
      "经双方友好协商，就压力表供货事宜约定如下：",
      "一、乙方向甲方供应压力表十二只，总价人民币128,000.00元。",
      "二、甲方在验收合格后三十日内付款。",
      "三、本函经双方盖章后生效。",
      "甲方（盖章）：        乙方（盖章）：",
      "2026年11月24日",
    ],
    { ...inCny(128_000), counterparty: "上海近水设备有限公司" },
  ),
  letter(
    true,
    "what was agreed, to be signed and sent back",
    [
      "关于合作事项的函",
      "上海近水设备有限公司：",
      "贵我双方经协商一致，同意按以下条件合作：贵司为我司提供一年的维修服务，我司每季度支付服务费人民币50,000.00元。",
      "任何一方违约的，应赔偿对方因此遭受的损失。",
      "本协议自双方签字盖章之日起生效，具有法律约束力。",
      "请贵司盖章确认后寄回一份。",
      "北京远山仪表有限公司",
      "2026年11月20日",
    ],
    { ...inCny(200_000), counterparty: "上海近水设备有限公司" },
  ),
  letter(
    true,
    "a loan without a heading",
    [
      "",
      "出借人（甲方）：北京远山仪表有限公司",
      "借款人（乙方）：天津海河阀门有限公司",
      "甲方同意向乙方出借人民币300,000.00元，期限六个月，年利率百分之五。",
      "乙方应于到期日一次还清本息，逾期按日万分之五支付违约金。",
      "本协议一式两份，自双方签章之日起生效，争议由甲方所在地人民法院管辖。",
      "2026年10月8日",
    ],
    { ...inCny(300_000), counterparty: "天津海河阀门有限公司" },
  ),
  letter(
    true,
    "secrecy as a letter",
    [
      "保密函",
      "甲方：北京远山仪表有限公司",
      "乙方：广州南岭机电股份有限公司",
      "双方同意，对在洽谈中知悉的对方技术资料承担保密义务，期限三年。",
      "违反本协议的一方应当赔偿对方的全部损失。",
      "本协议自双方盖章之日起生效。",
      "2026年9月1日",
    ],
    { ...noAmount, counterparty: "广州南岭机电股份有限公司" },
  ),
  letter(
    true,
    "a change of a contract",
    [
      "补充约定函",
      "甲方：北京远山仪表有限公司    乙方：上海近水设备有限公司",
      "双方于2026年3月1日签订采购合同，现经协商一致，约定交货期延长三十日，价款减少人民币10,000.00元。",
      "本函为原合同的组成部分，与原合同具有同等法律效力。",
      "甲方（盖章）：    乙方（盖章）：",
      "2026年11月2日",
    ],
    { ...inCny(10_000), counterparty: "上海近水设备有限公司" },
  ),
  letter(
    true,
    "a letter agreement",
    [
      "",
      "Dear Ms. Weber,",
      "This letter sets out the agreement between Farhill Gauges Ltd and Nearwater Equipment GmbH.",
      "You will calibrate our gauges for twelve months, and we agree to pay you USD 24,000.00 in four instalments.",
      "Either party may end this agreement with three months' notice.",
      "It is governed by the laws of England.",
      "Please countersign and return one copy.",
      "24 November 2026",
      "Signed for and on behalf of Farhill Gauges Ltd",
      "Accepted and agreed: Nearwater Equipment GmbH",
    ],
    { ...inUsd(24_000), counterparty: "Nearwater Equipment GmbH" },
  ),
  letter(
    true,
    "a settlement",
    [
      "SETTLEMENT OF OUR DIFFERENCES",
      "Dear Mr. O'Hara,",
      "In consideration of the payment of USD 9,000.00 by O'Hara Valves, Inc., Farhill Gauges Ltd waives all claims.",
      "Each party bears its own costs. This settlement is legally binding upon both parties when signed.",
      "3 September 2026",
      "For and on behalf of Farhill Gauges Ltd",
      "For and on behalf of O'Hara Valves, Inc.",
    ],
    { ...inUsd(9000), counterparty: "O'Hara Valves, Inc." },
  ),
  letter(
    true,
    "terms to be confirmed",
    [
      "LETTER",
      "Party A: Farhill Gauges Ltd",
      "Party B: Smith & Sons Engineering Limited",
      "Party A appoints Party B as its agent for the south of England, and Party B agrees to buy for its own account.",
      "Party B may not sell competing gauges. The appointment lasts two years from 1 December 2026.",
      "The courts of London have exclusive jurisdiction.",
      "Signed for Party A:        Signed for Party B:",
    ],
    { ...noAmount, counterparty: "Smith & Sons Engineering Limited" },
  ),
  letter(
    true,
    "a lease of a machine",
    [
      "",
      "To: Smith & Sons Engineering Limited",
      "We have agreed the following with you. You let us a test bench for six months from 1 January 2027.",
      "The rent is USD 3,000.00 a month. We undertake to return it in the same state, and are liable for damage.",
      "This agreement takes effect when you have signed and returned this letter.",
      "For Farhill Gauges Ltd, 20 November 2026",
      "Agreed and accepted for Smith & Sons Engineering Limited",
    ],
    { ...inUsd(18_000), counterparty: "Smith & Sons Engineering Limited" },
  ),
  letter(
    true,
    "a purchase confirmed on both sides",
    [
      "采购确认函",
      "供方：天津海河阀门有限公司    需方：北京远山仪表有限公司",
      "供需双方就球阀三百台的买卖达成如下约定：单价人民币200.00元，货到付款。",
      "供方保证质量，逾期交货的承担违约责任。",
      "本确认函经双方签字盖章后生效。",
      "供方（盖章）：    需方（盖章）：",
      "2026年8月8日",
    ],
    { ...inCny(60_000), counterparty: "天津海河阀门有限公司" },
  ),
  letter(
    false,
    "a reminder of a payment",
    [
      "催款函",
      "上海近水设备有限公司：",
      "根据双方于2026年3月1日签订的采购合同，贵司应于2026年6月30日前支付价款人民币128,000.00元，至今未付。",
      "贵司的行为已构成违约。请于收到本函之日起七日内付款，否则我司将依合同约定提交仲裁，并要求赔偿损失。",
      "北京远山仪表有限公司",
      "2026年11月24日",
    ],
    { ...inCny(128_000), counterparty: "上海近水设备有限公司" },
  ),
  letter(
    false,
    "a contract sent for signature",
    [
      "关于寄送合同的函",
      "上海近水设备有限公司：",
      "随函寄上采购合同一式两份，请贵司盖章后寄回一份。该合同自双方盖章之日起生效。",
      "联系人：张伟，电话010-88880000。",
      "北京远山仪表有限公司",
      "2026年11月24日",
    ],
    { ...noAmount, counterparty: "上海近水设备有限公司" },
  ),
  letter(
    false,
    "an invitation",
    [
      "邀请函",
      "广州南岭机电股份有限公司：",
      "我司定于2026年12月10日举行新产品发布会，诚邀贵司派员参加。双方多年来合作愉快，期待与贵司进一步合作。",
      "北京远山仪表有限公司",
      "2026年11月24日",
    ],
    { ...noAmount, counterparty: "广州南岭机电股份有限公司" },
  ),
  letter(false, "a change of address", [
    "告知函",
    "各合作单位：",
    "我司自2026年12月1日起迁至北京市海淀区中关村大街27号办公，原签订的合同继续有效，付款账户不变。",
    "北京远山仪表有限公司",
    "2026年11月24日",
  ]),
  letter(
    false,
    "the end of a contract",
    [
      "解除合同通知函",
      "天津海河阀门有限公司：",
      "贵司逾期交货已超过六十日，严重违约。根据合同第十二条，我司决定自本函送达之日起解除双方签订的阀门采购合同，",
      "并保留要求赔偿的权利。因此引起的争议，按合同约定由北京仲裁委员会仲裁。",
      "北京远山仪表有限公司",
      "2026年11月24日",
    ],
    { ...noAmount, counterparty: "天津海河阀门有限公司" },
  ),
  letter(
    false,
    "an answer to a question about balances",
    [
      "询证函回函",
      "上海近水设备有限公司：",
      "截至2026年9月30日，我司账面应付贵司货款人民币56,000.00元，与贵司来函所列金额一致。",
      "本函仅用于核对账目，不作结算依据。",
      "北京远山仪表有限公司",
      "2026年11月24日",
    ],
    { ...inCny(56_000), counterparty: "上海近水设备有限公司" },
  ),
  letter(
    false,
    "a claim under a contract",
    [
      "",
      "Dear Mr. O'Hara,",
      "We refer to the supply agreement of 3 May 2026 between us. Clause 4 of the agreement obliges you to deliver in June.",
      "You are in breach. Unless you deliver within ten days we will claim damages and refer the dispute to arbitration.",
      "The governing law is that of England. Payment of your invoices is withheld until then.",
      "Yours sincerely, Jane Doe, Farhill Gauges Ltd, 24 November 2026",
    ],
    { ...noAmount, counterparty: "O'Hara Valves, Inc." },
  ),
  letter(
    false,
    "two copies enclosed",
    [
      "",
      "Dear Ms. Weber,",
      "Enclosed you find two copies of the agreement as discussed. Please sign both and return one of them to us.",
      "It takes effect when both parties have signed it.",
      "Yours sincerely, Jane Doe, Farhill Gauges Ltd, 24 November 2026",
    ],
    { ...noAmount, counterparty: "Nearwater Equipment GmbH" },
  ),
  letter(false, "a reference", [
    "TO WHOM IT MAY CONCERN",
    "Smith & Sons Engineering Limited has supplied us with valves since 2019 under several contracts.",
    "It has always delivered in time, and payments were settled without any dispute.",
    "Farhill Gauges Ltd, 24 November 2026",
  ]),
  letter(false, "thanks, and a date for a meeting", [
    "",
    "Dear Mr. Smith,",
    "thank you for your visit. We agree to meet again on 10 December 2026 to talk about the draft contract.",
    "Liability and the effective date are the points that are still open between the parties.",
    "Yours sincerely, Jane Doe, Farhill Gauges Ltd, 24 November 2026",
  ]),
  // Written after the marks were: at first none of these three agreements was found, and no letter taken for one.
  letter(
    true,
    "an offer that is taken by signing",
    [
      "",
      "Dear Mr. Smith,",
      "we offer to buy your used lathe for USD 7,500.00, collected by us before 15 December 2026.",
      "If you accept these terms, please sign below; a contract between us then exists.",
      "Farhill Gauges Ltd, 24 November 2026",
      "Accepted: Smith & Sons Engineering Limited",
    ],
    { ...inUsd(7500), counterparty: "Smith & Sons Engineering Limited" },
  ),
  letter(
    true,
    "a sponsorship as a letter of intent",
    [
      "合作意向书",
      "甲方：北京远山仪表有限公司",
      "乙方：成都锦里物业管理有限公司",
      "甲方赞助乙方举办的展会人民币20,000.00元，乙方为甲方提供展位一个。",
      "甲方应于2026年12月1日前付款，乙方未提供展位的应全额退还。",
      "本意向书经双方代表签字后对双方具有约束力。",
      "甲方代表：    乙方代表：",
    ],
    { ...inCny(20_000), counterparty: "成都锦里物业管理有限公司" },
  ),
  letter(
    true,
    "a promise against a promise",
    [
      "承诺函",
      "上海近水设备有限公司：",
      "双方协商一致，我司承诺于2026年12月31日前支付贵司货款人民币88,000.00元，贵司同意免除逾期利息。",
      "本函一经双方盖章即构成双方之间的协议。",
      "北京远山仪表有限公司（盖章）    上海近水设备有限公司（盖章）",
      "2026年11月24日",
    ],
    { ...inCny(88_000), counterparty: "上海近水设备有限公司" },
  ),
  letter(
    false,
    "an answer to a claim",
    [
      "复函",
      "广州南岭机电股份有限公司：",
      "贵司来函收悉。双方签订的合同约定质量保证期为二十四个月，贵司主张的赔偿已超过该期限，我司不予承担。",
      "我司愿与贵司协商，争取早日解决争议，避免仲裁。",
      "北京远山仪表有限公司",
      "2026年11月24日",
    ],
    { ...noAmount, counterparty: "广州南岭机电股份有限公司" },
  ),
  letter(
    false,
    "notice that a contract will not be renewed",
    [
      "",
      "Dear Sirs,",
      "we give notice that the service contract between Farhill Gauges Ltd and Nearwater Equipment GmbH is not renewed.",
      "It ends on 31 December 2026. Please send your last invoice; it will be paid within thirty days as agreed.",
      "For and on behalf of Farhill Gauges Ltd, Jane Doe, 24 November 2026",
    ],
    { ...noAmount, counterparty: "Nearwater Equipment GmbH" },
  ),
  letter(false, "prices for next year", [
    "调价函",
    "尊敬的客户：",
    "因原材料上涨，我司产品价格自2027年1月1日起上调百分之五。此前已签订的合同按原价执行。",
    "如有疑问，请与我司销售部联系，我们将继续提供优质服务。",
    "北京远山仪表有限公司",
    "2026年11月24日",
  ]),
];
