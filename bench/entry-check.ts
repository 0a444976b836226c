import {
  baseOfClass,
  compareDeclared,
  compareWithTemplate,
  type DocumentText,
  findMissingFacts,
  findTemplateCandidates,
  findUnfinishedPlaces,
  indexTemplates,
  readDocumentText,
  readFacts,
  readTemplate,
  sketchTemplate,
  starterBook,
  starterRules,
  type TemplateComparison,
  type TemplateIndex,
  type TemplateText,
} from "@chancery/domain";
import { inspectDocument } from "../apps/server/features/sealing/inspect-document.ts";
import { readPageTexts } from "../apps/server/platform/page-text.ts";
import { labelledBodies } from "./entry-bodies.ts";
import { labelledGuarantees } from "./entry-guarantees.ts";
import { labelledLetters } from "./entry-letters.ts";
import { type LabelledDocument, labelledTemplates } from "./entry-make.ts";
import { labelledPapers } from "./entry-paper.ts";
import { realDocuments } from "./entry-real.ts";
import { labelledDocuments } from "./entry-set.ts";
import { ownNames, pickValue, standardTexts } from "./entry-texts.ts";
import { plainStyle, type WrittenLine, writePdf } from "./entry-writer.ts";
import type { BenchLine } from "./line.ts";

/** What the checks have to reach on the labelled set, and the time for a long document. */
const limits = { recall: 0.95, precision: 0.9, ms: 1500 };
const templatesAtWork = 200;
const rounds = 7;

interface Shelf {
  readonly templates: ReadonlyMap<string, TemplateText>;
  readonly index: TemplateIndex;
}

/**
 * The entry check over documents of which it is known what is wrong with them: what it finds of the unfinished, the
 * changed and the misdeclared, and how much of what it says is so; then its time for a long document and many templates.
 * What it gets wrong goes to the error stream by name.
 */
export async function benchEntryCheck(): Promise<BenchLine[]> {
  const templates = new Map<string, TemplateText>();
  for (const { templateId, bytes } of labelledTemplates)
    templates.set(templateId, readTemplate(await read(await bytes()), []));
  const shelf = shelve(templates);
  const counts = { unfinished: createCount(), changed: createCount(), misdeclared: createCount() };
  const documents = [
    ...[...labelledDocuments, ...labelledLetters, ...labelledGuarantees, ...labelledPapers, ...labelledBodies],
    ...(await realDocuments()),
  ];
  for (const document of documents) {
    const found = await check(document, shelf);
    counts.unfinished.add(document, document.unfinished, found.unfinished.length > 0, found.unfinished.join(", "));
    if (document.changed !== null) counts.changed.add(document, document.changed, found.changed, found.told);
    const lied = new Set<string>(document.misdeclared);
    for (const fact of ["class", "external", "counterparty", "amount"])
      if (document.group !== "real")
        counts.misdeclared.add(document, lied.has(fact), found.disagreeing.includes(fact), fact);
  }
  return [
    ...counts.unfinished.lines(`entry check: unfinished, ${documents.length} documents`),
    ...counts.changed.lines("entry check: changed templates"),
    ...counts.misdeclared.lines("entry check: misdeclared facts"),
    ...(await timeLongDocument()),
  ];
}

function shelve(templates: ReadonlyMap<string, TemplateText>): Shelf {
  const sketched = [...templates].map(([templateId, template]) => ({ templateId, sketch: sketchTemplate(template) }));
  return { templates, index: indexTemplates(sketched) };
}

const read = async (bytes: Uint8Array): Promise<DocumentText> => readDocumentText(await readPages(bytes));

async function readPages(bytes: Uint8Array) {
  const inspected = await inspectDocument(bytes);
  const texts = await readPageTexts(bytes, inspected.ok ? inspected.pages : []);
  if (!texts.ok) throw new Error(`a document of the set can not be read: ${texts.code}`);
  return texts.pages;
}

/** The best of the templates a document may be made from. */
function compareBest(document: DocumentText, shelf: Shelf): TemplateComparison | null {
  const rank = { same: 0, "same-but-fields": 1, changed: 2, other: 3 };
  const compared = findTemplateCandidates(shelf.index, document).flatMap(({ templateId }) => {
    const template = shelf.templates.get(templateId);
    return template ? [compareWithTemplate(template, document)] : [];
  });
  return compared.toSorted((a, b) => rank[a.verdict] - rank[b.verdict])[0] ?? null;
}

async function check(labelled: LabelledDocument, shelf: Shelf) {
  const bytes = await labelled.bytes();
  const inspected = await inspectDocument(bytes);
  const pages = await readPages(bytes);
  const document = readDocumentText(pages);
  const facts = readFacts(document, ownNames, starterBook);
  const best = compareBest(document, shelf);
  const places = [
    ...findUnfinishedPlaces(pages, inspected.ok ? inspected.fields : [], document),
    ...findMissingFacts(facts, baseOfClass(labelled.declared.documentClass)),
  ];
  return {
    unfinished: places.map(({ kind, text }) => `${kind} ${text.slice(0, 30)}`),
    changed: best === null || best.verdict === "changed" || best.verdict === "other",
    told: `${best?.verdict ?? "no template"} ${best?.differences
      .map(({ kind, document: { text } }) => `${kind} ${text.slice(0, 40)}`)
      .slice(0, 3)
      .join("; ")}`,
    disagreeing: compareDeclared(labelled.declared, facts, starterBook, starterRules("group")).map(
      ({ fact }) => fact as string,
    ),
  };
}

function createCount() {
  let [right, missed, wrong] = [0, 0, 0];
  return {
    add({ name }: LabelledDocument, isSo: boolean, isSaid: boolean, told: string): void {
      if (isSo && isSaid) right += 1;
      else if (isSo) missed += 1;
      else if (isSaid) wrong += 1;
      if (isSo !== isSaid) process.stderr.write(`${isSo ? "missed" : "false alarm"}: ${name} (${told})\n`);
    },
    lines(name: string): BenchLine[] {
      const recall = right / Math.max(1, right + missed);
      const precision = right / Math.max(1, right + wrong);
      return [
        line(`${name}: recall (${right} of ${right + missed})`, recall, "", recall / limits.recall, `${limits.recall}`),
        line(
          `${name}: precision (${wrong} false alarms)`,
          precision,
          "",
          precision / limits.precision,
          `${limits.precision}`,
        ),
      ];
    },
  };
}

function line(name: string, value: number, unit: string, ratio: number, against: string): BenchLine {
  return { name, value: Math.round(value * 1000) / 1000, unit, ratio: Math.round(ratio * 100) / 100, against };
}

/** A text of many clauses, of which each number has its own. */
function writeLong(number: number, paragraphs: number, open: boolean): WrittenLine[] {
  const pool = standardTexts.flatMap(({ language, lines }) => lines.map((text) => ({ language, text })));
  return Array.from({ length: paragraphs }, (_, at) => {
    const { language, text } = pool[(at * 7 + number * 13) % pool.length] ?? { language: "en", text: "" };
    const value = (kind: string): string => (open ? "__________" : pickValue(language, kind, at));
    return { text: `${number}.${at + 1} ${text.replace(/\[\[(\w+)\]\]/gu, (_found, kind: string) => value(kind))}` };
  });
}

/** Everything the entry check does with a document of fifty pages, from its bytes, beside two hundred templates. */
async function timeLongDocument(): Promise<BenchLine[]> {
  const paragraphs = 1150;
  const long = readTemplate(await read(await writePdf(writeLong(1, paragraphs, true), plainStyle)), []);
  const short = await Promise.all(
    Array.from({ length: 8 }, async (_, at) => read(await writePdf(writeLong(at + 2, 60, true), plainStyle))),
  );
  const templates = new Map([["long", long]]);
  for (let at = 1; at < templatesAtWork; at += 1) {
    const document = short[at % short.length] as DocumentText;
    // The same pages under other words: what the index holds of each is its own.
    const pages = document.pages.map((page) => ({
      ...page,
      words: page.words.map((word, place) => (place % 5 === at % 5 ? { ...word, text: `${word.text}${at}` } : word)),
    }));
    templates.set(`short-${at}`, readTemplate({ ...document, pages }, []));
  }
  const shelf = shelve(templates);
  const bytes = await writePdf(writeLong(1, paragraphs, false), plainStyle);
  const changedBytes = await writePdf(writeLong(1, paragraphs, false).toSpliced(500, 3), plainStyle);
  return [await timeCheck("filled", bytes, shelf), await timeCheck("with three clauses less", changedBytes, shelf)];
}

async function timeCheck(name: string, bytes: Uint8Array, shelf: Shelf): Promise<BenchLine> {
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
    const best = compareBest(document, shelf);
    times.push(performance.now() - begun);
    told = `${texts.pages.length} pages, ${shelf.templates.size} templates, ${best?.verdict ?? "no template"}`;
  }
  const median = times.toSorted((a, b) => a - b)[rounds >> 1] ?? Number.NaN;
  return line(`entry check: ${told} (${name})`, median, "ms", limits.ms / median, `limit ${limits.ms} ms`);
}
