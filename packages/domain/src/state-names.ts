import { formStateNames } from "./controlled-forms.ts";
import type { MatterState } from "./matter.ts";
import type { SealState } from "./seal-life.ts";
import type { ImpressionState, LocalName, SealUseRequestState } from "./vocabulary.ts";

export const sealStateNames: Readonly<Record<SealState, LocalName>> = {
  requested: { en: "applied for", zh: "已申请" },
  "approved-for-engraving": { en: "approved for making", zh: "已批准制作" },
  made: { en: "made", zh: "已制作" },
  filed: { en: "filed", zh: "已备案" },
  "awaiting-issue": { en: "awaiting issue", zh: "待启用" },
  "in-use": { en: "in use", zh: "在用" },
  "in-handover": { en: "in handover", zh: "交接中" },
  "taken-out": { en: "taken out", zh: "外借中" },
  frozen: { en: "frozen", zh: "已冻结" },
  stopped: { en: "stopped", zh: "已停用" },
  surrendered: { en: "surrendered", zh: "已收缴" },
  "sealed-up": { en: "sealed up", zh: "已封存" },
  destroyed: { en: "destroyed", zh: "已销毁" },
  cancelled: { en: "cancelled", zh: "已注销" },
  lost: { en: "lost", zh: "遗失" },
  void: { en: "void", zh: "作废" },
};

export const requestStateNames: Readonly<Record<SealUseRequestState, LocalName>> = {
  draft: { en: "draft", zh: "草稿" },
  "in-review": { en: "in review", zh: "审批中" },
  returned: { en: "returned for change", zh: "退回修改" },
  rejected: { en: "rejected", zh: "已驳回" },
  withdrawn: { en: "withdrawn", zh: "已撤回" },
  authorised: { en: "authorised", zh: "已授权" },
  opened: { en: "being sealed", zh: "签章中" },
  closed: { en: "sealed", zh: "已签章" },
  registered: { en: "registered", zh: "已登记" },
  cancelled: { en: "cancelled", zh: "已取消" },
  expired: { en: "expired", zh: "已失效" },
  frozen: { en: "frozen", zh: "已冻结" },
};

/** A request that is stamped by hand: nothing is sealed electronically, so it is said in other words. */
const handRequestStateNames: Readonly<Record<SealUseRequestState, LocalName>> = {
  ...requestStateNames,
  opened: { en: "being stamped", zh: "盖章中" },
  closed: { en: "stamped", zh: "已盖章" },
};

export const impressionStateNames: Readonly<Record<ImpressionState, LocalName>> = {
  reserved: { en: "reserved", zh: "已预留" },
  sealed: { en: "sealed", zh: "已签章" },
  pressed: { en: "pressed", zh: "已盖章" },
  unknown: { en: "not known", zh: "未明" },
  settled: { en: "settled", zh: "已结清" },
  spoiled: { en: "spoiled", zh: "已盖坏作废" },
  released: { en: "released", zh: "已释放" },
};

export const accountChangeStateNames: Readonly<Record<"waiting" | "confirmed" | "declined", LocalName>> = {
  waiting: { en: "waiting", zh: "等待中" },
  confirmed: { en: "confirmed", zh: "已确认" },
  declined: { en: "declined", zh: "已拒绝" },
};

export const matterStateNames: Readonly<Record<MatterState, LocalName>> = {
  draft: { en: "draft", zh: "草稿" },
  "in-review": { en: "in review", zh: "审批中" },
  returned: { en: "returned for change", zh: "退回修改" },
  approved: { en: "approved", zh: "已批准" },
  done: { en: "carried out", zh: "已办结" },
  rejected: { en: "rejected", zh: "已驳回" },
  withdrawn: { en: "withdrawn", zh: "已撤回" },
  cancelled: { en: "cancelled", zh: "已取消" },
};

/** Codes whose `state` is an impression's; the others about stamping tell of the request. */
const impressionCodes = /^(?:impression\.|stamping\.reported-already$|ruling\.)/;

/** The names of the states that a code's fact `state` may hold. */
export function stateNamesFor(code: string): Readonly<Record<string, LocalName>> {
  if (/^(?:seal\.|gate\.seal-|handover\.|take-out\.)/.test(code)) return sealStateNames;
  if (/^(?:forms\.|sheets\.)/.test(code)) return formStateNames;
  if (code.startsWith("matter.")) return matterStateNames;
  if (impressionCodes.test(code)) return impressionStateNames;
  if (/^(?:stamping|print|make-up)\.|^custody\.stamping-/.test(code)) return handRequestStateNames;
  return code.startsWith("account.") ? accountChangeStateNames : requestStateNames;
}
