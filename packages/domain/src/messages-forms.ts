import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on controlled forms, and on corrections of registers. */
export const formMessages = {
  "forms.range-unfit": say(
    "{range} is no range of this series: it ends before it begins, or has more than {digits} digits. Rule C24.",
    "「{range}」不是本系列的号段：起止颠倒，或超过 {digits} 位。规则 C24。",
    "Compare with the first and the last form in your hand.",
    "请对照手中第一张和最后一张凭证。",
  ),
  "forms.range-unread": say(
    "These are no numbers of this series.",
    "所填内容不是本系列的号码。",
    "Write them as they stand on the forms, for example A00121–A00140, and set commas between ranges.",
    "请按凭证上的号码填写，例如 A00121–A00140，多个号段用逗号分隔。",
  ),
  "forms.count-differs": say(
    "{range} are {size} forms; {count} were counted. Rule C24.",
    "「{range}」应为 {size} 张，清点为 {count} 张。规则 C24。",
    "Count again. Take in only the ranges that are complete, and report what is missing to whoever delivered them.",
    "请重新清点，只接收完整的号段，缺少的部分请向交付方提出。",
  ),
  "forms.received-already": say(
    "These numbers were received before: {range}. Rule C24.",
    "下列号码此前已入库：{range}。规则 C24。",
    "A number exists once. If two forms bear it, keep both apart and ask who printed them.",
    "同一号码只能有一张。如有重号，请分开存放并向印制方查询。",
  ),
  "forms.not-received": say(
    "These numbers were never received: {range}. Rule C24.",
    "下列号码从未入库：{range}。规则 C24。",
    "Look at the numbers again; receive them first if they are new.",
    "请核对号码；如为新到凭证，请先入库。",
  ),
  "forms.elsewhere": say(
    "{range} is {state}, so this cannot be done with it. Rule C24.",
    "「{range}」为「{state}」，不能进行此操作。规则 C24。",
    "The page of the series shows where each number is; leave this part out.",
    "系列页面显示每个号码的状态，请去掉这一部分。",
  ),
  "forms.other-hand": say(
    "{range} was issued to somebody else. Rule C24.",
    "「{range}」已由他人领用。规则 C24。",
    "Whoever received the forms accounts for them, or gives them back to the keeper.",
    "请由领用人办理，或由其退回保管人。",
  ),
  "forms.receipt-missing": say(
    "You have not confirmed yet that you received {range}. Rule C24.",
    "您尚未确认领到「{range}」。规则 C24。",
    "Count what was handed to you and confirm the receipt on this page.",
    "请清点领到的凭证，并在本页确认签收。",
  ),
  "forms.photo-missing": say(
    "A voided form is kept, and shown by a photo. Rule C24.",
    "作废凭证须留存并附照片。规则 C24。",
    "Take a photo of the form with its number struck through, or of the notice where it was lost.",
    "请拍摄已划销的凭证；遗失的，请拍摄声明作废的公告。",
  ),
  "forms.use-unexplained": say(
    "A form is used with a seal use, or the reason is stated why there is none. Rule C05.",
    "使用凭证须对应用印申请，没有用印申请的须说明理由。规则 C05。",
    "Choose the request, or write the reason.",
    "请选择用印申请，或填写理由。",
  ),
  "forms.request-unfit": say(
    "This form cannot be used with that request: it is not yours, or nothing was sealed with it. Rule C05.",
    "该凭证不能对应此用印申请：申请不是您的，或尚未用印。规则 C05。",
    "Choose a request of your own that is registered.",
    "请选择您本人已登记的用印申请。",
  ),
  "forms.held-by-request": say(
    "{range} is named in request {request}, which is still under way. Rule C05.",
    "「{range}」已列入办理中的用印申请 {request}。规则 C05。",
    "Wait for that request, or withdraw it; then the numbers are free again.",
    "请等待该申请办结或撤回，号码随即释放。",
  ),
  "forms.not-yours": say(
    "{range} is not issued to the applicant. Rule C05.",
    "「{range}」不是申请人领用的凭证。规则 C05。",
    "Name only forms that the keeper issued to you and whose receipt you confirmed.",
    "只能填写保管人发给您且已签收的凭证。",
  ),
  "forms.keeper-without-role": say(
    "Who keeps the series {series} must be certificate keeper of the whole entity. Rule C11.",
    "「{series}」的保管人须为本单位的证书保管人。规则 C11。",
    "Have the role granted, or name another keeper.",
    "请先授予该角色，或指定其他保管人。",
  ),
  "forms.keeper-holds-seal": say(
    "One person would keep the blank forms {series} and the seal that makes them valid. Rule C11.",
    "同一人将同时保管空白凭证「{series}」和使其生效的印章。规则 C11。",
    "Name another keeper of the forms, or another custodian of the seal.",
    "请另行指定凭证保管人，或另行指定印章保管人。",
  ),
  "forms.seal-elsewhere": say(
    "The validating seal is none of this entity's.",
    "所选印章不属于该单位。",
    "Choose a seal of the entity.",
    "请选择该单位的印章。",
  ),
  "forms.series-known": say(
    "The entity has a series with this prefix and these digits already. Rule C24.",
    "该单位已有相同字头和位数的系列。规则 C24。",
    "Receive the numbers there, or choose another prefix: two forms must never bear one number.",
    "请在该系列入库，或更换字头：不得出现重号。",
  ),
  "forms.not-keeper": say(
    "Only the keeper of the series does this. Rule C11.",
    "只能由该系列的保管人办理。规则 C11。",
    "The page of the series names the keeper.",
    "系列页面列有保管人。",
  ),
  "forms.to-oneself": say(
    "The keeper issues no forms to himself. Rule C11.",
    "保管人不得向自己发放凭证。规则 C11。",
    "Whoever fills them in receives them.",
    "请发给实际使用人。",
  ),
  "forms.person-unknown": say(
    "Forms are issued to somebody of this entity who has an account. Rule C11.",
    "凭证只能发给本单位的有效人员。规则 C11。",
    "Choose somebody else.",
    "请选择其他人员。",
  ),
  "forms.count-open": say(
    "A stock-take of this series waits for its second person. Rule C24.",
    "该系列的盘点正在等待第二人确认。规则 C24。",
    "It is confirmed or declined first.",
    "请先确认或退回。",
  ),
  "forms.count-own": say(
    "Who keeps or counts the forms does not confirm the count. Rule C11.",
    "保管人和清点人不得自行确认盘点。规则 C11。",
    "An inspector, a seal administrator or a supervisor counts again and confirms.",
    "请由检查人、印章管理员或监印人复点确认。",
  ),
  "forms.count-stale": say(
    "Numbers moved after the count: {range}. Rule C24.",
    "清点之后号码有变动：{range}。规则 C24。",
    "Decline this count and count again.",
    "请退回本次盘点后重新清点。",
  ),
  "forms.count-unknown": say(
    "These were counted and never received: {range}. Rule C24.",
    "下列号码在盘点中出现，但从未入库：{range}。规则 C24。",
    "Look at the numbers again; receive them first if they are new.",
    "请核对号码；如为新到凭证，请先入库。",
  ),
  "forms.executors-meet": say(
    "Two different people destroy forms, neither of them who asked for it. Rule C11.",
    "凭证须由两名不同人员销毁，且均不得为申请人。规则 C11。",
    "Choose two others.",
    "请另选两人。",
  ),
  "forms.series-unknown": say(
    "There is no such series in this entity.",
    "该单位没有此凭证系列。",
    "Open the matter from the page of the series.",
    "请从系列页面发起。",
  ),
  "finding.forms.missing": say(
    "A stock-take did not find {range} of {series}. Rules C05 and C24.",
    "盘点未找到「{series}」的 {range}。规则 C05、C24。",
    "Where are they? Look for them, ask who last had the stock; what stays missing is declared void with a notice.",
    "请查找去向并询问经手人；确实找不到的，登报声明作废。",
  ),
  "finding.forms.unexpected": say(
    "A stock-take found {range} of {series}, which the book says went out. Rules C05 and C24.",
    "盘点发现「{series}」的 {range}，账面显示已不在库。规则 C05、C24。",
    "How did they come back? Have their return recorded, or find out what was used in their place.",
    "请查明如何回到库中，并补办退回，或查明实际使用的号码。",
  ),
  "finding.forms.named-elsewhere": say(
    "Request {request} was to use {range} of {series}, which lay elsewhere when it was registered. Rule C05.",
    "用印申请 {request} 应使用「{series}」的 {range}，登记时该凭证已不在申请人手中。规则 C05。",
    "Which form was used? Have the keeper and the applicant account for it.",
    "请由凭证保管人和申请人说明实际使用的号码。",
  ),
  "finding.forms.keeper": say(
    "Nobody fit keeps the series {series} any more. Rule C11.",
    "「{series}」已没有合格的保管人。规则 C11。",
    "Name another keeper who does not hold its seal; he begins with a stock-take.",
    "请另行指定不保管相应印章的保管人，并先行盘点。",
  ),
  "task.form-receipt": say(
    "Forms were issued to you: {range} of {series}. Rule C24.",
    "您领用了「{series}」的 {range}。规则 C24。",
    "Count them and confirm the receipt on the page of the series.",
    "请清点，并在系列页面确认签收。",
  ),
  "task.account-for-forms": say(
    "{range} of {series} is missing. Rules C05 and C24.",
    "「{series}」的 {range} 短缺。规则 C05、C24。",
    "Look for it. If it turns up, a stock-take brings it back; if not, declare it void with the notice as a photo.",
    "请查找。找到的，经盘点恢复在库；找不到的，附公告照片声明作废。",
  ),
  "correction.line-unknown": say(
    "There is no such line in a register of this entity.",
    "该单位的台账中没有这一行。",
    "Open the line in its register and ask for the correction there.",
    "请在台账中打开该行后提出更正。",
  ),
  "correction.point-unknown": say(
    "The line says nothing of what is to be corrected.",
    "该行没有所要更正的内容。",
    "Choose one of the points the line has, or the line as a whole.",
    "请选择该行已有的项目，或选择整行。",
  ),
} as const satisfies Record<string, Message>;
