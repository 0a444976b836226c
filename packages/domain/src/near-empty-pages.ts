import type { DocumentPage, DocumentText, DocumentWord } from "./document-text.ts";
import { isMute } from "./empty-sheets.ts";
import { judgeBody } from "./letter-body.ts";
import { listFormLines } from "./letter-forms.ts";
import { isHeadAlone, isSloganAlone, pointsAtNothing } from "./letter-heads.ts";
import { findLetterPaper } from "./letter-paper.ts";
import type { PageText, TextRun } from "./page-text.ts";
import { signatureWords } from "./signature-blocks.ts";

export interface NearEmptyPage {
  readonly page: number;
  readonly letterPaper: boolean;
  /** Nothing that the page says itself, not even a heading. */
  readonly saysNothing: boolean;
  /** False where it is told by the bare middle of the page alone, so that a drawing there speaks for it. */
  readonly framed: boolean;
}

/** Words below which a page says nothing beside its header and footer. */
const fewWords = 4;
/** A Chinese character is half of what a word says; on a page that is no letter paper each stands for itself, as in a heading. */
const hanOnPaper = 0.5;
const mostLetterWords = 200;
/** A line of letter paper no longer than this may be the name that stands below a letter, too. */
const longestName = 60;
const mostNames = 20;
/** Letters this many millimetres high are a watermark, unless they are many: a notice may be set large. */
const watermarkHeight = 12;
const mostWatermarkWords = 6;
/** A line that stands on a page as often as this is a watermark. */
const mostSame = 6;
/** Outer parts of a page's width; this many lines that stand in one of them alone are a column beside the text. */
const side = { left: 0.2, right: 0.78, lines: 4 };

/** Pictures of a page that say something beside its words cover this much of it, and show something on this much. */
const pictured = { coverage: 0.15, shown: 0.05 };
const isPictured = ({ imageCoverage, pictureInk = imageCoverage }: DocumentPage): boolean =>
  imageCoverage >= pictured.coverage && pictureInk >= pictured.shown;

/**
 * Pages whose body says hardly anything. The body is what is left of a page without its letterhead, its running lines,
 * a column at its side, a watermark (large, pale, or the same words again and again) and the words of an empty form.
 * Places to sign at the end of a document belong to what stands before them: they are taken away only where nothing does.
 */
export function listNearEmptyPages(document: DocumentText, drawn: readonly PageText[] = []): NearEmptyPage[] {
  const pale = new Map(drawn.flatMap((page) => (page.pale?.length ? [[page.index, page.pale] as const] : [])));
  let isSaidBefore = false;
  // A page with no more than a title is a cover where another page says something.
  const covers = new Set<number>();
  const found = document.pages.flatMap((page): NearEmptyPage[] => {
    if (page.lines.length === 0) return [];
    const paleRuns = pale.get(page.index) ?? [];
    if (isPictured(page) || (paleRuns.length === 0 && saysMuch(page))) {
      isSaidBefore = true;
      return [];
    }
    const paper = findLetterPaper(page);
    const furniture = [...page.lines.keys()].filter((at) => paper.has(at) || page.lines[at]?.running);
    const written = listWritten(page, paleRuns);
    // Beside places to sign, that a page has no text of its own says that it belongs to the one before.
    const isToSign = page.lines.some(({ text }) => signatureWords.test(text) && !isMute(text));
    const mute = isToSign ? [] : [...page.lines.keys()].filter((at) => isMute(page.lines[at]?.text ?? ""));
    const body = listBodyWords(page, written, new Set([...furniture, ...mute]), isSaidBefore);
    const said = weigh(body, paper.size > 0 ? hanOnPaper : 1);
    const between = isSaidBefore
      ? null
      : judgeBody(page, new Set([...furniture, ...mute, ...listUnwritten(page, written)]));
    const letterPaper = paper.size > 0;
    const isAsked = between !== null && (between.framed || document.pages.length === 1);
    if (isAsked && (between.says === "nothing" || (between.says === "thin" && said >= fewWords))) {
      if (furniture.length === 0) covers.add(page.index);
      return [{ page: page.index, letterPaper, saysNothing: between.says === "nothing", framed: between.framed }];
    }
    const letterHead = document.pages.length === 1 && paleRuns.length === 0 && isHeadAlone(page);
    if (letterHead || (!isSaidBefore && pointsAtNothing(page)))
      return [{ page: page.index, letterPaper, saysNothing: false, framed: false }];
    if (said >= fewWords) {
      isSaidBefore = true;
      return [];
    }
    if (furniture.length === 0 && paleRuns.length === 0)
      return document.pages.length === 1 && isSloganAlone(page)
        ? [{ page: page.index, letterPaper, saysNothing: false, framed: false }]
        : [];
    return [{ page: page.index, letterPaper, saysNothing: said < 1 && between?.says !== "something", framed: true }];
  });
  return isSaidBefore ? found.filter(({ page }) => !covers.has(page)) : found;
}

/** Words of a page that are no watermark and no column beside its text. */
function listWritten(page: DocumentPage, paleRuns: readonly TextRun[]): readonly DocumentWord[] {
  const inside = { left: page.widthMm * side.left, right: page.widthMm * side.right };
  const isPale = createPaleTest(paleRuns);
  const same = [...Map.groupBy(page.lines.keys(), (at) => page.lines[at]?.text).values()];
  const again = new Set(same.flatMap((lines) => (lines.length >= mostSame ? lines : [])));
  const words = page.words.filter(({ text, line, box }) => isWord(text) && !again.has(line) && !isPale(box));
  const large = words.filter(({ box }) => box.height >= watermarkHeight);
  const written =
    weighLarge(large) <= mostWatermarkWords ? words.filter(({ box }) => box.height < watermarkHeight) : words;
  const left = written.filter(({ line }) => {
    const box = page.lines[line]?.box;
    return box !== undefined && box.x + box.width <= inside.left;
  });
  const right = written.filter(({ box }) => box.x >= inside.right);
  const beside = new Set(
    [left, right].flatMap((column) => (new Set(column.map(({ line }) => line)).size >= side.lines ? column : [])),
  );
  return written.filter((word) => !beside.has(word));
}

/** Lines of which no word was written as a part of the text. */
function listUnwritten(page: DocumentPage, written: readonly DocumentWord[]): number[] {
  const lines = new Set(written.map(({ line }) => line));
  return [...page.lines.keys()].filter((at) => !lines.has(at));
}

/** What the body of a page says, each word once: a word that stands there a hundred times says no more. */
function listBodyWords(
  page: DocumentPage,
  written: readonly DocumentWord[],
  furniture: ReadonlySet<number>,
  isSaidBefore: boolean,
): ReadonlySet<string> {
  const ofPaper = new Set(page.words.filter(({ line }) => furniture.has(line)).map(({ text }) => text));
  // A line that only says once more what stands on the paper, as the company's name below a letter, says nothing.
  const own = new Set(page.words.filter(({ text }) => isWord(text) && !ofPaper.has(text)).map(({ line }) => line));
  const names = page.lines
    .filter(({ text }, at) => furniture.has(at) && text.length <= longestName)
    .slice(0, mostNames)
    .map(({ text }) => text);
  const withoutNames = (text: string): string => names.reduce((rest, name) => rest.replace(name, " "), text).trim();
  const isForm = listFormLines(
    page.lines.map(({ text }, at) => (furniture.has(at) ? "" : text)),
    withoutNames,
    isSaidBefore,
  );
  const body = written.filter(({ line }) => !furniture.has(line) && !isForm[line] && (isSaidBefore || own.has(line)));
  return new Set(body.map(({ text }) => text.toLowerCase()));
}

/** No letter paper holds that many words that differ; a page of prose needs no closer look. */
function saysMuch(page: DocumentPage): boolean {
  return page.words.length > mostLetterWords && new Set(page.words.map(({ text }) => text)).size > mostLetterWords;
}

const isWord = (text: string): boolean => /[\p{L}\p{N}]/u.test(text);
const weigh = (words: ReadonlySet<string>, han: number): number =>
  [...words].reduce((sum, text) => sum + (/^\p{Script=Han}/u.test(text) ? han : 1), 0);

/** Letters of a word that is turned stand each for itself. */
const weighLarge = (words: readonly DocumentWord[]): number =>
  words.reduce(
    (sum, { text }) => sum + (/^\p{Script=Han}/u.test(text) ? 1 / 2 : [...text].length === 1 ? 1 / 6 : 1),
    0,
  );

/** Whether a word is part of a run that is drawn pale: a word has the height and the place of its run. */
function createPaleTest(runs: readonly TextRun[]): (box: Omit<TextRun, "text">) => boolean {
  const spans = new Map<number, { from: number; to: number }>();
  for (const { x, y, width } of runs) {
    const { from, to } = spans.get(y) ?? { from: x, to: x };
    spans.set(y, { from: Math.min(from, x), to: Math.max(to, x + width) });
  }
  return ({ x, y, width }) => {
    const span = spans.get(y);
    return span !== undefined && x + width / 2 >= span.from && x + width / 2 <= span.to;
  };
}
