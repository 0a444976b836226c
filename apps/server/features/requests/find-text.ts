import type { PageText } from "@chancery/domain";

export interface FoundText {
  page: number;
  box: { x: number; y: number; width: number; height: number };
}

/**
 * Where a text stands: both sides are folded by NFKC (some writers map 方 or 日 to Kangxi radicals) and without spaces;
 * the place within a run is taken in proportion to its characters.
 */
export function findText(pages: readonly PageText[], wanted: string): FoundText[] {
  const fold = (text: string): string => text.normalize("NFKC").replace(/\s/gu, "").toLowerCase();
  const needle = fold(wanted);
  if (needle === "") return [];
  const found: FoundText[] = [];
  for (const page of pages) {
    for (const run of page.runs) {
      const text = fold(run.text);
      for (
        let at = text.indexOf(needle);
        at >= 0 && found.length < 200;
        at = text.indexOf(needle, at + needle.length)
      ) {
        const unit = run.width / Math.max(1, text.length);
        found.push({
          page: page.index,
          box: { x: run.x + unit * at, y: run.y, width: unit * needle.length, height: run.height },
        });
      }
    }
  }
  return found;
}
