/** Marks that people draw where a value is to come; a few dots alone are a sentence that breaks off. */
const marks = "(?:…{1,3}|\\.{3,7}|·{2,40}|[・･]{2,40}|[○◯]{2,40}|[/／]{2,40})";
const strokes = "[-－—–―─]{2,40}";
const currency = "(?:人民币|港[币元]|美元|欧元|(?<![A-Za-z])(?:RMB|CNY|USD|EUR|GBP|HKD)|[¥￥$€£])";
/** What is said before a sum or a number. */
const told = `(?:${currency}|金额|价款|货款|总[价额]|单价|费用|合计|共计|总计|定金|押金)[为是计]?`;
const yuan = "[百千万亿]{0,2}[元圆](?![旦月素件器宝组气老首])";
const counted = "(?:个?工作日|个?月|年|天|日|台|套|件|只|份|吨|人|%)";

/**
 * A sum, a number or a day that marks stand for: 人民币……元, CNY … on …. Each pattern looks at a character a fixed number of
 * times.
 */
export const blankSums: readonly RegExp[] = [
  new RegExp(`(?<![\\d一二三四五六七八九十百千万亿零〇○])${marks}[\\s\\u3000]{0,4}${yuan}`, "gu"),
  new RegExp(
    `${told}[\\s\\u3000]{0,4}[:：]?[\\s\\u3000]{0,4}(?:${marks}|${strokes})[\\s\\u3000]{0,4}${yuan}(?![/／])`,
    "gu",
  ),
  new RegExp(`${currency}\\s{0,3}(?:…{1,3}|\\.{3,7}|·{3,}|[-－—]{3,}|/{3,})(?![\\d.])`, "gu"),
  new RegExp(
    `(?:共计?|合计|总计|数量|期限|金额|为期)[为是计]?[:：]?[\\s\\u3000]{0,4}${marks}[\\s\\u3000]{0,4}${counted}`,
    "gu",
  ),
  /(?<![\d一二三四五六七八九十〇零○])○{1,4}\s?年\s?○{1,2}\s?月/gu,
  /(?<!\p{L})(?<!\b(?:so|go|goes|going|went|carry|carried|later|early|and|move|moved|keep|kept) )(?:on|dated|until|on or before) (?:…|\.{3,7})(?= (?:and|or|at|in|to|for|by|with|20\d\d)\b|\s?[,;])/giu,
];
