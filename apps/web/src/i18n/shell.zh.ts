import type { SameKeys } from "./areas.ts";
import type { text as en } from "./shell.en.ts";

export const text: SameKeys<typeof en> = {
  product: "Chancery",
  skip: "跳到正文",
  pages: {
    firstRun: "开始",
    setup: "设置您的组织",
    signIn: "登录",
    invitation: "您的账户",
    crew: "还缺哪些人",
    overview: "总览",
    account: "我的账户",
    organisation: "组织",
    settings: "设置",
    inbox: "待办",
    requests: "我的用印",
    apply: "申请用印",
    request: "用印申请",
    seals: "印章",
    registerSeal: "登记印章",
    seal: "印章",
    ledger: "账本",
    verify: "验证文件",
  },
  groups: { work: "我的工作", seals: "印章", records: "记录", control: "管控" },
  menu: { label: "主菜单", open: "打开菜单", close: "关闭菜单", places: "常用位置", waiting: "{{count}} 项待处理" },
  language: { label: "语言", en: "English", zh: "中文" },
  theme: { label: "外观", system: "跟随系统", light: "浅色", dark: "深色" },
  me: { open: "账户菜单", guest: "外部人员", signOut: "退出登录" },
  sample: {
    ribbon: "示例组织。人员和印章均为虚构：在这里签章，对任何人都没有约束力。",
    person: "您现在以{{name}}的身份操作。",
    change: "换一个身份",
  },
  at: "{{name}}",
  notFound: {
    title: "这里没有页面。",
    why: "地址 {{path}} 没有对应的页面：可能被截短了，或者您的角色看不到它。",
    home: "回到起点",
  },
  loaded: "已显示：{{title}}",
};
