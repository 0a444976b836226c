import assert from "node:assert/strict";
import { test } from "node:test";
import { decideFacts, listDisagreements } from "./decisive-facts.ts";
import { starterBook } from "./document-class.ts";
import { condenseFacts } from "./kept-facts.ts";
import { declaredAs, readPaper, tellAs } from "./test-papers.ts";

const end = ["澜汐仪器有限公司", "2026年11月20日"];
const endInEnglish = ["Lanxi Instruments Co., Ltd.", "20 November 2026"];
const stockTake = ["关于年度盘点的通知", "各部门：", "请于十二月五日前完成盘点，盘点表交财务部。", ...end];
const stockTakeInEnglish = [
  ...["Notice on the stock-take", "To all who work at Lanxi Instruments Ltd"],
  ...["Please finish counting by 5 December and hand the sheets to finance.", ...endInEnglish],
];
const asNotice = (lines: readonly string[]): string[] => tellAs("internal-notice", false, lines);
const another = ["class other read", "external true read"];

test("C03: what binds under the heading of a notice within the house is another document that goes outside", () => {
  for (const body of [
    "今借到王建国人民币贰佰伍拾万元，年息百分之十，明年年底还清。",
    "截至2026年10月31日，我司欠北辰精密机械有限公司货款25,000,000.00元，经核对无误，将于年底前付清。",
    "同意将所持北辰精密机械有限公司百分之三十的股权以零对价转给王建国。",
    "位于滨江路18号的厂房自即日起抵押给江城银行，直至其贷款收回为止。",
    "我方决定解除与北辰精密机械有限公司于2026年1月5日签订的采购合同，并放弃已付款项的返还请求。",
    "贵方三月三日来函所列条件，我方全部接受，照此办理。",
    "今收到北辰精密机械有限公司现金贰佰伍拾万元整，作为定金。",
    "滨江路18号三层自2027年1月1日起租给北辰精密机械有限公司使用十年，月租八万元。",
    "应收北辰精密机械有限公司的货款与应付款项自即日起互相抵销，余款不再主张。",
    "公司向老王周转了两百五十万，明年年底前还清，利息另计。",
    "供方北辰精密，需方澜汐仪器。需方以贰仟伍佰万元购入生产线一条，明年三月交货。双方各执一份。",
  ])
    for (const title of ["通知", "往来账项核对单", "股东决定", "收据"])
      assert.deepEqual(asNotice([title, body, ...end]), another, `${title} ${body}`);
  for (const body of [
    "We have borrowed CNY 2,500,000 from Mr Wang Jianguo and pay it back with ten per cent by the end of 2027.",
    "Lanxi Instruments transfers its thirty per cent share in Beicheng Precision Ltd to Mr Wang Jianguo for nothing.",
    "The hall in Mill Road is mortgaged to Jiangcheng Bank until its loan is repaid.",
    "We accept all the conditions of the letter of 3 March and will act on them.",
    "Your proposal of 3 March is accepted as it stands.",
    "Lanxi Instruments Ltd releases Beicheng Precision Ltd from every claim that it has against it.",
    "The company gives its car to Mr Wang Jianguo, whose property it is from this day.",
    "We received CNY 2,500,000.00 in cash from Beicheng Precision Ltd as a deposit.",
    "We terminate the supply contract with Beicheng Precision Ltd and give up the claim to what was paid.",
    "The third floor is let to Beicheng Precision for ten years at CNY 80,000 a month.",
  ])
    assert.deepEqual(asNotice(["Notice", body, ...endInEnglish]), another, body);
});

test("C03: an annex behind a notice to the house is asked by itself what it binds to", () => {
  for (const annex of [
    ["附件", "供方北辰精密，需方澜汐仪器。需方以贰仟伍佰万元购入生产线一条，货到付清。双方各执一份。"],
    ["附件", "北辰精密机械有限公司提供生产线一条，澜汐仪器以贰仟伍佰万元购入。"],
    ["附件", "滨江路18号的厂房自即日起抵押给江城银行。"],
  ])
    assert.deepEqual(asNotice([...stockTake, ...annex]), another, annex.join(" "));
  for (const annex of [
    "Beicheng Precision Ltd supplies one production line in March, and Lanxi Instruments pays CNY 25,000,000 for it on arrival. Each keeps one copy.",
    "Beicheng Precision Ltd has a production line ready. CNY 25,000,000 is its price.",
  ])
    assert.deepEqual(asNotice([...stockTakeInEnglish, "Annex", annex]), another, annex);
  assert.deepEqual(asNotice(stockTake), []);
  assert.deepEqual(asNotice(stockTakeInEnglish), []);
  assert.deepEqual(asNotice([...stockTake, "附件：", "盘点表  区域  负责人", "一号库  周明澈"]), []);
});

test("C03: whatever its words, a notice that names an outsider and a sum and speaks to nobody in the house is asked about", () => {
  for (const [lines, told] of [
    [["通知", "北辰精密机械有限公司三月进场，价格二千五百万元。", ...end], another],
    [["通知", "生产线由王建国先生办妥，价格二千五百万元。", ...end], another],
    [
      ["Notice", "Beicheng Precision Ltd does the hall in March.", "It costs CNY 25,000,000.00.", ...endInEnglish],
      another,
    ],
    [["Notice", "Mr Wang Jianguo has our word for CNY 2,500,000.00.", ...endInEnglish], another],
    // Without the sum, or with a small one, or one of its own people, it is a notice.
    [["通知", "北辰精密机械有限公司三月进场，请各岗位配合。", ...end], []],
    [["通知", "北辰精密机械有限公司代表周五来访，午餐标准每人80元。", ...end], []],
    [["Notice", "Beicheng Precision Ltd visits us on Friday; lunch is CNY 80.00 each.", ...endInEnglish], []],
    [["通知", "自十二月一日起，压力表零售价调整为每只12,000.00元。", ...end], []],
    [["Notice", "From 1 December the list price of the L2 gauge is CNY 12,000.00.", ...endInEnglish], []],
    [["关于发放奖金的通知", "王建国先生获年度奖金50,000.00元，特此通报。", ...end], []],
    [["Notice", "Mr Wang Jianguo, sales manager, receives a bonus of CNY 50,000.00.", ...endInEnglish], []],
    [["通知", "澜汐仪器有限公司2027年度培训经费为200,000.00元。", ...end], []],
    [["Notice", "Lanxi Instruments Ltd spends CNY 200,000.00 on training in 2027.", ...endInEnglish], []],
    [["通知", "拟向北辰精密机械有限公司采购轴承，预算2,000,000.00元，合同另行签订。", ...end], []],
    [
      [
        "Notice",
        "Orders above CNY 50,000 need the approval of finance. Beicheng Precision Ltd visits us.",
        ...endInEnglish,
      ],
      [],
    ],
  ] as const)
    assert.deepEqual(asNotice(lines), told, lines.join(" | "));
});

test("C03: notices about what is lent, let, signed and forbidden within the house stay notices", () => {
  for (const lines of [
    ["关于加强对外担保管理的通知", "各子公司：", "未经集团批准，不得将厂房抵押给银行，不得放弃对外债权。", ...end],
    ["通知", "严禁将门禁卡借给他人使用。", ...end],
    ["通知", "经研究，决定解除与员工张三的劳动合同。", ...end],
    ["通知", "今收到各部门盘点表共十二份。", ...end],
    ["通知", "图书室新书可借阅一个月，逾期请续借。", ...end],
    ["通知", "盘点表一式两份，请各部门留存一份。", ...end],
    ["通知", "我司欠缺叉车司机两名，请推荐。", ...end],
    ["通知", "合同须由双方各执一份，用印后一周内归档。", ...end],
    ["通知", "三楼会议室可借给各部门使用，借用期不超过一天。", ...end],
    ["通知", "地下车位出租给员工使用，月租300元，期限一年。", ...end],
    ["通报", "我公司中标江城地铁有限公司项目，中标金额12,800,000.00元，特此祝贺。", ...end],
    ["通报", "截至10月底，北辰精密机械有限公司欠我司货款1,260,000.00元，请销售部跟进。", ...end],
    ["Notice", "Each party keeps one copy of a contract; file yours within a week.", ...endInEnglish],
    ["Notice", "We accept your suggestions on working conditions until Friday.", ...endInEnglish],
    ["Notice", "Parking spaces are let to employees at CNY 300 a month for one year.", ...endInEnglish],
    ["关于停用供应商的通知", "各部门：", "我司已解除与北辰精密机械有限公司的采购合同，请停止下单。", ...end],
    ["Notice", "Please do not lend your key card to anyone for more than two months.", ...endInEnglish],
    ["Notice", "Nobody may sign contracts or collect money in our name without a power.", ...endInEnglish],
    ["Notice", "Books may be borrowed from the library; each reader has one card.", ...endInEnglish],
    ["Notice", "Should the lift fail, please take the stairs and tell the porter at once.", ...endInEnglish],
    ["Notice", "Lanxi Instruments moves its main store to the hall at the north gate on Monday.", ...endInEnglish],
    [
      "Internal notice",
      "To: all staff",
      "We cancelled the contract with Harbour Optics GmbH, so order elsewhere.",
      ...endInEnglish,
    ],
  ])
    assert.deepEqual(asNotice(lines), [], lines.join(" | "));
});

test("C03: who pays in another's place guarantees, and who may sign and collect has a power", () => {
  const first = (body: string): string | undefined => asNotice(["Notice", body, ...endInEnglish])[0];
  assert.equal(
    first(
      "Should Beicheng Precision Ltd fail to pay its bank, Lanxi Instruments will pay in its place whatever is due.",
    ),
    "class guarantee read",
  );
  assert.equal(
    first("Lanxi Instruments Ltd stands behind all that Beicheng owes to its bank."),
    "class guarantee read",
  );
  assert.equal(
    first("Should Beicheng fail to pay its bank, the bank may turn to us for the whole on first call."),
    "class guarantee read",
  );
  assert.equal(
    asNotice(["通知", "北辰精密机械有限公司到期资金不足时，我司将及时提供流动性支持，确保其足额偿付。", ...end])[0],
    "class guarantee read",
  );
  assert.equal(
    first("Mr Zhang Wei may sign contracts and collect money in our name until the end of 2027."),
    "class authorisation-letter read",
  );
  assert.equal(
    asNotice(["通知", "张伟先生可以我司名义签订合同、收取货款。", ...end])[0],
    "class authorisation-letter read",
  );
  for (const body of [
    "The management stands behind all who report a danger.",
    "Mr Zhang Wei may collect documents on our behalf.",
    "Mr Zhang Wei may not sign contracts in our name.",
    "Ms Li is away; Ms Chen will answer the telephone in her place.",
  ])
    assert.equal(first(body), undefined, body);
});

test("C03: what a notice hides decides until a reviewer settles it, also by what is kept of it; a letter is no notice", () => {
  const lines = ["通知", "今借到王建国人民币贰佰伍拾万元，明年年底还清。", ...end];
  const declared = { ...declaredAs("internal-notice", false), amountMinor: null };
  const documents = [{ documentId: "d", facts: condenseFacts(readPaper(lines)), template: null }];
  const disagreements = listDisagreements(declared, documents, starterBook);
  const decide = (settled: readonly string[]) =>
    decideFacts(declared, documents, disagreements, new Set(settled), starterBook);
  assert.deepEqual([decide([]).documentClass, decide([]).external], ["other", true]);
  const all = disagreements.map(({ key }) => key);
  assert.deepEqual([decide(all).documentClass, decide(all).external], ["internal-notice", false]);
  assert.match(disagreements.find(({ fact }) => fact === "class")?.text ?? "", /^今借到/u);
  assert.deepEqual(tellAs("other", true, ["往来说明", ...lines.slice(1)]), []);
});
