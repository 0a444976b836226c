import type { DeclaredFacts } from "@chancery/domain";
import { inCny, inUsd, letter } from "./entry-letters.ts";
import type { LabelledDocument } from "./entry-make.ts";

/** A paper that was declared as a notice within the house; what it binds us to, it says to somebody outside. */
const notice = (
  isBinding: boolean,
  name: string,
  lines: readonly [string, ...string[]],
  facts: Partial<DeclaredFacts> = {},
): LabelledDocument => ({
  ...letter(isBinding, name, lines, { documentClass: "internal-notice", external: false, ...facts }),
  misdeclared: isBinding ? ["class", "external"] : [],
});

const smith = { counterparty: "Smith & Sons Engineering Limited" };

/** Papers that bind and that nobody calls a contract, and papers that speak of the same things and bind nobody. */
export const labelledBinding: readonly LabelledDocument[] = [
  notice(
    true,
    "minutes that two companies sign",
    [
      "会议纪要",
      "参会单位：北京远山仪表有限公司、上海近水设备有限公司",
      "经协商，双方确认：北京远山仪表有限公司向上海近水设备有限公司采购压力表二千只，总价人民币500,000.00元。",
      "任何一方不履行的，应向对方支付总价百分之二十的违约金。",
      "本纪要自双方盖章之日起生效。",
      "北京远山仪表有限公司（盖章）    上海近水设备有限公司（盖章）",
      "2026年9月20日",
    ],
    inCny(500_000),
  ),
  notice(
    true,
    "a contract in Traditional Chinese",
    [
      "採購合約",
      "買方：北京遠山儀表有限公司",
      "賣方：香港海灣貿易有限公司",
      "賣方向買方供應軸承組件二千套，總價港幣500,000.00元，於2026年12月31日前交貨。",
      "本合約自雙方蓋章之日起生效。",
      "買方（蓋章）    賣方（蓋章）",
    ],
    { amountMinor: 50_000_000, currency: "HKD" },
  ),
  notice(false, "minutes that speak of a supplier", [
    "会议纪要",
    "时间：2026年9月18日    地点：三楼会议室",
    "采购部汇报，拟向上海近水设备有限公司采购压力表，合同另行签订。",
    "会议决定由财务部复核预算，下周一前报总经办。",
    "北京远山仪表有限公司",
  ]),
  letter(
    true,
    "a note of a debt",
    [
      "借条",
      "今向上海近水设备有限公司借到人民币500,000.00元，月利率百分之一，于2027年6月30日前还清。",
      "借款人：北京远山仪表有限公司（盖章）",
      "2026年11月20日",
    ],
    { ...inCny(500_000), counterparty: "上海近水设备有限公司" },
  ),
  letter(
    true,
    "a statement of work",
    [
      "Statement of Work No. 3",
      "Between Farhill Gauges Ltd and Smith & Sons Engineering Limited, 20 November 2026",
      "Smith & Sons Engineering Limited will forward 400 pallets in 2027.",
      "Farhill Gauges Ltd will pay USD 90,000.00 in four instalments. Cancellation costs 20 per cent.",
      "Signed: Farhill Gauges Ltd    Signed: Smith & Sons Engineering Limited",
    ],
    { ...inUsd(90_000), ...smith },
  ),
  letter(
    true,
    "a letter that binds its writer",
    [
      "",
      "To: Smith & Sons Engineering Limited",
      "Farhill Gauges Ltd hereby commits to purchase warehousing services for a total of USD 90,000.00 during 2027,",
      "and shall pay a break fee of ten per cent of that sum should it not do so. This letter is binding.",
      "For Farhill Gauges Ltd, 20 November 2026",
      "Accepted: Smith & Sons Engineering Limited",
    ],
    { ...inUsd(90_000), ...smith },
  ),
  letter(
    false,
    "a reminder of an order",
    [
      "",
      "To: Smith & Sons Engineering Limited",
      "Dear Sirs,",
      "under our order of 3 May you were to deliver 400 pallets for USD 90,000.00. A penalty of five per cent is due.",
      "Please deliver within ten days. Yours faithfully, Farhill Gauges Ltd, 20 November 2026",
    ],
    { ...inUsd(90_000), ...smith },
  ),
];
