import type { Outcome, Refusal } from "./outcome.ts";
import { refuse, succeed } from "./outcome.ts";
import { encodeUtf8, parseUtf8 } from "./strict-text.ts";

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

export type CanonicalJsonCode =
  | "canonical-json.number-invalid"
  | "canonical-json.text-invalid"
  | "canonical-json.value-invalid"
  | "canonical-json.too-deep"
  | "canonical-json.not-canonical";

const maxDepth = 64;

/**
 * The one UTF-8 form of a JSON value (RFC 8785): no white space, keys sorted by UTF-16 code units, numbers and strings
 * as ECMAScript writes them. Refused, because no canonical form is theirs: NaN and infinities, text with lone
 * surrogates, undefined, functions, symbols, bigints, objects with a prototype of their own such as Date, arrays with
 * holes, and nesting deeper than 64 (which also ends a cycle).
 */
export function encodeCanonicalJson(value: JsonValue): Outcome<Uint8Array, CanonicalJsonCode> {
  const parts: string[] = [];
  const refusal = write(value, parts, 0);
  return refusal ?? succeed(encodeUtf8(parts.join("")));
}

/** The value of bytes that are canonical; any other spelling of the same value is refused. */
export function parseCanonicalJson(bytes: Uint8Array): Outcome<JsonValue, CanonicalJsonCode> {
  const text = parseUtf8(bytes);
  if (text === undefined) return refuse("canonical-json.text-invalid", "The bytes are not valid UTF-8.");
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse("canonical-json.not-canonical", "The text is not JSON.");
  }
  const parts: string[] = [];
  const refusal = write(value, parts, 0);
  if (refusal !== undefined) return refusal;
  // Also catches doubled keys, of which JSON.parse keeps only the last.
  if (parts.join("") !== text) return refuse("canonical-json.not-canonical", "The value has another canonical form.");
  return succeed(value);
}

function write(value: unknown, parts: string[], depth: number): Refusal<CanonicalJsonCode> | undefined {
  if (depth > maxDepth) return refuse("canonical-json.too-deep", `Values nest deeper than ${maxDepth}.`);
  if (value === null || typeof value === "boolean") {
    parts.push(String(value));
    return undefined;
  }
  if (typeof value === "number") {
    // RFC 8785, section 3.2.2.3: ECMAScript's own number form, which also writes minus zero as 0.
    if (!Number.isFinite(value)) return refuse("canonical-json.number-invalid", "NaN and infinities are not JSON.");
    parts.push(String(value));
    return undefined;
  }
  if (typeof value === "string") return writeString(value, parts);
  if (Array.isArray(value)) return writeArray(value, parts, depth);
  if (typeof value === "object" && isPlainObject(value)) return writeObject(value, parts, depth);
  return refuse("canonical-json.value-invalid", "Only JSON values have a canonical form.");
}

function writeString(value: string, parts: string[]): Refusal<CanonicalJsonCode> | undefined {
  if (!value.isWellFormed()) return refuse("canonical-json.text-invalid", "A text has a lone surrogate.");
  // For well-formed text JSON.stringify writes exactly the escapes of RFC 8785, section 3.2.2.2.
  parts.push(JSON.stringify(value));
  return undefined;
}

function writeArray(
  values: readonly unknown[],
  parts: string[],
  depth: number,
): Refusal<CanonicalJsonCode> | undefined {
  parts.push("[");
  for (const [at, value] of values.entries()) {
    if (at > 0) parts.push(",");
    const refusal = write(value, parts, depth + 1);
    if (refusal !== undefined) return refusal;
  }
  parts.push("]");
  return undefined;
}

function writeObject(value: object, parts: string[], depth: number): Refusal<CanonicalJsonCode> | undefined {
  // The default order of sort is by UTF-16 code units, which RFC 8785, section 3.2.3 asks for.
  const members = new Map<string, unknown>(Object.entries(value));
  parts.push("{");
  for (const [at, key] of [...members.keys()].sort().entries()) {
    if (at > 0) parts.push(",");
    const refusal = writeString(key, parts);
    if (refusal !== undefined) return refusal;
    parts.push(":");
    const inner = write(members.get(key), parts, depth + 1);
    if (inner !== undefined) return inner;
  }
  parts.push("}");
  return undefined;
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return (prototype === null || prototype === Object.prototype) && Object.getOwnPropertySymbols(value).length === 0;
}
