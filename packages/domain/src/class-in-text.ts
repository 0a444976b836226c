import { makesAgreement, readAgreementMarks } from "./agreement-marks.ts";
import { findBindingPaper, saysBinding, tellsDeal } from "./binding-papers.ts";
import { asSimplified, closeUp } from "./chinese-forms.ts";
import { baseOfClass, type ClassBook, classIn, type DocumentClassId, type StarterClassId } from "./document-class.ts";
import type { DocumentLine } from "./document-text.ts";
import { findGuarantee } from "./guarantee-marks.ts";
import { findPower } from "./power-marks.ts";

export interface ClassRead {
  readonly documentClass: DocumentClassId;
  /** By its title, or by words that only such documents hold. */
  readonly by: "title" | "words";
  readonly line: number;
}

const titles: readonly (readonly [StarterClassId, RegExp])[] = [
  [
    "labour-contract",
    /劳动合同|劳务合同|聘用合同|employment (?:contract|agreement)|labou?r contract|contract of employment/giu,
  ],
  [
    "framework-agreement",
    /框架(?:合作)?(?:协议|合同)|战略合作协议|framework (?:agreement|contract)|master \w+ agreement|master agreement/giu,
  ],
  [
    "guarantee",
    /保函|担保书|担保函|保证书|letter of guarantee|(?:bank|performance|payment) (?:guarantee|bond)|^guarantee$/giu,
  ],
  ["authorisation-letter", /授权委托书|授权书|委托书|power of attorney|letter of authori[sz]ation/giu],
  [
    "tender",
    /投标文件|投标书|投标函|标书|letter of tender|form of tender|tender (?:offer|document|form)|bid (?:letter|form)/giu,
  ],
  ["quotation", /报价单|报价书|报价函|quotation|price offer/giu],
  [
    "employment-certificate",
    /在职证明|收入证明|工作证明|离职证明|certificate of employment|employment certificate|proof of employment/giu,
  ],
  [
    "financial-statement",
    /财务报表|资产负债表|利润表|现金流量表|balance sheet|financial statements?|income statement/giu,
  ],
  ["invoice-document", /发票|\binvoice\b/giu],
  ["customs-declaration", /报关单|报关委托|customs declaration/giu],
  [
    "internal-notice",
    /通知|通报|internal (?:notice|memo(?:randum)?)|notice to (?:all )?(?:staff|employees)|^memorandum$/giu,
  ],
  ["official-letter", /公函|函$|商洽函|告知函|official letter/giu],
  ["contract", /合同|合约|协议|\bagreement\b|\bcontract\b/giu],
];
/** Each of these alone may stand anywhere; several of them make a contract, whatever its title says. */
const contractWords: readonly RegExp[] = [
  ...[
    /甲方.{0,200}乙方|party a\b.{0,200}party b\b|\bthe parties\b|双方/iu,
    /本合同|本协议|this (?:agreement|contract)/iu,
  ],
  ...[
    /违约|breach/iu,
    /争议|仲裁|管辖|governing law|arbitration|jurisdiction/iu,
    /生效|take effect|effective date|into force/iu,
  ],
  ...[/一式.{1,2}份|in witness whereof|counterparts/iu, /赔偿|indemnif|liab/iu, /价款|付款|支付|\bpays?\b|payment/iu],
];
const enoughWords = 5;
const titleLines = 10;
const mostTitle = 60;

/** Words that the organisation gave its classes, as titles; each is taken as it stands. */
function listOwnTitles(book: ClassBook): readonly (readonly [DocumentClassId, RegExp])[] {
  return [...book.values()].flatMap(({ classId, words, retired }) =>
    words.length === 0 || retired ? [] : [[classId, new RegExp(words.map(writePattern).join("|"), "giu")] as const],
  );
}
function writePattern(word: string): string {
  const plain = closeUp(word.trim()).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  // Of letters only a whole word is meant; Chinese has no such spaces.
  return /^[\p{Script=Latin}\d]/u.test(word.trim()) ? `(?<![\\p{L}\\d])${plain}(?![\\p{L}\\d])` : plain;
}

/**
 * What a document seems to be: by a line near its top that is a title, or by the words of a contract. The organisation's own
 * words count before the product's where both name the same place of a title.
 */
export function readClass(written: readonly DocumentLine[], book: ClassBook): ClassRead | null {
  const lines = written.map((line) => ({ ...line, text: asSimplified(line.text) }));
  const own = listOwnTitles(book);
  const known = [...own, ...titles];
  const top = lines.slice(0, titleLines).filter((line) => line.page === lines[0]?.page);
  const greets = top.findIndex((line) => salutation.test(line.text.trim()));
  const greeting = greets < 0 ? top.length : greets;
  const named = top.flatMap((line, at) => {
    const text = closeUp(line.text.trim());
    // A word that the organisation itself gave is taken as it stands, whatever it is made of.
    const rest = own.reduce((left, [, pattern]) => left.replace(pattern, " "), text).trim();
    const isTitle =
      text.length <= mostTitle &&
      !matter.test(text) &&
      !subject.test(text) &&
      !isRunningText(rest, top[at - 1]?.text ?? "") &&
      (at < greeting || isNameAlone(text, known));
    const documentClass = isTitle ? nameOf(text, known) : null;
    return documentClass ? [{ documentClass, line: at, height: line.box.height }] : [];
  });
  // The largest of them is the title; a line above it may name the annex or the contract a letter is about.
  const tallest = Math.max(0, ...named.map(({ height }) => height));
  const title = named.find(({ height }) => height >= tallest * 0.9);
  const read = title ? { documentClass: title.documentClass, by: "title" as const, line: title.line } : null;
  if (read && ["contract", "framework-agreement"].includes(baseOfClass(read.documentClass))) return read;
  const text = lines
    .map((line) => line.text.slice(0, 400))
    .join(" ")
    .slice(0, 200_000);
  const marks = readAgreementMarks(lines);
  // Words of a contract are those of a reminder or a claim, too: without its parties or its self it is none.
  const hasWords = contractWords.filter((word) => word.test(text)).length >= enoughWords;
  // Two that sign what costs something to leave agree on it, however it is put.
  const areBound = (marks.parties || marks.sides) && marks.bothSign && saysBinding(lines);
  const isDeal = marks.bothSign && tellsDeal(lines);
  const isContract =
    makesAgreement(marks) ||
    areBound ||
    isDeal ||
    (hasWords && (marks.parties || marks.sides || marks.self || marks.bothSign));
  // A contract under another heading is a contract; guarantees and labour contracts hold its words anyway.
  const base = read ? baseOfClass(read.documentClass) : "other";
  const isHarmless = read === null || ["internal-notice", "official-letter", "quotation"].includes(base);
  // A bill or a certificate by its title may hold words of a contract, and is one only if two sides agree in it.
  const isPlain = read !== null && !classIn(book, read.documentClass).makesRights;
  // Of two parties that agree, a guarantee is one thing among others.
  const agrees = isContract && marks.parties && isHarmless;
  const mayGuarantee = isHarmless || isPlain;
  const undertaking = mayGuarantee && !agrees ? findGuarantee(lines) : null;
  if (undertaking !== null) return { documentClass: "guarantee", by: "words", line: undertaking };
  if ((isContract && isHarmless) || (isPlain && makesAgreement(marks)))
    return { documentClass: "contract", by: "words", line: read?.line ?? 0 };
  const power = isHarmless && !marks.parties ? findPower(lines) : null;
  if (power !== null) return { documentClass: "authorisation-letter", by: "words", line: power };
  const paper = isHarmless ? findBindingPaper(lines) : null;
  return paper === null ? read : { documentClass: "contract", by: "words", line: paper };
}

/** The same of lines among which headers and footers stand: those are asked last. `line` counts them. */
export function readClassIn(lines: readonly DocumentLine[], book: ClassBook): ClassRead | null {
  const body = lines.filter((line) => !line.running);
  const read = readClass(body, book);
  if (read === null) return readClass(lines, book);
  const line = body[read.line];
  return { ...read, line: line ? lines.indexOf(line) : 0 };
}

const mostTitleAlone = 40;
/** What may follow the name of a paper in its title: a number, a copy, what stands in brackets. */
const afterName =
  /(?:\s|书|正本|副本|[(（][^()（）]{0,20}[)）]|编号|号码|第|号|份|[:：]|\b(?:no|nr|number)\b\.?|[\p{N}\-/_.#]|\b[A-Z]{1,6}(?=[-/]?\d))*$/iu;
/** A clause has a number, and speaks of the contract it belongs to. */
const clauseHead =
  /^\s*(?:第\s*[\p{N}一二三四五六七八九十百]+\s*[条章节款]|[一二三四五六七八九十]+\s*[、.．]|[(（][\p{N}一二三四五六七八九十]+[)）]|\p{N}+(?:\.\p{N}+)*[\s.、)]|(?:article|clause|section)\b)|本合同|本协议|\b(?:of|to|under|in) (?:the|this) /iu;

/** Whether a line, wherever it stands, is nothing but the title of a paper that makes rights or says what one costs. */
export function isTitleAlone(line: string, book: ClassBook): boolean {
  const text = asSimplified(closeUp(line.trim()));
  if (text.length > mostTitleAlone || clauseHead.test(text) || matter.test(text) || subject.test(text)) return false;
  const known = [...listOwnTitles(book), ...titles];
  const named = nameOf(text, known);
  if (named === null || isRunningText(text, "")) return false;
  if (!classIn(book, named).makesRights && !priced.has(baseOfClass(named))) return false;
  if (!/\p{Script=Han}/u.test(text)) return text.split(/\s+/u).length <= 8;
  return known.some(([id, pattern]) => {
    const last = [...text.matchAll(pattern)].at(-1);
    return id === named && last !== undefined && afterName.exec(text.slice(last.index + last[0].length))?.index === 0;
  });
}
const priced: ReadonlySet<string> = new Set(["quotation", "invoice-document"]);

/** What a letter is about stands behind such a word, or below its greeting; it may name any paper. */
const subject = /^(?:re|ref|subject|concerning|with reference to|事由|主题)\s*[:：.]/iu;
const salutation = /^(?:dear\b|gentlemen\b|ladies and gentlemen)/iu;
const matter = /^关于.*(?:事宜|事项|一事|问题|情况)$/u;
const numberOfPaper = /\b(?:no|nr|number)\b|编号|号码|[\p{N}\p{P}\p{S}\s]|\b[A-Z]{1,4}(?=[-/]?\d)/giu;

/** Whether a line below the greeting is nothing but the name of a paper and its number: then the letter may be that paper. */
function isNameAlone(text: string, known: readonly (readonly [DocumentClassId, RegExp])[]): boolean {
  const named = nameOf(text, known);
  // What makes a contract is read from its words: letters about one bear its name and number, too.
  if (named === null || ["contract", "framework-agreement", "labour-contract"].includes(baseOfClass(named)))
    return false;
  return known.some(
    ([documentClass, pattern]) =>
      documentClass === named && text.replace(pattern, " ").replace(numberOfPaper, "") === "",
  );
}

/** A paper that calls itself something names its class, even within a sentence. */
const namesItself = /^\W*this (?:\w+ ){0,2}(?:agreement|contract|guarantee|power of attorney)\b/iu;
const chineseSentence =
  /[,。;!?]|随函|附上|特此|均须|请[贵各予查于按将]|[我贵](?:司|方|公司|单位).{0,6}[已将向应须请会现未不在于对把从可寄收开签]/u;
const englishSentence =
  /\b(?:we|you|please|whoever|is|are|was|were|has|have|had|will|shall|would|sends?|thanks?|who|which|your (?:\w+ ){0,2}(?:invoice|quotation|price offer|balance sheet))\b/iu;
/** A full stop behind anything but what is cut short by one. */
const fullStop = /(?<!\b(?:co|ltd|inc|no|mr|ms|dr|st|messrs|corp|\p{L}))\.(?:$|\s+(?=\p{L}))/iu;
/** From so many characters on a line is full, and a small letter goes on with it. */
const fullLine = 40;

/** What merely occurs in a sentence names no class: a sentence, or a piece of one that began on the line before, is no title. */
function isRunningText(text: string, before: string): boolean {
  if (text === "" || namesItself.test(text)) return false;
  if (/\p{Script=Han}/u.test(text)) return chineseSentence.test(text);
  const words = text.split(/\s+/u).length;
  if (words > 3 && /^\p{Ll}/u.test(text) && before.length > fullLine) return true;
  const isClosed = /[;,]$|[;!?]\s/u.test(text) || fullStop.test(words > 5 ? text : text.slice(0, -1));
  return isClosed || englishSentence.test(text);
}

/** The class a title names: in Chinese the last word says what it is, in English the first. */
function nameOf(text: string, known: readonly (readonly [DocumentClassId, RegExp])[]): DocumentClassId | null {
  const isChinese = /\p{Script=Han}/u.test(text);
  let best: { documentClass: DocumentClassId; rank: number; length: number } | null = null;
  for (const [documentClass, pattern] of known)
    for (const match of text.matchAll(pattern)) {
      const rank = isChinese ? match.index + match[0].length : -match.index;
      const { length } = match[0];
      if (!best || rank > best.rank || (rank === best.rank && length > best.length))
        best = { documentClass, rank, length };
    }
  return best?.documentClass ?? null;
}
