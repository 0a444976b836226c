import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AmountRead, readAmounts } from "./amounts-in-text.ts";
import { parseChineseNumber } from "./amounts-in-words.ts";
import { compareDeclared, type DeclaredFacts, findMissingFacts, listOwnAmounts, readFacts } from "./declared-facts.ts";
import { listDifferingAmounts } from "./differing-amounts.ts";
import { type StarterClassId, starterBook } from "./document-class.ts";
import { type DocumentLine, readDocumentText } from "./document-text.ts";
import { isSameParty, readParties } from "./parties-in-text.ts";
import { layOut } from "./test-pages.ts";

const own = ["北京远山仪表有限公司", "Farhill Gauges Ltd"];
const read = (lines: readonly string[]) => readFacts(readDocumentText(layOut(lines)), own, starterBook);
const linesOf = (...texts: string[]): DocumentLine[] =>
  texts.map((text) => ({ text, page: 0, box: { x: 0, y: 0, width: 1, height: 1 }, running: false }));
const amounts = (...texts: string[]): [number, string | null][] =>
  readAmounts(linesOf(...texts)).map(({ minor, currency }: AmountRead) => [minor / 100, currency]);

test("C01: a price is one whatever else is named beside it; what is insured, and what a breach costs, is none", () => {
  const ownOf = (line: string) => listOwnAmounts(read([line])).map(({ minor }) => minor / 100);
  for (const price of [
    "The price including insurance is CNY 60,000,000.00.",
    "The price is CNY 60,000,000.00, without penalty for early payment.",
    "合同总价为人民币60,000,000.00元（含运费及保险费）。",
    "The price of CNY 60,000,000.00 covers transport and insurance.",
    "Registered capital: CNY 9,000,000.00; the price is CNY 60,000,000.00.",
  ])
    assert.deepEqual(ownOf(price), [60_000_000], price);
  for (const aside of [
    "注册资本：人民币60,000,000.00元",
    "The goods are insured for CNY 60,000,000.00.",
    "Whoever is late pays CNY 60,000.00 as liquidated damages.",
    "逾期的，支付60,000.00元违约金。",
    "Annual turnover of CNY 60,000,000.00",
  ])
    assert.deepEqual(ownOf(aside), [], aside);
});

test("C06: what two sides agree in is a contract, whatever paper its title names", () => {
  const agreed = [
    "甲方：北京远山仪表有限公司",
    "乙方：上海近水设备有限公司",
    "一、甲方向乙方购买压力表，乙方于 2026 年 11 月 30 日前交付，甲方于验收后三十日内支付价款人民币 9,600,000.00 元。",
    "二、本合同自双方盖章之日起生效，争议提交仲裁。",
    "甲方（盖章）：          乙方（盖章）：",
  ];
  for (const title of ["财务报表", "发票", "在职证明", "报关单"])
    assert.equal(read([title, ...agreed]).documentClass?.documentClass, "contract", title);
  assert.equal(
    read(["发票", "购买方：上海近水设备有限公司", "价税合计：人民币 9,600.00 元"]).documentClass?.documentClass,
    "invoice-document",
  );
});

test("C01: amounts are read in figures and in words, Chinese and English", () => {
  for (const [text, ...expected] of [
    ["人民币128,000.00元", 128_000, "CNY"],
    ["合同总价:¥1,280.5", 1280.5, "CNY"],
    ["总金额为12.8万元整", 128_000, "CNY"],
    ["共计3亿元", 300_000_000, "CNY"],
    ["the price is USD 1,250,000.00", 1_250_000, "USD"],
    ["a fee of $2.5 million", 2_500_000, "USD"],
    ["EUR 1.250.000,50 in total", 1_250_000.5, "EUR"],
    ["支付30万美元", 300_000, "USD"],
    ["Total amount: 4,500", 4500, null],
    ["人民币(大写)壹拾贰万捌仟元整", 128_000, "CNY"],
    ["壹 佰 零 叁 万 元 整", 1_030_000, "CNY"],
    ["贰仟零伍元叁角肆分", 2005.34, "CNY"],
    ["叁亿伍仟万元整", 350_000_000, "CNY"],
    ["Say US Dollars One Hundred Twenty-Eight Thousand Only", 128_000, "USD"],
    ["RMB two million five hundred thousand", 2_500_000, "CNY"],
    ["at one point five million renminbi", 1_500_000, "CNY"],
    ["US dollars two point zero five billion", 2_050_000_000, "USD"],
    ["a million dollars", 1_000_000, "USD"],
    ["one hundred and five thousand euros", 105_000, "EUR"],
    ["half a million dollars", 500_000, "USD"],
    ["three quarters of a million euros", 750_000, "EUR"],
    ["two and a half million dollars", 2_500_000, "USD"],
  ] as const)
    assert.deepEqual(amounts(text), [expected], text);
  for (const text of [
    "within 30 days",
    "2026年11月24日",
    "共12页",
    "合同编号 HT-2026-0012",
    "质保金为5%",
    "十万个为什么",
    "Clause 4.2",
    "数量:300台",
    "GB/T 1234-2010",
    "第三元素",
    // Number words that are not understood in full say nothing, rather than a part of what they mean.
    "half a million shares",
    "two million and a half dollars",
    "2 million five hundred thousand",
    "one point five renminbi",
    "one five zero thousand dollars",
    "five thousand two million dollars",
    "twenty point million dollars",
  ])
    assert.deepEqual(amounts(text), [], text);
});

test("C05: an amount whose words and figures differ is found, one that agrees is not", () => {
  const differ = (...texts: string[]): number =>
    listDifferingAmounts(readAmounts(linesOf(...texts)), linesOf(...texts)).length;
  assert.equal(differ("人民币壹拾贰万捌仟元整(¥128,000.00)"), 0);
  assert.equal(differ("人民币壹拾贰万捌仟元整(¥1,280,000.00)"), 1);
  assert.equal(differ("合同总价:人民币壹拾贰万元整", "(小写:¥128,000.00)"), 1);
  assert.equal(differ("合同总价:¥128,000.00", "大写:人民币壹拾贰万捌仟元整"), 0);
  assert.equal(differ("人民币壹拾贰万捌仟元整", "首付款为3,000元"), 0);
  assert.equal(differ("USD 128,000 (US dollars one hundred and twenty thousand only)"), 1);
});

test("C05: words are held against the figures of their own clause, and not against what another clause is about", () => {
  const differ = (...texts: string[]): [string, string][] =>
    listDifferingAmounts(readAmounts(linesOf(...texts)), linesOf(...texts)).map(({ words, figures }) => [
      ...[words.text, figures.text],
    ]) as [string, string][];
  for (const text of [
    "合同总价为人民币壹拾贰万捌仟元整,首付款为30,000元",
    "合同总价为人民币壹拾贰万捌仟元整。逾期一日支付违约金500元",
    "首付款为30,000元;合同总价为人民币壹拾贰万捌仟元整(¥128,000.00)",
    "合同总价:¥128,000.00,大写:人民币壹拾贰万捌仟元整。保证金为5,000元",
    "The price is US dollars one hundred twenty-eight thousand. The deposit is USD 5,000",
    "The deposit is USD 5,000, the price USD 128,000 (US dollars one hundred twenty-eight thousand)",
  ])
    assert.deepEqual(differ(text), [], text);
  for (const [text, figures] of [
    ["首付款为128,000.00元;合同总价为人民币壹拾贰万捌仟元整(¥1,280,000.00)", "1,280,000.00"],
    ["合同总价:¥1,280,000.00,大写:人民币壹拾贰万捌仟元整。保证金为128,000.00元", "1,280,000.00"],
    ["人民币壹拾贰万捌仟元整,小写:¥1,280,000.00", "1,280,000.00"],
    [
      "The price is US dollars one hundred twenty-eight thousand, USD 1,280,000. The deposit is USD 128,000",
      "1,280,000",
    ],
  ] as const)
    assert.deepEqual(
      differ(text).map(([, read]) => read),
      [figures],
      text,
    );
  // The line ends before the figures: the next one goes on with them, whatever the first one says besides.
  assert.equal(differ("首付款为30,000元。合同总价为人民币壹拾贰万元整", "(小写:¥128,000.00)").length, 1);
});

test("who a paper is between stands in that sentence", () => {
  const names = (...texts: string[]): string[] => readParties(linesOf(...texts)).map(({ name }) => name);
  assert.deepEqual(names("This agreement is made between Lanxi Instruments Ltd and Beicheng Ltd."), [
    ...["Lanxi Instruments Ltd", "Beicheng Ltd"],
  ]);
  assert.deepEqual(
    names("made between Lanxi Co. Ltd, Hangzhou, and Beicheng Ltd. Goods come from Farhill Ltd and others"),
    [...["Lanxi Co. Ltd", "Beicheng Ltd"]],
  );
  assert.deepEqual(names("The choice between this and that is free. Beicheng Ltd and Farhill Ltd are told"), []);
});

test("C01: a party's name is read whole, with what it is called by law behind its comma, and without what follows", () => {
  const names = (text: string): string[] => readParties(linesOf(text)).map(({ name }) => name);
  for (const [text, ...expected] of [
    ["Party B: Acme Trading Co., Ltd.", "Acme Trading Co., Ltd"],
    ["Buyer: Acme Trading Co., Ltd., a company of China", "Acme Trading Co., Ltd"],
    ["Party A: Acme Trading Co.,Ltd  Party B: Acme, Inc., Delaware", "Acme Trading Co.,Ltd", "Acme, Inc"],
    ["Seller: Nanjing Metal (Holdings), Ltd. Address: 1 High Street", "Nanjing Metal (Holdings), Ltd"],
    ["Supplier: Smith, Jones & Co., Ltd", "Smith, Jones & Co., Ltd"],
    ["made between Acme Co., Ltd., of China, and Near Co., Ltd. (the Seller).", "Acme Co., Ltd", "Near Co., Ltd"],
    ["Party B: Beicheng Ltd, Companyland", "Beicheng Ltd"],
    ["甲方:上海近水设备有限公司,地址:上海", "上海近水设备有限公司"],
    ["甲方:上海近水设备有限公司(以下简称甲方),法定代表人张三", "上海近水设备有限公司"],
    ["乙方:近水(中国)有限公司,", "近水(中国)有限公司"],
  ] as const)
    assert.deepEqual(names(text), expected, text);
});

test("the capital numerals of any amount are read back as the amount", () => {
  const figures = "零壹贰叁肆伍陆柒捌玖";
  const section = (value: number): string => {
    let text = "";
    for (const [at, unit] of ["仟", "佰", "拾", ""].entries()) {
      const digit = Math.floor(value / 10 ** (3 - at)) % 10;
      if (digit > 0)
        text += `${text !== "" && /^[^仟佰拾]*$/u.test("") && Math.floor(value / 10 ** (4 - at)) % 10 === 0 && Math.floor(value / 10 ** (4 - at)) > 0 ? "零" : ""}${figures[digit]}${unit}`;
    }
    return text;
  };
  const write = (value: number): string => {
    const [yi, wan, rest] = [Math.floor(value / 1e8), Math.floor(value / 1e4) % 1e4, value % 1e4];
    let text = yi > 0 ? `${section(yi)}亿` : "";
    if (wan > 0) text += `${yi > 0 && wan < 1000 ? "零" : ""}${section(wan)}万`;
    if (rest > 0) text += `${value >= 1e4 && rest < 1000 ? "零" : ""}${section(rest)}`;
    return text;
  };
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999_999 }), (value) => {
      assert.equal(parseChineseNumber(write(value)), value, write(value));
      assert.deepEqual(amounts(`人民币${write(value)}元整`), [[value, "CNY"]]);
    }),
  );
});

test("an amount of any size in English words is read as the amount, on one line or across two", () => {
  const small =
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split(" ");
  const names = [...small, "seventeen", "eighteen", "nineteen"];
  const decades = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
  const below = (value: number): string[] => [
    ...(value >= 100 ? [names[Math.floor(value / 100)] ?? "", "hundred"] : []),
    ...(value % 100 >= 20 ? [decades[Math.floor((value % 100) / 10) - 2] ?? ""] : []),
    ...(value % 100 > 0 && value % 100 < 20 ? [names[value % 100] ?? ""] : []),
    ...(value % 100 >= 20 && value % 10 > 0 ? [names[value % 10] ?? ""] : []),
  ];
  const say = (value: number): string[] =>
    (
      [
        [1e9, "billion"],
        [1e6, "million"],
        [1e3, "thousand"],
        [1, ""],
      ] as const
    ).flatMap(([unit, name]) => {
      const part = Math.floor(value / unit) % 1000;
      return part === 0 ? [] : [...below(part), ...(name ? [name] : [])];
    });
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 9_999_999 }), fc.nat({ max: 20 }), (value, cut) => {
      const words = say(value);
      assert.deepEqual(amounts(`USD ${words.join(" ")}`), [[value, "USD"]]);
      const at = 1 + (cut % words.length);
      const [first = "", second = ""] = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
      assert.deepEqual(amounts(`USD ${first}`, ...(second ? [second] : [])), [[value, "USD"]]);
      const tenths = words.slice(0, 1).every((word) => names.indexOf(word) > 0)
        ? `${words[0]} point five million dollars`
        : "";
      if (tenths) assert.deepEqual(amounts(tenths), [[(names.indexOf(words[0] ?? "") + 0.5) * 1e6, "USD"]]);
    }),
  );
});

test("C01: parties are read by their roles, own entities known; a branch is another party", () => {
  const { parties, counterparties } = read([
    "甲方：北京远山仪表有限公司    乙方：上海近水设备有限公司（以下简称乙方）",
    "法定代表人：张三",
  ]);
  assert.deepEqual(
    parties.map(({ role, name }) => [role, name]),
    [
      ["甲方", "北京远山仪表有限公司"],
      ["乙方", "上海近水设备有限公司"],
    ],
  );
  assert.deepEqual(
    counterparties.map(({ name }) => name),
    ["上海近水设备有限公司"],
  );
  const english = read([
    "This agreement is made between Farhill Gauges Ltd, a company of England, and",
    "Nearwater Equipment GmbH (the Seller).",
  ]);
  assert.deepEqual(
    english.counterparties.map(({ name }) => name),
    ["Nearwater Equipment GmbH"],
  );
  assert.deepEqual(
    read(["Party A: Farhill Gauges Ltd", "Party B: Nearwater GmbH"]).parties.map(({ role, name }) => [role, name]),
    [
      ["Party A", "Farhill Gauges Ltd"],
      ["Party B", "Nearwater GmbH"],
    ],
  );
  assert.deepEqual(read(["between 1 and 3 days, between the parties and their heirs"]).parties, []);
  assert.ok(isSameParty("北京远山仪表有限公司", "北京远山仪表 有限公司"));
  assert.ok(!isSameParty("北京远山仪表有限公司", "北京远山仪表有限公司上海分公司"));
});

test("C01: the class is read by its title, or by the words of a contract under another heading", () => {
  for (const [title, expected] of [
    ["采购合同", "contract"],
    ["劳 动 合 同", "labour-contract"],
    ["关于签订采购合同的通知", "internal-notice"],
    ["授权委托书", "authorisation-letter"],
    ["Employment Contract", "labour-contract"],
    ["Invoice for Contract 12", "invoice-document"],
    ["Letter of Guarantee", "guarantee"],
    ["Certificate of Employment", "employment-certificate"],
  ] as const)
    assert.equal(read([title, "一些正文内容。"]).documentClass?.documentClass, expected, title);
  const hidden = read([
    "通知",
    "甲方与乙方经双方协商一致，签订本合同。",
    "违约方应当赔偿损失，付款后生效，争议由法院管辖。",
  ]);
  assert.deepEqual([hidden.documentClass?.documentClass, hidden.documentClass?.by], ["contract", "words"]);
  assert.equal(read(["The weather report of this week"]).documentClass, null);
});

test("C01: a word that merely occurs in running text makes no class, whatever it is", () => {
  for (const text of [
    ["delivery, the invoice or the warranty.", "We remain at your disposal for any question about the"],
    ["sends you a quotation or guarantee, will tell you the same.", "Our tender team, and whoever of all our people"],
    ["please pay every invoice of ours to this account"],
    ["Your invoice of 3 May is paid."],
    ["随函附上报价单及发票各一份"],
    ["我司已向贵司开具发票"],
    ["自十二月起，发票和报关单一律"],
    // What a letter is about is not what it is.
    ["Subject: Sales contract 2026-118, another week"],
    ["Re: Performance bond No. PB-2231"],
    ["Sales contract 2026-118, another week"],
    ["关于采购合同延期事宜"],
  ]) {
    const [line = "", before = "Dear Sirs,"] = text;
    assert.equal(read(["Confirmation of delivery", before, line]).documentClass, null, line);
  }
  for (const [line, expected] of [
    ["purchase contract", "contract"],
    ["Purchase contract.", "contract"],
    ["This agreement is made between the following companies", "contract"],
    ["Invoice No. 4711", "invoice-document"],
    ["Contract with Farhill Gauges Co. Ltd.", "contract"],
    ["Our quotation for your inquiry of 3 May", "quotation"],
    ["致贵司的报价函", "quotation"],
    ["与贵公司的采购合同", "contract"],
  ] as const)
    assert.equal(read(["Farhill Gauges Ltd", line, "An end."]).documentClass?.documentClass, expected, line);
});

test("C01: the place of a class is a line of the document, below its headers, too", () => {
  const pages = layOut(["采购合同", ...Array.from({ length: 50 }, (_, at) => `第${at}条`)], { head: "北京远山仪表" });
  const { documentClass, lines } = readFacts(readDocumentText(pages), own, starterBook);
  assert.equal(lines[documentClass?.line ?? -1]?.text, "采购合同");
});

const contract = [
  "采购合同",
  "甲方：北京远山仪表有限公司",
  "乙方：上海近水设备有限公司",
  "合同总价为人民币128,000.00元（大写：壹拾贰万捌仟元整）。",
  "签订日期：2026年11月24日",
];
const declared: DeclaredFacts = {
  documentClass: "contract",
  external: true,
  counterparty: "上海近水设备有限公司",
  amountMinor: 12_800_000,
  currency: "CNY",
};

test("C01: what was declared otherwise than the text says is told, with the stricter of both", () => {
  const ask = (change: Partial<DeclaredFacts>, lines = contract) =>
    compareDeclared({ ...declared, ...change }, read(lines), starterBook).map(({ fact, stricter }) => [fact, stricter]);
  assert.deepEqual(ask({}), []);
  assert.deepEqual(ask({ documentClass: "internal-notice" }), [["class", "read"]]);
  assert.deepEqual(ask({ external: false }), [["external", "read"]]);
  assert.deepEqual(ask({ counterparty: "广州某某贸易有限公司" }), [["counterparty", "read"]]);
  assert.deepEqual(ask({ amountMinor: 1_280_000 }), [["amount", "read"]]);
  assert.deepEqual(ask({ amountMinor: 99_900_000 }), [["amount", "declared"]]);
  assert.deepEqual(ask({ amountMinor: null }), [["amount", "read"]]);
  assert.deepEqual(ask({ currency: "USD" }), [["amount", "read"]]);
  const notice = ["关于放假的通知", "各部门：十月一日起放假。"];
  assert.deepEqual(ask({ amountMinor: null, counterparty: null }, notice), [
    ["class", "declared"],
    ["external", "declared"],
  ]);
  const [place] = compareDeclared({ ...declared, amountMinor: 1 }, read(contract), starterBook);
  assert.match(place?.text ?? "", /128,000/u);
});

test("C05: a document lacks what its class needs: party, amount, date; the signature block may leave the date open", () => {
  const kinds = (lines: readonly string[], documentClass: StarterClassId = "contract") =>
    findMissingFacts(read(lines), documentClass).map(({ kind }) => kind);
  assert.deepEqual(kinds(contract), []);
  assert.deepEqual(kinds(contract.with(2, "乙方：")), ["missing-party"]);
  assert.deepEqual(kinds(contract.with(3, "合同总价另行支付。")), ["missing-amount"]);
  assert.deepEqual(kinds(contract.slice(0, 4)), ["missing-date"]);
  assert.deepEqual(kinds(contract.with(4, "签字盖章日期：    年  月  日")), []);
  assert.deepEqual(kinds(contract.with(3, "合同总价为人民币128,000.00元（大写：壹拾贰万元整）。")), [
    "amount-words-differ",
  ]);
  assert.deepEqual(kinds(["Something else entirely"], "other"), []);
  assert.deepEqual(kinds([...contract, "甲方（盖章）：", "乙方（盖章）："]), []);
});

test("reading facts is total, and a line of any length costs no more than its length", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 80 }),
    fc.stringMatching(/^[壹拾万元角分甲乙方:0-9.,¥( )a-f]{0,80}$/),
  );
  fc.assert(fc.property(fc.array(text, { maxLength: 20 }), (lines) => void findMissingFacts(read(lines), "contract")));
  const begun = performance.now();
  for (const part of [
    "壹",
    "9",
    "1,000",
    "甲方:",
    "between ",
    "A ",
    "((((",
    "one hundred ",
    "二〇",
    "2026-1-",
    "Party A (",
    "元",
    " and ",
    "Inc ",
  ])
    read([part.repeat(20_000 / part.length)]);
  assert.ok(performance.now() - begun < 30_000);
});
