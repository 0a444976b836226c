import { packPlain } from "../../platform/unpack-archive.ts";

const main = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const types = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/></Types>`;

/** A relation of a part, as it stands in a .rels file. */
export const relation = (type: string, target: string, more = ""): string =>
  `<Relationship Id="${type}" Type="${relations}/${type}" Target="${target}"${more}/>`;
export const external = ' TargetMode="External"';

const listed = (content: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;

export interface TestWord {
  /** Inside the body, after the paragraphs. */
  readonly body?: string;
  /** Relations of the main part. */
  readonly relations?: string;
  /** Relations of its settings. */
  readonly settings?: string;
  readonly parts?: Readonly<Record<string, string | Buffer>>;
}

/** A Word file (ECMA-376) with one paragraph a line. */
export function makeTestWord(lines: readonly string[], more: TestWord = {}): Uint8Array {
  const paragraphs = lines.map((line) => `<w:p><w:r><w:t xml:space="preserve">${line}</w:t></w:r></w:p>`).join("");
  const parts: Record<string, string | Buffer> = {
    "[Content_Types].xml": types,
    "_rels/.rels": listed(relation("officeDocument", "word/document.xml")),
    "word/document.xml": `<w:document xmlns:w="${main}" xmlns:r="${relations}"><w:body>${paragraphs}${more.body ?? ""}</w:body></w:document>`,
    "word/_rels/document.xml.rels": listed(`${relation("settings", "settings.xml")}${more.relations ?? ""}`),
    "word/settings.xml": `<w:settings xmlns:w="${main}"/>`,
    "word/_rels/settings.xml.rels": listed(more.settings ?? ""),
    ...more.parts,
  };
  return packPlain(
    Object.entries(parts).map(([name, content]) => ({
      name,
      content:
        typeof content === "string"
          ? Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${content}`)
          : content,
    })),
  );
}
