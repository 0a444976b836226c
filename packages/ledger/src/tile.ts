import { maxTreeSize } from "./merkle-hash.ts";
import type { Outcome } from "./outcome.ts";
import { refuse, succeed } from "./outcome.ts";
import { parseDecimal } from "./strict-text.ts";

/** Levels of the Merkle tree in one tile (C2SP tlog-tiles). */
export const tileHeight = 8;

/** Hashes in a full tile. */
export const tileWidth = 256;

/** One hash tile: `index` counts within `level`, `width` is 1 to 256 hashes; 256 is a full tile. */
export type TileAddress = { readonly level: number; readonly index: number; readonly width: number };

/** The bundle of the entries whose leaf hashes stand in the level-0 tile with the same index and width. */
export type EntryBundleAddress = { readonly index: number; readonly width: number };

export type TileResource =
  | ({ readonly kind: "hashes" } & TileAddress)
  | ({ readonly kind: "entries" } & EntryBundleAddress);

const pathPattern = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/;
const maxLevel = 63;

/** How many hashes a tile has in a tree of `size` leaves: 0 where the tile does not exist yet, 256 where it is full. */
export function getTileWidth(size: number, level: number, index: number): number {
  const hashes = Math.floor(size / tileWidth ** level);
  return Math.max(0, Math.min(tileWidth, hashes - index * tileWidth));
}

/** The resource path `tile/<L>/<N>[.p/<W>]` of C2SP tlog-tiles. Throws RangeError for an address no tree has. */
export function encodeTilePath(tile: TileAddress): string {
  requireAddress(tile);
  return `tile/${tile.level}/${encodeIndex(tile.index)}${encodeWidth(tile.width)}`;
}

/** The resource path `tile/entries/<N>[.p/<W>]` of C2SP tlog-tiles. Throws RangeError for an address no tree has. */
export function encodeEntryBundlePath(bundle: EntryBundleAddress): string {
  requireAddress({ level: 0, ...bundle });
  return `tile/entries/${encodeIndex(bundle.index)}${encodeWidth(bundle.width)}`;
}

/** Reads the path of a hash tile or an entry bundle; only the one spelling that the encoders write is accepted. */
export function parseTilePath(path: string): Outcome<TileResource, "tile.path-invalid"> {
  const match = pathPattern.exec(path);
  const [, kind, elements, partial] = match ?? [];
  if (kind === undefined || elements === undefined) {
    return refuse("tile.path-invalid", "The path has not the form tile/<level>/<index>[.p/<width>].");
  }
  const level = kind === "entries" ? 0 : parseDecimal(kind);
  const index = Number(elements.replaceAll(/[x/]/g, ""));
  const width = partial === undefined ? tileWidth : parseDecimal(partial);
  // A leading group of zeroes, a leading zero in level or width, or a full width written as partial is a second name.
  if (level === undefined || width === undefined || elements.startsWith("x000/")) {
    return refuse("tile.path-invalid", "Level, index and width are written without superfluous zeroes.");
  }
  if ((partial !== undefined && width === tileWidth) || !isAddress({ level, index, width })) {
    return refuse("tile.path-invalid", "No tree has a tile with this level, index and width.");
  }
  return succeed(kind === "entries" ? { kind, index, width } : { kind: "hashes", level, index, width });
}

function isAddress({ level, index, width }: TileAddress): boolean {
  if (!Number.isSafeInteger(level) || level < 0 || level > maxLevel) return false;
  if (!Number.isSafeInteger(index) || index < 0) return false;
  if (!Number.isSafeInteger(width) || width < 1 || width > tileWidth) return false;
  return index * tileWidth + width <= maxTreeSize / tileWidth ** level;
}

function requireAddress(tile: TileAddress): void {
  if (!isAddress(tile)) throw new RangeError("No tree has a tile with this level, index and width.");
}

function encodeIndex(index: number): string {
  const digits = String(index);
  const padded = digits.padStart(Math.ceil(digits.length / 3) * 3, "0");
  return padded.replaceAll(/[0-9]{3}(?=[0-9])/g, "x$&/");
}

function encodeWidth(width: number): string {
  return width === tileWidth ? "" : `.p/${width}`;
}
