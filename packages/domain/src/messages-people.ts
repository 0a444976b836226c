import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn = "", wayZh = ""): Message => ({
  sentence: { en, zh },
  wayOut: wayEn === "" ? null : { en: wayEn, zh: wayZh },
});

/** Sentences on people: grants, accounts, custody, and who decides. */
export const accountMessages = {
  "grant.to-oneself": say(
    "Nobody grants a role to himself. Rule C11.",
    "不能授予自己角色。规则 C11。",
    "Ask another administrator to grant it.",
    "请由另一位管理员授予。",
  ),
  "grant.days-reversed": say(
    "The grant would end on {to}, before it begins on {from}.",
    "授权结束日 {to} 早于开始日 {from}。",
    "Change one of the days.",
    "请修改日期。",
  ),
  "grant.already-past": say(
    "The grant would already have ended on {to}.",
    "授权已于 {to} 结束。",
    "Choose a later last day.",
    "请选择更晚的结束日。",
  ),
  "grant.held-already": say(
    "This person holds the role {role} there already.",
    "此人已在该范围内担任{role}。",
    "End the grant in force first, or leave it as it is.",
    "请先结束现有授权，或保持不变。",
  ),
  "grant.loosened-without-end": say(
    "The roles {role} and {heldRole} meet in one person only because this profile allows it, so the grant needs a last day. Rule C11.",
    "{role}与{heldRole}由同一人担任仅因本模式放宽，因此授权须有截止日。规则 C11。",
    "Choose a last day, or name another person.",
    "请选择截止日，或另选人员。",
  ),
  "grant.loosened-without-risk": say(
    "The roles {role} and {heldRole} meet in one person only because this profile allows it, so the risk has to be stated. Rule C11.",
    "{role}与{heldRole}由同一人担任仅因本模式放宽，因此须写明风险。规则 C11。",
    "Say in a sentence what could go wrong and how it would be noticed, or name another person.",
    "请用一句话写明可能的问题及如何发现，或另选人员。",
  ),
  "grant.loosened-without-second": say(
    "The roles {role} and {heldRole} meet in one person only because this profile allows it, so a second person has to consent. Rule C11.",
    "{role}与{heldRole}由同一人担任仅因本模式放宽，因此须由第二人同意。规则 C11。",
    "Give the role on the page of grants once a signatory, a seal administrator or an inspector is there to consent.",
    "请待签批人、印章管理员或检查人到位后，在授权页面授予，由其同意。",
  ),
  "grant.seal-unknown": say("There is no such seal.", "没有该印章。"),
  "separation.duties-meet": say(
    "The roles {role} and {heldRole} may not meet in one person for the same seal or entity. Rule C11. This person holds the second one, until: {heldUntil}.",
    "同一印章或单位的{role}与{heldRole}不得由同一人担任。规则 C11。此人担任后者，截止：{heldUntil}。",
    "Name another person, or end the other grant first.",
    "请另选人员，或先结束另一项授权。",
  ),
  "custody.finance-and-name-seal": say(
    "The finance seal and the legal representative's name seal have different custodians. Rule C22.",
    "财务专用章与法定代表人名章须由不同的人保管。规则 C22。",
    "Name another custodian.",
    "请另选保管人。",
  ),
  "custody.all-important-seals": say(
    "This person would keep all {count} important seals of the entity. Rule C22.",
    "此人将保管该单位全部 {count} 枚重要印章。规则 C22。",
    "Name another custodian for one of them.",
    "请为其中一枚另选保管人。",
  ),
  "custody.too-many-custodians": say(
    "The seal has {count} custodians already; {limit} are the most. Rule C22.",
    "该印章已有 {count} 位保管人，最多 {limit} 位。规则 C22。",
    "End one of their grants first.",
    "请先结束其中一项授权。",
  ),
  "account.decided-already": say("This was decided already: {state}.", "此事已处理：{state}。"),
  "account.second-person-needed": say(
    "Who asked may not confirm. Rule C11: a new person with a role, and every reset, needs a second person.",
    "提出人不得自行确认。规则 C11：新增有角色的人员及每次重置均须第二人确认。",
    "Ask a signatory or a seal administrator to confirm.",
    "请签批人或印章管理员确认。",
  ),
  "account.concerns-oneself": say(
    "Nobody confirms a change of his own account. Rule C11.",
    "不得确认与本人账户有关的变更。规则 C11。",
    "Ask another person who may confirm.",
    "请由其他有权人员确认。",
  ),
  "account.may-not-confirm": say(
    "Your roles do not allow you to confirm this. Rule C11.",
    "您的角色无权确认此事。规则 C11。",
    "Ask a signatory or a seal administrator.",
    "请签批人或印章管理员处理。",
  ),
  "seal.custodians-missing": say(
    "The seal has {named} of the {needed} custodians it needs. Rule C12.",
    "该印章需要 {needed} 位保管人，现有 {named} 位。规则 C12。",
    "Grant the role of custodian for this seal.",
    "请为该印章授予保管人角色。",
  ),
  "seal.signatory-missing": say(
    "Nobody is named who may authorise the use of this seal. Rule C11.",
    "尚未指定该印章的授权签批人。规则 C11。",
    "Grant the role of signatory for the entity or this seal.",
    "请为该单位或该印章授予签批人角色。",
  ),
  "seal.supervisor-missing": say(
    "An important seal needs a supervisor. Rule C04.",
    "重要印章须有监印人。规则 C04。",
    "Grant the role of supervisor for the entity or this seal.",
    "请为该单位或该印章授予监印人角色。",
  ),
  "seal.certificate-keeper-missing": say(
    "Nobody is named to keep the certificate. Rule C11: key and seal are kept by different people.",
    "尚未指定证书保管人。规则 C11：章证分管。",
    "Grant the role of certificate keeper.",
    "请授予证书保管人角色。",
  ),
  "seal.certificate-not-valid": say(
    "The seal's certificate is not valid today. Rule C10.",
    "该印章的证书目前无效。规则 C10。",
    "Ask the seal administrator for the matter 'Renew an electronic seal': it makes a new key and certificate.",
    "请印章管理员提出「电子印章证书更新」：将制作新的密钥与证书。",
  ),
  "seal.unfreeze-by-freezer": say(
    "Who froze a seal does not unfreeze it alone. Rule C11.",
    "冻结人不得自行解冻。规则 C11。",
    "Ask another seal administrator.",
    "请由另一位印章管理员解冻。",
  ),
  "seal.command-not-possible": say(
    "This is not possible while the seal is {state}. Rule C10.",
    "印章处于「{state}」状态，不能进行此操作。规则 C10。",
    "The seal's page shows what can be done now.",
    "印章页面会显示当前可以进行的操作。",
  ),
} as const satisfies Readonly<Record<string, Message>>;
