import assert from "node:assert/strict";
import { test } from "node:test";
import { streamInTest, writeTestPdf } from "../../platform/test-pdf.ts";
import { compareDrawnInTest } from "./test-drawn.ts";

/** So many pages are drawn in two threads, six in each. */
const pages = 12;
interface PageMade {
  /** The operators that write its last words. */
  readonly words?: string;
  /** What is drawn after the text. */
  readonly over?: string;
  readonly logo?: string;
  readonly entries?: string;
}
/** A map that says of codes which characters they stand for, whatever their font draws (ISO 32000-2, 9.10.3). */
const saying = (pairs: Readonly<Record<string, string>>): string => {
  const hex = (text: string): string => text.charCodeAt(0).toString(16).padStart(4, "0");
  const lines = Object.entries(pairs).map(([code, text]) => `<${hex(code).slice(2)}> <${hex(text)}>`);
  return streamInTest(
    `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n1 begincodespacerange <00> <ff> endcodespacerange\n${lines.length} beginbfchar\n${lines.join("\n")}\nendbfchar endcmap end end`,
  );
};
const helvetica = (also: string): string =>
  `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding ${also} >>`;
/** Dark squares of four by two dots, before the text. */
const logoOf = (dots: string): string => `q 120 0 0 60 70 770 cm BI /W 4 /H 2 /CS /G /BPC 8 /F /AHx ID ${dots}> EI Q`;
const ownLogo = logoOf("20FF20FF40408080");

/** A contract of many pages with a logo on each; pages that are named are made otherwise. */
function write(made: Readonly<Record<number, PageMade>> = {}): Buffer {
  const first = 7;
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${Array.from({ length: pages }, (_, at) => `${first + at * 2} 0 R`).join(" ")}] /Count ${pages} >>`,
    helvetica(""),
    // What is drawn as a 9 says that it is a 6.
    helvetica("/ToUnicode 5 0 R"),
    saying({ "9": "6" }),
    streamInTest(
      "BT /F1 11 Tf 2 4 Td (The seller may end it at any time.) Tj ET",
      "/Type /XObject /Subtype /Form /BBox [0 0 330 20] /Resources << /Font << /F1 3 0 R >> >>",
    ),
  ];
  for (let at = 0; at < pages; at += 1) {
    const { words = "(6 months) Tj", over = "", logo = ownLogo, entries = "" } = made[at] ?? {};
    const text = [
      `BT /F1 11 Tf 1 0 0 1 70 700 Tm 24 TL (Clause ${at + 1} of the supply contract between Lanxi Instruments and Beicheng.) Tj T*`,
      "(The seller bears the risk until the goods were accepted in writing by the buyer.) Tj T*",
      `(The warranty lasts for ) Tj ${words} ET`,
    ].join("\n");
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${first + at * 2 + 1} 0 R ${entries} /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>`,
      streamInTest(`${logo}\n${text}\n${over}`),
    );
  }
  return writeTestPdf(objects);
}

/** The verdict, and what differs on which page. */
async function compare(template: Buffer, document: Buffer): Promise<string[]> {
  const { verdict, differences } = await compareDrawnInTest(template, document);
  return [verdict, ...new Set(differences.map((one) => `${one.kind} ${one.document.places[0]?.page}`))];
}

const changes: Readonly<Record<string, readonly [PageMade, string]>> = {
  "another logo": [{ logo: logoOf("FF20FF2080804040") }, "drawn-picture"],
  "a font that draws another figure than it says": [
    { words: "/F2 11 Tf (9) Tj /F1 11 Tf ( months) Tj" },
    "drawn-letters",
  ],
  "a word that nobody sees, and the same logo": [{ words: "(6 ) Tj 1 g (months) Tj 0 g" }, "drawn-cover"],
  "a word under a white field, and the same logo": [{ over: "1 g 180 650 20 12 re f" }, "drawn-cover"],
  "a line through words": [{ over: "70 656 300 0.8 re f" }, "drawn-lines"],
  "a note": [
    { entries: "/Annots [<< /Type /Annot /Subtype /Stamp /Rect [70 500 400 520] /F 4 /AP << /N 6 0 R >> >>]" },
    "drawn-lines",
  ],
};
for (const [name, [made, kind]] of Object.entries(changes))
  test(`C03: one page of a long document that is drawn in two threads changes it: ${name}`, async () => {
    for (const at of [2, 9])
      assert.deepEqual(await compare(write(), write({ [at]: made })), ["changed", `${kind} ${at}`]);
  });

test("C03: a long document that shows on each page what its template does is the same", async () => {
  assert.deepEqual(await compare(write(), write({ 0: { over: " " } })), ["same"]);
});

test("C03: the same change on each page of a long document is told of each", async () => {
  const made = Object.fromEntries(Array.from({ length: pages }, (_, at) => [at, { logo: logoOf("FF20FF2080804040") }]));
  assert.deepEqual(await compare(write(), write(made)), [
    "changed",
    ...Array.from({ length: pages }, (_, at) => `drawn-picture ${at}`),
  ]);
});

test("C03: a font that lies is no other one that the same document used before it", async () => {
  // Both draw a figure as wide and as high as the other's.
  const honest = { words: "/F1 11 Tf (6 months) Tj" };
  const lying = { words: "/F2 11 Tf (9) Tj /F1 11 Tf ( months) Tj" };
  for (const [before, after] of [[7, 9] as const, [8, 11] as const])
    assert.deepEqual(await compare(write(), write({ [before]: honest, [after]: lying })), [
      ...["changed", `drawn-letters ${after}`],
    ]);
});
