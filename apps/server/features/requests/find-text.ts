import type { PageText, TextRun } from "@chancery/domain";

export interface FoundText {
  /** The words as they stand in the document. */
  text: string;
  page: number;
  box: { x: number; y: number; width: number; height: number };
}

/** More places than this help nobody to choose one. */
const mostPlaces = 200;

const party = "(?:[甲乙丙丁]方|买方|卖方|供方|需方|委托方|受托方|采购方|供应商|投标人|申请人|单位|公司)";
const act = "(?:加?盖公章|盖单位章|签字盖章|盖章|公章|签章)";
const buyer = "(?:the)?(?:party[a-d]|buyer|seller|purchaser|supplier|company|contractor|client)";
/** In brackets, or at the end of a line or before its colon: 盖章 within a clause is no place for a seal. */
const form = `(?:\\(${act}\\)|${act}(?=:|$))`;

/**
 * The words at which a seal is usually set, the plainest first. They are looked for in folded text: `（` is `(`, and
 * there are no spaces.
 */
const sealWords: readonly RegExp[] = [
  new RegExp(`${party}${form}`, "gu"),
  new RegExp(`${form}|用印处|盖章处`, "gu"),
  new RegExp(`${buyer}?\\((?:company|official)?(?:seal|stamp|chop)\\)|companyseal(?=:|$)|\\(l\\.s\\.\\)`, "gu"),
  new RegExp(`signedforandonbehalfof(?:${buyer})?|signed(?:for|by)(?:${buyer})?|forandonbehalfof(?:${buyer})?`, "gu"),
  new RegExp(`authori[sz]ed(?:signatory|signature|representative)|^${buyer}:`, "gu"),
];

/**
 * Where a text stands: both sides are folded by NFKC (some writers map 方 or 日 to Kangxi radicals) and without spaces;
 * the place within a run is taken in proportion to its characters.
 */
export function findText(pages: readonly PageText[], wanted: string): FoundText[] {
  const needle = fold(wanted).text;
  if (needle === "") return [];
  return find(pages, (text) => {
    const found: { at: number; length: number }[] = [];
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length))
      found.push({ at, length: needle.length });
    return found;
  });
}

/** The places where a seal is usually set, by the plainest kind of words that the document has any of. */
export function findSealWords(pages: readonly PageText[]): FoundText[] {
  for (const words of sealWords) {
    const found = find(pages, (text) =>
      [...text.matchAll(words)].map((match) => ({ at: match.index, length: match[0].length })),
    );
    if (found.length > 0) return found;
  }
  return [];
}

function find(
  pages: readonly PageText[],
  search: (folded: string) => readonly { at: number; length: number }[],
): FoundText[] {
  const found: FoundText[] = [];
  for (const page of pages)
    for (const run of page.runs) {
      const folded = fold(run.text);
      for (const match of search(folded.text)) {
        if (found.length >= mostPlaces) return found;
        found.push({ page: page.index, ...cut(run, folded, match.at, match.length) });
      }
    }
  return found;
}

/** Folded text, and for each of its characters where in the original it came from. */
interface Folded {
  text: string;
  from: number[];
}

function fold(original: string): Folded {
  const folded: Folded = { text: "", from: [] };
  let at = 0;
  for (const character of original) {
    for (const unit of character.normalize("NFKC").toLowerCase().replace(/\s/gu, "")) {
      folded.text += unit;
      for (let index = 0; index < unit.length; index += 1) folded.from.push(at);
    }
    at += character.length;
  }
  return folded;
}

function cut(run: TextRun, folded: Folded, at: number, length: number): Omit<FoundText, "page"> {
  const unit = run.width / Math.max(1, folded.text.length);
  const start = folded.from[at] ?? 0;
  const end = folded.from[at + length] ?? run.text.length;
  return {
    text: run.text.slice(start, end).trim(),
    box: { x: run.x + unit * at, y: run.y, width: unit * length, height: run.height },
  };
}
