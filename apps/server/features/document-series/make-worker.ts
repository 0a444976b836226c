import {
  compareWithTemplate,
  findUnfinishedPlaces,
  listFields,
  listSeriesDisagreements,
  listSeriesFaults,
  listUncertainPlaces,
  readDocumentText,
  refuse,
  type SeriesLine,
  type TemplateField,
  type TemplateText,
} from "@chancery/domain";
import { fillForm, openForFilling } from "@chancery/pdf-seal/fill";
import { createFontSubset } from "@chancery/seal-image/font";
import { answerTasks } from "../../platform/answer-tasks.ts";
import { mostPages, scaleTo } from "../../platform/page-text.ts";
import { openPdfReader, type PdfReader } from "../../platform/pdf-reader.ts";
import { readPages } from "../requests/read-facts.ts";
import { inspectBytes } from "../sealing/inspect-bytes.ts";
import { readFormText } from "./form.ts";
import type { MadeDocument, MakeTask } from "./make-documents.ts";

/** Fills the template for each line, and looks at what came of it as at any document that is handed in. */
function makeAll(reader: PdfReader, task: MakeTask): MadeDocument[] {
  const opened = openForFilling(task.form.bytes);
  const template = readFormText(task.form);
  const fields = listFields(template);
  return task.lines.map((line): MadeDocument => {
    const refused = {
      ok: false,
      faults: [{ row: line.row, column: null, refusal: refuse("series.document-refused") }],
    } as const;
    if (!opened.ok) return refused;
    const font = createFontSubset(line.written.map(({ text }) => text).join(""));
    const filled = fillForm(opened.form, line.written, font);
    return filled.ok ? (examine(reader, { template, fields }, task, line, filled.bytes) ?? refused) : refused;
  });
}

function examine(
  reader: PdfReader,
  { template, fields }: { template: TemplateText; fields: readonly TemplateField[] },
  task: MakeTask,
  line: SeriesLine,
  bytes: Buffer,
): MadeDocument | null {
  const inspected = inspectBytes(bytes);
  const read = reader.readPages(bytes, mostPages);
  if (!inspected.ok || !read.ok) return null;
  const pages = read.pages.map((page) => scaleTo(page, inspected.pages[page.index]));
  // A value that is shorter than its blank leaves a wide space beside it, which is filled in all the same.
  const unfinished = findUnfinishedPlaces(pages, inspected.fields).filter(({ kind }) => kind !== "wide-space");
  const reading = readPages(pages, task.ownNames, task.classes);
  const text = readDocumentText(pages);
  const comparison = compareWithTemplate(template, text);
  const declared = { documentClass: task.documentClass, currency: task.currency, external: line.counterparty !== "" };
  const seen = {
    ...{ documentId: "", facts: reading.facts, counterparty: line.counterparty, amountMinor: line.amountMinor },
    template: { documentClass: task.documentClass, verdict: comparison.verdict },
  };
  const said = { ...declared, counterparty: null, amountMinor: null };
  const disagreements = listSeriesDisagreements(said, [seen], task.classes);
  const { verdict, differences } = comparison;
  const made = { verdict, differences, unfinished: unfinished.length, disagreements };
  const faults = listSeriesFaults(line, made, fields);
  if (faults.length > 0) return { ok: false, faults };
  const places = [...unfinished, ...listUncertainPlaces(inspected.uncertain)];
  return {
    ok: true,
    nr: line.nr,
    bytes,
    pages: inspected.pages,
    signatures: inspected.signatures,
    places,
    reading,
    comparison,
  };
}

const opened = openPdfReader();
answerTasks(async (task: MakeTask) => makeAll(await opened, task));
