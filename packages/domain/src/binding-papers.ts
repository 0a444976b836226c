import { type AmountRead, readAmounts } from "./amounts-in-text.ts";
import { findForm } from "./binding-forms.ts";
import { asSimplified, closeUp } from "./chinese-forms.ts";
import type { DocumentLine } from "./document-text.ts";
import { joinLines } from "./guarantee-marks.ts";
import { isGreetingLine, isOpeningLine, isSalutationLine } from "./letter-forms.ts";
import { nameTwo, readParties } from "./parties-in-text.ts";
import { readUnnamedParties } from "./signing-parties.ts";

/** Papers that bind like a contract without being called one, where they hold words that bind. */
const bindingTitle =
  /^[^,。;:]{0,20}(?:借条|借据|收条|欠条|欠据|意向书|(?:合作|谅解|投资|项目)备忘录|确认[单书]|(?<!通知)订货?单|采购单|结算单|还款(?:计划|承诺)书?|要约书?)(?:\s?\([^()]{0,16}\))?\s?(?:(?:no\.?|编号|第)?\s?:?\s?[\p{N}A-Z/-]{1,24}号?)?$|^(?:statement of work|letter of intent|memorandum of understanding|heads of (?:terms|agreement)|term sheet|(?:purchase|work|service|sales) order|order confirmation|confirmation of order|promissory note|acknowledge?ment of debt|i\.?o\.?u|mou|loi|sow)\b(?: (?:no|nr|number)\b\.?)?[\s:#-]{0,3}(?:[\p{N}A-Z][\w/-]{0,20})?$/iu;
const bindingWords =
  /生效|约束力|违约金|罚金|滞纳金|[定订]金|归还|还清|清[还偿]|结清|付清|偿还|利息|利率|计息|退还|不可撤销|\bbinding\b|\birrevocabl[ey]\b|\b(?:commits?|undertakes?) to\b|\bbreak fee|\bcancellation\b|\bdeposit\b|\bpenalt|\bliquidated damages|\baccepted(?: by| for)?\s?:|\binterest\b|\b(?:will|shall) (?:re)?pay\b/iu;
/** What a letter says only where whoever writes it binds himself: others speak of interest and penalties, too. */
const commits =
  /(?:我(?:公司|单位|[司方])|本(?:公司|单位))(?:[^。;]{0,40}(?<!不|贵(?:公司|单位|[司方])[^,。;]{0,6})(?:承诺|自愿)|[^。;]{0,12}(?<!不)(?:保证|同意))[^。;]{0,60}(?:付清|支付|归还|偿还|采购|购买|回购)|本(?:订单|确认[书单]|意向书|备忘录)[^。]{0,24}(?:生效|约束力)|本函[^。]{0,24}约束力|确认(?:后|之?日起?)[即起时]{0,2}生效|定金|\b(?:commits?|undertakes?) to (?:pay|repay|buy|purchase|supply|sell|deliver)\b|\bthis letter is (?:legally )?binding|^\W*accepted(?: by| for)?\s?:|\bbreak fee\b/iu;
/** What takes such words back. */
const denied =
  /(?:不|没有|无)[^,。;]{0,8}(?:约束力|生效)|\bnot (?:be |intended to be )?(?:legally )?binding\b|\bnon-?binding\b/giu;
/** Papers that tell of money and bind nobody. */
const tellingTitle =
  /^[^,。;:]{0,24}(?:收据|收条|送货单|发货单|出库单|装箱单|提单|对账单|账单|签收单|验收单|报告|报表|申报表|证明|证书|清单|汇总表)(?:\s?\([^()]{0,16}\))?$|\b(?:receipt|delivery (?:note|slip)|packing (?:list|slip)|(?:debit|credit) note|statement of account|bill of lading|waybill|report|tax return|certificate)\b/iu;
const titleLines = 10;
const longestTitle = 60;
const openingLines = 12;

const saidIn = ({ text }: DocumentLine): string => asSimplified(closeUp(text.slice(0, 400).trim()));
const bearing = (lines: readonly DocumentLine[], words: RegExp): number =>
  lines.findIndex((line) => words.test(saidIn(line).replace(denied, " ")));

/** Whether a paper holds words that bind, wherever they stand. */
export const saysBinding = (lines: readonly DocumentLine[]): boolean => bearing(lines, bindingWords) >= 0;

const namesTwo = (lines: readonly DocumentLine[]): boolean =>
  nameTwo([...readParties(lines), ...readUnnamedParties(lines)]) || countCompanies(lines) > 1;

/** A company's name as it stands in a sentence, after its begin or after what joins two names. */
const companyInText =
  /(?:^|[\s与和同及、,:(])((?!我|贵|本|该|其|各|两)\p{Script=Han}{4,20}?公司)|(\p{Lu}[\p{L}&'-]*(?: (?:&|\p{Lu}[\p{L}'-]*)){1,6}),? (?:Co\b|Ltd\b|Limited\b|Inc\b|GmbH\b|LLC\b|Corp\b|PLC\b)/gu;

/** Companies of different names in all of a paper; one whose name is part of another's is the same. */
function countCompanies(lines: readonly DocumentLine[]): number {
  const names: string[] = [];
  for (const [, han, latin] of joinLines(lines.map((line) => ({ ...line, text: saidIn(line) }))).text.matchAll(
    companyInText,
  )) {
    const name = han ?? latin ?? "";
    if (!names.some((other) => other.includes(name) || name.includes(other))) names.push(name);
    if (names.length > 1) break;
  }
  return names.length;
}

/** What a company does with another by its name, whatever the paper says it is. */
const dealing =
  /(?:Ltd|Limited|Inc|LLC|GmbH|Corp|Corporation|PLC|Company)\b\.? (?:hereby )?(?:buys?|purchases?|sells?|leases?|lets?|rents?|hires?)\b|公司(?:向|从|自)[^。;]{2,30}?公司(?:采购|购买|订购|租用|承租)/u;
/** Whether a paper tells of a deal between two companies; where both sign it, it is that deal. */
export const tellsDeal = (lines: readonly DocumentLine[]): boolean =>
  dealing.test(joinLines(lines.map((line) => ({ ...line, text: saidIn(line) }))).text) && namesTwo(lines);

/** Lines at the head that may be a title: those above a greeting. */
function headOf(lines: readonly DocumentLine[]): string[] {
  const top = lines.slice(0, titleLines).map(saidIn);
  const greets = top.findIndex(isSalutationLine);
  return (greets < 0 ? top : top.slice(0, greets)).map((text) => (text.length <= longestTitle ? text : ""));
}

function findTitle(lines: readonly DocumentLine[], title: RegExp): number {
  return headOf(lines).findIndex((text) => text !== "" && title.test(text));
}

/**
 * The line that names a paper which binds like a contract: a note of a debt, an order, a letter of intent. It does where it
 * holds words that bind, or as a letter binds its writer, and names a sum or two parties.
 */
export function findBindingPaper(lines: readonly DocumentLine[]): number | null {
  const form = findForm(headOf(lines), joinLines(lines.map((line) => ({ ...line, text: saidIn(line) }))).text);
  if (form && (!form.ofTwo || namesTwo(lines))) return form.line;
  const at = findTitle(lines, bindingTitle);
  if (at < 0) return null;
  const isGreeted = lines.slice(0, openingLines).some(({ text }) => isSalutationLine(text));
  if (bearing(lines, isGreeted ? commits : bindingWords) < 0) return null;
  return readAmounts(lines).length > 0 || namesTwo(lines) ? at : null;
}

/**
 * The line by which a paper that nothing names makes rights where it names somebody outside: words that bind, or a sum of its
 * own. A letter only by what binds its writer, for it may speak of any sum; so may a receipt or a report.
 */
export function findUnnamedDeal(lines: readonly DocumentLine[], amounts: readonly AmountRead[]): number | null {
  const isLetter =
    lines.slice(0, openingLines).some(({ text }) => isOpeningLine(text)) ||
    lines.some(({ text }) => isGreetingLine(text));
  const isTold = isLetter || findTitle(lines, tellingTitle) >= 0;
  const at = bearing(lines, isTold ? commits : bindingWords);
  return at >= 0 ? at : isTold ? null : (amounts[0]?.line ?? null);
}
