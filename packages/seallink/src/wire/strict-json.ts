import { type Outcome, refuse, succeed } from "./outcome.ts";

/** Largest signed text or message in characters (clause 3.4). */
export const maxTextLength: number = 64 * 1024;

/** Deepest nesting of objects and lists, the outermost counted (clause 3.4). */
export const maxDepth = 5;

export type JsonObject = { readonly [key: string]: unknown };

/**
 * The object that a JSON text spells. Refused beyond the grammar: more than 64 Ki characters, more than five levels, a
 * doubled key, a key that reaches a prototype, lone surrogates, and anything but an object outermost.
 */
export function parseJsonObject(text: string): Outcome<JsonObject, "FORMAT"> {
  if (text.length > maxTextLength) return refuse("FORMAT", `A text has at most ${maxTextLength} characters.`);
  if (!text.isWellFormed()) return refuse("FORMAT", "The text has a lone surrogate.");
  // Before JSON.parse, which would build what it is given, however deep.
  const finding = scan(text);
  if (finding !== undefined) return refuse("FORMAT", finding);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("FORMAT", "The text is not JSON.");
  }
  if (!isJsonObject(value)) return refuse("FORMAT", "The outermost value is not an object.");
  return succeed(value);
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const forbiddenKeys: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);
const stringPattern = /"[^"\\]*(?:\\.[^"\\]*)*"/y;
const keyEndPattern = /\s*:/y;

/** What is wrong with depth and keys; the grammar is JSON.parse's business. */
function scan(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "{" || character === "[") {
      open.push(character === "{" ? new Set() : null);
      if (open.length > maxDepth) return `Values nest deeper than ${maxDepth}.`;
    } else if (character === "}" || character === "]") {
      open.pop();
    } else if (character === '"') {
      stringPattern.lastIndex = at;
      const literal = stringPattern.exec(text)?.[0];
      if (literal === undefined) return "The text is not JSON.";
      at += literal.length - 1;
      keyEndPattern.lastIndex = at + 1;
      const keys = open.at(-1);
      if (keys && keyEndPattern.test(text)) {
        const finding = takeKey(literal, keys);
        if (finding !== undefined) return finding;
      }
    }
  }
  return undefined;
}

function takeKey(literal: string, keys: Set<string>): string | undefined {
  const key = readKey(literal);
  if (key === undefined) return "A key is not well formed.";
  if (forbiddenKeys.has(key)) return `The key ${key} is not accepted.`;
  if (keys.has(key)) return `The key ${key} stands twice.`;
  keys.add(key);
  return undefined;
}

/** The key that a literal spells: by escapes it may spell one that it does not look like. */
function readKey(literal: string): string | undefined {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  try {
    const key: unknown = JSON.parse(literal);
    return typeof key === "string" && key.isWellFormed() ? key : undefined;
  } catch {
    return undefined;
  }
}
