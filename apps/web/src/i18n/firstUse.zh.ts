import type { SameKeys } from "./areas.ts";
import type { text as en } from "./firstUse.en.ts";

export const text: SameKeys<typeof en> = {
  title: "首次用印之前",
  lead_other: "还差 {{count}} 步，印章即可使用。",
  account: "{{name}}的账户须由第二人确认：{{roles}}。",
  reset: "{{name}}的新凭证须由第二人确认。",
  by: "可由以下人员确认：{{names}}。",
  later: "账户和岗位生效后，可由以下人员确认：{{names}}。",
  nobody: "目前无人可以确认。须有一位签批人或印章管理员，且既非提出人也非当事人。",
  nobodyLoosened:
    "目前无人可以确认。须有一位签批人、印章管理员或检查人，且既非提出人也非当事人；外部人员可担任检查人。",
  accountGo: "查看待确认事项",
  takeUp: "{{name}}须用邀请链接启用账户。",
  takeUpWhy: "链接只显示一次，由邀请人或确认人转交本人。",
  takeUpGo: "查看人员",
  position: "{{name}}须确认岗位：{{roles}}。",
  ofSeal: "「{{seal}}」{{role}}",
  positionWhy: "只能由{{name}}本人登录后在「我的账户」中确认。确认前，该角色不产生任何权限。",
  positionMine: "确认前，该角色不产生任何权限。",
  positionGo: "阅读并确认",
  name: "尚缺：{{role}}",
  nameGo: "邀请人员",
  applicant: "尚缺可以申请用印的人",
  applicantWhy: "保管、监印、审批、保管证书、检查的人和外部人员都不得申请。请邀请一位不承担这些职责的人员。",
  applicantSmall:
    "保管、监印、审批、保管证书、检查的人和外部人员都不得申请。请邀请一位不承担这些职责的人员，或授予系统管理员申请人角色。",
  joinable: "同一人还可兼任：{{roles}}。",
  joinableByGuest: "外部人员还可兼任：{{roles}}。",
  decide: "印章的申请正在等待决定。",
  decideBy: "由以下人员决定：{{names}}。",
  decideGo: "打开事项",
  putInUse: "印章已制成，尚未启用。",
  putInUseGo: "打开印章",
  askForSeal: "人员齐备后，申请第一枚印章。",
  askForSealWhy: "由签批人批准。已有的印章通过期初登记导入。",
  askForSealGo: "申请印章",
  plan: {
    title: "三人加一位外部人员如何分工",
    administrator: "安装设置者",
    director: "负责人",
    keeper: "保管人",
    guestName: "外部人员，如会计或律师",
    why: {
      administrator: "邀请其他人员，并申请用印。申请人角色须写明风险和截止日，由负责人授予，经外部人员同意。",
      director:
        "对每次用印作出决定，并管理印章。先以签批人角色受邀；印章管理员角色随后另行提出，写明风险和截止日，由外部人员作为检查人同意。",
      keeper: "保管印章并放行每次用印；不申请、不审批，也不保管证书。",
      guest:
        "审核、监印、检查并保管证书；这些角色仅在本档位可由一人兼任，授予时须写明风险和最后一天。其账户由负责人确认，负责人须先确认自己的岗位。",
    },
  },
};
