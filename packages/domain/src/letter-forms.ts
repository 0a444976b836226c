/** A line this long is never the word of a form: it says something. */
const longestForm = { characters: 80, words: 10 };
const isShort = (text: string): boolean =>
  text.length <= longestForm.characters && text.trim().split(/\s+/u).length <= longestForm.words;

/** Who a letter is for. Whatever name stands there, it says nothing yet. */
const opening =
  /^(?:to\b|dear\b|attn\b|attention\b|cc\b|ladies and gentlemen|致(?![力使谢歉辞])|尊敬的|敬启者|收件人|发件人|抄送|各位)/iu;
/** How a letter ends: the greeting, who signs, the place for the seal. */
const ending =
  /^[\s(（【[]*(?:yours\b|(?:kind|best|with kind) regards|regards\b|sincerely\b|for and on behalf|signed\b|signature\b|authori[sz]ed (?:signat|represent)|(?:company |corporate )?(?:seal|stamp|chop)\b|place (?:for|of) (?:the )?seal|l\.s\.|此致|敬礼|顺颂|盖章|公章|签[字名章署]|单位(?:盖章|公章)|法定代表人|授权代表|经办人|负责人)/iu;
/** What an empty form asks for; a line of nothing but such words is not filled in. */
const labels =
  /(?<!\p{L})(?:our|your)? ?(?:to|and|of|from|date|dated|day|re|ref|reference|subject|no|number|name|title|position|place|by|attn|cc|tel|phone|fax|page|amount|signature|signed|seal|stamp)(?!\p{L})|收件人|发件人|日期|时间|姓名|职务|单位|地址|编号|文号|主题|事由|标题|正文|关于|联系人|联系电话|电话|传真|邮编|盖章|签字|签章|签名|公章|印章|法定代表人|授权代表|经办人|负责人|年|月|日|致|及/giu;
const months =
  "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
/** A line with a date, and where it was written at the most. */
const dateLine = new RegExp(
  `^(?:date[:\\s]*|日期[:：\\s]*|\\p{Script=Han}{2,6}[,，\\s]|\\p{L}[\\p{L}.'’-]{0,20}(?: \\p{L}[\\p{L}.'’-]{0,20})?,? )?\\s*(?:(?:\\d{1,2}(?:st|nd|rd|th)? ${months},? \\d{4})|(?:${months} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4})|(?:\\d{1,4} ?[-./年] ?\\d{1,2} ?[-./月] ?\\d{1,4} ?日?)|(?:[〇○零一二三四五六七八九十]{4} ?年 ?[一二三四五六七八九十]{1,3} ?月 ?[一二三四五六七八九十]{1,3} ?日))[.\\s]*$`,
  "iu",
);

export const isDateLine = (text: string): boolean => dateLine.test(text.trim());

/** Whether a sentence begins, ends or goes on in a line: no one sets such a line into the head of letter paper. */
export function isSentence(text: string): boolean {
  if (/[。；！？]/u.test(text) || /^(?:兹|特此|现将|请|根据|我司|我公司|贵司|贵公司)/u.test(text)) return true;
  if (text.includes("，") && (text.match(/\p{Script=Han}/gu)?.length ?? 0) >= 12) return true;
  const words = text.trim().split(/\s+/u).length;
  if (words >= 5 && /[\p{L}\p{N})"”'’][.!?]["”]?\s*$/u.test(text))
    return !/\b(?:ltd|inc|co|corp|tel|no|box)\.$/iu.test(text.trim());
  return (
    words >= 9 &&
    /\b(?:we|is|are|was|were|has|have|had|will|that|hereby|which|it|you|your|not|shall|been|please|be|he|she|they)\b/iu.test(
      text,
    )
  );
}

/** What a paper is called or counted by, before its value: a reference, a number, a subject. */
const referenceLabel =
  "(?:(?:our|your|my|file|letter|document|doc)\\.? )*(?:ref(?:erence)?|number|no|file|doc(?:ument)? (?:no|number)|dept|department)\\.?(?: no\\.?)?|(?:我方|贵方|本函|发函|来函|档案|文件|函件|发文)?(?:编号|文号|字号|函号|档号|案号)";
const value = "[\\p{L}\\p{N}〔〕\\[\\]()（）【】][\\p{L}\\p{N}\\/_.〔〕\\[\\]()（）【】&#-]*";
const references = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${referenceLabel})\\s*[:：#.]\\s*(?:${value}(?:\\s+(?=\\S*\\d)${value}){0,3})?`,
  "giu",
);
/** The number of a Chinese official letter: 澜函〔2026〕17号, with or without its figure. */
const officialNumber =
  /[\p{Script=Han}A-Za-z]{0,12}\s?[〔[(（【]\s?(?:\d{4}|[×xX_\s]{1,8})\s?年?\s?[〕\])）】]\s?第?\s?[\d_×xX\s-]{0,12}号/gu;
const datePart = new RegExp(
  `(?<!\\p{L})(?:date|dated|日期|时间)\\s*[:：]|\\d{1,2}(?:st|nd|rd|th)? ${months},? \\d{4}|${months} \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,4} ?[-./年] ?\\d{1,2} ?[-./月] ?\\d{1,4} ?日?|\\d{0,4} ?年[ _]*\\d{0,2} ?月[ _]*\\d{0,2} ?日`,
  "giu",
);
const pageFoot = /第\s?\d{1,4}\s?页|共\s?\d{1,4}\s?页|\bpage \d{1,4}(?: ?(?:of|\/) ?\d{1,4})?/giu;
/** What a letter is about is told before it is said; a line longer than this says it. */
const subject =
  /^(?:(?:re|subject|regarding|concerning|your (?:letter|message) of)\s*[:：.]|(?:事由|主题|标题|事项|题目)\s*[:：]|关于.{1,50}(?:函|通知|请示|复函|报告|说明|公告|事宜|事)$)/iu;
const longestSubject = 120;

/** Whether a line is nothing but references, numbers, dates, the foot of a page, or what the letter is about. */
export function isReferenceLine(text: string): boolean {
  const line = text.normalize("NFKC").trim();
  if (line.length > longestSubject) return false;
  if (subject.test(line)) return !/[。;!?]|[.] \p{Lu}/u.test(line);
  const rest = [officialNumber, references, datePart, pageFoot, labels].reduce(
    (left, one) => left.replace(one, " "),
    line,
  );
  return !/[\p{L}\p{N}]/u.test(rest);
}

/** Who is written to and where: names and places, each word of which begins large or is a number. */
const small = /^(?:of|and|the|de|la|von|van|der|am|for|c\/o|und|&)$/u;
export function isAddressLine(text: string): boolean {
  const line = text.trim();
  if (!isShort(line) || isSentence(line)) return false;
  if (/\p{Script=Han}/u.test(line))
    return (
      !/[，。；]/u.test(line) &&
      /(?:公司|集团|银行|行|部|厂|院|所|局|中心|省|市|区|路|街|号|楼|室|邮编|经理|主任|先生|女士|总监?|[:：])[\s\d:：（）()]*$/u.test(
        line,
      )
    );
  return line.split(/[\s,]+/u).every((word) => !/^\p{Ll}/u.test(word) || small.test(word));
}

/** A greeting closes what a letter says: below it stand names. */
const greeting =
  /^(?:yours\b|(?:kind|best|with (?:kind|best)) regards|regards\b|sincerely\b|此致|敬礼|顺颂|谨启|敬上)/iu;
export const isGreetingLine = (text: string): boolean => isShort(text) && greeting.test(text.trim());
export const isSalutationLine = (text: string): boolean =>
  isShort(text) &&
  /^(?:dear\b|ladies and gentlemen|gentlemen\b|尊敬的|敬启者)/iu.test(text.trim()) &&
  !isSentence(text);

/** Who signs, without a name for it: the post alone, or with its holder's name. */
const posts =
  /(?<!\p{L})(?:manager|director|president|secretary|chief \w+ officer|ce?o|cfo|总经理|总监|经理|董事长?|主任|秘书长?|部长)[\s.)]*$/iu;
export const isPostLine = (text: string): boolean =>
  posts.test(text.trim()) && !/[:：]/u.test(text) && isAddressLineOrPost(text);
const isAddressLineOrPost = (text: string): boolean =>
  /\p{Script=Han}/u.test(text) ? text.trim().length <= 16 && !isSentence(text) : isAddressLine(text);

/** A name and a colon, as Chinese letters begin; whose account it is that is paid to stands in a label. */
const addressee =
  /^(?![^:：]{0,12}(?:开户|收款|付款|汇款))[^，,。;；]{0,30}(?:公司|集团|银行|支行|分行|厂|院|所|局|厅|部|处|中心|学校|大学|委员会|协会|先生|女士|经理|总|贵方|单位|客户|部门|员工|同事)[:：]$/u;
export const isOpeningLine = (text: string): boolean =>
  isShort(text) && (opening.test(text.trim()) || addressee.test(text.trim())) && !isSentence(text);

export const isEndingLine = (text: string): boolean =>
  isShort(text) &&
  (isDateLine(text) || (ending.test(text) && !isSentence(text)) || !/[\p{L}\p{N}]/u.test(text.replace(labels, "")));

/**
 * Which lines of a page are the frame of a letter: whom it is for, its references, its subject, the greeting and who signs.
 * Where something was said on a page before, references and places to sign belong to that.
 */
export function listFormLines(
  lines: readonly string[],
  withoutNames: (text: string) => string,
  isSaidBefore: boolean,
): boolean[] {
  const salutation = isSaidBefore ? -1 : lines.findIndex(isSalutationLine);
  const greets = isSaidBefore ? -1 : lines.findLastIndex(isGreetingLine);
  let inAddress = false;
  return lines.map((text, at) => {
    const opens = isOpeningLine(text);
    if (isSaidBefore) return opens;
    inAddress = opens || (inAddress && isAddressLine(text));
    const own = withoutNames(text);
    return (
      inAddress ||
      isEndingLine(own) ||
      isReferenceLine(own) ||
      isPostLine(own) ||
      (at < salutation && isAddressLine(text)) ||
      (greets >= 0 && at > greets && isAddressLine(text))
    );
  });
}
