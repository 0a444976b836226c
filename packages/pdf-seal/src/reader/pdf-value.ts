/**
 * PDF values (ISO 32000-2, 7.3) as they stand in the file. Every value knows the bytes it was read from, so a writer can
 * copy what it does not change byte for byte and a verifier can compare revisions without re-serialising.
 */

/** Where a value stands: `source[start, end)`. The source is the file itself or the decoded data of an object stream. */
type Place = { readonly source: Uint8Array; readonly start: number; readonly end: number };

export type PdfNull = Place & { readonly kind: "null" };
export type PdfBoolean = Place & { readonly kind: "boolean"; readonly value: boolean };
export type PdfNumber = Place & { readonly kind: "number"; readonly value: number };
/** `value` holds the name's bytes after #xx decoding, one character per byte (Latin-1). */
export type PdfName = Place & { readonly kind: "name"; readonly value: string };
/** `bytes` are the string's bytes after escapes or hexadecimal digits are decoded, and after any decryption. */
export type PdfString = Place & { readonly kind: "string"; readonly bytes: Uint8Array; readonly hex: boolean };
export type PdfReference = Place & { readonly kind: "reference"; readonly number: number; readonly generation: number };
export type PdfArray = Place & { readonly kind: "array"; readonly items: readonly PdfValue[] };
/** `keyStart` is where the key's solidus stands. `duplicateKeys` is true where a key stood twice; the last one counts. */
export type PdfDictionary = Place & {
  readonly kind: "dictionary";
  readonly entries: ReadonlyMap<string, PdfEntry>;
  readonly duplicateKeys: boolean;
};
export type PdfEntry = { readonly keyStart: number; readonly keyEnd: number; readonly value: PdfValue };
/**
 * `source[dataStart, dataEnd)` are the encoded bytes. `lengthIsRight` tells whether /Length led to `endstream`. The
 * number and generation are those of the object, which a stream always is of its own.
 */
export type PdfStream = Place & {
  readonly kind: "stream";
  readonly number: number;
  readonly generation: number;
  readonly dictionary: PdfDictionary;
  readonly dataStart: number;
  readonly dataEnd: number;
  readonly lengthIsRight: boolean;
};
/** A bare word that is no PDF value; read as null by all who ask for a kind, kept so that comparison sees it. */
export type PdfWord = Place & { readonly kind: "word" };

export type PdfValue =
  | PdfNull
  | PdfBoolean
  | PdfNumber
  | PdfName
  | PdfString
  | PdfReference
  | PdfArray
  | PdfDictionary
  | PdfStream
  | PdfWord;

/** An indirect object and where it lies. */
export type PdfObject = {
  readonly number: number;
  readonly generation: number;
  readonly value: PdfValue;
  /** `source[start, end)` is the whole object: from its number to after `endobj`, or only its value inside a stream. */
  readonly source: Uint8Array;
  readonly start: number;
  readonly end: number;
  /** The object stream that holds it, or null where it stands in the file itself. */
  readonly container: { readonly number: number; readonly index: number } | null;
};

/** The value's own bytes. */
export function rawBytes(value: PdfValue): Uint8Array {
  return value.source.subarray(value.start, value.end);
}

/** The dictionary of a dictionary or of a stream, else null. */
export function findDictionary(value: PdfValue | null | undefined): PdfDictionary | null {
  if (value?.kind === "dictionary") return value;
  return value?.kind === "stream" ? value.dictionary : null;
}

/** The entry of a dictionary (or of a stream's dictionary) as it stands, unresolved; null where it is missing. */
export function findEntry(value: PdfValue | null | undefined, key: string): PdfValue | null {
  return findDictionary(value)?.entries.get(key)?.value ?? null;
}

/** A name's text, else null. */
export function findNameText(value: PdfValue | null | undefined): string | null {
  return value?.kind === "name" ? value.value : null;
}

/** A number, else null. */
export function findNumber(value: PdfValue | null | undefined): number | null {
  return value?.kind === "number" ? value.value : null;
}

/** A whole number at least zero, else null. */
export function findCount(value: PdfValue | null | undefined): number | null {
  return value?.kind === "number" && Number.isSafeInteger(value.value) && value.value >= 0 ? value.value : null;
}
