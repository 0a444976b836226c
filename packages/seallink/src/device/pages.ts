import { crc32 } from "../wire/bytes.ts";
import type { ControllerStorage } from "./ports.ts";

/** A text with its check sum, so that a torn write is seen. */
export function sealText(text: string): string {
  return `${crc32(text)}${text}`;
}

/** The text of `sealText`; undefined where it is missing or torn. */
export function openText(stored: string | undefined): string | undefined {
  if (stored === undefined) return undefined;
  const text = stored.slice(8);
  return crc32(text) === stored.slice(0, 8) ? text : undefined;
}

/**
 * A text that is replaced as a whole: two pages that take turns, of which the newer whole one counts. A write that is cut
 * leaves the text as it was (clause 3.5).
 */
export class TwoPages {
  readonly #storage: ControllerStorage;
  readonly #name: string;
  #turn = 0;

  constructor(storage: ControllerStorage, name: string) {
    this.#storage = storage;
    this.#name = name;
  }

  async read(): Promise<string | undefined> {
    const pages = [await this.#readPage("a"), await this.#readPage("b")];
    const newest = pages.reduce((best, page) => ((page?.turn ?? -1) > (best?.turn ?? -1) ? page : best), undefined);
    this.#turn = newest?.turn ?? 0;
    return newest?.text;
  }

  async write(text: string): Promise<void> {
    this.#turn += 1;
    const page = this.#turn % 2 === 0 ? "a" : "b";
    await this.#storage.write(`${this.#name}.${page}`, sealText(`${this.#turn}\n${text}`));
  }

  async #readPage(page: "a" | "b"): Promise<{ readonly turn: number; readonly text: string } | undefined> {
    const content = openText(await this.#storage.read(`${this.#name}.${page}`));
    if (content === undefined) return undefined;
    const end = content.indexOf("\n");
    return { turn: Number(content.slice(0, end)), text: content.slice(end + 1) };
  }
}
