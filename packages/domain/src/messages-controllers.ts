import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on seal controllers: how they are enrolled, and what is found in what they send. */
export const controllerMessages = {
  "controller.not-now": say(
    "This cannot happen to a controller in the state '{controllerState}'. Rule C18.",
    "印控仪处于「{controllerState}」状态，不能进行此操作。规则 C18。",
    "Reload the page to see where it stands.",
    "请刷新页面查看当前状态。",
  ),
  "controller.serial-there": say(
    "A controller with the serial number {serial} is registered already. Rule C18.",
    "序列号为 {serial} 的印控仪已登记。规则 C18。",
    "Open it in the list. If its box was replaced or reset, revoke it there first.",
    "请在列表中打开该设备。如设备已更换或重置，请先吊销。",
  ),
  "controller.container-unfit": say(
    "The container is no controller of this entity, or another controller stands for it already. Rule C13.",
    "该存放处不是本单位的印控仪，或已对应另一台设备。规则 C13。",
    "Add a container of the kind 'intelligent controller' for this box.",
    "请先为该设备新增类型为「智能印控仪」的存放处。",
  ),
  "controller.confirm-self": say(
    "Whoever registered the controller or made its pairing code does not confirm it. Rule C18.",
    "登记印控仪或生成配对码的人不能自行确认。规则 C18。",
    "Have another custodian or seal administrator compare the six digits on the controller.",
    "请由另一位保管人或印章管理员在设备旁核对六位数字。",
  ),
  "controller.pairing-over": say(
    "The time of this pairing is over. Rule C18.",
    "本次配对已过期。规则 C18。",
    "Make a new pairing code and enter it on the controller.",
    "请重新生成配对码并在设备上输入。",
  ),
  "controller.pairing-refused": say(
    "No controller waits for this serial number and pairing code, or the code has had its time and tries. Rule C18.",
    "没有设备在等待该序列号与配对码，或配对码已过期、已用尽次数。规则 C18。",
    "Read serial number and code again; else have a new code made.",
    "请重新核对序列号与配对码；仍不成功请重新生成。",
  ),
  "controller.request-unfit": say(
    "The certification request cannot be used, or its key is known already. Rule C18.",
    "证书请求不可用，或其密钥已被使用。规则 C18。",
    "Have the controller make a new key, Ed25519 or on P-256.",
    "请让设备重新生成 Ed25519 或 P-256 密钥。",
  ),
  "controller.code-differs": say(
    "These are not the digits that this platform and its controller share. Tries left: {left}. Rule C18.",
    "数字与平台计算的结果不一致。剩余次数：{left}。规则 C18。",
    "Read the six digits on the controller once more. If they are the same, somebody stands in between: decline, and pair by another network.",
    "请再次核对设备屏幕上的六位数字。若仍不同，说明有人介入：请拒绝，并换用其他网络重新配对。",
  ),
  "finding.controller.quarantined": say(
    "What is wrong with the controller {serial}? {what} Rule C18.",
    "印控仪 {serial} 出了什么问题？{what}规则 C18。",
    "{todo}",
    "{todo}",
  ),
  "finding.controller.alarm": say(
    "What happened at the controller {serial}? {what} Rule C18.",
    "印控仪 {serial} 发生了什么？{what}规则 C18。",
    "{todo}",
    "{todo}",
  ),
} as const satisfies Readonly<Record<string, Message>>;
