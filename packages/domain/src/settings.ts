import type { ControlId } from "./controls.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";
import type { LocalName } from "./vocabulary.ts";

export type SettingUnit = "minutes" | "hours" | "days" | "working-days" | "months" | "count" | "switch";

export interface SettingDefinition {
  readonly name: LocalName;
  readonly unit: SettingUnit;
  /** A switch is 0 or 1. */
  readonly default: number;
  readonly least: number;
  readonly most: number;
  readonly control: ControlId | null;
  /** Which way the rule is loosened: a looser value shows its risk and an end date. */
  readonly looser: "higher" | "lower";
  readonly risk: LocalName;
}

const define = (
  names: [en: string, zh: string],
  unit: SettingUnit,
  range: [value: number, least: number, most: number],
  control: ControlId | null,
  looser: "higher" | "lower",
  risk: [en: string, zh: string],
): SettingDefinition => ({
  name: { en: names[0], zh: names[1] },
  unit,
  default: range[0],
  least: range[1],
  most: range[2],
  control,
  looser,
  risk: { en: risk[0], zh: risk[1] },
});

/** Every number that an organisation may choose, with the default that real rules suggest (product.md, clocks). */
export const settingDefinitions = {
  surrenderWithin: define(
    ["Surrender of a stopped seal", "停用印章上缴期限"],
    "working-days",
    [3, 1, 60],
    "C10",
    "higher",
    ["A stopped seal lies about for longer.", "停用的印章滞留时间更长。"],
  ),
  withdrawSpecimenWithin: define(
    ["Withdrawal of lodged specimens of a seal that no longer holds", "失效印章预留印鉴的撤回期限"],
    "working-days",
    [3, 1, 60],
    "C10",
    "higher",
    ["A bank goes on trusting a seal that is stopped or lost.", "银行等单位仍会认可已停用或遗失的印章。"],
  ),
  projectSealUpWithin: define(
    ["Sealing up of a project's seal after it ends", "项目印章封存期限"],
    "days",
    [60, 1, 180],
    "C10",
    "higher",
    ["A finished project's seal stays usable in somebody's drawer.", "已结束项目的印章仍留在外面。"],
  ),
  lossReportWithin: define(["Report of a loss", "遗失报告期限"], "hours", [24, 1, 72], "C10", "higher", [
    "A lost seal is used before anybody is warned.",
    "他人可能在示警之前使用遗失的印章。",
  ]),
  lossNoticeWithin: define(["Public notice of a loss", "遗失公告期限"], "working-days", [3, 1, 30], "C10", "higher", [
    "Others go on trusting the lost seal.",
    "外界仍会信任遗失的印章。",
  ]),
  lossFileWithin: define(["Closing of the loss file", "遗失结案期限"], "months", [1, 1, 6], "C10", "higher", [
    "The loss is never settled.",
    "遗失事项迟迟不能了结。",
  ]),
  custodianChangeReportWithin: define(
    ["Report of a change of custodian", "保管人变更报告期限"],
    "working-days",
    [3, 1, 30],
    "C14",
    "higher",
    ["The managing office does not know who holds the seal.", "归口部门不掌握印章由谁保管。"],
  ),
  shortHandoverMost: define(["Longest short handover", "短期移交最长期限"], "days", [5, 1, 15], "C14", "higher", [
    "A seal is in other hands for long without an inventory.",
    "印章长期由他人代管而未清点。",
  ]),
  outOfContainerMost: define(
    ["Longest time out of the container", "离开容器最长时间"],
    "minutes",
    [60, 5, 480],
    "C13",
    "higher",
    ["A seal lies on a desk.", "印章可能被遗留在桌面。"],
  ),
  takeOutMost: define(["Longest take-out", "外借最长期限"], "days", [3, 1, 30], "C13", "higher", [
    "A seal is away for long.",
    "印章长期在外。",
  ]),
  rotationImportant: define(
    ["Rotation of custodians of important seals", "重要印章保管人轮岗周期"],
    "months",
    [24, 1, 60],
    "C15",
    "higher",
    ["Habits and debts grow between the same people.", "同一人长期保管，容易形成默契和人情。"],
  ),
  rotationOther: define(
    ["Rotation of custodians of other seals", "其他印章保管人轮岗周期"],
    "months",
    [36, 1, 60],
    "C15",
    "higher",
    ["Habits and debts grow between the same people.", "同一人长期保管，容易形成默契和人情。"],
  ),
  trainingValid: define(
    ["Validity of a training certificate", "培训合格证有效期"],
    "months",
    [12, 1, 36],
    "C12",
    "higher",
    ["Custodians forget the rules.", "保管人对规定生疏。"],
  ),
  trainingPassMark: define(
    ["Pass mark of the test, per cent", "考试合格线（百分比）"],
    "count",
    [80, 50, 100],
    "C12",
    "lower",
    ["Custodians who do not know the rules hold seals.", "不熟悉规定的人保管印章。"],
  ),
  trainingForImportant: define(
    ["Training demanded of custodians of important seals", "重要印章保管人须培训合格"],
    "switch",
    [1, 0, 1],
    "C12",
    "lower",
    ["Whoever is at hand keeps the seals that bind the company most.", "最重要的印章可能由不懂规定的人保管。"],
  ),
  trainingForOthers: define(
    ["Training demanded of custodians of other seals", "其他印章保管人须培训合格"],
    "switch",
    [0, 0, 1],
    "C12",
    "lower",
    ["Custodians of other seals do not know the rules.", "其他印章的保管人不熟悉规定。"],
  ),
  commitmentForAll: define(
    ["Commitment letter demanded of every custodian", "保管人须签署承诺书"],
    "switch",
    [1, 0, 1],
    "C12",
    "lower",
    ["A custodian can say that nobody told him.", "保管人可以声称无人告知其责任。"],
  ),
  fitnessGrace: define(
    ["Time for a new organisation before training and commitment are demanded", "新组织启用培训与承诺要求前的准备期"],
    "days",
    [30, 0, 90],
    "C12",
    "higher",
    ["Seals are held for long by people who were never trained.", "未经培训的人长期保管印章。"],
  ),
  termMost: define(["Longest term of a custodian", "保管人任期上限"], "months", [36, 1, 60], "C12", "higher", [
    "An appointment outlives its reason.",
    "任命的理由已不存在而任期未止。",
  ]),
  delegationMost: define(["Longest delegation", "委托代理最长期限"], "days", [30, 1, 180], "C11", "higher", [
    "A deputy becomes the permanent holder of a power.",
    "临时代理成为长期授权。",
  ]),
  storageCheckEvery: define(
    ["Storage check of important seals", "重要印章存放检查周期"],
    "months",
    [1, 1, 6],
    "C13",
    "higher",
    ["A missing seal is noticed late.", "印章不见了很久才被发现。"],
  ),
  storageCheckOthersEvery: define(
    ["Storage check of other seals", "其他印章存放检查周期"],
    "months",
    [3, 1, 12],
    "C13",
    "higher",
    ["A missing seal is noticed late.", "印章不见了很久才被发现。"],
  ),
  stockTakeEvery: define(["Stock-take of all seals", "印章盘点周期"], "months", [6, 1, 12], "C13", "higher", [
    "Book and reality drift apart.",
    "账实不符。",
  ]),
  secondCustodianSupervises: define(
    ["The second custodian may supervise", "第二保管人可以监印"],
    "switch",
    [1, 0, 1],
    "C04",
    "higher",
    ["Both keys and the supervision lie with the same two people.", "两把钥匙与监印由同样两人掌握。"],
  ),
  salesHoldNoSeal: define(
    ["Sales and purchasing staff hold no company seal", "销售、采购人员不得保管公司印章"],
    "switch",
    [1, 0, 1],
    "C11",
    "lower",
    ["Who wins the order can seal it.", "谈成业务的人自己就能盖章。"],
  ),
  positionConfirmation: define(
    ["A position takes force only when its holder has confirmed it", "岗位须经任职人确认后生效"],
    "switch",
    [1, 0, 1],
    "C11",
    "lower",
    ["Somebody can say that he never knew of his duties.", "任职人可以声称不知晓自己的职责。"],
  ),
  ruleBookConfirmWithin: define(
    ["Time to read and confirm a new rule book", "阅读并确认管理办法的期限"],
    "working-days",
    [10, 1, 60],
    "C12",
    "higher",
    ["People work for long by rules they have not read.", "有关人员长期未阅读所适用的规定。"],
  ),
  emergencyLasts: define(["How long an emergency use lasts", "应急用印时限"], "hours", [24, 1, 72], "C02", "higher", [
    "A seal can be used for days without the whole route.",
    "较长时间内可不经完整审批用印。",
  ]),
  emergencyMost: define(
    ["Most impressions of an emergency use", "应急用印最多枚数"],
    "count",
    [3, 1, 20],
    "C02",
    "higher",
    ["Much is sealed that one person alone agreed to.", "大量用印仅经一人同意。"],
  ),
  emergencyReviewWithin: define(
    ["Review after an emergency use", "应急用印事后复核期限"],
    "working-days",
    [2, 1, 10],
    "C02",
    "higher",
    ["An emergency that was none is noticed late.", "不属紧急的用印较晚才被发现。"],
  ),
  slipEnterWithin: define(
    ["Entry of an emergency slip after its use", "应急用印单补录期限"],
    "working-days",
    [1, 1, 5],
    "C09",
    "higher",
    ["What was stamped while the platform was down is forgotten.", "系统中断期间的用印可能被遗漏。"],
  ),
  standingReviewOneIn: define(
    ["Of how many uses under a standing authorisation one is reviewed", "常设授权用印每几次抽查一次"],
    "count",
    [5, 1, 20],
    "C01",
    "higher",
    ["What nobody approves is looked at too seldom.", "无人逐笔审批的用印被查看得过少。"],
  ),
  standingReviewWithin: define(
    ["Review of a drawn use under a standing authorisation", "常设授权用印抽查期限"],
    "working-days",
    [5, 1, 20],
    "C01",
    "higher",
    ["A misuse goes on while nobody looks.", "无人查看期间误用仍在继续。"],
  ),
  splitWithin: define(
    ["Days within which amounts for one counterparty and purpose are added up", "同一相对方同一用途金额合并计算的天数"],
    "days",
    [30, 7, 180],
    "C20",
    "lower",
    ["What is split over a longer time is not asked about.", "跨时较长的拆分不会被询问。"],
  ),
  copiesUsual: define(
    ["Impressions on one document beyond which a reason is asked for", "单份文件用印超过该枚数时询问原因"],
    "count",
    [10, 1, 100],
    "C20",
    "higher",
    ["Copies that nobody needs are stamped unasked.", "不必要的份数无人过问。"],
  ),
  finalCopyWithin: define(
    ["Days until the final copy must be back, 0 where it is not asked for", "最终文本回收期限（0 表示不要求）"],
    "days",
    [30, 0, 180],
    "C19",
    "higher",
    ["What was signed in the end is compared late with what was approved.", "最终签署的文本较晚才与批准文本比对。"],
  ),
  alarmEscalatesAfter: define(
    ["Time until an alarm that nobody acknowledged goes up", "报警无人确认时的升级时限"],
    "minutes",
    [15, 5, 60],
    "C18",
    "higher",
    ["A controller that is being broken into waits for longer until somebody looks.", "印控仪遭破坏时，更久无人查看。"],
  ),
  printedPagePublic: define(
    ["Whoever scans the code of a printed page sees what it stands for", "扫描打印页二维码者可查看对应信息"],
    "switch",
    [1, 0, 1],
    "C07",
    "lower",
    ["A counterparty cannot tell a page of ours from one that only looks like it.", "相对方无法分辨真假打印页。"],
  ),
  printedPageTitle: define(
    ["The title is shown to whoever scans the code of a printed page", "向扫描打印页二维码者显示文件标题"],
    "switch",
    [1, 0, 1],
    null,
    "higher",
    ["Who has a photo of the code alone learns what the document is about.", "仅凭二维码照片即可得知文件内容。"],
  ),
  lapsingNoticeBefore: define(
    ["Notice before an authority lapses", "授权失效前提醒"],
    "days",
    [10, 1, 60],
    null,
    "lower",
    ["Work stops on the day without warning.", "到期当日业务中断而无预警。"],
  ),
} as const satisfies Record<string, SettingDefinition>;

export type SettingKey = keyof typeof settingDefinitions;
export const SETTING_KEYS = Object.keys(settingDefinitions) as readonly SettingKey[];
export type Settings = Readonly<Record<SettingKey, number>>;

/** The defaults, with what the organisation chose in their place; values out of range are not taken. */
export function readSettingValues(chosen: Readonly<Partial<Record<string, number>>>): Settings {
  return Object.fromEntries(
    SETTING_KEYS.map((key) => {
      const { default: usual, least, most } = settingDefinitions[key];
      const value = chosen[key];
      return [key, value !== undefined && Number.isInteger(value) && value >= least && value <= most ? value : usual];
    }),
  ) as Settings;
}

/** Whether a value is looser than the default. */
export function isLooser(key: SettingKey, value: number): boolean {
  const { default: usual, looser } = settingDefinitions[key];
  return looser === "higher" ? value > usual : value < usual;
}

export interface SettingChange {
  readonly key: SettingKey;
  readonly value: number;
  /** Last day of a loosened setting, YYYY-MM-DD; after it the default holds again. */
  readonly endsOn: string | null;
}

/** Whether a change of a setting may be asked for: in range, and a loosened one has an end within a year. */
export function decideSettingChange(
  change: SettingChange,
  context: { today: string; latestEnd: string },
): Decision<{ type: "SettingChangeAsked" }> {
  const { least, most } = settingDefinitions[change.key];
  const refusals: Refusal[] = [];
  if (!Number.isInteger(change.value) || change.value < least || change.value > most)
    refusals.push(refuse("setting.out-of-range", { least, most }));
  if (isLooser(change.key, change.value)) {
    if (change.endsOn === null)
      refusals.push(refuse("setting.end-missing", {}, settingDefinitions[change.key].control));
    else if (change.endsOn <= context.today || change.endsOn > context.latestEnd)
      refusals.push(refuse("setting.end-out-of-range", { latest: context.latestEnd }));
  }
  return refusals.length > 0 ? { ok: false, refusals } : { ok: true, events: [{ type: "SettingChangeAsked" }] };
}
