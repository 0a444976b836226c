import type { DocumentClassId } from "@chancery/domain";

/** A standard document; `[[kind]]` is a field. Lines of the signature block come last and stay open. */
export interface StandardText {
  readonly id: string;
  readonly language: "zh" | "en";
  readonly documentClass: DocumentClassId;
  readonly title: string;
  readonly lines: readonly string[];
  readonly signature: readonly string[];
  /** How often its amount is due; once where it does not say. */
  readonly due?: number;
}

const zhEnd = ["甲方（盖章）：", "乙方（盖章）：", "日期：　　年　　月　　日"];
const enEnd = ["Signed for and on behalf of Party A:", "Signed for and on behalf of Party B:", "Date: ______________"];

const zhCommon = [
  "双方应对在履行本合同过程中知悉的对方商业秘密承担保密义务，未经对方书面同意不得向任何第三方披露。",
  "因不可抗力致使本合同不能履行的，遭受不可抗力的一方应在七日内书面通知对方，并提供有关机构出具的证明。",
  "任何一方违反本合同约定的，应当赔偿对方因此遭受的全部直接损失，违约金不足以弥补损失的应当补足。",
  "本合同未尽事宜，由双方协商后另行签订补充协议，补充协议与本合同具有同等法律效力。",
  "因本合同引起的争议，双方应友好协商解决；协商不成的，提交原告所在地人民法院诉讼解决。",
  "任何一方变更通讯地址或联系人的，应提前五个工作日书面通知对方，否则原地址仍视为有效送达地址。",
  "本合同附件为本合同不可分割的组成部分，附件与正文不一致的，以正文为准。",
  "本合同一式肆份，双方各执两份，自双方盖章之日起生效。",
];
const enCommon = [
  "Each party keeps confidential what it learns about the business of the other party and uses it for no other purpose.",
  "Neither party is liable for a failure to perform that is caused by an event beyond its reasonable control.",
  "A party that breaches this agreement compensates the other party for the direct loss that follows from the breach.",
  "Changes to this agreement are valid only if they are made in writing and signed by both parties.",
  "Neither party may assign its rights without the prior written consent of the other party.",
  "Notices are given in writing to the address stated above and take effect when they are received.",
  "If a provision of this agreement is invalid, the other provisions remain in force.",
  "This agreement is governed by the laws of England, and the courts of London have exclusive jurisdiction.",
];
const number = (lines: readonly string[], language: "zh" | "en"): string[] =>
  lines.map((line, at) => (language === "zh" ? `${at + 1}、${line}` : `${at + 1}. ${line}`));

export const standardTexts: readonly StandardText[] = [
  {
    ...{ id: "zh-purchase", language: "zh", documentClass: "contract", title: "采购合同", signature: zhEnd },
    lines: [
      ...["合同编号：[[code]]", "甲方：[[own]]", "乙方：[[party]]"],
      ...number(
        [
          "甲方向乙方采购下列货物：[[goods]]，规格和数量以附件一为准，乙方保证货物为全新原厂产品。",
          "合同总价为人民币[[amount]]元，该价格包含运输、保险、安装和调试的全部费用。",
          "乙方应于[[date]]前将货物运抵甲方指定地点，逾期一日按合同总价的千分之三支付违约金。",
          "甲方在收到货物并验收合格后三十日内支付合同总价的百分之九十五，余款作为质量保证金。",
          "质量保证期为二十四个月，自验收合格之日起计算，保证期内乙方免费维修或更换。",
          "货物的所有权和风险自甲方验收合格并签署验收单时起转移给甲方。",
          ...zhCommon,
        ],
        "zh",
      ),
    ],
  },
  {
    ...{ id: "zh-lease", language: "zh", documentClass: "contract", title: "房屋租赁合同", signature: zhEnd, due: 36 },
    lines: [
      ...["甲方（出租方）：[[party]]", "乙方（承租方）：[[own]]"],
      ...number(
        [
          "甲方将位于[[place]]的房屋出租给乙方作办公使用，乙方不得擅自改变用途。",
          "租赁期限自[[date]]起，共三十六个月，期满后乙方在同等条件下享有优先承租权。",
          "月租金为人民币[[amount]]元，乙方于每月五日前支付，逾期超过十五日的甲方有权解除合同。",
          "乙方支付相当于两个月租金的押金，租赁期满并结清费用后十日内无息退还。",
          "水费、电费和物业管理费由乙方承担，房屋主体结构的维修由甲方承担。",
          "未经甲方书面同意，乙方不得将房屋转租或者分租给任何第三人。",
          ...zhCommon,
        ],
        "zh",
      ),
    ],
  },
  {
    ...{ id: "zh-authorisation", language: "zh", documentClass: "authorisation-letter", title: "授权委托书" },
    signature: ["授权人（盖章）：", "日期：　　年　　月　　日"],
    lines: [
      "致：[[party]]",
      "兹授权我单位员工[[person]]为我方代理人，以我方名义办理[[matter]]的有关事宜。",
      "代理人在上述事项范围内签署的文件和处理的事务，我方均予以承认并承担相应的法律责任。",
      "本授权自[[date]]起三十日内有效，代理人无转委托权。",
      "特此授权，请贵单位在办理时核对代理人的身份证件原件，并留存复印件一份备查。",
    ],
  },
  {
    ...{ id: "zh-guarantee", language: "zh", documentClass: "guarantee", title: "履约保函" },
    signature: ["担保人（盖章）：", "日期：　　年　　月　　日"],
    lines: [
      "致受益人：[[party]]",
      "鉴于贵方与被担保人于[[date]]签订了[[goods]]供货合同，我方愿就被担保人履行合同义务向贵方提供担保。",
      "我方的担保金额最高不超过人民币[[amount]]元，该金额随被担保人履行合同义务而相应递减。",
      "在本保函有效期内，我方将在收到贵方书面索赔通知后七个工作日内，不争辩、不挑剔、不可撤销地支付。",
      "本保函的有效期自开立之日起至被担保人履行完毕全部合同义务之日止，最迟不超过十二个月。",
      "未经我方书面同意，贵方对合同的重大变更使我方责任加重的，加重部分我方不承担担保责任。",
    ],
  },
  {
    ...{ id: "en-purchase", language: "en", documentClass: "contract", title: "PURCHASE CONTRACT", signature: enEnd },
    lines: [
      ...["Contract No.: [[code]]", "Party A: [[own]]", "Party B: [[party]]"],
      ...number(
        [
          "Party B sells and delivers to Party A the following goods: [[goods]], as described in Annex 1.",
          "The total price is USD [[amount]] and covers packing, freight, insurance and commissioning.",
          "The goods are delivered on or before [[date]]; delay costs 0.3 per cent of the total price for each day.",
          "Party A pays ninety-five per cent of the price within thirty days after acceptance and the rest after the warranty.",
          "The warranty period is twenty-four months from acceptance; defects are remedied free of charge.",
          "Title and risk pass to Party A when the certificate of acceptance has been signed.",
          ...enCommon,
        ],
        "en",
      ),
    ],
  },
  {
    ...{ id: "en-service", language: "en", documentClass: "contract", title: "SERVICE AGREEMENT", signature: enEnd },
    lines: [
      ...["Party A: [[party]]", "Party B: [[own]]"],
      ...number(
        [
          "Party B provides calibration services at [[place]] for the instruments that Party A names in writing.",
          "The services begin on [[date]] and continue for twelve months unless they are ended earlier in writing.",
          "Party A pays a fixed fee of EUR [[amount]] per year in four equal instalments after each quarter.",
          "Party B performs the services with the skill and care that can be expected of an accredited laboratory.",
          "The results belong to Party A; Party B keeps its records for five years and gives access on request.",
          "The total liability of Party B is limited to the fees paid in the year in which the damage occurred.",
          ...enCommon,
        ],
        "en",
      ),
    ],
  },
  {
    ...{ id: "en-authority", language: "en", documentClass: "authorisation-letter", title: "LETTER OF AUTHORISATION" },
    signature: ["Authorised signatory:", "Date: ______________"],
    lines: [
      "To: [[party]]",
      "We hereby authorise [[person]] to act in our name in the following matter: [[matter]].",
      "What the representative signs or does within this matter binds us as if we had done it ourselves.",
      "This authorisation is valid for thirty days from [[date]] and may not be passed on to anybody else.",
      "Please compare the original of an identity document and keep a copy of it with your files.",
    ],
  },
  {
    ...{ id: "en-guarantee", language: "en", documentClass: "guarantee", title: "PERFORMANCE GUARANTEE" },
    signature: ["Signed for and on behalf of the guarantor:", "Date: ______________"],
    lines: [
      "Beneficiary: [[party]]",
      "By a contract dated [[date]] our customer has undertaken to supply you with [[goods]].",
      "We irrevocably undertake to pay you on first written demand any amount up to USD [[amount]] in total.",
      "The demand states in what respect our customer has failed to perform and reaches us within the period of validity.",
      "This guarantee ends twelve months after its date of issue, after which no demand can be made under it.",
      "It is subject to the Uniform Rules for Demand Guarantees, and it is neither transferable nor assignable.",
    ],
  },
];

export const ownNames = ["北京远山仪表有限公司", "Farhill Gauges Ltd"];
const pools: Readonly<Record<"zh" | "en", Readonly<Record<string, readonly string[]>>>> = {
  zh: {
    own: ["北京远山仪表有限公司"],
    party: [
      "上海近水设备有限公司",
      "广州南岭机电（集团）股份有限公司",
      "成都锦里物业管理有限公司",
      "苏州3M科技有限公司",
    ],
    goods: ["压力表十二只", "不锈钢球阀（DN50）三百台及配套法兰", "控制柜", "GB/T 1226 精密压力表 40 台"],
    amount: ["128,000.00", "1,250,000", "86000.5", "3,400,000.00"],
    date: ["2026年11月24日", "2026年12月1日", "2027年3月31日", "2026-12-15"],
    place: [
      "北京市海淀区中关村大街27号3层",
      "上海市浦东新区张杨路500号",
      "成都市高新区天府大道99号B座12楼1203室",
      "苏州工业园区",
    ],
    person: ["张伟", "欧阳明月", "李娜（身份证号110101199003070011）", "王芳"],
    matter: ["海关备案", "项目投标及合同谈判", "车辆年检", "银行账户变更"],
    code: ["HT-2026-0112", "CG2026第88号", "YS/HT-7", "2026-采-0031"],
  },
  en: {
    own: ["Farhill Gauges Ltd"],
    party: [
      "Nearwater Equipment GmbH",
      "Smith & Sons Engineering Limited",
      "O'Hara Valves, Inc.",
      "Société Générale des Eaux S.A.",
    ],
    goods: [
      "twelve pressure gauges",
      "three hundred stainless steel ball valves (DN50) with matching flanges",
      "a control cabinet",
      "forty gauges type PG-100/A",
    ],
    amount: ["128,000.00", "1,250,000", "86,000.50", "3,400,000.00"],
    date: ["24 November 2026", "December 1, 2026", "31 March 2027", "2026-12-15"],
    place: ["27 High Street, London", "Unit 4, Riverside Park, Bristol BS1 6XN", "its plant in Leeds", "Hamburg"],
    person: ["Jane Doe", "Dr. Maximilian von Hohenberg", "Li Na (passport E12345678)", "John Roe"],
    matter: [
      "customs registration",
      "tender and negotiation of a supply contract",
      "vehicle inspection",
      "change of a bank account",
    ],
    code: ["PC-2026-0112", "FG/88/26", "7", "2026-P-0031"],
  },
};

/** Values that are more than one short name: a template's field of names has them read by somebody. */
export const ofSeveralParts: readonly string[] = [
  ...["不锈钢球阀（DN50）三百台及配套法兰", "李娜（身份证号110101199003070011）"],
  ...["three hundred stainless steel ball valves (DN50) with matching flanges", "Li Na (passport E12345678)"],
  ...["27 High Street, London", "Unit 4, Riverside Park, Bristol BS1 6XN"],
];
/** One that is a short name, a day, an amount or a party. */
export function pickPlain(language: "zh" | "en", kind: string, seed: number): string {
  const value = pickValue(language, kind, seed);
  return ofSeveralParts.includes(value) ? pickPlain(language, kind, seed + 1) : value;
}

/** The same value each time for the same document and field. */
export function pickValue(language: "zh" | "en", kind: string, seed: number): string {
  const pool = pools[language][kind] ?? ["x"];
  return pool[seed % pool.length] ?? "x";
}
