import type { LocalName } from "./vocabulary.ts";

export const CONTROL_IDS = [
  "C01",
  "C02",
  "C03",
  "C04",
  "C05",
  "C06",
  "C07",
  "C08",
  "C09",
  "C10",
  "C11",
  "C12",
  "C13",
  "C14",
  "C15",
  "C16",
  "C17",
  "C18",
  "C19",
  "C20",
  "C21",
  "C22",
  "C23",
  "C24",
] as const;
export type ControlId = (typeof CONTROL_IDS)[number];

export interface Control {
  readonly title: LocalName;
  /** The rule in one sentence. */
  readonly rule: LocalName;
  readonly severity: "high" | "medium" | "low";
}

const control = (
  severity: Control["severity"],
  titleEn: string,
  titleZh: string,
  ruleEn: string,
  ruleZh: string,
): Control => ({
  title: { en: titleEn, zh: titleZh },
  rule: { en: ruleEn, zh: ruleZh },
  severity,
});

/** What must be prevented and what must be found (product.md, 'Controls'). */
export const controls: Readonly<Record<ControlId, Control>> = {
  C01: control(
    "high",
    "Use with no approval record",
    "无审批用印",
    "A seal is used only for an approved request.",
    "用印必须有已批准的申请。",
  ),
  C02: control(
    "high",
    "Use before approval",
    "先用印后审批",
    "No impression is older than its last approval.",
    "用印时间不得早于最后一次审批。",
  ),
  C03: control(
    "high",
    "No legal review",
    "未经法务审核",
    "A document that makes rights or duties is reviewed by the legal reviewer.",
    "产生权利义务的文件须经法务审核。",
  ),
  C04: control(
    "high",
    "Sealing without supervision",
    "无人监印",
    "An important seal is used under the eyes of a supervisor.",
    "重要印章须在监印人监督下使用。",
  ),
  C05: control(
    "high",
    "Blank or unfinished document",
    "空白或未完成文件",
    "Nothing blank or unfinished is sealed.",
    "不得在空白或未完成的文件上用印。",
  ),
  C06: control(
    "high",
    "Department seal used outside",
    "部门章对外使用",
    "An internal seal does not stand on an external document.",
    "内部印章不得用于对外文件。",
  ),
  C07: control(
    "high",
    "Seal outside its scope",
    "超范围用印",
    "A seal stands only on the documents of its scope.",
    "印章只能用于其使用范围内的文件。",
  ),
  C08: control(
    "high",
    "Seal shared",
    "印章转借他人",
    "Only the custodian of record releases a seal.",
    "只有登记在册的保管人可以放行签章。",
  ),
  C09: control(
    "medium",
    "Register incomplete",
    "台账不完整",
    "Every impression is authorised, counted and registered once.",
    "每一枚印迹都须授权、计数并登记一次。",
  ),
  C10: control(
    "high",
    "Invalid seal in use",
    "失效印章仍在使用",
    "A frozen, stopped or expired seal is not used.",
    "冻结、停用或失效的印章不得使用。",
  ),
  C11: control(
    "high",
    "Duties meet in one person",
    "不相容职责集中于一人",
    "Duties that must be apart do not meet in one person.",
    "不相容的职责不得由同一人承担。",
  ),
  C12: control(
    "medium",
    "Custodian unfit",
    "保管人不合格",
    "Only a fit custodian within his term keeps a seal.",
    "只有任期内合格的保管人可以保管印章。",
  ),
  C13: control(
    "medium",
    "Storage below the rule",
    "存放不合规定",
    "A seal lies in the container its importance asks for.",
    "印章须存放于与其重要程度相符的容器。",
  ),
  C14: control(
    "medium",
    "Handover incomplete",
    "交接不完整",
    "A handover is witnessed and complete before the seal is used again.",
    "印章交接须监交并完成后方可使用。",
  ),
  C15: control("low", "Rotation overdue", "轮岗逾期", "Custodians rotate within the period set.", "保管人须按期轮岗。"),
  C16: control(
    "medium",
    "Inspection overdue",
    "检查逾期",
    "Inspections and corrections end in time.",
    "检查与整改须按期完成。",
  ),
  C17: control(
    "high",
    "File swapped",
    "文件被调换",
    "What is sealed is, byte for byte, what was approved.",
    "用印文件须与审批文件逐字节一致。",
  ),
  C18: control(
    "high",
    "Controller tampered with",
    "印控设备被破坏",
    "A controller that was opened or moved locks itself.",
    "被打开或移动的设备须自行锁定。",
  ),
  C19: control(
    "medium",
    "Copies not archived",
    "用印件未归档",
    "Every sealed copy is accounted for.",
    "每份用印件的去向均须记录。",
  ),
  C20: control("low", "Unusual use", "异常用印", "Unusual uses are asked about.", "对异常用印提出询问。"),
  C21: control(
    "low",
    "Paper where electronic would do",
    "可电子用印却用实物章",
    "Paper is used where electronic is not possible.",
    "不能使用电子签章时才使用实物章。",
  ),
  C22: control(
    "high",
    "Too many seals in one hand",
    "一人保管过多印章",
    "Nobody keeps all important seals, or two that must be apart.",
    "任何人不得保管全部重要印章或不相容的印章。",
  ),
  C23: control(
    "high",
    "Forged seal",
    "伪造印章",
    "A seal exists only by the registered way.",
    "印章只能按规定程序刻制。",
  ),
  C24: control(
    "high",
    "Evidence lost or altered",
    "证据丢失或被篡改",
    "The ledger only grows and files do not change.",
    "账本只增不改，文件不得变更。",
  ),
};
