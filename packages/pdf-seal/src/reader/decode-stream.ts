import type { FileSecurity } from "./file-security.ts";
import { findCount, findEntry, findNameText, type PdfStream, type PdfValue } from "./pdf-value.ts";
import { DEFAULT_PARAMETERS, decodeFilter, type FilterParameters } from "./stream-filters.ts";
import type { StreamDecoder } from "./xref-section.ts";

const OPENING_LIMIT = 256 << 20;
/** The most that deflate can grow. */
const DEFLATE_GROWTH = 1032;
const FILTER_LIMIT = 8;

/**
 * For streams whose filters are direct, as the standard demands of cross-reference streams. All that one opening
 * decodes together is bounded: a small file may name a thousand streams that each grow a thousandfold.
 */
export function createDirectDecoder(): StreamDecoder {
  let left = OPENING_LIMIT;
  return (stream, limit) => {
    if (left <= 0) return null;
    const data = decodeStreamWith(stream, Math.min(limit, left), (value) => value);
    left -= data?.length ?? Math.min(limit, (stream.dataEnd - stream.dataStart) * DEFLATE_GROWTH);
    return data;
  };
}

/** A stream's data with its filters undone; null for unknown filters, damage, or more than `limit` bytes. */
export function decodeStreamWith(
  stream: PdfStream,
  limit: number,
  resolve: (value: PdfValue | null) => PdfValue | null,
  security: FileSecurity | null = null,
): Uint8Array | null {
  const list = (value: PdfValue | null): readonly PdfValue[] => {
    if (value === null || value.kind === "null") return [];
    return value.kind === "array" ? value.items : [value];
  };
  const entry = (key: string, short: string): PdfValue | null =>
    resolve(findEntry(stream, key) ?? findEntry(stream, short));
  const filters = list(entry("Filter", "F"));
  const parameters = list(entry("DecodeParms", "DP"));
  if (filters.length > FILTER_LIMIT) return null;
  // Cross-reference streams are never encrypted (7.5.8.2).
  const isPlain = security === null || findNameText(resolve(findEntry(stream, "Type"))) === "XRef";
  let data: Uint8Array | null = isPlain
    ? stream.source.subarray(stream.dataStart, stream.dataEnd)
    : security.decryptStream(stream, resolve);
  for (const [i, filter] of filters.entries()) {
    const name = findNameText(resolve(filter));
    if (name === null || data === null) return null;
    data = decodeFilter(name, data, readParameters(resolve(parameters[i] ?? null), resolve), limit);
  }
  return data;
}

function readParameters(
  value: PdfValue | null,
  resolve: (value: PdfValue | null) => PdfValue | null,
): FilterParameters {
  if (value === null) return DEFAULT_PARAMETERS;
  const read = (key: string, fallback: number): number => findCount(resolve(findEntry(value, key))) ?? fallback;
  return {
    predictor: read("Predictor", 1),
    colors: read("Colors", 1),
    bitsPerComponent: read("BitsPerComponent", 8),
    columns: read("Columns", 1),
    earlyChange: read("EarlyChange", 1),
  };
}
