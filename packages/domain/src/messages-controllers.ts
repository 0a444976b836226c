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
  "controller.photo-part-unfit": say(
    "Part {part} of this photo has not the size that it has to have.",
    "该照片的第 {part} 部分大小不符。",
    "Ask which parts are here, and send those that are missing in the size told.",
    "请查询已到达的部分，并按规定大小重发缺少的部分。",
  ),
  "controller.photo-differs": say(
    "These parts are not the photo that was signed for. Rule C18.",
    "各部分拼合后与签名的照片不符。规则 C18。",
    "Send all parts again from the controller's own memory.",
    "请从设备存储中重新发送全部内容。",
  ),
  "controller.hindrance-revoked": say(
    "This controller was revoked. Rule C18.",
    "该印控仪已吊销。规则 C18。",
    "Enrol its box anew, under another name and key.",
    "请以新的名称与密钥重新注册设备。",
  ),
  "controller.hindrance-not-enrolled": say(
    "This controller is not enrolled yet. Rule C18.",
    "该印控仪尚未注册。规则 C18。",
    "Let two people finish its enrolment.",
    "请由两人完成注册。",
  ),
  "controller.hindrance-quarantined": say(
    "What it sent does not fit together, so it is quarantined. Rule C18.",
    "其记录前后不符，已被隔离。规则 C18。",
    "Close the finding; then two people read its counters and begin a new epoch, on the controller's page and at the box.",
    "请关闭该问题；随后由两人读取计数，在印控仪页面与设备上开始新纪元。",
  ),
  "controller.hindrance-tampered": say(
    "It was opened or moved without an order, and has locked itself. Rule C18.",
    "设备未经指令被打开或移动，已自行锁定。规则 C18。",
    "Two people inspect it on the spot.",
    "请由两人到现场检查。",
  ),
  "controller.hindrance-locked": say(
    "It is locked. Rule C18.",
    "设备已锁定。规则 C18。",
    "Its journal tells why; two people unlock it on the spot.",
    "原因见其日志；请由两人在现场解锁。",
  ),
  "controller.hindrance-gateway": say(
    "The platform's gateway is not running.",
    "平台的设备网关未运行。",
    "Have whoever runs the server look at the gateway's settings and log.",
    "请由服务器管理员检查网关设置与日志。",
  ),
  "controller.hindrance-never-heard": say(
    "It was never heard since its enrolment.",
    "注册后从未收到该设备的消息。",
    "Connect it to a network that reaches the gateway's address.",
    "请将设备接入可访问网关地址的网络。",
  ),
  "controller.hindrance-silent": say(
    "It was silent for more than {hours} {hours:hour|hours} and presses nothing.",
    "已超过 {hours} 小时无消息，设备不再盖章。",
    "Find it and bring it online. If it has locked itself, two people unlock it there.",
    "请找到设备并恢复联网；如已自行锁定，由两人在设备上解锁。",
  ),
  "controller.hindrance-offline": say(
    "It is not connected now.",
    "设备当前未连接。",
    "Look at its network; it sends what it wrote once it is back.",
    "请检查设备网络；恢复后会补传记录。",
  ),
  "controller.hindrance-battery": say(
    "Its battery is at {battery} per cent, too little to begin.",
    "电量仅剩 {battery}%，无法开始用印。",
    "Charge it.",
    "请充电。",
  ),
  "controller.hindrance-no-seal": say(
    "No seal is mounted in it.",
    "设备中尚未安装印章。",
    "Two people mount one by an order.",
    "请由两人凭指令安装印章。",
  ),
  "controller.hindrance-records-missing": say(
    "Records are missing: {waiting} {waiting:waits|wait} for an earlier one. Rule C18.",
    "缺少记录：有 {waiting} 条在等待前一条。规则 C18。",
    "Keep it online: it is asked to send them again.",
    "请保持联网：平台会要求重发。",
  ),
  "controller.hindrance-nothing-signs": say(
    "The authority that signs its authorisations is not at work. Rule C01.",
    "签发用印授权的授权服务未运行。规则 C01。",
    "Have whoever runs the server look at its log; until then stamp by hand.",
    "请服务器管理员查看日志；在此之前请手工盖章。",
  ),
  "alarm.not-told": say(
    "An alarm is acknowledged by those who were told of it. Rule C18.",
    "报警须由被通知的人员确认。规则 C18。",
    "Whom it was told to stands beside it.",
    "被通知人员见该报警详情。",
  ),
  "alarm.reason-missing": say(
    "Say what you saw or did: an alarm is acknowledged with a reason. Rule C18.",
    "请写明所见情况或所做处理：确认报警须说明理由。规则 C18。",
    "Write it into the field.",
    "请在输入框中填写。",
  ),
  "alarm.over": say(
    "This alarm has been acknowledged already. Rule C18.",
    "该报警已被确认。规则 C18。",
    "Its page tells by whom, and with which reason.",
    "确认人及理由见该报警详情。",
  ),
  "finding.alarm-open": say(
    "Its alarm is not acknowledged yet. Rule C18.",
    "对应的报警尚未确认。规则 C18。",
    "One of those who were told acknowledges it under 'Alarms'; then the finding is closed.",
    "请由被通知人员在「报警」页面确认，之后再关闭该发现。",
  ),
  "mail-address.unfit": say(
    "This is no mail address that can be written to.",
    "该邮箱地址不可用。",
    "Write it as name@example.org, without a name beside it.",
    "请按 name@example.org 的格式填写，不要附带姓名。",
  ),
  "finding.controller.quarantined": say(
    "What is wrong with the controller {serial}? {what} Rule C18.",
    "印控仪 {serial} 出了什么问题？{what}规则 C18。",
    "What to do: {todo} Then say what was found.",
    "处理办法：{todo}随后请记录查明的情况。",
  ),
  "finding.controller.alarm": say(
    "What happened at the controller {serial}? {what} Rule C18.",
    "印控仪 {serial} 发生了什么？{what}规则 C18。",
    "What to do: {todo} Then say what was found.",
    "处理办法：{todo}随后请记录查明的情况。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
