import { findFitnessDemands } from "./fitness.ts";
import type { ArticleDraft, ChapterId, RuleBookFacts } from "./rule-book.ts";
import { article, period } from "./rule-book-words.ts";

/** Custody, handover, take-out; training, rotation, checks. */
export function listCareArticles({
  profile,
  settings,
}: RuleBookFacts): Record<Extract<ChapterId, "custody" | "supervision">, ArticleDraft[]> {
  const said = (key: Parameters<typeof period>[1]) => period(settings, key);
  const [short, out, takeOut, reported] = [
    said("shortHandoverMost"),
    said("outOfContainerMost"),
    said("takeOutMost"),
    said("custodianChangeReportWithin"),
  ];
  const small = profile === "small";
  return {
    custody: [
      article(
        "custody.place",
        ["C13"],
        [],
        "At each instant every piece has one place, a hand or a container, and one answerable custodian or two jointly. Important seals lie in a container good for them; what is elsewhere is entered as elsewhere.",
        "每枚实物印章在任何时刻均有唯一的所在位置（人或容器）和明确的责任保管人（一人或两人共同）。重要印章须存放于符合要求的容器；不在容器内的须如实登记。",
      ),
      article(
        "custody.keys",
        ["C13", "C22"],
        ["profile"],
        small
          ? "The two locks of an important seal's container are held by two people; the second key may lie with the authorised signatory, who never stamps."
          : "The two custodians of an important seal hold one lock each of its container, a key or a code; neither opens it alone.",
        small
          ? "重要印章容器的两把锁由两人分管；第二把钥匙可由不参与盖章的授权签批人保管。"
          : "重要印章的两名保管人各掌管容器的一把锁（钥匙或密码），任何一人不得单独开启。",
      ),
      article(
        "custody.in-sight",
        ["C13"],
        ["outOfContainerMost"],
        `A seal out of its container stays in the custodian's sight and goes back within ${out.en}. The applicant never handles it.`,
        `印章取出后不得离开保管人视线，并须在 ${out.zh}内归位。申请人不得接触印章。`,
      ),
      article(
        "custody.handover",
        ["C14"],
        [],
        "A handover states its reason and covers the seals with their count and state, a fresh impression compared with the specimen, keys, codes, books and unfinished requests. Transferor, receiver and witness are three people; each confirms. Until the last confirmation the transferor answers, and the seal is not used.",
        "印章交接须写明事由，清点印章数量和状况，加盖印迹与印模比对，并移交钥匙、密码、簿册和未办结的申请。移交人、接收人和见证人须为三人并分别确认。最后一人确认前由移交人负责，期间不得用印。",
      ),
      article(
        "custody.short",
        ["C14"],
        ["shortHandoverMost"],
        `For at most ${short.en} a seal may go to a fit deputy in a bag or box under a numbered tag, which is checked on its return.`,
        `不超过 ${short.zh}的短期移交，可将印章装入加封编号封签的袋或盒交予合格的代管人，归还时查验封签。`,
      ),
      article(
        "custody.reported",
        ["C14"],
        ["custodianChangeReportWithin"],
        `A change of custodian is reported to the office that runs the seals within ${reported.en}.`,
        `保管人变更须在 ${reported.zh}内报归口管理部门。`,
      ),
      article(
        "custody.take-out",
        ["C13"],
        ["takeOutMost"],
        `A seal leaves the premises only by an approved take-out, with two people, a stated place and purpose, the documents and the most impressions, for at most ${takeOut.en}. It comes back with a count and a check of its state.`,
        `印章外借须经批准，由两人同行，载明地点、用途、文件和最多用印枚数，最长 ${takeOut.zh}。归还时须清点并检查印章状况。`,
      ),
    ],
    supervision: listSupervision({ profile, settings }),
  };
}

function listSupervision({ profile, settings }: Pick<RuleBookFacts, "profile" | "settings">): ArticleDraft[] {
  const said = (key: Parameters<typeof period>[1]) => period(settings, key);
  const demands = {
    important: findFitnessDemands(profile, settings, true),
    others: findFitnessDemands(profile, settings, false),
  };
  const [valid, grace, storage, storageOthers, stock, important, others, confirm, alarm] = [
    said("trainingValid"),
    said("fitnessGrace"),
    said("storageCheckEvery"),
    said("storageCheckOthersEvery"),
    said("stockTakeEvery"),
    said("rotationImportant"),
    said("rotationOther"),
    said("ruleBookConfirmWithin"),
    said("alarmEscalatesAfter"),
  ];
  const who = demands.others.training
    ? { en: "Every custodian", zh: "全体保管人" }
    : { en: "A custodian of an important seal", zh: "重要印章的保管人" };
  const training = demands.important.training || demands.others.training;
  return [
    training
      ? article(
          "supervision.training",
          ["C12"],
          ["trainingForImportant", "trainingForOthers", "trainingPassMark", "trainingValid", "profile"],
          `${demands.important.training ? who.en : "A custodian of a seal that is not important"} passes the training on rules, procedure, storage and risks with at least ${settings.trainingPassMark} per cent; the certificate is valid for ${valid.en}.`,
          `${demands.important.training ? who.zh : "非重要印章的保管人"}须参加制度、流程、存放和用印风险培训，考试成绩不低于 ${settings.trainingPassMark}%；合格证有效期 ${valid.zh}。`,
        )
      : article(
          "supervision.training",
          ["C12"],
          ["trainingForImportant", "trainingForOthers", "profile"],
          "Custodians are briefed on these rules on one page; no test is asked for.",
          "保管人须阅读一页纸的制度说明，不另行考试。",
        ),
    ...(demands.important.commitment
      ? [
          article(
            "supervision.commitment",
            ["C12"],
            ["commitmentForAll"],
            "Every custodian gives the commitment letter in person before he keeps a seal.",
            "保管人保管印章前须本人签署承诺书。",
          ),
        ]
      : []),
    article(
      "supervision.grace",
      ["C12"],
      ["fitnessGrace"],
      settings.fitnessGrace === 0
        ? "Training and commitment are demanded from the first day of a new organisation on."
        : `A new organisation has ${grace.en} before training and commitment are demanded.`,
      settings.fitnessGrace === 0
        ? "新组织自启用首日起执行培训和承诺要求。"
        : `新组织自启用之日起有 ${grace.zh}准备期，期满后执行培训和承诺要求。`,
    ),
    article(
      "supervision.rule-book",
      ["C12"],
      ["ruleBookConfirmWithin"],
      `Everybody who holds a position reads these rules and confirms it in person within ${confirm.en} of their publication, and again for each new version.`,
      `任职人员须在本办法发布后 ${confirm.zh}内阅读并由本人确认；每次修订后重新确认。`,
    ),
    article(
      "supervision.rotation",
      ["C15"],
      ["rotationImportant", "rotationOther", "profile"],
      profile === "small"
        ? "In place of rotation a guest from outside checks the seals without warning."
        : `Custodians of important seals are relieved after ${important.en} at the latest, those of other seals after ${others.en}.`,
      profile === "small"
        ? "不实行轮岗，由外部人员进行突击检查。"
        : `重要印章保管人最长 ${important.zh}轮岗一次，其他印章保管人最长 ${others.zh}轮岗一次。`,
    ),
    article(
      "supervision.storage",
      ["C13"],
      ["storageCheckEvery", "storageCheckOthersEvery"],
      `The place of each piece is checked with a photograph, of important seals every ${storage.en}, of others every ${storageOthers.en}; whoever holds it is named.`,
      `重要印章每 ${storage.zh}、其他印章每 ${storageOthers.zh}检查一次存放情况，拍照并记录实际持有人。`,
    ),
    article(
      "supervision.stock-take",
      ["C13", "C16"],
      ["stockTakeEvery"],
      `Every ${stock.en} all seals are counted against the register, and seals that stand in no register are asked for. Some checks are drawn by lot and come without warning.`,
      `每 ${stock.zh}对全部印章进行盘点，核对台账，并查询未登记的印章。部分检查以抽签方式突击进行。`,
    ),
    article(
      "supervision.alarms",
      ["C18"],
      ["alarmEscalatesAfter"],
      `An alarm of a seal controller is told at once to those whom it concerns. One of them acknowledges it by name and with a reason; nobody alone ends an alarm about a seal he keeps. What nobody acknowledged within ${alarm.en} goes to heads and inspectors, then hourly to who authorises.`,
      `印控仪报警立即通知相关人员，由其中一人具名并说明理由予以确认；任何人不得单独了结涉及本人所管印章的报警。${alarm.zh}内无人确认的，升级至部门负责人和检查人，此后每小时升级至授权签批人等。`,
    ),
    article(
      "supervision.findings",
      ["C16"],
      [],
      "What is found is put to the person concerned, corrected by a set day, and closed only when somebody else has checked the correction.",
      "检查发现的问题须告知相关人员、限期整改，经他人复核后方可关闭。",
    ),
  ];
}

/** Loss, the end of a seal, what is kept of it, and what departs from the rules. */
export function listEndArticles({
  settings,
}: RuleBookFacts): Record<Extract<ChapterId, "loss" | "ending" | "registers" | "exceptions">, ArticleDraft[]> {
  const said = (key: Parameters<typeof period>[1]) => period(settings, key);
  const [report, notice, file, surrender, project, withdraw] = [
    said("lossReportWithin"),
    said("lossNoticeWithin"),
    said("lossFileWithin"),
    said("surrenderWithin"),
    said("projectSealUpWithin"),
    said("withdrawSpecimenWithin"),
  ];
  return {
    loss: [
      article(
        "loss.report",
        ["C10"],
        ["lossReportWithin"],
        `Who misses a seal, or suspects that it was used without approval, reports it at once and at the latest within ${report.en}. The seal with all its bodies is frozen the moment it is reported.`,
        `发现印章遗失或疑似未经批准用印的，须立即报告，最迟不超过 ${report.zh}。报告即刻冻结该印章的全部实体。`,
      ),
      article(
        "loss.notice",
        ["C10"],
        ["lossNoticeWithin"],
        `A lost seal is declared void in public within ${notice.en}; its number is never given again.`,
        `遗失的印章须在 ${notice.zh}内公告作废，其编号不再使用。`,
      ),
      article(
        "loss.file",
        ["C10", "C23"],
        ["lossFileWithin"],
        `The file on a loss is closed within ${file.en}. A seal that is found is compared with its specimen and goes back in use only by approval; one found after it was declared void is destroyed.`,
        `遗失事项须在 ${file.zh}内结案。找回的印章须与印模比对，经批准后方可恢复使用；已公告作废后找回的，予以销毁。`,
      ),
    ],
    ending: [
      article(
        "ending.stop",
        ["C10"],
        [],
        "A seal stops when its unit closes or is renamed, its project ends, it is worn, lost or replaced, or the person whose name it bears leaves office. All its bodies stop together, on that day.",
        "部门撤销或更名、项目结束、印章磨损、遗失、更换，或名章所载人员离任的，印章停用；全部实体自当日起一并停用。",
      ),
      article(
        "ending.surrender",
        ["C10"],
        ["surrenderWithin", "projectSealUpWithin"],
        `A stopped seal is handed in with its books within ${surrender.en}; the seal of a project that ended is sealed up within ${project.en}.`,
        `停用的印章连同簿册须在 ${surrender.zh}内上交；项目结束的，项目印章须在 ${project.zh}内封存。`,
      ),
      article(
        "ending.destroy",
        ["C10", "C24"],
        [],
        "A seal is destroyed by approval, by two people before a witness, with photographs; its specimen is kept. The key of an electronic seal is destroyed with a record.",
        "印章销毁须经批准，由两人执行、一人监销并拍照留存，印模继续保存。电子印章的密钥销毁须留有记录。",
      ),
      article(
        "ending.lodged",
        ["C10"],
        ["withdrawSpecimenWithin"],
        `Specimens lodged with banks, customs, courts or tax offices are withdrawn or replaced within ${withdraw.en} after the seal stops, is lost or is replaced.`,
        `印模已留存于银行、海关、法院或税务机关的，印章停用、遗失或更换后须在 ${withdraw.zh}内撤回或更换。`,
      ),
    ],
    registers: [
      article(
        "registers.derived",
        ["C09", "C24"],
        [],
        "Registers write themselves from what was done; nobody enters or deletes a line by hand. A correction is a further line that names the one it corrects.",
        "台账依据办理过程自动生成，任何人不得手工增删。更正以新增记录方式进行，并注明所更正的记录。",
      ),
      article(
        "registers.kept",
        ["C24"],
        [],
        "Every act on a seal leaves an entry in a ledger that only grows. Files are kept by their digest, so that a changed file shows.",
        "印章的每一次办理均记入只增不改的账本。文件按摘要保存，任何改动均可发现。",
      ),
      article(
        "registers.copies",
        ["C17", "C19"],
        ["finalCopyWithin"],
        `A sealed copy is handed out against a receipt. A copy that is not used is returned and voided. ${settings.finalCopyWithin === 0 ? "A final copy that comes back as a scan is compared page by page with what was approved." : `The final copy of what makes rights or duties comes back as a scan within ${said("finalCopyWithin").en} after the stamping and is compared page by page with what was approved; what differs is a finding and goes to legal review.`}`,
        `用印件凭签收发放，未使用的用印件须退回作废。${settings.finalCopyWithin === 0 ? "收回的最终文本扫描件与批准文本逐页比对。" : `产生权利义务的文件，其最终文本须在盖章结束后 ${said("finalCopyWithin").zh}内扫描收回，并与批准文本逐页比对；不一致的列为检查发现并提交法务审核。`}`,
      ),
      article(
        "registers.printed",
        ["C07"],
        ["printedPagePublic", "printedPageTitle"],
        `Every page that is printed to be stamped bears a code. ${settings.printedPagePublic === 0 ? "What it stands for is told to nobody outside." : `Whoever scans it sees the number of the request, its day, ${settings.printedPageTitle === 0 ? "" : "its title, "}the page and the beginning of the digest, and nothing else of what the paper says; of a confidential request the title is not shown.`}`,
        `供盖章的打印页均印有二维码。${settings.printedPagePublic === 0 ? "二维码对应的信息不对外公开。" : `扫描者可查看申请编号、日期、${settings.printedPageTitle === 0 ? "" : "标题、"}页码和摘要开头，不显示文件的其他内容；保密申请不显示标题。`}`,
      ),
    ],
    exceptions: [
      article(
        "exceptions.settings",
        ["C11"],
        [],
        "A rule is loosened only by a change that a second person has confirmed, with its risk stated and a last day, after which the rule holds again by itself.",
        "放宽规定须经第二人确认，说明风险并设定截止日期，期满自动恢复原规定。",
      ),
      article(
        "exceptions.never",
        ["C05", "C11", "C12"],
        [],
        "Nothing and nobody loosens these: an applicant never authorises or supervises his own request; a signatory neither keeps nor supervises a seal he authorises; transferor and receiver differ; a blank page is never sealed.",
        "下列规定任何情况下不得放宽：申请人不得签批或监印本人的申请；签批人不得保管或监印其签批的印章；移交人与接收人不得为同一人；空白页不得用印。",
      ),
      article(
        "exceptions.breach",
        ["C01", "C08"],
        [],
        "Who uses, lends or has a seal used against these rules answers for it by the organisation's rules on discipline and by law.",
        "违反本办法用印、转借印章或指使他人用印的，依照本组织纪律规定和法律承担责任。",
      ),
      article(
        "exceptions.force",
        [],
        [],
        "These rules are written from the settings of the platform. A version takes force on its effective day, after another person has approved it, and holds until the next one does.",
        "本办法依据平台设置编制。每一版本经他人批准后自生效日起施行，至下一版本生效时止。",
      ),
    ],
  };
}
