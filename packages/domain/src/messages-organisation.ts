import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on changes of the organisation: units that close, merge or are renamed. */
export const organisationMessages = {
  "unit.unknown": say(
    "The unit is not one of this entity.",
    "所选部门不属于该单位。",
    "Choose a unit of the entity.",
    "请选择该单位的部门。",
  ),
  "unit.closed-already": say(
    "The unit is closed already. Rule C10.",
    "该部门已撤销。规则 C10。",
    "Choose a unit that still exists.",
    "请选择现有部门。",
  ),
  "unit.not-superior": say(
    "Only the head of a unit above, or the system administrator, asks for this. Rule C11.",
    "只有上级部门负责人或系统管理员可以提出。规则 C11。",
    "Ask one of them to ask for it.",
    "请由其中一位提出。",
  ),
  "unit.same-name": say(
    "The unit has this name already.",
    "该部门已使用此名称。",
    "Write the new name.",
    "请填写新名称。",
  ),
  "unit.name-taken": say(
    "Another unit of the entity has this name.",
    "该单位已有同名部门。",
    "Choose another name.",
    "请更换名称。",
  ),
  "unit.last-root": say(
    "It is the last unit directly under the entity. Rule C10.",
    "这是该单位最后一个一级部门。规则 C10。",
    "Add the unit that takes its place first.",
    "请先新增接替的部门。",
  ),
  "unit.people-nowhere": say(
    "{people} people would belong to no unit.",
    "{people} 名人员将没有所属部门。",
    "Choose the unit they go to.",
    "请选择人员转入的部门。",
  ),
  "unit.heir-unknown": say(
    "The unit that takes over is closed, or not one of this entity.",
    "接收部门已撤销，或不属于该单位。",
    "Choose another unit of the entity.",
    "请选择该单位的其他部门。",
  ),
  "unit.heir-below": say(
    "The unit that takes over lies below the one that ends.",
    "接收部门是被撤并部门的下级。",
    "Choose a unit beside it or above it.",
    "请选择同级或上级部门。",
  ),
  "unit.kept-seal-foreign": say(
    "A seal that is to go on is not one of the unit. Rule C10.",
    "所选保留的印章不属于该部门。规则 C10。",
    "Choose among the seals of the unit.",
    "请在该部门的印章中选择。",
  ),
  "unit.kept-seal-names-it": say(
    "The face of the seal {sealNumber} shows the name that ends. Rule C10.",
    "印章 {sealNumber} 的印面带有即将停用的名称。规则 C10。",
    "Let it stop, and have a new one made.",
    "请停用该印章并另行刻制。",
  ),
  "seal.unit-closed": say(
    "The unit of the seal is closed. Rule C10.",
    "印章所属部门已撤销。规则 C10。",
    "Have a new seal made for a unit that exists.",
    "请为现有部门另行刻制印章。",
  ),
  "person.unknown": say(
    "The person is not one of this entity, or has departed. Rule C11.",
    "该人员不属于该单位或已离职。规则 C11。",
    "Choose a person of the entity.",
    "请选择该单位的人员。",
  ),
  "person.last-administrator": say(
    "Nobody else keeps the accounts of the entity. Rule C11.",
    "该单位没有其他系统管理员。规则 C11。",
    "Have the role granted to another person first.",
    "请先将该角色授予他人。",
  ),
  "person.unit-unknown": say(
    "The person is in this unit already, or it is closed or of another entity.",
    "该人员已在此部门，或该部门已撤销、不属于该单位。",
    "Choose another unit of the entity.",
    "请选择该单位的其他部门。",
  ),
  "person.leave-backwards": say(
    "The leave ends before it begins.",
    "休假结束日早于开始日。",
    "Choose a later last day.",
    "请选择更晚的结束日。",
  ),
  "person.leave-over": say(
    "The leave was over on {day}; nobody needs to stand in any more.",
    "休假已于 {day} 结束，无需再安排代理。",
    "Choose days that are still to come.",
    "请选择尚未到来的日期。",
  ),
  "person.leave-too-long": say(
    "Leave lasts {days} days at most.",
    "休假最长 {days} 天。",
    "Choose an earlier last day, or end the person's positions.",
    "请选择更早的结束日，或终止其岗位。",
  ),
  "person.return-backwards": say(
    "The day {day} has passed: what others did in the person's place until today stays as it is.",
    "{day} 已过：他人在此之前代为办理的事项不予更改。",
    "Choose today or a later day as the first day back.",
    "请将返岗日选为今天或之后的日期。",
  ),
  "person.not-on-leave": say(
    "On {day} the person is not on leave that could end early.",
    "该人员在 {day} 没有可提前结束的休假。",
    "Choose a day of the leave after it began; leave that has not begun is cancelled in its own matter.",
    "请选择休假期间的日期；尚未开始的休假请在原事项中取消。",
  ),
  "person.return-of-another": say(
    "Only the person on leave, or who may ask for leave, says that it ends.",
    "只有休假人本人或可申请休假的人员可以办理销假。",
    "Ask the person, a seal administrator or a system administrator.",
    "请由本人、印章管理员或系统管理员办理。",
  ),
  "handover.photo-for-departed": say(
    "The transferor has departed: a photo of the pieces stands for him. Rule C14.",
    "移交人已离职，须以实物照片代为确认。规则 C14。",
    "Add the photo of the pieces, then confirm for the managing office.",
    "请上传实物照片后，由归口部门代为确认。",
  ),
  "person.on-leave": say(
    "The person is on leave today. Rule C12.",
    "该人员今天正在休假。规则 C12。",
    "Choose somebody who is there.",
    "请选择在岗人员。",
  ),
  "delegation.delegate-away": say(
    "Who would stand in is on leave on some of these days. Rule C11.",
    "受托人在此期间有休假。规则 C11。",
    "Choose somebody else, or other days.",
    "请另选受托人或调整日期。",
  ),
  "task.change-lock": say(
    "Change the lock {lock} of {container}: who held it has left.",
    "请更换{container}的锁具或密码 {lock}：原持有人已离岗。",
    "Have the key taken back or the code changed, then give the lock to another person under 'Containers'.",
    "请收回钥匙或更改密码，并在「存放容器」中重新指定持有人。",
  ),
  "task.take-back-forms": say(
    "Take back {count} forms of {series}: who had them has left.",
    "请收回{series}的 {count} 张凭证：领用人已离岗。",
    "Have their keeper enter them as returned, used or voided.",
    "请由凭证保管人登记退回、已使用或作废。",
  ),
  "task.bring-back": say(
    "Bring back the seal that is taken out: who travelled with it has left.",
    "请收回外借印章：随行人员已离岗。",
    "Have it returned by the matter 'Return of a take-out'.",
    "请办理「外借归还」。",
  ),
  "task.forced-handover": say(
    "Have the seal {sealNumber} handed over: its custodian is away, and it is frozen.",
    "请安排印章 {sealNumber} 的交接：保管人已不在岗，印章已冻结。",
    "Ask for the matter 'Handover of custody' to a fit person; afterwards unfreeze the seal.",
    "请办理「印章保管交接」，交接后解除冻结。",
  ),
  "task.resume-after-leave": say(
    "The custodian of the seal {sealNumber} is back; it is still frozen.",
    "印章 {sealNumber} 的保管人已返岗，印章仍处于冻结状态。",
    "Unfreeze the seal on its page, or have it handed over.",
    "请在印章页面解除冻结，或办理交接。",
  ),
  "representative.same": say(
    "This person is the legal representative already.",
    "该人员已是法定代表人。",
    "Choose the new one.",
    "请选择新任法定代表人。",
  ),
  "representative.lapse-too-early": say(
    "Roles the former one gave would lapse before the change takes effect.",
    "原法定代表人授予的角色将在变更生效前失效。",
    "Choose a day on or after the change.",
    "请选择变更当日或之后的日期。",
  ),
  "task.grant-renewal": say(
    "Renew the role {role} or let it lapse on {until}: the legal representative who gave it has changed.",
    "请续授角色「{role}」，或任其于 {until} 失效：授权的法定代表人已变更。",
    "Give the role anew from the organisation's page.",
    "请在组织页面重新授予。",
  ),
  "request.ended-with-unit": say(
    "Taken back: the unit or the seal it was asked for has ended. Rule C10.",
    "已撤回：所申请的部门或印章已终止。规则 C10。",
    "Ask again with a seal that is in use.",
    "请改用在用印章重新申请。",
  ),
  "task.forced-return": say(
    "Bring back the seal {sealNumber} at once: it is stopped because its unit changed.",
    "请立即交回印章 {sealNumber}：所属部门已变更，印章已停用。",
    "Hand it to the seal administrator with its papers; the return or the surrender records it.",
    "请连同材料交至印章管理员处，并办理归还或上缴。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
