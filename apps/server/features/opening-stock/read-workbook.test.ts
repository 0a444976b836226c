import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateRawSync } from "node:zlib";
import sharp from "sharp";
import writeXlsxFile from "write-excel-file/node";
import { packPlain, unpackWithin } from "../../platform/unpack-archive.ts";
import { cutSpecimen } from "./cut-specimen.ts";
import { readWorkbook } from "./read-workbook.ts";

const utf8 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const rowsOf = async (bytes: Uint8Array): Promise<string[] | string> => {
  const read = await readWorkbook(bytes, "people");
  return read.ok
    ? read.sheets.flatMap((sheet) => sheet.rows.map((row) => `${row.row} ${row.cells.join("|")}`))
    : read.code;
};

test("a sheet in UTF-8 with or without its mark, with commas, semicolons or tabs, gives the same cells", async () => {
  const wanted = ["1 姓名|登录名", "3 张伟|zhang, wei"];
  for (const text of [
    '姓名,登录名\r\n,\r\n张伟,"zhang, wei"\r\n',
    "姓名;登录名\n;\n张伟;zhang, wei",
    "姓名\t登录名\n\t\n张伟\tzhang, wei\n",
  ])
    for (const mark of ["", "\ufeff"]) assert.deepEqual(await rowsOf(utf8(mark + text)), wanted);
});

test("a sheet as Chinese spreadsheets save it, in GB 18030, is read as what it says", async () => {
  // 姓名,张伟 by GB 18030.
  const bytes = Uint8Array.of(0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd5, 0xc5, 0xce, 0xb0, 0x0a);
  assert.deepEqual(await rowsOf(bytes), ["1 姓名|张伟"]);
});

test("a workbook gives days, numbers and texts, and a formula's text stays a text", async () => {
  const bytes = await writeXlsxFile([
    [{ value: "Name" }, { value: "From" }],
    [{ value: "=1+1" }, { value: new Date("2024-03-01"), format: "yyyy-mm-dd" }],
    [{ value: "B" }, { value: 45352 }],
  ]).toBuffer();
  assert.deepEqual(await rowsOf(new Uint8Array(bytes)), ["1 Name|From", "2 =1+1|2024-03-01", "3 B|45352"]);
});

/** A zip archive of one packed part, whose head says it unpacks to `says` bytes. */
function zipOf(content: Uint8Array, says: number): Uint8Array {
  const packed = deflateRawSync(content);
  const name = Buffer.from("xl/workbook.xml");
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(says, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(says, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return new Uint8Array(Buffer.concat([local, name, packed, entry, name, end]));
}

test("an archive that unpacks to more than is let in is found by unpacking, whatever it says of itself", async () => {
  const bomb = zipOf(new Uint8Array(60 * 1024 * 1024), 1000);
  assert.ok(bomb.length < 100_000);
  assert.equal(unpackWithin(bomb, 40 * 1024 * 1024), null);
  assert.equal(await rowsOf(bomb), "import.not-a-sheet");
  assert.equal(unpackWithin(zipOf(new Uint8Array(1000), 5), 2000)?.[0]?.content.length, 1000);
});

/** A workbook whose first sheet holds these rows as its sender wrote them. */
async function workbookWith(rows: string): Promise<Uint8Array> {
  const whole = new Uint8Array(await writeXlsxFile([[{ value: "A" }]]).toBuffer());
  const parts = unpackWithin(whole, 1_000_000) ?? assert.fail();
  return packPlain(
    parts.map(({ name, content }) => {
      const text = content.toString();
      const [before = ""] = text.split("<sheetData>");
      const [, after = ""] = text.split("</sheetData>");
      const isSheet = text.includes("<sheetData>");
      return { name, content: isSheet ? Buffer.from(`${before}<sheetData>${rows}</sheetData>${after}`) : content };
    }),
  );
}

test("C24 a cell that stands in a made up column or row is refused before anything is filled up to it", async () => {
  assert.deepEqual(await rowsOf(await workbookWith('<row r="1"><c r="B1"><v>7</v></c></row>')), ["1 |7"]);
  for (const rows of [
    '<row r="1"><c r="ZZZZZZZ1"><v>7</v></c></row>',
    '<row r="1"><c r="GS1"><v>7</v></c></row>',
    '<row r="20001"><c r="A20001"><v>7</v></c></row>',
    '<row r="1e9"><c r="A1"><v>7</v></c></row>',
    '<row><c r="A99999999"><v>7</v></c></row>',
    '<x:row r="1"><x:c x:r="ZZZZZZZ1"><v>7</v></x:c></x:row>',
    '<row r="1"><c r="A1" r="ZZZZZZZ1"><v>7</v></c></row>',
    '<row r="1"><c r="&#90;ZZZZZZ1"><v>7</v></c></row>',
    `<row r="1"><c r="A1"${" x='1'".repeat(1_000_000)}/></row>`,
    "<row r='1'><c r='ZZZZZZZ1'><v>7</v></c></row>",
    '<!-- <c a=" --><row r="1"><c r="ZZZZZZZ1"><v>7</v></c></row>',
  ])
    assert.equal(await rowsOf(await workbookWith(rows)), "import.not-a-sheet", rows);
});

test("C24 a cell with a formula is no value of its own, whatever stands beside the formula", async () => {
  const rows =
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f t="shared" si="0"/><v>x</v></c><c r="C1"><v>3</v></c></row>';
  assert.deepEqual(await rowsOf(await workbookWith(rows)), ["1 =|=|3"]);
});

test("what is no sheet is refused, be it cut off, a program, a page or far too long", async () => {
  const whole = new Uint8Array(await writeXlsxFile([[{ value: "A" }]]).toBuffer());
  for (const bytes of [
    whole.subarray(0, whole.length - 40),
    utf8("PK\u0003\u0004 no archive"),
    Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 0, 1),
  ])
    assert.equal(await rowsOf(bytes), "import.not-a-sheet");
  assert.equal(await rowsOf(utf8(`name,login\n${"a,b\n".repeat(100_000)}`)), "import.too-many-lines");
  assert.deepEqual(await rowsOf(utf8("")), []);
});

/** A red bar, twice as wide as high, on white paper. */
const bar = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: "white" } }).composite([
    {
      input: { create: { width: 200, height: 100, channels: 3, background: { r: 200, g: 20, b: 30 } } },
      left: 60,
      top: 40,
    },
  ]);

test("C23 a picture that a phone took lying on its side is cut to its impression, upright", async () => {
  const upright = await cutSpecimen(new Uint8Array(await bar().jpeg({ quality: 95 }).toBuffer()));
  // EXIF orientation 6: to be turned by a quarter before it is looked at.
  const turned = await cutSpecimen(
    new Uint8Array(await bar().jpeg({ quality: 95 }).withMetadata({ orientation: 6 }).toBuffer()),
  );
  assert.ok(upright.ok && turned.ok);
  const near = (value: number, wanted: number): void =>
    assert.ok(Math.abs(value - wanted) <= 4, `${value} is not about ${wanted}`);
  near(upright.widthPx, 200);
  near(upright.heightPx, 100);
  near(turned.widthPx, 100);
  near(turned.heightPx, 200);
  const blank = sharp({ create: { width: 100, height: 100, channels: 3, background: "white" } });
  assert.deepEqual(await cutSpecimen(new Uint8Array(await blank.png().toBuffer())), { ok: false });
  assert.deepEqual(await cutSpecimen(utf8("no picture")), { ok: false });
});
