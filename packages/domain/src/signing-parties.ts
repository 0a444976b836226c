import { asSimplified, closeUp } from "./chinese-forms.ts";
import type { DocumentLine } from "./document-text.ts";
import { joinLines } from "./guarantee-marks.ts";
import { type PartyRead, plainName } from "./parties-in-text.ts";

/** Companies by their names alone, where no word says what part they have: who signs, who agrees, who is owed. */
const hanKind = "(?:公司|集团|银行|厂|研究院|研究所|大学|医院|学校|事务所|合作社)";
const latinKind =
  "(?:Ltd|Limited|Inc|Incorporated|LLC|LLP|PLC|GmbH|AG|KG|Corp|Corporation|S\\.A|B\\.V|N\\.V|Oy|AB|Bank|University|Company|Co)\\b";
const han = `[\\p{L}\\p{N}][\\p{L}\\p{N}()·&]{1,40}?${hanKind}(?:\\p{Script=Han}{1,12}?(?:分公司|分行|支行))?`;
const latin = `\\p{Lu}[\\p{L}\\p{N}&.,'() -]{1,70}?\\b(?:(?:Co|Company)\\b\\.?,?\\s?)?${latinKind}`;
/** Without one of these no name is found: most lines have none and are not looked at further. */
const anyKind = new RegExp(`${hanKind}|${latinKind}`, "iu");
/** A line may begin with marks, and with nothing else before a name. */
const begin = "^[^\\p{L}\\p{N}]{0,4}";
const seal = "\\((?:单位|公司|企业|加)?(?:盖章|盖公章|公章|签[章字署名]|印章)";
const signing =
  "(?:signed|accepted|agreed|acknowledged|confirmed|countersigned)(?: and (?:accepted|agreed|confirmed))?";
const behalf = "(?: (?:to|by|for|for and on behalf of|on behalf of))*";

/** A name beside the place of a seal or a signature, or whom a paper is for. */
const signatures: readonly RegExp[] = [
  `(?<![\\p{L}\\p{N}])(${han})\\s{0,4}${seal}`,
  `(?<![\\p{L}\\p{N}])(${han})\\s{0,4}(?:授权|法定)?代表人?\\s?(?:\\(?签[章署字名]\\)?)?\\s?:`,
  `(?<![\\p{L}\\p{N}])(${han})\\s?:\\s{0,3}_{2}`,
  `${begin}致\\s?(${han})`,
  `[甲乙丙]方[为是]:?(${han})`,
  `(?:盖章|公章|签[章署字]|印章)\\)?\\s?:\\s{0,4}(${han})(?=$|[\\s,。;(])`,
  `${begin}(${latin})\\.?\\s{0,4}\\((?:seal|stamp|chop|sign|authori[sz]ed)`,
  `(?:^|[\\s_.])${signing}${behalf}\\s?[:_][:_.\\s]{0,60}(${latin})`,
  `${begin}(?:${signing} (?:by|for)|(?:${signing} )?(?:by |for )?for and on behalf of)\\s?:?\\s{0,4}(${latin})`,
  `${begin}for\\s?:?\\s(?!and on behalf)(${latin})[^\\p{L}\\p{N}]{0,4}$`,
].map((pattern) => new RegExp(pattern, "giu"));
/** A name alone, where the line below is the place for its seal or its signature. */
const nameAlone = new RegExp(`${begin}(${han}|${latin})[^\\p{L}\\p{N}]{0,4}$`, "iu");
const placeBelow =
  /^[^\p{L}\p{N}]{0,3}(?:(?:单位|公司)?(?:盖章|公章|签[章字])|法定代表人|授权代表|委托代理人|(?:by|name|title|signature|authori[sz]ed \w+)\s?:)/iu;

/** Two names that agree, or between whom a paper says to be. */
const sides: readonly RegExp[] = [
  `${begin}(${han})(?:\\([^()]{0,20}\\))?[与和同及、](${han})(?:\\([^()]{0,20}\\))?(?:(?!合同|协议|签[订署]的|曾|已)[^。;]){0,40}?(?:达成|约定|同意|协商|签订本|订立本)`,
  `${begin}(?:this (?:[\\w-]+ ){1,4}(?:[^.]{0,60} )?)?(?:by and )?between:? (${latin})\\.?,?(?: \\([^()]{0,60}\\))?,? and (${latin})`,
  `${begin}(${latin})\\.? and (${latin})\\.? (?:hereby |both |have )*(?:agree\\b|agreed|enter into|undertake)`,
].map((pattern) => new RegExp(pattern, "iu"));

/** Whom a paper makes something owed to. */
const owed: readonly RegExp[] = [
  `[今兹](?:向|从|欠|借到|借|收到)(${han})(?=借|购|租|订|采购|欠|货款|款|人民币|[\\s¥\\d])`,
  `(?:尚|共|仍|今|累计)欠(${han})`,
  `\\b(?:owes|indebted to) (${latin})`,
  `\\b(?:commits?|undertakes?|promises?|hereby agrees?) to [^.;]{0,160}?\\b(?:from|to|with) (${latin})`,
].map((pattern) => new RegExp(pattern, "giu"));

/** How many lines from the top say between whom a paper is. */
const headLines = 10;
const mostFound = 100;

/** What only looks like the begin of a name: whose part it is, or that its seal is needed. */
const leadIn =
  /^(?:[本此该][^经由须需]{0,8})?[须需应]?[经由](?!纬)(?=.{4})|^(?:[甲乙丙买卖供需购销]方|单位|公司)(?=.{4})/u;
/** No name, or one of a part of the house: the other company, our bank, 第二分厂, 技术研究院. */
const noName =
  /^(?:the|an?|our|your|this|that|any|each|us)\b|^(?:其他?|该|本|我|贵|各|分)(?:公司|集团|单位|银行|厂)|^.{0,4}(?:分厂|研究院|研究所)$/iu;
function nameOf(found: string): string {
  const name = found.replace(leadIn, "").trim();
  return noName.test(name) || /^\p{Ll}/u.test(name) ? "" : name;
}

/** The companies beside whose names a document leaves a place for a seal or a signature. */
export function readSigners(lines: readonly DocumentLine[]): PartyRead[] {
  return lines.flatMap(({ text }, line) => {
    const own = bothForms(closeUp(text.slice(0, 400)));
    if (!anyKind.test(own.simplified)) return [];
    const below = closeUp(lines[line + 1]?.text.slice(0, 60) ?? "");
    const alone = placeBelow.test(asSimplified(below))
      ? own.text.split(/\s{2,}/u).flatMap((cell) => find(nameAlone, bothForms(cell)))
      : [];
    return [...signatures.flatMap((pattern) => find(pattern, own)), ...alone].map((name) => ({
      ...{ role: "named", name, line },
    }));
  });
}

/** A text as it is written and in simplified characters, each in its place: it is brought to them once for all patterns. */
interface BothForms {
  readonly text: string;
  readonly simplified: string;
}
const bothForms = (text: string): BothForms => ({ text, simplified: asSimplified(text) });

/** The names that a pattern finds, as they are written. */
function find(pattern: RegExp, { text, simplified }: BothForms): string[] {
  const matches = pattern.global ? [...simplified.matchAll(pattern)] : [pattern.exec(simplified)];
  return matches.flatMap((match) =>
    (match?.slice(1) ?? []).flatMap((group: string | undefined) => {
      const at = group === undefined ? -1 : simplified.indexOf(group, match?.index);
      const name = group === undefined ? "" : nameOf(text.slice(at, at + group.length));
      return name === "" ? [] : [name];
    }),
  );
}

/** Two companies that agree, or between whom a paper says to be. */
export function readSides(lines: readonly DocumentLine[]): PartyRead[] {
  return lines.slice(0, headLines).flatMap((own, line) => {
    const { text } = joinLines(lines.slice(line, line + 3));
    const said = bothForms(text.trim());
    const names = sides.map((pattern) => find(pattern, said)).find(({ length }) => length === 2) ?? [];
    // A title above is no part of a name.
    const isOfLine = names.length > 0 && closeUp(own.text).includes(names[0] ?? "");
    return isOfLine ? names.map((name) => ({ role: "named", name, line })) : [];
  });
}

/** A company's name alone in a line, in a cell or after what joins two names; banks and authorities are named for other reasons. */
const companyAlone = new RegExp(
  `(?:^|[\\s与和同及、,:(])((?!(?:我|贵|本|该|其|各|两|子|总|分|母)(?:方|公司))[\\p{Script=Han}()]{4,24}?(?:有限|股份|责任|集团)公司)|${begin}(${latin})\\.?(?=$|\\s{2,}|[^\\p{L}\\p{N}]*$)`,
  "gu",
);

/** Companies that a document names, whatever it says of them; each once. */
export function readCompanies(lines: readonly DocumentLine[]): PartyRead[] {
  const found = new Map<string, PartyRead>();
  for (const [line, { text }] of lines.entries()) {
    if (found.size >= mostFound) break;
    for (const name of find(companyAlone, bothForms(text.slice(0, 400)))) {
      const key = plainName(name);
      if (!found.has(key)) found.set(key, { role: "named", name, line });
    }
  }
  return [...found.values()];
}

/** Parties of whom no word says what part they have: who signs, who agrees, who is owed something; each once. */
export function readUnnamedParties(lines: readonly DocumentLine[]): PartyRead[] {
  const { text, starts } = joinLines(lines);
  const said = bothForms(text);
  const creditors = owed.flatMap((pattern) =>
    find(pattern, said).map((name) => ({
      ...{ role: "named", name },
      line: Math.max(
        0,
        starts.findLastIndex((start) => start <= text.indexOf(name)),
      ),
    })),
  );
  const found = [...readSigners(lines), ...readSides(lines), ...creditors];
  return [...new Map(found.toReversed().map((one) => [plainName(one.name), one])).values()]
    .toReversed()
    .slice(0, mostFound);
}
