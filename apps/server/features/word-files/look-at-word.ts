import { type ArchivePart, packPlain, unpackWithin } from "../../platform/unpack-archive.ts";

export type WordFault =
  | "word.not-readable"
  | "word.macros"
  | "word.embedded"
  | "word.external"
  | "word.tracked-changes"
  | "word.comments";

export type WordLook =
  /** The same file, written anew from the parts that were looked at: what converts it reads no other. */
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly code: WordFault };

/** Most bytes of a document once it is unpacked: pictures are packed as they are. */
const mostUnpacked = 100 * 1024 * 1024;

/** A Word file (ECMA-376, Office Open XML) by its first bytes and the name of its main part; its other parts are not looked at. */
export function isWord(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return file.subarray(0, 4).toString("latin1") === "PK\u0003\u0004" && file.includes("word/document.xml");
}

/**
 * Whether a Word file may be turned into PDF: it says all itself, runs nothing, brings no other file, and is finished as a
 * draft: changes that nobody accepted and comments would be lost or printed unseen. A part that cannot be read as plain
 * UTF-8 is not read by guessing.
 */
export function lookAtWord(bytes: Uint8Array): WordLook {
  const parts = unpackWithin(bytes, mostUnpacked);
  const code = parts === null ? "word.not-readable" : findFault(parts);
  return parts === null || code !== null
    ? { ok: false, code: code ?? "word.not-readable" }
    : { ok: true, bytes: packPlain(parts.map(leaveAttachedTemplate)) };
}

/** The template that a file was once begun from is named in it for its next styles alone; nothing of it is shown. */
const attachedTemplate = /<(?:[\w.-]+:)?Relationship\s[^>]*\/attachedTemplate["'][^>]*>/gu;

function leaveAttachedTemplate(part: ArchivePart): ArchivePart {
  if (!/^word\/_rels\/settings\.xml\.rels$/iu.test(part.name)) return part;
  return { name: part.name, content: Buffer.from(part.content.toString("utf8").replace(attachedTemplate, "")) };
}

/** Elements of revisions (ECMA-376 part 1, 17.13.5): what was put in, taken out, moved, or formatted anew. */
const revisions =
  /<(?:[\w.-]+:)?(?:ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|(?:r|p|sect|tbl|tblGrid|tc|tr|tblEx)PrChange|numberingChange)[\s/>]/u;
const comments = /<(?:[\w.-]+:)?(?:commentReference|commentRangeStart)[\s/>]/u;
/** Fields that bring in what another file or program says (17.16.5); a reference to a place in this file is none of them. */
const fetchingFields = /\b(?:INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|DDE|DDEAUTO|LINK|DATABASE|RD|MACROBUTTON)\b/iu;

function findFault(parts: readonly ArchivePart[]): WordFault | null {
  const names = parts.map(({ name }) => name.toLowerCase());
  if (new Set(names).size !== names.length || !names.includes("word/document.xml")) return "word.not-readable";
  if (names.some((name) => /vbaproject|vbadata/u.test(name))) return "word.macros";
  if (names.some((name) => /\/(?:embeddings|activex|afchunk|subdocs)\b|\.(?:bin|exe|dll|html?|mht|rtf)$/u.test(name)))
    return "word.embedded";
  const found = new Set<WordFault>();
  for (const { name, content } of parts) {
    if (!/\.(?:xml|rels)$/iu.test(name)) continue;
    const text = readXml(content);
    if (text === null) return "word.not-readable";
    if (/macroEnabled/u.test(text)) found.add("word.macros");
    if (/\.rels$/iu.test(name))
      for (const fault of listRelationFaults(text.replace(attachedTemplate, ""))) found.add(fault);
    else if (/^word\//iu.test(name)) for (const fault of listContentFaults(text)) found.add(fault);
  }
  const order: readonly WordFault[] = ["word.macros", "word.embedded", "word.external", "word.tracked-changes"];
  return order.find((code) => found.has(code)) ?? (found.has("word.comments") ? "word.comments" : null);
}

/** XML as every reader reads it alike: UTF-8 without a document type, which could say more than stands there. */
function readXml(content: Buffer): string | null {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return null;
  }
  const [, encoding = "utf-8"] = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']/u.exec(text) ?? [];
  return text.includes("\0") || /<!(?!--|\[CDATA\[)/u.test(text) || !/^utf-?8$|^us-ascii$/iu.test(encoding)
    ? null
    : text;
}

/** Relations of a part (ECMA-376 part 2, 6.5): only a link that a reader would click may lead out of the file. */
function listRelationFaults(text: string): WordFault[] {
  return [...text.matchAll(/<(?:[\w.-]+:)?Relationship\s([^>]*)>/gu)].flatMap(([, attributes = ""]): WordFault[] => {
    const value = (name: string): string =>
      new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, "u").exec(attributes)?.slice(1).find(Boolean) ??
      "";
    const type = value("Type");
    if (/\/(?:oleObject|package|control|aFChunk|subDocument|frame)$/iu.test(type)) return ["word.embedded"];
    // By its target, too: what is written as a reference (&#69;xternal) is read as one only by a whole reader of XML.
    const leadsOut =
      /External/iu.test(value("TargetMode")) || /&#|^[a-z][a-z0-9+.-]*:|^\\\\|^\/\//iu.test(value("Target"));
    return leadsOut && !/\/hyperlink$/iu.test(type) ? ["word.external"] : [];
  });
}

function listContentFaults(text: string): WordFault[] {
  // Word divides a field's instruction among runs as it likes; a simple field has it in an attribute.
  const instructions = [
    [...text.matchAll(/<(?:[\w.-]+:)?instrText[^>]*>([^<]*)</gu)].map(([, said = ""]) => said).join(""),
    ...[...text.matchAll(/\s(?:[\w.-]+:)?instr\s*=\s*(?:"([^"]*)"|'([^']*)')/gu)].map(([, one, other]) => one ?? other),
  ].join(" ");
  return [
    ...(/<(?:[\w.-]+:)?imagedata\s[^>]*(?:src|[\w.-]+:href)\s*=/iu.test(text) ? (["word.external"] as const) : []),
    ...(/&#/u.test(instructions) || fetchingFields.test(instructions) ? (["word.external"] as const) : []),
    ...(revisions.test(text) ? (["word.tracked-changes"] as const) : []),
    ...(comments.test(text) ? (["word.comments"] as const) : []),
  ];
}
