import {
  addDrawnPlaces,
  listDrawnPlaces,
  listLineShifts,
  type PageText,
  readDocumentText,
  readTemplate,
  type TemplateComparison,
  type TemplateMark,
} from "@chancery/domain/compare";
import { answerTasks } from "../../platform/answer-tasks.ts";
import { openPdfReader, type PdfReader } from "../../platform/pdf-reader.ts";
import type { DrawnTask } from "./compare-drawn.ts";

/** Adds what is drawn on the document and not on the template to what comparing their words found; null where a page cannot be drawn. */
function compareDrawn(reader: PdfReader, task: DrawnTask): TemplateComparison | null {
  const { template, document, comparison } = task;
  const texts = template.texts as PageText[];
  const places = reader.withDrawnPages(document.bytes, document.pages, (draw) =>
    reader.withDrawnPages(
      template.bytes,
      texts,
      (drawTemplate) => {
        const templateText = readTemplate(readDocumentText(texts), template.marks as TemplateMark[]);
        const shifts = listLineShifts(templateText, readDocumentText(document.pages));
        // Pages follow one another: the template's page beside a document's, and those next to it, are all that is asked for.
        const kept = new Map<number, ReturnType<typeof drawTemplate>>();
        const found = [];
        for (const { index } of document.pages) {
          const page = draw(index);
          if (page === null) return null;
          for (const old of kept.keys()) if (Math.abs(old - index) > mostKept) kept.delete(old);
          const templatePage = (at: number) => {
            if (!kept.has(at)) kept.set(at, drawTemplate(at));
            return kept.get(at) ?? null;
          };
          found.push(
            ...listDrawnPlaces({
              ...{ index, page, fields: comparison.fields, shifts: shifts.get(index) ?? [], templatePage },
            }),
          );
          if (found.length > mostPlaces) break;
        }
        return found.slice(0, mostPlaces);
      },
      false,
    ),
  );
  return places && addDrawnPlaces(comparison, places);
}

const mostKept = 4;
const mostPlaces = 200;

const opened = openPdfReader();
answerTasks(async (task: DrawnTask) => compareDrawn(await opened, task));
