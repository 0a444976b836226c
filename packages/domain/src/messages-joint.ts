import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn: string, wayZh: string): Message => ({
  sentence: { en, zh },
  wayOut: { en: wayEn, zh: wayZh },
});

/** Sentences on papers that two entities seal. */
export const jointMessages = {
  "joint.both-sides": say(
    "You decided, keep a seal, released or supervised on the other side ({other}) of this joint request. Nobody does so for both sides. Rule C11.",
    "您在本联合申请的另一方（{other}）已审批、保管印章、启用或监印。任何人不得为双方办理。规则 C11。",
    "Somebody else who is asked on this side does it; where nobody else is, the seal administrator has another person given the role.",
    "请由本方其他被询问的人办理；如无其他人，请印章管理员另行授予该角色。",
  ),
  "joint.delegator-both-sides": say(
    "You stand in for somebody who acted on the other side ({other}) of this joint request. Nobody does so for both sides, by a delegate neither. Rule C11.",
    "您所代理的人在本联合申请的另一方（{other}）已办理。任何人不得为双方办理，委托他人也不可以。规则 C11。",
    "Somebody who is asked in his own right does it.",
    "请由以本人身份被询问的人办理。",
  ),
  "joint.same-entity": say(
    "Both sides are the same entity. Rule C09.",
    "双方是同一单位。规则 C09。",
    "Choose another entity as the other side, or apply for one entity alone.",
    "请另选对方单位，或仅为一个单位申请。",
  ),
  "joint.not-series": say(
    "A series of documents is not sealed by two entities in one request. Rule C03.",
    "批量文件不能联合用印。规则 C03。",
    "Apply for the series in a request of its own for each entity, or hand in the document by itself.",
    "请由各单位分别申请批量用印，或单独提交文件。",
  ),
  "joint.not-emergency": say(
    "An emergency use has one authorised signatory; two entities do not seal in one. Rule C02.",
    "应急用印由一位授权签批人批准，不能联合用印。规则 C02。",
    "Apply for the emergency of each entity by itself, or ask in the ordinary way.",
    "请由各单位分别申请应急用印，或按常规方式申请。",
  ),
  "joint.not-standing": say(
    "A standing authorisation is given by one entity; two entities do not seal under it. Rule C01.",
    "常设授权由一个单位作出，不能据此联合用印。规则 C01。",
    "Take the standing authorisation off; both sides are then approved.",
    "请取消使用常设授权，由双方分别审批。",
  ),
  "joint.fixed": say(
    "Request {number} was submitted; whether another entity seals the same paper, and which, stays as it was. Rule C09.",
    "申请 {number} 已提交，是否联合用印及对方单位不再改变。规则 C09。",
    "Withdraw it and copy it as a new request.",
    "请撤回后复制为新的申请。",
  ),
  "joint.nobody-apart": say(
    "Nobody would be left to be {duty} on one of the sides: nobody decides, keeps or supervises for both. Rule C11.",
    "其中一方将没有人可担任{duty}：任何人不得为双方审批、保管或监印。规则 C11。",
    "The seal administrator has another person given that role for one of the two entities.",
    "请印章管理员在其中一个单位另行指定该角色的人员。",
  ),
  "joint.being-sealed": say(
    "The other side is being sealed just now. Rule C02.",
    "另一方正在用印。规则 C02。",
    "Wait until it is done. After that this side can only be ended; the seal of the other side stays in the register.",
    "请等待其完成。此后本方只能终止，另一方的用印仍保留在台账中。",
  ),
  "joint.side-refused": say(
    "The other side can not be submitted yet, and neither side goes alone. Rule C01.",
    "另一方尚不能提交，任何一方都不能单独提交。规则 C01。",
    "See what is missing for the other side on the same page.",
    "请在本页查看另一方所缺的内容。",
  ),
  "joint.change-first-side": say(
    "Both sides of a joint request are changed together, on the side it was asked from. Rule C17.",
    "联合申请的双方须一并修改，请从发起方修改。规则 C17。",
    "Open the side it was asked from.",
    "请打开发起方的申请。",
  ),
  "joint.not-done": say(
    "The paper carries the seals of both sides only when both have sealed it; this one is not done yet. Rule C17.",
    "双方均用印后文件才算完成，目前尚未完成。规则 C17。",
    "Wait for the other side; its state stands on this page. If it will not seal, end the request.",
    "请等待另一方，其状态见本页。如另一方不再用印，请终止申请。",
  ),
  "joint.returned-with": say(
    "The other side ({other}) was {event}; this side came back with it.",
    "另一方（{other}）已{event}，本方随之退回。",
    "Change what is to be changed and submit both sides again. Agreements of this side stand where what they rest on is the same.",
    "请修改后重新提交双方。所依据的内容未变的，本方已有的同意继续有效。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
