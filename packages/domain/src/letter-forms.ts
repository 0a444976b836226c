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

export const isOpeningLine = (text: string): boolean => isShort(text) && opening.test(text.trim()) && !isSentence(text);

export const isEndingLine = (text: string): boolean =>
  isShort(text) &&
  (dateLine.test(text.trim()) ||
    (ending.test(text) && !isSentence(text)) ||
    !/[\p{L}\p{N}]/u.test(text.replace(labels, "")));
