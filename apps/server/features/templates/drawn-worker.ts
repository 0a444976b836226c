import {
  addDrawnPlaces,
  collectShapes,
  type DrawnPlace,
  keepShapes,
  listDrawnPlaces,
  listLineShifts,
  listMisshownPlaces,
  type PageText,
  readDocumentText,
  readTemplate,
  type ShownGlyph,
  type TemplateComparison,
  type TemplateMark,
} from "@chancery/domain/compare";
import { answerTasks } from "../../platform/answer-tasks.ts";
import type { PageBox } from "../../platform/pdf-objects.ts";
import { type DrawPage, openPdfReader, type PdfReader } from "../../platform/pdf-reader.ts";
import type { CompareDrawnTask, LookTask, TemplateLook } from "./compare-drawn.ts";

/** Draws a template once for all documents that follow it. */
function lookAtTemplate(reader: PdfReader, { template }: LookTask): TemplateLook | null {
  const texts = template.texts as PageText[];
  return reader.withDrawnPages(
    template.bytes,
    texts,
    (draw) => {
      const names: string[] = [];
      const fields: (readonly PageBox[])[] = [];
      const glyphs: ShownGlyph[] = [];
      for (const { index } of texts) {
        const page = draw(index, () => true);
        if (page === null) return null;
        // A page that hides something is like no other.
        names[index] = page.plain ? page.name : `${page.name} ${index}`;
        fields[index] = page.fields;
        for (const glyph of page.glyphs) glyphs.push(glyph);
      }
      const shapes = collectShapes(glyphs);
      return shapes && { names, fields, shapes: keepShapes(shapes) };
    },
    { text: false, letters: true },
  );
}

/** Adds what is drawn on the document and not on the template to what comparing their words found; null where a page cannot be drawn. */
function compareDrawn(reader: PdfReader, task: CompareDrawnTask): TemplateComparison | null {
  const { template, document, comparison } = task;
  const texts = template.texts as PageText[];
  const places = reader.withDrawnPages(
    document.bytes,
    document.pages,
    (draw) =>
      reader.withDrawnPages(
        template.bytes,
        texts,
        (drawTemplate) => listPlaces(task, draw, (index) => drawTemplate(index)?.drawn ?? null),
        { text: false, letters: false },
      ),
    { text: true, letters: true },
  );
  return places && addDrawnPlaces(comparison, places);
}

function listPlaces(
  { template, document, comparison, look }: CompareDrawnTask,
  draw: DrawPage,
  drawTemplate: Parameters<typeof listDrawnPlaces>[0]["templatePage"],
): DrawnPlace[] | null {
  let shifts: ReturnType<typeof listLineShifts> | null = null;
  const readShifts = () => {
    const text = readTemplate(readDocumentText(template.texts as PageText[]), template.marks as TemplateMark[]);
    return listLineShifts(text, readDocumentText(document.pages));
  };
  // Pages follow one another: the template's page beside a document's, and those next to it, are all that is asked for. A logo
  // is on each of them, so that pages alike are drawn and compared once.
  const kept = new Map<string, ReturnType<typeof drawTemplate>>();
  const templatePage = (at: number) => {
    const name = look.names[at] ?? `${at}`;
    const page = kept.has(name) ? (kept.get(name) ?? null) : drawTemplate(at);
    kept.delete(name);
    kept.set(name, page);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? "");
    return page;
  };
  const told = new Map<string, readonly DrawnPlace[]>();
  const found: DrawnPlace[] = [];
  const glyphs: ShownGlyph[] = [];
  for (const { index } of document.pages) {
    const known = (name: string): string => `${name}/${look.names[index]}`;
    const page = draw(index, (name) => look.names[index] === name || told.has(known(name)));
    if (page === null) return null;
    for (const glyph of page.glyphs) glyphs.push(glyph);
    const before = page.plain ? told.get(known(page.name)) : undefined;
    if (before) found.push(...before.map((place) => ({ ...place, page: index })));
    if (before || page.drawn.ink.length === 0) continue;
    shifts ??= readShifts();
    const places = listDrawnPlaces({
      ...{ index, page: page.drawn, fields: comparison.fields, shifts: shifts.get(index) ?? [], templatePage },
      formFields: look.fields[index] ?? [],
    });
    // What differs is told again where the same stands beside the same.
    if (page.plain && places.length > 0) told.set(known(page.name), places);
    found.push(...places);
    if (found.length > mostPlaces) break;
  }
  const misshown = listMisshownPlaces(glyphs, look.shapes, comparison.fields);
  return misshown && [...misshown, ...found].slice(0, mostPlaces);
}

const mostKept = 10;
const mostPlaces = 200;

const opened = openPdfReader();
answerTasks(async (task: LookTask | CompareDrawnTask) =>
  task.kind === "look" ? lookAtTemplate(await opened, task) : compareDrawn(await opened, task),
);
