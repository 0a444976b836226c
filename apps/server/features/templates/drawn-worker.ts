import {
  collectShapes,
  type DrawnPlace,
  keepShapes,
  listDrawnPlaces,
  listMisshownPlaces,
  type ShownGlyph,
} from "@chancery/domain/compare";
import { answerTasks } from "../../platform/answer-tasks.ts";
import type { PageBox } from "../../platform/pdf-objects.ts";
import { type DrawPage, openPdfReader, type PdfReader } from "../../platform/pdf-reader.ts";
import type { DrawnAnswers, DrawnTask, DrawnTaskOf } from "./compare-drawn.ts";

/** How pages of a template look. */
function lookAtPages(reader: PdfReader, { template, span }: DrawnTaskOf<"look">): DrawnAnswers["look"] {
  const { bytes, pages } = template;
  return reader.withDrawnPages(
    bytes,
    pages,
    (draw) => {
      const names: string[] = [];
      const fields: (readonly PageBox[])[] = [];
      const glyphs: ShownGlyph[] = [];
      for (const { index } of pages.slice(span.from, span.to)) {
        const page = draw(index, () => true);
        if (page === null) return null;
        // A page that hides something is like no other.
        names.push(page.plain ? page.name : `${page.name} ${index}`);
        fields.push(page.fields);
        for (const glyph of page.glyphs) glyphs.push(glyph);
      }
      return { names, fields, glyphs };
    },
    { text: false, letters: true },
  );
}

function keepTemplateShapes({ glyphs }: DrawnTaskOf<"shapes">): DrawnAnswers["shapes"] {
  const shapes = collectShapes(glyphs);
  return shapes && keepShapes(shapes);
}

/** What is drawn on pages of the document and not on the template's, and how their letters look; null where a page cannot be drawn. */
function comparePages(reader: PdfReader, task: DrawnTaskOf<"compare">): DrawnAnswers["compare"] {
  const { template, document } = task;
  return reader.withDrawnPages(
    document.bytes,
    document.pages,
    (draw) =>
      reader.withDrawnPages(
        template.bytes,
        template.pages,
        (drawTemplate) => listPlaces(task, draw, (index) => drawTemplate(index)?.drawn ?? null),
        { text: false, letters: false },
      ),
    { text: true, letters: true },
  );
}

function listPlaces(
  { document, fields, look, shifts, span }: DrawnTaskOf<"compare">,
  draw: DrawPage,
  drawTemplate: Parameters<typeof listDrawnPlaces>[0]["templatePage"],
): DrawnAnswers["compare"] {
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
  for (const { index } of document.pages.slice(span.from, span.to)) {
    const known = (name: string): string => `${name}/${look.names[index]}`;
    const page = draw(index, (name) => look.names[index] === name || told.has(known(name)));
    if (page === null) return null;
    for (const glyph of page.glyphs) glyphs.push(glyph);
    const before = page.plain ? told.get(known(page.name)) : undefined;
    if (before) found.push(...before.map((place) => ({ ...place, page: index })));
    if (before || page.drawn.ink.length === 0) continue;
    const places = listDrawnPlaces({
      ...{ index, page: page.drawn, fields, shifts: shifts.get(index) ?? [], templatePage },
      formFields: look.fields[index] ?? [],
    });
    // What differs is told again where the same stands beside the same.
    if (page.plain && places.length > 0) told.set(known(page.name), places);
    found.push(...places);
    if (found.length > mostPlaces) break;
  }
  return { places: found, glyphs };
}

const mostKept = 10;
const mostPlaces = 200;

const opened = openPdfReader();
answerTasks(async (task: DrawnTask): Promise<DrawnAnswers[keyof DrawnAnswers]> => {
  const reader = await opened;
  if (task.kind === "look") return lookAtPages(reader, task);
  if (task.kind === "shapes") return keepTemplateShapes(task);
  if (task.kind === "compare") return comparePages(reader, task);
  return listMisshownPlaces(task.glyphs, task.shapes, task.fields);
});
