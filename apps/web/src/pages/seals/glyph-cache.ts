import type { GlyphOutline, PathCommand } from "@chancery/seal-image";
import type { RouteAnswer } from "../../api.ts";

export type GlyphAnswer = RouteAnswer<"GET /v1/seal-glyphs">;
type GlyphJson = GlyphAnswer["glyphs"][string];

/** Outlines of characters, each asked for once; null where the font of the faces lacks the character. */
export interface GlyphCache {
  readonly known: ReadonlyMap<string, GlyphOutline | null>;
  /** The characters of a text that were not asked for yet. */
  readonly findUnknown: (characters: string) => string;
  readonly load: (characters: string) => Promise<void>;
}

/** Characters in one question; an answer of this many stays below half a megabyte. */
const MOST = 80;

/** Keeps what `ask` answered for the life of the page. */
export function createGlyphCache(ask: (text: string) => Promise<GlyphAnswer>): GlyphCache {
  const known = new Map<string, GlyphOutline | null>();
  const findUnknown = (characters: string): string =>
    [...new Set(characters)].filter((character) => !known.has(character)).join("");
  return {
    known,
    findUnknown,
    load: async (characters) => {
      const wanted = [...findUnknown(characters)];
      for (let from = 0; from < wanted.length; from += MOST) {
        const part = wanted.slice(from, from + MOST);
        const { glyphs } = await ask(part.join(""));
        for (const character of part) {
          const found = Object.hasOwn(glyphs, character) ? glyphs[character] : undefined;
          known.set(character, found ? readGlyph(found) : null);
        }
      }
    },
  };
}

function readGlyph({ advance, path, bounds }: GlyphJson): GlyphOutline {
  return { advance, bounds, path: path.map(readCommand) };
}

/** One command of an outline; throws where the answer is not one, for then nothing of the face could be trusted. */
export function readCommand([letter, ...rest]: readonly (string | number)[]): PathCommand {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN, d = Number.NaN, e = Number.NaN, f = Number.NaN] = rest.map(
    (value) => (typeof value === "number" ? value : Number.NaN),
  );
  const command: PathCommand | undefined =
    letter === "M" || letter === "L"
      ? [letter, a, b]
      : letter === "Q"
        ? ["Q", a, b, c, d]
        : letter === "C"
          ? ["C", a, b, c, d, e, f]
          : letter === "Z"
            ? ["Z"]
            : undefined;
  if (!command || command.length !== rest.length + 1 || command.some((value) => Number.isNaN(value)))
    throw new TypeError(`No outline command: ${String(letter)}`);
  return command;
}
