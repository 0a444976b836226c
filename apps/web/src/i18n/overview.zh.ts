import type { SameKeys } from "./areas.ts";
import type { text as en } from "./overview.en.ts";

export const text: SameKeys<typeof en> = {
  title: "总览",
  lead: "等待{{name}}处理的事项，以及正在办理的事项。",
  apply: "申请用印",
  accounts_other: "有 {{count}} 个账户待第二人确认。",
  ruleBook: "现行管理办法待您确认。",
  ruleBookGo: "阅读管理办法",
  accountsGo: "查看待确认事项",
  matters_other: "{{count}} 个事项待您审批",
  mattersGo: "去审批",
  tasks_other: "您有 {{count}} 项待办任务",
  tasksGo: "查看任务",
  counts: {
    label: "今日数字",
    waiting: "待我处理",
    waitingWhy: "用印、事项与任务",
    mine: "我的未结用印",
    mineWhy: "已申请，尚未结束",
    sealed: "本月已签章",
    refused: "本月被拒绝",
    soFar: "截至目前",
  },
  waiting: {
    title: "待我处理",
    all: "打开待办",
    none: "没有待您处理的用印。",
    unconfirmed: "没有待您处理的用印。新岗位的事项在您确认岗位后送达。",
    unconfirmedWhy: "其他岗位上需要您处理的申请照常出现在这里。",
    confirm: "阅读并确认",
    noneWhy: "需要您审批、放行或确认的申请会出现在这里。",
  },
  mine: {
    title: "我的用印",
    all: "显示全部",
    none: "还没有用印申请。",
    noneWhy: "您的申请及其下一步会出现在这里。",
  },
  kept: "我保管的印章",
  crew: {
    missing_other: "有 {{count}} 项职责尚无人担任，在此之前不能用印。",
    see: "查看还缺哪些人",
  },
};
