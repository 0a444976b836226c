import { inspectPdf, type PdfInspection, type Program } from "@chancery/pdf-seal/inspect";
import { openForSealing, type SealablePdf } from "@chancery/pdf-seal/seal";
import { mostPages } from "../../platform/page-text.ts";
import { type DocumentProblemCode, documentProblem, engineProblem } from "./document-problems.ts";
import type { Inspection } from "./inspect-document.ts";

const mostFields = 10_000;

/** Refused whatever the applicant says to it: nobody can answer for a page that a program makes. The gravest first. */
const refusedPrograms: readonly (readonly [Program, DocumentProblemCode])[] = [
  ["launch", "pdf.launch"],
  ["script", "pdf.script"],
  ["dynamic-form", "pdf.xfa"],
  ["external", "pdf.external"],
  ["action", "pdf.action"],
];

/** Reads a document as the entry check wants to know it. Runs in a thread: what is read is whatever somebody uploaded. */
export function inspectBytes(bytes: Uint8Array): Inspection {
  const opened = openForSealing(bytes);
  if (!opened.ok) return { ok: false, ...engineProblem(opened.refusal) };
  const refuse = (code: DocumentProblemCode): Inspection => ({ ok: false, ...documentProblem(code) });
  const { document } = opened;
  const inspected = inspectPdf(document.file);
  const { pages, formFields } = document;
  if (inspected === null || formFields.length > mostFields) return refuse("pdf.too-complex");
  const [, code] = refusedPrograms.find(([program]) => inspected.programs.has(program)) ?? [];
  if (code !== undefined) return refuse(code);
  if (inspected.repeatsPages) return refuse("pdf.pages-repeated");
  if (pages.length > mostPages) return refuse("pdf.too-many-pages");
  return describe(pages, formFields, inspected);
}

function describe(
  pages: SealablePdf["pages"],
  formFields: SealablePdf["formFields"],
  { uncertain, fields }: Pick<PdfInspection, "uncertain" | "fields">,
): Inspection {
  const asked = formFields.filter((field) => field.type === "text" || field.type === "choice");
  return {
    ok: true,
    pages: pages.map(({ widthMm, heightMm }) => ({ widthMm, heightMm })),
    fields: asked.map((field) => ({ name: field.name, page: null, filled: field.filled })),
    signatures: formFields.filter((field) => field.type === "signature" && field.filled).length,
    uncertain,
    formPlaces: fields.map(({ name, page, place, mostCharacters }) => ({
      ...{ name, page, mostCharacters },
      box: { x: place.xMm, y: place.yMm, width: place.widthMm, height: place.heightMm },
    })),
  };
}
