import type { House } from "@chancery/domain";
import { inCny, inUsd, letter } from "./entry-letters.ts";
import type { LabelledDocument, Misdeclared } from "./entry-make.ts";
import { ownNames } from "./entry-texts.ts";

/** The entity whose seal the set's applications ask for, and another of its organisation. */
export const house: House = { own: ownNames, sisters: [["北京远山精工有限公司", "Farhill Precision Ltd"]] };

const contract = (
  misdeclared: readonly Misdeclared[],
  name: string,
  lines: readonly [string, ...string[]],
  facts: Parameters<typeof letter>[3],
): LabelledDocument => ({
  ...letter(false, name, lines, { documentClass: "contract", ...facts }),
  ...{ name: `due: ${name}`, misdeclared },
});
const zh = (
  title: string,
  clauses: readonly string[],
  buyer = "北京远山仪表有限公司",
): readonly [string, ...string[]] => [
  title,
  `甲方：${buyer}`,
  "乙方：上海近水设备有限公司",
  ...clauses,
  "任何一方违反本合同的，应赔偿对方因此遭受的损失。",
  "本合同自双方盖章之日起生效。",
  "甲方（盖章）：        乙方（盖章）：",
  "2026年11月24日",
];
const near = { counterparty: "上海近水设备有限公司" };
const en = (
  title: string,
  clauses: readonly string[],
  between = "Farhill Gauges Ltd and Smith & Sons Engineering Limited",
): readonly [string, ...string[]] => [
  title,
  `between ${between}.`,
  ...clauses,
  "This agreement is governed by the laws of England.",
  "Signed for the first party:              Signed for the second party:",
  "24 November 2026",
];
const smith = { counterparty: "Smith & Sons Engineering Limited" };

/** What is due again and again, what only sounds so; papers of the entity, and papers of others. */
export const labelledDue: readonly LabelledDocument[] = [
  contract(
    ["amount"],
    "a rent for a year, declared for a lease of six",
    zh("房屋租赁合同", [
      "一、甲方承租乙方厂房一处，租赁期限自2027年1月1日起至2032年12月31日止。",
      "二、年租金为人民币360,000.00元，于每年一月十日前支付。",
    ]),
    { ...inCny(360_000), ...near },
  ),
  contract(
    ["amount"],
    "a fee of a month, declared for two years",
    zh("设备维保合同", [
      "一、乙方为甲方提供设备维保服务，服务期限为二十四个月。",
      "二、维保费每月人民币25,000.00元，按月结算。",
    ]),
    { ...inCny(25_000), ...near },
  ),
  contract(
    ["amount"],
    "a subscription without an end",
    zh("软件使用合同", [
      "一、乙方向甲方提供软件使用许可，至任何一方书面终止为止。",
      "二、许可使用费每季度人民币60,000.00元。",
    ]),
    { ...inCny(60_000), ...near },
  ),
  contract(
    ["amount"],
    "a monthly charge in English",
    en("Warehousing agreement", [
      "1. Smith & Sons Engineering Limited stores up to 400 pallets for thirty months.",
      "2. Farhill Gauges Ltd pays USD 12,500.00 per month in arrears.",
    ]),
    { ...inUsd(12_500), ...smith },
  ),
  contract(
    ["amount"],
    "a little more than it says",
    zh("采购合同", [
      "一、乙方向甲方供应数控设备，合同总价约一百八十余万元，以结算为准。",
      "二、甲方预付人民币200,000.00元。",
    ]),
    { ...inCny(200_000), ...near },
  ),
  contract(
    [],
    "a rent with its sum, and all of it declared",
    zh("仓库租赁合同", [
      "一、租赁期限三年，月租金人民币20,000.00元，首月免租。",
      "二、三年租金合计人民币700,000.00元。",
    ]),
    { ...inCny(700_000), ...near },
  ),
  contract(
    [],
    "a rent of which the applicant declared all",
    en("Lease", ["1. The tenant takes the hall for a term of four years.", "2. The annual rent is USD 50,000.00."]),
    { ...inUsd(200_000), ...smith },
  ),
  contract(
    [],
    "a price, reports each month and a warranty of five years",
    zh("采购合同", [
      "一、合同总价人民币480,000.00元，验收合格后三十日内付清。",
      "二、乙方每月提交进度报表，质保期五年，保密义务于合同终止后三年内有效。",
    ]),
    { ...inCny(480_000), ...near },
  ),
  contract(
    [],
    "a price with a penalty for each week",
    en("Purchase agreement", [
      "1. The price is USD 64,000.00, paid within thirty days of delivery.",
      "2. For each week of delay the seller pays liquidated damages of USD 500.00. The warranty lasts for two years.",
    ]),
    { ...inUsd(64_000), ...smith },
  ),
  contract(
    ["entity"],
    "a purchase between two others",
    zh(
      "采购合同",
      ["一、乙方向甲方供应压力表，总价人民币90,000.00元，于2026年12月31日前交付。"],
      "天津海河阀门有限公司",
    ),
    { ...inCny(90_000), ...near },
  ),
  contract(
    ["entity"],
    "a purchase of the sister",
    zh(
      "采购合同",
      ["一、乙方向甲方供应压力表，总价人民币90,000.00元，于2026年12月31日前交付。"],
      "北京远山精工有限公司",
    ),
    { ...inCny(90_000), ...near },
  ),
  contract(
    ["entity"],
    "an English agreement of two others",
    en(
      "Supply agreement",
      ["1. The goods are delivered by 31 December 2026.", "2. The price is USD 9,000.00."],
      "Nearwater Equipment GmbH and Smith & Sons Engineering Limited",
    ),
    { ...inUsd(9_000), ...smith },
  ),
  contract(
    [],
    "the entity for short",
    zh("采购合同", ["一、乙方向甲方供应压力表，总价人民币90,000.00元，于2026年12月31日前交付。"], "远山仪表"),
    { ...inCny(90_000), ...near },
  ),
  contract(
    [],
    "three parties, the entity the third",
    zh(
      "三方协议",
      ["丙方：北京远山仪表有限公司", "一、乙方向甲方供应压力表，总价人民币90,000.00元，由丙方代为收货。"],
      "天津海河阀门有限公司",
    ),
    { ...inCny(90_000), ...near },
  ),
];
