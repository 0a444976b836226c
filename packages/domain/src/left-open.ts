import { boundBoxes, type DocumentLine, type DocumentPage, type TextBox } from "./document-text.ts";
import { isAddressLine, isSentence } from "./letter-forms.ts";
import { signatureWords } from "./signature-blocks.ts";

interface LeftOpen {
  readonly text: string;
  readonly box: TextBox;
}

/** Lines at the head of a page among which somebody is addressed. */
const headLines = 12;
/** Millimetres that a line begins to the right of the others where a name was to stand before it: more than a paragraph does. */
const roomForName = 11;
/** Millimetres of white behind a sentence that announces something. */
const roomForText = 40;
const leastItems = 2;

const nouns = "(?:(?:股份)?(?:有限)?(?:责任)?公司|集团|银行|单位|学校|医院|先生|女士|同志|经理|部门?|局)";
/** Somebody to be addressed without a name: 致：　　公司. */
const nobody = new RegExp(`^(?:致|尊敬的|敬致)\\s*:?\\s*${nouns}(?:\\s?[/、(]\\s?${nouns}\\)?)*\\s*:?$`, "u");
/** The same behind room for a name alone. */
const withoutName = new RegExp(`^(?:${nouns}(?:\\s?[/、(]\\s?${nouns}\\)?)*\\s*)?:$`, "u");
const opening = /^(?:致|to)\s*:$/iu;
/** What a sentence says that announces more. */
const announces = /如下|以下|下列|下述|[,，]|\b(?:as follows|following|below)\b/iu;
const follows = /如下|以下|下列|下述|\b(?:as follows|following|below)\b/iu;
const longestEnd = 40;
/** What is announced may be a seal, a signature or a picture. */
const shownBelow =
  /签|章|印鉴|图|照片|样本|示意|表\s*:$|\b(?:figure|picture|photo|drawing|chart|signature|seal|stamp)/iu;
const bareItem = /^[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2}|[a-h])[.、)）:]*$/u;

/**
 * What a page leaves open without a line or a bracket to write on: a letter to nobody, and a sentence that announces what
 * does not follow, with white or bare numbers behind it.
 */
export function listLeftOpen(page: DocumentPage, isDrawnOn: boolean): LeftOpen[] {
  const lines = page.lines.filter(({ running }) => !running);
  return [...listUnnamed(lines), ...listUnsaid(lines, isDrawnOn)].map(({ text, box }) => ({ text, box }));
}

function listUnnamed(lines: readonly DocumentLine[]): DocumentLine[] {
  let margin = Number.POSITIVE_INFINITY;
  for (const { box } of lines) margin = Math.min(margin, box.x);
  return lines.slice(0, headLines).filter(({ text, box }, at) => {
    const said = text.trim();
    if (nobody.test(said)) return true;
    if (withoutName.test(said)) return box.x - margin >= roomForName;
    const next = lines[at + 1]?.text ?? "";
    return opening.test(said) && isSentence(next) && !isAddressLine(next);
  });
}

function listUnsaid(lines: readonly DocumentLine[], isDrawnOn: boolean): LeftOpen[] {
  return lines.flatMap((line, at): LeftOpen[] => {
    const said = line.text.trim();
    const next = lines[at + 1];
    if (!next || !said.endsWith(":") || !isAnnouncement(lines[at - 1]?.text.trim() ?? "", said)) return [];
    const items = listBareItems(lines, at + 1);
    const behind = lines[at + 1 + items.length];
    if (items.length >= leastItems && (!behind || behind.box.y > (items.at(-1)?.box.y ?? 0)))
      return [{ text: said, box: boundBoxes(items.map(({ box }) => box)) }];
    const top = line.box.y + line.box.height;
    const room = next.box.y - top;
    if (isDrawnOn || room < roomForText || signatureWords.test(next.text)) return [];
    // What is read later may stand beside.
    const isFilled = lines.some(({ box }) => box.y < next.box.y - 1 && box.y + box.height > top + 1);
    return isFilled ? [] : [{ text: said, box: { ...line.box, y: top, height: room } }];
  });
}

/** A label asks for a value; a sentence that ends so announces what it has to say. It may begin in the line before. */
function isAnnouncement(before: string, line: string): boolean {
  if (shownBelow.test(line)) return false;
  if (announces.test(line) && isLong(line)) return true;
  return (
    follows.test(`${before} ${line}`.slice(-longestEnd)) && !/[.。:;；]$/u.test(before) && isLong(`${before} ${line}`)
  );
}
const isLong = (text: string): boolean =>
  (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= 6 || text.split(/\s+/u).length >= 5;

/** Numbers of items with nothing behind them, from a line on. */
function listBareItems(lines: readonly DocumentLine[], from: number): DocumentLine[] {
  const items: DocumentLine[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line || !bareItem.test(line.text.trim())) break;
    const middle = line.box.y + line.box.height / 2;
    const hasText = lines.some(
      (other) => other !== line && other.box.y <= middle && other.box.y + other.box.height >= middle,
    );
    if (hasText) break;
    items.push(line);
  }
  return items;
}
