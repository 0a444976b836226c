import assert from "node:assert/strict";
import { test } from "node:test";
import {
  asShown,
  condenseFacts,
  decideFacts,
  findUnfinishedPlaces,
  isForReaders,
  listDisagreements,
  mustBeSettled,
  readDocumentText,
  readFacts,
  starterBook,
} from "@chancery/domain";
import { readPageTexts } from "./page-text.ts";
import { makeTestPdf, type TestPdfParts } from "./test-pdf.ts";

const contract = [
  "Supply contract",
  "between Lanxi Instruments Ltd and Beicheng Ltd.",
  "The seller delivers twelve gauges to the buyer by 30 November 2026.",
  "The price is CNY 1,286,000.00, paid within thirty days of acceptance.",
];
const letter = ["Letter to Beicheng Ltd", "We thank you for your visit of 20 November 2026.", "Lanxi Instruments Ltd"];
/** Lines as the page's own operators write them, in a direction. */
function turn(lines: readonly string[], degrees: number, x: number, y: number): string {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)].map((one) =>
    one.toFixed(5),
  );
  const matrix = `${cos} ${sin} ${Number(sin) === 0 ? 0 : -Number(sin)} ${cos} ${x} ${y}`;
  return `BT /F1 12 Tf 16 TL ${matrix} Tm ${lines.map((text) => `(${text}) Tj T*`).join(" ")} ET`;
}
async function read(lines: readonly string[], parts: TestPdfParts) {
  const size = /Rotate (?:90|270)/u.test(parts.page ?? "") ? [297, 210] : [210, 297];
  const answer = await readPageTexts(makeTestPdf(lines, parts), [{ widthMm: size[0] ?? 0, heightMm: size[1] ?? 0 }]);
  assert.ok(answer.ok);
  const document = readDocumentText(asShown(answer.pages));
  const facts = condenseFacts(readFacts(document, ["Lanxi Instruments Ltd"], starterBook));
  return {
    facts,
    kinds: new Set(answer.pages.flatMap(({ otherwise = [] }) => otherwise.map(({ kind }) => kind))),
    lines: document.pages.flatMap((page) => page.lines.map(({ text }) => text)),
    unfinished: findUnfinishedPlaces(answer.pages, [], document).map(({ kind }) => kind),
  };
}

test("C03: a contract that is turned on its page is read as one, told, and follows no template", async () => {
  for (const [degrees, x, y] of [
    [90, 100, 100],
    [180, 550, 700],
    [270, 500, 750],
    [45, 100, 200],
  ] as const) {
    const { facts, kinds, lines, unfinished } = await read([], { drawn: turn(contract, degrees, x, y) });
    assert.deepEqual([lines, [...kinds], unfinished], [contract, ["turned"], []], `${degrees}`);
    assert.deepEqual([facts.documentClass?.documentClass, facts.amounts[0]?.minor], ["contract", 128_600_000]);
    const declared = { documentClass: "official-letter", external: true, counterparty: "Beicheng Ltd" } as const;
    const ofUse = { ...declared, amountMinor: null, currency: "CNY" };
    const told = listDisagreements(ofUse, [{ documentId: "d", facts, template: null }], starterBook);
    const shown = told.filter(isForReaders);
    assert.deepEqual(
      shown.map((one) => [one.fact, one.read, mustBeSettled(one, false)]),
      [["shown", "1 turned", true]],
    );
    assert.ok(told.some(({ fact, read: said }) => fact === "class" && said === "contract"));
    const template = { documentClass: "contract", verdict: "same" } as const;
    const settled = new Set(told.map(({ key }) => key));
    const decided = decideFacts(ofUse, [{ documentId: "d", facts, template }], told, settled, starterBook);
    assert.equal(decided.template, "none");
  }
});

test("C03: a page that /Rotate turns, or that lies a little aslant, is read as it is shown", async () => {
  for (const [degrees, x, y, page] of [
    [90, 100, 100, "/Rotate 90"],
    [270, 500, 750, "/Rotate 270"],
    [180, 550, 700, "/Rotate 180"],
    [3, 60, 400, ""],
    [12, 60, 400, ""],
    [-12, 60, 700, ""],
  ] as const) {
    const { kinds, facts } = await read([], { drawn: turn(contract, degrees, x, y), page });
    assert.deepEqual([[...kinds], facts.documentClass?.documentClass], [[], "contract"], `${degrees} ${page}`);
  }
  assert.deepEqual([...(await read(contract, { page: "/Rotate 90" })).kinds], ["turned"]);
});

test("C03: a line at the side of a letter is told if it binds, and not as a label or a watermark", async () => {
  const beside = async (text: string, degrees: number) =>
    [...(await read(letter, { drawn: turn([text], degrees, 300, 200) })).kinds].join();
  assert.equal(await beside("We shall pay CNY 1,286,000.00 on demand", 90), "turned");
  assert.equal(await beside("This guarantee is valid until recalled", -60), "turned");
  for (const text of ["arXiv:2310.06825v1 [cs.CL] 10 Oct 2023", "DRAFT", "CONFIDENTIAL"])
    for (const degrees of [90, 45]) assert.equal(await beside(text, degrees), "", text);
});

test("C05: letters under one another are words, and the page is not empty", async () => {
  const stacked = [..."HEREBY"].map((one, at) => turn([one], 0, 300, 700 - at * 14));
  const more = ["GUARANTEE", "WITHOUT", "LIMITS", "FOREVER"].flatMap((word, nth) =>
    [...word].map((one, at) => turn([one], 0, 270 - nth * 30, 700 - at * 14)),
  );
  const { lines, unfinished } = await read([], { drawn: [...stacked, ...more].join(" ") });
  assert.deepEqual(lines, ["HEREBY", "GUARANTEE", "WITHOUT", "LIMITS", "FOREVER"]);
  assert.deepEqual(unfinished, []);
});

test("C05: blanks of text that is turned are found", async () => {
  const form = [
    "We confirm the receipt of CNY ________ from you",
    "and shall send the invoice by ______ 2026 to your office.",
  ];
  const { kinds, unfinished } = await read(letter, { drawn: turn(form, 90, 300, 150) });
  assert.deepEqual([[...kinds], unfinished], [["turned"], ["underscores", "underscores"]]);
});
