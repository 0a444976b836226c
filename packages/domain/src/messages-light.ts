import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});
const sayReason = [
  "Say why, if there is a reason: whoever decides reads it.",
  "如有原因请说明，审批人会看到。",
] as const;

/** Sentences on what is asked about a request without refusing it. */
export const lightMessages = {
  "question.split": say(
    "Other requests for this counterparty and purpose in the last {days} days: {count}. Together they reach the limit of {limit} {currency}, and this one alone does not.",
    "最近 {days} 日内，同一相对方、同一用途的其他申请有 {count} 份；合计达到 {limit} {currency} 的限额，而本申请单独未达到。",
    ...sayReason,
  ),
  "question.repeated-document": say(
    "The use of a seal on “{document}” was asked for before: the very same file stands in other requests ({count}).",
    "“{document}”此前已申请用印：同一文件还出现在 {count} 份申请中。",
    ...sayReason,
  ),
  "question.repeated-document.sealed": say(
    "“{document}” was sealed before: the very same file stands in other requests ({count}).",
    "“{document}”此前已用印：同一文件还出现在 {count} 份申请中。",
    ...sayReason,
  ),
  "question.many-copies": say(
    "“{document}” is to get {count} impressions; up to {usual} are usual.",
    "“{document}”申请用印 {count} 枚，通常不超过 {usual} 枚。",
    ...sayReason,
  ),
} as const satisfies Record<string, Message>;
