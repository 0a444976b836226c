import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on what a controller may press: why the authority signs nothing, what two people do at a box, what was one too many. */
export const controllerUseMessages = {
  "controller.use-not-mounted": say(
    "This seal sits in no controller. Rule C08.",
    "该印章未装入印控仪。规则 C08。",
    "Have two people put it in from the controller's page, or stamp by hand.",
    "请在印控仪页面由两人装入印章，或手工盖章。",
  ),
  "controller.use-no-container": say(
    "The controller stands for no container, so the books cannot say that the seal is in it. Rule C13.",
    "该印控仪未对应存放处，保管账无法记载印章在其中。规则 C13。",
    "Enrol it anew with the container it stands for.",
    "请重新注册该设备并指定对应的存放处。",
  ),
  "controller.use-books-differ": say(
    "By the custody book the seal is elsewhere, not in this controller. Rule C13.",
    "按保管账，印章不在该印控仪中。规则 C13。",
    "Lock it away into the controller's container, under “Seals I keep”.",
    "请在「我保管的印章」中将其归位到该印控仪的存放处。",
  ),
  "controller.use-stamper-unknown": say(
    "Who stamps has no finger on this controller. Rule C08.",
    "盖章人未在该印控仪录入指纹。规则 C08。",
    "Have two people add the finger from the controller's page.",
    "请在印控仪页面由两人为其录入指纹。",
  ),
  "controller.use-supervisor-unknown": say(
    "Who supervises has no finger on this controller. Rule C04.",
    "监印人未在该印控仪录入指纹。规则 C04。",
    "Have two people add the finger from the controller's page, or ask another supervisor.",
    "请在印控仪页面由两人为其录入指纹，或改由其他监印人监印。",
  ),
  "authorisation.not-open": say(
    "The stamping was not opened for a controller, or has ended. Rule C01.",
    "未以印控仪开启盖章，或盖章已结束。规则 C01。",
    "Open it on the request's page.",
    "请在申请页面开启盖章。",
  ),
  "authorisation.same-person": say(
    "Who stamps does not supervise himself. Rule C11.",
    "盖章人不得自行监印。规则 C11。",
    "Ask another supervisor to confirm.",
    "请由另一位监印人确认。",
  ),
  "authorisation.living-already": say(
    "An authorisation for this seal and request is under way already. Rule C09.",
    "该申请的这枚印章已有一份进行中的授权。规则 C09。",
    "Use it up at the controller, or end the stamping.",
    "请在印控仪上用完该授权，或结束盖章。",
  ),
  "authorisation.nothing-left": say(
    "No impression of this seal is left to be made. Rule C09.",
    "这枚印章已无待盖印迹。规则 C09。",
    "End the stamping; what is missing needs a request of its own.",
    "请结束盖章；缺少的部分须另行申请。",
  ),
  "authorisation.over-budget": say(
    "{asked} {asked:impression is|impressions are} asked for, and {left} of what was approved {left:is|are} left. Rule C09.",
    "请求 {asked} 次用印，批准余量为 {left} 次。规则 C09。",
    "Have an inspector look at this request's counts.",
    "请检查人核查该申请的次数。",
  ),
  "order.same-person": say(
    "Two different people carry it out at the box. Rule C11.",
    "须由两名不同人员在设备旁执行。规则 C11。",
    "Choose another second person.",
    "请另选第二人。",
  ),
  "order.not-asker": say(
    "Who asks for it is one of the two at the box. Rule C18.",
    "申请人须是在场两人之一。规则 C18。",
    "Have one of the two ask for it.",
    "请由其中一人提出。",
  ),
  "order.not-managing": say(
    "Only custodians and seal administrators of its entity carry it out. Rule C18.",
    "仅本单位的保管人和印章管理员可以执行。规则 C18。",
    "Choose somebody with such a role.",
    "请选择具有该角色的人员。",
  ),
  "order.no-finger": say(
    "One of the two has no finger on this controller. Rule C18.",
    "两人之一未在该印控仪录入指纹。规则 C18。",
    "Choose two whom the controller knows, or have them add a finger first.",
    "请选择已录入指纹的两人，或先由其录入新指纹。",
  ),
  "order.piece-unfit": say(
    "This is no piece of a seal of this entity that is in use. Rule C10.",
    "不是本单位在用印章的实物。规则 C10。",
    "Choose a piece that is in use.",
    "请选择在用的实物印章。",
  ),
  "order.no-custodian": say(
    "Neither of the two keeps this seal. Rule C08.",
    "两人均非该印章的保管人。规则 C08。",
    "Its custodian is one of the two who put it in or take it out.",
    "装入或取出印章的两人中须有其保管人。",
  ),
  "order.mounted-already": say(
    "This piece sits in a controller already. Rule C08.",
    "该印章已装在印控仪中。规则 C08。",
    "Take it out there first.",
    "请先从原设备取出。",
  ),
  "order.slot-taken": say(
    "Another seal sits in this slot. Rule C18.",
    "该槽位已有其他印章。规则 C18。",
    "Choose another slot, or take that seal out first.",
    "请选择其他槽位，或先取出该印章。",
  ),
  "order.not-mounted": say(
    "This piece does not sit in this controller. Rule C08.",
    "该印章不在这台印控仪中。规则 C08。",
    "Look at the controller's page again.",
    "请刷新印控仪页面。",
  ),
  "order.person-unfit": say(
    "This person has no role in the controller's entity. Rule C12.",
    "该人员在本单位没有角色。规则 C12。",
    "Have a role given first.",
    "请先授予角色。",
  ),
  "order.finger-unknown": say(
    "The controller does not know this finger. Rule C18.",
    "印控仪没有该指纹。规则 C18。",
    "Look at the controller's page again.",
    "请刷新印控仪页面。",
  ),
  "stamping.not-by-controller": say(
    "This stamping was not opened for a controller. Rule C08.",
    "本次盖章未以印控仪开启。规则 C08。",
    "Report each impression by hand.",
    "请逐次手工报告。",
  ),
  "stamping.controller-counts": say(
    "The controller tells what was pressed; nobody says it by hand. Rule C09.",
    "已盖印迹以印控仪记录为准，不能手工报告。规则 C09。",
    "Press at the controller. A sheet that is spoiled is said after its impression has come in.",
    "请在印控仪上盖章。盖坏的页面待印迹到达后再报告。",
  ),
  "stamping.photos-on-the-way": say(
    "{count} {count:photo|photos} of the controller have not arrived yet. Rule C09.",
    "印控仪尚有 {count} 张照片未到达。规则 C09。",
    "Wait until they are here; after a day you may decide without them, and two people say what those impressions are.",
    "请等待照片到达；超过一天可先处理，缺照片的印迹由两人认定。",
  ),
  "stamping.ending": say(
    "This stamping was ended; the controller has yet to say so. Rule C09.",
    "本次盖章已要求结束，正等待印控仪确认。规则 C09。",
    "Wait until the controller is heard.",
    "请等待印控仪回应。",
  ),
  "stamping.way-fixed": say(
    "This stamping was begun the other way and stays so. Rule C09.",
    "本次盖章已按另一种方式开始，不能更改。规则 C09。",
    "Go on as it was begun, or end it; the rest needs a request of its own.",
    "请按原方式继续或结束；剩余部分须另行申请。",
  ),
  "entry.photos-owed": say(
    "{count} {count:photo|photos} of your earlier stampings have been missing for more than three days: {requests}. Rule C09.",
    "您此前的用印有 {count} 张照片缺失超过三天：{requests}。规则 C09。",
    "Have the controller brought online, or the impressions decided by two people; then apply again.",
    "请让印控仪联网补传，或由两人认定这些印迹，然后重新申请。",
  ),
  "finding.authority.not-in-ledger": say(
    "The authority signed {jti}, and the ledger does not tell of it. Rule C01.",
    "授权服务签发了 {jti}，账本没有相应记录。规则 C01。",
    "Have whoever runs the server look at it; revoke the controller it is for.",
    "请服务器管理员核查，并吊销相关印控仪。",
  ),
  "finding.authority.not-signed": say(
    "The ledger tells of {jti}, and the authority has no such signature any more. Rule C01.",
    "账本记载了 {jti}，授权服务已无相应签名。规则 C01。",
    "Have whoever runs the server look for who removed it.",
    "请服务器管理员查明何人删除。",
  ),
  "finding.authority.not-approved": say(
    "The authority signed {jti} for a request that was not approved then. Rule C01.",
    "授权服务为当时未经批准的申请签发了 {jti}。规则 C01。",
    "Look at the request and its approvals; freeze its seal.",
    "请核查该申请及其审批，并冻结相关印章。",
  ),
  "finding.stamping.excess": say(
    "The controller {serial} pressed more than was authorised for {subject}. Rule C09.",
    "印控仪 {serial} 的盖章次数超过 {subject} 的授权。规则 C09。",
    "Request and seal are frozen. Look for the paper, and have the box inspected.",
    "申请和印章已冻结。请找到所盖纸张并检查设备。",
  ),
  "finding.stamping.without-authorisation": say(
    "The seal in the controller {serial} was pressed without an authorisation. Rule C01.",
    "印控仪 {serial} 中的印章在没有授权的情况下盖下。规则 C01。",
    "The seal is frozen. Look for the paper, and have the box inspected.",
    "印章已冻结。请找到所盖纸张并检查设备。",
  ),
  "finding.stamping.other-operator": say(
    "An impression of {subject} was pressed at the controller {serial} by somebody the authorisation does not name. Rule C08.",
    "{subject} 有一枚印迹由授权之外的人员在印控仪 {serial} 上盖下。规则 C08。",
    "Ask who stood at the box; two people decide what the impression is.",
    "请查明当时的操作人；该印迹由两人认定。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
