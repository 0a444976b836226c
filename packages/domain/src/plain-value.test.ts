import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlainValue } from "./plain-value.ts";

const ask = (kind: "text" | "party", plain: boolean, values: readonly string[]): void => {
  for (const value of values) assert.equal(isPlainValue(kind, value), plain, value);
};

test("C03: one short name of a person, a post, a thing or a place is plain", () => {
  ask("text", true, [
    ...["张明", "欧阳明月", "张可欣", "于敏", "Jane Doe", "Dr. Maximilian von Hohenberg", "买买提·艾力"],
    ...["工程师", "高级会计师", "信息部经理", "分公司总经理", "质量负责人", "IT manager", "Head of Sales"],
    ...[
      "VG-200型真空计十二台",
      "压力变送器六十台",
      "税务登记",
      "LX-200K型",
      "压力表十二只",
      "无缝钢管五吨",
      "可编程控制器两台",
      "华为交换机五台",
    ],
    ...["GB/T 1226 精密压力表 40 台", "不锈钢球阀三百台及配套法兰", "forty gauges type PG-100/A", "a gauge head"],
    ...["北京市海淀区中关村大街27号3层", "成都市高新区天府大道99号B座12楼1203室", "No. 7 St. James St. London"],
    ...["项目投标及合同谈判", "2026年度财务审计", "tender and negotiation of a supply contract"],
    ...["310101199001011234", "HT-2026-0112", "CG2026第88号", "E12345678"],
  ]);
  ask("party", true, [
    ...["招商银行股份有限公司上海分行", "华和机械（苏州）有限公司", "海港光学有限公司（Harbour Optics Co., Ltd.）"],
    ...["Smith, Jones & Co.", "O'Hara Valves, Inc.", "Société Générale des Eaux S.A.", "Harbour & Pine Logistics Ltd."],
    ...["南京小额贷款有限公司", "支付宝（中国）网络技术有限公司", "上海仲裁委员会", "Buyer Ltd."],
  ]);
});

test("C03: what promises, agrees or refers is not plain, with punctuation or without, in whichever characters", () => {
  ask("text", false, [
    ...["经理，其借款本息由我司无条件代付", "经理其借款本息由我司无条件代付", "經理其借款本息由我司無條件代付"],
    ...[
      "我司愿兜底",
      "贵行可径向我司追索",
      "其未还款项我司照付",
      "我单位将配合贵行扣划其工资",
      "全权处理与贵司一切往来",
    ],
    ...["经理借款本息照付", "经理公司负责", "真空计十二台卖方安装", "真空计十二台见附件二"],
    ...[
      "真空计十二台（付款以附件二为准）",
      "真空计十二台，争议提交伦敦仲裁",
      "真空计十二台，货款分十年付",
      "货款分十年付",
    ],
    ...["经理单位背书", "真空计十二台买一送一", "真空计十二台及三百台备件", "真空计等", "不限", "无", "面议"],
    ...["manager authorised to sign contracts", "gauges on credit"],
    ...["真空计十二台，另赠同型号三百台", "真空计十二台—包安装", "经理-担责", "真空计十二台质保十年"],
    ...[
      "Pier 7. No payment",
      "Manager whose loans we cover",
      "manager WE COVER LOANS",
      "a gauge as per annex B",
      "gauge; free",
    ],
    "a gauge of a kind that nobody would ever call by its name alone",
    "一二三四五六七八九十一二三四五六七八九十东",
    // A script that is not judged here is read by somebody.
    "менеджер",
  ]);
  ask("party", false, [
    ...["北辰精密有限公司（由卖方担保其清偿）", "北辰精密有限公司由我司代付", "Dongling Ltd, whose debts we settle"],
  ]);
});

test("C20: money in a field of names is not plain, however short it is written", () => {
  ask("text", false, [
    ...[
      "年收入50w",
      "50w",
      "50W",
      "50 w",
      "50万",
      "五十万",
      "伍拾萬",
      "50k",
      "1.5亿",
      "三千元",
      "收入500000",
      "经理 500000",
    ],
    ...["RMB50K", "USD 5m", "5 million", "人民币五十"],
  ]);
  ask("party", false, ["东岭机电有限公司50w", "东岭机电有限公司五十万"]);
});

test("C03: a bare phrase that binds by a word of its own is not plain, though nothing parts it", () => {
  ask("text", false, [
    ...["先货后钱的真空计", "先货后款真空计", "先用后买真空计", "款到发货的真空计", "货到付款真空计", "赊销真空计"],
    ...["包退真空计", "包教包会真空计", "保底销售真空计", "无条件退换真空计", "全额退款真空计", "可退货真空计"],
    ...[
      "免费真空计",
      "终身维护真空计",
      "永久授权软件",
      "独家供应真空计",
      "排他代理商",
      "优先购买权人",
      "假一罚十真空计",
    ],
    ...["连带责任人张明", "承诺人张明", "担保人张明", "售后回购设备", "月结真空计", "寄售真空计", "試用真空計"],
    ...[
      "guaranteed gauges",
      "refundable gauges",
      "unconditional gauges",
      "gauges free of charge",
      "exclusive distributor",
    ],
    ...["sole agent", "irrevocable gauges", "perpetual licence", "gauges on consignment", "money back gauges"],
    ...[
      "goods first money later",
      "returnable gauges",
      "gauges cash on delivery",
      "first refusal gauges",
      "BUYBACK gauges",
    ],
  ]);
  // Behind what a party is called by law stands none of its name.
  ask("party", false, [...["北辰精密有限公司独家供应", "北辰精密有限公司先货后款", "Dongling Ltd exclusive supplier"]]);
});

test("C03: names that hold such a character or word and mean nothing by it stay plain", () => {
  ask("text", true, [
    ...["真空计", "质量保证部经理", "质量保证工程师", "保证金管理系统", "免税店", "免疫分析仪", "包装机两台", "包头市"],
    ...["先锋路12号", "先进制造部", "前后桥总成", "售后工程师", "终身教育学院", "永久磁铁", "永新县", "独立董事"],
    ...["唯一标识系统", "优先股登记", "试验台", "寄存柜", "退火炉", "结构件", "月结石", "货架五十组", "国际货运代理"],
    ...["款式设计", "担架", "承载板", "最小二乘法软件"],
    ...["permanent magnet", "solenoid valve", "sole plate", "trial kit", "first aid kit", "after-sales engineer"],
    ...["cash register", "perpetual calendar watch", "returns department", "Best Road 7", "evergreen trees"],
  ]);
  ask("party", true, [
    ...["上海永久自行车有限公司", "唯一艺术传播有限公司", "独家村餐饮有限公司", "优先科技股份有限公司北京分公司"],
    ...["Exclusive Furnishings Ltd.", "Evergreen Marine Corp.", "Guaranteed Rate Inc."],
  ]);
});
