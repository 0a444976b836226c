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
    "Other requests for this counterparty and purpose in the last {days} {days:day|days}: {count}. Together they reach the limit of {limit} {currency}, and this one alone does not.",
    "最近 {days} 日内，同一相对方、同一用途的其他申请有 {count} 份；合计达到 {limit} {currency} 的限额，而本申请单独未达到。",
    ...sayReason,
  ),
  "question.split.counterparty": say(
    "Other requests for this counterparty, for whatever purpose, in the last {days} {days:day|days}: {count}. Together they reach the limit of {limit} {currency}. If they belong together, say how.",
    "最近 {days} 日内，同一相对方、用途不一的其他申请有 {count} 份；合计达到 {limit} {currency} 的限额。如属同一事项，请说明。",
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
    "“{document}” is to get {count} {count:impression|impressions}; up to {usual} are usual.",
    "“{document}”申请用印 {count} 枚，通常不超过 {usual} 枚。",
    ...sayReason,
  ),
  "question.other-amounts": say(
    "“{document}” also names these amounts: {amounts}.",
    "“{document}”还载明以下金额：{amounts}。",
    ...sayReason,
  ),
  "question.other-amounts.open": say(
    "“{document}” names a price of each or of a period and no total, so that it may come to more than was declared: {amounts}.",
    "“{document}”载明单价或按期费用而无总额，合计可能高于申报金额：{amounts}。",
    ...sayReason,
  ),
  "route.emergency": say("An emergency: one authorised signatory suffices.", "应急用印：经一名授权签批人同意即可。"),
  "route.objected": say(
    "This document was returned or rejected in this step before: an emergency does not pass over that.",
    "该文件曾在此步骤被退回或驳回，应急用印不得绕过。",
  ),
  "again.signatory": say(
    "The signatory agrees to the whole request, each time anew.",
    "授权签批人每次均须就整份申请重新签批。",
  ),
  "again.changed": say(
    "Asked again, because this changed since it was agreed: {parts}.",
    "以下内容在同意后有变动，须重新审批：{parts}。",
  ),
  "again.facts": say(
    "Asked again: what the documents say against the application is settled anew after a return.",
    "须重新审批：申请退回后，文件与申请不一致之处须重新认定。",
  ),
  "again.fallen.rules": say("Fell away: no rule asks for this step now.", "已不再需要：现行规则不要求此步骤。"),
  "again.fallen.beside": say(
    "Fell away: the step that this reviewer was put beside is not asked for now.",
    "已不再需要：该审核人所加签的步骤已不在审批路线中。",
  ),
  "again.fallen.reviewer": say(
    "Fell away: who was added can not review this now.",
    "已不再需要：原加签人现已不能审核本申请。",
  ),
  "again.fallen.asked": say(
    "Fell away as a step of its own: who was added is asked in another one.",
    "不再单列：原加签人已在其他步骤中审批。",
  ),
  "again.not-asked": say(
    "Asked again, because who agreed would not be asked for this now.",
    "原同意人现已不在审批范围内，须重新审批。",
  ),
  "emergency.reason-missing": say(
    "Why it can not wait is to be said in at least {least} {least:character|characters}. Rule C02.",
    "须用至少 {least} 个字符说明为何不能等待。规则 C02。",
    "Write what happens if it waits.",
    "请写明等待会造成的后果。",
  ),
  "emergency.too-many": say(
    "An emergency use covers at most {most} {most:impression|impressions}; {asked} are asked for. Rule C02.",
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
  "emergency.papers-owed": say(
    "The emergency use {subject} of this applicant still owes papers: {attachments}. Until they are there, he asks for no further one. Rule C01.",
    "该申请人的应急用印 {subject} 尚欠附件：{attachments}。补齐前不得再次申请应急用印。规则 C01。",
    "Open it and add the papers once the signatory has agreed to it; or apply in the ordinary way.",
    "签批人同意后请打开该申请补交附件；也可按常规流程申请。",
  ),
  "emergency.papers-missing": say(
    "Papers that the rules ask for are still owed: {attachments}. Rule C01.",
    "尚欠规则要求的附件：{attachments}。规则 C01。",
    "Remind the applicant and review it once they are there; if they do not come, say that it was no emergency as the rules want it, which opens a finding.",
    "请提醒申请人，补齐后再复核；若始终未补，可认定为不属紧急，由此形成检查发现。",
  ),
  "emergency.paper-not-owed": say(
    "This paper is not owed, or is there already: {attachments}. Rule C01.",
    "该附件无须补交或已补交：{attachments}。规则 C01。",
    "Reload the page: it lists what is still owed.",
    "请刷新页面查看尚欠的附件。",
  ),
  "emergency.papers-unconfirmed": say(
    "Nobody has confirmed that these papers are what is owed: {attachments}. Rule C01.",
    "以下附件尚未确认符合要求：{attachments}。规则 C01。",
    "Open each and confirm it. If one is not what is owed, ask the applicant for the right one before you review, or say that it was no emergency as the rules want it.",
    "请逐份打开并确认；不符合的，请在复核前要求申请人重新提交，或认定为不属紧急。",
  ),
  "emergency.paper-untitled": say(
    "The paper has no title.",
    "未填写附件名称。",
    "Write what stands at its head, with its number and date.",
    "请填写文件标题、文号和日期。",
  ),
  "paper.not-readable": say(
    "The file is neither a PDF whose pages can be read nor a picture: {attachments}. Rule C01.",
    "该文件既不是可读取的 PDF，也不是图片：{attachments}。规则 C01。",
    "Scan the paper to a PDF, or photograph it, and hand that in.",
    "请将文件扫描为 PDF 或拍照后提交。",
  ),
  "paper.blank": say(
    "The file is blank: {attachments}. Rule C01.",
    "该文件为空白：{attachments}。规则 C01。",
    "Hand in the paper itself.",
    "请提交实际的附件。",
  ),
  "paper.same-file": say(
    "The request has this very file already, as its document or as another paper: {attachments}. Rule C01.",
    "该文件已作为本申请的文件或其他附件提交：{attachments}。规则 C01。",
    "Hand in the paper that is owed.",
    "请提交所欠的附件。",
  ),
  "paper.same-words": say(
    "The request has these pages already, in its document or in another paper, word for word: {attachments}. Rule C01.",
    "该文件各页内容与本申请的文件或其他附件逐字相同：{attachments}。规则 C01。",
    "Hand in the paper that is owed, not the document saved anew.",
    "请提交所欠的附件，而非另存的同一文件。",
  ),
  "emergency.paper-not-yours": say(
    "Papers are added by whoever asked for the emergency use or carries its papers.",
    "附件由应急用印的申请人或经办人补交。",
    "Remind them in a comment.",
    "请留言提醒其补交。",
  ),
  "task.emergency-papers": say(
    "Add the papers that the emergency use {subject} owes: {attachments}.",
    "补交应急用印 {subject} 尚欠的附件：{attachments}。",
    "Open it and add them; until then you can ask for no further emergency.",
    "请打开申请补交；补齐前不得再次申请应急用印。",
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
  "standing.days": say(
    "A standing authorisation has a last day that is not past, at most {most} {most:day|days} after its first.",
    "常设授权须有未过的截止日，自起始日起最长 {most} 天。",
    "Correct the days.",
    "请改正日期。",
  ),
  "standing.kinds": say(
    "A standing authorisation names the kinds of counterparties it is for.",
    "常设授权须写明适用的相对方类别。",
    "Choose one at least; “not stated” is none.",
    "请至少选择一类；“未说明”不能选。",
  ),
  "standing.template": say(
    "The template is not in force in this entity. Rule C03.",
    "该模板在本单位未生效。规则 C03。",
    "Choose a template that is, or have one registered.",
    "请选择已生效的模板，或先登记模板。",
  ),
  "standing.seal": say(
    "The seal does not belong to this entity.",
    "该印章不属于本单位。",
    "Choose a seal of this entity.",
    "请选择本单位的印章。",
  ),
  "standing.other-entity": say(
    "The standing authorisation is another entity's. Rule C01.",
    "该常设授权属于其他单位。规则 C01。",
    "Choose one of this entity, or submit for approval.",
    "请选择本单位的常设授权，或提交审批。",
  ),
  "standing.over": say(
    "The standing authorisation is not in force today: its last day is {to}, or it was ended before. Rule C01.",
    "常设授权今日无效：截止日为 {to}，或已提前终止。规则 C01。",
    "Submit for approval, or have a new one given.",
    "请提交审批，或重新办理常设授权。",
  ),
  "standing.used-up": say(
    "The standing authorisation was for {count} {count:use|uses}, and {count:it has|all have} been used. Rule C01.",
    "常设授权的 {count} 次用印已用完。规则 C01。",
    "Submit for approval, or have a new one given.",
    "请提交审批，或重新办理常设授权。",
  ),
  "standing.other-template": say(
    "A document is not exactly as the template of the standing authorisation, in its words or in what is drawn on it, or the template is in force no more. Rule C03.",
    "有文件的文字或图形与常设授权的模板不一致，或该模板已失效。规则 C03。",
    "Upload the document made from the template, or submit for approval.",
    "请上传按模板填写的文件，或提交审批。",
  ),
  "standing.one-document": say(
    "Under a standing authorisation each document is a use of its own. Rule C01.",
    "在常设授权下，每份文件单独计为一次用印。规则 C01。",
    "Apply for each document by itself, or submit them together for approval.",
    "请逐份文件申请，或一并提交审批。",
  ),
  "standing.other-seal": say(
    "Another seal is asked for than that of the standing authorisation. Rule C07.",
    "所用印章与常设授权不符。规则 C07。",
    "Use that seal, or submit for approval.",
    "请改用该印章，或提交审批。",
  ),
  "standing.other-counterparty": say(
    "The standing authorisation is not for this kind of counterparty. Rule C01.",
    "常设授权不适用于此类相对方。规则 C01。",
    "State the kind if it is missing, or submit for approval.",
    "请补充相对方性质，或提交审批。",
  ),
  "standing.over-limit": say(
    "The amount is above the limit of {limit} {currency}, or is not stated. Rule C01.",
    "金额超过 {limit} {currency} 的限额，或未填写。规则 C01。",
    "State the amount, or submit for approval.",
    "请填写金额，或提交审批。",
  ),
  "standing.with-emergency": say(
    "A use is an emergency, or under a standing authorisation, and not both.",
    "应急用印与常设授权不能同时使用。",
    "Choose one of both.",
    "请二选一。",
  ),
  "standing.objected": say(
    "A reviewer returned or rejected this document, and nobody has answered that. Rule C03.",
    "该文件曾被退回或驳回，尚未重新同意。规则 C03。",
    "Apply in the ordinary way: the reviewer is asked again.",
    "请按常规方式申请，由审核人重新审核。",
  ),
  "standing.disagreement": say(
    "A document says another thing than the application. Rule C06.",
    "文件内容与申报不一致。规则 C06。",
    "Correct the application, or submit for approval.",
    "请改正申报内容，或提交审批。",
  ),
  "standing.ended-already": say(
    "This standing authorisation has ended already.",
    "该常设授权已终止。",
    "Reload the page.",
    "请刷新页面。",
  ),
  "task.review-standing-use": say(
    "Look at the use {request} under the standing authorisation {standing}.",
    "查看常设授权 {standing} 下的用印 {request}。",
    "Open it, compare it with the terms, and write what you found; if it was not within them, end the authorisation.",
    "请打开并与授权条件核对，写明结果；如不符合，请终止该授权。",
  ),
} as const satisfies Record<string, Message>;
