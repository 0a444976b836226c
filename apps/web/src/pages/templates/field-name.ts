import type { Language } from "../../i18n/language.ts";

/** What is said of a field by its number, or by the words that its document has for it. */
export type FieldSaid =
  | { readonly key: "newField"; readonly number: number }
  | { readonly key: "fieldCalled"; readonly name: string }
  | { readonly key: null; readonly name: string };

/** A field is called by words of its document: on an English page Chinese ones stand as a quotation, and a number is said in the page's language. */
export function findFieldSaid(name: string, language: Language): FieldSaid {
  const [, number] = /^Field (\d+)$/iu.exec(name) ?? [];
  if (number !== undefined) return { key: "newField", number: Number(number) };
  const isForeign = language === "en" && /\p{Script=Han}/u.test(name) && !/\p{Script=Latin}/u.test(name);
  return { key: isForeign ? "fieldCalled" : null, name };
}
