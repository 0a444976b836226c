import type { DeclaredFacts } from "@chancery/domain";
import { blanks, byId, type Fill, field, type LabelledDocument, type Misdeclared, make, open } from "./entry-make.ts";
import { ownNames, pickValue, type StandardText, standardTexts } from "./entry-texts.ts";
import { plainStyle, type WritingStyle, type WrittenLine, writePdf } from "./entry-writer.ts";

const filled: readonly LabelledDocument[] = [
  ...standardTexts.flatMap(({ id }, at) => [
    make("filled", "as it ought to be", {
      id,
      way: 0,
      seed: at,
      lie: (["class", "amount", "counterparty"] as const)
        .slice(at % 4, (at % 4) + 1)
        .filter((lie) => lie !== "amount" || !id.includes("author")),
    }),
    make("filled", "the odd way", { id, way: 1, seed: at + 1, lie: at % 3 === 0 ? ["external"] : [] }),
  ]),
  make("filled", "value in its brackets", {
    ...{ id: "zh-purchase", way: 1, seed: 3 },
    fill: (kind) => `【${pickValue("zh", kind, 3)}】`,
  }),
  make("filled", "value drawn over the line", {
    id: "en-purchase",
    way: 0,
    seed: 2,
    fill: open(byId("en-purchase"), 0),
    edit: drawOver,
  }),
  make("filled", "another writer: words one by one", { id: "en-service", way: 0, seed: 2, style: { runs: "words" } }),
];

/** The values over the blanks, as people fill a form with a typewriter. */
function drawOver(lines: WrittenLine[]): WrittenLine[] {
  const kinds = byId("en-purchase").lines.flatMap((line) => [...line.matchAll(field)].map(([, kind = ""]) => kind));
  return lines.map((line, number) => {
    const at = number > lines.length - 4 ? -1 : line.text.indexOf(blanks[0] ?? "");
    return at < 0 ? line : { ...line, over: [{ at, text: pickValue("en", kinds.shift() ?? "", 2).slice(0, 14) }] };
  });
}

const replace =
  (from: string, to: string) =>
  (lines: WrittenLine[]): WrittenLine[] => {
    if (!lines.some((line) => line.text.includes(from))) throw new Error(`nothing to change: ${from}`);
    return lines.map((line) => ({ ...line, text: line.text.replace(from, to) }));
  };
const without =
  (part: string) =>
  (lines: WrittenLine[]): WrittenLine[] =>
    lines.filter(({ text }) => !text.includes(part));
const insert =
  (at: number, ...more: WrittenLine[]) =>
  (lines: WrittenLine[]): WrittenLine[] =>
    lines.toSpliced(at, 0, ...more);

const changed: readonly LabelledDocument[] = [
  make("changed", "a number", { id: "zh-purchase", way: 0, edit: replace("三十日", "九十日") }),
  make("changed", "one character of denial", { id: "zh-purchase", way: 1, edit: replace("乙方免费", "乙方不免费") }),
  make("changed", "a clause less", { id: "zh-lease", way: 0, edit: without("押金") }),
  make("changed", "a clause more", {
    id: "zh-lease",
    way: 1,
    edit: insert(9, { text: "乙方可以随时解除本合同且不承担任何责任。" }),
    lie: ["amount"],
  }),
  make("changed", "a clause in a field", {
    id: "zh-authorisation",
    way: 0,
    edit: replace("有关事宜", "有关事宜以及一切借款担保"),
  }),
  make("changed", "two clauses changed places", {
    id: "zh-authorisation",
    way: 1,
    edit: (lines) => lines.with(2, lines[3] as WrittenLine).with(3, lines[2] as WrittenLine),
  }),
  make("changed", "a ceiling without its negation", {
    id: "zh-guarantee",
    way: 0,
    edit: replace("最高不超过", "最低不低于"),
    lie: ["counterparty"],
  }),
  make("changed", "white text", {
    id: "zh-guarantee",
    way: 1,
    edit: insert(7, { text: "本保函可以无限次展期。", white: true }),
  }),
  make("changed", "letters of another script", {
    id: "en-purchase",
    way: 0,
    style: { font: "song" },
    edit: replace("Party A pays", "Pаrty A pays"),
  }),
  make("changed", "a decimal point", {
    id: "en-purchase",
    way: 1,
    edit: replace("0.3 per", "3.0 per"),
    lie: ["class"],
  }),
  make("changed", "a page more", {
    id: "en-service",
    way: 0,
    edit: (lines) => [...lines, { text: "Annex: Party B may double its fees at any time.", turns: true }],
  }),
  make("changed", "tiny text", {
    id: "en-service",
    way: 1,
    edit: insert(6, { text: "Party A waives all claims.", tiny: true }),
    lie: ["external"],
  }),
  make("changed", "a paragraph pushed aside", {
    id: "en-authority",
    way: 0,
    edit: (lines) => lines.map((line, at) => (at === 4 ? { ...line, shift: [90, 160] } : line)),
  }),
  make("changed", "not", { id: "en-authority", way: 1, edit: replace("binds us", "does not bind us") }),
  make("changed", "an exception behind the amount", {
    id: "en-guarantee",
    way: 0,
    seed: 1,
    fill: (kind) => pickValue("en", kind, 1) + (kind === "amount" ? " unless our customer objects" : ""),
  }),
  make("changed", "a picture over it", {
    id: "en-guarantee",
    way: 1,
    edit: (lines) =>
      lines.map((line, at) => (at === 0 ? { ...line, text: line.text.replace("PERFORMANCE", "PAYMENT") } : line)),
  }),
  make("changed", "a clause at the end of a party's name", {
    id: "zh-purchase",
    way: 0,
    fill: (kind) => pickValue("zh", kind, 0) + (kind === "party" ? "，乙方对质量问题不负责任" : ""),
  }),
  make("changed", "a foot note in the header", {
    id: "en-purchase",
    way: 0,
    style: { head: "Farhill Gauges Ltd · Standard terms 8" },
  }),
];

const except =
  (standard: StandardText, kind: string, instead: string, seed = 0): Fill =>
  (asked) =>
    asked === kind ? instead : pickValue(standard.language, asked, seed);
const part = (name: string, id: string, way: number, kind: string, instead: string): LabelledDocument =>
  make("part-blank", name, { id, way, fill: except(byId(id), kind, instead) });

const partBlank: readonly LabelledDocument[] = [
  part("one line open", "zh-purchase", 0, "goods", "________"),
  part("one bracket open", "zh-purchase", 1, "code", "【　　】"),
  part("wide spaces for the amount", "zh-lease", 0, "amount", "　　　　　　"),
  part("a date of spaces", "zh-lease", 1, "date", "　　年　　月　　日"),
  part("crosses for a company", "zh-authorisation", 0, "party", "XX公司"),
  part("to be settled", "zh-authorisation", 1, "matter", "（待定）"),
  part("nothing after the colon", "zh-guarantee", 0, "party", ""),
  part("boxes for characters", "zh-guarantee", 1, "goods", "□□□□"),
  part("dots", "en-purchase", 0, "goods", "...................."),
  part("a bullet in brackets", "en-purchase", 1, "amount", "[●]"),
  part("TBD", "en-service", 0, "date", "TBD"),
  part("an order to the typist", "en-service", 1, "place", "[insert place]"),
  part("three crosses", "en-authority", 0, "person", "XXX"),
  part("a field of a mail merge", "en-authority", 1, "matter", "«Matter»"),
  part("round brackets", "en-guarantee", 0, "goods", "(          )"),
  part("a wave", "en-guarantee", 1, "amount", "~~~~~~~~"),
  make("part-blank", "a note left behind", {
    id: "zh-lease",
    way: 0,
    edit: insert(5, { text: "批注 [法务1]: 此条请与对方确认" }),
  }),
  make("part-blank", "a tracked change", {
    id: "en-service",
    way: 0,
    edit: insert(7, { text: "Deleted: five years" }),
  }),
  make("part-blank", "words and figures differ", {
    id: "zh-purchase",
    way: 0,
    fill: except(byId("zh-purchase"), "amount", "128,000.00元（大写：壹拾贰万元整），不含税价"),
  }),
];

const declaredOther: DeclaredFacts = {
  documentClass: "other",
  external: false,
  counterparty: null,
  amountMinor: null,
  currency: null,
};
const write = (
  group: LabelledDocument["group"],
  name: string,
  lines: readonly WrittenLine[],
  facts: Partial<DeclaredFacts> = {},
  style: Partial<WritingStyle> = {},
  misdeclared: readonly Misdeclared[] = [],
): LabelledDocument => ({
  ...{ name, group, unfinished: group !== "no template", changed: null, misdeclared },
  declared: { ...declaredOther, ...facts },
  bytes: () => writePdf(lines, { ...plainStyle, ...style }),
});
const text = (...lines: string[]): WrittenLine[] => lines.map((one) => ({ text: one }));

const blank: readonly LabelledDocument[] = [
  write("blank", "an empty sheet", []),
  write("blank", "an empty sheet with its number", text(""), {}, { numbered: true }),
  write(
    "blank",
    "letter paper",
    text(ownNames[0] ?? "", "地址：北京市海淀区中关村大街27号  电话：010-88880000"),
    {},
    { margin: 36 },
  ),
  write(
    "blank",
    "letter paper, in English",
    text("Farhill Gauges Ltd", "12 High Street, London EC1A 1BB", "Tel. 020 7946 0000  www.farhill.example"),
    {},
    { margin: 36, font: "Helvetica" },
  ),
  write("blank", "white text alone", [
    { text: "Nothing of this can be seen by who reads the paper of the company.", white: true },
  ]),
  write(
    "blank",
    "a receipt with nothing in it",
    text("收据", "今收到 ______________", "人民币 ______________", "事由 ______________"),
  ),
  write(
    "blank",
    "a table of empty cells",
    [
      { text: "Order form", title: true },
      ...["Item", "Quantity", "Price", "Delivery"].map((one) => ({ text: "", cells: [one, "________", "________"] })),
    ],
    {},
    { font: "Helvetica" },
  ),
  make("blank", "a page with nothing in the middle", {
    id: "en-service",
    way: 0,
    edit: (lines) => [
      ...lines.slice(0, 9),
      { text: " ", turns: true },
      ...lines.slice(9).map((line, at) => ({ ...line, turns: at === 0 })),
    ],
  }),
  make("blank", "a page with its header alone", {
    id: "en-purchase",
    way: 0,
    edit: (lines) => [
      ...lines.slice(0, 9),
      { text: " ", turns: true },
      ...lines.slice(9).map((line, at) => ({ ...line, turns: at === 0 })),
    ],
  }),
  ...standardTexts.map(({ id }, at) =>
    make("blank", "the template itself", { id, way: at % 2, fill: open(byId(id), at % 2) }),
  ),
];

const others: readonly LabelledDocument[] = [
  write(
    "no template",
    "a notice",
    [
      { text: "关于国庆节放假安排的通知", title: true },
      ...text(
        "各部门：",
        "根据国家规定，公司自十月一日起放假七天，请各部门做好安全检查，安排好值班人员。",
        "北京远山仪表有限公司",
        "2026年9月20日",
      ),
    ],
    { documentClass: "internal-notice" },
  ),
  write(
    "no template",
    "a contract as a notice",
    [
      { text: "通知", title: true },
      ...text(
        "甲方：北京远山仪表有限公司",
        "乙方：上海近水设备有限公司",
        "双方经协商签订本合同，甲方于验收后支付价款人民币500,000.00元。",
        "违约方应当赔偿对方损失，争议由仲裁委员会仲裁，自双方盖章之日起生效。",
        "2026年9月20日",
      ),
    ],
    { documentClass: "internal-notice" },
    {},
    ["class", "external", "amount"],
  ),
  write(
    "no template",
    "a certificate",
    [
      { text: "在职证明", title: true },
      ...text(
        "兹证明张伟系我公司员工，自2020年3月起在我公司工作，现任工程师。",
        "特此证明。",
        "北京远山仪表有限公司",
        "2026年9月20日",
      ),
    ],
    { documentClass: "employment-certificate", external: true },
  ),
  write(
    "no template",
    "a quotation with a table",
    [
      { text: "QUOTATION", title: true },
      ...text("To: Nearwater Equipment GmbH", "Date: 24 November 2026"),
      ...[
        ["Item", "Pieces", "Price"],
        ["Gauge PG-100", "12", "USD 1,200.00"],
        ["Valve DN50", "300", "USD 45,000.00"],
        ["Total", "", "USD 46,200.00"],
      ].map((cells) => ({ text: "", cells })),
      ...text("Prices are valid for thirty days from the date of this quotation."),
    ],
    {
      documentClass: "quotation",
      external: true,
      counterparty: "Nearwater Equipment GmbH",
      amountMinor: 4_620_000,
      currency: "USD",
    },
    { font: "Helvetica" },
  ),
  write(
    "no template",
    "an invoice of which the amount is played down",
    [
      { text: "INVOICE", title: true },
      ...text(
        "To: O'Hara Valves, Inc.",
        "For twelve gauges delivered on 3 September 2026.",
        "Total: EUR 96,000.00",
        "Payable within thirty days to our account.",
      ),
    ],
    {
      documentClass: "invoice-document",
      external: true,
      counterparty: "O'Hara Valves, Inc.",
      amountMinor: 960_000,
      currency: "EUR",
    },
    { font: "Times-Roman" },
    ["amount"],
  ),
  write(
    "no template",
    "minutes",
    [
      { text: "Minutes of the meeting of the board", title: true },
      ...text(
        "Held in London on 24 November 2026. Present: A. Smith, B. Jones (chair).",
        "The board took note of the accounts for the third quarter and approved them.",
        "There was no other business, and the meeting closed at half past four.",
      ),
    ],
    { documentClass: "other", external: true },
    { font: "Times-Roman" },
  ),
  write(
    "no template",
    "a framework agreement for another party",
    [
      { text: "框架合作协议", title: true },
      ...text(
        "甲方：北京远山仪表有限公司",
        "乙方：天津海河阀门有限公司",
        "双方在仪表阀门领域开展长期合作，具体订单另行签订合同。",
        "本协议自2026年10月1日起生效，有效期两年。",
      ),
    ],
    { documentClass: "framework-agreement", external: true, counterparty: "上海近水设备有限公司" },
    { runs: "characters" },
    ["counterparty"],
  ),
  write(
    "no template",
    "a letter with an underlined link and a code",
    text(
      "Dear Mr. Jones,",
      "thank you for your letter. The drawing is named PG_100_A__rev2 and lies at www.farhill.example/files_2026.",
      "We suggest a call at 10:30 (London time) ... please tell us whether that suits you.",
      "Yours sincerely, Jane Doe, 24 November 2026",
    ),
    { documentClass: "official-letter", external: true },
    { font: "Courier" },
  ),
];

export const labelledDocuments: readonly LabelledDocument[] = [
  ...blank,
  ...partBlank,
  ...filled,
  ...changed,
  ...others,
];
