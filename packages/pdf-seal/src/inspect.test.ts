import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectPdf, type PdfInspection } from "./inspect.ts";
import { type DocumentShape, writeDocument } from "./seal/test-documents.ts";
import { openForSealing } from "./seal.ts";

function inspect(shape: DocumentShape): PdfInspection {
  const opened = openForSealing(writeDocument(shape));
  assert.ok(opened.ok, opened.ok ? "" : opened.refusal.code);
  return inspectPdf(opened.document.file) ?? assert.fail("too complex");
}

const script = "<< /S /JavaScript /JS (app.alert(1)) >>";
const programs: Readonly<Record<string, { shape: DocumentShape; found: string[] }>> = {
  "nothing of the kind": { shape: { catalog: "/PageMode /UseNone", page: "/Annots []" }, found: [] },
  "a script that runs when it is opened": { shape: { catalog: `/OpenAction ${script}` }, found: ["script"] },
  "a script behind another action": {
    shape: { catalog: "/OpenAction << /S /URI /URI (a) /Next 100 0 R >>", objects: [script] },
    found: ["script"],
  },
  "a script among its names": {
    shape: { catalog: "/Names << /JavaScript << /Names [(a) 100 0 R] >> >>", objects: [script] },
    found: ["script"],
  },
  "a script of a page": { shape: { page: `/AA << /O ${script} >>` }, found: ["script"] },
  "a script whose name is written otherwise, in an object stream": {
    shape: { xref: "object-streams", objects: ["<< /#53 /J#61vaScript >>"] },
    found: ["script"],
  },
  "a script whose kind stands elsewhere": {
    shape: { catalog: "/OpenAction << /S 100 0 R >>", objects: ["/JavaScript"] },
    found: ["script"],
  },
  "a program to be started": {
    shape: { page: "/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (a.exe) >> >>]" },
    found: ["launch"],
  },
  "a form made by the reader": { shape: { catalog: "/AcroForm << /Fields [] /XFA [] >>" }, found: ["dynamic-form"] },
  "an action that shows layers": { shape: { catalog: "/OpenAction << /S /SetOCGState >>" }, found: ["action"] },
  "content of another file": {
    shape: { objects: ["<< /Length 0 /F (other.bin) >>\nstream\n\nendstream"] },
    found: ["external"],
  },
};
for (const [name, { shape, found }] of Object.entries(programs)) {
  test(`C05: a document with ${name} is told by ${found.join() || "nothing"}`, () => {
    assert.deepEqual([...inspect(shape).programs], found);
  });
}

const withField = (field: string, form = ""): DocumentShape => ({
  catalog: `/AcroForm << /Fields [100 0 R] ${form} >>`,
  page: "/Annots [100 0 R]",
  pageCount: 2,
  objects: [`<< /T (sum) /Type /Annot /Subtype /Widget /Rect [9 9 99 29] ${field} >>`, "null"],
});
const shows = (content: string, field: string, form = ""): DocumentShape => {
  const shape = withField(`${field} /AP << /N 101 0 R >>`, form);
  const stream = `<< /Type /XObject /Subtype /Form /BBox [0 0 90 20] /Length ${content.length} >>\nstream\n${content}\nendstream`;
  return { ...shape, objects: [shape.objects?.[0] ?? "", stream] };
};

const places: Readonly<Record<string, { shape: DocumentShape; found: string[] }>> = {
  "layers that all show": {
    shape: { catalog: "/OCProperties << /OCGs [100 0 R] /D << >> >>", objects: ["<< /Type /OCG /Name (Draft) >>"] },
    found: [],
  },
  "a layer that does not show": {
    shape: {
      catalog: "/OCProperties << /OCGs [100 0 R] /D << /OFF [100 0 R] >> >>",
      objects: ["<< /Type /OCG /Name (Draft) >>"],
    },
    found: ["hidden-layer 0 Draft"],
  },
  "layers that are off from the start": {
    shape: {
      catalog: "/OCProperties << /OCGs [100 0 R] /D << /BaseState /OFF >> >>",
      objects: ["<< /Type /OCG /Name (Draft) >>"],
    },
    found: ["hidden-layer 0 Draft"],
  },
  "a file inside": {
    shape: { catalog: "/Names << /EmbeddedFiles << /Names [(a.xls) << /EF << >> >>] >> >>" },
    found: ["attachment 0 a.xls"],
  },
  "free text over each page, and a link": {
    shape: {
      pageCount: 2,
      page: "/Annots [<< /Subtype /FreeText /Contents (paid) >> << /Subtype /Link >>]",
    },
    found: ["annotation 0 FreeText: paid", "annotation 1 FreeText: paid"],
  },
  "a field that shows its value": {
    shape: shows("BT (10) Tj [(0 E) -20 (UR)] TJ ET", "/FT /Tx /V (100 EUR)"),
    found: [],
  },
  "a field that shows another value": {
    shape: shows("BT (100 EUR) Tj ET", "/FT /Tx /V (900000 EUR)"),
    found: ["form-value 0 sum: 900000 EUR"],
  },
  "a field that shows more than its value": {
    shape: shows("BT (100) Tj (000) Tj ET", "/FT /Tx /V (100)"),
    found: ["form-value 0 sum: 100"],
  },
  "a field that shows a picture of its value": {
    shape: shows("BT (100) Tj ET /Picture Do", "/FT /Tx /V (100)"),
    found: ["form-value 0 sum: 100"],
  },
  "an empty field that shows something": { shape: shows("BT (100) Tj ET", "/FT /Tx"), found: ["form-value 0 sum: "] },
  "a filled field that shows nothing": { shape: withField("/FT /Tx /V (7)"), found: ["form-value 0 sum: 7"] },
  "an empty field that shows nothing": { shape: withField("/FT /Tx"), found: [] },
  "a choice that shows the name of its value": {
    shape: shows("BT (Euro) Tj ET", "/FT /Ch /V (eur) /Opt [[(eur) (Euro)] [(usd) (Dollar)]]"),
    found: [],
  },
  "a choice that shows the name of another": {
    shape: shows("BT (Dollar) Tj ET", "/FT /Ch /V (eur) /Opt [[(eur) (Euro)] [(usd) (Dollar)]]"),
    found: ["form-value 0 sum: eur"],
  },
  "filled fields that are drawn anew": {
    shape: shows("BT (1) Tj ET", "/FT /Tx /V (1)", "/NeedAppearances true"),
    found: ["form-redrawn 0 "],
  },
  "empty fields that are drawn anew": { shape: withField("/FT /Tx", "/NeedAppearances true"), found: [] },
};
for (const [name, { shape, found }] of Object.entries(places)) {
  test(`C05: ${name}: ${found.length === 0 ? "nothing to answer for" : "has to be answered for"}`, () => {
    const told = inspect(shape).uncertain.map(({ kind, page, text }) => `${kind} ${page} ${text}`);
    assert.deepEqual(told, found);
  });
}

test("C05: a page or a node of the page tree that stands in it twice is told, and walked once", () => {
  assert.equal(inspect({ pageCount: 3 }).repeatsPages, false);
  assert.equal(inspect({ pages: "/Kids [10 0 R 10 0 R]" }).repeatsPages, true);
  // Sixty nodes that each name the next one twice are a thousand million million pages to who walks by names.
  const nodes = Array.from({ length: 60 }, (_, i) => {
    const next = i === 59 ? "10 0 R" : `${101 + i} 0 R`;
    return `<< /Type /Pages /Count 1 /Kids [${next} ${next}] >>`;
  });
  const opened = openForSealing(writeDocument({ pages: "/Kids [100 0 R]", objects: nodes }));
  assert.ok(opened.ok);
  assert.ok(opened.document.pages.length <= 2, String(opened.document.pages.length));
  assert.equal(inspectPdf(opened.document.file)?.repeatsPages, true);
});

test("the fields of a form are told with where they stand on the page as it is shown, and what they take", () => {
  const fieldsOf = (field: string, page = "") => {
    const shape = withField(`/FT /Tx ${field}`);
    return inspect({ ...shape, pageCount: 1, page: `${shape.page ?? ""} ${page}` }).fields.map(
      ({ name, page: at, place, mostCharacters }) => [
        ...[name, at, mostCharacters],
        ...Object.values(place).map((mm) => Math.round((mm / 25.4) * 72)),
      ],
    );
  };
  const plain = fieldsOf("/MaxLen 20");
  assert.deepEqual(
    plain.map(([name, at, most, x, , width, height]) => [name, at, most, x, width, height]),
    [["sum", 0, 20, 9, 90, 20]],
  );
  assert.equal(fieldsOf("/TU (Sum of the contract)")[0]?.[0], "Sum of the contract");
  assert.deepEqual(
    fieldsOf("", "/Rotate 90").map(([, , , x, y, width, height]) => [x, y, width, height]),
    [[9, 9, 20, 90]],
  );
  assert.deepEqual(fieldsOf("/F 2"), [], "hidden");
  assert.deepEqual(fieldsOf("/Ff 1"), [], "filled by a program");
});
