import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on the use of seals: entry check, route, decisions. */
export const useMessages = {
  "entry.internal-seal-outside": say(
    "The {sealType} may not stand on an external document. Rule C06.",
    "{sealType}不得用于对外文件。规则 C06。",
    "Choose one of the seals suggested.",
    "请改用建议的印章。",
  ),
  "entry.wrong-seal": say(
    "The {sealType} is not for a document of the class “{documentClass}”. Rule C07.",
    "{sealType}不能用于「{documentClass}」。规则 C07。",
    "Choose one of the seals suggested.",
    "请改用建议的印章。",
  ),
  "entry.seal-not-in-use": say(
    "The {sealType} is not in use now. Rule C10.",
    "{sealType}目前不可使用。规则 C10。",
    "Choose another seal, or ask the seal administrator.",
    "请另选印章，或联系印章管理员。",
  ),
  "entry.unfinished": say(
    "The document is blank or unfinished in {places} places. Rule C05.",
    "文件有 {places} 处空白或未完成。规则 C05。",
    "Finish the document, or answer each place with a reason where that is possible.",
    "请补全文件；可以说明的地方，请逐处说明原因。",
  ),
  "entry.empty-page": say(
    "The document has an empty page or no content. Rule C05: this can not be answered with a reason.",
    "文件有空白页或没有内容。规则 C05：不能以说明代替。",
    "Remove the empty page, or upload the finished document.",
    "请删除空白页，或上传完整的文件。",
  ),
  "entry.off-page": say(
    "A seal stands over the edge of page {page} of “{document}”.",
    "文件「{document}」第 {page} 页的印章超出页面边缘。",
    "Move it onto the page.",
    "请把印章移到页面内。",
  ),
  "entry.incomplete": say(
    "The application is not complete: {missing}.",
    "申请内容不完整：{missing}。",
    "Fill in what is missing.",
    "请补充缺少的内容。",
  ),
  "entry.document-not-sealable": say(
    "The document “{name}” can not be sealed.",
    "文件「{name}」不能加盖电子印章。",
    "Upload another version of it.",
    "请上传其他版本。",
  ),
  "entry.seals-of-two-entities": say(
    "The seals belong to different entities.",
    "所选印章属于不同单位。",
    "Ask for each entity in a request of its own.",
    "请按单位分别申请。",
  ),
  "entry.role-never-asks": say(
    "The {duty} of this request is {role} here, and who is that does not ask for a seal. Rule C11.",
    "本申请的{duty}同时是{role}，担任该角色者不得申请用印。规则 C11。",
    "Somebody else applies or carries the papers.",
    "请由其他人申请或经办。",
  ),
  "entry.custodian-missing": say(
    "Nobody could release the seals of this request: it needs a custodian of every seal who does not ask himself. Rule C08.",
    "没有人可以放行本申请的签章：须有未参与申请且保管全部印章的保管人。规则 C08。",
    "Ask for the seals apart, or ask the seal administrator to name another custodian.",
    "请分别申请，或请印章管理员增加保管人。",
  ),
  "entry.supervisor-missing": say(
    "Nobody could supervise this request: it needs a supervisor besides the custodian who releases. Rule C04.",
    "没有人可以监印本申请：除放行的保管人外，还须有监印人。规则 C04。",
    "Ask the seal administrator to name a supervisor.",
    "请印章管理员指定监印人。",
  ),
  "entry.valid-until-past": say(
    "The last day of validity has passed.",
    "有效期已过。",
    "Choose a later day.",
    "请选择更晚的日期。",
  ),
  "entry.valid-until-next-year": say(
    "A request is not valid beyond the end of the year.",
    "申请有效期不得跨年。",
    "Choose a day of this year.",
    "请选择本年内的日期。",
  ),
  "route.unit-head": say("Head of the applicant's unit.", "申请人所在部门负责人。"),
  "route.next-superior": say(
    "The next superior, because the unit's head may not decide this request.",
    "部门负责人不能审批本申请，由上一级负责人审批。",
  ),
  "route.legal-review": say(
    "The document makes rights or duties. Rule C03.",
    "文件产生权利义务，须经法务审核。规则 C03。",
  ),
  "route.signatory": say("Final authority for the seal.", "印章使用的最终授权。"),
  "route.unit-head-missing": say(
    "No head of a unit can decide this request. Rule C01.",
    "没有可审批本申请的部门负责人。规则 C01。",
    "Ask the system administrator to name a head of the unit or of the one above.",
    "请系统管理员指定本部门或上级部门负责人。",
  ),
  "route.legal-reviewer-missing": say(
    "No legal reviewer can review this request. Rule C03.",
    "没有可审核本申请的法务审核人。规则 C03。",
    "Ask the system administrator to name a legal reviewer.",
    "请系统管理员指定法务审核人。",
  ),
  "route.signatory-missing": say(
    "No signatory may authorise all the seals of this request. Rule C01.",
    "没有可授权本申请全部印章的签批人。规则 C01。",
    "Ask the system administrator to name a signatory, or ask for the seals apart.",
    "请系统管理员指定签批人，或分别申请。",
  ),
  "approval.step-not-current": say(
    "This step is not open now; the request is {state}.",
    "该步骤目前不可处理；申请状态为「{state}」。",
    "Reload the request.",
    "请刷新申请页面。",
  ),
  "approval.not-a-candidate": say("You are not asked to decide this step. Rule C01.", "本步骤不由您审批。规则 C01。"),
  "approval.delegator-concerned": say(
    "You would decide in the place of somebody who has another duty in this request. A conflict of interest travels with a delegation. Rule C11.",
    "委托您代理的人在该申请中另有职责，利益冲突随委托一并适用，您不能代为处理。规则 C11。",
    "Somebody else who holds the role decides.",
    "请由担任该角色的其他人处理。",
  ),
  "approval.grant-ended": say(
    "The role by which you were asked has ended. Rule C11.",
    "您的审批角色已结束。规则 C11。",
    "Ask the system administrator.",
    "请联系系统管理员。",
  ),
  "approval.own-request": say(
    "Who asks, or carries the papers, does not decide. Rule C11.",
    "申请人或经办人不得审批。规则 C11。",
  ),
  "approval.digest-differs": say(
    "The request was changed after you opened it. Rule C17. Nothing was decided.",
    "您打开后申请内容已变更。规则 C17。没有做出决定。",
    "Reload the page and read it again.",
    "请刷新页面重新阅读。",
  ),
  "approval.decided-before": say(
    "You decided an earlier step of this request as its {otherDuty}; its {duty} is another person. Rule C11.",
    "您已作为{otherDuty}处理过本申请，{duty}须由另一人担任。规则 C11。",
    "Another candidate decides this step.",
    "请由其他审批人处理本步骤。",
  ),
  "approval.reason-missing": say(
    "A refusal or return needs a reason.",
    "驳回或退回须说明原因。",
    "Write what is to be changed.",
    "请写明需要修改的内容。",
  ),
  "approval.presence-missing": say(
    "A decision on an important seal needs a fresh proof of presence.",
    "对重要印章的审批须重新确认身份。",
    "Confirm with your passkey or password.",
    "请用通行密钥或密码确认。",
  ),
  "approval.reset-lately": say(
    "Your credentials were reset lately. Rule C11: no decision on an important seal for {hours} more hours.",
    "您的登录凭证刚被重置。规则 C11：{hours} 小时内不得对重要印章做决定。",
    "Another candidate may decide, or wait.",
    "可由其他审批人处理，或稍后再试。",
  ),
  "request.command-not-possible": say(
    "This is not possible while the request is {state}.",
    "申请处于「{state}」状态，不能进行此操作。",
    "Reload the request; its page shows what can be done now.",
    "请刷新申请页面，查看当前可进行的操作。",
  ),
  "request.entity-fixed": say(
    "The request has the number {number}, which belongs to its entity. Rule C09.",
    "该申请已有编号 {number}，编号属于原单位。规则 C09。",
    "Apply anew for the other entity.",
    "请为另一单位重新申请。",
  ),
  "impression.command-not-possible": say(
    "An impression that is {state} stays as it is. Rule C09.",
    "该印迹状态为 {state}，不能更改。规则 C09。",
  ),
  "release.not-custodian": say(
    "You are not a custodian of every seal of this request. Rule C08.",
    "您不是本申请全部印章的保管人。规则 C08。",
    "Ask the custodian named on the request.",
    "请由申请所列保管人放行。",
  ),
  "confirm.not-supervisor": say(
    "You may not supervise this request. Rule C04.",
    "您不能监印本申请。规则 C04。",
    "Ask the supervisor named on the request.",
    "请由申请所列监印人确认。",
  ),
  "confirm.not-released": say(
    "The custodian has not released this yet, so there is nothing to confirm. Rule C04.",
    "保管人尚未放行，目前没有可确认的内容。规则 C04。",
    "Wait until a custodian has released; the request then stands in your inbox.",
    "请等待保管人放行；放行后，该申请会出现在您的待办中。",
  ),
  "unfinished.empty-page": say("This page is empty.", "本页为空白页。"),
  "unfinished.no-content": say("The document has hardly any content.", "文件几乎没有内容。"),
  "unfinished.near-empty-page": say(
    "This page holds nothing but a header, a footer or a letterhead.",
    "本页除页眉、页脚或信头外没有内容。",
  ),
  "unfinished.leftover": say(
    "A note, a tracked change or a placeholder was left in the text.",
    "文中留有批注、修订痕迹或待补内容。",
  ),
  "unfinished.missing-party": say("A party is not named.", "未写明当事人名称。"),
  "unfinished.missing-amount": say("No amount is stated.", "未写明金额。"),
  "unfinished.missing-date": say("No date is stated.", "未写明日期。"),
  "unfinished.amount-words-differ": say(
    "The amount in words and the amount in figures differ.",
    "金额大写与小写不一致。",
  ),
  "unfinished.underscores": say("A line is not filled in.", "横线处未填写。"),
  "unfinished.brackets": say("Brackets are not filled in.", "括号内未填写。"),
  "unfinished.form-field": say("A form field is not filled in.", "表单字段未填写。"),
  "unfinished.date": say("A date is not filled in.", "日期未填写。"),
  "unfinished.hidden-layer": say(
    "Layers of this document do not show, or not everywhere.",
    "文件中有不显示或并非处处显示的图层。",
  ),
  "unfinished.attachment": say("Other files are attached inside this document.", "文件内嵌有其他附件。"),
  "unfinished.annotation": say("A note or drawing lies over the page.", "页面上叠加了批注或图形。"),
  "unfinished.form-value": say(
    "The page may show this field otherwise than its value.",
    "页面显示的内容可能与该表单字段的值不一致。",
  ),
  "unfinished.form-redrawn": say(
    "Viewers draw the filled fields of this form anew, each in its own way.",
    "阅读器会各自重新绘制此表单中已填写的字段。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
