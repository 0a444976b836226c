import type { Box } from "../requests/placement.ts";
import type { Mark, TemplateDetail } from "./queries.ts";

export type Field = TemplateDetail["fields"][number];

/** What a field takes where nobody said otherwise; a Chinese character counts as two. */
const MOST: Readonly<Record<Mark["kind"], number>> = { text: 100, amount: 80, date: 40, party: 120, words: 200 };
/** A box that is drawn by a slip of the hand is none. */
const LEAST_MM = 2;

const tenth = (mm: number): number => Math.round(mm * 10) / 10;

/** A box between two points of a page, whichever way it was drawn, kept on the page; null where it is too small. */
export function boxBetween(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  page: { readonly widthMm: number; readonly heightMm: number },
): Box | null {
  const keep = (mm: number, most: number): number => Math.min(Math.max(0, mm), most);
  const [x1, x2] = [from.x, to.x].map((x) => keep(x, page.widthMm)).toSorted((a, b) => a - b) as [number, number];
  const [y1, y2] = [from.y, to.y].map((y) => keep(y, page.heightMm)).toSorted((a, b) => a - b) as [number, number];
  const box = { x: tenth(x1), y: tenth(y1), width: tenth(x2 - x1), height: tenth(y2 - y1) };
  return box.width < LEAST_MM || box.height < LEAST_MM ? null : box;
}

/** A field that was drawn. */
export function makeMark(name: string, page: number, place: Box): Mark {
  return { name, kind: "text", mostCharacters: MOST.text, page, place };
}

/** A field that the text itself leaves open, to be called or limited otherwise: it becomes a drawn one in its place. */
export function takeOver({ name, kind, mostCharacters, page, box }: Field): Mark {
  const around = { x: box.x - 0.5, y: box.y - 0.5, width: box.width + 1, height: box.height + 1 };
  const place = {
    ...{ x: tenth(Math.max(0, around.x)), y: tenth(Math.max(0, around.y)) },
    ...{ width: tenth(around.width), height: tenth(around.height) },
  };
  return { name: name.slice(0, 60), kind, mostCharacters: Math.min(mostCharacters, 400), page, place };
}

/** Another kind brings its own length with it. */
export function changeKind(mark: Mark, kind: Mark["kind"]): Mark {
  return { ...mark, kind, mostCharacters: MOST[kind] };
}
