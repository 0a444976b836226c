import type { SameKeys } from "./areas.ts";
import type { text as en } from "./settings.en.ts";

export const text: SameKeys<typeof en> = {
  title: "设置",
  lead: "这套系统是什么，密钥在哪里，账本是否完好。",
  installation: {
    title: "本系统",
    organisation: "组织",
    kind: "类型",
    sample: "示例组织",
    live: "自有组织",
    version: "版本",
    checks: { database: "数据库", "ledger-key": "账本密钥", "master-key": "主密钥", transport: "连接" },
  },
  ledger: {
    title: "账本自检",
    checkNow: "立即检查账本",
    states: {
      good: "全部记录、哈希块和检查点相互吻合。",
      bad: "账本内容不吻合。",
      running: "正在检查。",
      never: "启动以来尚未检查账本。",
    },
    checked: "检查于 {{at}}，共 {{leaves}} 条记录。",
    size: "记录数",
    pending: "等待入账",
    checkpoint: "最新检查点",
    key: "公钥",
    keyWhy: "离线验证的人应另行从您这里取得此公钥，绝不取自证明文件。",
  },
};
