import type { DocumentPage, DocumentText } from "./document-text.ts";

export interface NearEmptyPage {
  readonly page: number;
  readonly letterhead: boolean;
}

/** Words below which a page says nothing beside its header and footer. */
const fewWords = 4;
/** Head and foot of a page of letter paper, in millimetres. */
const letterHead = 50;
const letterFoot = 35;
const mostLetterWords = 120;
/** What stands on letter paper: whose it is and how to reach them. */
const letterWords =
  /公司|集团|银行|地址|电话|传真|邮编|邮箱|网址|编号|有限|\b(?:ltd|limited|inc|llc|gmbh|plc|co|tel|phone|fax|address|street|road|avenue|p\.?o\.? box|postcode|registered|our ref|your ref|ref)\b|www\.|https?:|@|^[\s\d+()-]{6,}$/iu;
const pageNumber =
  /^[^\p{L}\p{N}]*(?:第?\s?\d{1,4}\s?页?|page \d{1,4}(?: of \d{1,4})?|\d{1,4}\s?[/]\s?\d{1,4})[^\p{L}\p{N}]*$/iu;

/** Pictures of a page that say something beside its words cover this much of it, and show something on this much. */
const pictured = { coverage: 0.15, shown: 0.05 };
const isPictured = ({ imageCoverage, pictureInk = imageCoverage }: DocumentPage): boolean =>
  imageCoverage >= pictured.coverage && pictureInk >= pictured.shown;

/** Pages with nothing but what stands on other pages too, or nothing but a letterhead; by their index. */
export function listNearEmptyPages(document: DocumentText): NearEmptyPage[] {
  return document.pages.flatMap((page): NearEmptyPage[] => {
    if (isPictured(page) || page.lines.length === 0) return [];
    if (isLetterhead(page)) return [{ page: page.index, letterhead: true }];
    const running = page.lines.some((line) => line.running);
    const said = page.words.filter((word) => !page.lines[word.line]?.running && /[\p{L}\p{N}]/u.test(word.text));
    return running && said.length < fewWords ? [{ page: page.index, letterhead: false }] : [];
  });
}

function isLetterhead(page: DocumentPage): boolean {
  if (page.words.length > mostLetterWords) return false;
  const isOnEdge = page.lines.every(
    ({ box }) => box.y + box.height <= letterHead || box.y >= page.heightMm - letterFoot,
  );
  const sayings = page.lines.filter(({ text }) => !pageNumber.test(text));
  // A line of letter paper may be a slogan or a street; most of them say whose it is.
  const known = sayings.filter(({ text }) => letterWords.test(text)).length;
  return (
    isOnEdge && sayings.length >= 2 && known * 2 >= sayings.length && !sayings.some(({ text }) => /[。;]/u.test(text))
  );
}
