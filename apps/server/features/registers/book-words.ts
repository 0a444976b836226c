import type { SheetLanguage } from "./sheet.ts";

/** What stands in a printed book besides its lines. */
export interface BookWords {
  readonly columns: Readonly<Record<"number" | "at" | "told" | "seal" | "leaf", string>>;
  readonly empty: string;
  readonly closing: string;
  readonly steps: readonly string[];
  readonly note: string;
  readonly signatures: string;
  corrects(number: string): string;
  correctedBy(numbers: string): string;
  page(at: number, count: number): string;
  foot(size: number, root: string, keyName: string): string;
  holds(entity: string, register: string, period: string, lines: number, madeAt: string): string;
}

export const bookWords: Readonly<Record<SheetLanguage, BookWords>> = {
  en: {
    columns: { number: "Number", at: "Time", told: "What", seal: "Seal", leaf: "Leaf" },
    empty: "No line lies in this period.",
    closing: "How to check this book",
    steps: [
      "Numbers run without a gap within entity, register and year. A number that is missing here was left out by the narrowing named above, or by someone's hand.",
      "Each line names its leaf of the ledger. On the page Registers, open the line: its badge computes in your own browser whether that leaf lies under the checkpoint at the foot of these pages.",
      "The checkpoint is signed. Anyone who has the ledger's key from elsewhere (page Ledger, or the command chancery) can check the signature below without the platform.",
      "The platform must be able to show that every later checkpoint contains this one. If it cannot, what is printed here is the older truth.",
    ],
    note: "The signed checkpoint, word for word:",
    signatures:
      "Printed by: ______________________    Checked by: ______________________    Date: ______________________",
    corrects: (number) => `Corrects ${number}`,
    correctedBy: (numbers) => `Corrected by ${numbers}`,
    page: (at, count) => `Page ${at} of ${count}`,
    foot: (size, root, keyName) => `Ledger checkpoint: ${size} leaves · root ${root} · key ${keyName}`,
    holds: (entity, register, period, lines, madeAt) =>
      `${entity}, ${register}, ${period}: ${lines} lines, printed ${madeAt}.`,
  },
  zh: {
    columns: { number: "登记号", at: "时间", told: "内容", seal: "印章", leaf: "条目" },
    empty: "该期间没有记录。",
    closing: "如何核对本台账",
    steps: [
      "登记号在同一主体、同一台账、同一年度内连续，没有缺号。此处缺少的登记号，或因上述筛选条件未列入，或系人为缺失。",
      "每条记录均注明其账本条目。在「台账」页面打开该记录，点击徽标，您的浏览器会自行计算该条目是否包含在各页页脚的检查点之内。",
      "检查点已签名。任何人只要从其他途径（「账本」页面或 chancery 命令）取得账本公钥，无需本平台即可验证下方签名。",
      "平台应能证明此后的每个检查点都包含本检查点。如不能证明，则以此处所印为准。",
    ],
    note: "已签发的检查点原文：",
    signatures: "打印人：______________________    核对人：______________________    日期：______________________",
    corrects: (number) => `更正 ${number}`,
    correctedBy: (numbers) => `已由 ${numbers} 更正`,
    page: (at, count) => `第 ${at} 页，共 ${count} 页`,
    foot: (size, root, keyName) => `账本检查点：${size} 条 · 根 ${root} · 密钥 ${keyName}`,
    holds: (entity, register, period, lines, madeAt) =>
      `${entity}，${register}，${period}：共 ${lines} 条，打印于 ${madeAt}。`,
  },
};
