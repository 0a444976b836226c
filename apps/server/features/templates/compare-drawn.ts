import type { FieldValue, TemplateComparison, TemplateFollowed } from "@chancery/domain";
import {
  addDrawnPlaces,
  type DrawnPlace,
  type GlyphShape,
  type LineShifts,
  type ShownGlyph,
} from "@chancery/domain/compare";
import { countParts, mostParts } from "../../platform/page-parts.ts";
import type { ShownSize } from "../../platform/page-text.ts";
import type { PageBox } from "../../platform/pdf-objects.ts";
import { createThreadPool, shareBytes, type ThreadOutcome } from "../../platform/run-in-thread.ts";

/** A page of a document as it is drawn: its number and its size. Its text is of no use where it is drawn. */
interface SizedPage extends ShownSize {
  readonly index: number;
}
interface DrawnDocument {
  readonly bytes: Uint8Array;
  readonly pages: readonly SizedPage[];
}
interface DrawnTemplate extends DrawnDocument {
  /** Of its bytes. */
  readonly digest: string;
}
/** What is drawn on a template's pages, by their numbers. */
interface DrawnPages {
  readonly names: readonly string[];
  /** Where its form fields are: what is in them is filled in. */
  readonly fields: readonly (readonly PageBox[])[];
}
/** What is drawn of a template in any case: how its pages look, and how the characters of its text do. */
interface TemplateLook extends DrawnPages {
  readonly shapes: readonly GlyphShape[];
}
/** Pages from one to before another. */
export interface PageSpan {
  readonly from: number;
  readonly to: number;
}
interface DrawnTasks {
  look: { readonly template: DrawnTemplate; readonly span: PageSpan };
  shapes: { readonly glyphs: readonly ShownGlyph[] };
  compare: {
    readonly template: DrawnTemplate;
    readonly look: DrawnPages;
    readonly document: DrawnDocument;
    readonly fields: readonly FieldValue[];
    readonly shifts: LineShifts;
    readonly span: PageSpan;
  };
  misshown: {
    readonly glyphs: readonly ShownGlyph[];
    readonly shapes: readonly GlyphShape[];
    readonly fields: readonly FieldValue[];
  };
}
/** Each null where something cannot be drawn, or not be told. */
export interface DrawnAnswers {
  look: (DrawnPages & { readonly glyphs: readonly ShownGlyph[] }) | null;
  shapes: readonly GlyphShape[] | null;
  compare: { readonly places: readonly DrawnPlace[]; readonly glyphs: readonly ShownGlyph[] } | null;
  misshown: readonly DrawnPlace[] | null;
}
export type DrawnTask = { [Kind in keyof DrawnTasks]: { readonly kind: Kind } & DrawnTasks[Kind] }[keyof DrawnTasks];
export type DrawnTaskOf<Kind extends keyof DrawnTasks> = DrawnTasks[Kind];

/** Pages are drawn from whatever somebody uploaded: aside, with a limit. */
const draw = createThreadPool<DrawnTask, DrawnAnswers[keyof DrawnAnswers]>(
  new URL("./drawn-worker.ts", import.meta.url),
  { timeMs: 20_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 20 * mostParts },
);

type Told<Answer> = ThreadOutcome<Answer | null>;

/** The answers to all tasks; null where one is null, and why there is none where one failed. */
async function ask<Kind extends keyof DrawnTasks>(
  kind: Kind,
  tasks: readonly DrawnTasks[Kind][],
): Promise<Told<NonNullable<DrawnAnswers[Kind]>[]>> {
  const answers: NonNullable<DrawnAnswers[Kind]>[] = [];
  for (const outcome of await Promise.all(tasks.map((task) => draw({ kind, ...task } as DrawnTask)))) {
    if (!outcome.ok) return outcome;
    if (outcome.answer === null) return { ok: true, answer: null };
    answers.push(outcome.answer as NonNullable<DrawnAnswers[Kind]>);
  }
  return { ok: true, answer: answers };
}

/** The parts of a document whose pages are drawn at once. */
function partPages(count: number): PageSpan[] {
  const parts = countParts(count);
  const at = (part: number): number => Math.floor((part * count) / parts);
  return Array.from({ length: parts }, (_, part) => ({ from: at(part), to: at(part + 1) }));
}

/** Looks of templates kept in memory: a template's bytes never change, and a document follows one of few. */
const mostLooks = 50;
const looks = new Map<string, TemplateLook>();

/** Draws a template once for all documents that follow it. */
async function lookAtTemplate(template: DrawnTemplate): Promise<Told<TemplateLook>> {
  const known = looks.get(template.digest);
  if (known) return { ok: true, answer: known };
  const spans = partPages(template.pages.length);
  const drawn = await ask(
    "look",
    spans.map((span) => ({ template, span })),
  );
  if (!drawn.ok || drawn.answer === null) return drawn as Told<null>;
  const told = await ask("shapes", [{ glyphs: drawn.answer.flatMap(({ glyphs }) => glyphs) }]);
  if (!told.ok || told.answer === null) return told as Told<null>;
  const look = {
    names: drawn.answer.flatMap(({ names }) => names),
    fields: drawn.answer.flatMap(({ fields }) => fields),
    shapes: told.answer.flat(),
  };
  if (looks.size >= mostLooks) looks.delete(looks.keys().next().value ?? "");
  looks.set(template.digest, look);
  return { ok: true, answer: look };
}

/** Adds what is drawn on a document and not on its template to what comparing their words found; null where one of them cannot be drawn. */
export async function compareDrawn(task: {
  readonly template: DrawnTemplate;
  readonly document: DrawnDocument;
  readonly followed: TemplateFollowed;
}): Promise<Told<TemplateComparison>> {
  const { digest } = task.template;
  const [template, document] = [{ digest, ...share(task.template) }, share(task.document)];
  const { comparison, shifts } = task.followed;
  const { fields } = comparison;
  const look = await lookAtTemplate(template);
  if (!look.ok || look.answer === null) return look as Told<null>;
  const { shapes, ...pages } = look.answer;
  const drawn = await ask(
    "compare",
    partPages(document.pages.length).map((span) => ({ template, document, fields, shifts, look: pages, span })),
  );
  if (!drawn.ok || drawn.answer === null) return drawn as Told<null>;
  const glyphs = drawn.answer.flatMap((part) => part.glyphs);
  // What letters show is told of the whole document: a type that its first half is set in is that of its second.
  const misshown = await ask("misshown", [{ glyphs, shapes, fields }]);
  if (!misshown.ok || misshown.answer === null) return misshown as Told<null>;
  const places = [...misshown.answer.flat(), ...drawn.answer.flatMap((part) => part.places)];
  return { ok: true, answer: addDrawnPlaces(comparison, places.slice(0, mostPlaces)) };
}
const mostPlaces = 200;

/** What threads have to know of a document to draw it. */
const share = ({ bytes, pages }: DrawnDocument): DrawnDocument => ({
  bytes: shareBytes(bytes),
  pages: pages.map(({ index, widthMm, heightMm }) => ({ index, widthMm, heightMm })),
});
