import assert from "node:assert/strict";
import { test } from "node:test";
import PDFDocument from "pdfkit";
import sharp from "sharp";
import { makeTestPdf, streamInTest, writeTestPdf } from "../../platform/test-pdf.ts";
import { compareDrawnInTest } from "./test-drawn.ts";

type Writer = InstanceType<typeof PDFDocument>;
interface Made {
  readonly goods?: string;
  readonly font?: string;
  readonly under?: (page: Writer) => void;
  readonly over?: (page: Writer) => void;
}
/** Points from the top of the page to each line. */
const top = 80;
const step = 22;
const lines = (goods: string): string[] => [
  "Supply contract",
  "between Lanxi Instruments Ltd and Beicheng Ltd.",
  `Goods: ${goods}`,
  "The seller bears the risk until the goods were accepted in writing by the buyer.",
  "The warranty lasts for twelve months after the goods were accepted.",
  "Signed for the buyer:",
];

/** A contract as a program writes it that sets the text anew. */
async function write({ goods = "______________", font = "Helvetica", under, over }: Made = {}): Promise<Buffer> {
  const pdf = new PDFDocument({ size: "A4", margin: 0 });
  const parts: Buffer[] = [];
  pdf.on("data", (part: Buffer) => parts.push(part));
  const ended = new Promise((resolve) => pdf.on("end", resolve));
  under?.(pdf);
  pdf.font(font).fontSize(11).fillColor("#000");
  for (const [at, line] of lines(goods).entries()) pdf.text(line, 70, top + at * step, { lineBreak: false });
  over?.(pdf);
  pdf.end();
  await ended;
  return Buffer.concat(parts);
}

/** The verdict, and the kinds of what differs. */
async function compare(template: Buffer, document: Buffer): Promise<string[]> {
  const { verdict, differences } = await compareDrawnInTest(template, document);
  return [verdict, ...new Set(differences.map(({ kind }) => kind))].sort();
}

const picture = (text: string): Promise<Buffer> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="80"><rect width="800" height="80" fill="#fff"/><text x="4" y="50" font-size="40">${text}</text></svg>`,
    ),
  )
    .png()
    .toBuffer();
/** Strokes of letters, as a program draws them that turns text into outlines. */
function outline(pdf: Writer, x: number, y: number, letters: number): void {
  for (let at = 0; at < letters; at += 1)
    pdf
      .rect(x + at * 7, y, 1.2, 8)
      .rect(x + at * 7 + 3, y, 1.2, 8)
      .rect(x + at * 7, y + 3.5, 4, 1.2);
  pdf.fill("#000");
}
const warranty = top + 4 * step;

test("C03: what is drawn on a document and not on its template changes it: picture, outline, cover, strike-through", async () => {
  const template = await write();
  const clause = await picture("The warranty lasts for one month only.");
  const drawn = async (over: (page: Writer) => void, goods = "twelve gauges") =>
    compare(template, await write({ goods, over }));
  assert.deepEqual(await drawn((pdf) => pdf.image(clause, 70, 300, { width: 300 })), ["changed", "drawn-picture"]);
  assert.deepEqual(await drawn((pdf) => outline(pdf, 70, 300, 20)), ["changed", "drawn-lines"]);
  assert.deepEqual(await drawn((pdf) => outline(pdf, 290, warranty - 11, 1)), ["changed", "drawn-lines"]);
  assert.deepEqual(
    await drawn((pdf) => {
      pdf.rect(174, warranty - 1, 38, 11).fill("#fff");
      outline(pdf, 176, warranty, 4);
    }),
    ["changed", "drawn-cover", "drawn-lines"],
  );
  assert.deepEqual(await drawn((pdf) => pdf.rect(174, warranty - 1, 36, 11).fill("#fff")), ["changed", "drawn-cover"]);
  const strike = (pdf: Writer, from: number, to: number) =>
    pdf
      .moveTo(from, warranty + 5)
      .lineTo(to, warranty + 5)
      .lineWidth(1)
      .stroke();
  assert.deepEqual(await drawn((pdf) => strike(pdf, 174, 210)), ["changed", "drawn-lines"]);
  assert.deepEqual(await drawn((pdf) => strike(pdf, 70, 400)), ["changed", "drawn-lines"]);
  // A word of the template in the colour of paper is there for programs alone.
  const unseen = makeTestPdf(["The buyer shall pay twelve months after the goods were accepted by him in writing."]);
  const white = unseen.toString("latin1").replace("(The buyer shall pay ", "(The buyer ) Tj 1 g (shall ) Tj 0 g (pay ");
  assert.deepEqual(await compare(unseen, Buffer.from(white, "latin1")), ["changed", "drawn-cover"]);
  // The value of a field is what its text says: nothing covers it or is drawn beside it.
  assert.deepEqual(await drawn((pdf) => pdf.rect(105, top + 2 * step - 1, 40, 11).fill("#fff")), [
    "changed",
    "drawn-cover",
  ]);
  assert.deepEqual(await drawn((pdf) => outline(pdf, 180, top + 2 * step, 2)), ["changed", "drawn-lines"]);
});

test("C03: a template filled in, written anew or with its own pictures and lines is no other one", async () => {
  const logo = await picture("LANXI");
  const other = await picture("No warranty at all.");
  const block = (of: { logo?: Buffer; by?: number }) => (pdf: Writer) => {
    const by = of.by ?? 0;
    pdf.image(of.logo ?? logo, 70, 20, { width: 120 });
    pdf
      .rect(60, 260 + by, 400, 60)
      .lineWidth(0.5)
      .stroke();
    pdf
      .moveTo(260, 260 + by)
      .lineTo(260, 320 + by)
      .stroke();
    pdf.rect(60, 340, 400, 20).fill("#ddd");
  };
  const template = await write({ under: block({}) });
  assert.deepEqual(await compare(template, template), ["same"]);
  for (const made of [
    { goods: "twelve gauges", under: block({}) },
    { goods: "twelve gauges", font: "Helvetica-Oblique", under: block({ by: 5 }) },
    // The line of a field drawn as one, and a page painted white before anything is written.
    {
      goods: "twelve gauges",
      under: (pdf: Writer) => {
        pdf.rect(0, 0, 596, 842).fill("#fff");
        block({})(pdf);
        pdf
          .moveTo(106, top + 2 * step + 12)
          .lineTo(200, top + 2 * step + 12)
          .lineWidth(0.5)
          .stroke();
      },
    },
    // What the blank of a signature takes up.
    { over: block({}) },
  ])
    assert.match((await compare(template, await write(made))).join(), /^same/, JSON.stringify(made));
  assert.deepEqual(await compare(template, await write({ goods: "gauges", under: block({ logo: other }) })), [
    ...["changed", "drawn-picture"],
  ]);
  const plain = await write();
  assert.deepEqual(await compare(plain, await write({ goods: "gauges", font: "Helvetica-Oblique" })), [
    "same-but-fields",
  ]);
});

/** The same contract by a writer of its own, with whatever font, layer or form its words are set in. */
function writeRaw(
  of: {
    readonly words?: string;
    readonly width?: number;
    readonly content?: string;
    readonly last?: string;
    readonly paper?: string;
    readonly fonts?: string;
    readonly resources?: string;
    readonly page?: string;
    readonly objects?: readonly string[];
    readonly catalog?: string;
  } = {},
): Buffer {
  const words = of.words ?? "(twelve months) Tj";
  const content = [
    `BT /F1 11 Tf ${of.width ?? 100} Tz 1 0 0 1 70 760 Tm 24 TL (Supply contract between Lanxi Instruments Ltd and Beicheng Ltd.) Tj T*`,
    "(The seller bears the risk until the goods were accepted in writing by the buyer.) Tj T*",
    "(The buyer shall pay one half within ten days and the rest when nothing is missing.) Tj T*",
    "(Every notice has to be given in writing and reach the other party within seven days.) Tj T*",
    `(The warranty lasts for ) Tj ${words} /F1 11 Tf ( after the goods were accepted.) Tj`,
    `1 0 0 1 70 640 Tm (${of.last ?? "Disputes are brought before the court at the seat of the seller."}) Tj ET`,
    of.content ?? "",
  ].join("\n");
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${of.catalog ?? ""} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox ${of.paper ?? "[0 0 595 842]"} /Contents 4 0 R ${of.page ?? ""} /Resources << /Font << /F1 5 0 R ${of.fonts ?? ""} >> ${of.resources ?? ""} >> >>`,
    streamInTest(content),
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ...(of.objects ?? []),
  ];
  return writeTestPdf(objects);
}
/** A map that says of each code which character it stands for, whatever its font draws (ISO 32000-2, 9.10.3). */
const toUnicode = (pairs: readonly (readonly [string, string])[]): string => {
  const hex = (text: string, digits: number): string =>
    [...text].map((one) => one.charCodeAt(0).toString(16).padStart(digits, "0")).join("");
  return streamInTest(
    `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n1 begincodespacerange <00> <ff> endcodespacerange\n${pairs.length} beginbfchar\n${pairs.map(([code, text]) => `<${hex(code, 2)}> <${hex(text, 4)}>`).join("\n")}\nendbfchar endcmap end end`,
  );
};
const liar = (pairs: readonly (readonly [string, string])[], base = "Helvetica") => ({
  fonts: "/F2 6 0 R",
  objects: [
    `<< /Type /Font /Subtype /Type1 /BaseFont /${base} /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>`,
    toUnicode(pairs),
  ],
});
/** A font each of whose characters is a program: the letters m, o, n, t, h, s are `draw`, of whatever extent. */
const drawnFont = (draw: string) => ({
  fonts: "/F2 6 0 R",
  objects: [
    `<< /Type /Font /Subtype /Type3 /FontBBox [0 0 700 800] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 97 /LastChar 122 /Widths [${Array.from({ length: 26 }, () => 560).join(" ")}] /Encoding << /Differences [97 ${Array.from({ length: 26 }, (_, at) => `/${String.fromCharCode(97 + at)}`).join(" ")}] >> /CharProcs << ${Array.from({ length: 26 }, (_, at) => `/${String.fromCharCode(97 + at)} 7 0 R`).join(" ")} >> /Resources << >> >>`,
    streamInTest(`560 0 0 0 560 700 d1 ${draw}`),
  ],
});

test("C03: words that say one thing and show another change a document: fonts, forms, layers, notes and cut-off words", async () => {
  const template = writeRaw();
  assert.deepEqual(await compare(template, writeRaw()), ["same"]);
  const lies: Record<string, Parameters<typeof writeRaw>[0]> = {
    "other letters": {
      words: "/F2 11 Tf (OPQRST) Tj /F1 11 Tf ( months) Tj",
      ...liar([..."OPQRST"].map((code, at) => [code, "twelve"[at] ?? ""] as const)),
    },
    "a letter for another": {
      words: "/F2 11 Tf (nwelve) Tj /F1 11 Tf ( months) Tj",
      ...liar([..."nwelv"].map((code) => [code, code === "n" ? "t" : code] as const)),
    },
    "letters for nothing": {
      words: "(twelve months) Tj /F2 11 Tf (NO) Tj",
      ...liar([
        ["N", " "],
        ["O", " "],
      ]),
    },
    "letters for a joiner and a soft hyphen": {
      words: "(twelve months) Tj /F2 11 Tf (NO) Tj",
      ...liar([
        ["N", "\u200b"],
        ["O", "\u00ad"],
      ]),
    },
    "a figure for a stop": {
      words: "(twelve months) Tj",
      content: "BT /F2 11 Tf 1 0 0 1 376 640 Tm (8) Tj ET",
      ...liar([["8", "."]]),
      last: "Disputes are brought before the court at the seat of the seller",
    },
    "a form field that looks like more than its value": {
      page: "/Annots [6 0 R]",
      catalog: "/AcroForm << /Fields [6 0 R] >>",
      objects: [
        "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V () /Ff 1 /Rect [70 500 400 520] /F 4 /AP << /N 7 0 R >> >>",
        streamInTest(
          "BT /F1 11 Tf 2 4 Td (The seller may end it at any time.) Tj ET",
          "/Type /XObject /Subtype /Form /BBox [0 0 330 20] /Resources << /Font << /F1 5 0 R >> >>",
        ),
      ],
    },
    "a note that only paper shows": {
      page: "/Annots [6 0 R]",
      objects: [
        "<< /Type /Annot /Subtype /Stamp /Rect [70 500 400 520] /F 36 /AP << /N 7 0 R >> >>",
        streamInTest(
          "BT /F1 11 Tf 2 4 Td (The seller may end it at any time.) Tj ET",
          "/Type /XObject /Subtype /Form /BBox [0 0 330 20] /Resources << /Font << /F1 5 0 R >> >>",
        ),
      ],
    },
    "a note without a look of its own": {
      page: "/Annots [6 0 R]",
      objects: [
        "<< /Type /Annot /Subtype /FreeText /Rect [70 500 400 520] /F 4 /DA (/Helv 11 Tf 0 g) /Contents (The seller may end it.) >>",
      ],
    },
    "words beyond the edge of what is shown": {
      page: "/CropBox [0 0 595 842]",
      content: "BT /F1 11 Tf 1 0 0 1 70 900 Tm (The seller may end it at any time.) Tj ET",
      paper: "[0 0 595 942]",
    },
    "drawn letters that show nothing": { words: "(twelve ) Tj /F2 11 Tf (months) Tj", ...drawnFont("") },
    "drawn letters that are bars": {
      words: "(twelve ) Tj /F2 11 Tf (months) Tj",
      ...drawnFont("0 0 500 120 re f 0 500 500 120 re f"),
    },
    "white in a form": {
      words: "( ) Tj ET q 1 0 0 1 190 664 cm /X1 Do Q BT 1 0 0 1 258 664 Tm 24 TL",
      resources: "/XObject << /X1 6 0 R >>",
      objects: [
        streamInTest(
          "BT 1 g /F1 11 Tf (twelve) Tj 0 g ( months) Tj ET",
          "/Type /XObject /Subtype /Form /BBox [0 -5 80 20] /Resources << /Font << /F1 5 0 R >> >>",
        ),
      ],
    },
    "cut off": {
      words:
        "ET q 0 0 1 1 re W n BT /F1 11 Tf 1 0 0 1 181 664 Tm (twelve) Tj ET Q BT /F1 11 Tf 1 0 0 1 213 664 Tm 24 TL ( months) Tj",
    },
    "in a layer that is off": {
      words: "/OC /L1 BDC (twelve) Tj EMC ( months) Tj",
      resources: "/Properties << /L1 6 0 R >>",
      objects: ["<< /Type /OCG /Name (L) >>"],
      catalog: "/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
    },
    "without colour": {
      words: "/G1 gs (twelve) Tj /G2 gs ( months) Tj",
      resources: "/ExtGState << /G1 << /ca 0 >> /G2 << /ca 1 >> >>",
    },
    "a note with a look of its own": {
      page: "/Annots [6 0 R]",
      objects: [
        "<< /Type /Annot /Subtype /Stamp /Rect [180 660 270 676] /F 4 /AP << /N 7 0 R >> >>",
        streamInTest(
          "1 g 0 0 90 16 re f 0 g BT /F1 11 Tf 2 4 Td (one month) Tj ET",
          "/Type /XObject /Subtype /Form /BBox [0 0 90 16] /Resources << /Font << /F1 5 0 R >> >>",
        ),
      ],
    },
  };
  for (const [name, lie] of Object.entries(lies))
    assert.deepEqual([name, (await compare(template, writeRaw(lie)))[0]], [name, "changed"]);
});

test("C03: what fills a form field of the template is not drawn on it; what stands beside the field is", async () => {
  const form = (draw: string, rect = "70 500 400 520") =>
    writeRaw({
      page: "/Annots [6 0 R]",
      catalog: "/AcroForm << /Fields [6 0 R] >>",
      objects: [
        `<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V () /Rect [${rect}] /F 4 /AP << /N 7 0 R >> >>`,
        streamInTest(
          `BT /F1 11 Tf 2 4 Td (${draw}) Tj ET`,
          "/Type /XObject /Subtype /Form /BBox [0 0 330 20] /Resources << /Font << /F1 5 0 R >> >>",
        ),
      ],
    });
  const template = form("");
  assert.deepEqual(await compare(template, form("Twelve gauges")), ["same"]);
  assert.deepEqual(await compare(template, form("Twelve gauges", "70 400 400 420")), ["changed", "drawn-lines"]);
});

test("C03: letters of another type, size or writer show what they say", async () => {
  const template = writeRaw();
  // Each as wide as the template's.
  const types = {
    "Helvetica-Oblique": 100,
    "Helvetica-Bold": 93,
    "Times-Roman": 113,
    "Times-Italic": 113,
    Courier: 76,
  };
  for (const [base, width] of Object.entries(types)) {
    const other = writeRaw({ width }).toString("latin1").replace("/Helvetica", `/${base}`);
    assert.match((await compare(template, Buffer.from(other, "latin1")))[0] ?? "", /^same/, base);
  }
  // A font that maps its codes itself, as most writers' do, and sets a word in bold.
  const honest = liar(
    [..."twelvmonhs "].map((code) => [code, code] as const),
    "Helvetica-Bold",
  );
  assert.deepEqual(await compare(template, writeRaw({ words: "/F2 11 Tf (twelve months) Tj", ...honest })), ["same"]);
});
