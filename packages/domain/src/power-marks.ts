import type { DocumentLine } from "./document-text.ts";
import { joinLines } from "./guarantee-marks.ts";

/** Who writes, as a power gives it. */
const us = "(?:我(?:公司|单位|司|方|行|院|厂|校|集团)|本(?:公司|单位|人|行|院|厂))";
const act = "(?:签署|签订|签约|签字|订立|投标|谈判)";
const someone =
  "(?:he|she|they|(?:mr|ms|mrs|dr)\\.? [\\p{L} .'-]{1,40}?|[\\p{Lu}][\\p{L}'-]+(?: [\\p{Lu}][\\p{L}'-]+){0,2})";
const does = "(?:sign|conclude|execute|bind|enter into|accept)";

/**
 * A mark that a letter gives somebody the power to bind whoever writes it, whatever it is called: one sentence says that
 * what he signs is valid, or that he may sign for us. To introduce somebody, or to say who attends, gives no power.
 */
const marks: readonly RegExp[] = [
  `(?:全权|授权)[^。;]{0,30}?(?:代表|代理)${us}[^。;]{0,60}?${act}`,
  `${us}(?:特|兹|现)?(?:全权)?(?:委托|授权|委派|指派)[^。;]{0,40}?(?:代表|代理)(?:${us})?[^。;]{0,60}?${act}`,
  // Who is introduced to sign a contract has the power to; to talk about one, or to take part in its signing, is none.
  `(?:介绍|兹派|现派|委派|指派|派遣)[^。;]{0,40}?(?:前往|前来|到|赴|来)[^。;]{0,40}?(?<!参加|出席|见证|协助)(?:办理|签署|签订|订立)(?:[^。;]{0,12}(?:签署|签订|订立))?[^。;]{0,16}?(?<!商谈|洽谈|洽商)(?:合同|协议|合约)(?:书|文本)?(?=等|的?(?:签署|签订|签约|事宜|事项|手续)|[,。;]|$)`,
  `(?:其|该同志|该员|被授权人|代理人)[^。;]{0,12}?(?:签署|签订|签字|签约|订立)[^。;]{0,24}?(?:${us}[^。;]{0,8})?(?:均予?(?:以)?(?:认可|承认)|予以(?:认可|承认)|一律(?:认可|承认|有效)|(?:对${us})?(?:均)?(?:具有|有)(?:法律)?约束力|(?:由${us}|${us}(?:均)?)承担(?:全部)?(?:法律)?(?:责任|后果))`,
  `\\b(?:whatever|anything|everything|all (?:documents?|papers?|contracts?)(?: that)?|any (?:document|paper|contract)(?: that)?) ${someone} (?:may )?signs?\\b[^.;]{0,60}?\\b(?:binds? us|(?:is|are|shall be|will be) (?:binding|valid)|as if we)`,
  `\\b(?:we|I|the undersigned) (?:hereby |herewith )?(?:authori[sz]e|empower|appoint|mandate)\\b[^.;]{0,120}?\\bto (?:\\w+ (?:and|or) )?${does}\\b`,
  `(?<!\\b(?:not|no longer|nor)\\b[^.;]{0,12})\\b(?:authori[sz]ed|empowered|entitled|mandated) to (?:\\w+ (?:and|or) )?${does}\\b[^.;]{0,80}?\\b(?:on our behalf|for us|in our name|on behalf of (?:us|the company))`,
  `(?<!只有[^。;]{0,12})(?:可以?|有权)(?:代表|以)${us}(?:的?名义)?[^。;]{0,24}?(?:${act}|收取[^。;]{0,8}款|收款)`,
  `\\b(?:has|have|holds?|with) (?:our )?full (?:power|authority) to (?:\\w+ (?:and|or) )?${does}\\b`,
  `\\b(?:signs?|acts?) (?:on our behalf|in our name|for us)\\b[^.]{0,160}?\\b(?:binds? us|binding (?:up)?on us|as if we had signed)`,
].map((pattern) => new RegExp(pattern, "iu"));
/** The same of somebody by his name; asked only where it is done in our name, for names are sought everywhere. */
const byName: readonly RegExp[] = [
  `(?<!\\bonly )\\b${someone} (?:may|can|is free to|is allowed to) (?:\\w+ (?:and|or) )?(?:${does}\\b[^.;]{0,40}?\\b(?:contracts?|agreements?|orders?|documents?|papers?|anything|everything)|(?:collect|receive)\\b[^.;]{0,24}?\\b(?:money|moneys|payments?|sums))\\b[^.;]{0,60}?\\b(?:in our name|on our behalf|in the name of the company|on behalf of the company)\\b`,
  `(?<!\\bonly )\\b${someone} (?:may|can) sign\\b(?:, [^.;]{0,40}| and [^.;]{0,30})? in our name\\b`,
].map((pattern) => new RegExp(pattern, "iu"));
const inOurName = /\b(?:in our name|on our behalf|in the name of|on behalf of)\b/iu;
/** What takes a power back, denies it, or asks for one. */
const unless =
  /(?:不再|未|没有|无权|撤销|终止|取消|收回)[^。;]{0,12}(?:授权|委托|代表|签)|请(?:贵|你|提供|出具|附)|\b(?:not|never|no longer|nobody|revokes?|revoked|withdrawn?|cancel\w*|please (?:send|provide|enclose|authori[sz]e))\b/iu;
const sentence = /[^。;]+?(?:[。;]|(?<!\b(?:[Mm]rs?|[Mm]s|[Dd]r|[Cc]o|[Ll]td|[Nn]o))\.(?=\s)|$)/gu;
/** What a sentence refers to, as in "whatever he signs", may stand before a semicolon. */
const longestSentence = 600;

/** The line in which a letter gives somebody the power to sign for whoever writes it; null where nothing does. */
export function findPower(lines: readonly DocumentLine[]): number | null {
  const { text, starts } = joinLines(lines);
  for (const { 0: said, index } of text.matchAll(sentence)) {
    const part = said.slice(0, longestSentence);
    if (unless.test(part)) continue;
    for (const mark of inOurName.test(part) ? [...marks, ...byName] : marks) {
      const found = mark.exec(part);
      if (found) return starts.findLastIndex((start) => start <= index + found.index);
    }
  }
  return null;
}
