import type { SameKeys } from "./areas.ts";
import type { text as en } from "./identity.en.ts";

export const text: SameKeys<typeof en> = {
  firstRun: {
    title: "每一次用印，有申请，有决定，有记录。",
    lead: "Chancery 在这台机器上运行。请选择如何开始。",
    machine: "这台机器",
    sample: {
      title: "用示例组织看一看",
      lead: "两家虚构的公司，有印章、有人员，还有一个季度的用印记录，其中有被拒绝的。",
      roles: "扮演每一种角色，从申请人到检查人",
      use: "把一份 PDF 从申请一直办到证明",
      refusals: "看看什么会被拒绝，为什么",
      open: "打开示例",
      progress: "共 {{total}} 步，已完成 {{done}} 步",
      refused: "示例只能在本机打开。",
      refusedWhy: "请在运行 Chancery 的机器上打开本页，或用 CHANCERY_SAMPLE_REMOTE 设置放行。",
      stopped: "示例没有建完。",
      stoppedWhy: "请用空的数据文件夹重新启动 Chancery，再打开示例。控制台写明了停下的原因。",
    },
    setup: {
      title: "设置我的组织",
      lead: "从空白开始。您填写组织名称，建立第一个账户，并看到还缺哪些人。",
      profile: "三套规则可选，从严格到小型",
      code: "第一位管理员，凭控制台上的一次性代码建立",
      crew: "列出第一次用印所需的人员",
      begin: "开始设置",
      caption: "您的第一枚印章",
    },
    checks: {
      database: "数据库",
      "ledger-key": "账本密钥",
      "master-key": "主密钥",
      transport: "连接",
    },
  },
  signIn: {
    title: "登录",
    login: "登录名",
    password: "密码",
    enter: "用密码登录",
    passkey: "用通行密钥登录",
    passkeyWhy: "通行密钥存放在您的手机、电脑或安全密钥中，不需要密码。",
    passkeyEnded: "通行密钥没有用上。您可以重试，或用密码登录。",
    lost: "密码和通行密钥都丢了？系统管理员可以申请重置，由第二人确认。",
  },
  sample: {
    title: "请选择您的身份",
    lead: "在示例中，点击代替密码。每个人只能看到和办理其角色允许的事。",
    guests: "外部人员",
    noUnit: "不属于任何部门",
    waiting: "{{count}} 项待处理",
  },
};
