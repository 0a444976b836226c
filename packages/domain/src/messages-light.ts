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
  "route.emergency": say("An emergency: one authorised signatory suffices.", "应急用印：经一名授权签批人同意即可。"),
  "again.signatory": say(
    "The signatory agrees to the whole request, each time anew.",
    "授权签批人每次均须就整份申请重新签批。",
  ),
  "again.changed": say(
    "Asked again, because this changed since it was agreed: {parts}.",
    "以下内容在同意后有变动，须重新审批：{parts}。",
  ),
  "again.not-asked": say(
    "Asked again, because who agreed would not be asked for this now.",
    "原同意人现已不在审批范围内，须重新审批。",
  ),
  "emergency.reason-missing": say(
    "Why it can not wait is to be said in at least {least} characters. Rule C02.",
    "须用至少 {least} 个字符说明为何不能等待。规则 C02。",
    "Write what happens if it waits.",
    "请写明等待会造成的后果。",
  ),
  "emergency.too-many": say(
    "An emergency use covers at most {most} impressions; {asked} are asked for. Rule C02.",
    "应急用印最多 {most} 枚，本次申请 {asked} 枚。规则 C02。",
    "Ask for what can not wait, and for the rest in the ordinary way.",
    "请只申请不能等待的部分，其余按常规流程申请。",
  ),
  "emergency.review-overdue": say(
    "The review of the emergency use {subject} is overdue. Until it is done, no further one begins in this entity. Rule C02.",
    "应急用印 {subject} 的事后复核已逾期。完成前，本单位不得再发起应急用印。规则 C02。",
    "An inspector or seal administrator reviews it first; or apply in the ordinary way.",
    "请先由检查人或印章管理员完成复核；也可按常规流程申请。",
  ),
  "emergency.nobody-reviews": say(
    "Nobody could review this emergency use afterwards. Rule C11.",
    "没有可以事后复核本次应急用印的人员。规则 C11。",
    "Have an inspector named for this entity, or let somebody else apply.",
    "请为本单位指定检查人，或由他人申请。",
  ),
  "emergency.reviewed-already": say(
    "This emergency use was reviewed already.",
    "本次应急用印已复核。",
    "Reload the page.",
    "请刷新页面。",
  ),
  "emergency.not-over": say(
    "This emergency use is not over yet. Rule C02.",
    "本次应急用印尚未结束。规则 C02。",
    "Review it once it is sealed, taken back, or its hours are over.",
    "请在用印完成、撤回或时限届满后复核。",
  ),
  "emergency.reviewer-had-part": say(
    "Whoever asked, agreed, released or confirmed does not review it. Rule C11.",
    "申请、审批、放行或监印的人员不得复核。规则 C11。",
    "Leave it to another inspector or seal administrator.",
    "请由其他检查人或印章管理员复核。",
  ),
  "emergency.not-reviewer": say(
    "Emergency uses are reviewed by an inspector of the entity, or by whoever runs its seals. Rule C11.",
    "应急用印由本单位的检查人或印章管理员复核。规则 C11。",
    "Leave it to one of them.",
    "请由上述人员复核。",
  ),
  "emergency.note-missing": say(
    "A review says what was found.",
    "复核须写明结论依据。",
    "Write one sentence.",
    "请写明一句。",
  ),
  "task.review-emergency": say(
    "Review the emergency use {subject}.",
    "复核应急用印 {subject}。",
    "Open it and say whether it was an emergency.",
    "请打开并说明是否确属紧急。",
  ),
  "finding.emergency.not-justified": say(
    "The emergency use {subject} was none, says its review: why was the ordinary way not taken is to be asked.",
    "复核认为应急用印 {subject} 不属紧急，须问明为何未走常规流程。",
    "Hear who asked and who agreed, and write down what follows.",
    "请听取申请人和签批人的说明，并记录处理结果。",
  ),
  "roster.not-holder": say(
    "This person does not hold that role there on these days. Rule C11.",
    "此人在该期间不担任该角色。规则 C11。",
    "Name somebody who does, or have the role given first.",
    "请另选任职人员，或先授予该角色。",
  ),
  "roster.days": say(
    "The days are past, or end before they begin.",
    "日期已过，或结束早于开始。",
    "Correct the days; a turn is 31 days at most.",
    "请改正日期；每次值班最长 31 天。",
  ),
  "slip.not-in-hand": say(
    "Slip {slip} is not in your hand, or was used already. Rule C24.",
    "应急用印单 {slip} 不在您手中，或已使用。规则 C24。",
    "Whoever was issued the slip enters it; ask the keeper of the slips.",
    "请由领用人补录，或联系用印单保管人。",
  ),
  "slip.not-signed": say(
    "A slip is signed by an authorised signatory and by a custodian of the seal, two people. Rule C11.",
    "应急用印单须由授权签批人和该印章保管人两人签字。规则 C11。",
    "Name those who signed; if others did, tell an inspector.",
    "请填写实际签字人；若为他人签字，请告知检查人。",
  ),
  "slip.time": say("The time of stamping lies ahead.", "用印时间晚于当前时间。", "Correct the time.", "请改正时间。"),
} as const satisfies Record<string, Message>;
