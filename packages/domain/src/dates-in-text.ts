import { parseChineseNumber } from "./amounts-in-words.ts";
import { closeUp } from "./chinese-forms.ts";
import type { DocumentLine } from "./document-text.ts";

export interface DateRead {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly line: number;
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthName = "(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}";
const plain = /(?<!\d)(\d{4})\s?[年.\-/]\s?(\d{1,2})\s?[月.\-/]\s?(\d{1,2})(?!\d)/gu;
const chinese = /([〇零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日/gu;
const dayFirst = new RegExp(`(?<!\\d)(\\d{1,2})(?:st|nd|rd|th)?(?: day)?(?: of)? ?${monthName}\\.?,? ?(\\d{4})`, "giu");
const monthFirst = new RegExp(`\\b${monthName}\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`, "giu");

/** Whole dates of a document, in figures, Chinese and English. */
export function readDates(lines: readonly DocumentLine[]): DateRead[] {
  return lines.flatMap((line, at) => {
    const text = closeUp(line.text.slice(0, 2000));
    const monthOf = (name = ""): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
    const found = [
      ...[...text.matchAll(plain)].map(([, y, m, d]) => [Number(y), Number(m), Number(d)] as const),
      ...[...text.matchAll(chinese)].map(
        ([, y = "", m = "", d = ""]) => [readYear(y), parseChineseNumber(m) ?? 0, parseChineseNumber(d) ?? 0] as const,
      ),
      ...[...text.matchAll(dayFirst)].map(([, d, m, y]) => [Number(y), monthOf(m), Number(d)] as const),
      ...[...text.matchAll(monthFirst)].map(([, m, d, y]) => [Number(y), monthOf(m), Number(d)] as const),
    ];
    return found
      .filter(([year, month, day]) => year > 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31)
      .map(([year, month, day]) => ({ day: `${year}-${pad(month)}-${pad(day)}`, line: at }));
  });
}

const pad = (value: number): string => String(value).padStart(2, "0");
const readYear = (text: string): number => Number([...text].map((digit) => parseChineseNumber(digit) ?? 0).join(""));
