import { type JsonValue, parseCanonicalJson } from "@chancery/ledger";

/**
 * What a page says of a ledger entry. A proof that some entry stands at a place is worth nothing to a reader unless that
 * entry says what he was shown, so each part named here must be so in the body that was hashed.
 */
export interface ExpectedEntry {
  readonly eventId?: string;
  readonly type?: string;
  readonly at?: string;
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
  /** The whole body, where the page shows it. */
  readonly text?: string;
}

/** Whether the body that was hashed says everything that the page says of it. */
export function saysSo(body: Uint8Array, expected: ExpectedEntry): boolean {
  const parsed = parseCanonicalJson(body);
  if (!parsed.ok || !isRecord(parsed.value)) return false;
  const { id, type, at, facts } = parsed.value;
  if (expected.eventId !== undefined && expected.eventId !== id) return false;
  if (expected.type !== undefined && expected.type !== type) return false;
  if (expected.at !== undefined && expected.at !== at) return false;
  if (expected.text !== undefined && expected.text !== new TextDecoder().decode(body)) return false;
  if (expected.facts === undefined) return true;
  const said = isRecord(facts) ? facts : {};
  return Object.entries(expected.facts).every(([name, value]) => Object.hasOwn(said, name) && said[name] === value);
}

/** Kind and time of an entry as its body says; empty where it says none. */
export function readEntry(body: Uint8Array): { readonly type: string; readonly at: string } {
  const parsed = parseCanonicalJson(body);
  const { type, at } = parsed.ok && isRecord(parsed.value) ? parsed.value : {};
  const time = typeof at === "string" && !Number.isNaN(Date.parse(at)) ? at : "";
  return { type: typeof type === "string" ? type : "", at: time };
}

/** The body as people can read it, with its fields in lines; as it is where it is no JSON object. */
export function writeEntry(body: Uint8Array): string {
  const parsed = parseCanonicalJson(body);
  if (!parsed.ok) return new TextDecoder().decode(body);
  return JSON.stringify(parsed.value, null, 2);
}

function isRecord(value: unknown): value is Readonly<Record<string, JsonValue>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
