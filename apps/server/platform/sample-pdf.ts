import { deflateSync } from "node:zlib";
import { createFontSubset } from "@chancery/seal-image/font";
import { describePdfFont, encodeWithFont } from "@chancery/seal-image/pdf-font";

/** A page as lines; an empty line is a gap, a line beginning with `# ` is a heading. */
export type SamplePage = readonly string[];

const page = { width: 595.28, height: 841.89, margin: 68, size: 11, leading: 21 };

/**
 * Writes a plain document (PDF 1.7) with an embedded subset of the song face: real text in Chinese and English that
 * viewers show and the entry check reads. The same pages give the same bytes.
 */
export function makeSamplePdf(pages: readonly SamplePage[], isNumbered = true): Buffer {
  const font = createFontSubset(`${pages.flat().join("")}0123456789 /`);
  const encode = (line: string): string => encodeWithFont(font, line);
  const advanceOf = (line: string): number =>
    [...line].reduce((sum, character) => sum + (font.glyphs.get(character)?.advance ?? 500), 0) / 1000;
  const contents = pages.map((lines, number) => {
    let y = page.height - page.margin;
    const out: string[] = [];
    const write = (text: string, x: number, at: number, size: number): void =>
      void out.push(`BT /F1 ${size} Tf 1 0 0 1 ${x.toFixed(2)} ${at.toFixed(2)} Tm <${encode(text)}> Tj ET`);
    for (const line of lines) {
      const heading = line.startsWith("# ");
      const text = heading ? line.slice(2) : line;
      const size = heading ? 16 : page.size;
      for (const part of wrap(text, (page.width - 2 * page.margin) / size, advanceOf)) {
        if (part !== "") write(part, heading ? (page.width - advanceOf(part) * size) / 2 : page.margin, y, size);
        y -= heading ? page.leading * 1.7 : page.leading;
      }
    }
    const foot = `${number + 1} / ${pages.length}`;
    if (isNumbered) write(foot, (page.width - advanceOf(foot) * 9) / 2, 40, 9);
    return Buffer.from(out.join("\n"), "latin1");
  });
  return writeFile(contents, font);
}

/** Breaks a line at a width in ems: Latin at spaces, Chinese anywhere but before closing marks. */
function wrap(text: string, width: number, advanceOf: (line: string) => number): string[] {
  const parts: string[] = [];
  let line = "";
  for (const token of text.match(/[\u0020-\u024f]+?(?:\s|$|(?=[^\u0020-\u024f]))|./gsu) ?? []) {
    if (line !== "" && advanceOf(line + token.trimEnd()) > width && !/^[，。；：、）」]/u.test(token)) {
      parts.push(line.trimEnd());
      line = "";
    }
    line += line === "" ? token.trimStart() : token;
  }
  return [...parts, line.trimEnd()];
}

function writeFile(contents: readonly Buffer[], font: ReturnType<typeof createFontSubset>): Buffer {
  const chunks: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  const offsets: number[] = [];
  let length = chunks[0]?.length ?? 0;
  const add = (bytes: Buffer): void => {
    chunks.push(bytes);
    length += bytes.length;
  };
  const object = (number: number, body: string, stream?: Buffer): void => {
    offsets[number] = length;
    add(Buffer.from(`${number} 0 obj\n${body}\n`, "latin1"));
    if (stream) add(Buffer.concat([Buffer.from("stream\n"), stream, Buffer.from("\nendstream\n")]));
    add(Buffer.from("endobj\n"));
  };
  const packed = (bytes: Uint8Array): [string, Buffer] => {
    const data = deflateSync(bytes);
    return [`<< /Length ${data.length} /Filter /FlateDecode >>`, data];
  };
  const first = 9;
  const kids = contents.map((_, at) => `${first + at * 2} 0 R`);
  object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  object(
    2,
    `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${kids.length} /MediaBox [0 0 ${page.width} ${page.height}] >>`,
  );
  let next = 3;
  for (const { number, entries, stream } of describePdfFont(font, "SAMPLE+NotoSerifSC", () => next++)) {
    if (stream === null) object(number, `<< ${entries} >>`);
    else object(number, `<< ${entries} /Length ${stream.length} >>`, Buffer.from(stream));
  }
  object(8, "<< /Font << /F1 3 0 R >> >>");
  for (const [at, content] of contents.entries()) {
    object(first + at * 2, `<< /Type /Page /Parent 2 0 R /Resources 8 0 R /Contents ${first + at * 2 + 1} 0 R >>`);
    object(first + at * 2 + 1, ...packed(content));
  }
  const xref = length;
  const lines = offsets.slice(1).map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`);
  add(
    Buffer.from(
      `xref\n0 ${offsets.length}\n0000000000 65535 f \n${lines.join("")}trailer\n<< /Size ${offsets.length} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`,
      "latin1",
    ),
  );
  return Buffer.concat(chunks);
}
