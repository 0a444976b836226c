/** A sentence and what to do about it, in both languages. */
export interface CodeText {
  readonly en: string;
  readonly zh: string;
  readonly todo: { readonly en: string; readonly zh: string };
}

const say = (en: string, zh: string, todoEn: string, todoZh: string): CodeText => ({
  en,
  zh,
  todo: { en: todoEn, zh: todoZh },
});

/** Why a controller refused an authorisation, an order, a press or anything else (clause 3.15). */
const texts = {
  FORMAT: say(
    "The message cannot be read.",
    "消息无法读取。",
    "Send it again; if it stays unreadable, report the sender.",
    "请重新发送；仍无法读取时，请报告发送方。",
  ),
  ALG_TYP: say(
    "The message is of the wrong kind or signed by a method that is not accepted.",
    "消息类型不符，或签名算法不被接受。",
    "Treat it as a forgery and tell security.",
    "按伪造处理，并通知安全人员。",
  ),
  UNKNOWN_KID: say(
    "The message is signed by a key the controller does not know.",
    "消息由印控仪不认识的密钥签名。",
    "Bring the trust list up to date; if that does not help, tell security.",
    "请更新信任列表；仍不行时，请通知安全人员。",
  ),
  BAD_SIG: say(
    "The signature does not belong to the message.",
    "签名与消息不符。",
    "Treat it as a forgery and tell security.",
    "按伪造处理，并通知安全人员。",
  ),
  WRONG_DEVICE: say(
    "The authorisation is for another controller.",
    "该授权属于另一台印控仪。",
    "Use the controller named in the request; find out how the authorisation got here.",
    "请使用申请中指定的印控仪，并查明授权如何到了这里。",
  ),
  WRONG_EPOCH: say(
    "The authorisation is from before the controller was replaced or reset.",
    "该授权签发于印控仪更换或重置之前。",
    "Have the authorisation issued anew.",
    "请重新签发授权。",
  ),
  WRONG_SEAL: say(
    "The seal or its face in this slot is not the authorised one.",
    "该印位上的印章或印面与授权不符。",
    "Check which seal is mounted; have the authorisation issued for it.",
    "请核对所装印章，并按其重新签发授权。",
  ),
  WRONG_TAG: say(
    "The tag read at the seal is missing or another one.",
    "读到的印章标签缺失或不符。",
    "Leave the controller closed and tell the seal administrator.",
    "请勿打开印控仪，并通知印章管理员。",
  ),
  REVOKED: say(
    "The authorisation was revoked.",
    "该授权已撤销。",
    "Ask in the request why; apply again if needed.",
    "请在申请中查看原因，需要时重新申请。",
  ),
  REVOKED_FLOOR: say(
    "All authorisations up to this number were revoked.",
    "该编号及之前的授权已全部撤销。",
    "Have the authorisation issued anew.",
    "请重新签发授权。",
  ),
  EXPIRED: say(
    "The authorisation has run out.",
    "授权已过期。",
    "Apply for an extension or issue it anew.",
    "请申请延期或重新签发授权。",
  ),
  NOT_YET: say(
    "The authorisation does not count yet.",
    "授权尚未生效。",
    "Wait for its beginning; check the controller's time.",
    "请等待生效时间，并核对印控仪时间。",
  ),
  OFFLINE_TOO_OLD: say(
    "The controller has not heard from the platform for too long.",
    "印控仪与平台失联过久。",
    "Bring it online, or let a phone carry the messages.",
    "请恢复联网，或用手机中转消息。",
  ),
  NONCE: say(
    "This authorisation counts only while the controller is online.",
    "该授权仅在印控仪联机时有效。",
    "Bring the controller online and have the authorisation issued for its question.",
    "请恢复联网，并按印控仪的随机数签发授权。",
  ),
  COUNTER_BEHIND: say(
    "The drive has counted fewer impressions than the platform knows.",
    "驱动计数低于平台已知的盖章次数。",
    "Do not use the controller; have it inspected.",
    "请停止使用该印控仪并安排检查。",
  ),
  SPENT: say("The authorisation is used up.", "该授权已用完。", "Apply for more impressions.", "请申请追加次数。"),
  NO_AUTH: say(
    "No authorisation is chosen.",
    "尚未选择授权。",
    "Choose the pending request on the screen.",
    "请在屏幕上选择待用印的申请。",
  ),
  COUNT_USED_UP: say(
    "All authorised impressions are made.",
    "授权次数已用完。",
    "Apply for more impressions.",
    "请申请追加次数。",
  ),
  WRONG_OPERATOR: say(
    "This person may not press under the chosen authorisation, or nobody has shown to be present.",
    "此人无权使用该授权，或尚无人验证身份。",
    "Let the person named in the request put a finger on the reader.",
    "请由申请中指定的人员验证指纹。",
  ),
  NO_SUPERVISOR: say(
    "The supervisor is not present.",
    "监印人未到场。",
    "Let the supervisor confirm at the controller.",
    "请监印人在印控仪上确认。",
  ),
  SAME_PERSON: say(
    "One person cannot be operator and supervisor.",
    "用印操作人与监印人不能是同一人。",
    "Let another person supervise.",
    "请由另一人监印。",
  ),
  LOCKED: say(
    "The controller is locked.",
    "印控仪已锁定。",
    "Find out why; unlocking needs an order and two people.",
    "请查明原因；解锁需要指令和两人在场。",
  ),
  TAMPER: say(
    "The controller was tampered with, or believes so.",
    "印控仪疑似被拆动。",
    "Leave it as it is; two people inspect it by order.",
    "请保持原状；须凭指令由两人现场检查。",
  ),
  FENCE: say(
    "The controller is outside the allowed place.",
    "印控仪不在允许的地点。",
    "Bring it back to the place that the request, or its settings, allow.",
    "请将其带回申请或设备设置允许的地点。",
  ),
  PIC_DEBT: say(
    "The picture of the last impression is missing.",
    "上一次盖章的照片缺失。",
    "Take the picture now.",
    "请立即补拍照片。",
  ),
  SPACE: say(
    "The memory is full of what the platform has not received.",
    "存储已满，记录尚未上传平台。",
    "Bring the controller online until it has delivered.",
    "请联网直至记录上传完成。",
  ),
  LOW_BATTERY: say("The battery is too low.", "电量过低。", "Connect the charger.", "请连接充电器。"),
  SESSION_OVER: say(
    "The session is over.",
    "本次会话已结束。",
    "Choose the request again and confirm presence.",
    "请重新选择申请并验证身份。",
  ),
  TOO_MANY: say(
    "The controller holds as many authorisations as it can.",
    "印控仪中的授权数量已达上限。",
    "Close authorisations that are not needed.",
    "请关闭不需要的授权。",
  ),
  CARRIER_GAP: say(
    "Messages before this one have not arrived; a revocation may be among them.",
    "此前的消息未到达，其中可能有撤销通知。",
    "Let the phone hand over all waiting messages, or bring the controller online.",
    "请用手机交付全部待送消息，或恢复联网。",
  ),
  NO_COSIGN: say(
    "This press has not been agreed to remotely.",
    "本次盖章尚未获得远程同意。",
    "Take a picture of the paper and wait for the person who watches remotely.",
    "请拍摄纸张照片，等待远程监印人同意。",
  ),
  COSIGN_REFUSED: say(
    "The person who watches remotely refused this press.",
    "远程监印人拒绝了本次盖章。",
    "Read the reason on the page of the stamping, put the paper right and take a new picture.",
    "请在盖章页面查看原因，处理好纸张后重新拍照。",
  ),
  NOT_DOCKED: say(
    "This authorisation counts only in the docking station.",
    "该授权仅在底座上有效。",
    "Put the controller in its station.",
    "请将印控仪放回底座。",
  ),
  NOT_NOW: say(
    "The controller cannot do this now.",
    "印控仪当前不能执行该操作。",
    "Finish or end what is going on first.",
    "请先完成或结束当前操作。",
  ),
  NOT_ENROLLED: say(
    "The controller is not enrolled.",
    "印控仪尚未登记入网。",
    "Enrol it first, by two people.",
    "请先由两人登记入网。",
  ),
  NO_SEAL: say("No seal is mounted.", "尚未安装印章。", "Mount a seal by order.", "请凭指令安装印章。"),
  FAULT: say("The controller is not ready.", "印控仪暂不可用。", "Try again later.", "请稍后再试。"),
  STALE: say(
    "The message is older than what the controller already has.",
    "消息早于印控仪已有的版本。",
    "Send the newest version.",
    "请发送最新版本。",
  ),
  DONE_BEFORE: say("This order was carried out already.", "该指令已执行过。", "Issue a new order.", "请签发新指令。"),
  NEEDS_TWO: say(
    "Two people named in the order have to be present.",
    "须由指令指定的两人在场。",
    "Let both confirm at the controller within a minute.",
    "请两人在一分钟内于印控仪上确认。",
  ),
  NOT_DELIVERED: say(
    "Records of this epoch have not been delivered.",
    "本纪元尚有记录未上传。",
    "Bring the controller online first, or order it by force after an incident.",
    "请先联网上传，或在事件处置后强制执行。",
  ),
  FW_MODEL: say(
    "The firmware is for another model.",
    "固件型号不符。",
    "Choose the firmware of this model.",
    "请选择对应型号的固件。",
  ),
  FW_ROLLBACK: say(
    "The firmware is older than may be installed.",
    "固件版本低于允许的最低版本。",
    "Choose a newer firmware.",
    "请选择更新的固件。",
  ),
  FW_HASH: say(
    "The firmware is not what its manifest says.",
    "固件与清单不符。",
    "Download it again; if it stays so, tell security.",
    "请重新下载；仍不符时通知安全人员。",
  ),
} as const satisfies Record<string, CodeText>;

export type ReasonCode = keyof typeof texts;
export const reasonTexts: Readonly<Record<ReasonCode, CodeText>> = texts;
export const reasonCodes = Object.keys(texts) as readonly ReasonCode[];
