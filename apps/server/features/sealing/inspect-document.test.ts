import assert from "node:assert/strict";
import { test } from "node:test";
import { readPageTexts } from "../../platform/page-text.ts";
import { makeTestPdf, type TestPdfParts } from "../../platform/test-pdf.ts";
import { inspectDocument } from "./inspect-document.ts";

const make = (parts: TestPdfParts): Buffer => makeTestPdf(["Signed for the buyer:"], parts);

const refused: Readonly<Record<string, TestPdfParts>> = {
  "pdf.script": { catalog: "/OpenAction << /S /JavaScript /JS (app.alert) >>" },
  "pdf.launch": { page: "/AA << /O << /S /Launch /F (a.exe) >> >>" },
  "pdf.xfa": { catalog: "/AcroForm << /Fields [] /XFA [] >>" },
  "pdf.action": { catalog: "/OpenAction << /S /SetOCGState /State [] >>" },
  "pdf.external": { objects: ["<< /Length 0 /F (other) >>\nstream\n\nendstream"] },
  "pdf.pages-repeated": { objects: ["<< /Type /Pages /Kids [3 0 R 3 0 R] /Count 2 >>"], catalog: "/Pages 6 0 R" },
};
for (const [code, parts] of Object.entries(refused)) {
  test(`C05: a document is refused with ${code}, the control and a way out in both languages`, async () => {
    const inspected = await inspectDocument(make(parts));
    assert.ok(!inspected.ok);
    assert.equal(inspected.code, code);
    assert.match(inspected.sentence.en, /Rule C05\. Print it to a PDF and upload that\.$/);
    assert.match(inspected.sentence.zh, /规则 C05。请打印为 PDF 后上传。$/);
  });
}

test("C05: what readers may see differently is told with the document", async () => {
  const inspected = await inspectDocument(make({ page: "/Annots [<< /Subtype /FreeText /Contents (paid) >>]" }));
  assert.ok(inspected.ok);
  assert.deepEqual(inspected.uncertain, [{ kind: "annotation", page: 0, text: "FreeText: paid" }]);
});

/** Each took the whole server's time and memory while it was read. */
const hostile: Readonly<Record<string, () => Buffer>> = {
  "twelve million fields": () => make({ catalog: `/AcroForm << /Fields [ ${"<<>>".repeat(12_000_000)} ] >>` }),
  "twenty million numbers": () => make({ objects: [`[${"1 ".repeat(20_000_000)}]`] }),
  "a hundred thousand signature fields": () => {
    const field = "<< /FT /Sig /T (a) >> ";
    return make({ catalog: `/AcroForm << /Fields [ ${field.repeat(100_000)} ] >>` });
  },
};
for (const [name, write] of Object.entries(hostile)) {
  test(`C05: a document with ${name} is refused, and the server goes on meanwhile`, async () => {
    const bytes = write();
    let turns = 0;
    const timer = setInterval(() => turns++, 20);
    const started = performance.now();
    const inspected = await inspectDocument(bytes);
    clearInterval(timer);
    assert.ok(performance.now() - started < 25_000);
    assert.ok(turns > 0, "the main thread was free");
    assert.ok(inspected.ok || /^pdf\.(broken|too-complex)$/.test(inspected.code), JSON.stringify(inspected));
    assert.ok(!inspected.ok || !name.includes("fields"));
  });
}

test("C05: who waits too long, or comes while too many wait, gets an answer, and the next is served", async () => {
  // No thread reads this within a millisecond, however warm it is; a small file it does.
  const long = make({ objects: [`[${"1 ".repeat(500_000)}]`] });
  const slow = await inspectDocument(long, 0);
  assert.deepEqual(slow.ok || slow.code, "pdf.too-complex");
  const all = await Promise.all(Array.from({ length: 30 }, () => inspectDocument(long, 0)));
  assert.equal(all.filter((one) => !one.ok && one.code === "document.busy").length, 8);
  assert.ok((await inspectDocument(make({}))).ok);
});

test("C05: pages are read for text only so many files at once", async () => {
  // A short file is one piece of work, a long one two.
  const bytes = make({});
  const sizes = [{ widthMm: 210, heightMm: 297 }];
  const all = await Promise.all(Array.from({ length: 46 }, () => readPageTexts(bytes, sizes)));
  assert.equal(all.filter((one) => !one.ok && one.code === "text.busy").length, 4);
  assert.equal(all.filter((one) => one.ok).length, 42);
});
