import { createHash } from "node:crypto";
import {
  type DocumentText,
  findMissingFacts,
  findUnfinishedPlaces,
  type PageText,
  readDocumentText,
  readFacts,
  readTemplate,
  starterBook,
  type TemplateText,
} from "@chancery/domain";
import sharp from "sharp";
import { inspectDocument } from "../apps/server/features/sealing/inspect-document.ts";
import { compareDrawn } from "../apps/server/features/templates/compare-drawn.ts";
import { readPageTexts } from "../apps/server/platform/page-text.ts";
import { compareBest, limits, line, read, readPages, type Shelf, shelve } from "./entry-shelf.ts";
import { ownNames, pickPlain, standardTexts } from "./entry-texts.ts";
import { plainStyle, type WritingStyle, type WrittenLine, writePdf } from "./entry-writer.ts";
import type { BenchLine } from "./line.ts";

const templatesAtWork = 200;
const rounds = 7;

/** A text of many clauses, of which each number has its own. */
function writeLong(number: number, paragraphs: number, open: boolean): WrittenLine[] {
  const pool = standardTexts.flatMap(({ language, lines }) => lines.map((text) => ({ language, text })));
  return Array.from({ length: paragraphs }, (_, at) => {
    const { language, text } = pool[(at * 7 + number * 13) % pool.length] ?? { language: "en", text: "" };
    const value = (kind: string): string => (open ? "__________" : pickPlain(language, kind, at));
    return { text: `${number}.${at + 1} ${text.replace(/\[\[(\w+)\]\]/gu, (_found, kind: string) => value(kind))}` };
  });
}

/** The same name in other colours: what is drawn is the same in its place, or it is not. */
const drawLogo = async (text: string): Promise<string> => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="960" height="200"><rect width="960" height="200" fill="#fff"/><circle cx="100" cy="100" r="80" fill="#a01c24"/><text x="210" y="130" font-size="90" font-family="sans-serif" fill="#203050">${text}</text></svg>`;
  return `data:image/png;base64,${(await sharp(Buffer.from(svg)).png().toBuffer()).toString("base64")}`;
};

/** Everything the entry check does with a document of fifty pages, from its bytes, beside two hundred templates. */
export async function timeLongDocuments(): Promise<BenchLine[]> {
  const paragraphs = 1150;
  const short = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => read(await writePdf(writeLong(at + 2, 60, true), plainStyle))),
  );
  const others = new Map<string, TemplateText>();
  for (let at = 1; at < templatesAtWork; at += 1) {
    const document = short[at % short.length] as DocumentText;
    // The same pages under other words: what the index holds of each is its own.
    const pages = document.pages.map((page) => ({
      ...page,
      words: page.words.map((word, place) => (place % 5 === at % 5 ? { ...word, text: `${word.text}${at}` } : word)),
    }));
    others.set(`short-${at}`, readTemplate({ ...document, pages }, []));
  }
  const shelveWith = async (style: WritingStyle): Promise<LongTemplate> => {
    const bytes = await writePdf(writeLong(1, paragraphs, true), style);
    const texts = await readPages(bytes);
    const templates = new Map([["long", readTemplate(readDocumentText(texts), [])], ...others]);
    return { digest: createHash("sha256").update(bytes).digest("hex"), bytes, texts, shelf: shelve(templates) };
  };
  const filled = writeLong(1, paragraphs, false);
  const [logo, other] = await Promise.all([drawLogo("Lanxi Instruments"), drawLogo("Lanxi will pay")]);
  const [plain, marked] = [await shelveWith(plainStyle), await shelveWith({ ...plainStyle, logo })];
  return [
    await timeCheck("filled", await writePdf(filled, plainStyle), plain, "same-but-fields"),
    await timeCheck("with three clauses less", await writePdf(filled.toSpliced(500, 3), plainStyle), plain, "changed"),
    await timeCheck(
      "filled, a logo on each page",
      await writePdf(filled, { ...plainStyle, logo }),
      ...([marked, "same-but-fields"] as const),
    ),
    await timeCheck(
      "filled, another logo on each page",
      await writePdf(filled, { ...plainStyle, logo: other }),
      ...([marked, "changed"] as const),
    ),
  ];
}

interface LongTemplate {
  readonly digest: string;
  readonly bytes: Uint8Array;
  readonly texts: readonly PageText[];
  readonly shelf: Shelf;
}

async function timeCheck(
  name: string,
  bytes: Uint8Array,
  template: LongTemplate,
  expected: string,
): Promise<BenchLine> {
  const times: number[] = [];
  let told = "";
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    const inspected = await inspectDocument(bytes);
    if (!inspected.ok) throw new Error(inspected.code);
    const texts = await readPageTexts(bytes, inspected.pages);
    if (!texts.ok) throw new Error(texts.code);
    const document = readDocumentText(texts.pages);
    findUnfinishedPlaces(texts.pages, inspected.fields, document);
    findMissingFacts(readFacts(document, ownNames, starterBook), "contract");
    const verdict = await judge(bytes, texts.pages, document, template);
    times.push(performance.now() - begun);
    if (verdict !== expected) throw new Error(`${name} is ${verdict} and not ${expected}`);
    told = `${texts.pages.length} pages, ${template.shelf.templates.size} templates, ${verdict}`;
  }
  const median = times.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  return line(`entry check: ${told} (${name})`, median, "ms", limits.ms / median, `limit ${limits.ms} ms`);
}

/** By its words, and where they are the template's by what is drawn. */
async function judge(bytes: Uint8Array, pages: readonly PageText[], document: DocumentText, template: LongTemplate) {
  const best = compareBest(document, template.shelf);
  if (best?.templateId !== "long" || !best.comparison.verdict.startsWith("same")) return best?.comparison.verdict;
  const outcome = await compareDrawn({
    template: { digest: template.digest, bytes: new Uint8Array(template.bytes), pages: template.texts },
    document: { bytes: new Uint8Array(bytes), pages },
    followed: best,
  });
  return outcome.ok ? outcome.answer?.verdict : outcome.why;
}
