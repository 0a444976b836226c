import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readDocumentText } from "./document-text.ts";
import type { PageText } from "./page-text.ts";
import { isPlainValue } from "./plain-value.ts";
import { compareWithTemplate, differsInWordsAlone, type TemplateComparison } from "./template-comparison.ts";
import { readTemplate, type TemplateMark } from "./template-text.ts";
import { layOut } from "./test-pages.ts";

const clauses = [
  "采购合同",
  "甲方：____________",
  "乙方：____________",
  "第一条 甲方向乙方采购压力表，质量应当符合国家标准，乙方对质量承担全部责任。",
  "第二条 合同金额为人民币______元，乙方于【 】年【 】月【 】日前交付。",
  "Article 3. The seller delivers {{goods}} to the buyer within thirty days and bears the risk until then.",
  "第四条 本合同一式两份，双方各执一份，自双方盖章之日起生效。",
  "签订日期：    年    月    日",
];
const fill = (
  lines: readonly string[],
  values: readonly string[] = [
    "北京远山仪表有限公司",
    "上海近水设备有限公司",
    "128,000.00",
    "2026",
    "11",
    "24",
    "twelve gauges",
    "2026年11月24日",
  ],
): string[] => {
  let at = 0;
  return lines.map((line) =>
    line.replace(/_{2,}|(?<=【) (?=】)|\{\{\w+\}\}| +年 +月 +日/gu, () => values[at++] ?? "x"),
  );
};
const compare = (template: readonly PageText[], document: readonly PageText[], marks: readonly TemplateMark[] = []) =>
  compareWithTemplate(readTemplate(readDocumentText(template), marks), readDocumentText(document));
const compareLines = (lines: readonly string[], template: readonly string[] = clauses): TemplateComparison =>
  compare(layOut(template), layOut(lines));
const tell = ({ verdict, differences }: TemplateComparison) => [
  verdict,
  ...differences.map(({ kind, template, document, field }) => [kind, template.text, document.text, field?.fault ?? ""]),
];

test("C03: a template is the same as itself, and the same but for its fields when they are filled", () => {
  assert.deepEqual(tell(compareLines(clauses)), ["same"]);
  const filled = compareLines(fill(clauses));
  assert.deepEqual(tell(filled), ["same-but-fields"]);
  assert.deepEqual(
    filled.fields.map(({ name, text }) => [name, text]),
    [
      ["甲方", "北京远山仪表有限公司"],
      ["乙方", "上海近水设备有限公司"],
      ["合同金额为人民币", "128,000.00"],
      ["乙方于", "2026"],
      ["年", "11"],
      ["月", "24"],
      ["goods", "twelve gauges"],
      ["签订日期", "2026年11月24日"],
    ],
  );
});

test("C03: an edited clause is found, with what was there and what is there now", () => {
  const change = (from: string, to: string): string[] => fill(clauses).map((line) => line.replace(from, to));
  assert.deepEqual(tell(compareLines(change("thirty", "ninety"))), ["changed", ["replaced", "thirty", "ninety", ""]]);
  assert.deepEqual(tell(compareLines(change("对质量承担", "对质量不承担"))), ["changed", ["added", "", "不", ""]]);
  assert.deepEqual(tell(compareLines(change("全部", ""))), ["changed", ["removed", "全部", "", ""]]);
  const added = compareLines(fill([...clauses.slice(0, 6), "第五条 乙方可以随时解除本合同。", ...clauses.slice(6)]));
  assert.equal(added.verdict, "changed");
  assert.match(added.differences.map(({ document }) => document.text).join(""), /乙方可以随时解除本合同/u);
  const [place] = compareLines(change("thirty", "ninety")).differences[0]?.document.places ?? [];
  assert.equal(place?.page, 0);
  assert.ok(place && place.box.y > 60 && place.box.x > 20);
});

test("C03: a clause hidden in a field is no value of it", () => {
  const values = (at: number, value: string): string[] =>
    fill(clauses, ["甲公司", "乙公司", "1,000", "2026", "1", "2", "gauges", "2026年1月2日"].with(at, value));
  const faults = (at: number, value: string) =>
    compareLines(values(at, value)).differences.map(({ field }) => field?.fault);
  assert.equal(compareLines(values(0, "乙公司")).verdict, "same-but-fields");
  assert.deepEqual(faults(0, "甲公司。乙方不承担质量责任"), ["clause"]);
  assert.deepEqual(faults(6, "gauges unless the buyer pays late"), ["clause"]);
  assert.deepEqual(faults(6, "质检工程师（我单位担保其贷款）"), ["clause"]);
  assert.deepEqual(faults(6, "gauges, guaranteed by us"), ["clause"]);
  assert.deepEqual(faults(6, "质检工程师（月薪五万元）"), ["clause"], "money stands where there is a field for it");
  assert.deepEqual(faults(6, "gauges at CNY 5 each"), ["clause"]);
  assert.deepEqual(faults(6, "经理，其借款本息由我司无条件代付"), ["not-plain"]);
  assert.deepEqual(faults(6, "真空计十二台，货款分十年付"), ["not-plain"]);
  assert.deepEqual(faults(6, "年收入50w"), ["not-plain"]);
  assert.deepEqual(faults(0, "甲公司由我司代付"), ["not-plain"]);
  assert.deepEqual(faults(2, "1,000 或双方另行约定"), ["not-amount"]);
  assert.deepEqual(faults(6, "very ".repeat(40).trim()), ["too-long"]);
  assert.notEqual(compareLines(values(7, "待双方协商确定")).verdict, "same-but-fields");
});

test("C03: letters that look the same are another text, and said to look the same", () => {
  const disguised = compareLines(fill(clauses).map((line) => line.replace("seller", "sеller")));
  assert.deepEqual(
    disguised.differences.map(({ kind, lookAlike }) => [kind, lookAlike]),
    [["replaced", true]],
  );
  assert.equal(
    compareLines(fill(clauses).map((line) => line.replace("seller", "sel\u200bler"))).verdict,
    "same-but-fields",
  );
});

test("C03: a difference is told as a phrase, with what stands around it and the whole of its line", () => {
  const template = ["采购合同", "甲方应当于收货后三十日内付清全部货款，逾期的按日支付违约金。", ...clauses.slice(3)];
  const [found, ...others] = compareLines(
    template.map((line) => line.replace("三十日内", "九十五日内")),
    template,
  ).differences;
  assert.deepEqual(others, []);
  assert.deepEqual([found?.template.text, found?.document.text], ["三十", "九十五"]);
  assert.deepEqual(found?.context, { before: "合同甲方应当于收货后", after: "日内付清全部货款," });
  const [place] = found?.document.places ?? [];
  assert.ok((place?.line.width ?? 0) > 3 * (place?.box.width ?? 0), "the line it stands on");
});

const long = Array.from(
  { length: 90 },
  (_, at) => `第${at + 1}条 Clause ${at} says what part ${at * 7} of the work number ${at * 13} is.`,
);

test("C03: pages that were inserted, removed or swapped are told as pages", () => {
  const pages = layOut(long, { lines: 30 });
  assert.equal(pages.length, 3);
  const renumber = (list: readonly (PageText | undefined)[]): PageText[] =>
    list.flatMap((page, index) => (page ? [{ ...page, index }] : []));
  const [a, b, c] = pages;
  const [foreign] = layOut(["An annex that nobody has agreed to and that changes the price of everything sold."]);
  const swapped = compare(pages, renumber([a, c, b]));
  assert.deepEqual([swapped.verdict, swapped.pages.swapped.length, swapped.differences], ["changed", 1, []]);
  assert.deepEqual(compare(pages, renumber([a, foreign, b, c])).pages, { inserted: [1], removed: [], swapped: [] });
  assert.deepEqual(compare(pages, renumber([a, c])).pages, { inserted: [], removed: [1], swapped: [] });
  const moved = layOut([...long.slice(0, 3), ...long.slice(4, 50), ...long.slice(3, 4), ...long.slice(50)], {
    lines: 30,
  });
  assert.equal(compare(pages, moved).verdict, "changed");
});

test("C03: the same words in other places are a change of layout; what a filled field pushes on is none", () => {
  const pages = layOut(clauses);
  const shift = (x: number, y: number): PageText[] =>
    pages.map((page) => ({
      ...page,
      runs: page.runs.map((run, at) => (at === 3 ? { ...run, x: run.x + x, y: run.y + y } : run)),
    }));
  assert.equal(compare(pages, shift(2, 2)).verdict, "same");
  assert.deepEqual(
    compare(pages, shift(20, 0)).differences.map(({ kind }) => kind),
    ["layout"],
  );
  const withPicture = pages.map((page) => ({ ...page, imageCoverage: 0.2 }));
  assert.deepEqual(
    compare(pages, withPicture).differences.map(({ kind }) => kind),
    ["picture"],
  );
  const flowing = [
    ...clauses.slice(0, 5),
    "The buyer, ____, whose seat is at ____, pays the seller within ten days after the goods came.",
    ...long,
  ];
  const filled = fill(flowing, [
    "甲",
    "乙",
    "1",
    "2026",
    "1",
    "2",
    "a company with a very long name Limited",
    "1 High Street Westminster London",
    "a",
    "b",
  ]);
  assert.deepEqual(tell(compare(layOut(flowing, { head: "Acme" }), layOut(filled, { head: "Acme" }))), [
    "same-but-fields",
  ]);
});

test("C03: a marked box is a field, whatever the template has there", () => {
  const template = [
    "Certificate of employment",
    "This confirms that Jane Doe has worked with us as an engineer since the year 2020.",
  ];
  const box = { x: 56, y: 40, width: 17, height: 6 };
  const marks: TemplateMark[] = [{ name: "person", kind: "text", page: 0, place: box }];
  const change = (to: string) => layOut(template.map((line) => line.replace("Jane Doe", to)));
  const filled = compare(layOut(template), change("John Roe"), marks);
  assert.deepEqual([filled.verdict, filled.fields[0]?.text], ["same-but-fields", "John Roe"]);
  assert.equal(compare(layOut(template), change("John Roe")).verdict, "changed");
  assert.equal(compare(layOut(template), layOut(template), marks).verdict, "same");
});

test("C03: a field for words of several parts is read whatever it holds, and its document is never word for word", () => {
  const template = [
    "Order of goods and of their transport",
    "The seller delivers the gauges that the buyer named to the place ________ within the month of March.",
    "The buyer pays the price after the gauges came and were accepted in writing.",
  ];
  const found = readDocumentText(layOut(template)).pages[0]?.words ?? [];
  const at = found.findIndex(({ text }) => text === "__");
  assert.ok(at > 0);
  const marks: TemplateMark[] = [{ name: "place", kind: "words", page: 0, place: { from: at, to: at + 1 } }];
  const change = (to: string, from = "________") => layOut(template.map((line) => line.replace(from, to)));
  for (const value of ["Leeds", "Pier 7, Port Street"]) {
    const filled = compare(layOut(template), change(value), marks);
    assert.deepEqual(tell(filled), ["changed", ["field", "__", value, "to-read"]]);
    assert.ok(differsInWordsAlone(filled));
  }
  assert.equal(compare(layOut(template), layOut(template), marks).verdict, "same");
  const clause = compare(layOut(template), change("Leeds, free of charge"), marks);
  assert.deepEqual(tell(clause)[1]?.[3], "clause");
  assert.ok(!differsInWordsAlone(clause));
  const edited = compare(
    layOut(template),
    layOut(template.map((line) => line.replace("________", "Leeds, UK").replace("after", "before"))),
    marks,
  );
  assert.deepEqual(
    edited.differences.map(({ kind }) => kind),
    ["replaced", "field"],
  );
  assert.ok(!differsInWordsAlone(edited));
});

test("C03: another document is not a changed copy, and neither is one compared with a nearly empty template", () => {
  assert.equal(
    compareLines(["Minutes of the meeting of the board", "The board took note of the report and agreed to it."])
      .verdict,
    "other",
  );
  assert.equal(compareLines(clauses, ["____", "Name ____"]).verdict, "other");
});

const literal = fc.stringMatching(/^[a-m]{2,7}$/);
const hanLiteral = fc.stringMatching(/^[一-俿]{1,5}$/).filter((text) => !/[一七万三上下不丁]/u.test(text));
const paragraph = fc
  .array(fc.oneof(literal, hanLiteral), { minLength: 4, maxLength: 25 })
  .map((words) => words.join(" "));
/** Paragraphs, each with a field between its words and its end. */
const template = fc
  .array(fc.tuple(paragraph, paragraph), { minLength: 3, maxLength: 12 })
  .map((parts) => parts.map(([before, after]) => `${before} ______ ${after}`));
/** Random letters make words that no name is made of, too: "not", "us". */
const value = fc
  .array(
    fc.stringMatching(/^[n-y]{1,6}$/).filter((text) => isPlainValue("text", text) && text !== "not"),
    { minLength: 1, maxLength: 5 },
  )
  .map((words) => words.join(" "));

test("C03: a template filled at random is never changed", () => {
  fc.assert(
    fc.property(template, fc.infiniteStream(value), (lines, values) => {
      const filled = lines.map((line) => line.replace("______", () => values.next().value ?? ""));
      const found = compareLines(filled, lines);
      assert.deepEqual(tell(found), ["same-but-fields"], JSON.stringify(filled));
    }),
    { numRuns: 60 },
  );
});

test("C03: an edit outside the fields is never the same", () => {
  fc.assert(
    fc.property(
      template,
      fc.infiniteStream(value),
      fc.nat(),
      fc.nat(),
      fc.constantFrom("add", "drop", "swap"),
      (lines, values, atLine, atWord, how) => {
        const filled = lines.map((line) => line.replace("______", () => values.next().value ?? ""));
        const edited = filled.map((line, at) => {
          if (at !== atLine % filled.length) return line;
          const words = line.split(" ");
          // The first words are before the field, and no edit there can be read as its value.
          const place = atWord % 3;
          if (how === "add") return words.toSpliced(place, 0, "zzz").join(" ");
          if (how === "drop") return words.toSpliced(place, 1).join(" ");
          return words.with(place, "zzz").join(" ");
        });
        assert.ok(["changed", "other"].includes(compareLines(edited, lines).verdict), JSON.stringify(edited));
      },
    ),
    { numRuns: 60 },
  );
});

test("C03: comparing is total and bounded, whatever was uploaded", () => {
  const anyPage = fc.record({
    index: fc.nat(3),
    widthMm: fc.double(),
    heightMm: fc.double(),
    imageCoverage: fc.double(),
    runs: fc.array(
      fc.record({
        text: fc.oneof(
          fc.string({ unit: "binary", maxLength: 60 }),
          fc.stringMatching(/^[甲乙 _{}【】年月日ab.]{0,60}$/),
        ),
        ...{ x: fc.double(), y: fc.double(), width: fc.double(), height: fc.double() },
      }),
      { maxLength: 12 },
    ),
  });
  const pages = fc.array(anyPage, { maxLength: 4 });
  fc.assert(
    fc.property(pages, pages, (one, other) => void compare(one, other)),
    { numRuns: 100 },
  );
  const begun = performance.now();
  const same = layOut([`a ${"a ".repeat(3000)}${"a ____ ".repeat(300)}`]);
  compare(same, layOut([`${"a ".repeat(9000)}b`]));
  const noise = (seed: number) =>
    layOut(Array.from({ length: 3000 }, (_, at) => `w${(at * seed) % 997} v${(at * seed) % 13} ____ u`));
  compare(noise(7), noise(11));
  assert.ok(performance.now() - begun < 30_000, `${performance.now() - begun} ms`);
});
