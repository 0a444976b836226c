import type { AmountRead } from "./amounts-in-text.ts";
import { asSimplified, closeUp } from "./chinese-forms.ts";
import type { DocumentLine } from "./document-text.ts";
import { joinLines } from "./guarantee-marks.ts";
import { isDateLine } from "./letter-forms.ts";
import { isAnnexTitle } from "./papers-in-text.ts";
import { isOwnParty, plainName } from "./parties-in-text.ts";

/** What binds whoever seals a paper that is called a notice within the house; of two kinds, for words alone are never all. */

/** A notice speaks to those who work there; what stands behind its end, or in an annex, does not. */
const toHouse =
  /^\s{0,4}(?:(?:致|to|dear|attn|attention)\b\s?[:,]?\s?)?(?:(?:all|our|the|every|dear) ){0,3}(?:(?:who|that) work|staff\b|employees?\b|colleagues\b|personnel\b|departments?\b|heads? of |managers\b|workers\b|teams?\b)|^\s{0,4}(?:致\s?:?\s?)?(?:公司)?(?:全体|各|所有)(?:位)?(?:员工|职工|同事|同仁|部门|科室|处室|车间|单位|干部|子公司|分公司|班组|项目部)/iu;
const addressWithin = 8;
const longestName = 60;
const longestHead = 30;
/** Sums below this many hundredths are paid for paper and lunches. */
const leastSum = 1_000_000;

const legalForm =
  /[\s,.]*\b(?:co|company|ltd|limited|inc|incorporated|llc|llp|plc|gmbh|ag|kg|corp|corporation|s\.a|b\.v)\b\.?/giu;
const hanCompany = /[\p{Script=Han}()]{2,24}?(?:有限|股份|责任|集团)公司/gu;
const latinCompany =
  /\p{Lu}[\p{L}&'’-]*(?: (?:&|and|of|\p{Lu}[\p{L}'’-]*)){0,6},? (?:(?:Co|Company)\b\.?,? ?)?(?:Ltd|Limited|Inc|Incorporated|LLC|LLP|PLC|GmbH|AG|KG|Corp|Corporation|S\.A|B\.V)\b/gu;
const person = /\b(?:Mr|Ms|Mrs|Messrs)\b\.? \p{Lu}[\p{L}'’-]+|\p{Script=Han}{2,4}(?:先生|女士)/u;
/** Who works there is paid and praised by name. */
const ofStaff =
  /奖|工资|薪|津贴|补贴|报销|慰问|抚恤|福利|同事|员工|同志|经理|主管|主任|\b(?:bonus|salar|wage|award|reimburs|employee|staff|colleague|manager|director|retire|promot)/iu;
/** What is only meant to be done, or what rules say of any sum. */
const planned =
  /拟|预算|建议|计划|预计|另行签|招标|审批|报批|超过|不低于|祝贺|表彰|感谢|请[^,。;]{0,8}(?:部|科|处|室|办|组|员工|同事)|\b(?:budget|plan(?:s|ned|ning)?|propos\w+|expected|estimated|forecast|intends?|tender|exceed\w*|approval|more than|at least|congratulat\w+|thanks?)\b/iu;
/** What a notice forbids, or grants those who work there, or says of every paper alike. */
const general =
  /不得|不准|禁止|严禁|未经|须经|应经|凡(?:是|属|需|未|经|有)|任何(?:单位|个人|部门|员工|人)|如需|一律(?:不|须|禁)|拟|各部门|各单位|员工|职工|同事|\b(?:(?:do|does|did|have|has|will|shall|may|must|can|should) (?:not|never)|cannot|never|nobody|no one|whoever|anyone|employees?|staff|colleagues?|departments?)\b/iu;
const ofPapers = /须|应当?由|模板|范本|归档|的约定|留存|\ba contract\b|\bcontracts\b|\bfile\b/iu;

const we = "(?:我(?:公司|单位|[司方])|本(?:公司|单位|[司方人]))";
/** How a paper shows that it is one between two. */
const between: readonly RegExp[] = [
  /(?:双方|各方|三方)(?:当事人)?各?[自]?(?:执|持|存)[^,。;]{0,6}[份本]|各执[^,。;]{0,2}份|双方(?:签|盖)[^,。;]{0,8}生效/u,
  /(?:供方|卖方|出租方|甲方|供货方|出让方|转让方)[^。;]{2,40}[,、\s](?:[^。;]{0,4})(?:需方|买方|承租方|乙方|购货方|受让方)/u,
  /(?:需方|买方|承租方|乙方|购货方|受让方)[^。;]{2,40}[,、\s](?:[^。;]{0,4})(?:供方|卖方|出租方|甲方|供货方|出让方|转让方)/u,
  /\beach (?:(?:party|side|company|of (?:them|the two|the parties|us|both)) )?(?:keeps|holds|receives|retains|has|gets) (?:one|a|an) (?:copy|original|counterpart)\b/iu,
];
/** What somebody owes by what he writes. */
const owing: readonly RegExp[] = [
  /向[^,。;]{1,20}?(?:周转|拆借|借)(?!阅|书|用)[^。;]{0,40}(?:[百千]?万|元|款)/u,
  /(?:^|[,:日\s])(?:尚|仍|共)?欠(?!我|本|薪|费|缺)[^。;]{2,40}款[^。;]{0,30}(?:元|万)/u,
  /(?:^|[今兹现已,:\s])(?:向[^,。;]{2,24})?借(?:到|得|入)(?!图?书|阅)[^。;]{0,60}(?:元|万|款|人民币|[¥$])/u,
  new RegExp(`${we}[^。;]{0,12}?(?:尚|仍|共|累计|确实?)?欠(?!我|本|薪|费|款(?:人|单位))[^。;]{2,60}(?:款|元|万)`, "u"),
  /\bborrow(?:s|ed)?\b[^.;]{0,60}(?:\b(?:CNY|RMB|USD|EUR|yuan|dollars|euros|million|thousand)\b|[¥$€]|\d,\d{3})/iu,
  /\bwe (?:still |hereby |also )?(?:owe\b[^.;]{0,60}(?:\d|\b(?:price|sum|amount|million|thousand)\b)|acknowledge (?:a|the|our) debt\b|are indebted\b)/iu,
];
/** What disposes of something: shares, a building, a contract, a claim; and what takes money or a place for years. */
const disposing: readonly RegExp[] = [
  /(?:股权|股份|份额)[^。;]{0,40}(?:转(?:让)?[给予]|转让|赠[与予]|过户|划转)|(?:转让|转给|赠[与予])[^。;]{0,40}(?:股权|股份)/u,
  /(?:[抵质]?押|出质)(?:给|予|于|与)|(?:为|以|将)[^。;]{2,40}(?:提供|办理|设定|作为?)(?:抵押|质押)/u,
  /(?:解除|终止|撤销)(?:与|同|和|双方)(?!员工|职工)[^。;]{2,60}(?<!劳动|聘用|劳务)(?:合同|协议)/u,
  /(?<!不得?|不能|自愿)(?:放弃|豁免|免除)[^。;]{0,50}(?:返还|请求|权利|债权|追索|主张|赔偿|货款|欠款|债务)/u,
  new RegExp(
    `(?:贵|来)[^。;]{0,30}(?:函|报价|条件|要约|订单|方案)[^。;]{0,24}(?:${we}|全部|均|予以)[^。;不未]{0,8}(?:接受|同意|照办)`,
    "u",
  ),
  /(?:互相|相互|予以)?抵[销消][^。;]{0,40}(?:不再|余款|结清)|不再(?:主张|追讨|追索)/u,
  /[今兹现](?:已)?收到[^。;]{2,50}(?:现金|[定订押]金|货款|款项|人民币|元)/u,
  /(?:出租|[租借])(?:给|与|予)[^。;]{2,50}(?:使用|经营|年|期)/u,
  new RegExp(`(?:由${we}|${we}[^。;]{0,16})(?:代为|代其|负责)(?:偿还|归还|清偿|支付)`, "u"),
  /\b(?:transfers?|assigns?|gives?|sells?|donates?)\b[^.;]{0,60}(?:\b(?:per ?cent|shares? in|stake in|interest in|equity)\b|%)[^.;]{0,90}\bto\b/iu,
  /\b(?:mortgage[sd]?|pledge[sd]?)\b (?!(?:our|its|their|your) support)[^.;]{0,60}\b(?:to|in favou?r of|as security)\b/iu,
  /\bwe (?:hereby |have )?(?:terminated?|rescind(?:ed)?|cancel(?:led)?|withdraw from)\b[^.;]{0,80}\b(?:contract|agreement)\b/iu,
  /\b(?:waives?|gives? up|renounces?|forgoes?)\b[^.;]{0,80}\b(?:claims?|rights? to|refund|repayment|return of)\b/iu,
  /\bwe (?:hereby |fully )?(?:accept|agree to)\b[^.;]{0,50}\b(?:terms|(?<!working )conditions|offer|order|quotation|proposal)\b/iu,
  /\b(?:your|the) (?:offer|proposal|order|terms|quotation|conditions)\b[^.;]{0,60}\b(?:is|are) (?:hereby |fully )?(?:accepted|agreed)\b/iu,
  /\breleases?\b[^.;]{0,80}\bfrom\b[^.;]{0,30}\b(?:claims?|debts?|obligations?)\b/iu,
  /\bgives?\b[^.;]{0,60}\bto\b[^.;]{0,60}\b(?:property|owns|belongs)\b/iu,
  /\b(?:we (?:have )?(?:hereby )?received|receipt (?:is|of))\b[^.;]{0,70}(?:\b(?:CNY|RMB|USD|EUR|cash|deposit|yuan|dollars|euros)\b|[¥$€])/iu,
  /\b(?:lets?|leases?d?|rents?)\b[^.;]{0,60}\bto\b[^.;]{0,60}\b(?:years?|months)\b|\b(?:is|are) (?:let|leased|rented) to\b/iu,
  /\bsupplies\b[^.;]{0,90}\bpays\b|\bpays\b[^.;]{0,90}\bsupplies\b/iu,
];

interface Part {
  readonly text: string;
  /** The line in which a place of it stands. */
  readonly lineAt: (index: number) => number;
  /** The lines over which it goes. */
  readonly first: number;
  readonly last: number;
  /** It stands behind the end of a notice to the house, or no such notice is there. */
  readonly isOpen: boolean;
}

/**
 * The line by which a paper for the house alone binds it to somebody outside: by words that dispose of something or owe it, or,
 * whatever its words, because it names an outsider and a sum of money where it does not speak to the house. Null where none does.
 */
export function findHiddenDeal(
  lines: readonly DocumentLine[],
  amounts: readonly AmountRead[],
  ownNames: readonly string[],
): number | null {
  const own = ownNames.map((name) => plainName(name.replace(legalForm, "")));
  const from = findUncovered(lines, own);
  const parts = listSentences(lines, from);
  for (const { text, isOpen, lineAt } of parts) {
    const agreed = ofPapers.test(text) ? null : findFirst(between, text);
    const acted = general.test(text) ? null : findFirst([...owing, ...(isOpen ? disposing : [])], text);
    const at = agreed ?? acted;
    if (at !== null) return lineAt(at);
  }
  const open = parts.filter(({ isOpen, text }) => isOpen && !planned.test(text));
  const isOpenSum = ({ minor, line, text: said }: AmountRead): boolean => {
    const here = parts.filter(({ first, last }) => line >= first && line <= last);
    const own = here.filter(({ text }) => squeeze(text).includes(squeeze(plainText(said))));
    return minor >= leastSum && (own.length > 0 ? own : here).some((part) => open.includes(part));
  };
  const hasSum = amounts.some(isOpenSum);
  if (!hasSum) return null;
  for (const { text, lineAt } of open) {
    const at = findOutsider(text, own, ownNames);
    if (at !== null) return lineAt(at);
  }
  return null;
}

const findFirst = (patterns: readonly RegExp[], text: string): number | null => {
  for (const pattern of patterns) {
    const match = pattern.exec(text);
    if (match) return match.index + match[0].length - 1;
  }
  return null;
};
/** As the sentence has it: without what it was multiplied by, or the unit of a column. */
const plainText = (text: string): string => asSimplified(closeUp(text)).split(/\s[×÷(]/u)[0] ?? "";

const squeeze = (text: string): string => text.replace(/\s/gu, "").toLowerCase();

/** The first line that a notice to the house does not cover: all of a paper that speaks to nobody. */
function findUncovered(lines: readonly DocumentLine[], own: readonly string[]): number {
  const said = lines.map(({ text }) => asSimplified(closeUp(text.trim())));
  const address = said.slice(0, addressWithin).findIndex((text) => text.length <= longestName && toHouse.test(text));
  if (address < 0) return 0;
  const isOwnName = (text: string): boolean =>
    text.length <= longestName && own.some((name) => name.length > 3 && plainName(text).startsWith(name));
  const end = said.findIndex(
    (text, at) =>
      at > address && (isDateLine(text) || isOwnName(text) || (text.length <= longestHead && isAnnexTitle.test(text))),
  );
  return end < 0 ? lines.length : end;
}

/** The sentences of a paper across the ends of its lines, none of them over the place where the notice ends. */
function listSentences(lines: readonly DocumentLine[], from: number): Part[] {
  const of = (some: readonly DocumentLine[], first: number, isOpen: boolean): Part[] => {
    const { text, starts } = joinLines(some.map((line) => ({ ...line, text: asSimplified(line.text) })));
    const lineOf = (index: number): number =>
      first +
      Math.max(
        0,
        starts.findLastIndex((start) => start <= index),
      );
    // Sentences and lines go on together: each is looked for from where the one before it ended.
    let line = 0;
    const goTo = (index: number): number => {
      while ((starts[line + 1] ?? Number.POSITIVE_INFINITY) <= index) line += 1;
      return first + line;
    };
    return [...text.matchAll(sentence)].map(({ 0: said, index }) => ({
      ...{ text: said, isOpen, lineAt: (at: number) => lineOf(index + at) },
      ...{ first: goTo(index), last: goTo(index + said.length - 1) },
    }));
  };
  return [...of(lines.slice(0, from), 0, false), ...of(lines.slice(from), from, true)];
}
const sentence = /[^。;!?]+?(?:[。;!?]|(?<!\b(?:[Mm]rs?|[Mm]s|[Cc]o|[Ll]td|[Ii]nc|[Nn]o|[Dd]r))\.(?=\s)|$)/gu;

/** Where a sentence names a company that is not ours, or somebody who does not work here; null where it does not. */
function findOutsider(text: string, own: readonly string[], ownNames: readonly string[]): number | null {
  const isOwn = (found: string): boolean => {
    const name = plainName(found.replace(legalForm, ""));
    return (
      own.some((one) => one !== "" && (name === one || name.endsWith(one) || one.startsWith(name))) ||
      isOwnParty(found, ownNames)
    );
  };
  for (const { 0: found, index } of [...text.matchAll(hanCompany), ...text.matchAll(latinCompany)])
    if (!isOwn(found) && !anyCompany.test(found)) return index + found.length - 1;
  return ofStaff.test(text) ? null : (person.exec(text)?.index ?? null);
}
const anyCompany = /^(?:我|本|集团|各|该|总|子|分)?(?:有限|股份|责任|集团)公司$/u;
