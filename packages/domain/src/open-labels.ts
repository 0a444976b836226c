import type { DocumentLine, DocumentPage, TextBox } from "./document-text.ts";

/** What a label asks for that a paper is not whole without; a heading is called otherwise. */
const asked =
  "(?:(?:收款|付款|银行)?账[号户]|开户(?:银)?行|户名|收款(?:人|方|单位)|[交提收]货(?:地点|时间|日期|期限|方式)|交付(?:地点|时间|日期)|履行地点|付款(?:方式|期限|时间|比例)|质保期|保修期|租期|租金|押金|定金|利率|违约金|(?:合同)?(?:总价|总金额|金额)|单价|数量|型号|规格|联系(?:人|电话|地址)|送达地址|身份证号码?|统一社会信用代码)";
const askedInEnglish =
  "(?:(?:bank )?account (?:number|no\\.?|name|holder)|name of (?:the )?bank|iban|swift(?: code)?|(?:place|date|time|address) of (?:delivery|performance|payment)|delivery (?:place|date|time|address)|total (?:price|amount)|contract (?:price|sum|value)|unit price|price|quantity|warranty(?: period)?|rent|deposit|interest rate|contact (?:person|name|number))";
const number =
  "(?:[(（]?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})[.、)）]{1,2}|\\d{1,2}(?:\\.\\d{1,2}){1,2}\\.?|第.{1,4}条)";
const label = new RegExp(
  `^\\s*(${number})?\\s*(?:[甲乙买卖双]方|(?:the )?(?:buyer|seller)(?:'s)? )?(?:${asked}|${askedInEnglish})\\s*[:：]\\s*$`,
  "iu",
);
const cell = new RegExp(`^(?:${asked}|地址|(?:联系)?电话|传真|${askedInEnglish})\\s*[:：]?$`, "iu");
/** Whether a cell of a table asks for what stands beside it. */
export const isAskedLabel = (text: string): boolean => text.length <= longestLabel && cell.test(text.trim());
const numbered = new RegExp(`^\\s*${number}\\s*\\p{L}`, "u");
const labelled = /^[^:：。.]{1,24}[:：]/u;
const longestLabel = 60;

interface OpenLabel {
  readonly text: string;
  readonly box: TextBox;
}

/**
 * Labels with nothing behind them although what comes next is the next article or label: 收款账号：. A value may stand below
 * its label, and a list too, so that a label without a number before a numbered line is open only where the count goes on.
 */
export function listOpenLabels(page: DocumentPage, isExcused: (line: DocumentLine) => boolean): OpenLabel[] {
  const lines = page.lines.filter(({ running }) => !running);
  return lines.flatMap((line, at): OpenLabel[] => {
    const said = line.text.length <= longestLabel ? label.exec(line.text) : null;
    const next = lines[at + 1];
    if (!said || !next || isExcused(line)) return [];
    const isBesideOther = lines.some(
      ({ box }) =>
        box !== line.box &&
        box.x > line.box.x &&
        box.y < line.box.y + line.box.height &&
        line.box.y < box.y + box.height,
    );
    if (isBesideOther) return [];
    const begins = numbered.test(next.text);
    const isNext =
      label.test(next.text) || (begins ? said[1] !== undefined || !startsList(next.text) : labelled.test(next.text));
    // What is set in is what the label is about.
    return isNext && next.box.x <= line.box.x + setIn ? [{ text: line.text.trim(), box: line.box }] : [];
  });
}
const setIn = 4;
const startsList = (text: string): boolean => /^\s*[(（]?(?:1|一|①|a)[.、)）]/iu.test(text);

/** A heading of what comes with a paper, with nothing under it before the next. */
const annex =
  /^\s*(?:(?:schedule|annex|appendix|exhibit|attachment)\s[\dA-Z]{1,3}|附[件表录][一二三四五六七八九十\d]{1,3})\s*[:：.]?\s*$/iu;
export function listEmptyAnnexes(page: DocumentPage): OpenLabel[] {
  const lines = page.lines.filter(({ running }) => !running);
  const isAnnex = (at: number): boolean => annex.test((lines[at]?.text ?? "").slice(0, longestLabel));
  return lines.flatMap((line, at): OpenLabel[] => {
    if (!isAnnex(at) || !isAnnex(at + 1) || lines[at + 1]?.text.trim() === line.text.trim()) return [];
    // Headings one after the other are a list of what comes with it.
    if (isAnnex(at - 1) || isAnnex(at + 2) || !lines[at + 2] || /[:：]\s*$/u.test(lines[at - 1]?.text ?? "")) return [];
    return [{ text: line.text.trim(), box: line.box }];
  });
}
