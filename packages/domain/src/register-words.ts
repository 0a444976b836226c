import { readHalf } from "./both-halves.ts";
import { formKindNames, formStateNames } from "./controlled-forms.ts";
import { declaredFactNames } from "./decisive-facts.ts";
import { documentClasses } from "./document-class.ts";
import { type EvidenceGrade, evidenceGradeTexts } from "./evidence-grade.ts";
import { handoverCauseNames, pieceConditionNames } from "./handover.ts";
import { lodgingKindNames } from "./lodging.ts";
import { makeUpCauseNames } from "./make-up.ts";
import type { FactValue } from "./refusal.ts";
import type { Register } from "./register.ts";
import { settingDefinitions } from "./settings.ts";
import { sheetEndNames } from "./sheet-reports.ts";
import { handOutWayNames } from "./stamped-copy.ts";
import { stampDebtNames } from "./stamping.ts";
import { checkKindNames } from "./storage-check.ts";
import { type LocalName, roleNames, sealTypeDefaults } from "./vocabulary.ts";

/** How a fact of a line is said. */
type FactForm =
  | ("text" | "count" | "day" | "time" | "digest" | "people")
  | ("cause" | "condition" | "role" | "roles" | "reach" | "class" | "seal-type" | "check")
  | ("debts" | "grades" | "hand-out-way" | "make-up-cause")
  | ("yes" | "form-kind" | "form-state" | "sheet-end" | "setting" | "point" | "lodging" | "declared-fact");

const fact = (en: string, zh: string, form: FactForm): { readonly name: LocalName; readonly form: FactForm } => ({
  name: { en, zh },
  form,
});

/** Facts that people read in a line; others stay beside it. People are ids, with spaces between them. */
const lineFacts = {
  body: fact("Body", "印章实体", "text"),
  bodies: fact("Bodies", "实体数", "count"),
  locks: fact("Keys and codes", "钥匙与密码", "count"),
  cause: fact("Reason", "事由", "cause"),
  tag: fact("Tag", "封签号", "text"),
  until: fact("Until", "截至", "day"),
  condition: fact("Condition", "状况", "condition"),
  documents: fact("Papers", "文件数", "count"),
  most: fact("Most impressions", "最多枚数", "count"),
  listed: fact("Impressions with a paper", "已列文件的枚数", "count"),
  impressions: fact("Impressions", "枚数", "count"),
  used: fact("Impressions made", "实际枚数", "count"),
  dueAt: fact("Back by", "应归还时间", "time"),
  role: fact("Role", "角色", "role"),
  scopeKind: fact("Reach", "范围", "reach"),
  from: fact("From", "自", "day"),
  to: fact("To", "至", "day"),
  request: fact("Request", "用印申请", "text"),
  documentClass: fact("Class", "文件类别", "class"),
  page: fact("Page", "页", "count"),
  digest: fact("Digest", "摘要", "digest"),
  number: fact("Matter", "事项", "text"),
  custodians: fact("Custodians", "保管人", "people"),
  transferor: fact("Transferor", "移交人", "people"),
  receiver: fact("Receiver", "接收人", "people"),
  deputy: fact("Deputy", "代管人", "people"),
  witness: fact("Witness", "见证人", "people"),
  escort: fact("Travel with it", "随行人员", "people"),
  keeper: fact("Keeper", "带出保管人", "people"),
  checker: fact("Checked by", "验收人", "people"),
  holder: fact("Holder", "任职人", "people"),
  by: fact("By", "办理人", "people"),
  delegate: fact("Stands in", "代理人", "people"),
  delegator: fact("In the place of", "委托人", "people"),
  applicant: fact("Applicant", "用印申请人", "people"),
  handler: fact("Handler", "经办人", "people"),
  approvers: fact("Approved by", "审批人", "people"),
  custodian: fact("Released by", "保管人", "people"),
  supervisor: fact("Supervisor", "监印人", "people"),
  pages: fact("Of pages", "共几页", "count"),
  type: fact("Kind", "类型", "seal-type"),
  filedOn: fact("Filed on", "备案日期", "day"),
  frozen: fact("Other bodies frozen", "同时冻结的其他实体", "count"),
  course: fact("Course", "课程", "text"),
  version: fact("Version", "版本", "count"),
  correct: fact("Right answers", "答对题数", "count"),
  total: fact("Of", "共几题", "count"),
  person: fact("Person", "人员", "people"),
  check: fact("Kind", "类别", "check"),
  pieces: fact("Pieces", "实物数", "count"),
  counter: fact("Counter on the controller", "印控仪计数", "count"),
  differences: fact("Differences", "不符数", "count"),
  seed: fact("Seed of the draw", "抽签种子", "text"),
  engravedOn: fact("Engraved on", "刻制日期", "day"),
  filing: fact("Filing number", "备案号", "text"),
  remark: fact("Remark", "备注", "text"),
  book: fact("Book", "簿册", "text"),
  lastNumber: fact("Last number", "最后编号", "text"),
  place: fact("Kept at", "存放地点", "text"),
  lodgedWith: fact("With", "预留单位类别", "lodging"),
  lodgedAt: fact("Place", "预留单位", "text"),
  card: fact("Card", "印鉴卡", "text"),
  lodgedOn: fact("Lodged on", "预留日期", "day"),
  withdrawnOn: fact("Withdrawn on", "撤回日期", "day"),
  keyAlgorithm: fact("Key", "密钥", "text"),
  keyDigest: fact("Digest of the destroyed key", "已销毁密钥的摘要", "digest"),
  series: fact("Series", "凭证系列", "text"),
  formKind: fact("Kind", "种类", "form-kind"),
  range: fact("Numbers", "号码", "text"),
  count: fact("Forms", "张数", "count"),
  receivedFrom: fact("From whom", "来源", "text"),
  receivedOn: fact("Came on", "到货日期", "day"),
  issuedTo: fact("To", "领用人", "people"),
  purpose: fact("For", "用途", "text"),
  returnedBy: fact("From", "退回人", "people"),
  reason: fact("Why", "原因", "text"),
  formState: fact("Was", "原状态", "form-state"),
  executors: fact("Destroyed by", "销毁人", "people"),
  countedBy: fact("Counted by", "清点人", "people"),
  confirmedBy: fact("Confirmed by", "确认人", "people"),
  reportedBy: fact("Reported by", "报告人", "people"),
  sheetEnd: fact("What became of it", "去向", "sheet-end"),
  codeUnread: fact("Why no code was read", "未能读取编码的原因", "text"),
  missing: fact("Missing", "短缺", "count"),
  surplus: fact("Not expected there", "账外", "count"),
  keeperOfForms: fact("Keeper", "凭证保管人", "people"),
  point: fact("What is corrected", "更正项目", "point"),
  reads: fact("It should read", "应为", "text"),
  askedBy: fact("Asked by", "提出人", "people"),
  places: fact("Places left open", "空白处", "count"),
  documentName: fact("Document", "文件", "text"),
  factAsked: fact("Fact", "申报事项", "declared-fact"),
  declared: fact("Declared", "申报", "text"),
  read: fact("In the document", "文件所载", "text"),
  setting: fact("Rule", "规则参数", "setting"),
  value: fact("Value", "取值", "count"),
  usual: fact("Usual value", "默认值", "count"),
  ofSeries: fact("Number in its series", "批内序号", "text"),
  joint: fact("Other side", "联合申请另一方", "text"),
  blankSheets: fact("Blank sheet", "空白用纸", "text"),
  standing: fact("Standing authorisation", "常设授权", "text"),
  template: fact("Template", "模板", "text"),
  limit: fact("Limit", "限额", "text"),
  copies: fact("Copies", "份数", "count"),
  authorised: fact("Impressions approved", "批准枚数", "count"),
  pressed: fact("Pressed", "已盖枚数", "count"),
  photographed: fact("Photographed", "已拍照枚数", "count"),
  spoiled: fact("Spoiled, paper kept", "盖坏作废枚数", "count"),
  unknown: fact("Not known", "未明枚数", "count"),
  unused: fact("Not used", "未用枚数", "count"),
  lookedBy: fact("Photos looked at by", "照片查看人", "people"),
  copyNumbers: fact("Copies", "份次", "text"),
  makeUp: fact("Make-up stamping", "补盖申请", "text"),
  makeUpOf: fact("Make-up for a copy of", "补盖原申请", "text"),
  makeUpCopy: fact("Copy replaced", "被替换份次", "count"),
  makeUpCause: fact("That copy was", "被替换原因", "make-up-cause"),
  receivedBy: fact("To whom", "接收人", "text"),
  way: fact("How", "交付方式", "hand-out-way"),
  courierNumber: fact("Courier's number", "快递单号", "text"),
  archive: fact("Filed at", "归档位置", "text"),
  photo: fact("Photo", "照片", "digest"),
  controller: fact("Controller and its counter", "印控仪及计数", "text"),
  grades: fact("What counts the impressions", "计数依据", "grades"),
  owes: fact("Still owed", "尚缺", "debts"),
  onPaper: fact("Why on paper", "用纸原因", "text"),
  foreignPaper: fact("Foreign paper, printed by", "外来纸件，打印方", "text"),
  comparedSame: fact("Photos the same as approved", "照片与批准文本一致", "count"),
  comparedNone: fact("Photos without an impression in its place", "照片中原位未见印迹", "count"),
  photoAnswers: fact("Said of photos that disagree", "对不一致照片的说明", "text"),
  comparedOther: fact("Photos that differ or cannot be judged", "照片不一致或无法判断", "count"),
  remoteAgreed: fact("Pressed on the word of a supervisor elsewhere", "经远程监印人同意盖下", "count"),
  remoteRefused: fact("Refused by a supervisor elsewhere", "远程监印人拒绝", "count"),
  putAway: fact("Seal put away before the end", "未盖完即归位", "text"),
  docked: fact("Pressed only in the dock", "仅限底座上盖章", "yes"),
  emergency: fact("Emergency", "应急用印", "yes"),
  slip: fact("Slip", "应急用印单", "text"),
  usedAt: fact("Stamped at", "用印时间", "time"),
  endsAt: fact("Ends at", "截止时间", "time"),
  late: fact("Entered late", "逾期补录", "yes"),
  otherRoles: fact("Held together with", "同时担任", "roles"),
} as const;
type LineFact = keyof typeof lineFacts;

export interface LineWords {
  readonly name: LocalName;
  /** What is told of it, in this order. */
  readonly facts: readonly LineFact[];
}
const line = (en: string, zh: string, ...facts: LineFact[]): LineWords => ({ name: { en, zh }, facts });

/** A further line that corrects one of the same register; what it corrects stays as it was written. */
const correction = line("Correction", "更正", "point", "reads", "reason", "askedBy", "confirmedBy", "number");
/** A book on paper that ended when the platform began; its last number is where this register goes on from. */
const oldBook = {
  "old-book": line("Old book closed", "旧簿册已封账", "book", "lastNumber", "from", "to", "place"),
} as const;

/**
 * What the lines of each register say, in plain words. A line can be written with no other kind, so a kind without words
 * does not compile.
 */
export const registerKinds = {
  seal: {
    correction,
    registered: line("Seal registered", "印章已登记", "type", "number"),
    "opening-stock": line("Opening stock", "期初存量", "type", "pieces", "engravedOn", "filing", "remark", "number"),
    ...oldBook,
    moved: line("Went to another unit", "转入其他部门", "number"),
    "specimen-lodged": line("Specimen lodged", "已预留印鉴", "lodgedWith", "lodgedAt", "card", "lodgedOn", "by"),
    "specimen-withdrawn": line(
      "Specimen withdrawn",
      "预留印鉴已撤回",
      "lodgedWith",
      "lodgedAt",
      "card",
      "withdrawnOn",
      "by",
    ),
  },
  custody: {
    correction,
    ...oldBook,
    opening: line("Custody begun", "开始保管", "custodians", "body"),
    received: line("Received from the engraver", "已从刻制方领回", "custodians", "body"),
    surrendered: line("Handed in", "已上交", "custodians", "body"),
    handover: line(
      "Custody handed over",
      "保管已交接",
      "transferor",
      "receiver",
      "witness",
      "cause",
      "bodies",
      "locks",
      "number",
    ),
    "short-handover": line(
      "Handed to the deputy for a few days",
      "短期移交代管人",
      "transferor",
      "deputy",
      "witness",
      "tag",
      "until",
      "number",
    ),
    "short-return": line("Back from the deputy", "代管人已交还", "transferor", "deputy", "tag", "condition", "number"),
  },
  "take-out": {
    correction,
    ...oldBook,
    issued: line("Taken out", "已外借", "escort", "documents", "listed", "most", "dueAt", "number"),
    extended: line("Take-out extended", "外借已延期", "dueAt", "number"),
    paper: line("Paper added on the spot", "现场补列文件", "impressions", "number"),
    returned: line("Returned", "已归还", "keeper", "checker", "used", "listed", "condition", "number"),
    lost: line("Ended: lost while away", "已结束：外借期间遗失", "keeper", "listed", "most", "number"),
    void: line("Ended: void while away", "已结束：外借期间作废", "keeper", "listed", "most", "number"),
    destroyed: line("Ended: destroyed while away", "已结束：外借期间销毁", "keeper", "listed", "most", "number"),
  },
  life: {
    correction,
    ...oldBook,
    "approved-for-engraving": line("Engraving approved", "已批准刻制", "body", "number"),
    made: line("Made", "已制成", "body", "number"),
    filed: line("Filed", "已备案", "body", "filedOn", "number"),
    "specimen-kept": line("Specimen impression kept", "已留存印模", "body", "number"),
    issued: line("Put in use", "已启用", "body", "number"),
    confirmed: line("Opening stock confirmed by stock-take", "期初存量经盘点确认", "body", "by"),
    stopped: line("Seal stopped", "印章已停用", "body", "number"),
    resumed: line("Put in use again", "已恢复使用", "body", "number"),
    surrendered: line("Surrendered", "已收缴", "body", "number"),
    "sealed-up": line("Sealed up", "已封存", "body", "tag", "number"),
    destroyed: line("Destroyed", "已销毁", "body", "number"),
    "key-destroyed": line("Key destroyed", "密钥已销毁", "body", "keyDigest", "number"),
    "engraving-given-up": line("Engraving given up", "已放弃刻制", "body", "number"),
    renewed: line("Certificate renewed", "证书已更新", "keyAlgorithm", "number"),
    revoked: line("Certificate revoked", "证书已吊销", "number"),
  },
  loss: {
    correction,
    ...oldBook,
    lost: line("Reported lost", "已报失", "body", "frozen"),
    found: line("Found", "已找回", "body", "number"),
    void: line("Declared void", "已声明作废", "body", "number"),
  },
  training: {
    correction,
    passed: line("Training passed", "培训合格", "person", "course", "version", "correct", "total", "until"),
    failed: line("Training not passed", "培训未合格", "person", "course", "version", "correct", "total"),
    "rule-book": line("Rule book in force", "管理办法已施行", "version", "digest", "by", "number"),
    "rule-book-confirmed": line("Rule book confirmed", "已确认管理办法", "person", "version", "digest"),
    committed: line("Commitment letter signed", "已签署承诺书", "person", "version", "digest"),
  },
  authority: {
    correction,
    given: line("Role given", "授予角色", "holder", "role", "scopeKind", "from", "to", "by"),
    confirmed: line("Position confirmed", "岗位已确认", "holder", "role", "scopeKind", "digest"),
    shortened: line("Role ends earlier", "角色提前到期", "holder", "role", "scopeKind", "to", "by"),
    ended: line("Role ended", "结束角色", "holder", "role", "scopeKind", "by"),
    "standing-given": line(
      "Standing authorisation given",
      "常设授权已生效",
      "number",
      "template",
      "most",
      "limit",
      "from",
      "to",
      "by",
    ),
    "standing-ended": line(
      "Standing authorisation ended",
      "常设授权已终止",
      "number",
      "template",
      "used",
      "reason",
      "by",
    ),
    delegated: line("Role delegated", "委托角色", "delegate", "delegator", "role", "scopeKind", "from", "to"),
    "delegation-ended": line(
      "Delegation ended",
      "委托结束",
      "delegate",
      "delegator",
      "role",
      "scopeKind",
      "from",
      "to",
    ),
  },
  "controlled-forms": {
    correction,
    opened: line("Series opened", "系列已建立", "series", "formKind", "keeperOfForms"),
    "keeper-changed": line("Keeper changed", "保管人已变更", "series", "keeperOfForms", "by"),
    received: line("Received", "入库", "series", "range", "count", "receivedFrom", "receivedOn", "by"),
    issued: line("Issued", "领用", "series", "range", "count", "issuedTo", "purpose", "by"),
    printed: line("Printed", "打印", "series", "range", "count", "by"),
    sealed: line("Sealed", "加盖印章", "series", "range", "count", "request"),
    downloaded: line("Sealed file downloaded", "下载用印文件", "series", "range", "count", "request", "by"),
    acknowledged: line("Receipt confirmed", "已签收", "series", "range", "count", "issuedTo"),
    reported: line("End reported", "去向待确认", "series", "range", "count", "sheetEnd", "request", "reason", "by"),
    "report-rejected": line(
      "Report rejected",
      "报告被退回",
      "series",
      "range",
      "count",
      "sheetEnd",
      "reportedBy",
      "reason",
      "by",
    ),
    used: line(
      "Used",
      "使用",
      "series",
      "range",
      "count",
      "request",
      "reason",
      "by",
      "reportedBy",
      "confirmedBy",
      "codeUnread",
    ),
    voided: line("Voided and kept", "作废留存", "series", "range", "count", "formState", "reason", "by"),
    returned: line("Returned to stock", "退回入库", "series", "range", "count", "returnedBy", "by"),
    counted: line("Stock-take", "盘点", "series", "count", "missing", "surplus", "countedBy", "confirmedBy"),
    missing: line("Not found at a stock-take", "盘点短缺", "series", "range", "count", "countedBy"),
    found: line("Found again", "找回", "series", "range", "count", "countedBy"),
    destroyed: line(
      "Destroyed",
      "销毁",
      "series",
      "range",
      "count",
      "formState",
      "executors",
      "reason",
      "reportedBy",
      "confirmedBy",
      "number",
    ),
  },
  inspection: {
    correction,
    opened: line("Check opened", "检查已开始", "check", "pieces", "by", "seed"),
    answered: line("Piece checked", "已检查印章", "body", "by", "holder", "counter"),
    differs: line("Piece differs from the book", "账实不符", "body", "by", "holder", "counter"),
    closed: line("Check closed", "检查已结束", "check", "pieces", "differences"),
    "unknown-seal": line("Seal in no register", "未登记印章", "by"),
  },
  exceptions: {
    correction,
    "answered-blank": line(
      "Blank answered and submitted",
      "空白处经说明后提交",
      "request",
      "documentName",
      "places",
      "reason",
      "applicant",
    ),
    emergency: line(
      "Emergency use authorised",
      "应急用印已授权",
      "request",
      "reason",
      "endsAt",
      "applicant",
      "approvers",
    ),
    "emergency-slip": line(
      "Emergency slip entered",
      "应急用印单已补录",
      "slip",
      "reason",
      "impressions",
      "usedAt",
      "late",
      "approvers",
      "custodian",
    ),
    "emergency-justified": line(
      "Emergency use reviewed: it was one",
      "应急用印复核：确属紧急",
      "request",
      "remark",
      "by",
    ),
    "emergency-not-justified": line(
      "Emergency use reviewed: it was none",
      "应急用印复核：不属紧急",
      "request",
      "remark",
      "by",
    ),
    "make-up": line(
      "Copy replaced by make-up stamping",
      "补盖",
      "request",
      "makeUpOf",
      "makeUpCopy",
      "makeUpCause",
      "reason",
      "photo",
      "applicant",
      "approvers",
      "custodian",
      "supervisor",
    ),
    "half-sealed": line(
      "Joint paper sealed by one entity alone: void",
      "联合文件仅一方用印，作废",
      "request",
      "joint",
      "documentName",
      "digest",
      "reason",
      "applicant",
      "by",
    ),
    "fact-settled": line(
      "Declared against the document",
      "申报与文件不一致，经认定",
      "request",
      "factAsked",
      "declared",
      "read",
      "reason",
      "applicant",
      "by",
    ),
    "setting-loosened": line(
      "Rule loosened",
      "规则已放宽",
      "setting",
      "value",
      "usual",
      "until",
      "reason",
      "askedBy",
      "confirmedBy",
    ),
    "setting-restored": line(
      "Rule no longer loosened",
      "规则已恢复",
      "setting",
      "value",
      "usual",
      "askedBy",
      "confirmedBy",
    ),
    "pair-loosened": line(
      "Roles joined that are kept apart elsewhere",
      "兼任应分离的角色",
      "holder",
      "role",
      "otherRoles",
      "scopeKind",
      "to",
      "reason",
      "by",
    ),
  },
  use: {
    correction,
    ...oldBook,
    sealed: line(
      "Document sealed",
      "文件已签章",
      "request",
      "documentClass",
      "applicant",
      "handler",
      "approvers",
      "custodian",
      "supervisor",
      "page",
      "pages",
      "digest",
      "emergency",
      "joint",
      "standing",
      "ofSeries",
      "blankSheets",
    ),
    stamped: line(
      "Stamped by hand",
      "手工盖章",
      "request",
      "documentClass",
      "applicant",
      "handler",
      "approvers",
      "custodian",
      "supervisor",
      "documents",
      "pages",
      "digest",
      "emergency",
      "copies",
      "authorised",
      "pressed",
      "photographed",
      "comparedSame",
      "comparedOther",
      "comparedNone",
      "photoAnswers",
      "putAway",
      "spoiled",
      "unknown",
      "unused",
      "lookedBy",
      "controller",
      "remoteAgreed",
      "remoteRefused",
      "docked",
      "grades",
      "owes",
      "onPaper",
      "foreignPaper",
      "makeUpOf",
      "makeUpCopy",
      "makeUpCause",
    ),
    slip: line(
      "Stamped by an emergency slip",
      "凭应急用印单用印",
      "slip",
      "usedAt",
      "impressions",
      "approvers",
      "custodian",
      "by",
      "late",
    ),
  },
  copies: {
    correction,
    "handed-out": line(
      "Copies handed out",
      "用印件已交付",
      "request",
      "copyNumbers",
      "receivedBy",
      "way",
      "courierNumber",
      "by",
    ),
    filed: line("Copies filed", "用印件已归档", "request", "copyNumbers", "archive", "by"),
    "brought-back": line("Copies brought back", "用印件已收回", "request", "copyNumbers", "reason", "by"),
    voided: line("Copies voided", "用印件已作废", "request", "copyNumbers", "reason", "photo", "by"),
    lost: line("Copies lost", "用印件已遗失", "request", "copyNumbers", "reason", "by"),
    replaced: line(
      "Copy void, replaced by make-up stamping",
      "用印件作废，已补盖",
      "request",
      "copyNumbers",
      "makeUpCause",
      "makeUp",
      "reason",
      "by",
    ),
    found: line("Void copies found again", "已作废用印件找回", "request", "copyNumbers", "reason", "by"),
    "final-same": line(
      "Final copy back, as approved",
      "最终文本已收回，与批准文本一致",
      "request",
      "copyNumbers",
      "pages",
      "by",
    ),
    "final-differs": line(
      "Final copy back, differs",
      "最终文本已收回，与批准文本不一致",
      "request",
      "copyNumbers",
      "pages",
      "by",
    ),
    "final-unclear": line(
      "Final copy back, to be looked at",
      "最终文本已收回，待人工核对",
      "request",
      "copyNumbers",
      "pages",
      "by",
    ),
    "final-as-approved": line(
      "Final copy found as approved",
      "最终文本经核对与批准一致",
      "request",
      "copyNumbers",
      "reason",
      "by",
    ),
    "final-agreed": line(
      "Final copy with an agreed change",
      "最终文本变更经双方同意",
      "request",
      "copyNumbers",
      "reason",
      "by",
    ),
    "final-not-agreed": line(
      "Final copy with a change nobody agreed to",
      "最终文本存在未经同意的变更",
      "request",
      "copyNumbers",
      "reason",
      "by",
    ),
  },
} as const satisfies Readonly<Record<Register, Readonly<Record<string, LineWords>>>>;

/** The kinds of lines of one register. */
export type LineKindOf<R extends Register> = keyof (typeof registerKinds)[R] & string;

/** A register with a kind of its lines. */
export type RegisterLineKind = {
  [R in Register]: { readonly register: R; readonly kind: keyof (typeof registerKinds)[R] & string };
}[Register];

export function listLineKinds(register: Register): readonly { readonly kind: string; readonly name: LocalName }[] {
  const kinds: Readonly<Record<string, LineWords>> = registerKinds[register];
  return Object.entries(kinds).map(([kind, { name }]) => ({ kind, name }));
}

export interface ToldLine {
  readonly title: LocalName;
  readonly facts: readonly { readonly key: string; readonly name: LocalName; readonly value: LocalName }[];
}

/** What the words of a line need to know: the zone of its entity, and what people are called. */
export interface LineReader {
  readonly timeZone: string;
  /** Null for who is not known any more. */
  nameOf(personId: string): LocalName | null;
}

/** A line in plain words. A kind that has none any more is told by its own name: an old line is never lost from sight. */
export function tellLine(
  { register, kind }: { readonly register: Register; readonly kind: string },
  facts: Readonly<Record<string, FactValue>>,
  reader: LineReader,
): ToldLine {
  const kinds: Readonly<Record<string, LineWords>> = registerKinds[register];
  const words = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (!words) return { title: { en: kind, zh: kind }, facts: [] };
  return {
    title: words.name,
    facts: words.facts.flatMap((key) => {
      const value = facts[key];
      if (value === undefined || value === null || value === "") return [];
      return [{ key, name: lineFacts[key].name, value: say(lineFacts[key].form, value, reader) }];
    }),
  };
}

/** The same as one sentence, for books and sheets. */
export function writeLineOut({ title, facts }: ToldLine): LocalName {
  const en = facts.map(({ name, value }) => `${name.en}: ${value.en}`).join("; ");
  const zh = facts.map(({ name, value }) => `${name.zh}：${value.zh}`).join("；");
  return { en: en === "" ? title.en : `${title.en}. ${en}`, zh: zh === "" ? title.zh : `${title.zh}。${zh}` };
}

const nameOf = (names: Readonly<Record<string, LocalName>>, code: string): LocalName =>
  (Object.hasOwn(names, code) ? names[code] : undefined) ?? { en: code, zh: code };

const classNames = Object.fromEntries(Object.entries(documentClasses).map(([id, { name }]) => [id, name]));
const typeNames = Object.fromEntries(Object.entries(sealTypeDefaults).map(([id, { name }]) => [id, name]));
const reachNames: Readonly<Record<string, LocalName>> = {
  entity: { en: "the whole entity", zh: "整个主体" },
  unit: { en: "a unit", zh: "部门" },
  seal: { en: "one seal", zh: "单枚印章" },
};

const settingNames = Object.fromEntries(Object.entries(settingDefinitions).map(([key, { name }]) => [key, name]));

/** What of a line can be corrected: one of its facts, or the line as a whole. */
export const wholeLine = "line";
export function nameOfPoint(point: string): LocalName {
  const names: Readonly<Record<string, { readonly name: LocalName }>> = lineFacts;
  if (point === wholeLine) return { en: "The line as a whole", zh: "整行" };
  return (Object.hasOwn(names, point) ? names[point]?.name : undefined) ?? { en: point, zh: point };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A day as English pages write it; what is none is said as it is. */
function writeEnglishDay(text: string): string {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  const name = months[Number(month) - 1];
  return name === undefined ? text : `${Number(day)} ${name} ${year}`;
}

const unknownPerson: LocalName = { en: "somebody not known any more", zh: "已无法辨识的人员" };

function say(form: FactForm, value: FactValue, reader: LineReader): LocalName {
  const text = String(value);
  const both = (said: string): LocalName => ({ en: said, zh: said });
  switch (form) {
    case "text":
      return { en: readHalf(text, "en"), zh: readHalf(text, "zh") };
    case "count":
      return both(text);
    case "day":
      return { en: writeEnglishDay(text), zh: text };
    case "time":
      return both(formatTime(text, reader.timeZone));
    case "digest":
      return both(shortenDigest(text));
    case "people": {
      const names = text.split(" ").map((id) => reader.nameOf(id) ?? unknownPerson);
      return { en: names.map(({ en }) => en).join(", "), zh: names.map(({ zh }) => zh).join("、") };
    }
    case "cause":
      return nameOf(handoverCauseNames, text);
    case "condition":
      return nameOf(pieceConditionNames, text);
    case "role":
      return nameOf(roleNames, text);
    case "reach":
      return nameOf(reachNames, text);
    case "class":
      return nameOf(classNames, text);
    case "seal-type":
      return nameOf(typeNames, text);
    case "check":
      return nameOf(checkKindNames, text);
    case "roles": {
      const roles = text.split(" ").map((role) => nameOf(roleNames, role));
      return { en: roles.map(({ en }) => en).join(", "), zh: roles.map(({ zh }) => zh).join("、") };
    }
    case "form-kind":
      return nameOf(formKindNames, text);
    case "sheet-end":
      return nameOf(sheetEndNames, text);
    case "form-state":
      return nameOf(formStateNames, text);
    case "declared-fact":
      return nameOf(declaredFactNames, text);
    case "setting":
      return nameOf(settingNames, text);
    case "point":
      return nameOfPoint(text);
    case "yes":
      return value === true ? { en: "yes", zh: "是" } : { en: "no", zh: "否" };
    case "debts": {
      const debts = text.split(" ").map((debt) => nameOf(stampDebtNames, debt));
      return { en: debts.map(({ en }) => en).join(", "), zh: debts.map(({ zh }) => zh).join("、") };
    }
    case "grades": {
      const said = text.split(" ").map((part) => {
        const [grade = "", count = ""] = part.split(":");
        const { en, zh } = evidenceGradeTexts[grade as EvidenceGrade].name;
        return { en: `${grade} ${en}: ${count}`, zh: `${grade} ${zh}：${count}` };
      });
      return { en: said.map(({ en }) => en).join("; "), zh: said.map(({ zh }) => zh).join("；") };
    }
    case "hand-out-way":
      return nameOf(handOutWayNames, text);
    case "make-up-cause":
      return nameOf(makeUpCauseNames, text);
    case "lodging":
      return nameOf(lodgingKindNames, text);
  }
}

/** `2026-11-24 11:42`; what is no time is left as it stands. */
export function formatTime(text: string, timeZone: string): string {
  try {
    const at = Temporal.Instant.from(text).toZonedDateTimeISO(timeZone);
    return `${at.toPlainDate().toString()} ${at.toPlainTime().toString({ smallestUnit: "minute" })}`;
  } catch {
    return text;
  }
}

function shortenDigest(text: string): string {
  const hex = /^sha256:([0-9a-f]{64})$/.exec(text)?.[1];
  return hex === undefined ? text : `sha256:${hex.slice(0, 8)}…${hex.slice(-8)}`;
}
