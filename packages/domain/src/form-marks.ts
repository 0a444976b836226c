import type { TextBox } from "./document-text.ts";
import { type FieldKind, fieldLengths, guessFieldKind } from "./template-fields.ts";

/** A field of a PDF's own form, as it stands on a page. */
export interface FormPlace {
  readonly name: string;
  readonly page: number;
  readonly box: TextBox;
  /** As many as the form itself takes. */
  readonly mostCharacters: number | null;
}
/** A field of a form as a field of a template: a drawn one, with all that is said of it. */
export interface FormMark {
  readonly name: string;
  readonly kind: FieldKind;
  readonly mostCharacters: number;
  readonly page: number;
  readonly place: TextBox;
}

/** As many as a template has at the most. */
const mostMarks = 200;
const mostName = 60;
const mostCharacters = 400;
/** Smaller than that it is no place for a value. */
const leastMm = 2;
const tenth = (mm: number): number => Math.round(mm * 10) / 10;

/** The fields of a form as those of a template, each once; what stands off its page is none. */
export function markFormFields(
  fields: readonly FormPlace[],
  pages: readonly { readonly widthMm: number; readonly heightMm: number }[],
): FormMark[] {
  return fields
    .flatMap(({ name, page, box, mostCharacters: most }, at): FormMark[] => {
      const paper = pages[page];
      if (paper === undefined) return [];
      const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
      const width = Math.min(box.x + box.width, paper.widthMm) - left;
      const height = Math.min(box.y + box.height, paper.heightMm) - top;
      if (!(width >= leastMm && height >= leastMm)) return [];
      const said = name.replace(/(?<=\p{Ll})(?=\p{Lu})|_+/gu, " ").trim();
      const kind = guessFieldKind(said);
      const place = { x: tenth(left), y: tenth(top), width: tenth(width), height: tenth(height) };
      const length = Math.max(1, Math.min(mostCharacters, Math.trunc(most ?? fieldLengths[kind])));
      return [{ name: said.slice(0, mostName) || `field ${at + 1}`, kind, mostCharacters: length, page, place }];
    })
    .slice(0, mostMarks);
}
