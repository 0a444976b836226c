import type { DocumentLine } from "./document-text.ts";

/** Letters below which nothing is said of a document's language, and of Latin words. */
const least = { letters: 40, words: 15 };
/** Share of the letters that another script makes, of the characters that are kana, and of the words that are function words. */
const share = { script: 0.3, kana: 0.12, foreign: 0.08, english: 0.05 };
/** Words that hold sentences together. Those that two languages share are left out. */
const english = new Set(
  "the of and to for is are was were be been this that with by from we you our your it as at or shall will may not which any all has have its".split(
    " ",
  ),
);
const foreign = new Set(
  [
    "der die das und ist sind nicht mit von für auf dem den des ein eine einer wird werden bei nach durch zum zur oder auch sich wir ihre",
    "le la les et des du est une un dans pour sur par aux avec que qui sont présent cette ce nous vous au",
    "el los las y del una por con se su para como este esta será lo al entre",
    "il gli che della dei per nel sono con alla dal presente tra",
    "het een van en op te voor dat zijn wordt aan door niet deze",
    "o os da do das dos em uma para pelo pela não com ao",
    "i w z na do się jest oraz dla przez nie",
  ]
    .join(" ")
    .split(" "),
);
const mostRead = 200_000;

/**
 * Whether a document is written in a language whose words are not known here, so that neither its class nor its parties nor what it
 * binds to was read: neither Chinese nor English by its script and by the words that hold its sentences together.
 */
export function isUnreadLanguage(lines: readonly DocumentLine[]): boolean {
  const text = lines
    .map((line) => line.text.slice(0, 400))
    .join(" ")
    .slice(0, mostRead);
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  const letters = count(/\p{L}/gu);
  if (letters < least.letters) return false;
  const [han, kana, latin] = [
    count(/\p{Script=Han}/gu),
    count(/[\p{Script=Hiragana}\p{Script=Katakana}]/gu),
    count(/\p{Script=Latin}/gu),
  ];
  if (kana > (han + kana) * share.kana && kana > letters * share.kana) return true;
  if (letters - han - kana - latin > letters * share.script) return true;
  // A Chinese paper may hold names and terms of any language.
  if (han > letters * share.script) return false;
  const words = text.toLowerCase().match(/\p{Script=Latin}+/gu) ?? [];
  if (words.length < least.words) return false;
  const part = (known: ReadonlySet<string>): number => words.filter((word) => known.has(word)).length / words.length;
  return part(foreign) >= share.foreign && part(english) < share.english;
}
