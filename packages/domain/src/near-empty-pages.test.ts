import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PageText, TextRun } from "./page-text.ts";
import { findUnfinishedPlaces } from "./unfinished-places.ts";

const run = (text: string, y: number, place: Partial<TextRun> = {}): TextRun => ({
  ...{ text, x: 20, y, width: Math.min(170, text.length * 2), height: 4 },
  ...place,
});
const page = (runs: readonly TextRun[], change: Partial<PageText> = {}): PageText => ({
  ...{ index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0, runs },
  ...change,
});
const head = [run("Orrin Pumps Limited", 14), run("5 Quay Street, Hull - Tel. 01482 496 0000", 21)];
const foot = [
  run("Registered office: Hull. Company number 01234567. VAT no. 123 4567 89.", 277),
  run("All our deliveries are subject to our general terms of sale, which can be read at", 281),
  run("www.orrin.example/terms. Certified to ISO 9001.", 285),
];
const told = (...pages: PageText[]) =>
  findUnfinishedPlaces(pages, []).map(({ kind, page: at, answerable }) => [kind, at, answerable]);
const onPaper = (...body: TextRun[]) => told(page([...head, ...body, ...foot]));
const blank = [["no-content", 0, false]];
const letter = [
  run("We confirm that the pumps of your order 8812 arrived without damage.", 90),
  run("The invoice will be paid within thirty days.", 98),
];

for (const [what, ...body] of [
  ["nothing"],
  [
    "the opening and the end of a letter",
    run("To:", 60),
    run("Date:", 68),
    run("Dear Sirs,", 76),
    run("Yours faithfully,", 200),
  ],
  ["a name to write to", run("To: Nearwater Equipment GmbH, Hamburg", 60), run("Dear Ms. Weber,", 76)],
  [
    "a place for the seal",
    run("Hull, 3 November 2026", 200),
    run("Orrin Pumps Limited", 208),
    run("(company seal)", 216),
  ],
  ["a date and the name in one line", run("Orrin Pumps Limited  Date: 3 November 2026", 240)],
  ["a large word", run("COMPANY", 130, { width: 150, height: 24 })],
  [
    "a turned word",
    ...[..."ORIGINAL"].map((text, at) => run(text, 180 - at * 14, { x: 50 + at * 14, width: 25, height: 25 })),
  ],
  ["the same words again and again", ...Array.from({ length: 30 }, (_, at) => run("Orrin original", 60 + at * 7))],
  ["a reference and a date", run("Our ref: YH-2026-1101   Date: 29 November 2026", 48)],
  ["the number and the date of a Chinese letter", run("编号：澜函〔2026〕17号", 52), run("2026年11月29日", 60)],
  [
    "a subject and a reference",
    run("To: Bluewater Trading GmbH", 60),
    run("Hafenstrasse 7, 20457 Hamburg", 65),
    run("Subject: as discussed with you on the telephone", 76),
    run("Our ref: 117", 84),
  ],
  [
    "the frame of a letter",
    ...[
      run("Ref: YH/2026/117", 52),
      run("Bluewater Trading GmbH", 60),
      run("Hafenstrasse 7", 65),
      run("20457 Hamburg", 70),
      run("Dear Sirs,", 80),
      run("Yours faithfully,", 190),
      run("Jonathan Marsh", 200),
      run("General Manager", 206),
      run("Export Sales Department", 212),
    ],
  ],
  [
    "the frame of a Chinese letter",
    ...[
      run("关于参观的函", 56),
      run("蓝水贸易有限公司：", 66),
      run("此致", 180),
      run("敬礼", 186),
      run("李明 总经理", 194),
      run("第1页 共1页", 250),
    ],
  ],
  ["dots and lines", run(". . . . . . . . . . . . . . .", 90), run("— — — — — —", 100)],
  ["a Chinese form", run("致：", 60), run("盖章：", 200), run("日期：2026年11月3日", 208)],
  [
    "a column at its side",
    ...["Board", "Ada Marsh", "Works", "Hull", "Grimsby"].map((text, at) => run(text, 60 + at * 5, { x: 170 })),
  ],
] as const)
  test(`C05: letter paper with ${what} is a blank sheet, and no reason answers for it`, () =>
    assert.deepEqual(onPaper(...(body as readonly TextRun[])), blank));

test("C05: letter paper with a few lines of a letter, a certificate or a notice is no blank sheet", () => {
  for (const body of [
    letter,
    [run("Your invoice 4410 was paid today.", 90)],
    [run("Your invoice 4410 was paid today.", 32)],
    [run("CERTIFICATE", 70), run("Name: Jane Doe", 90), run("Position: fitter", 98), run("Since: 3 March 2020", 106)],
    [run("兹证明李娜系我公司员工，现任工程师。", 90)],
    [run("Dear Ms. Weber,", 76), run("Please find the invoice enclosed.", 90), run("Yours faithfully,", 110)],
    [run("Our ref: 117", 60), run("Subject: invoice", 68), run("Your invoice 4410 was paid today", 90)],
    [run("澜函〔2026〕17号", 52), run("兹证明张华为我公司员工。", 90), run("2026年11月29日", 110)],
    [run("各部门：", 60), run("本周五下午停水检修，请做好准备。", 68)],
    ["CLOSED", "FROM 24 DEC", "UNTIL 2 JAN"].map((text, at) => run(text, 70 + at * 30, { height: 16 })),
  ])
    assert.deepEqual(onPaper(...body), [], body.map(({ text }) => text).join(" / "));
});

test("C05: three lines of a Chinese foot are letter paper, as one is", () => {
  const lines = [
    run("青岛海岬泵业有限公司", 20),
    run("地址：青岛市港湾路5号 电话：0532-55500000", 258),
    run("统一社会信用代码：91370200MA00000000 开户行：海岬银行", 262),
    run("本公司通过 ISO 9001 体系认证 产品范围：离心泵、计量泵、阀门", 270),
  ];
  assert.deepEqual(told(page(lines)), blank);
});

test("C05: text that hardly stands out is a watermark and makes no letter; a letter over one is a letter", () => {
  const pale = [run("We agree to everything that stands overleaf.", 120)];
  assert.deepEqual(told(page([...head, ...pale, ...foot], { pale })), blank);
  assert.deepEqual(told(page([...head, ...letter, ...pale, ...foot], { pale })), []);
  assert.deepEqual(told(page(pale, { pale })), blank, "without a letterhead, too");
});

test("C05: a blank sheet among others can not be answered; places to sign belong to the page before them", () => {
  const [first, empty] = [page([...head, ...letter, ...foot]), page([...head, ...foot], { index: 1 })];
  assert.deepEqual(told(first, empty), [["near-empty-page", 1, false]]);
  const signs = ["Signed for Orrin Pumps Limited:", "Name and title:", "Place and date:"].map((text, at) =>
    run(text, 60 + at * 9),
  );
  const end = page([...head, ...signs, ...foot], { index: 1 });
  assert.deepEqual(told(first, end), []);
  assert.deepEqual(told({ ...end, index: 0 }), blank);
});

test("C05: a page with its running lines alone is blank; with a drawing below them a reason may answer for it", () => {
  const running = (index: number, ink: number, ...body: TextRun[]) =>
    page([run("Standard terms 7", 10), ...body, run(`Page ${index + 1} of 2`, 285)], { index, ink });
  const drawn = (ink: number) => told(running(0, 0.05, ...letter), running(1, ink));
  assert.deepEqual(drawn(0.01), [["near-empty-page", 1, false]]);
  assert.deepEqual(drawn(0.08), [["near-empty-page", 1, true]]);
  const heading = [running(0, 0.05, ...letter), running(1, 0.01, run("Annex 3", 60))];
  assert.deepEqual(told(...heading), [["near-empty-page", 1, true]]);
});

test("C05: a sentence in the body of letter paper is a letter, wherever it stands there", () => {
  const word = fc.constantFrom("pump", "arrived", "payment", "eight", "valves", "returned", "Monday", "order");
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 5, maxLength: 8 }), fc.integer({ min: 52, max: 240 }), (words, y) =>
      assert.deepEqual(onPaper(run(`${words.join(" ")}.`, y)), []),
    ),
  );
});

test("C05: nothing between salutation and greeting is a blank sheet, whatever else the paper says about itself", () => {
  const aside = [
    ["Registered office: 18 Harbour Road, Lanxi City."],
    ["Bank: Lanxi Commercial Bank, account 1208 0042 0900."],
    ["This letter is confidential. If you are not the intended recipient, please notify us and delete it."],
    ["Measure twice, cut once. Precision since 1987."],
    ["Encl.: none", "cc: file"],
  ];
  for (const lines of aside)
    for (const y of [20, 210, 280]) {
      const printed = lines.map((text, at) => run(text, y + at * 5));
      const frame = [run("Orrin Pumps Limited", 14), run("Dear Sir,", 38), run("Yours faithfully,", 190)];
      assert.deepEqual(told(page([...frame, ...printed])), blank, `${lines[0]} at ${y}`);
      const said = run("Your pumps arrived today and run well.", 50);
      assert.deepEqual(told(page([...frame, said, ...printed])), [], `${lines[0]} at ${y}, with a letter`);
    }
});

test("C05: a form with its title and its end alone is blank; its statement makes it one that is filled in", () => {
  const form = (...body: string[]) => [
    run("授 权 委 托 书", 24, { x: 85 }),
    run("编号：LX-2026-118", 37),
    ...body.map((text, at) => run(text, 50 + at * 8)),
    run("委托单位：澜汐仪器有限公司（盖章）", 183),
    run("法定代表人：沈怀宁", 192),
    run("2026年11月29日", 202),
  ];
  assert.deepEqual(told(page(form())), blank);
  assert.deepEqual(told(page(form("兹委托我公司李明办理海关备案手续。"))), []);
  const certificate = [run("证 明", 24, { x: 95 }), run("特此证明。", 169), run("澜汐仪器有限公司", 179)];
  assert.deepEqual(told(page(certificate)), blank);
});

test("C05: a letter of one word is asked about and can be answered; a cover with a document behind it is not", () => {
  const answer = (word: string, greeting: string, end: string) =>
    told(page([...head, run(greeting, 60), run(word, 70), run(end, 90)]));
  assert.deepEqual(answer("同意。", "王先生：", "此致"), [["near-empty-page", 0, true]]);
  assert.deepEqual(answer("Agreed.", "Dear Ms. Weber,", "Yours faithfully,"), [["near-empty-page", 0, true]]);
  const cover = page([run("船舶修理合同", 90, { x: 70 }), run("南汇船舶修造厂", 130)]);
  assert.deepEqual(told(cover, page(letter, { index: 1 })), []);
  assert.deepEqual(told(cover), [["near-empty-page", 0, true]]);
});
