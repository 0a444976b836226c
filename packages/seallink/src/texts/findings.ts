import type { AlarmText, Speed, Told } from "./alarms.ts";
import { type CodeText, type ReasonCode, reasonTexts } from "./reasons.ts";

const finding = (
  told: readonly Told[],
  speed: Speed,
  [en, zh]: readonly [string, string],
  [todoEn, todoZh]: readonly [string, string],
): AlarmText => ({ told, speed, en, zh, todo: { en: todoEn, zh: todoZh } });

/** Who keeps a seal of the box is told as well: it is he who stands at it, and he ends no alarm about it alone. */
const grave = ["custodian", "security", "inspector", "seal-administrator"] as const;
const quarantine = [
  "The controller gets no authorisations until the incident is closed and a new epoch began.",
  "在事件关闭并开始新纪元之前，该印控仪不再获得授权。",
] as const;

/** What the platform finds in what controllers send (clauses 3.6 and 3.12). */
const texts = {
  BAD_RECORD: finding(
    ["maintenance", "security"],
    "at-once",
    ["A record cannot be read.", "记录无法读取。"],
    ["Compare the controller's firmware with the platform's version.", "请核对印控仪固件与平台版本。"],
  ),
  BAD_SIGNATURE: finding(
    ["security"],
    "at-once",
    ["A record's signature is not the controller's.", "记录签名不属于该印控仪。"],
    ["Find out who sent it; the true record is asked for again.", "请查明发送方；平台会重新索取原记录。"],
  ),
  EPOCH_UNKNOWN: finding(
    grave,
    "at-once",
    ["A controller speaks in an epoch that has ended or never began.", "印控仪使用了已结束或未开始的纪元。"],
    ["Find the replaced controller and take it away.", "请找到被更换的印控仪并收回。"],
  ),
  FORK: finding(
    grave,
    "at-once",
    [
      "Two records have the same number: the controller was copied or set back.",
      "两条记录编号相同：印控仪被复制或回滚。",
    ],
    quarantine,
  ),
  CHAIN_BREAK: finding(
    grave,
    "at-once",
    ["A record does not follow from the one before it.", "记录与前一条不衔接。"],
    quarantine,
  ),
  GAP: finding(
    ["custodian"],
    "same-day",
    ["Records are missing and later ones are waiting.", "缺少记录，后续记录在等待。"],
    ["Keep the controller online: it is asked to send them again.", "请保持联网：平台会要求重发。"],
  ),
  COUNTER_ROLLBACK: finding(grave, "at-once", ["The drive's counter went back.", "驱动计数倒退。"], quarantine),
  UNRECORDED_STAMP: finding(
    grave,
    "at-once",
    ["The drive made more impressions than were recorded.", "驱动盖章次数多于记录。"],
    quarantine,
  ),
  STAMP_WITHOUT_AUTHORISATION: finding(
    grave,
    "at-once",
    ["A stamping belongs to no authorisation.", "盖章没有对应的授权。"],
    quarantine,
  ),
  UNKNOWN_TOKEN: finding(
    grave,
    "at-once",
    ["The controller accepted an authorisation the platform never issued.", "印控仪接受了平台从未签发的授权。"],
    ["Roll the authority's key and revoke everything signed by it.", "请更换签发密钥并撤销其全部签发。"],
  ),
  OVER_COUNT: finding(
    grave,
    "at-once",
    ["More impressions were made than authorised.", "盖章次数超过授权。"],
    ["Find every sheet; have the controller inspected.", "请找到每一张纸，并检查印控仪。"],
  ),
  AFTER_EXPIRY: finding(
    ["inspector", "custodian"],
    "at-once",
    ["An impression was made outside the authorised time.", "盖章时间不在授权期内。"],
    ["Look into the controller's time and the paper.", "请核查印控仪时间与纸面。"],
  ),
  CLOCK_SKEW: finding(
    ["custodian"],
    "same-day",
    ["The controller's clock is wrong.", "印控仪时钟有误。"],
    ["Times of this start are shown as estimates.", "本次启动后的时间按估计值显示。"],
  ),
  STROKE_PAIR: finding(
    grave,
    "at-once",
    ["A stroke has not exactly one beginning and one end.", "一次出印没有唯一的开始与结束。"],
    quarantine,
  ),
  OUTCOME_UNKNOWN: finding(
    ["custodian", "supervisor"],
    "same-day",
    [
      "It is not known whether a stroke left an impression; it counts as used.",
      "不确定该次出印是否留下印迹，按已用计算。",
    ],
    ["Look at the paper and settle it with a reason.", "请查看纸面并说明理由予以认定。"],
  ),
  TOKEN_REJECTED: finding(
    ["custodian"],
    "same-day",
    ["The controller rejected an authorisation.", "印控仪拒绝了授权。"],
    ["The reason tells what to do.", "请按原因处理。"],
  ),
  PRESS_REFUSED: finding(
    ["custodian"],
    "same-day",
    ["The controller refused a press.", "印控仪拒绝了盖章。"],
    ["The reason tells what to do; three in ten minutes are told at once.", "请按原因处理；十分钟内三次将立即通知。"],
  ),
  PIC_MISSING: finding(
    ["applicant", "custodian"],
    "same-day",
    ["The picture of an impression has not arrived.", "盖章照片尚未到达。"],
    ["Bring the controller online; after three days new requests are stopped.", "请联网上传；三日后将停止新的申请。"],
  ),
  PIC_DARK: finding(
    ["custodian", "inspector"],
    "same-day",
    ["Nothing can be seen on a picture.", "照片上无法看清内容。"],
    ["Photograph the sheet and look at the camera.", "请补拍并检查摄像头。"],
  ),
  PIC_HASH_MISMATCH: finding(
    ["custodian", "security"],
    "same-day",
    ["A picture is not the one that was signed for.", "照片与签名的摘要不符。"],
    ["It is asked for again from the controller.", "平台会向印控仪重新索取。"],
  ),
  AUTHORISATION_WITHOUT_REQUEST: finding(
    ["security", "inspector"],
    "at-once",
    ["An authorisation was signed for which no approved request is known.", "签发的授权没有对应的已批准申请。"],
    ["Revoke it and find out who had it signed.", "请撤销该授权，并查明由谁签发。"],
  ),
  CREDENTIAL_OF_LEAVER: finding(
    ["custodian", "seal-administrator"],
    "same-day",
    ["The controller still knows somebody who has left.", "印控仪仍保存离职人员的凭证。"],
    ["Order its deletion at the controller.", "请下达指令在印控仪上删除。"],
  ),
  SETTINGS_UNKNOWN: finding(
    ["security", "inspector", "seal-administrator"],
    "at-once",
    ["The controller follows settings that nobody signed.", "印控仪采用了平台未签发的设置。"],
    [
      "Look at the controller; replace it if nobody can say where they came from.",
      "请检查印控仪；来源不明时请更换设备。",
    ],
  ),
  CERTIFICATE_FOREIGN: finding(
    ["security", "inspector"],
    "at-once",
    [
      "The controller asked for a certificate under another name or for another key.",
      "印控仪为其他名称或其他密钥申请证书。",
    ],
    [
      "Nothing was issued. Look at the controller, and revoke it if it is not as it was.",
      "平台未签发。请检查印控仪，如有异常请吊销。",
    ],
  ),
  EPOCH_MISSED: finding(
    ["security", "inspector", "seal-administrator"],
    "at-once",
    ["Records of the ended epoch never arrived.", "已结束的纪元中有记录从未到达平台。"],
    [
      "Find out what was stamped meanwhile, from photos, papers and registers.",
      "请依据照片、纸质文件与台账查明期间的用印。",
    ],
  ),
  EPOCH_UNCOUNTED: finding(
    ["security", "inspector", "seal-administrator"],
    "at-once",
    [
      "The counter stands higher than the ended epoch tells of impressions.",
      "计数器读数高于已结束纪元所记载的用印次数。",
    ],
    [
      "Each of them is an impression nobody accounts for: find the papers.",
      "多出的每一次都是未登记的用印，请找到对应文件。",
    ],
  ),
  OFFLINE_TOO_LONG: finding(
    ["custodian"],
    "same-day",
    ["The controller has been silent for too long.", "印控仪失联过久。"],
    ["Find it and bring it online.", "请找到并恢复联网。"],
  ),
} as const satisfies Record<string, AlarmText>;

export type FindingCode = keyof typeof texts;
export const findingTexts: Readonly<Record<FindingCode, AlarmText>> = texts;
export const findingCodes = Object.keys(texts) as readonly FindingCode[];

/**
 * After these the platform stops trusting the controller's memory or key (clause 3.12). EPOCH_UNKNOWN is not among them:
 * whoever finds the old box of a replaced controller could otherwise stop the new one.
 */
export const quarantineCodes: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "FORK",
  "CHAIN_BREAK",
  "COUNTER_ROLLBACK",
  "UNRECORDED_STAMP",
  "STAMP_WITHOUT_AUTHORISATION",
  "STROKE_PAIR",
]);

/** Findings whose record names a reason of the controller's: that reason says more than they do. */
const withReason: ReadonlySet<string> = new Set<FindingCode>(["PRESS_REFUSED", "TOKEN_REJECTED"]);

/** What was found, in the words of the reason that its record names, with the reason's own way out; `detail` as the finding has it. */
export function sayFinding(code: FindingCode, detail: string): CodeText {
  const said = findingTexts[code];
  if (!withReason.has(code) || !Object.hasOwn(reasonTexts, detail)) return said;
  const reason = reasonTexts[detail as ReasonCode];
  return { en: `${said.en} ${reason.en}`, zh: `${said.zh}${reason.zh}`, todo: reason.todo };
}
