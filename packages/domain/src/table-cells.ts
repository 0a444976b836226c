import type { DocumentPage, TextBox } from "./document-text.ts";
import { isAskedLabel } from "./open-labels.ts";
import type { RuledPlace } from "./ruled-places.ts";

/** Lines of one grid lie as near to each other as this, in millimetres. */
const near = 1.2;
const mostCells = 1200;
/** What a column counts or costs: a row of a list that is filled in has it. */
const counted =
  /^(?:数量|单价|(?:含税|不含税)?(?:单价|总价|金额|价格|价款)|quantity|qty|(?:unit )?price|amount)(?:[(（][^()（）]{1,10}[)）])?$/iu;
const columns =
  /数量|单价|金额|总价|价格|型号|规格|[名品]名?称|品名|\b(?:quantity|qty|price|amount|model|description|item|goods)\b/iu;
/** Rows that need not have what the others have. */
const closing = /^(?:合计|总计|小计|共计|备注|说明|大写|total|sub-?total|remarks?|notes?)/iu;
const rowNumber = /^\d{1,3}$/u;

interface Cell {
  readonly text: string;
  readonly box: TextBox;
  /** It has a line on each side, and is not a part of one that spans several. */
  readonly whole: boolean;
}

/** Cells of a table that were left open: beside a label, below what is counted, and all below a head of columns. */
export function listOpenCells(page: DocumentPage, isExcused: (text: string, box: TextBox) => boolean): RuledPlace[] {
  return readTables(page).flatMap((rows): RuledPlace[] => [
    ...listBesideLabels(rows, isExcused),
    ...listInColumns(rows),
  ]);
}

function listBesideLabels(rows: readonly Cell[][], isExcused: (text: string, box: TextBox) => boolean): RuledPlace[] {
  return rows.flatMap((cells) =>
    cells.flatMap(({ text, box }, at): RuledPlace[] => {
      const value = cells[at + 1];
      if (!value?.whole || value.text !== "" || !isAskedLabel(text) || isExcused(`${text}:____`, box)) return [];
      return [{ text, box: value.box }];
    }),
  );
}

function listInColumns(rows: readonly Cell[][]): RuledPlace[] {
  const at = rows.findIndex((cells) => cells.length >= 2 && cells.every(({ text }) => text !== ""));
  const head = rows[at];
  if (!head?.some(({ text }) => columns.test(text)) || head.some(({ text }) => /\d{2}/u.test(text))) return [];
  const below = rows
    .slice(at + 1)
    .filter((cells) => cells.length === head.length && !cells.some(({ text }) => closing.test(text)));
  const isFilled = (cells: readonly Cell[]): boolean => cells.some(({ text }) => text !== "" && !rowNumber.test(text));
  const filled = below.filter(isFilled);
  const title = head.map(({ text }) => text).join(" ");
  const [first] = below[0] ?? [];
  if (filled.length === 0) return first ? [{ text: title, box: first.box }] : [];
  return filled.flatMap((cells): RuledPlace[] => {
    const open = cells.find(({ text, whole }, nth) => text === "" && whole && counted.test(head[nth]?.text ?? ""));
    return open
      ? [
          {
            text:
              cells
                .map(({ text }) => text)
                .join(" ")
                .trim() || title,
            box: open.box,
          },
        ]
      : [];
  });
}

/** The tables of a page, row by row; what stands in a cell without spaces between Chinese characters. */
function readTables({ rules = [], words }: DocumentPage): Cell[][][] {
  const down = rules.filter(({ width, height }) => height > width);
  const across = rules.filter(({ width, height }) => width > height);
  return groupTouching(down).flatMap((sides): Cell[][][] => {
    const [top, bottom] = [Math.min(...sides.map(({ y }) => y)), Math.max(...sides.map(({ y, height }) => y + height))];
    const lines = across.filter(({ y }) => y >= top - near && y <= bottom + near);
    const xs = cluster(sides.map(({ x }) => x));
    const ys = cluster(lines.map(({ y }) => y));
    if (xs.length < 3 || ys.length < 2 || xs.length * ys.length > mostCells) return [];
    const isLeftLine = (x: number, y: number): boolean =>
      sides.some((one) => Math.abs(one.x - x) <= near && one.y <= y && one.y + one.height >= y);
    const isTopLine = (x: number, y: number): boolean =>
      lines.some((one) => Math.abs(one.y - y) <= near && one.x <= x && one.x + one.width >= x);
    const rows = ys.slice(0, -1).map((y, row): Cell[] => {
      const end = ys[row + 1] ?? y;
      const middle = (y + end) / 2;
      const bounds = xs.filter((x) => isLeftLine(x, middle));
      return bounds.slice(0, -1).map((x, column): Cell => {
        const right = bounds[column + 1] ?? x;
        const box = { x, y, width: right - x, height: end - y };
        const said = words.filter((word) => isWithin(word.box, box)).map(({ text }) => text);
        const centre = (x + right) / 2;
        const text = said.join(/\p{Script=Han}/u.test(said.join("")) ? "" : " ");
        return { text, box, whole: isTopLine(centre, y) && isTopLine(centre, end) };
      });
    });
    return [rows];
  });
}

const isWithin = ({ x, y, width, height }: TextBox, cell: TextBox): boolean =>
  x + width / 2 >= cell.x &&
  x + width / 2 <= cell.x + cell.width &&
  y + height / 2 >= cell.y &&
  y + height / 2 <= cell.y + cell.height;

/** Upright lines that follow one another down the page are those of one table. */
function groupTouching(down: readonly TextBox[]): TextBox[][] {
  const groups: { bottom: number; sides: TextBox[] }[] = [];
  for (const side of down.toSorted((a, b) => a.y - b.y)) {
    const last = groups.at(-1);
    if (last && side.y <= last.bottom + near) {
      last.sides.push(side);
      last.bottom = Math.max(last.bottom, side.y + side.height);
    } else groups.push({ bottom: side.y + side.height, sides: [side] });
  }
  return groups.map(({ sides }) => sides);
}

function cluster(values: readonly number[]): number[] {
  const found: number[] = [];
  for (const value of values.toSorted((a, b) => a - b))
    if (value - (found.at(-1) ?? Number.NEGATIVE_INFINITY) > near) found.push(value);
  return found;
}
