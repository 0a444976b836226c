import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on matters and settings. */
export const keepingMessages = {
  "matter.command-not-possible": say(
    "This is not possible while the matter is {state}.",
    "事项处于「{state}」状态，不能进行此操作。",
    "The matter's page shows what can be done now.",
    "事项页面会显示当前可以进行的操作。",
  ),
  "matter.entity-fixed": say(
    "The matter has the number {number}, which belongs to its entity. Rule C09.",
    "该事项已有编号 {number}，编号属于原单位。规则 C09。",
    "Cancel it, and ask anew for the other entity.",
    "请撤销该事项，并为另一单位重新提出。",
  ),
  "matter.nobody-decides": say(
    "Nobody but those concerned holds the role {role} here, so nobody could decide this. Rule C11.",
    "除当事人外无人担任{role}，因此无人可以审批。规则 C11。",
    "Have the system administrator grant the role to another person.",
    "请由系统管理员将该角色授予其他人。",
  ),
  "matter.asker-decides": say(
    "Nobody but you holds the role {role} here, and nobody decides what he asked for. Rule C11.",
    "除您之外无人担任{role}，而提出人不得审批自己提出的事项。规则 C11。",
    "Let somebody else ask for it, who has one of these roles: {askingRoles}. Then you decide. Or have the role given to another person.",
    "请由担任以下角色之一的其他人提出：{askingRoles}，再由您审批；也可将该角色授予其他人。",
  ),
  "matter.not-a-candidate": say(
    "This step is not yours to decide. Rule C11.",
    "这一步不由您审批。规则 C11。",
    "The matter's page names who decides.",
    "事项页面列出了审批人。",
  ),
  "matter.in-office": say(
    "You hold the role {role} in somebody else's place. This changes what uses are held to, or who holds which role: only who holds the role himself decides it. Rule C11.",
    "您系受托代行{role}。该事项变更用印管控或任职，只能由本人担任该角色的人审批。规则 C11。",
    "Leave it to whoever stands for himself among those the matter's page names. If it can not wait until he is back, have the system administrator give the role to somebody.",
    "请由事项页面所列、本人担任该角色的人审批；不能等其返回的，请由系统管理员将该角色授予其他人。",
  ),
  "matter.own": say(
    "Nobody decides what he asked for. Rule C11.",
    "不得审批自己提出的事项。规则 C11。",
    "Another holder of the role decides.",
    "请由担任该角色的其他人审批。",
  ),
  "matter.changed": say(
    "The matter changed after you read it.",
    "事项在您查看之后已变更。",
    "Read it again, then decide.",
    "请重新查看后再审批。",
  ),
  "matter.presence-missing": say(
    "This is decided only with a fresh proof of presence.",
    "此步须重新确认本人身份。",
    "Confirm with your passkey or password.",
    "请用通行密钥或密码确认。",
  ),
  "matter.evidence-missing": say(
    "Something that belongs to this matter is not there yet: {slot}. Rule C09.",
    "事项缺少必要的材料：{slot}。规则 C09。",
    "Add the file or picture, then go on.",
    "请补充文件或照片后继续。",
  ),
  "matter.evidence-before-last": say(
    "You would be the last to confirm, and what shows that it was done is not there yet: {slot}. Rule C09.",
    "您是最后一位确认人，但证明已办理的材料尚缺：{slot}。规则 C09。",
    "Add the file under 'Evidence' on this page, or ask whoever has it; then confirm.",
    "请在本页「证据」中补充，或请持有材料的人补充后再确认。",
  ),
  "matter.evidence-before-approval": say(
    "This shows the carrying out ({slot}), and is taken only once the matter is approved. Rule C09.",
    "此材料（{slot}）用于证明办理情况，事项批准后方可提交。规则 C09。",
    "Wait for the decision; then carry it out and add the file.",
    "请等待审批，批准后办理并补充文件。",
  ),
  "matter.confirmation-missing": say(
    "{missing} more must confirm as: {part}. Rule C14.",
    "还需要 {missing} 人以「{part}」身份确认。规则 C14。",
    "Ask them to open the matter and confirm it.",
    "请相关人员打开事项并确认。",
  ),
  "matter.part-confirmed": say(
    "You have confirmed your part, {part}, already.",
    "您已完成「{part}」的确认。",
    "Nothing more is asked of you here; the matter's page shows who still has to confirm.",
    "您无需再操作；事项页面会显示还有谁待确认。",
  ),
  "matter.parts-meet": say(
    "One person confirmed as both {part} and {other}. Rule C11.",
    "同一人同时以「{part}」与「{other}」身份确认。规则 C11。",
    "Another person must take one of the parts.",
    "请由另一人担任其中一方。",
  ),
  "matter.reserved": say(
    "The matter {number} on the same subject is still open: {kind}.",
    "同一对象的事项 {number}（{kind}）尚未办结。",
    "Finish or withdraw it first; one that is approved and waits for its day can be cancelled on its page.",
    "请先办结或撤回该事项；已同意、等待生效日的，可在其页面结束。",
  ),
  "matter.person-gone": say(
    "{count} of the people named have left: they can confirm nothing.",
    "所指定的人员中有 {count} 人已离开，无法确认。",
    "Name people who are there.",
    "请指定在职人员。",
  ),
  "matter.reason-missing": say(
    "A matter says why.",
    "事项须说明理由。",
    "Write the reason in a sentence.",
    "请用一句话写明理由。",
  ),
  "matter.seal-missing": say(
    "This matter is about a seal, and none is named.",
    "该事项与印章有关，但未指定印章。",
    "Choose the seal.",
    "请选择印章。",
  ),
  "seal.no-body": say(
    "The seal has neither a piece nor an electronic body. Rule C10.",
    "该印章既没有实物，也没有电子章。规则 C10。",
    "Have one made first.",
    "请先制作。",
  ),
  "matter.not-yet": say(
    "This takes effect on {day}, not before.",
    "该事项自 {day} 起生效，尚未到期。",
    "It is carried out by itself on the day.",
    "到期当日将自动办理。",
  ),
  "matter.day-past": say(
    "{day} is over: nothing takes effect before it was asked for.",
    "{day} 已过：事项不能在提出之前生效。",
    "Choose today or a later day, or leave the day open: then it takes effect when it is approved.",
    "请选择今天或以后的日期；也可留空，批准后即生效。",
  ),
  "matter.not-your-part": say(
    "You are not one of those who may confirm as: {part}. Rule C11.",
    "您不能以「{part}」身份确认。规则 C11。",
    "The matter's page names who confirms.",
    "事项页面列出了确认人。",
  ),
  "matter.evidence-submitted": say(
    "The file was submitted with the matter: what was decided on stays. Rule C24.",
    "该文件已随事项提交，审批所依据的材料不得移除。规则 C24。",
    "Add the right file beside it.",
    "请另行添加正确的文件。",
  ),
  "matter.evidence-of-other-kind": say(
    "A file of another kind is wanted here: {slot}. Rule C09.",
    "此处需要另一类文件：{slot}。规则 C09。",
    "Take a photo where a picture is asked for; scan to PDF where a document is.",
    "要求照片的请拍照，要求文件的请扫描为 PDF。",
  ),
  "finding.own": say(
    "Nobody closes a finding about himself or a seal he holds. Rule C11.",
    "不得关闭与本人或本人所管印章有关的问题。规则 C11。",
    "Another inspector or seal administrator closes it.",
    "请由其他检查人或印章管理员关闭。",
  ),
  "setting.change-waits": say(
    "A change of this setting waits for a second person already.",
    "该设置已有一项变更待第二人确认。",
    "Have it confirmed or declined first.",
    "请先确认或拒绝该变更。",
  ),
  "setting.out-of-range": say(
    "The value lies outside what is allowed: {least} to {most}.",
    "取值超出允许范围：{least} 至 {most}。",
    "Choose a value in between.",
    "请选择范围内的值。",
  ),
  "setting.end-missing": say(
    "A loosened setting has a last day.",
    "放宽的设置须有截止日。",
    "Choose the day on which the usual value holds again.",
    "请选择恢复常规值的日期。",
  ),
  "setting.end-out-of-range": say(
    "A loosened setting ends after today and by {latest}.",
    "放宽的设置须在今日之后、{latest} 之前截止。",
    "Choose a day in between.",
    "请选择其间的日期。",
  ),
  "setting.second-person": say(
    "Who asked for a change of the settings does not confirm it. Rule C11.",
    "提出设置变更的人不得自行确认。规则 C11。",
    "Another administrator, or a signatory, confirms it.",
    "请由另一位管理员或签批人确认。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
