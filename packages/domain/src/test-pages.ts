import type { PageText, TextRun } from "./page-text.ts";

const widthOf = (text: string): number => {
  let width = 0;
  for (const letter of text) width += /[\p{Script=Han}　：，。（）【】]/u.test(letter) ? 4 : 2;
  return width;
};

/** Paragraphs laid out on pages for tests, as a writer of texts does it: words flow to the next line and page. */
export function layOut(paragraphs: readonly string[], change: { head?: string; lines?: number } = {}): PageText[] {
  const most = change.lines ?? 36;
  const pages: TextRun[][] = [[]];
  let line = 0;
  const turn = (): void => {
    if (line < most) return;
    pages.push([]);
    line = 0;
  };
  for (const paragraph of paragraphs) {
    let text = "";
    const put = (): void => {
      turn();
      if (text !== "") pages.at(-1)?.push({ text, x: 20, y: 35 + line * 6, width: widthOf(text), height: 4 });
      line += 1;
      text = "";
    };
    for (const piece of paragraph.match(/[a-zA-Z0-9.,'{}_-]+ ?|./gu) ?? []) {
      if (widthOf(text + piece) > 170) put();
      if (text !== "" || piece !== " ") text += piece;
    }
    put();
  }
  return pages.map((runs, index) => ({
    ...{ index, widthMm: 210, heightMm: 297, imageCoverage: 0 },
    runs: change.head ? [{ text: change.head, x: 20, y: 10, width: widthOf(change.head), height: 4 }, ...runs] : runs,
  }));
}
