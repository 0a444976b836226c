import type { PageText, Rule, TextRun } from "@chancery/domain";
import {
  type AskedPages,
  chooseToDraw,
  countParts,
  joinPages,
  mostParts,
  type PageRead,
  type PagesRead,
} from "./page-parts.ts";
import { createThreadPool, shareBytes } from "./run-in-thread.ts";

export type PageTextAnswer =
  | { ok: true; pages: PageText[] }
  | { ok: false; code: "text.unreadable" | "text.too-slow" | "text.too-many-pages" | "text.busy" };

/** Pages read at the most; a longer document is refused rather than half checked. */
export const mostPages = 2000;
const read = createThreadPool<{ bytes: Uint8Array; asked: AskedPages }, PagesRead>(
  new URL("./page-text-worker.ts", import.meta.url),
  { timeMs: 30_000, memoryMb: 512, mostAtOnce: 2, mostWaiting: 20 * mostParts },
);

/** The size of a page as it is shown. */
export interface ShownSize {
  widthMm: number;
  heightMm: number;
}

/**
 * Reads the text of every page with its places in millimetres from the top left of the page as it is shown. It runs in
 * threads of its own with a limit of time and memory, because the file is whatever somebody uploaded. `shown` are the
 * sizes that seals are placed by: the reader of texts knows no user unit (ISO 32000-2, table 31), so its places are
 * brought to them. The pages of a longer document are parted among two threads.
 */
export async function readPageTexts(bytes: Uint8Array, shown: readonly ShownSize[]): Promise<PageTextAnswer> {
  const answer = await readInThreads(bytes, countParts(shown.length));
  return answer.ok ? { ok: true, pages: answer.pages.map((page) => scaleTo(page, shown[page.index])) } : answer;
}

/** A page's text in the sizes that seals are placed by. */
export function scaleTo(page: PageText, shown: ShownSize | undefined): PageText {
  const scale = shown && page.widthMm > 0 ? shown.widthMm / page.widthMm : 1;
  if (Math.abs(scale - 1) < 0.01) return page;
  const scaleBox = ({ x, y, width, height }: Rule): Rule => {
    return { x: x * scale, y: y * scale, width: width * scale, height: height * scale };
  };
  const toScale = (run: TextRun): TextRun => ({
    text: run.text,
    ...scaleBox(run),
    ...(run.turned === undefined ? {} : { turned: run.turned }),
  });
  return {
    ...page,
    widthMm: page.widthMm * scale,
    heightMm: page.heightMm * scale,
    runs: page.runs.map(toScale),
    ...(page.rules ? { rules: page.rules.map(scaleBox) } : {}),
    ...(page.unseen ? { unseen: page.unseen.map(toScale) } : {}),
    ...(page.pale ? { pale: page.pale.map(toScale) } : {}),
    ...(page.shown ? { shown: page.shown.map(toScale) } : {}),
    ...(page.otherwise ? { otherwise: page.otherwise.map((one) => ({ ...one, ...toScale(one) })) } : {}),
  };
}

async function readInThreads(bytes: Uint8Array, parts: number): Promise<PageTextAnswer> {
  const shared = shareBytes(bytes);
  const all = await readParts(
    shared,
    Array.from({ length: parts }, (_, first) => ({ mostPages, first, step: parts })),
  );
  if (!all.ok) return all;
  // Which pages full of pictures are drawn is chosen among all of them.
  const chosen = chooseToDraw(all.pages);
  const drawn = await readParts(
    shared,
    Array.from({ length: Math.min(parts, chosen.length) }, (_, part) => ({
      drawn: chosen.filter((_index, at) => at % parts === part),
    })),
  );
  return drawn.ok ? { ok: true, pages: joinPages([...all.pages, ...drawn.pages]) } : drawn;
}

async function readParts(
  bytes: Uint8Array,
  parts: readonly AskedPages[],
): Promise<{ ok: true; pages: PageRead[] } | Extract<PageTextAnswer, { ok: false }>> {
  const pages: PageRead[] = [];
  for (const outcome of await Promise.all(parts.map((asked) => read({ bytes, asked })))) {
    if (!outcome.ok) return { ok: false, code: outcome.why === "failed" ? "text.unreadable" : `text.${outcome.why}` };
    if (!outcome.answer.ok) return outcome.answer;
    pages.push(...outcome.answer.pages);
  }
  return { ok: true, pages };
}
