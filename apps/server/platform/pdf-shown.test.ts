import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asShown,
  findUnfinishedPlaces,
  listDisagreements,
  listPicturedPages,
  readDocumentText,
  readFacts,
  starterBook,
} from "@chancery/domain";
import { createGlyphSource } from "@chancery/seal-image/font";
import { readPageTexts } from "./page-text.ts";
import { makeTestPdf, streamInTest, type TestPdfParts } from "./test-pdf.ts";

const read = async (lines: readonly string[], parts: TestPdfParts = {}) => {
  const answer = await readPageTexts(makeTestPdf(lines, parts), [{ widthMm: 210, heightMm: 297 }]);
  assert.ok(answer.ok);
  const [page] = answer.pages;
  assert.ok(page);
  return {
    runs: (page.shown ?? page.runs).map(({ text }) => text),
    otherwise: (page.otherwise ?? []).map(({ kind, text }) => [kind, text]),
    pages: answer.pages,
  };
};
const write = (text: string, x: number, y: number, colour = "0 g"): string =>
  `q ${colour} BT /F1 12 Tf ${x} ${y} Td (${text}) Tj ET Q`;
const white = (x: number, y: number, width: number, height: number): string =>
  `q 1 g ${x} ${y} ${width} ${height} re f Q`;

const glyphs = createGlyphSource();
/** A text as the outlines of its letters, without a letter that a program reads. */
function outline(text: string, x: number, y: number, size = 12): string {
  let at = x;
  const known = glyphs(text);
  const out = [...text].map((character) => {
    const glyph = known.get(character);
    assert.ok(glyph);
    const { path, advance } = glyph;
    const write = (...points: number[]): string =>
      points.map((value, nth) => (nth % 2 === 0 ? at + value * size : y + value * size).toFixed(2)).join(" ");
    const steps = path.map(([step, ...points]) => {
      if (step === "Q") {
        // Cubic curves alone are drawn here; which curve it is makes no letter of it.
        const [a = 0, b = 0, c = 0, d = 0] = points;
        return `${write(a, b, a, b, c, d)} c`;
      }
      return step === "Z" ? "h" : `${write(...points)} ${step.toLowerCase()}`;
    });
    at += advance * size;
    return `${steps.join(" ")} f`;
  });
  return out.join(" ");
}

const letter = [
  "Letter to Beicheng Ltd",
  "We thank you for your order of twelve gauges.",
  "The price is CNY 1,286.00 in all.",
];
const priceAt = { x: 60 + 68, y: 780 - 28 };

test("C03: what is covered within a line is not read, and the place is told", async () => {
  const plain = await read(letter);
  assert.deepEqual([plain.runs, plain.otherwise], [letter, []]);
  const covered = `${white(priceAt.x, priceAt.y - 3, 82, 14)} ${write("CNY 9,860,000.00", priceAt.x, priceAt.y)}`;
  const changed = await read(letter, { drawn: covered });
  assert.match(changed.runs.join(" "), /9,860,000\.00/u);
  assert.doesNotMatch(changed.runs.join(" "), /1,286/u);
  assert.deepEqual(
    changed.otherwise.map(([kind]) => kind),
    ["covered"],
  );
  assert.match(changed.otherwise[0]?.[1] ?? "", /1,286\.00/u);
});

test("C03: words that are drawn as outlines are told, over covered text, in a line and in a paragraph of their own", async () => {
  const over = await read(letter, {
    drawn: `${white(priceAt.x, priceAt.y - 3, 82, 14)} ${outline("9,860,000.00", priceAt.x, priceAt.y)}`,
  });
  assert.deepEqual(
    over.otherwise.map(([kind]) => kind),
    ["covered", "drawn"],
  );
  assert.doesNotMatch(over.runs.join(" "), /1,286/u);
  const inLine = await read(["The price is", "and is paid in thirty days."], {
    drawn: outline("CNY 9,860,000.00", 132, 780),
  });
  assert.deepEqual(
    inLine.otherwise.map(([kind]) => kind),
    ["drawn"],
  );
  const clause = outline("The buyer pays a penalty of one million a day.", 60, 500);
  assert.deepEqual(
    (await read(letter, { drawn: clause })).otherwise.map(([kind]) => kind),
    ["drawn"],
  );
  const chinese = outline("甲方应向乙方支付人民币玖佰捌拾陆万元整", 60, 500);
  assert.deepEqual(
    (await read(letter, { drawn: chinese })).otherwise.map(([kind]) => kind),
    ["drawn"],
  );
});

test("C03: a page of outlines is a picture that nobody read, and not an empty one", async () => {
  const drawn = Array.from({ length: 5 }, (_, at) =>
    outline("甲方应向乙方支付人民币玖佰捌拾陆万元整", 60, 700 - at * 24),
  ).join(" ");
  const { pages } = await read([], { drawn });
  assert.deepEqual(findUnfinishedPlaces(pages, []), []);
  assert.deepEqual(listPicturedPages(readDocumentText(pages).pages), [0]);
});

test("C03: text in the colour of its paper within a line is not read, and the place is told", async () => {
  const drawn = `${write("The price is CNY 1,286", 60, 600)} ${write(",000,000", 60 + 125, 600, "1 g")} ${write(".00 in all.", 60 + 172, 600)}`;
  const { runs, otherwise } = await read([], { drawn });
  assert.doesNotMatch(runs.join(" "), /000,000/u);
  assert.deepEqual(otherwise, [["covered", ",000,000"]]);
});

/** A font of the reader's own whose letters claim to be others (ToUnicode). */
const liar = (claims: readonly (readonly [string, string])[]): TestPdfParts => {
  const hex = (text: string): string => Buffer.from(text, "utf16le").swap16().toString("hex");
  const lines = claims.map(([code, says]) => `<${Buffer.from(code, "latin1").toString("hex")}> <${hex(says)}>`);
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /L def /CMapType 2 def 1 begincodespacerange <00> <ff> endcodespacerange ${claims.length} beginbfchar ${lines.join(" ")} endbfchar endcmap end end`;
  return {
    page: "/Resources << /Font << /F1 4 0 R /F2 6 0 R >> >>",
    objects: [
      "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>",
      streamInTest(map),
    ],
  };
};

test("C03: letters and figures that show others than their font says are told where they stand", async () => {
  const drawn = "BT /F2 12 Tf 60 600 Td (CNY 9,860,000.00) Tj ET";
  const figures = await read(letter, {
    ...liar([
      ["9", "1"],
      ["8", "2"],
      ["6", "8"],
    ]),
    drawn,
  });
  assert.match(figures.runs.join(" "), /1,280,000/u);
  assert.ok(
    figures.otherwise.some(([kind]) => kind === "letters"),
    JSON.stringify(figures.otherwise),
  );
  const amount = (code: string, says: string) =>
    read(letter, { ...liar([[code, says]]), drawn: "BT /F2 12 Tf 60 600 Td (CNY 8,640,012.00) Tj ET" });
  const pairs = [
    ["0", "."],
    ["2", "-"],
    ["6", "9"],
    ["8", "0"],
  ] as const; // one alone, much alike, or no figure at all
  for (const [code, says] of pairs) {
    const told = (await amount(code, says)).otherwise.filter(([kind]) => kind === "letters");
    assert.ok(
      told.length > 0 && told.every(([, text]) => text === says),
      `${code} for ${says}: ${JSON.stringify(told)}`,
    );
  }
  // The same ring is a full stop where it is small, and a figure where it stands as high as those beside it.
  const ring = (size: number, before: string) =>
    read(letter, {
      ...liar([["o", "。"]]),
      drawn: `BT /F1 12 Tf 60 600 Td (${before}) Tj /F2 ${size} Tf (o) Tj ET`,
    });
  for (const before of ["Closed until Friday ", "No. 128"])
    assert.deepEqual((await ring(8, before)).otherwise, [], before);
  assert.ok((await ring(17, "No. 128")).otherwise.some(([kind]) => kind === "letters"));
  const name = await read(letter, {
    ...liar([
      ["a", "e"],
      ["o", "c"],
    ]),
    drawn: "BT /F2 12 Tf 60 600 Td (Sold to Harbour Optics) Tj ET",
  });
  const letters = name.otherwise.flatMap(([kind, text]) => (kind === "letters" ? [text] : []));
  assert.deepEqual([...new Set(letters)].toSorted(), ["c", "e"], "letters that look much alike");
  const honest = await read(letter, {
    ...liar([..."CNY986,0."].map((code) => [code, code] as const)),
    drawn,
  });
  assert.deepEqual(honest.otherwise, []);
});

test("C03: a layer that is not shown, and text under a picture of other words, count for nothing", async () => {
  const layers = {
    catalog: "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
    page: "/Resources << /Font << /F1 4 0 R >> /Properties << /L 6 0 R >> >>",
    objects: ["<< /Type /OCG /Name (Layer) >>"],
    drawn: `/OC /L BDC ${write("Official letter", 60, 720)} EMC`,
  };
  assert.ok(!(await read(letter, layers)).runs.includes("Official letter"));
});

test("C03: what honest writers draw is no other text: rules, boxes, bold by double strokes, values over a blank, a dark heading", async () => {
  const rules = Array.from({ length: 12 }, (_, at) => `0.5 w 60 ${700 - at * 18} m 500 ${700 - at * 18} l S`).join(" ");
  const boxes = Array.from({ length: 30 }, (_, at) => `0.7 w ${60 + at * 14} 400 8 8 re S`).join(" ");
  const bars = Array.from(
    { length: 12 },
    (_, at) => `0.2 0.4 0.8 rg ${60 + at * 20} 200 9 ${20 + ((at * 37) % 90)} re f`,
  ).join(" ");
  const bold = `${write("Terms of delivery", 60, 620)} ${write("Terms of delivery", 60.4, 620)}`;
  const filled = `${write("Name: ______________", 60, 560)} ${write("Zhang San", 100, 561)}`;
  const heading = `q 0.1 g 50 520 300 20 re f Q ${write("Item and quantity", 60, 526, "1 g")}`;
  const seal = "0.8 0.1 0.1 RG 3 w 200 340 m 260 340 260 280 200 280 c 140 280 140 340 200 340 c S";
  for (const drawn of [rules, boxes, bars, bold, filled, heading, seal])
    assert.deepEqual((await read(letter, { drawn })).otherwise, [], drawn.slice(0, 60));
});

test("C03: a page that shows something else is settled by a reviewer, whatever the application says", async () => {
  const { pages } = await read(letter, {
    drawn: `${white(priceAt.x, priceAt.y - 3, 82, 14)} ${outline("9,860,000.00", priceAt.x, priceAt.y)}`,
  });
  const facts = readFacts(readDocumentText(asShown(pages)), ["Lanxi Instruments Ltd"], starterBook);
  const declared = {
    ...{ documentClass: "official-letter" as const, external: true, counterparty: "Beicheng Ltd" },
    ...{ amountMinor: 128_600, currency: "CNY" },
  } as const;
  const told = listDisagreements(declared, [{ documentId: "d", facts, template: null }], starterBook);
  const [shown] = told.filter(({ fact }) => fact === "shown");
  assert.deepEqual([shown?.read, shown?.page, shown?.stricter], ["1 covered,drawn", 0, "read"]);
  assert.ok(shown && shown.box.y > 20 && shown.box.y < 40 && shown.box.x > 40, JSON.stringify(shown?.box));
});
