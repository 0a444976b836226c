import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { packPlain, unpackWithin } from "../../platform/unpack-archive.ts";
import { isWord, lookAtWord } from "./look-at-word.ts";
import { external, makeTestWord, relation, type TestWord } from "./test-word.ts";

const codeOf = (more: TestWord): string => {
  const look = lookAtWord(makeTestWord(["Supply contract"], more));
  return look.ok ? "ok" : look.code;
};

test("a plain Word file is taken; a link that a reader clicks and the template it was begun from are no parts of it", () => {
  assert.equal(codeOf({}), "ok");
  assert.equal(codeOf({ relations: relation("hyperlink", "https://example.org/", external) }), "ok");
  assert.equal(codeOf({ body: "<w:p><w:r><w:instrText>PAGE \\* MERGEFORMAT</w:instrText></w:r></w:p>" }), "ok");
  const bytes = makeTestWord(["A"], { settings: relation("attachedTemplate", "https://example.org/x.dotm", external) });
  const look = lookAtWord(bytes);
  assert.ok(look.ok);
  const settings = unpackWithin(look.bytes, 100_000)?.find(({ name }) => name === "word/_rels/settings.xml.rels");
  assert.equal(settings?.content.includes("example.org"), false);
});

test("what runs, brings in other files or fetches them is refused, however it is written", () => {
  const image = (attributes: string): TestWord => ({ relations: `<Relationship Id="i" ${attributes}/>` });
  const type = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"';
  const cases: readonly (readonly [string, TestWord])[] = [
    ["word.macros", { parts: { "word/vbaProject.bin": Buffer.from("x") } }],
    ["word.macros", { parts: { "word/other.xml": "<a macroEnabled='1'/>" } }],
    ["word.embedded", { parts: { "word/embeddings/oleObject1.bin": Buffer.from("x") } }],
    ["word.embedded", { relations: relation("aFChunk", "chunk.xml") }],
    ["word.embedded", { relations: relation("oleObject", "file.xml") }],
    ["word.external", image(`${type} Target="http://10.0.0.1/x.png" TargetMode="External"`)],
    ["word.external", image(`${type} Target='http://10.0.0.1/x.png' TargetMode = 'External'`)],
    ["word.external", image(`${type} Target="http://10.0.0.1/x.png" TargetMode="&#69;xternal"`)],
    ["word.external", image(`${type} Target="&#104;ttp://10.0.0.1/x.png"`)],
    ["word.external", image(`${type} Target="file:///etc/passwd"`)],
    ["word.external", image(`${type} Target="\\\\10.0.0.1\\share\\x.png"`)],
    ["word.external", { body: '<w:p><w:fldSimple w:instr="INCLUDETEXT &quot;/etc/passwd&quot;"/></w:p>' }],
    [
      "word.external",
      {
        body: "<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE x</w:instrText></w:r></w:p>",
      },
    ],
    ["word.external", { body: "<w:p><w:r><w:instrText>&#76;INK x</w:instrText></w:r></w:p>" }],
    ["word.external", { body: '<v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://10.0.0.1/x.png"/>' }],
    ["word.tracked-changes", { body: '<w:p><w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>' }],
    ["word.tracked-changes", { body: '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr></w:p>' }],
    ["word.tracked-changes", { body: '<w:p><w:r><w:rPr><w:rPrChange w:id="1"/></w:rPr></w:r></w:p>' }],
    ["word.comments", { body: '<w:p><w:r><w:commentReference w:id="0"/></w:r></w:p>' }],
    [
      "word.not-readable",
      { parts: { "word/header1.xml": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><a/>' } },
    ],
    ["word.not-readable", { parts: { "word/header1.xml": Buffer.from("\ufeff<a/>", "utf16le") } }],
    ["word.not-readable", { parts: { "WORD/document.xml": "<a/>" } }],
  ];
  for (const [code, more] of cases) assert.equal(codeOf(more), code, JSON.stringify(more));
});

test("what is no Word file, or is cut or a bomb, is told without being read further", () => {
  const word = makeTestWord(["A"]);
  assert.equal(isWord(word), true);
  assert.equal(isWord(Buffer.from("%PDF-1.7")), false);
  assert.equal(isWord(packPlain([{ name: "xl/workbook.xml", content: Buffer.from("x") }])), false);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: word.length - 1 }), (length) => {
      const look = lookAtWord(word.subarray(0, length));
      assert.deepEqual(look, { ok: false, code: "word.not-readable" });
    }),
  );
});
