import type { SameKeys } from "./areas.ts";
import type { text as en } from "./confidential.en.ts";

/** Requests that their readers alone open. */
export const text = {
  ask: "保密：仅参与办理的人员及我指定的人员可以查阅",
  reason: "保密理由",
  reasonHint: "阅读人可以看到",
  readers: "其他阅读人",
  readersHint: "申请人、经办人、受邀审批人、保管人和监印人无须指定即可查阅",
  fixed: "是否保密在提交时已确定。",
  mention: "只能提及阅读人；申请人提及他人，即将其指定为阅读人。",
  masked: "谁可以查阅，以及您为何不能查阅",
  open: "说明理由并查阅",
  dialog: {
    title: "查阅保密申请",
    what: "此后 24 小时内您可以查阅。您的查阅及理由将记入账本并显示在申请页面，阅读人可以看到。",
    reason: "查阅理由",
    missing: "请写明一句理由。",
    give: "查阅",
  },
  card: {
    title: "保密",
    who: "参与办理的人员在办理期间可以查阅，此处指定的人员也可以查阅；其他人只能看到编号、印章和办理进度。",
    readers: "指定的阅读人",
    none: "未指定其他人员。",
    end: "取消指定 {{name}}",
    add: "指定阅读人",
    name: "指定为阅读人",
    accesses: "监督人员的查阅",
    notOpened: "监督人员尚未查阅。",
    access: "{{name}}，{{at}}，可查阅至 {{until}}",
  },
} as const satisfies SameKeys<typeof en>;
