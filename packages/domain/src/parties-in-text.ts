import { asSimplified } from "./chinese-forms.ts";
import type { DocumentLine } from "./document-text.ts";

/** A party as a document names it; the name is empty where its place is open. */
export interface PartyRead {
  readonly role: string;
  readonly name: string;
  readonly line: number;
}

const hanRoles = [
  ...["甲方", "乙方", "丙方", "丁方", "买方", "卖方", "购方", "销方", "供方", "需方", "采购方", "购买方"],
  ...["(?:出租|承租|租用|发包|承包|委托|受托|承担|供货|购货|定作|承揽|转让|受让)(?:方|人|单位)"],
  ...[
    "出借[方人]",
    "借款[方人]",
    "贷款[方人]",
    "采购人",
    "供应商",
    "招标人",
    "投标人",
    "致?受益人",
    "担保人",
    "保证人",
  ],
  ...["用人单位", "劳动者", "致"],
].join("|");
const latinRoles = [
  ...["Party [A-D]", "(?:The )?Buyer", "(?:The )?Seller", "Purchaser", "Supplier", "Vendor", "Customer", "Client"],
  ...["Contractor", "Lessor", "Lessee", "Landlord", "Tenant", "Borrower", "Lender", "Employer", "Employee"],
  ...["Licensor", "Licensee", "Beneficiary", "Guarantor", "Messrs\\.?", "Applicant"],
].join("|");
const hanRole = `(?:${hanRoles})(?:\\s?\\([^()]{0,24}\\)){0,2}`;
const latinRole = `(?:${latinRoles})(?:\\s?\\([^()]{0,40}\\))?`;
/** A role said in both languages, 买方 Buyer:, is one. */
const roles = new RegExp(
  `(?:(?<![\\p{L}])${hanRole}(?:\\s?/?\\s?${latinRole})?|\\b${latinRole}(?:\\s?/?\\s?${hanRole})?)\\s?:`,
  "giu",
);
/** What stands behind the first word of a role; the letter of Party A is part of it. */
const roleTail = /[\s(:/].*$|(?<=\p{Script=Han})\p{Script=Latin}.*$/u;
/** A name ends where something else begins. */
const end =
  /[,。;\n]|\s{2,}|\((?:以下|下称|简称|盖章|公章|签[字章名]|hereinafter|the "|seal|stamp|signature)|\s(?:地址|住所|法定代表人|电话|统一社会信用代码|address|tel)[:\s]/iu;
const company =
  /(?:公司|集团|银行|厂|中心|研究院|研究所|大学|医院|学校|委员会|事务所|\b(?:Ltd|Limited|Inc|LLC|Corp|Corporation|Company|Co|GmbH|AG|S\.A|B\.V|N\.V|plc|LLP|Bank|University|KG|Oy|AB))(?=[^\p{L}]|$)/iu;
/** What a company is called by law stands behind a comma, too: Acme Trading Co., Ltd.; Hongkong Metal, Inc. */
const legalForm =
  /^[,.]{1,2}\s?(?:\((?:\p{Lu}[\p{L}.]*\s?){1,3}\)\s?)?(?:Co\b\.?,?\s?)?(?:Ltd|Limited|Inc|Incorporated|LLC|L\.L\.C|LLP|L\.P|LP|Corp|Corporation|Co|Company|PLC|GmbH|AG|KG|S\.A|SA|S\.p\.A|S\.r\.l|B\.V|BV|N\.V|NV|Pte|Pty|Oy|AB|A\/S|ASA|K\.K|Sdn)\b\.?(?:,?\s?(?:Ltd|Limited|Bhd)\b\.?)?/iu;
/** Partners by whom a firm is called: Smith, Jones & Co. */
const partners = /^(?:,\s\p{Lu}[\p{L}'.-]*){1,4},?\s&\s\p{Lu}[\p{L}'.-]*/u;
/** People of an organisation, of whom an addressee is made: whose they are stands behind them, if at all. */
const ownPeople =
  /^[\s:]*(?:(?:all|our|the|every) ){0,2}(?:members of )?(?:staff|employees?|colleagues|personnel|heads? of (?:departments?|units?)|departments?|divisions|units|managers|workers)(?: and (?:all )?(?:staff|employees|managers|departments))?\b(?: members)?(?: (?:of|at|in) (?:the )?)?|^[\s:]*(?:全体|各|所有)(?:员工|职工|同事|同仁|部门|科室|处室|车间|单位|干部)+(?:[、,](?:全体|各|所有)?(?:员工|职工|部门|单位|科室|子公司|分公司))*/iu;
const outsidePeople =
  /^(?:(?:all|our|the|dear|valued|esteemed) ){0,3}(?:customers?|clients?|suppliers?|business partners?|partners|shareholders|investors|creditors)\b|^(?:尊敬的|各位?|全体|广大|所有)?(?:新老)?(?:客户|顾客|用户|供应商|合作伙伴|经销商|投资者|债权人)/iu;
const toOutsiders =
  /^\s{0,4}(?:dear|to\s?:|to (?:all|our)\b|致\s?[:：]?|尊敬的|各位|各|广大|全体)\s{0,4}(?:(?:all|our|the|valued|esteemed|各位|各|广大|尊敬的|新老|全体) ?){0,3}(?:customers?|clients?|suppliers?|business partners?|客户|顾客|用户|供应商|合作伙伴|经销商|投资者|债权人)/iu;
/** A letter that begins with the name of another company and a colon, as they do in Chinese. */
const addressee =
  /^\s{0,8}((?!各|本|我|贵|所属|子公司|分公司|总公司|开户|收款|付款|开票|承运)[^\s,。;:、]{2,40}(?:公司|集团|银行|支行|分行|研究院|研究所|大学|医院|事务所|委员会))\s{0,2}[:：]\s*$/u;
const addresseeLines = 12;

/** The line in which a document speaks to customers, suppliers or others outside as such; null where none does. */
export function findOutsiders(lines: readonly DocumentLine[]): number | null {
  const at = lines
    .slice(0, addresseeLines)
    .findIndex(({ text }) => text.length <= 60 && toOutsiders.test(asSimplified(text)));
  return at < 0 ? null : at;
}
const mostName = 80;
const mostParties = 200;

/** Parties by the words that name their role, and of "between X and Y". */
export function readParties(lines: readonly DocumentLine[]): PartyRead[] {
  const parties: PartyRead[] = readTableParties(lines);
  for (const [at, line] of lines.entries()) {
    if (parties.length > mostParties) break;
    const text = line.text.slice(0, 2000);
    const simplified = asSimplified(text);
    const found = [...simplified.matchAll(roles)];
    const addressed = /^\s{0,4}to\s?:/iu.exec(text);
    if (addressed) found.unshift(addressed);
    for (const [place, match] of found.entries()) {
      const from = match.index + match[0].length;
      const to = Math.min(found[place + 1]?.index ?? text.length, from + 2 * mostName);
      const role = match[0].replace(roleTail, (rest) => (/^ [A-D]\b/iu.test(rest) ? rest.slice(0, 2) : ""));
      const people = ownPeople.exec(simplified.slice(from, to))?.[0] ?? "";
      const name = cleanName(text.slice(from + people.length, to));
      if ((name === "" && people !== "") || outsidePeople.test(asSimplified(name))) continue;
      parties.push({ role: role.replace(/^the$/iu, match[0].slice(0, -1)), name, line: at });
    }
    if (at < addresseeLines && found.length === 0 && addressee.test(simplified))
      parties.push({ role: "致", name: cleanName(text.replace(/\s*[:：]\s*$/u, "")), line: at });
    if (/\bbetween\b|\bby and among\b/iu.test(text)) parties.push(...readBetween(lines, at));
  }
  return parties;
}

/** A role alone in its cell, with or without a colon. */
const roleAlone = new RegExp(`^[^\\p{L}\\p{N}]{0,3}(${hanRole}|${latinRole})(?:名称|单位名称| name)?\\s?:?$`, "iu");
const cellsOf = (text: string): string[] =>
  text
    .trim()
    .split(/\s{2,}|\s?\|\s?/u)
    .filter((cell) => cell !== "");
const companyCell = (cell: string): string => {
  const name = cell.length <= mostName && !/[:。;]/u.test(cell) ? cleanName(cell) : "";
  return company.test(asSimplified(name)) ? name : "";
};

/**
 * Parties whose role stands alone in a cell of a table or on a line: the name is in the next cell, or under the role on the
 * next line.
 */
function readTableParties(lines: readonly DocumentLine[]): PartyRead[] {
  const parties: PartyRead[] = [];
  for (const [at, line] of lines.entries()) {
    const cells = cellsOf(line.text.slice(0, 400));
    const labels = cells.map((cell) => roleAlone.exec(asSimplified(cell))?.[1] ?? "");
    if (labels.every((label) => label === "") || parties.length > mostParties) continue;
    const below = cellsOf(lines[at + 1]?.page === line.page ? (lines[at + 1]?.text.slice(0, 400) ?? "") : "");
    const areHeads = labels.every((label) => label !== "") && below.length === cells.length;
    for (const [place, label] of labels.entries()) {
      if (label === "") continue;
      const beside = companyCell(cells[place + 1] ?? "");
      const under = areHeads ? companyCell(below[place] ?? "") : "";
      const role = label.replace(roleTail, (rest) => (/^ [A-D]\b/iu.test(rest) ? rest.slice(0, 2) : ""));
      if (beside !== "") parties.push({ role, name: beside, line: at });
      else if (under !== "") parties.push({ role, name: under, line: at + 1 });
    }
  }
  return parties;
}

/** What people write into the place of a name that they do not know yet. */
const placeholder = /^(?:[x×某*]{2,}.*|tbd|n\/?a|待定|[^\p{L}\p{N}]*)$/iu;

function cleanName(text: string): string {
  const begun = text.replace(/^[\s_:]+/u, "");
  const cut = findEnd(asSimplified(begun), end);
  const name = begun
    .slice(0, Math.min(cut, mostName))
    .replace(/[_\s.【】[\]]+$|^[【[_\s]+/gu, "")
    .trim();
  return placeholder.test(name) || signingWords.test(name) ? "" : name;
}

/** What stands in the place of a name in a signature block: (盖章), "Signed for the buyer: Signed for the seller:". */
const signingWords =
  /^\((?:盖章|公章|签[字章名]|seal|signature)|^(?:signed|signature|sealed|stamp|for and on behalf)\b/iu;

/** Where a name ends by these marks; a comma before its legal form is part of it. */
function findEnd(text: string, marks: RegExp): number {
  const cut = marks.exec(text)?.index ?? text.length;
  const form = (legalForm.exec(text.slice(cut)) ?? partners.exec(text.slice(cut)))?.[0];
  if (form === undefined) return cut;
  return cut + form.length + findEnd(text.slice(cut + form.length), marks);
}

/** The end of a sentence, and not of a name's short form. */
const sentenceOver = /(?<!\b(?:Co|Ltd|Inc|Corp|Pte|No|St|Dr|Mr|Ms|[A-Z]))\.\s+(?=\p{Lu})/u;

function readBetween(lines: readonly DocumentLine[], at: number): PartyRead[] {
  const text = [0, 1, 2, 3].map((next) => lines[at + next]?.text.slice(0, 400) ?? "").join(" ");
  const rest = text.slice(text.search(/\bbetween\b|\bby and among\b/iu)).replace(/^\w+(?: and among)?\W{0,3}/iu, "");
  const names: string[] = [];
  for (const part of rest
    .slice(0, 700)
    // What the next sentence names is not who it is between.
    .split(sentenceOver, 1)
    .join("")
    .split(/\band\b/u)
    .slice(0, 6)) {
    const begun = part.replace(/^[\s,:(]*(?:\(?[12ab]\)|the )?\s?/iu, "");
    const name = begun.slice(0, findEnd(begun, /[,;("\n]|\s{2,}|\. /u)).replace(/[\s.]+$/u, "");
    if (
      name.length > 2 &&
      name.length <= mostName &&
      /^\p{Lu}/u.test(name) &&
      !/^(?:Party|Parties|Article|Clause)/iu.test(name)
    )
      names.push(name);
    if (names.length === 2) break;
  }
  if (!names.some((name) => company.test(name))) return [];
  return names.map((name) => ({ role: "between", name, line: at }));
}

/** Whether a name is a company's by its form: what was read by mistake seldom has one. */
export const isCompanyName = (name: string): boolean => company.test(asSimplified(name));

/** Whether a document names companies at all, also where no word says what part they have. */
export function namesCompanies(lines: readonly DocumentLine[]): boolean {
  return lines.some(({ text }) => company.test(asSimplified(text.slice(0, 2000))));
}

/** A name without capitals and marks, in simplified characters. */
export const plainName = (name: string): string => asSimplified(name.toLowerCase()).replace(/[^\p{L}\p{N}]+/gu, "");

const branch = /分公司|子公司|分行|支行|branch|subsidiary/iu;
const hanName = /^(.*\p{Script=Han}[^\p{Script=Latin}]*?)[\s/(]+(\p{Lu}[^\p{Script=Han}]{2,})$/u;
const latinName = /^([^\p{Script=Han}]{4,}?)[\s/(]+(\p{Script=Han}.*)$/u;

/** A company's name and the same in the other script behind it: 北岸电子有限公司 North Shore Electronics Ltd. */
export function splitName(name: string): readonly string[] {
  const [, first = "", second = ""] = hanName.exec(name) ?? latinName.exec(name) ?? [];
  return second !== "" && company.test(asSimplified(first)) ? [first, second] : [name];
}

/** Whether two names are one party's, spelt with more or fewer marks, with what follows the name, or in two languages. */
export function isSameParty(a: string, b: string): boolean {
  const [x, y] = [splitName(a), splitName(b)];
  if (x.length === 1 && y.length === 1) return isSameName(a, b);
  return branch.test(a) === branch.test(b) && x.some((one) => y.some((other) => isSameName(one, other)));
}

/** Whether parties are not all one and the same. */
export function nameTwo(parties: readonly PartyRead[]): boolean {
  const [first, ...others] = parties.filter(({ name }) => name !== "");
  return first !== undefined && others.some(({ name }) => !isSameParty(name, first.name));
}

/** Whether a name is one of our own: in two languages both halves are, unless we have no name in one of them. */
export function isOwnParty(name: string, ownNames: readonly string[]): boolean {
  const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text);
  const isOwn = (part: string): boolean => ownNames.some((own) => isSameName(own, part));
  const parts = splitName(name);
  const isUnknown = (part: string): boolean =>
    !branch.test(part) && !ownNames.some((own) => isHan(own) === isHan(part));
  return parts.some(isOwn) && parts.every((part) => isOwn(part) || isUnknown(part));
}

function isSameName(a: string, b: string): boolean {
  const [x, y] = [plainName(a), plainName(b)];
  if (x === "" || y === "") return false;
  const [short, long] = x.length <= y.length ? [x, y] : [y, x];
  if (short === long) return true;
  // A branch is another party than its company where it is asked who signs; a subsidiary always is.
  const isBranch = branch.test(long.slice(short.length));
  return !isBranch && short.length >= 4 && long.startsWith(short) && short.length * 2 >= long.length;
}
