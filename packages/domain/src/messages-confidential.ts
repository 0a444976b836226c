import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on requests that only their readers open. */
export const confidentialMessages = {
  "confidential.needs-access": say(
    "Request {number} is confidential: its readers alone open it. Rule C11.",
    "申请 {number} 为保密申请，仅其阅读人可以打开。规则 C11。",
    "Say why you have to read it. It is then open to you for {hours} {hours:hour|hours}, and its readers see that you opened it, and why.",
    "请说明查阅理由。此后 {hours} 小时内您可以查阅，其阅读人会看到您的查阅及理由。",
  ),
  "confidential.not-reader": say(
    "This request is confidential, and you are none of its readers. Rule C11.",
    "本申请为保密申请，您不是其阅读人。规则 C11。",
    "Its applicant can name you as a reader.",
    "可由申请人将您指定为阅读人。",
  ),
  "confidential.open-already": say(
    "You read this request already.",
    "您已可以查阅本申请。",
    "Open it.",
    "请直接打开。",
  ),
  "confidential.access-reason": say(
    "Who opens a confidential request says why; its readers see it. Rule C11.",
    "查阅保密申请须说明理由，其阅读人可以看到。规则 C11。",
    "Write one sentence.",
    "请写明一句理由。",
  ),
  "confidential.reason-missing": say(
    "It is to be confidential, and it does not say why. Rule C11.",
    "本申请选择保密，但未说明理由。规则 C11。",
    "Write one sentence, or let it be an ordinary request.",
    "请写明一句理由，或改为普通申请。",
  ),
  "confidential.too-many-readers": say(
    "At most {most} {most:reader|readers} are named in a confidential request.",
    "保密申请最多可指定 {most} 名阅读人。",
    "Name those who have to know.",
    "请只指定必须知悉的人员。",
  ),
  "confidential.not-to-be-named": say(
    "Somebody named as a reader is a guest, of another entity, or not here any more. Rule C11.",
    "所指定的阅读人中有外部人员、其他单位人员或已不在任的人员。规则 C11。",
    "Leave him out, or name somebody of this entity.",
    "请去掉该人员，或指定本单位人员。",
  ),
  "confidential.fixed": say(
    "Whether request {number} is confidential was fixed when it was submitted. Rule C11.",
    "申请 {number} 是否保密在提交时已确定。规则 C11。",
    "Withdraw it and make a new request.",
    "请撤回后另行提出新的申请。",
  ),
  "comment.confidential": say(
    "This request is confidential: only its readers can be mentioned. Rule C11.",
    "本申请为保密申请，只能提及其阅读人。规则 C11。",
    "Ask the applicant to name them as readers, or leave them out.",
    "请申请人将其指定为阅读人，或去掉该人员。",
  ),
  "question.confidential": say(
    "A confidential request may belong together with this one, or be the same. Its readers can say.",
    "另有一项保密申请可能与本申请相关或重复，可由其阅读人说明。",
    "Ask the applicant whether they belong together.",
    "请向申请人了解两者是否相关。",
  ),
} as const satisfies Record<string, Message>;
