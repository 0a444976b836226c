import type { AmountRead } from "./amounts-in-text.ts";
import { closeUp } from "./chinese-forms.ts";
import { type ClassRead, isTitleAlone, readClassIn } from "./class-in-text.ts";
import type { ClassBook } from "./document-class.ts";
import type { DocumentLine } from "./document-text.ts";
import { isOwnParty, isSameParty, type PartyRead } from "./parties-in-text.ts";
import { signatureWords } from "./signature-blocks.ts";

/** A further paper in one file: a contract behind another one. */
export interface PaperRead {
  /** The line it begins with. */
  readonly line: number;
  readonly documentClass: ClassRead | null;
  readonly tongue: Tongue;
}

/** What comes with a contract says so at its head. */
export const isAnnexTitle =
  /^\W{0,3}(?:附件|附表|附录|附图|annex|appendix|schedule|exhibit|attachment|enclosure)|清单|价格表|price list|bill of quantities|specification/iu;
/** Lines from the top in which a paper says what it is. */
export const headLines = 3;

const mostPapers = 200;
/** Parties of a paper are named within so many lines of its title, and of one another. */
const [belowTitle, besideParty] = [10, 8];
/** Lines at the top of a page in which a letter says whom it is for, and lines that a cover has at the most. */
const [letterHead, coverLines] = [6, 15];
const signingPage = /签[署字章]页|盖章页|无正文|signature page|signing page/iu;
const twoLanguages =
  /中、?英文?(?:两|双|对照|各)|(?:两种|双重?|两)(?:文字|语言|语)|双语|(?:english and chinese|chinese and english)|\b(?:both|two) languages\b|\bbilingual\b/iu;

interface Text {
  readonly lines: readonly DocumentLine[];
  readonly parties: readonly PartyRead[];
  readonly amounts: readonly AmountRead[];
}

/**
 * Papers that begin behind the first one in the same file (C20): where a title stands with parties below it although parties
 * were named before, where a page begins with one after signatures, where both sides are named anew with another name, and
 * where a page is a letter to somebody else. A cover belongs to what it covers.
 */
export function findPapers(text: Text, ownNames: readonly string[], book: ClassBook): PaperRead[] {
  const { lines, parties } = text;
  if (lines.length === 0) return [];
  const body = lines.flatMap((line, at) => (line.running ? [] : [at]));
  const placeOnPage = countOnPages(lines, body);
  const named = parties.filter(({ name }) => name !== "");
  const between = (from: number, to: number): PartyRead[] => named.filter(({ line }) => line >= from && line < to);
  const starts = [0];
  for (const at of body) {
    const from = starts.at(-1) ?? 0;
    if (at <= from || starts.length > mostPapers) continue;
    const start = beginsAt(at, from);
    if (start !== null && start > from && !isCover(text, body, from, start)) starts.push(start);
  }
  return starts.slice(1).map((line, at, all) => {
    const own = lines.slice(line, all[at + 1] ?? lines.length);
    const read = readClassIn(own, book);
    return { line, documentClass: read && { ...read, line: read.line + line }, tongue: readTongue(own) };
  });

  /** The line with which a new paper begins, if one does about here. */
  function beginsAt(at: number, from: number): number | null {
    const line = lines[at];
    if (!line) return null;
    const before = between(from, at);
    const place = placeOnPage.get(at) ?? 0;
    const isTitle = !isAnnexTitle.test(line.text) && !signingPage.test(line.text) && isTitleAlone(line.text, book);
    if (isTitle && before.length > 0 && between(at + 1, at + 1 + belowTitle).length > 0) return at;
    const isLaterPage = line.page > (lines[from]?.page ?? 0);
    const isSigned = (): boolean => lines.slice(from, at).some(({ text: said }) => signatureWords.test(said));
    if (isTitle && isLaterPage && place < headLines && isSigned()) return at;
    const here = between(at, at + 1);
    const isNew = ({ role, name }: PartyRead): boolean => {
      const same = before.filter((one) => one.role === role);
      return same.length > 0 && !same.some((one) => isSameParty(one.name, name));
    };
    const top = at - place;
    if (isLaterPage && place < letterHead && here.some((one) => one.role !== "between" && isNew(one)))
      return body[body.indexOf(at) - place] ?? top;
    if (here.length === 0 || here.some(({ role }) => role === "between")) return null;
    const both = between(at, at + besideParty);
    const isOwn = ({ name }: PartyRead): boolean => isOwnParty(name, ownNames);
    const isBothAnew =
      new Set(both.map(({ role }) => role)).size > 1 &&
      both.every(({ role }) => before.some((one) => one.role === role)) &&
      both.some(isOwn) &&
      both.some(isNew);
    return isBothAnew ? at : null;
  }
}

/** How many lines of its page stand above each line. */
function countOnPages(lines: readonly DocumentLine[], body: readonly number[]): ReadonlyMap<number, number> {
  const seen = new Map<number, number>();
  return new Map(
    body.map((at) => {
      const page = lines[at]?.page ?? 0;
      const place = seen.get(page) ?? 0;
      seen.set(page, place + 1);
      return [at, place] as const;
    }),
  );
}

/** A clause by which somebody owes something, and a place to sign. */
const owes =
  /(?:应当?|须|采购|购买|供应|供货|支付|付款|交付|总价|生效)[^。]{0,60}。|\b(?:shall|pays?|delivers?|supplies|price is|undertakes?)\b[^.]{0,80}\./iu;
const placeToSign = /[(（](?:盖章|签字|签章|公章)|签字[:：]|\bsigned (?:for|by)\b|\(seal\)/iu;

/** A page with a title, parties and perhaps the amount before the contract itself, which says all of it again. */
function isCover({ lines, parties, amounts }: Text, body: readonly number[], from: number, to: number): boolean {
  const own = body.filter((at) => at >= from && at < to);
  const isShort = own.length <= coverLines && own.every((at) => lines[at]?.page === lines[from]?.page);
  // What says on its page what is owed, and leaves a place to sign, is a short paper of its own.
  const has = (words: RegExp): boolean => own.some((at) => words.test(lines[at]?.text ?? ""));
  if (has(owes) && has(placeToSign)) return false;
  if (!isShort || lines[to]?.page === lines[from]?.page) return false;
  const isWithin = ({ line }: { readonly line: number }): boolean => line >= from && line < to;
  const isAgain = (one: AmountRead): boolean => amounts.some(({ line, minor }) => line >= to && minor === one.minor);
  const isNamedAgain = (one: PartyRead): boolean =>
    parties.some(({ line, name }) => line >= to && isSameParty(name, one.name));
  return (
    amounts.filter(isWithin).every(isAgain) &&
    parties.filter(isWithin).every((one) => one.name === "" || isNamedAgain(one))
  );
}

/** The script that a paper is written in. */
export type Tongue = "han" | "latin";

export function readTongue(lines: readonly DocumentLine[]): Tongue {
  const letters =
    lines
      .map(({ text }) => text.slice(0, 400))
      .join(" ")
      .match(/\p{L}/gu) ?? [];
  const han = letters.filter((letter) => /\p{Script=Han}/u.test(letter)).length;
  return han > hanShare * letters.length ? "han" : "latin";
}
/** Of the letters of a Chinese contract, however many names in it are foreign ones. */
const hanShare = 0.3;

/** Whether a text says of itself that it is there in two languages. */
export const saysTwoTongues = (lines: readonly DocumentLine[]): boolean =>
  lines.some(({ text }) => twoLanguages.test(closeUp(text.slice(0, 2000))));
