import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import fc from "fast-check";
import { describe } from "./messages.ts";
import type { FormFieldFact, PageText, TextRun } from "./page-text.ts";
import { findUnfinishedPlaces, listUncertainPlaces } from "./unfinished-places.ts";

const run = (text: string, y: number): TextRun => ({ text, x: 20, y, width: 100, height: 5 });
/** A page with its lines one under the other, eight millimetres apart; an empty text leaves its line out. */
const page = (lines: readonly string[], change: Partial<PageText> = {}): PageText => ({
  index: 0,
  widthMm: 210,
  heightMm: 297,
  runs: lines.flatMap((text, at) => (text === "" ? [] : [run(text, 20 + at * 8)])),
  imageCoverage: 0,
  ...change,
});
const prose = "The seller delivers twelve pressure gauges to the buyer at the price agreed below.";
const zhProse = "甲方向乙方供应压力表十二只，质量符合国家标准，验收按本合同约定执行。";
const gap = ["", "", "", ""];
const find = (lines: readonly string[], fields: readonly FormFieldFact[] = []) =>
  findUnfinishedPlaces([page(lines)], fields);
const kinds = (lines: readonly string[]): string[] => find(lines).map((place) => place.kind);

for (const [what, line, kind] of [
  ["a line of low lines", "Price: CNY ______", "underscores"],
  ["three low lines", "Price ___", "underscores"],
  ["wide low lines", "金额：＿＿元", "underscores"],
  ["a dotted line", "Name of the buyer ..........", "underscores"],
  ["dots of ellipses", "数量…………", "underscores"],
  ["heavy brackets", "合同编号【 】", "brackets"],
  ["heavy brackets with nothing", "合同编号【】", "brackets"],
  ["heavy brackets with wide spaces", "合同编号【　　】", "brackets"],
  ["wide brackets", "数量（  ）只", "brackets"],
  ["wide brackets with wide low lines", "数量（＿＿）只", "underscores"],
  ["round brackets", "quantity (   ) pieces", "brackets"],
  ["square brackets", "quantity [ ] pieces", "brackets"],
  ["a title without one", "签订《 》后生效", "brackets"],
  ["a document number without one", "文号〔 〕", "brackets"],
  ["the number of a letter after its year", "澜函〔2026〕 号", "brackets"],
  ["the number of a letter with 第", "澜函〔2026〕第　号", "brackets"],
  ["an amount in words", "合同总价：人民币1,500,000.00元（大写：　　）。", "brackets"],
  ["an amount in words with nothing at all", "合同总价：人民币1,500,000.00元（大写：）", "brackets"],
  ["an amount in words with its unit", "合同总价：1,500,000.00（大写：人民币　　元整）", "brackets"],
  ["an amount in English words", "Total price: CNY 1,500,000.00 (in words: )", "brackets"],
  ["what is to be agreed", "Total price: CNY [to be agreed]", "leftover"],
  ["a date without figures", "签订于    年    月    日", "date"],
  ["a date of low lines", "自__年__月__日起", "date"],
  ["a date without its day", "自2026年11月  日起", "date"],
  ["a date without month and day", "自2026年  月  日起", "date"],
] as const) {
  test(`C05: ${what} is found as unfinished, with its place, and can be answered`, () => {
    for (const text of [prose, zhProse]) {
      const places = find([text, ...gap, line, ...gap, text]);
      assert.deepEqual(
        places.map((place) => [place.kind, place.text, place.answerable, place.page]),
        [[kind, line, true, 0]],
      );
      assert.deepEqual(places[0]?.box, { x: 20, y: 60, width: 100, height: 5 });
    }
  });
}

test("C05: what is written out is not taken for a blank, in English and Chinese", () => {
  for (const line of [
    "snake_case __init__ and a_b",
    "He paused... and then went on……",
    "the goods (two crates) and [annex 1] are delivered",
    "货物（两箱）与【附件一】同时交付",
    "签订于2026年11月24日",
    "签订于 2026 年 11 月 24 日",
    "自二〇二六年十一月二十四日起",
    "《采购合同》与〔2026〕12号文",
    "每月末日结算；月度报表",
  ])
    assert.deepEqual(find([prose, zhProse, line]), [], line);
});

test("C05: text without any sign of a blank is never found unfinished", () => {
  // Crosses stand for what is not known yet.
  const word = fc.stringMatching(/^[a-wy-zA-WY-Z\u4e00-\u9fff]{4,12}$/);
  fc.assert(
    fc.property(fc.array(word, { minLength: 6, maxLength: 40 }), (words) =>
      assert.deepEqual(find([words.join(" ")]), []),
    ),
  );
});

test("C05: a blank in a line of any other words is found, wherever it stands in the line", () => {
  const words = fc.stringMatching(/^[a-z\u4e00-\u9fff ]{0,30}$/);
  const blank = fc.constantFrom("____", "＿＿", "【 】", "（  ）", "(  )", "【＿】", "..........", "年 月 日");
  fc.assert(
    fc.property(words, words, blank, (before, after, open) => {
      const places = find([prose, zhProse, ...gap, ...gap, `甲 ${before}${open}${after}`]);
      assert.equal(places.length, 1, JSON.stringify(places));
    }),
  );
});

test("C05: the open lines of a signature block are not blanks: they wait for seal and signature", () => {
  for (const block of [
    ["Signed for the buyer: ______", "Date: ______"],
    ["For and on behalf of the seller", "By: ______", "Name: ______", "Title: ______"],
    ["Authorised signatory ______", "(company seal)"],
    ["甲方（盖章）：＿＿＿＿", "法定代表人（签字）：＿＿＿＿", "日期：    年    月    日"],
    ["乙方（公章）", "授权代表：______", "　　年　　月　　日"],
    ["经办人：______", "（签章）"],
    ["签 字：______", "盖 章：______"],
  ])
    assert.deepEqual(find([prose, zhProse, ...gap, ...block]), [], block.join(" / "));
});

test("C05: what was to be agreed is never excused by a signature block beside it", () => {
  for (const line of [
    "Total amount: ______",
    "price ______",
    "合同金额：______元",
    "人民币（大写）：＿＿＿＿",
    "有效期：______",
    "交货日期：______",
    "Delivery date: ______",
    "数量（  ）",
  ])
    assert.equal(find([prose, zhProse, "Signed for the buyer: ______", line, "甲方（盖章）："]).length, 1, line);
});

test("C05: a line out of reach of the block is a blank; a name alone makes no block", () => {
  assert.equal(find([prose, zhProse, "Party: ______", "", "", "", "Signed for the buyer:"]).length, 1);
  assert.equal(find([prose, zhProse, "Party: ______", "", "Signed for the buyer:"]).length, 0);
  assert.equal(find([prose, zhProse, "Company name: ______"]).length, 1, "whose name is asked for is a party");
  assert.equal(find([prose, zhProse, "经办人：______"]).length, 1);
  assert.equal(find(["Name: ______", "Signed:", "", "", "", "", "Name: ______", prose]).length, 1, "each for itself");
});

test("C05: a sentence that tells of a date or a signature is no place for one, and excuses no blank", () => {
  const told = "By a contract dated 24 November 2026 our customer has undertaken to supply you with (          ).";
  assert.deepEqual(kinds([prose, zhProse, told]), ["brackets"]);
  const signed =
    "IN WITNESS WHEREOF the parties have signed this contract through their authorised representatives on ______";
  assert.deepEqual(find([prose, zhProse, signed]), [], "a place stands after it");
  const zh = "双方于2026年11月24日签署的框架合同约定，由乙方向甲方供应（          ），价格另行约定。";
  assert.deepEqual(kinds([prose, zhProse, zh]), ["brackets"]);
});

test("C05: text that nobody sees is one place of its page, and makes no page that is empty to the eye any less empty", () => {
  const hidden = { x: 20, y: 100, width: 80, height: 4 };
  const unseen = [
    { ...hidden, text: "本保函可以" },
    { ...hidden, y: 110, text: "无限次展期。" },
  ];
  const told = findUnfinishedPlaces([page([prose, zhProse], { unseen })], []);
  assert.deepEqual(
    told.map(({ kind, text, box, answerable }) => ({ kind, text, box, answerable })),
    [{ kind: "unseen-text", text: "本保函可以 无限次展期。", box: hidden, answerable: true }],
  );
  const marks = [
    { ...hidden, text: "·" },
    { ...hidden, text: "3" },
    { ...hidden, text: "  " },
  ];
  assert.deepEqual(
    findUnfinishedPlaces([page([prose, zhProse], { unseen: marks })], []),
    [],
    "marks at the edge of a drawing",
  );
  const empty = findUnfinishedPlaces([page([], { unseen, ink: 0 })], []);
  assert.deepEqual(
    empty.map(({ kind, answerable }) => [kind, answerable]),
    [
      ["unseen-text", true],
      ["empty-page", false],
    ],
  );
});

test("C05: a page of lines that are drawn is a drawing or an empty table, and answered; a frame around nothing is blank", () => {
  const drawn = (ink: number) =>
    findUnfinishedPlaces([page([prose, zhProse]), page([], { index: 1, ink })], []).map(({ kind, answerable }) => [
      kind,
      answerable,
    ]);
  assert.deepEqual(drawn(0.3), [], "a chart");
  assert.deepEqual(drawn(0.08), [["near-empty-page", true]]);
  assert.deepEqual(drawn(0.01), [["empty-page", false]]);
});

test("C05: look-alikes of Chinese characters are read as what they stand for", () => {
  const kangxi = "签订于    年    ⽉    ⽇";
  assert.notEqual(kangxi, kangxi.normalize("NFKC"));
  assert.deepEqual(kinds([prose, zhProse, kangxi]), ["date"]);
  assert.deepEqual(find([prose, zhProse, "⽇期：    年    ⽉    ⽇"]), [], "a date of the signature block");
  assert.equal(find([prose, zhProse, "盖章", "合同⾦额：______"]).length, 1, "an amount stays an amount");
  assert.deepEqual(find([prose, zhProse, "Ｓｉｇｎｅｄ： ______"]), [], "full width");
  assert.deepEqual(kinds([prose, zhProse, "［　　］"]), ["brackets"]);
});

test("C05: an empty page can not be answered, and neither can a page with nothing but its number", () => {
  for (const lines of [
    [],
    ["   "],
    ["— 3 —"],
    ["3"],
    ["第 3 页"],
    ["第3页 共12页"],
    ["Page 3 of 12"],
    ["3/12"],
    ["- 3 -", "……"],
  ]) {
    const places = findUnfinishedPlaces([page([prose]), page(lines, { index: 1 })], []);
    assert.deepEqual(
      places.map(({ kind, page: at, answerable }) => [kind, at, answerable]),
      [["empty-page", 1, false]],
      JSON.stringify(lines),
    );
  }
  for (const lines of [["Annex 3"], ["第三条 价款"], ["12 000"], ["3", "Gauges"]])
    assert.deepEqual(findUnfinishedPlaces([page([prose]), page(lines, { index: 1 })], []), [], JSON.stringify(lines));
});

test("C05: a picture fills a page; a filled field does on its own page alone", () => {
  assert.deepEqual(findUnfinishedPlaces([page([], { imageCoverage: 0.9 })], []), []);
  const filled = (at: number): FormFieldFact[] => [{ name: "price", page: at, filled: true }];
  const pages = [page([prose]), page([], { index: 1 })];
  assert.deepEqual(findUnfinishedPlaces(pages, filled(1)), []);
  assert.equal(findUnfinishedPlaces(pages, filled(0))[0]?.kind, "empty-page");
  assert.equal(findUnfinishedPlaces(pages, [{ name: "price", page: 1, filled: false }])[0]?.kind, "empty-page");
});

test("C05: a document with hardly a word, or a form with more blanks than words, has no content; that is never answered", () => {
  for (const lines of [["Annex"], ["合同"], ["Receipt form", ...Array.from({ length: 6 }, () => "__________")]]) {
    const last = find(lines).at(-1);
    assert.deepEqual([last?.kind, last?.answerable], ["no-content", false], lines.join(" / "));
  }
  const fields = Array.from({ length: 9 }, (_, at) => ({ name: `field ${at}`, page: 0, filled: false }));
  assert.equal(find(["Application form", "Applicant"], fields).at(-1)?.kind, "no-content");
  assert.ok(!kinds([prose, "Price ______"]).includes("no-content"));
  assert.equal(
    findUnfinishedPlaces([page(["Annex"], { imageCoverage: 0.5 })], []).length,
    0,
    "a scanned page has content",
  );
});

test("C05: unfilled form fields are found, except those of the signature block", () => {
  const fields: FormFieldFact[] = [
    { name: "buyer", page: 2, filled: false },
    { name: "seller", page: 0, filled: true },
    { name: "Signature of the buyer", page: 0, filled: false },
    { name: "盖章", page: null, filled: false },
    { name: "金额", page: null, filled: false },
  ];
  assert.deepEqual(
    find([prose], fields).map(({ kind, text, page: at, answerable }) => [kind, text, at, answerable]),
    [
      ["form-field", "buyer", 2, true],
      ["form-field", "金额", 0, true],
    ],
  );
});

test("C05: each place has an id of its own, the same each time, so that an answer stays with its place", () => {
  const lines = [prose, "Price ______", "Term ______", "合同编号【 】"];
  const pages = [page(lines), page(lines, { index: 1 }), page([], { index: 2 })];
  const fields = ["a", "a", "b"].map((name) => ({ name, page: null, filled: false }));
  const ids = findUnfinishedPlaces(pages, fields).map((place) => place.placeId);
  assert.equal(ids.length, 6 + 1 + 3);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(
    findUnfinishedPlaces(structuredClone(pages), fields).map((place) => place.placeId),
    ids,
  );
  for (const { kind } of findUnfinishedPlaces(pages, fields))
    assert.notEqual(describe(`unfinished.${kind}`).sentence.en, `unfinished.${kind}`);
});

/**
 * Lines and pages that a pattern or a comparison of each with each would work on for hours: the work must grow with the
 * input's length alone. The limit is fifteen times what that takes, and far below what
 * anything worse does: a busy machine may take its time.
 */
test("C05: no line and no page takes more work than its length, whatever somebody uploaded", () => {
  const program = `
    const { findUnfinishedPlaces } = await import(process.argv[1]);
    const long = 25_000;
    const page = (runs) => ({ index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0, runs });
    const run = (text, y = 0) => ({ text, x: 0, y, width: 1, height: 1 });
    const open = ["（", "(", "[", "【", "《", "〔", "年", "月", "签", "日", "代表", "page", "authorised ", "for and on "];
    const fill = [" ", "\\u3000", "_", "＿", ".", "…", "年", "月", "日", "（", "【", "0", "一", "a", " _", "年 ", "月 ", "( ", "签 "];
    for (const begin of ["", ...open])
      for (const part of fill) findUnfinishedPlaces([page([run(begin + part.repeat(long / part.length))])], []);
    const many = (text, count, from) => Array.from({ length: count }, (_, at) => run(text, from + at * 3));
    findUnfinishedPlaces([page([...many("签字", 120_000, 0), ...many("甲 ____", 120_000, 900_000)])], []);
    console.log("done");
  `;
  const module = new URL("./unfinished-places.ts", import.meta.url).href;
  const child = spawnSync(process.execPath, ["--input-type=module", "-e", program, module], {
    encoding: "utf8",
    timeout: 150_000,
    killSignal: "SIGKILL",
  });
  assert.equal(child.stdout.trim(), "done", child.stderr || "it took longer than its length allows");
});

test("C05: what readers may see differently is answered with a reason, each place by itself", () => {
  const places = listUncertainPlaces([
    { kind: "annotation", page: 2, text: "FreeText: paid" },
    { kind: "annotation", page: 2, text: "x".repeat(500) },
  ]);
  assert.deepEqual(
    places.map(({ page, kind, answerable, text }) => [page, kind, answerable, text.length]),
    [
      [2, "annotation", true, 14],
      [2, "annotation", true, 120],
    ],
  );
  assert.equal(new Set(places.map(({ placeId }) => placeId)).size, 2);
});

test("C05: placeholders, notes and tracked changes that were left in the text are found", () => {
  for (const line of [
    "单价待定，由双方另行确认",
    "[批注1]: 请法务确认此条",
    "删除的内容：乙方承担",
    "供应商为XX公司",
    "金额为XXX元",
    "The buyer is [insert name of the buyer]",
    "Delivery date: TBD",
    "TODO check with legal",
    "Deleted: thirty days",
    "Lorem ipsum dolor sit amet",
    "The goods are {{goods}} of the first kind",
  ])
    assert.deepEqual(kinds([prose, zhProse, line]), ["leftover"], line);
  for (const line of [
    "Article XXX of the convention",
    "Chapter XX",

    "the exxxtra line",
    "Size XL and XXL",
    "尺寸为 3×4 米",
  ])
    assert.deepEqual(kinds([prose, zhProse, line]), [], line);
});

test("C05: a page with nothing but what other pages have at their edge is nearly empty", () => {
  const head = (text: string, index: number): PageText => ({
    ...page([], { index }),
    runs: [run("Farhill Gauges Ltd", 10), ...(text === "" ? [] : [run(text, 120)]), run(`Page ${index + 1} of 3`, 285)],
  });
  const places = findUnfinishedPlaces([head(prose, 0), head("", 1), head(zhProse, 2)], []);
  assert.deepEqual(
    places.map(({ kind, page: at, answerable }) => [kind, at, answerable]),
    [["near-empty-page", 1, false]],
  );
  assert.deepEqual(findUnfinishedPlaces([head(prose, 0), head(prose, 1)], []), []);
  const filled = [{ name: "price", page: 1, filled: true }];
  assert.deepEqual(findUnfinishedPlaces([head(prose, 0), head("", 1), head(zhProse, 2)], filled), []);
});

test("C05: letter paper with nothing on it is a blank sheet; with a letter on it is a letter", () => {
  const paper = [
    run("Farhill Gauges Ltd", 12),
    run("12 High Street, London", 18),
    run("Tel. 020 7946 0000", 280),
    run("www.farhill.example", 286),
  ];
  const letter = (...body: TextRun[]) =>
    findUnfinishedPlaces([{ ...page([]), runs: [...paper, ...body] }], []).map(({ kind, answerable }) => [
      kind,
      answerable,
    ]);
  assert.deepEqual(letter(), [["no-content", false]], "told once, and not also as something that a reason answers");
  assert.deepEqual(letter(run(prose, 100), run("Yours faithfully", 140)), []);
});

test("C05: a value drawn over its line fills it, and no other line", () => {
  const form = (...over: TextRun[]) =>
    findUnfinishedPlaces([{ ...page([prose, zhProse]), runs: [...page([prose, zhProse]).runs, ...over] }], []).map(
      ({ kind }) => kind,
    );
  const line: TextRun = { text: "Price: ____________ per piece", x: 20, y: 100, width: 58, height: 4 };
  const value = (x: number, y: number): TextRun => ({ text: "1,250", x, y, width: 10, height: 3 });
  assert.deepEqual(form(line), ["underscores"]);
  assert.deepEqual(form(line, value(40, 99.5)), []);
  assert.deepEqual(form(line, value(90, 99.5)), ["underscores"], "beside the line");
  assert.deepEqual(form(line, value(40, 110)), ["underscores"], "under the line");
  const two: TextRun = { ...line, text: "From ________ to _________" };
  assert.deepEqual(form(two, value(32, 99.5)), ["underscores"], "the other is open");
});

test("C05: a bracket that closes on the next line with nothing in it is a blank", () => {
  assert.deepEqual(kinds([prose, zhProse, "supply the goods (", ") within a month"]), ["brackets"]);
  assert.deepEqual(kinds([prose, zhProse, "supply the goods (", "gauges) within a month"]), []);
});

test("C05: names, numbers and choices that somebody still has to write are found, in English and Chinese", () => {
  for (const [kind, ...lines] of [
    [
      "leftover",
      ...["The seller is (insert name of seller).", "Between <Seller> and us", "The buyer is N.N., of Hull"],
      ...["Delivery is in ??? weeks", "XX measuring lenses", "They deliver XX lenses", "Price: CNY XX"],
      ...["tax included/not included (delete as appropriate)", "Tax: ☐ included ☐ not included"],
      ...["Purchase contract (DRAFT v3)", "DRAFT", "Draft version 2 of the contract"],
      ...["乙方：某某公司", "卖方：（此处填写卖方名称）", "价格□含税□不含税", "卖方：△△△", "甲方：<公司名称>"],
      ...["买卖合同（征求意见稿）", "数量？？", "付款方式（二选一）"],
    ],
    [
      "date",
      "    November 2026",
      "dated    November 2026",
      "Date: 3 November 20__",
      "Date: __/__/2026",
      "于20  年签订",
    ],
    ["wide-space", "The contract runs for   months.", "The contract runs for months.", "合同期限为 个月"],
  ] as const)
    for (const line of lines) assert.deepEqual(kinds([line, prose, zhProse, ...gap, prose]), [kind], line);
  for (const line of [
    ...["see <https://a.example/b> and <a@b.example>", "if a < b and c > d", "N. N. Ivanov signs", "Really? Yes."],
    ...["Louis XX said so in the XX century", "the draft of 3 November was withdrawn", "DRAFT SURVEY REPORT"],
    ...[
      "November 2026",
      "delivered in November 2026",
      "runs for 12 months",
      "an insert (steel)",
      "Delete what is not needed",
    ],
    ...[
      "根据《条例（征求意见稿）》",
      "张某某",
      "☑含税 □不含税",
      "二○○八年",
      "由双方填写后盖章",
      "（注明出处）",
      "行为  日期",
    ],
    ...["* * * * *", "△ABC 与 △DEF", "the rule 20_3", "We supply size XX and XXL"],
  ])
    assert.deepEqual(kinds([prose, zhProse, ...gap, line, ...gap, prose]), [], line);
});

test("C05: a month for which room for its day was left is a date without one", () => {
  const at = (x: number, beside: readonly TextRun[] = []) =>
    findUnfinishedPlaces(
      [
        {
          ...page([prose, zhProse]),
          runs: [...page([prose, zhProse]).runs, { ...run("November 2026", 80), x }, ...beside],
        },
      ],
      [],
    ).map(({ kind }) => kind);
  assert.deepEqual(at(25), ["date"]);
  assert.deepEqual(at(20), [], "at the margin");
  assert.deepEqual(at(140), [], "at the right");
  assert.deepEqual(at(25, [{ ...run("3", 80), width: 3 }]), [], "behind its day");
});

test("C05: a date belongs to who signs or to the end of what is said; at the head of a paper it is a blank", () => {
  for (const line of [
    "签订日期：   年  月  日",
    "签署日期：____年__月__日",
    "Date: ____________",
    "Date of signature: ______",
  ]) {
    assert.equal(find(["采购合同", line, ...gap, prose, zhProse]).length, 1, `${line} at the head`);
    assert.deepEqual(find([prose, zhProse, ...gap, line]), [], `${line} at the end`);
    assert.deepEqual(
      find([prose, zhProse, ...gap, "乙方（盖章）：", line, ...gap, prose]),
      [],
      `${line} beside a seal`,
    );
    const cover = findUnfinishedPlaces([page(["采购合同", line]), page([prose, zhProse], { index: 1 })], []);
    assert.equal(cover.length, 1, `${line} on a cover`);
  }
  assert.deepEqual(find(["北京远山仪表有限公司", "签订日期：2026年11月3日", ...gap, prose]), []);
});
