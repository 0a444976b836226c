import type { SameKeys } from "./areas.ts";
import type { text as en } from "./settings.en.ts";

export const text: SameKeys<typeof en> = {
  title: "设置",
  lead: "这套系统是什么，密钥在哪里。",
  installation: {
    title: "本系统",
    organisation: "组织",
    kind: "类型",
    sample: "示例组织",
    live: "自有组织",
    version: "版本",
    checks: { database: "数据库", "ledger-key": "账本密钥", "master-key": "主密钥", transport: "连接" },
  },
  ledger: "账本及其自检",
};
