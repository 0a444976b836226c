import { inflateRawSync, inflateSync, constants as zlib } from "node:zlib";
import { isWhite } from "./byte-classes.ts";

/** What /DecodeParms says that matters for cross-reference and object streams (ISO 32000-2, tables 8 and 10). */
export type FilterParameters = {
  readonly predictor: number;
  readonly colors: number;
  readonly bitsPerComponent: number;
  readonly columns: number;
  readonly earlyChange: number;
};

export const DEFAULT_PARAMETERS: FilterParameters = {
  predictor: 1,
  colors: 1,
  bitsPerComponent: 8,
  columns: 1,
  earlyChange: 1,
};

/**
 * Undoes one filter (ISO 32000-2, 7.4). Never returns more than `limit` bytes: a stream that would is refused, because
 * its size is chosen by whoever made the file. Null for an unknown filter or damaged data.
 */
export function decodeFilter(
  name: string,
  data: Uint8Array,
  parameters: FilterParameters,
  limit: number,
): Uint8Array | null {
  switch (name) {
    case "FlateDecode":
    case "Fl":
      return withPredictor(inflate(data, limit), parameters);
    case "LZWDecode":
    case "LZW":
      return withPredictor(decodeLzw(data, parameters.earlyChange, limit), parameters);
    case "ASCIIHexDecode":
    case "AHx":
      return decodeAsciiHex(data);
    case "ASCII85Decode":
    case "A85":
      return decodeAscii85(data, limit);
    case "RunLengthDecode":
    case "RL":
      return decodeRunLength(data, limit);
    case "Crypt":
      // Undone before all filters, by the file's security.
      return data;
    default:
      return null;
  }
}

function inflate(data: Uint8Array, limit: number): Uint8Array | null {
  try {
    return inflateSync(data, { maxOutputLength: limit });
  } catch {
    // Writers that cut the last bytes or the checksum are common; readers take what inflates.
    try {
      return inflateRawSync(data.subarray(2), { maxOutputLength: limit, finishFlush: zlib.Z_SYNC_FLUSH });
    } catch {
      return null;
    }
  }
}

function withPredictor(data: Uint8Array | null, parameters: FilterParameters): Uint8Array | null {
  if (data === null || parameters.predictor <= 1) return data;
  const { colors, bitsPerComponent, columns } = parameters;
  const rowLength = Math.ceil((colors * bitsPerComponent * columns) / 8);
  const pixel = Math.max(1, (colors * bitsPerComponent) >> 3);
  if (!(rowLength > 0 && rowLength <= 1 << 26)) return null;
  if (parameters.predictor === 2) return bitsPerComponent === 8 ? undoTiff(data, rowLength, colors) : null;
  return undoPng(data, rowLength, pixel);
}

function undoTiff(data: Uint8Array, rowLength: number, colors: number): Uint8Array {
  const out = Uint8Array.from(data);
  for (let i = 0; i < out.length; i++) {
    if (i % rowLength >= colors) out[i] = ((out[i] ?? 0) + (out[i - colors] ?? 0)) & 255;
  }
  return out;
}

/** PNG filters (W3C PNG, clause 9), one filter byte before each row. A short last row is kept. */
function undoPng(data: Uint8Array, rowLength: number, pixel: number): Uint8Array {
  const rows = Math.ceil(data.length / (rowLength + 1));
  const out = new Uint8Array(Math.max(0, data.length - rows));
  for (let row = 0; row < rows; row++) {
    const from = row * (rowLength + 1);
    const to = row * rowLength;
    const length = Math.min(rowLength, data.length - from - 1);
    const kind = data[from] ?? 0;
    for (let i = 0; i < length; i++) {
      const left = i >= pixel ? (out[to + i - pixel] ?? 0) : 0;
      const up = row > 0 ? (out[to - rowLength + i] ?? 0) : 0;
      const corner = row > 0 && i >= pixel ? (out[to - rowLength + i - pixel] ?? 0) : 0;
      out[to + i] = ((data[from + 1 + i] ?? 0) + pngPrediction(kind, left, up, corner)) & 255;
    }
  }
  return out;
}

function pngPrediction(kind: number, left: number, up: number, corner: number): number {
  switch (kind) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const estimate = left + up - corner;
      const toLeft = Math.abs(estimate - left);
      const toUp = Math.abs(estimate - up);
      const toCorner = Math.abs(estimate - corner);
      if (toLeft <= toUp && toLeft <= toCorner) return left;
      return toUp <= toCorner ? up : corner;
    }
    default:
      return 0;
  }
}

function decodeLzw(data: Uint8Array, earlyChange: number, limit: number): Uint8Array | null {
  const out = new ByteSink(limit);
  let table: Uint8Array[] = [];
  const reset = (): void => {
    table = Array.from({ length: 258 }, (_, i) => Uint8Array.of(i & 255));
  };
  reset();
  let width = 9;
  let previous: Uint8Array | null = null;
  let bits = 0;
  let held = 0;
  for (const byte of data) {
    held = ((held << 8) | byte) & 0xffffff;
    bits += 8;
    if (bits < width) continue;
    bits -= width;
    const code = (held >> bits) & ((1 << width) - 1);
    if (code === 257) break;
    if (code === 256) {
      reset();
      width = 9;
      previous = null;
      continue;
    }
    let entry = table[code];
    if (entry === undefined) {
      if (previous === null || code !== table.length) return null;
      entry = extend(previous, previous[0] ?? 0);
    }
    if (!out.append(entry)) return null;
    if (previous !== null && table.length < 4096) table.push(extend(previous, entry[0] ?? 0));
    previous = entry;
    const next = table.length + earlyChange;
    width = next >= 2048 ? 12 : next >= 1024 ? 11 : next >= 512 ? 10 : 9;
  }
  return out.bytes();
}

function extend(bytes: Uint8Array, last: number): Uint8Array {
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  longer[bytes.length] = last;
  return longer;
}

function decodeAsciiHex(data: Uint8Array): Uint8Array | null {
  let digits = "";
  for (const byte of data) {
    if (byte === 0x3e) break;
    if (!isWhite(byte)) digits += String.fromCharCode(byte);
  }
  if (!/^[0-9a-fA-F]*$/.test(digits)) return null;
  return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex");
}

function decodeAscii85(data: Uint8Array, limit: number): Uint8Array | null {
  const out = new ByteSink(limit);
  let group: number[] = [];
  const flush = (count: number): boolean => {
    let value = 0;
    for (let i = 0; i < 5; i++) value = value * 85 + (group[i] ?? 84);
    group = [];
    const four = [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) & 255);
    return value <= 0xffffffff && out.append(Uint8Array.from(four.slice(0, count)));
  };
  for (const byte of data) {
    if (byte === 0x7e) break;
    if (isWhite(byte)) continue;
    if (byte === 0x7a && group.length === 0) {
      if (!out.append(new Uint8Array(4))) return null;
    } else if (byte < 33 || byte > 117) return null;
    else if (group.push(byte - 33) === 5 && !flush(4)) return null;
  }
  if (group.length > 1 && !flush(group.length - 1)) return null;
  return out.bytes();
}

function decodeRunLength(data: Uint8Array, limit: number): Uint8Array | null {
  const out = new ByteSink(limit);
  for (let i = 0; i < data.length; ) {
    const length = data[i++] ?? 128;
    if (length === 128) break;
    const run = length < 128 ? data.subarray(i, i + length + 1) : new Uint8Array(257 - length).fill(data[i] ?? 0);
    i += length < 128 ? length + 1 : 1;
    if (!out.append(run)) return null;
  }
  return out.bytes();
}

/** Grows by doubling up to a limit. */
class ByteSink {
  #buffer = new Uint8Array(1024);
  #length = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  append(bytes: Uint8Array): boolean {
    const length = this.#length + bytes.length;
    if (length > this.#limit) return false;
    if (length > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(length, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = length;
    return true;
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}
