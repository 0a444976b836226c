import type { Language } from "../../i18n/language.ts";

const HAN = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"] as const;

/** The number of a chapter as it stands in print: 11, 十一. */
export function chapterNumber(number: number, language: Language): string {
  if (language === "en" || number < 1 || number > 19) return `${number}`;
  return number <= 10 ? (HAN[number] ?? `${number}`) : `十${HAN[number - 10] ?? ""}`;
}
