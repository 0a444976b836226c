import {
  asShown,
  baseOfClass,
  compareDeclared,
  findMissingFacts,
  findUnfinishedPlaces,
  listDisagreements,
  readDocumentText,
  readFacts,
  readTemplate,
  starterBook,
  starterRules,
  type TemplateText,
} from "@chancery/domain";
import { inspectDocument } from "../apps/server/features/sealing/inspect-document.ts";
import { labelledBinding } from "./entry-binding.ts";
import { labelledBodies } from "./entry-bodies.ts";
import { house, labelledDue } from "./entry-due.ts";
import { labelledFields } from "./entry-fields.ts";
import { labelledGuarantees } from "./entry-guarantees.ts";
import { labelledLetters } from "./entry-letters.ts";
import { type LabelledDocument, labelledTemplates } from "./entry-make.ts";
import { labelledPapers } from "./entry-paper.ts";
import { realDocuments } from "./entry-real.ts";
import { labelledDocuments } from "./entry-set.ts";
import { compareBest, limits, line, read, readPages, type Shelf, shelve } from "./entry-shelf.ts";
import { timeLongDocuments } from "./entry-time.ts";
import type { BenchLine } from "./line.ts";

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
    ...[...labelledDocuments, ...labelledLetters, ...labelledBinding, ...labelledGuarantees],
    ...[...labelledPapers, ...labelledBodies, ...labelledFields, ...labelledDue],
    ...(await realDocuments()),
  ];
  for (const document of documents) {
    const found = await check(document, shelf);
    counts.unfinished.add(document, document.unfinished, found.unfinished.length > 0, found.unfinished.join(", "));
    if (document.changed !== null) counts.changed.add(document, document.changed, found.changed, found.told);
    const lied = new Set<string>(document.misdeclared);
    for (const fact of ["class", "external", "counterparty", "amount", "entity"])
      if (document.group !== "real")
        counts.misdeclared.add(document, lied.has(fact), found.disagreeing.includes(fact), fact);
  }
  return [
    ...counts.unfinished.lines(`entry check: unfinished, ${documents.length} documents`),
    ...counts.changed.lines("entry check: changed templates"),
    ...counts.misdeclared.lines("entry check: misdeclared facts"),
    ...(await timeLongDocuments()),
  ];
}

async function check(labelled: LabelledDocument, shelf: Shelf) {
  const bytes = await labelled.bytes();
  const inspected = await inspectDocument(bytes);
  const pages = await readPages(bytes);
  const document = readDocumentText(pages);
  const facts = readFacts(readDocumentText(asShown(pages)), [house.own, ...house.sisters].flat(), starterBook);
  const best = compareBest(document, shelf)?.comparison ?? null;
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
    disagreeing: [
      ...compareDeclared(labelled.declared, facts, starterBook, starterRules("group")),
      ...listDisagreements(
        { ...labelled.declared, currency: labelled.declared.currency ?? "CNY" },
        [{ documentId: labelled.name, facts, template: null }],
        ...([starterBook, starterRules("group"), house] as const),
      ).filter(({ fact }) => fact === "entity"),
    ].map(({ fact }) => fact as string),
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
