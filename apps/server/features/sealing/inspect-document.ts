import type { FormFieldFact } from "@chancery/domain";
import { openForSealing } from "@chancery/pdf-seal/seal";
import { documentProblem } from "./document-problems.ts";

export type Inspection =
  | { ok: true; pages: { widthMm: number; heightMm: number }[]; fields: FormFieldFact[]; signatures: number }
  | { ok: false; code: string; sentence: { en: string; zh: string } };

/** Whether a file is a PDF that can be sealed, with what the entry check wants to know of it. Nothing is sealed here. */
export async function inspectDocument(bytes: Uint8Array): Promise<Inspection> {
  const opened = openForSealing(bytes);
  if (!opened.ok) return { ok: false, ...documentProblem(opened.refusal) };
  const { pages, formFields } = opened.document;
  const asked = formFields.filter((field) => field.type === "text" || field.type === "choice");
  return {
    ok: true,
    pages: pages.map(({ widthMm, heightMm }) => ({ widthMm, heightMm })),
    fields: asked.map((field) => ({ name: field.name, page: null, filled: field.filled })),
    signatures: formFields.filter((field) => field.type === "signature" && field.filled).length,
  };
}
