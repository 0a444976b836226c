import { boundBoxes, type DocumentPage, type TextBox } from "./document-text.ts";
import { SHOWN_OTHERWISE, type ShownOtherwise } from "./page-text.ts";
import type { LocalName } from "./vocabulary.ts";

type Kind = ShownOtherwise["kind"];
/** A page, from 0, that shows something else than what can be read on it: how, what can be read there, and where. */
export interface PageShownOtherwise {
  readonly page: number;
  readonly kinds: readonly Kind[];
  readonly text: string;
  readonly box: TextBox;
}

/** Pages told at the most: whoever reads so many reads the others, too. */
const mostPages = 20;
const mostSaid = 200;

/**
 * Pages that show something else than what can be read on them. Words that are drawn, or turned, on a page that is a picture (`pictured`) are
 * told with it as a whole.
 */
export function listShownOtherwise(pages: readonly DocumentPage[], pictured: readonly number[]): PageShownOtherwise[] {
  return pages
    .flatMap(({ index, otherwise = [] }) => {
      const places = otherwise.filter(
        ({ kind }) => (kind !== "drawn" && kind !== "turned") || !pictured.includes(index),
      );
      if (places.length === 0) return [];
      const text = places.flatMap((one) => (one.text === "" ? [] : [one.text])).join(" / ");
      const kinds = SHOWN_OTHERWISE.filter((kind) => places.some((one) => one.kind === kind));
      return [{ page: index, kinds, text: text.slice(0, mostSaid), box: boundBoxes(places) }];
    })
    .slice(0, mostPages);
}

/** A page and how it shows something else, as it stands in a disagreement: `2 covered,drawn`. */
export const writeShownOtherwise = ({ page, kinds }: PageShownOtherwise): string => `${page + 1} ${kinds.join(",")}`;

export function readShownOtherwise(written: string): { readonly page: number; readonly kinds: readonly Kind[] } {
  const [page = "", kinds = ""] = written.split(" ");
  return { page: Number(page), kinds: SHOWN_OTHERWISE.filter((kind) => kinds.split(",").includes(kind)) };
}

const said: Readonly<Record<Kind, LocalName>> = {
  covered: { en: "text that nobody sees stands under what is shown", zh: "所显示内容之下有看不见的文字" },
  drawn: { en: "words are drawn or in a picture and were not read", zh: "有以图形或图片呈现、系统未读取的文字" },
  letters: { en: "letters show others than the file says", zh: "字形与文件所载字符不一致" },
  turned: { en: "text does not run from left to right", zh: "有竖排、旋转或倾斜的文字" },
};

/** The same in words. */
export function sayShownOtherwise(written: string): LocalName {
  const { page, kinds } = readShownOtherwise(written);
  return {
    en: `page ${page}: ${kinds.map((kind) => said[kind].en).join("; ")}`,
    zh: `第 ${page} 页：${kinds.map((kind) => said[kind].zh).join("；")}`,
  };
}
