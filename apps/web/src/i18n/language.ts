/** The languages of the product. Chinese is simplified, as written in mainland China. */
export const LANGUAGES = ["en", "zh"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A name in both languages; neither is the translation of the other. */
export interface LocalName {
  readonly en: string;
  readonly zh: string;
}

/** BCP 47 tag for `<html lang>` and for Intl. */
export const LANGUAGE_TAG: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };

/**
 * The language of a reader who has not chosen: what he chose before, else the first of the browser's languages that we
 * speak, else English.
 */
export function chooseLanguage(stored: string | null, browser: readonly string[]): Language {
  if (stored === "en" || stored === "zh") return stored;
  for (const tag of browser) {
    const base = tag.toLowerCase().split("-")[0];
    if (base === "zh" || base === "en") return base;
  }
  return "en";
}
