import type { DocumentPage } from "./document-text.ts";
import { isOpeningLine, isSentence } from "./letter-forms.ts";
import { isHeadLine } from "./letter-heads.ts";

/** Head and foot of letter paper: millimetres of a page of A4, and the share of its height that they are of a smaller one. */
const headZone = { most: 50, share: 0.17 };
const footZone = { most: 45, share: 0.153 };
/** Lines of letter paper further apart than this many millimetres are two blocks. */
const blockGap = 5;
/** One line alone makes letter paper if it is no longer than a name. */
const longestName = 36;
/** What stands on letter paper: whose it is, how to reach and to pay them, where they are registered. */
const letterWords =
  /公司|集团|银行|地址|电话|传真|邮编|邮箱|网址|编号|有限|信用代码|开户行|账号|热线|体系认证|经营范围|产品范围|(?<![\p{L}\p{N}])(?:ltd|limited|inc|llc|gmbh|plc|co|tel|phone|fax|address|street|road|avenue|p\.?o\.? box|postcode|registered|our ref|your ref|ref|bank|swift|bic|iban|vat|iso \d{4,5}|terms of (?:sale|business|delivery))(?![\p{L}\p{N}])|www\.|https?:|@|^\s*[+(]{0,2}(?:\d[\s()-]{0,3}){7,}$/iu;
const pageNumber =
  /^[^\p{L}\p{N}]*(?:第?\s?\d{1,4}\s?页?|page \d{1,4}(?: of \d{1,4})?|\d{1,4}\s?[/]\s?\d{1,4})[^\p{L}\p{N}]*$/iu;

/** The lines of a page that are its letterhead, by their number; none where the page is no letter paper. */
export function findLetterPaper(page: DocumentPage): ReadonlySet<number> {
  const head = Math.min(headZone.most, page.heightMm * headZone.share);
  const foot = page.heightMm - Math.min(footZone.most, page.heightMm * footZone.share);
  const lines = [...page.lines.entries()].map(([at, { text, box }]) => ({ at, text, box }));
  const broken = findBroken(page);
  const inHead = lines.filter(
    ({ at, box, text }) => box.y + box.height <= head && !isSentence(text) && !isOpeningLine(text) && !broken.has(at),
  );
  const inFoot = lines.filter(({ box }) => box.y >= foot);
  // A line of letter paper may be a slogan or a street; most of the head says whose it is. The foot may hold a sentence.
  const taken = [
    ...splitBlocks(inHead).filter((block) => isKnown(block, 1 / 2)),
    ...splitBlocks(inFoot).filter((block) => isKnown(block, 1 / 3)),
  ].flat();
  const isPaper = taken.length > 1 || taken.some(({ text }) => text.length <= longestName || isHeadLine(text));
  const numbers = [...inHead, ...inFoot].filter(({ text }) => pageNumber.test(text));
  return new Set(isPaper ? [...taken, ...numbers].map(({ at }) => at) : []);
}

/** A line as wide as the page that goes on in the next is part of a sentence, whoever it names. */
const fullWidth = 0.65;
const contact = /\b(?:tel|phone|fax|e-?mail|address|registered|vat)\b|www\.|https?:|@|电话|传真|地址|邮编|网址/iu;
function findBroken({ lines, widthMm }: DocumentPage): ReadonlySet<number> {
  const broken = new Set<number>();
  for (const [at, line] of lines.entries()) {
    const next = lines[at + 1];
    if (!next || line.box.width < widthMm * fullWidth || Math.abs(next.box.x - line.box.x) > blockGap) continue;
    const text = `${line.text} ${next.text}`;
    if (text.length > 600 || contact.test(text) || isHeadLine(line.text) || !isSentence(text)) continue;
    broken.add(at).add(at + 1);
  }
  return broken;
}

interface PlacedLine {
  readonly at: number;
  readonly text: string;
  readonly box: { readonly y: number; readonly height: number };
}

function splitBlocks(lines: readonly PlacedLine[]): PlacedLine[][] {
  const blocks: PlacedLine[][] = [];
  let bottom = Number.NEGATIVE_INFINITY;
  for (const line of lines.toSorted((a, b) => a.box.y - b.box.y)) {
    const last = blocks.at(-1);
    if (last && line.box.y - bottom <= blockGap) last.push(line);
    else blocks.push([line]);
    bottom = Math.max(bottom, line.box.y + line.box.height);
  }
  return blocks;
}

function isKnown(block: readonly PlacedLine[], share: number): boolean {
  const sayings = block.filter(({ text }) => !pageNumber.test(text));
  const known = sayings.filter(({ text }) => letterWords.test(text)).length;
  return known > 0 && known >= sayings.length * share;
}
