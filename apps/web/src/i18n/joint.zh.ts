import type { SameKeys } from "./areas.ts";
import type { text as en } from "./joint.en.ts";

export const text: SameKeys<typeof en> = {
  tag: "联合",
  ask: {
    label: "是否由本组织另一单位在同一文件上用印？",
    none: "否，仅本单位",
    hint: "您在某单位有角色并能看到其印章时，可以为其申请。双方各有编号、审批和用印。批量、应急用印及常设授权不适用。",
    unit: "由该单位哪个部门负责",
    unitHint: "由其部门负责人在该方审批",
    unitNone: "不指定",
    fixed: "对方为{{name}}，提交时已确定。",
    series: "批量文件只能由一个单位用印。",
    emergency: "应急用印仅限一个单位。请取消应急，或取消联合用印。",
    standing: "依常设授权用印仅限一个单位。请取消该授权，或取消联合用印。",
  },
  review: {
    route: "{{name}}的审批",
    sealing: "{{name}}",
    findings: "{{name}}尚缺",
    both: "双方一并提交：同时取得编号，或都不取得。",
    other: "联合用印的对方",
  },
  card: {
    title: "联合申请：两个单位在同一文件上用印",
    here: "本方",
    there: "对方",
    theirSeal: "{{name}} 的用印位置（对方）",
    open: "打开对方的申请",
    number: "尚无编号",
    waitsAgreement: "双方均同意前，任何一方不得用印。任何人不得为双方审批。",
    agreed: "双方均已同意，依次用印；后用印的一方在先用印的文件上用印。",
    waitsSeal: "本方已用印，等待对方；双方均用印后方可取得文件。",
    otherSealed: "对方已用印，本方接着在同一文件上用印。",
    done: "文件已有双方的印章。",
    ended: "双方均用印之前已终止。已用印的保留在台账中；文件作废，记入例外台账，不予提供。",
    back: "双方均已退回，须一并修改并提交。",
    over: "本方已结束，联合申请中已由新的草稿代替。",
    draft: "双方作为一份草稿填写，一并提交。",
    withdraw: "对方的申请将随之退回给您。文件上已有印章的，双方一并终止，文件作废。",
  },
};
