import type { DocumentText, DocumentWord } from "./document-text.ts";
import { readValue, type TemplateMatch } from "./template-match.ts";
import type { TemplateItem, TemplateText } from "./template-text.ts";

/** Words that stand elsewhere than in the template, by more than fields explain. */
export interface MovedWords {
  readonly template: readonly DocumentWord[];
  readonly document: readonly DocumentWord[];
}

/** Millimetres that a word may stand off its place: other writers of PDFs space letters a little otherwise. */
const reach = { x: 8, y: 5 };
/** Share of a page that pictures may cover more or less of. */
const pictureReach = 0.03;

/** Pages on which pictures cover more or less than in the template: a picture can lie over text, or be text itself. */
export function listPicturePages(template: TemplateText, document: DocumentText): number[] {
  return [...document.pages.entries()]
    .filter(([at, page]) => Math.abs(page.imageCoverage - (template.pages[at]?.imageCoverage ?? 0)) > pictureReach)
    .map(([at]) => at);
}

/**
 * Where the same words stand in other places. A filled field moves what follows it: along its line freely, and further
 * lines down or up together, also over the end of a page; what moves otherwise was moved by somebody.
 */
export function listMovedWords(
  items: readonly TemplateItem[],
  words: readonly DocumentWord[],
  match: TemplateMatch,
): MovedWords[] {
  const filled = findFilledLines(items, words, match);
  const moved: { template: DocumentWord[]; document: DocumentWord[] }[] = [];
  let base = { y: 0, pages: 0 };
  // After a filled field lines may break elsewhere, until one begins with the same word on both sides.
  let flows = false;
  let mayTurn = false;
  let [beforeT, beforeD]: (DocumentWord | undefined)[] = [];
  let isRun = false;
  for (const [at, item] of items.entries()) {
    const [from, to] = match[at] ?? [0, 0];
    if (item.kind === "field") {
      beforeT = item.field.words.at(-1) ?? beforeT;
      if (to > from) beforeD = words[to - 1];
      if (filled.fields.has(at)) [flows, mayTurn] = [true, true];
      continue;
    }
    const [t, d] = [item.word, words[from]];
    if (!d) continue;
    const begins = startsLine(beforeT, t) && startsLine(beforeD, d);
    [beforeT, beforeD] = [t, d];
    const pages = d.page - t.page;
    const y = d.box.y + d.box.height / 2 - (t.box.y + t.box.height / 2);
    const x = d.box.x - t.box.x;
    const isFree = flows || filled.lines.has(`${t.page} ${t.line}`);
    let isOff = !isFree && Math.abs(x) > reach.x;
    if (pages !== base.pages) isOff ||= !mayTurn;
    else if (!isFree) isOff ||= Math.abs(y - base.y) > reach.y;
    // What stands where the template has it was not moved, whatever moved around it.
    if (pages === 0 && Math.abs(x) <= reach.x && Math.abs(y) <= reach.y) isOff = false;
    if (isFree || isOff || pages !== base.pages) base = { y, pages };
    if (begins) flows = false;
    if (isOff && isRun) {
      moved.at(-1)?.template.push(t);
      moved.at(-1)?.document.push(d);
    } else if (isOff) moved.push({ template: [t], document: [d] });
    // Words of one line that stand off together are told once.
    isRun = isOff || (isRun && !begins && Math.abs(x) > reach.x);
  }
  return moved;
}

const startsLine = (before: DocumentWord | undefined, word: DocumentWord): boolean =>
  before === undefined || before.line !== word.line || before.page !== word.page;

/** Fields whose value is another than the template's own words, and the lines of the template that hold one. */
function findFilledLines(
  items: readonly TemplateItem[],
  words: readonly DocumentWord[],
  match: TemplateMatch,
): { fields: ReadonlySet<number>; lines: ReadonlySet<string> } {
  const fields = new Set<number>();
  const lines = new Set<string>();
  for (const [at, item] of items.entries()) {
    if (item.kind !== "field") continue;
    const value = readValue(item.field, words.slice(...(match[at] ?? [0, 0])));
    const own = readValue(item.field, item.field.words);
    if (value.map(({ text }) => text).join(" ") === own.map(({ text }) => text).join(" ")) continue;
    fields.add(at);
    for (const word of item.field.words) lines.add(`${word.page} ${word.line}`);
    for (const near of [items[at - 1], items[at + 1]])
      if (near?.kind === "word" && near.word.page === item.field.page) {
        const [y, height] = [near.word.box.y + near.word.box.height / 2, item.field.box.height];
        if (y >= item.field.box.y - 2 && y <= item.field.box.y + height + 2)
          lines.add(`${near.word.page} ${near.word.line}`);
      }
  }
  return { fields, lines };
}
