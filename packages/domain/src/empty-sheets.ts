import type { DocumentPage } from "./document-text.ts";
import { isProse } from "./signature-blocks.ts";

/** A page that says of itself that nothing stands on it, with whose last page it is at the most. */
const blankWords =
  /^[\s([（【]*(?:(?:this|the following|the (?:rest|remainder) of this) (?:page|sheet) (?:is |has been |was )?(?:(?:intentionally|deliberately|purposely) )?(?:left )?(?:blank|empty)|(?:intentionally|deliberately) (?:left )?blank|no (?:further )?text on this page|blank page|[此本](?:页|面)(?:系|为)?(?:无正文|无内容|空白页?|(?:有意|特意|故意)?留[空白]页?)|以下(?:空白|无正文)|(?:有意|特意|故意)?留[空白]页?|空白页)(?:[,，][^。,，]{0,50}(?:签[署字章]|盖章)页)?[\s)\]）】.。]*$/iu;
/** How a paper is to be handled, and which copy of it this is: it says nothing, either. */
const handling =
  /^[\s([（【—–-]*(?:(?:strictly |private (?:and |& )?|commercial(?:ly)? (?:in )?)?(?:confidential|confidence)|(?:top )?secret|(?:for )?internal(?: use)?(?: only)?|restricted|copy|original|duplicate|draft|sample|(?:绝密|机密|秘密|保密|商业秘密|内部(?:资料|使用|文件)?|严禁外传|[正副]本|原件|复印件|样[本张]))[\s)\]）】!.。—–-]*$/iu;

export const saysBlank = (text: string): boolean => blankWords.test(text.slice(0, 200));
/** Whether a line says nothing of what its paper is about. */
export const isMute = (text: string): boolean => saysBlank(text) || handling.test(text.slice(0, 200));

/** The number of a row, with the sign of a currency that waits for its figure. */
const rowNumber = /^[\s(（]*(\d{1,3}|[一二三四五六七八九十]{1,3})[\s.、)）:]*(?:CNY|RMB|USD|EUR|元)?[\s¥$€£/—–-]*$/u;
const pageNumber = /^[^\p{L}\p{N}]*(?:第?\s?\d{1,4}\s?页?|page\s?\d{1,4}(?:\s?(?:of|\/)\s?\d{1,4})?)[^\p{L}\p{N}]*$/iu;
const announcesList =
  /\b(?:list|schedule|table|prices?|quantit(?:y|ies)|items?|bill of)\b|清单|明细|一览|[价格目]表|报价|目录|名录|序号/iu;
const rows = { least: 4, apart: 4 };
/** What a letter comes with is named below it. */
const enclosed = /^\s*(?:encl|attach|cc\b|附件\s?[:：]|随附|抄送)/iu;
const mostTitles = 4;
/** Lines that are drawn on this much of a page, where its words are no more than a title, are those of a table. */
const ruled = 0.01;

/**
 * Whether a page is a table that waits to be filled in: a title, what its columns are called, and rows with their numbers or
 * with nothing. A list that is announced at the end of a document, with nothing behind its title, is one whose rows are drawn.
 */
export function isEmptyTable(
  page: DocumentPage,
  around: { readonly isFirst: boolean; readonly isLast: boolean },
): boolean {
  const lines = page.lines.filter(({ text, running }) => !running && !isMute(text));
  const numbers = lines.filter(({ text }) => rowNumber.test(text));
  const columns = Map.groupBy(numbers, ({ box }) => Math.round(box.x / rows.apart));
  const counted = Math.max(0, ...[...columns.values()].map((column) => column.length));
  const titles = lines.filter(({ text }) => !rowNumber.test(text) && !pageNumber.test(text));
  if (titles.length === 0 || titles.length > mostTitles || titles.some((line) => !isTitle(line.text))) return false;
  if (counted >= rows.least) return true;
  const [title] = titles;
  if (
    around.isFirst ||
    page.imageCoverage > 0 ||
    !title ||
    !announcesList.test(title.text) ||
    enclosed.test(title.text)
  )
    return false;
  return (around.isLast && titles.length <= 2) || (page.ink ?? 0) >= ruled;
}

/** A title or the heads of columns: no sentence, no value behind a name, no sum and no date. */
const isTitle = (text: string): boolean =>
  !isProse({ text }) &&
  text.length <= 80 &&
  !/[。;；.!]\s*$|[_＿…]{2}|\.{4}|:\s*\S{1,40}\s*\d|\d[\d.,]{2,}/u.test(text);
