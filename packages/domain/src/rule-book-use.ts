import type { DecisionTable, TableRow } from "./decision-table.ts";
import { describeCondition, describeLimits, describeScope, describeStep } from "./describe-rules.ts";
import { classNames, type DocumentClass, isOwnClass } from "./document-class.ts";
import type { ArticleDraft, ChapterId, RuleBookFacts } from "./rule-book.ts";
import { article, listNames, period } from "./rule-book-words.ts";
import { type LocalName, type SealType, sealTypeDefaults } from "./vocabulary.ts";

/** One rule as a sentence: when, what, and the clause it serves. */
function sayRule(
  row: TableRow<unknown>,
  { inputs }: DecisionTable<unknown>,
  answer: LocalName,
  names: Readonly<Record<string, LocalName>>,
): LocalName {
  const when = describeCondition(row, inputs, names);
  const clause = {
    en: row.clause.en === "" ? "" : ` (${row.clause.en})`,
    zh: row.clause.zh === "" ? "" : `（${row.clause.zh}）`,
  };
  return { en: `${when.en}: ${answer.en}${clause.en}.`, zh: `${when.zh}：${answer.zh}${clause.zh}。` };
}

/** Application, entry check, route, gate. */
export function listUseArticles({
  rules,
  sealTypes,
  settings,
  classes,
  kindNames,
}: RuleBookFacts): Record<Extract<ChapterId, "use">, ArticleDraft[]> {
  const outside = new Set(sealTypes.filter((one) => one.external).map((one) => one.type));
  const chosen = [...classes.values()].filter((one) => !one.retired);
  const classesThat = (which: (one: DocumentClass) => boolean): LocalName =>
    listNames(chosen.filter(which).map(({ name }) => name));
  const rights = classesThat((one) => one.makesRights);
  const first = classesThat((one) => one.electronic === "first");
  const names = classNames(classes);
  const kindName = (kind: string): LocalName =>
    kindNames[kind] ?? sealTypeDefaults[kind as SealType]?.name ?? { en: kind, zh: kind };
  const split = period(settings, "splitWithin");
  const said = (key: Parameters<typeof period>[1]) => period(settings, key);
  return {
    use: [
      article(
        "use.application",
        ["C01", "C09"],
        [],
        "Who needs a seal asks for it beforehand, with the documents themselves, their class, the counterparty, the amount, the number of copies and of impressions, and the purpose. Each request gets a number without a gap, which is never given again.",
        "用印须事先申请，提交文件原件并注明文件类别、相对方、金额、份数、用印枚数和用途。每份申请连续编号，编号不得重复使用。",
      ),
      article(
        "use.classes",
        ["C06", "C07"],
        ["document-classes", "seal-types"],
        "Each class of document takes only the seals named with it, the most fitting first:",
        "各类文件只能使用下列对应印章，最适用者列于首位：",
        chosen.map(({ classId, name, sealKinds: fitting, external }) => {
          // Of an own class the organisation named the very kinds.
          const goesOut = (kind: string): boolean => isOwnClass(classId) || outside.has(kind as SealType);
          const there = external ? fitting.filter(goesOut) : fitting;
          const seals = listNames((there.length > 0 ? there : fitting).map(kindName));
          return { en: `${name.en}: ${seals.en}.`, zh: `${name.zh}：${seals.zh}。` };
        }),
      ),
      article(
        "use.entry-check",
        ["C05"],
        [],
        "A blank or unfinished document is not sealed: an empty page, an open blank, a missing party, amount or date. Any blank but an empty page or an empty form can be answered with a reason, which reviewers see and the register of exceptions keeps.",
        "不得在空白或未完成的文件上用印，包括空白页、未填写的空格，以及缺少当事人、金额或日期的文件。除空白页和未填写的表单外，其他空白可说明理由，由审核人审阅并记入例外台账。",
      ),
      article(
        "use.electronic",
        ["C21"],
        ["document-classes"],
        `An electronic seal is used first for these: ${first.en}. Who asks for a physical seal there says why.`,
        `下列文件优先使用电子印章：${first.zh}。申请使用实物印章的，须说明理由。`,
      ),
      article(
        "use.scope",
        ["C06", "C07"],
        ["rules"],
        "Whether a seal may stand on a document is answered by the first of these rules that fits:",
        "印章能否用于某文件，依下列规则自上而下适用首个符合者：",
        rules.scope.rows.map((row) => sayRule(row, rules.scope, describeScope(row.output), names)),
      ),
      article(
        "use.route",
        ["C01", "C02", "C11"],
        ["rules"],
        `A request is decided by everybody whom one of these rules names, stage after stage, and last by the authorised signatory of the seal. Who would decide his own request is passed over for the next superior. Amounts count in ${rules.currency}.`,
        `申请由下列各条所列人员逐级审批，最后由该印章的授权签批人签批。本人不得审批自己的申请，改由上一级审批。金额以 ${rules.currency} 计。`,
        rules.route.rows.map((row) => sayRule(row, rules.route, describeStep(row.output), names)),
      ),
      article(
        "use.limits",
        ["C02", "C04", "C07"],
        ["rules"],
        "How often, how long and under whose eyes a seal is used is answered by the first of these rules that fits:",
        "用印枚数、有效期及监督要求依下列规则自上而下适用首个符合者：",
        rules.limits.rows.map((row) => sayRule(row, rules.limits, describeLimits(row.output), names)),
      ),
      article(
        "use.questions",
        ["C20"],
        ["splitWithin", "copiesUsual", "rules"],
        `Requests for the same counterparty and purpose within ${split.en} that together pass a limit none of them passes, a file that was asked for before, and more than ${settings.copiesUsual} impressions on one document are asked about. The applicant may give his reason, and whoever decides sees question and answer; nothing is refused for it.`,
        `同一相对方、同一用途的申请在 ${split.zh}内合计超过限额而单笔均未超过的，文件此前已申请用印的，以及单份文件用印超过 ${settings.copiesUsual} 枚的，系统予以询问。申请人可说明原因，审批人可见询问与说明；系统不因此拒绝申请。`,
      ),
      article(
        "use.legal-review",
        ["C03"],
        ["document-classes"],
        `These documents make rights or duties: ${rights.en}.`,
        `下列文件产生权利义务：${rights.zh}。`,
      ),
      article(
        "use.presence",
        ["C02", "C17"],
        [],
        "A decision on an important seal is given with a fresh proof of presence bound to the very document. A changed document voids the approvals given before.",
        "就重要印章作出决定时，须现场验证本人身份，且验证与该文件绑定。文件变更后，此前的审批失效。",
      ),
      article(
        "use.gate",
        ["C01", "C02", "C08", "C10", "C12"],
        [],
        "Before each impression it is asked again whether all approvals are complete and in date, the seal is in use and in the custody of a fit person, who acts is that person, the document is unchanged and impressions are left. One unmet condition stops the impression.",
        "每次用印前均须核验：审批完整且在有效期内，印章处于启用状态并由合格保管人保管，操作人为保管人本人，文件未变更，批准枚数尚有余额。任一条件不符即不得用印。",
      ),
      article(
        "use.emergency",
        ["C02", "C04", "C11"],
        ["emergencyLasts", "emergencyMost", "emergencyReviewWithin"],
        `In an emergency one authorised signatory suffices, from wherever he is. It lasts ${said("emergencyLasts").en}, covers at most ${settings.emergencyMost} impressions, is sealed or stamped before a second person, and never on an unfinished document. On paper the impressions of all copies count, the second person stands beside it, and each is photographed. Within ${said("emergencyReviewWithin").en} somebody with no part in it says whether it was one; while a review is overdue, no further emergency use of that entity begins.`,
        `紧急情况下，经一名授权签批人（可异地）同意即可用印，时限 ${said("emergencyLasts").zh}，最多 ${settings.emergencyMost} 枚，须有第二人在场，且不得用于未完成的文件。纸质盖章按各份累计枚数，第二人须在旁，并逐枚拍照。${said("emergencyReviewWithin").zh}内由未参与的人员复核是否确属紧急；复核逾期未完成的，该单位不得再发起应急用印。`,
      ),
      article(
        "use.standing",
        ["C01", "C03"],
        ["standingReviewOneIn", "standingReviewWithin"],
        `What follows a registered template word for word may be sealed under a standing authorisation without a new approval: for the kinds of counterparties, up to the limit, so often and for so long as its terms say, agreed to once by head of unit, legal reviewer and signatory. Each use passes the gate and is counted. The first use, and of the others one in ${settings.standingReviewOneIn} by lot, is reviewed within ${said("standingReviewWithin").en}. It is ended at any time.`,
        `与登记模板一致的文件，可凭常设授权用印，不再逐笔审批；适用的相对方类别、限额、次数和期限以授权为准，由部门负责人、法务审核人和授权签批人一次批准。每次用印均须通过核验并计数。首次用印以及其后每 ${settings.standingReviewOneIn} 次随机抽取一次，在 ${said("standingReviewWithin").zh}内复核。授权可随时终止。`,
      ),
      article(
        "use.slips",
        ["C09", "C24"],
        ["slipEnterWithin"],
        `When the platform cannot be reached, a numbered emergency slip is filled in and signed by a signatory and the custodian. The slips are kept apart from the seal. What was stamped is entered within ${said("slipEnterWithin").en} and stands in the register marked as such.`,
        `系统无法访问时，填写带编号的应急用印单，由授权签批人和保管人共同签字。用印单与印章分开保管。用印情况须在 ${said("slipEnterWithin").zh}内补录，并在台账中标明。`,
      ),
      article(
        "use.supervision",
        ["C04"],
        ["seal-types"],
        "An important seal is used in the presence of a supervisor, who confirms what was sealed with a proof of his own. The use of other seals is looked at afterwards, within a working day, by another person.",
        "重要印章须在监印人在场时使用，并由监印人本人确认用印内容。其他印章的用印由他人在一个工作日内事后查看。",
      ),
      article(
        "use.counts",
        ["C09", "C17"],
        [],
        "Each impression is authorised, counted and registered once. What was approved and not used is released; more impressions than were approved freeze request and seal until two people have settled it.",
        "每枚印迹均须授权、计数并登记一次。批准而未使用的予以释放；超出批准枚数的，冻结该申请和印章，直至两人核实处理。",
      ),
    ],
  };
}
