import type { LocalName } from "./vocabulary.ts";

const between = " · ";

/** A name in both languages as one text, `Worn out · 磨损`, for where only a text is kept. */
export function joinHalves({ en, zh }: LocalName): string {
  return en === zh ? en : `${en}${between}${zh}`;
}

/** A seal as a sentence calls it: by its name and the number that tells it from others of that name. */
export function joinSeal(seal: { readonly name?: LocalName | undefined; readonly number: string }): string {
  const { name, number } = seal;
  return name ? joinHalves({ en: `${name.en} ${number}`, zh: `${name.zh} ${number}` }) : number;
}

/**
 * The half of a text kept in both languages that the reader reads; any other text as it is. Where a dot stands within a
 * half, the Chinese half begins at the first part that holds a Chinese character.
 */
export function readHalf(text: string, language: keyof LocalName): string {
  const parts = text.split(between);
  const at = parts.findIndex((part) => /\p{Script=Han}/u.test(part));
  if (at < 1) return text;
  return parts.slice(...(language === "en" ? [0, at] : [at])).join(between);
}
