import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on how a step is decided: who is asked besides, in whose place, and from where on again. */
export const decidingMessages = {
  "route.added": say("Added by a reviewer.", "由审批人加签。"),
  "route.added-before": say(
    "A reviewer added this person to another request with the same document, and he has not agreed to it.",
    "此人曾在同一文件的另一申请中被加签，尚未同意。",
  ),
  "step.reason-missing": say(
    "Who is asked besides, or instead, and who is asked again has to know why.",
    "加签、转交或退回前序环节须说明原因。",
    "Write one sentence.",
    "请写明一句理由。",
  ),
  "step.after-signatory": say(
    "The signatory decides last. Rule C01.",
    "签批人最后审批。规则 C01。",
    "Add the reviewer before this step.",
    "请将审核人加在本环节之前。",
  ),
  "step.asked-already": say(
    "This person is asked in this request already, or has decided in it. Rule C11.",
    "此人已在本申请中受邀审批或已作出决定。规则 C11。",
    "Name somebody else.",
    "请另选他人。",
  ),
  "step.not-eligible": say(
    "This person has another duty in this request, or is not here any more. Rule C11.",
    "此人在本申请中另有职责，或已不在任。规则 C11。",
    "Name somebody else.",
    "请另选他人。",
  ),
  "step.not-entitled": say(
    "This person may not decide this step, or is asked in it already. Rule C11.",
    "此人无权审批本环节，或已受邀审批本环节。规则 C11。",
    "Pass it to somebody who holds the role, or add a reviewer.",
    "请转交给担任该角色的人，或加签审核人。",
  ),
  "step.not-earlier": say(
    "A step is returned to one that was decided before it, and not to this one.",
    "只能退回到在本环节之前的环节。",
    "Reload the request and choose an earlier step, or return it to the applicant.",
    "请刷新申请后选择前序环节，或退回申请人。",
  ),
  "step.too-many": say(
    "{most} {most:reviewer was|reviewers were} added to this request already.",
    "本申请已加签 {most} 人。",
    "Return it to the applicant, so that the route can be made anew.",
    "请退回申请人，重新形成审批流程。",
  ),
  "batch.not-low-risk": say(
    "This request has to be looked at for itself: it is external, asks for an important seal or presence, or has answered blanks. Rule C01.",
    "本申请须单独审阅：对外文件、重要印章、须确认身份或含已说明的空白处。规则 C01。",
    "Open it and decide it there.",
    "请打开申请单独审批。",
  ),
  "batch.other-class": say(
    "Several are approved together only where their documents are of one class.",
    "仅同类文件的申请可以一并审批。",
    "Approve the others in a second act.",
    "其余申请请另行审批。",
  ),
  "task.step-nobody-else": say(
    "A step of {number} has waited too long, and nobody else may decide it.",
    "申请 {number} 有一步等待过久，且无其他人有权审批。",
    "Remind whoever is asked, or have somebody given the role: he is then asked by itself. Where the rules name people, change the rules.",
    "请催办，或另行授予该角色，系统将自动请其审批；规则点名审批人的，请修改规则。",
  ),
  "comment.too-many": say(
    "A comment mentions at most {most} {most:person|people}.",
    "一条评论最多可提及 {most} 人。",
    "Write to the others in a second comment.",
    "其余人员请另写一条评论。",
  ),
  "comment.draft": say(
    "A draft is shown to nobody who is mentioned in it. Rule C11.",
    "草稿不向被提及的人展示。规则 C11。",
    "Mention people once it is submitted.",
    "请提交后再提及他人。",
  ),
  "comment.not-to-be-mentioned": say(
    "Somebody mentioned may not be shown this request: he is a guest, of another entity, or not here any more. Rule C11.",
    "所提及的人不得查看本申请：属外部人员、其他单位人员或已不在任。规则 C11。",
    "Leave him out, or ask somebody of this entity.",
    "请去掉该人员，或请本单位人员处理。",
  ),
} as const satisfies Record<string, Message>;
