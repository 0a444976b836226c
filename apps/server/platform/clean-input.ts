import type { UnfitField } from "./input-words.ts";

/** No input of ours is nested deeper; what is would overflow whoever writes it down. */
const deepest = 32;

/**
 * What of the input can not be kept, whatever the schema allows: NUL, which no database text holds, half a character,
 * and nesting without end. Null where everything fits.
 */
export function findUnfitText(value: unknown, path = "", depth = 0): UnfitField | null {
  if (typeof value === "string")
    return isFit(value) ? null : { path, message: "holds a character that can not be kept", zh: "含有无法保存的字符" };
  if (typeof value !== "object" || value === null) return null;
  if (depth > deepest) return { path: "", message: "is nested too deeply", zh: "层级过深" };
  for (const [key, inner] of Object.entries(value)) {
    if (!isFit(key))
      return { path, message: "holds a name with a character that can not be kept", zh: "含有无法保存的字符" };
    const found = findUnfitText(inner, path === "" ? key : `${path}.${key}`, depth + 1);
    if (found) return found;
  }
  return null;
}

const isFit = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

/** Marks that turn the direction of writing: with one of them `fdp.exe` reads as `exe.pdf`. */
const turning = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The same value with no turning marks in any of its texts: what others decide on reads as it is written. */
export function cleanTexts<T>(value: T): T {
  const clean = (one: unknown): unknown => {
    if (typeof one === "string") return one.replace(turning, "");
    if (Array.isArray(one)) return one.map(clean);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, clean(inner)]));
  };
  return clean(value) as T;
}

/** A file's name as it may be shown and used for a download: no folders, no control or turning characters. */
export function cleanFileName(name: string, otherwise: string): string {
  const base = name.toWellFormed().split(/[\\/]/).at(-1) ?? "";
  const clean = [
    ...base
      .replace(/[\p{Cc}\u2028\u2029]/gu, "")
      .replace(turning, "")
      .trim(),
  ]
    .slice(-200)
    .join("");
  return clean === "" ? otherwise : clean;
}
