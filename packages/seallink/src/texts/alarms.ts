import type { CodeText } from "./reasons.ts";

/** Whom an alarm or a difference is told to. `custodian`: of the controller; `holder`: who took it out. */
export type Told =
  | "custodian"
  | "holder"
  | "seal-administrator"
  | "security"
  | "inspector"
  | "maintenance"
  | "applicant"
  | "superior"
  | "supervisor";

/** How fast: at once by every way there is, on the same day, or merely shown. */
export type Speed = "at-once" | "same-day" | "shown";

export interface AlarmText extends CodeText {
  readonly told: readonly Told[];
  readonly speed: Speed;
}

const alarm = (
  told: readonly Told[],
  speed: Speed,
  [en, zh]: readonly [string, string],
  [todoEn, todoZh]: readonly [string, string],
): AlarmText => ({ told, speed, en, zh, todo: { en: todoEn, zh: todoZh } });

const inspect = ["Two people inspect it on site, by order.", "凭指令由两人现场检查。"] as const;

/** Alarms a controller writes into its own journal (clause 3.12). */
const texts = {
  "alarm.open": alarm(
    ["custodian", "seal-administrator", "security", "inspector"],
    "at-once",
    ["The controller was opened without an order.", "印控仪在无指令时被打开。"],
    inspect,
  ),
  "alarm.vibration": alarm(
    ["custodian", "seal-administrator"],
    "at-once",
    ["The controller is being shaken in its station.", "印控仪在底座上受到振动。"],
    ["Go and look.", "请到现场查看。"],
  ),
  "alarm.move": alarm(
    ["custodian", "seal-administrator"],
    "at-once",
    ["The controller is being moved without having been taken out.", "印控仪未经外借被移动。"],
    ["Find out who has it.", "请查明印控仪在谁手中。"],
  ),
  "alarm.remote": alarm(
    ["custodian", "seal-administrator", "supervisor"],
    "at-once",
    [
      "The controller was moved, shaken, unplugged or lost its power while somebody elsewhere looked at its paper. The session has ended.",
      "有人在别处远程监印时，印控仪被移动、晃动、拔出底座或断电。操作已结束。",
    ],
    ["Look at the controller and its paper, then begin again.", "请查看印控仪和纸张，然后重新开始。"],
  ),
  "alarm.fence": alarm(
    ["holder", "custodian"],
    "at-once",
    ["The controller is outside its allowed place, or its place is unknown.", "印控仪超出允许地点，或位置未知。"],
    ["Call who has it.", "请联系持有人。"],
  ),
  "alarm.overdue": alarm(
    ["holder", "custodian", "superior"],
    "at-once",
    ["The controller was not brought back in time.", "印控仪未按时归还。"],
    ["Call who has it; it is locked until an order.", "请联系持有人；已锁定，须凭指令解锁。"],
  ),
  "alarm.longpress": alarm(
    ["custodian", "inspector"],
    "same-day",
    ["The seal was held down for too long.", "印章按压时间过长。"],
    ["Look at the paper for a second impression.", "请查看纸面是否有重复印迹。"],
  ),
  "alarm.hits": alarm(
    ["custodian", "inspector"],
    "same-day",
    ["The seal touched paper more than once in one stroke.", "一次出印多次接触纸面。"],
    ["Find every sheet and register it.", "请找到每一张纸并登记。"],
  ),
  "alarm.motor": alarm(
    ["custodian", "maintenance"],
    "same-day",
    ["The drive did not finish its cycle.", "驱动未完成动作。"],
    ["Look at the paper and settle the outcome; have the drive repaired.", "请查看纸面并认定结果，安排维修。"],
  ),
  "alarm.tag": alarm(
    ["seal-administrator"],
    "at-once",
    ["The seal's tag is missing or another one.", "印章标签缺失或不符。"],
    inspect,
  ),
  "alarm.counter": alarm(
    ["security", "inspector", "seal-administrator"],
    "at-once",
    ["The drive's counter and the journal disagree.", "驱动计数与日志不一致。"],
    inspect,
  ),
  "alarm.lowbat": alarm(
    ["custodian"],
    "same-day",
    ["The battery is low.", "电量低。"],
    ["Connect the charger.", "请连接充电器。"],
  ),
  "alarm.space": alarm(
    ["custodian", "maintenance"],
    "same-day",
    ["The memory is nearly full of undelivered records or pictures.", "未上传的记录或照片即将占满存储。"],
    ["Bring the controller online.", "请恢复联网。"],
  ),
  "alarm.fw": alarm(
    ["maintenance", "security"],
    "at-once",
    ["A firmware or its manifest is not genuine.", "固件或其清单不可信。"],
    ["Stop the roll-out and compare the image.", "请停止推送并比对固件。"],
  ),
  "alarm.key": alarm(
    ["maintenance", "security"],
    "at-once",
    ["The controller's key or secure element has a fault.", "印控仪密钥或安全芯片故障。"],
    ["Take it out of use and replace the key.", "请停用并更换密钥。"],
  ),
  "alarm.replay": alarm(
    ["maintenance", "security"],
    "at-once",
    ["Dead authorisations are being tried again and again.", "有人反复尝试失效的授权。"],
    ["Find out where they come from.", "请查明来源。"],
  ),
  "alarm.rollback": alarm(
    ["security", "inspector", "seal-administrator"],
    "at-once",
    [
      "The platform acknowledged records the controller does not have: its memory was set back.",
      "平台确认了印控仪没有的记录：其存储被回滚。",
    ],
    inspect,
  ),
  "alarm.emergency": alarm(
    ["custodian", "inspector", "superior"],
    "at-once",
    ["An emergency authorisation is being used.", "正在使用应急授权。"],
    ["Review the use within a day.", "请在一日内复核。"],
  ),
  "alarm.duress": alarm(
    ["security"],
    "at-once",
    ["A finger said: I am being forced.", "胁迫指纹被使用。"],
    ["Send help; do not call the controller's room.", "请派人援助，不要致电现场。"],
  ),
} as const satisfies Record<string, AlarmText>;

export type AlarmCode = keyof typeof texts;
export const alarmTexts: Readonly<Record<AlarmCode, AlarmText>> = texts;
export const alarmCodes = Object.keys(texts) as readonly AlarmCode[];
