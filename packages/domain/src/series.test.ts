import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import type { DocumentSeen } from "./decisive-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import {
  decideSeriesFacts,
  listSeriesColumns,
  listSeriesDisagreements,
  listSeriesFaults,
  listTrialRows,
  listUnopened,
  mostSeriesDocuments,
  nameForDraw,
  readSeriesList,
  type SeriesFault,
  sampleSize,
  seriesLeaf,
  sumSeries,
} from "./series.ts";
import { type FillableField, findFieldSlots, listFields, type PlacedCharacter, writeValue } from "./series-places.ts";
import { drawPieces } from "./storage-check.ts";
import { FIELD_KINDS } from "./template-fields.ts";
import { readTemplate } from "./template-text.ts";
import { listTextFaults } from "./test-texts.ts";

/** Characters of one line, each two millimetres wide, a Chinese one four. */
function place(text: string, baseline: number, x = 20): PlacedCharacter[] {
  let at = x;
  return [...text].flatMap((character) => {
    const width = /\p{Script=Han}/u.test(character) ? 4 : 2;
    at += width;
    return character.trim() === ""
      ? []
      : [{ text: character, x: at - width, y: baseline - 3, width, height: 3.8, baseline }];
  });
}
const form = [
  ["Supply contract between Lanxi and", 20],
  ["Buyer: ____________ of the town, and no other.", 30],
  ["Price: ____________ and delivered by ____________ at the works.", 40],
  ["签订日期：　　　年　　　月　　　日", 50],
] as const;
const characters = [form.flatMap(([text, baseline]) => place(text, baseline))];
const texts = [
  {
    ...{ index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0 },
    runs: form.map(([text, baseline]) => {
      const placed = place(text, baseline);
      const end = placed.at(-1);
      return { text, x: 20, y: baseline - 3, width: (end?.x ?? 0) + (end?.width ?? 0) - 20, height: 3.8 };
    }),
  },
];
const fields = listFields(readTemplate(readDocumentText(texts), []));
const slots = findFieldSlots(fields, characters);
const fillable = fields.map((field, at) => ({ field, slots: slots[at] ?? [] }));
const columns = listSeriesColumns(fields.map(({ name }, at) => ({ name, needed: at < 3 })));
const measure = (text: string): number | null => (text.includes("Ǻ") ? null : text.length * 500);
const heads = columns.map(({ head }) => head.en);
const rowOf = (cells: Partial<Record<string, string>>, row: number) => ({
  row,
  cells: heads.map((head) => cells[head] ?? ""),
});
const good = (nr: number): Record<string, string> => ({
  ...{ Buyer: `Works ${nr}`, Price: "1,000.00", "and delivered by": "2027-03-31", 签订日期: "2027-01-05" },
  ...{ Counterparty: `Works ${nr}`, Amount: "1000", "File name": `works ${nr}` },
});
const read = (...rows: Partial<Record<string, string>>[]) =>
  readSeriesList({
    rows: [{ row: 1, cells: heads }, ...rows.map((cells, at) => rowOf(cells, at + 2))],
    ...{ columns, fields: fillable, measure },
  });
const told = (faults: readonly SeriesFault[]): string[] =>
  faults.map(({ row, column, refusal }) => `${row} ${column?.en ?? null} ${refusal.code}`);

test("a list has a column for each field of its template, other side, amount and name; heads never fall together", () => {
  assert.deepEqual(heads, ["Buyer", "Price", "and delivered by", "签订日期", "Counterparty", "Amount", "File name"]);
  const same = listSeriesColumns(["日期", "日期", "金额"].map((name) => ({ name, needed: true })));
  assert.deepEqual(
    same.slice(0, 3).map(({ head }) => head.zh),
    ["日期", "日期 2", "金额 2"],
  );
});

test("each value stands in its blank, and the parts of a date before their marks", () => {
  const { lines, faults } = read(good(1), good(2));
  assert.deepEqual(told(faults), []);
  const [buyer, price, by, year, month, day] = lines[0]?.written ?? [];
  assert.deepEqual([buyer?.text, price?.text, by?.text], ["Works 1", "1,000.00", "2027-03-31"]);
  assert.deepEqual([year?.text, month?.text, day?.text], ["2027", "1", "5"]);
  assert.deepEqual([buyer?.baselineMm, by?.baselineMm, day?.baselineMm], [30, 40, 50]);
  const blank = characters[0]?.find(({ text, baseline }) => text === "_" && baseline === 30);
  assert.ok(buyer && blank && buyer.xMm >= blank.x && buyer.xMm < blank.x + 2);
  assert.ok(year && month && day && year.xMm < month.xMm && month.xMm < day.xMm);
});

test("C03 C05: every error is told with its line and column, and one error leaves no line", () => {
  const long = "Northern Instruments and Precision Gauges Manufacturing of Springfield with Sons Ltd";
  const { lines, faults } = read(
    { ...good(1), Buyer: "" },
    { ...good(2), Buyer: long },
    { ...good(3), Price: "a lot" },
    { ...good(4), Buyer: "who shall pay" },
    { ...good(5), 签订日期: "soon" },
    { ...good(6), Amount: "12.345" },
    { ...good(7), Buyer: "Ǻ" },
    good(8),
    good(8),
  );
  assert.deepEqual(lines, []);
  assert.deepEqual(told(faults), [
    "2 Buyer series.cell-missing",
    "3 Buyer series.cell-too-wide",
    "4 Price series.cell.not-amount",
    "5 Buyer series.cell.clause",
    "6 签订日期 series.cell.not-date",
    "7 Amount series.amount",
    "8 Buyer series.character",
    "10 null series.same-line",
  ]);
});

test("what is wrong with a list as a whole is told before its lines", () => {
  const codes = (rows: readonly (readonly string[])[]): string[] =>
    readSeriesList({
      rows: rows.map((cells, at) => ({ row: at + 1, cells })),
      ...{ columns, fields: fillable, measure },
    }).faults.map(({ refusal }) => refusal.code);
  assert.deepEqual(
    codes([
      ["Buyer", "Price"],
      ["a", "1"],
      ["b", "2"],
    ]),
    ["series.head-missing"],
  );
  assert.deepEqual(codes([[...heads, "Colour"], [], []]), ["series.head-unknown"]);
  assert.deepEqual(codes([[...heads, "Buyer"], [], []]), ["series.head-twice"]);
  assert.deepEqual(codes([heads, ["a"]]), ["series.too-few"]);
  assert.deepEqual(codes([]), ["series.head-missing", "series.head-missing", "series.head-missing", "series.too-few"]);
  const many = Array.from({ length: mostSeriesDocuments + 1 }, () => ["a"]);
  assert.deepEqual(codes([heads, ...many]), ["series.too-many"]);
});

test("a value is written narrower or smaller, and never cut: it stays in its blank, or is refused", () => {
  const slot = { page: 0, x: 50, width: 30, baseline: 100, size: 4 };
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, maxLength: 60 }),
      fc.double({ min: 3, max: 80, noNaN: true }),
      (text, width) => {
        const wide = (value: string): number => value.length * 480;
        const written = writeValue([{ ...slot, width }], text, wide);
        const natural = (wide(text) / 1000) * slot.size;
        if (written === null) return natural * 0.6 > width - 0.6 - 1e-9;
        const [one] = written;
        assert.equal(one?.text, text);
        const drawn = ((one?.sizeMm ?? 0) * wide(text) * (one?.stretch ?? 0)) / 1000;
        return (one?.xMm ?? 0) >= slot.x && (one?.xMm ?? 0) + drawn <= slot.x + width - 0.3 + 1e-9;
      },
    ),
  );
});

test("C03: a field with words of its own is none that is filled: they would be read beneath the value", () => {
  const mark = (x: number, width: number) => ({
    ...{ name: "town", kind: "text" as const, page: 0 },
    place: { x, y: 27, width, height: 4 },
  });
  const marked = listFields(readTemplate(readDocumentText(texts), [mark(60, 40)]));
  const at = marked.findIndex(({ name }) => name === "town");
  assert.equal(findFieldSlots(marked, characters)[at], null);
  const empty = listFields(readTemplate(readDocumentText(texts), [mark(150, 40)]));
  assert.equal(findFieldSlots(empty, characters)[empty.findIndex(({ name }) => name === "town")]?.length, 1);
});

test("the sample is drawn of all, the same for everybody who knows seed and documents, and another for other documents", () => {
  const hex = (text: string): string => createHash("sha256").update(text).digest("hex");
  assert.deepEqual([1, 2, 3, 9, 10, 300, 1000].map(sampleSize), [1, 2, 3, 3, 4, 18, 32]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.string(), (count, seed) => {
      const names = Array.from({ length: count }, (_, at) => nameForDraw(at + 1, hex(`${seed} ${at}`)));
      const drawn = drawPieces(seed, names, sampleSize(count), hex);
      assert.equal(new Set(drawn).size, sampleSize(count));
      assert.deepEqual(drawPieces(seed, names.toReversed(), sampleSize(count), hex), drawn);
      assert.ok(drawn.every((name) => names.includes(name)));
    }),
  );
  assert.deepEqual(listUnopened([2, 5, 9], new Set([5])), [2, 9]);
  assert.notEqual(seriesLeaf(1, "sha256:1"), seriesLeaf(11, "sha256:"));
});

test("C20: what decides is the most that one counterparty's lines come to, whatever the order of the lines", () => {
  const line = (amountMinor: number | null, counterparty = "A") => ({ amountMinor, counterparty });
  assert.deepEqual(sumSeries([line(100), line(300, "B"), line(null, "C")]), {
    ...{ count: 3, largest: 300, sum: 400, counterparty: "A (+2)" },
  });
  assert.equal(sumSeries([line(300, "A Ltd."), line(200, "B"), line(150, "a ltd")]).largest, 450);
  // Papers that name nobody, such as certificates, are not one deal.
  assert.equal(sumSeries([line(300, ""), line(200, "")]).largest, 300);
  assert.deepEqual(sumSeries([line(null), line(null)]), { count: 2, largest: null, sum: null, counterparty: "A" });
  const amounts = fc.array(fc.option(fc.nat({ max: 10 ** 9 })), { minLength: 1 });
  fc.assert(
    fc.property(amounts, (all) => {
      const { largest, sum } = sumSeries(all.map((one) => line(one)));
      const stated = all.filter((one) => one !== null);
      assert.ok(stated.every((one) => one <= (largest ?? -1)));
      assert.equal(
        sum ?? 0,
        stated.reduce((total, one) => total + one, 0),
      );
      assert.deepEqual(sumSeries(all.toReversed().map((one) => line(one))), sumSeries(all.map((one) => line(one))));
    }),
  );
});

const seen = (documentId: string, amount: number, buyer: string): DocumentSeen => ({
  documentId,
  facts: {
    ...{ documentClass: { documentClass: "contract", by: "title", line: 0 }, dates: [], hasScans: false },
    parties: [{ role: "buyer", name: buyer, line: 0 }],
    counterparties: [{ role: "buyer", name: buyer, line: 0 }],
    amounts: [{ text: `CNY ${amount}`, minor: amount, currency: "CNY", line: 0, form: "figures" }],
    lines: [{ text: "Supply contract", page: 0, box: { x: 0, y: 0, width: 1, height: 1 }, running: false }],
  } as unknown as DocumentSeen["facts"],
  template: { documentClass: "contract", verdict: "same-but-fields" },
});
const declared = {
  ...{
    documentClass: "contract" as const,
    external: true,
    counterparty: "A Ltd (+1)",
    amountMinor: 900,
    currency: "CNY",
  },
};

test("C06: each document is held against its own line, and what holds for all alike is told once", () => {
  const lines = [
    { ...seen("d1", 500, "A Ltd"), counterparty: "A Ltd", amountMinor: 500 },
    { ...seen("d2", 900, "B Ltd"), counterparty: "B Ltd", amountMinor: 900 },
  ];
  assert.deepEqual(listSeriesDisagreements(declared, lines, starterBook), []);
  assert.equal(decideSeriesFacts(declared, lines, [], new Set(), starterBook).amountMinor, 900);
  const other = lines.map((line) => ({ ...line, counterparty: "C Ltd" }));
  assert.deepEqual(
    listSeriesDisagreements(declared, other, starterBook).map(({ fact, documentId }) => `${documentId} ${fact}`),
    ["d1 counterparty", "d2 counterparty"],
  );
  const inside = listSeriesDisagreements({ ...declared, external: false }, lines, starterBook);
  assert.deepEqual(
    inside.map(({ fact }) => fact),
    ["external"],
  );
  const cheaper = lines.map((line) => ({ ...line, amountMinor: 100 }));
  const found = listSeriesDisagreements(declared, cheaper, starterBook);
  assert.equal(
    decideSeriesFacts(declared, cheaper, found.slice(0, 1), new Set(), starterBook).amountMinor,
    900,
    "never below what was declared",
  );
});

test("C03 C05 C06: what is wrong with a made document is the error of its line, with the field and what it takes", () => {
  const made = { verdict: "same-but-fields", differences: [], unfinished: 0, disagreements: [] };
  const line = { row: 7, counterparty: "A Ltd", amountMinor: 100 };
  const fields = [
    { name: "By", kind: "date" as const },
    { name: "Amount", kind: "amount" as const },
  ];
  const faults = (change: object, of: object = {}) =>
    listSeriesFaults({ ...line, ...of }, { ...made, ...change }, fields);
  const codes = (change: object, of: object = {}): string[] =>
    faults(change, of).map(({ row, refusal }) => {
      assert.deepEqual(listTextFaults(refusal.code, refusal.facts), [], refusal.code);
      return `${row} ${refusal.code} ${refusal.rule}`;
    });
  assert.deepEqual(codes({}), []);
  const passage = (text: string) => ({ text, places: [] });
  const inField = (name: string) => ({
    ...{ field: { name, fault: "not-date" as const }, template: passage("__"), document: passage("soon") },
  });
  const elsewhere = { field: null, template: passage("thirty"), document: passage("sixty") };
  const differ = { verdict: "changed", differences: [inField("By"), inField("Amount"), elsewhere] };
  assert.deepEqual(codes(differ), ["7 series.takes.date C03", "7 series.takes.amount C03", "7 series.differs C03"]);
  assert.deepEqual(
    faults(differ).map(({ column, refusal }) => [column?.en, refusal.facts.read]),
    [
      ["By", "soon"],
      // A column of the list's own is called so already.
      ["Amount 2", "soon"],
      [undefined, "sixty"],
    ],
  );
  assert.deepEqual(codes({ verdict: "other" }), ["7 series.unlike C03"]);
  const toRead = { ...inField("By"), field: { name: "By", fault: "to-read" as const } };
  assert.deepEqual(codes({ verdict: "changed", differences: [toRead] }), [], "the readers of the series read it");
  assert.equal(codes({ verdict: "changed", differences: [toRead, elsewhere] }).length, 2);
  assert.deepEqual(codes({ unfinished: 2 }), ["7 series.unfinished C05"]);
  const disagreements = [
    { fact: "amount", read: "CNY 9" },
    { fact: "class", read: "contract" },
  ];
  assert.deepEqual(codes({ disagreements }), ["7 series.says-other.amount C06"]);
  assert.deepEqual(codes({ disagreements }, { amountMinor: null }), ["7 series.left-empty.amount C06"]);
  const party = [{ fact: "counterparty", read: "B Ltd" }];
  assert.deepEqual(codes({ disagreements: party }, { counterparty: "" }), ["7 series.left-empty.counterparty C06"]);
});

test("C03: the lines that a template is tried with are read without an error, whatever its fields take", () => {
  const name = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => /^[\p{L}]/u.test(text));
  const field = fc.record({ name, kind: fc.constantFrom(...FIELD_KINDS), needed: fc.boolean() });
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 8 }), (fields) => {
      const fillable = fields.map((one): FillableField => {
        const box = { x: 10, y: 10, width: 60, height: 4 };
        const slots = [{ page: 0, x: 10, width: 60, baseline: 14, size: 4 }];
        return { field: { name: one.name, kind: one.kind, mostCharacters: 40, page: 0, box, words: [] }, slots };
      });
      const rows = listTrialRows(fields);
      const read = readSeriesList({
        ...{ rows, columns: listSeriesColumns(fields), fields: fillable, measure: (text: string) => 500 * text.length },
      });
      assert.deepEqual(read.faults, []);
      assert.equal(read.lines.length, 2);
    }),
  );
});
