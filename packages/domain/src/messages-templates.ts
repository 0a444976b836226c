import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn: string, wayZh: string): Message => ({
  sentence: { en, zh },
  wayOut: { en: wayEn, zh: wayZh },
});

/** Sentences on templates, on what a document says of itself, and on who settles where it says another thing. */
export const templateMessages = {
  "template.gone": say(
    "There is no such draft of a template, or it is in force already.",
    "该模板草稿不存在，或已经生效。",
    "Upload the file again for a new version.",
    "如需新版本，请重新上传文件。",
  ),
  "template.not-your-draft": say(
    "Somebody else wrote this draft of a template.",
    "该模板草稿由他人编写。",
    "Ask its writer, or upload the file yourself.",
    "请联系编写人，或自行上传文件。",
  ),
  "template.proposed": say(
    "This template is being decided on and stays as it was proposed.",
    "该模板正在审批，不能再改。",
    "Withdraw the matter first, then change the template.",
    "请先撤回事项，再修改模板。",
  ),
  "template.draft-changed": say(
    "The template was changed after it was proposed.",
    "模板在提交审批后又有改动。",
    "Propose it again as it is now.",
    "请按现在的内容重新提交审批。",
  ),
  "template.other-entity": say(
    "Templates of an entity are kept by its own seal administrators.",
    "各单位的模板由本单位印章管理员维护。",
    "Choose an entity whose seals you run, or ask its seal administrator.",
    "请选择您负责的单位，或联系该单位印章管理员。",
  ),
  "template.not-in-force": say(
    "The template is not in force any more.",
    "该模板已不再使用。",
    "Register the file as a new template.",
    "请将文件登记为新模板。",
  ),
  "template.too-little-text": say(
    "Outside its fields the file has fewer than {least} {least:word|words} that can be compared.",
    "除填写处外，文件可供比对的文字不足 {least} 个字词。",
    "Upload a PDF with its text, not a scan; or draw fewer fields.",
    "请上传含文字的 PDF（非扫描件），或减少填写框。",
  ),
  "template.too-long": say(
    "The file has more text than can be compared.",
    "文件文字过多，无法完整比对。",
    "Split it into several templates.",
    "请拆分为几个模板。",
  ),
  "facts.differ": say(
    "The application and its documents say different things in {count} {count:place|places}, and by what the documents say it can not be sealed like this.",
    "申请与文件内容有 {count} 处不一致；按文件内容，不能这样用印。",
    "Correct the application or the document; or write beside each place why it is right as you declare it. A reviewer then settles it.",
    "请更正申请或文件；如申报无误，请在各处说明理由，由审核人认定。",
  ),
  "facts.not-compared": say(
    "The templates changed just now, and the documents have to be compared again.",
    "模板刚有变动，文件需要重新比对。",
    "Try again.",
    "请重试。",
  ),
  "facts.to-settle": say(
    "The application says another thing than the document, and nobody has settled it; places concerned: {count}.",
    "申请与文件有 {count} 处不一致，尚未认定。",
    "Settle each place with a reason, or return the request.",
    "请逐处认定并说明理由，或退回申请。",
  ),
  "facts.document-right": say(
    "A reviewer settled that the document is right and the application is not; places concerned: {count}.",
    "审核人已认定以文件为准、申请填写有误；涉及 {count} 处。",
    "Return the request, so that the applicant declares what the document says, or reject it.",
    "请退回申请，由申请人按文件内容填写，或予以否决。",
  ),
  "facts.not-yours": say(
    "What a document says is settled by who reviews it now: legal review where the request has it, else the signatory.",
    "不一致处由当前审核人认定：有法务审核的由法务认定，否则由签批人认定。",
    "Leave it to them, or comment on the request.",
    "请留待其认定，或在申请中留言。",
  ),
  "shorten.not-sure": say(
    "The rules this request was submitted under no longer give the route it has, so the stricter route stays. Rule C01.",
    "本申请提交时所依据的规则已无法推出现有路线，因此保留较严的路线。规则 C01。",
    "Decide it as it is.",
    "请按现有路线审批。",
  ),
  "shorten.needs-more": say(
    "What was confirmed asks for somebody who is not on this route, so the stricter route stays. Rule C01.",
    "按已认定的事项，还须经本路线之外的人审批，因此保留较严的路线。规则 C01。",
    "Add a reviewer where somebody else has to see it, then decide it as it is.",
    "如须他人审核，请先加签，再按现有路线审批。",
  ),
  "shorten.begun": say(
    "What only the stricter fact asked for stays where it is under way, where it asks the reviewer who ruled, or where more than one signatory decides. Rule C01.",
    "仅因较严事项所需的步骤，凡已开始、由认定人本人审批或须多名签批人签批的，仍予保留。规则 C01。",
    "Decide it as it is.",
    "请按现有路线审批。",
  ),
  "facts.settled": say(
    "This place has been settled in this round already, or the documents say another thing now.",
    "该处本轮已认定，或文件内容已变。",
    "Open the request again.",
    "请重新打开该申请。",
  ),
} as const satisfies Record<string, Message>;
