import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on controllers that their maker's cloud answers for. */
export const vendorMessages = {
  "controller.of-cloud": say(
    "This controller belongs to its maker's cloud and has no pairing code. Rule C18.",
    "该印控仪由厂商云管理，没有配对码。规则 C18。",
    "A second person confirms it by the number on its plate; revoke it if it is another box.",
    "请由第二人凭铭牌编号确认；如设备不符请吊销。",
  ),
  "vendor.address-unfit": say(
    "This is no address at which a cloud can be asked. Rule C18.",
    "该地址不能用于访问厂商云。规则 C18。",
    "Enter an https address without user, question mark or hash.",
    "请输入不含用户名、问号和井号的 https 地址。",
  ),
  "vendor.confirm-self": say(
    "Whoever registered the cloud does not confirm it. Rule C18.",
    "登记厂商云的人不能自行确认。规则 C18。",
    "Have another custodian or seal administrator compare address and account, and confirm it.",
    "请由另一位保管人或印章管理员核对地址和账户后确认。",
  ),
  "vendor.not-waiting": say(
    "This cloud does not wait for a second person. Rule C18.",
    "该厂商云不在等待第二人确认。规则 C18。",
    "Reload the page to see where it stands.",
    "请刷新页面查看当前状态。",
  ),
  "vendor.not-in-use": say(
    "The cloud of this controller's maker is not in use. Rule C18.",
    "该印控仪的厂商云未启用。规则 C18。",
    "Have a second person confirm the cloud, or stamp by hand.",
    "请由第二人确认该厂商云，或手工盖章。",
  ),
  "vendor.number-differs": say(
    "Another number was registered for this controller; {left} more {left:entry|entries} before it is given up. Rule C18.",
    "该编号与登记的设备编号不符，还可输入 {left} 次。规则 C18。",
    "Read the number from the plate of the box in front of you.",
    "请核对面前设备铭牌上的编号。",
  ),
  "vendor.person-unfit": say(
    "This person has no role in the entity of the cloud. Rule C12.",
    "该人员在厂商云所属单位没有任何角色。规则 C12。",
    "Choose somebody who works with seals there.",
    "请选择在该单位参与用印的人员。",
  ),
  "vendor.one-piece": say(
    "The container of this controller holds {count} {count:seal|seals}, and its maker's cloud cannot tell them apart. Rule C08.",
    "该印控仪的存放处有 {count} 枚印章，厂商云无法区分。规则 C08。",
    "Leave one seal in it.",
    "请只保留一枚印章。",
  ),
  "vendor.stamper-unknown": say(
    "The cloud of this controller's maker does not know who stamps. Rule C08.",
    "厂商云中没有盖章人的手机号。规则 C08。",
    "Have his mobile number entered on the controllers' page.",
    "请在印控仪页面登记其手机号。",
  ),
  "vendor.refused": say(
    "The maker's cloud refused what was asked of it ({answer}). Rule C01.",
    "厂商云拒绝了授权请求（{answer}）。规则 C01。",
    "Ask who runs the cloud; stamp by hand if it cannot wait.",
    "请联系厂商云管理方；如不能等待，请手工盖章。",
  ),
  "vendor.earlier-unclear": say(
    "Nobody can tell whether an earlier authorisation at the maker's cloud may still be used. Rule C09.",
    "厂商云上的前一份授权是否仍可使用尚不清楚。规则 C09。",
    "Wait until its two hours are over, or until the cloud has answered.",
    "请等待其两小时有效期结束，或等待厂商云应答。",
  ),
  "finding.vendor.not-there": say(
    "The maker's cloud no longer knows what was authorised for {subject} at the controller {serial}. Rule C09.",
    "厂商云已查不到 {subject} 在印控仪 {serial} 上的授权。规则 C09。",
    "Ask who runs the cloud, and count the impressions on the paper.",
    "请联系厂商云管理方，并清点纸面印迹。",
  ),
  "finding.vendor.other-controller": say(
    "The maker's cloud tells of {subject} at another controller than {serial}. Rule C09.",
    "厂商云显示 {subject} 的授权不在印控仪 {serial} 上。规则 C09。",
    "What it still allows is being ended. Ask who runs the cloud, and look where the seal is.",
    "剩余授权正在终止。请联系厂商云管理方，并查明印章所在。",
  ),
  "finding.vendor.count-differs": say(
    "The maker's cloud allows {count} for {subject} at the controller {serial} where {asked} was asked. Rule C09.",
    "厂商云允许 {subject} 在印控仪 {serial} 上盖 {count} 次，而申请为 {asked} 次。规则 C09。",
    "What it still allows is being ended. Ask who runs the cloud who changed it.",
    "剩余授权正在终止。请向厂商云管理方查明由谁更改。",
  ),
  "finding.vendor.count-fell": say(
    "The maker's cloud counts {used} for {subject} at the controller {serial} where it had counted {seen}. Rule C09.",
    "厂商云对 {subject} 在印控仪 {serial} 上的计数为 {used}，此前已计 {seen}。规则 C09。",
    "The higher count stands. Count the impressions on the paper, and ask who runs the cloud.",
    "以较高计数为准。请清点纸面印迹并联系厂商云管理方。",
  ),
  "finding.vendor.counts-contradict": say(
    "The maker's cloud says of {subject} at the controller {serial} that {used} of {count} were used and {left} left. Rule C09.",
    "厂商云称 {subject} 在印控仪 {serial} 上共 {count} 次、已用 {used} 次、剩余 {left} 次，彼此不符。规则 C09。",
    "What was used counts. Count the impressions on the paper, and ask who runs the cloud.",
    "以已用次数为准。请清点纸面印迹并联系厂商云管理方。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
