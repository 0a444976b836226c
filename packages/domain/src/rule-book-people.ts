import { custodiansNeeded } from "./custody.ts";
import type { ArticleDraft, ChapterId, RuleBookFacts } from "./rule-book.ts";
import { article, listNames, listWeekdays, period } from "./rule-book-words.ts";
import { listMatrix } from "./separation-matrix.ts";
import { type LocalName, type Profile, roleNames, sealTypeDefaults } from "./vocabulary.ts";

const profileNames: Readonly<Record<Profile, LocalName>> = {
  strict: { en: "strict", zh: "严格" },
  standard: { en: "standard", zh: "标准" },
  small: { en: "small organisation", zh: "小型组织" },
};

/** General provisions; people and what never meets in one of them. */
export function listCrewArticles(
  facts: RuleBookFacts,
): Record<Extract<ChapterId, "general" | "people">, ArticleDraft[]> {
  return { general: listGeneral(facts), people: listPeople(facts) };
}

function listGeneral({ entities }: RuleBookFacts): ArticleDraft[] {
  return [
    article(
      "general.purpose",
      ["C01", "C24"],
      ["organisation"],
      "These rules govern the making, keeping, use and ending of every seal, physical or electronic, so that each impression rests on an approval, is made by the person answerable for the seal, and can be checked afterwards by anyone entitled to.",
      "为规范各类实物印章和电子印章的刻制、保管、使用与停用，确保每一枚印迹均有审批依据、由责任人加盖并可事后查验，制定本办法。",
    ),
    article(
      "general.scope",
      ["C01"],
      ["organisation"],
      "They bind everybody who asks for, approves, keeps, supervises or inspects the use of a seal in the entities named here, and every seal of these entities.",
      "本办法适用于下列单位的全部印章，以及申请、审批、保管、监印、检查用印的全体人员。",
      entities.map(({ name }) => ({ en: name.en, zh: name.zh })),
    ),
    article(
      "general.one-gate",
      ["C01", "C02", "C10"],
      [],
      "No seal is used without an approved request, before the last approval, or beyond the number of impressions approved. Nobody may order otherwise, whatever his office.",
      "未经批准、未完成最后一步审批或超出批准枚数的，一律不得用印。任何人不得以职务要求例外。",
    ),
    article(
      "general.days",
      [],
      ["calendars"],
      "Working days are counted by the calendar of each entity, with its public holidays and the days worked in their place; a day ends at midnight in the entity's own time zone.",
      "工作日按各单位的工作日历计算，含法定节假日和调休；每日以该单位所在时区的零时为界。",
      entities.map(({ name, timeZone, weekend }) => {
        const off = listWeekdays(weekend);
        return weekend.length === 0
          ? {
              en: `${name.en}: no weekly day off; time zone ${timeZone}.`,
              zh: `${name.zh}：无固定休息日；时区 ${timeZone}。`,
            }
          : {
              en: `${name.en}: off on ${off.en}; time zone ${timeZone}.`,
              zh: `${name.zh}：${off.zh}休息；时区 ${timeZone}。`,
            };
      }),
    ),
  ];
}

function listPeople({ profile, settings }: RuleBookFacts): ArticleDraft[] {
  const matrix = listMatrix(profile);
  const pair = ([a, b]: (typeof matrix)[number]["roles"]): LocalName => ({
    en: `${roleNames[a].en} and ${roleNames[b].en}`,
    zh: `${roleNames[a].zh}与${roleNames[b].zh}`,
  });
  const pairs = (state: (typeof matrix)[number]["state"]): LocalName[] =>
    matrix.filter((one) => one.state === state).map((one) => pair(one.roles));
  const [loosened, toGuests] = [pairs("loosened"), pairs("open-to-guests")];
  const needed = custodiansNeeded(profile, true);
  const delegated = period(settings, "delegationMost");
  const term = period(settings, "termMost");
  const lapsing = period(settings, "lapsingNoticeBefore");
  const confirms = settings.positionConfirmation === 1;
  const sales = settings.salesHoldNoSeal === 1;
  return [
    article(
      "people.positions",
      ["C11", "C12"],
      ["positionConfirmation"],
      `Each role is a position with a job description: its duties, what it may never do, who stands in, and to whom its holder reports. A role is given by another person and takes force ${confirms ? "when its holder has confirmed the description; the same position, given again, needs no new confirmation" : "when it is given, without a confirmation by its holder"}.`,
      `每一角色即一个岗位，设岗位说明书，载明职责、禁止事项、代理人和汇报对象。角色由他人授予，${confirms ? "经任职人确认岗位说明书后生效；同一岗位再次授予时无须重新确认" : "授予即生效，无须任职人确认"}。`,
    ),
    article(
      "people.needed",
      ["C04", "C11", "C12"],
      ["profile"],
      profile === "small"
        ? "A seal is put in use only when its custodian and an authorised signatory are named, and for an important seal a supervisor; a guest from outside may supervise and inspect."
        : `A seal is put in use only when its custodian, his deputy, an authorised signatory and a supervisor are named. An important seal has ${needed} custodians, of whom neither reaches it alone; an entity with important seals names an inspector.`,
      profile === "small"
        ? "印章启用前须明确保管人和授权签批人，重要印章还须明确监印人；监印和检查可由外部人员担任。"
        : `印章启用前须明确保管人、代管人、授权签批人和监印人。重要印章设 ${needed} 名保管人，任何一人不得单独取用；有重要印章的单位须设检查人。`,
    ),
    article(
      "people.apart",
      ["C11"],
      ["profile"],
      `The ${profileNames[profile].en} profile holds. These roles never meet in one person for the same seal or entity:`,
      `本组织采用「${profileNames[profile].zh}」分离方案。下列角色不得由同一人就同一印章或同一单位兼任：`,
      pairs("apart"),
    ),
    ...(toGuests.length > 0
      ? [
          article(
            "people.guests",
            ["C11"],
            ["profile"],
            "A guest from outside, such as an accountant or lawyer, may hold these together; nobody else may:",
            "下列角色仅可由外部人员（如会计师、律师）兼任：",
            toGuests,
          ),
        ]
      : []),
    ...(loosened.length > 0
      ? [
          article(
            "people.loosened",
            ["C11"],
            ["profile"],
            "These may meet in one person, each time with a stated risk, the consent of a second person and a last day:",
            "下列角色可以兼任，但每次均须说明风险、经第二人同意并设定截止日期：",
            loosened,
          ),
        ]
      : []),
    article(
      "people.one-request",
      ["C11", "C04"],
      ["profile", "secondCustodianSupervises"],
      `Who asks for a use of a seal never approves, keeps or supervises that use; who approves it never keeps or supervises it; who releases an impression never supervises it. ${settings.secondCustodianSupervises === 1 ? "The second custodian may supervise what the first one seals." : "The second custodian does not supervise what the first one seals."}`,
      `申请人不得审批、保管或监印本人申请的用印；审批人不得保管或监印其审批的用印；加盖印章的人不得监印。${settings.secondCustodianSupervises === 1 ? "第二保管人可以监印第一保管人的用印。" : "第二保管人不得监印第一保管人的用印。"}`,
    ),
    article(
      "people.accounts",
      ["C11"],
      [],
      "Nobody gives a role to himself. A new person with a role, and each reset of a credential, takes force only when a second person has confirmed it; after a reset the person decides on no important seal for a day.",
      "任何人不得向本人授予角色。新增任职人员和重置登录凭证须经第二人确认后生效；重置后一日内不得就重要印章作出决定。",
    ),
    article(
      "people.delegation",
      ["C11"],
      ["delegationMost"],
      `Who is away delegates his role to a named person for stated days, at most ${delegated.en}. The delegate passes the same checks, does not delegate further, and decides nothing the delegator could not have decided. Whoever holds the role himself decides on the rules of use, classes, templates, the rule book, standing authorisations, settings and imports.`,
      `离岗人员须将角色委托给指定代理人并注明起止日期，最长 ${delegated.zh}。代理人须通过同样的审查，不得转委托，也不得作出委托人无权作出的决定。用印规则、文件类别、模板、印章管理办法、常设授权、参数设置和批量导入，只能由本人担任该角色的人审批。`,
    ),
    article(
      "people.term",
      ["C12"],
      ["termMost", "lapsingNoticeBefore"],
      `A custodian is appointed for at most ${term.en}. Authorities that are about to lapse are announced ${lapsing.en} before.`,
      `保管人每届任期最长 ${term.zh}。即将到期的授权提前 ${lapsing.zh}提醒。`,
    ),
    ...(sales
      ? [
          article(
            "people.sales",
            ["C11"],
            ["salesHoldNoSeal"],
            "Sales and purchasing staff keep no company seal.",
            "销售、采购人员不得保管公司印章。",
          ),
        ]
      : []),
    article(
      "people.events",
      ["C12", "C14"],
      [],
      "On leave, transfer, departure or the end of a term the seals concerned are handed over beforehand; where they are not, they are frozen, and their handover to somebody fit opens by itself. Leave may end before its last day, from that day on.",
      "休假、调动、离职或任期届满的人员须事先移交所保管的印章；未移交的，相关印章冻结，系统自动发起向合格人员的交接。休假可自当日起提前结束。",
    ),
  ];
}

/** Kinds of seals, and how one comes to be. */
export function listSealArticles({
  profile,
  sealTypes,
}: RuleBookFacts): Record<Extract<ChapterId, "seals" | "making">, ArticleDraft[]> {
  const named = (which: (one: RuleBookFacts["sealTypes"][number]) => boolean): LocalName =>
    listNames(sealTypes.filter(which).map(({ type }) => sealTypeDefaults[type].name));
  const important = named((one) => one.important);
  const inside = named((one) => !one.external);
  const outside = named((one) => one.external);
  const filedAll = sealTypes.filter((one) => one.filing === "all");
  const filedNone = named((one) => one.filing === "none");
  const all = listNames(filedAll.map(({ type }) => sealTypeDefaults[type].name));
  const none = sealTypes.some((one) => one.filing === "none");
  return {
    seals: [
      article(
        "seals.important",
        ["C04", "C22"],
        ["seal-types", "profile"],
        `Important seals are: ${important.en}. ${profile === "small" ? "They are kept under two keys" : "They have two custodians"} and are used under the eyes of a supervisor.`,
        `下列为重要印章：${important.zh}。${profile === "small" ? "重要印章双钥匙保管" : "重要印章由两人共同保管"}，在监印人监督下使用。`,
      ),
      article(
        "seals.outside",
        ["C06", "C07"],
        ["seal-types"],
        `On documents that leave the organisation only these may stand: ${outside.en}.`,
        `对外文件只能使用下列印章：${outside.zh}。`,
      ),
      article(
        "seals.inside",
        ["C06"],
        ["seal-types"],
        `These are for internal documents alone, and bind nobody outside: ${inside.en}.`,
        `下列印章仅限内部文件使用，对外不具约束力：${inside.zh}。`,
      ),
      article(
        "seals.hands",
        ["C22"],
        ["profile"],
        profile === "small"
          ? "The finance seal and the legal representative's name seal lie in different hands."
          : "The finance seal and the legal representative's name seal lie in different hands. Nobody keeps all important seals of one entity.",
        profile === "small"
          ? "财务专用章与法定代表人名章由不同的人保管。"
          : "财务专用章与法定代表人名章由不同的人保管。任何人不得保管同一单位的全部重要印章。",
      ),
      article(
        "seals.press",
        ["C08"],
        [],
        "A seal is pressed, or an electronic seal released, by its custodian of record in person. It is lent to nobody, and neither are its key, code or passkey.",
        "印章由登记在册的保管人本人加盖，电子印章由其本人放行。印章及其钥匙、密码、通行密钥不得转借他人。",
      ),
      article(
        "seals.certificate",
        ["C11"],
        [],
        "The certificate and key of an electronic seal are kept by a certificate keeper who is neither its custodian nor an authorised signatory nor an applicant.",
        "电子印章的证书和密钥由证书保管人保管；证书保管人不得兼任该印章的保管人、授权签批人或用印申请人。",
      ),
    ],
    making: [
      article(
        "making.route",
        ["C23"],
        [],
        "A seal, or another piece of one, is made only on an approved request for engraving, which names its kind, number, face and custodians. A seal that came about in another way is no seal of the organisation.",
        "印章的刻制（含增刻）须经批准，申请须载明种类、编号、印面和保管人。未按规定程序刻制的，不作为本组织印章。",
      ),
      article(
        "making.filing",
        ["C23"],
        ["seal-types"],
        [
          "Physical seals are filed with the authority before they are used.",
          ...(filedAll.length > 0 ? [`Electronic bodies are filed too of: ${all.en}.`] : []),
          ...(none ? [`Not filed are: ${filedNone.en}.`] : []),
        ].join(" "),
        [
          "实物印章使用前须向主管机关备案。",
          ...(filedAll.length > 0 ? [`下列印章的电子印章亦须备案：${all.zh}。`] : []),
          ...(none ? [`无须备案的印章：${filedNone.zh}。`] : []),
        ].join(""),
      ),
      article(
        "making.specimen",
        ["C23"],
        [],
        "A specimen impression of each piece is kept for ever; later impressions are compared with it.",
        "每枚实物印章均须留存印模，永久保存，供日后比对。",
      ),
      article(
        "making.issue",
        ["C10", "C12"],
        [],
        "A seal is put in use by an issue notice that names its first day, its scope and its holder. The face is never changed; a changed face is a new seal with a new number.",
        "印章以启用通知启用，载明启用日期、使用范围和保管人。印面不得更改；更改印面的，按新印章另行编号。",
      ),
    ],
  };
}
