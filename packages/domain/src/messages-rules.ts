import type { Message } from "./messages.ts";

const say = (en: string, zh: string, wayEn: string, wayZh: string): Message => ({
  sentence: { en, zh },
  wayOut: { en: wayEn, zh: wayZh },
});

/** Sentences on the rules of use: what a table refuses, and why a change of the tables is not taken. */
export const ruleMessages = {
  "rules.seal-refused": say(
    "By the organisation's rules the {sealType} does not stand on this document ({documentClass}).",
    "按本组织的用印规则，{sealType}不得用于该文件（{documentClass}）。",
    "Use one of these instead: {rightSeals}.",
    "请改用：{rightSeals}。",
  ),
  "rules.seal-refused-none": say(
    "By the organisation's rules the {sealType} does not stand on this document ({documentClass}).",
    "按本组织的用印规则，{sealType}不得用于该文件（{documentClass}）。",
    "The rules name no other seal for it. Ask the seal administrator.",
    "规则未指明应改用哪枚印章，请咨询印章管理员。",
  ),
  "rules.no-answer": say(
    "The rules of use give no answer here (table “{table}”), so nothing is allowed.",
    "用印规则对此没有规定（规则表「{table}」），因此不予放行。",
    "Ask the seal administrator to close the gap in the rules.",
    "请联系印章管理员补全规则。",
  ),
  "rules.attachment-missing": say(
    "The rules ask for papers that are not attached: {attachments}.",
    "规则要求的附件尚未提供：{attachments}。",
    "Attach them to the application.",
    "请在申请中补充附件。",
  ),
  "rules.too-many-impressions": say(
    "The rules allow {most} {most:impression|impressions} on such a request; {asked} are asked for.",
    "规则允许此类申请最多用印 {most} 枚，本申请为 {asked} 枚。",
    "Ask for fewer, or split the matter into several requests with a reason.",
    "请减少枚数，或说明原因后分次申请。",
  ),
  "rules.valid-too-long": say(
    "By the rules such a request is valid for {days} {days:day|days} at most.",
    "按规则，此类申请有效期最长 {days} 天。",
    "Choose an earlier last day.",
    "请选择更早的截止日期。",
  ),
  "rules.faulty": say(
    "The rules can not take force like this: {faults} {faults:place has|places have} to be mended first.",
    "规则尚不能生效：有 {faults} 处须先修改。",
    "Open the draft; each place is shown beside its row.",
    "请打开草稿，各处问题均标在对应行旁。",
  ),
  "rules.draft-changed": say(
    "The draft was changed after it was proposed.",
    "草稿在提交审批后又有改动。",
    "Propose it again as it is now.",
    "请按现在的内容重新提交审批。",
  ),
  "rules.based-on-older": say(
    "Other rules took force after this draft was begun.",
    "本草稿开始编写后，已有其他规则生效。",
    "Begin a new draft from the rules in force, and bring your change over.",
    "请以现行规则为基础新建草稿，再重新修改。",
  ),
  "rules.gone": say(
    "There is no such draft, or it is in force already.",
    "草稿不存在，或已经生效。",
    "Open the page of rules for what there is.",
    "请在用印规则页面查看现有版本。",
  ),
  "rules.proposed": say(
    "The draft is under decision.",
    "草稿正在审批中。",
    "Withdraw the matter that asks for it first.",
    "请先撤回相应的审批事项。",
  ),
  "rules.not-your-draft": say(
    "A draft is written and proposed by the person who began it, so that somebody else decides on it. Rule C11.",
    "草稿由起草人本人修改和提交，以便由他人决定。规则 C11。",
    "Begin a draft of your own from it.",
    "请以该草稿为基础另建您自己的草稿。",
  ),
  "rules.other-entity": say(
    "The rules of use bind every entity; the seal administrators of {entity} write them. Rule C11.",
    "用印规则适用于所有单位，由 {entity} 的印章管理员编写。规则 C11。",
    "Ask a seal administrator there.",
    "请联系该单位的印章管理员。",
  ),
  "rules.unreadable": say(
    "The file is no decision model that this product writes: {place}.",
    "该文件不是本产品可读取的决策模型：{place}。",
    "Import a file that was exported here, or correct that place.",
    "请导入由本产品导出的文件，或改正该处。",
  ),
  "rules.unreadable-cell": say(
    "The file's table “{table}” has a cell in row {row}, column “{cell}”, that this product does not write: {said}.",
    "文件中规则表「{table}」第 {row} 行「{cell}」列的内容本产品无法读取：{said}。",
    'What fits is a condition as it is exported: >= 1000, < 1000, [1000..5000), true, false, null, or names like "contract", "tender"; an empty cell asks nothing. The columns that begin with out- hold JSON.',
    '可填写导出文件中的条件写法：>= 1000、< 1000、[1000..5000)、true、false、null，或 "contract", "tender" 等名称；空白表示不作要求。以 out- 开头的列为 JSON。',
  ),
  "rules.not-json": say(
    "The file is no JSON file of rules.",
    "该文件不是规则的 JSON 文件。",
    "Import a file that was exported here.",
    "请导入由本产品导出的文件。",
  ),
  "rules.too-many-rows": say(
    "The table “{table}” of the file has {rows} {rows:row|rows}; at most {most} fit.",
    "文件中规则表「{table}」有 {rows} 行，最多 {most} 行。",
    "Join or take out rows, and import the file again.",
    "请合并或删减规则后重新导入。",
  ),
  "rules.foreign-node": say(
    "The table “{table}” comes with a node that this product does not have, and that would have no effect here: “{node}” ({type}).",
    "规则表「{table}」中有本产品没有的节点，导入后不会生效：「{node}」（{type}）。",
    "Write what it decides as rows of the table, take the node out, and import the file again.",
    "请将其内容改写为规则表中的行，删除该节点后重新导入。",
  ),
  "rules.foreign-edges": say(
    "In the file the table “{table}” is not connected from the input to the answer and nothing else ({count} {count:connection|connections}), so that it decides otherwise there than it would here.",
    "文件中的规则表「{table}」未按「输入—规则表—输出」连接（现有 {count} 条连线），其效果与本产品不一致。",
    "Connect input, table and output, take every other connection out, and import the file again.",
    "请只连接输入、规则表和输出，删除其余连线后重新导入。",
  ),
  "rules.foreign-key": say(
    "The file says something of the table “{table}” that would have no effect here: {key}.",
    "文件中关于规则表「{table}」的设置在本产品中不会生效：{key}。",
    "Take it out of the file, or begin from a file that was exported here.",
    "请从文件中删除该项，或以本产品导出的文件为基础修改。",
  ),
  "rules.person-unknown": say(
    "A rule names people who are not here any more, or never were.",
    "规则指定的人员不存在或已离开。",
    "Choose other people in that row.",
    "请在该行另选人员。",
  ),
  "rules.other-in-force": say(
    "Other rules took force since this was asked.",
    "提出本事项后，现行规则已有变更。",
    "Withdraw it, and ask again with the requests that are still under earlier rules.",
    "请撤回，并就仍适用旧规则的申请重新提请。",
  ),
  "rules.request-unknown": say(
    "A request that is named is none of those that you may name.",
    "所列申请中，有的不在您可指定的范围内。",
    "Choose from the list on the page of rules.",
    "请从用印规则页面的列表中选择。",
  ),
  "rules.request-own": say(
    "You ask for request {number} or handle it, so somebody else has to name it. Rule C11.",
    "您是申请 {number} 的申请人或经办人，须由他人指定。规则 C11。",
    "Ask another seal administrator.",
    "请由其他印章管理员提请。",
  ),
  "rules.request-emergency": say(
    "Request {number} is an emergency: it goes its own short route within its hours, and is reviewed afterwards.",
    "申请 {number} 为应急用印，按专门的简短流程在限定时间内办理，并在事后复核。",
    "Leave it out. If it is not to be sealed, ask its deciders to reject it.",
    "请不要选择该申请；如不应用印，请其审批人驳回。",
  ),
  "rules.request-standing": say(
    "Request {number} was made under a standing authorisation.",
    "申请 {number} 依据常设授权办理。",
    "Leave it out. End the authorisation if it should not be used any more.",
    "请不要选择该申请；如不应再使用，请终止该授权。",
  ),
  "rules.request-went-on": say(
    "Request {number} does not wait for decisions any more.",
    "申请 {number} 已不在审批中。",
    "Leave it out: it keeps what it was promised.",
    "请不要选择该申请；其仍按原规则办理。",
  ),
  "rules.request-same": say(
    "Request {number} was submitted under the rules in force.",
    "申请 {number} 提交时适用的就是现行规则。",
    "Leave it out: nothing would change for it.",
    "请不要选择该申请；现行规则已适用于它。",
  ),
  "rules.request-returned": say(
    "The rules of use in force are to hold for this request ({matter}), so it was returned.",
    "本申请须适用现行用印规则（{matter}），因此退回。",
    "Submit it again, with changes or as it is. What the rules in force ask for differently is told before you submit, and each step that is asked again says why.",
    "请修改后或原样重新提交。提交前会说明现行规则的不同要求，需重新审批的步骤会注明原因。",
  ),
} as const satisfies Record<string, Message>;
