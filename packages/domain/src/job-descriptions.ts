import type { JobDescription } from "./position.ts";
import type { LocalName, Role } from "./vocabulary.ts";

const both = (en: string, zh: string): LocalName => ({ en, zh });
const administrator = both("The seal administrator.", "印章管理员。");
const signatoryAbove = both("The authorised signatory.", "授权签批人。");

/** The default description of each position; its confirmation is bound to these words. */
export const jobDescriptions: Readonly<Record<Role, JobDescription>> = {
  applicant: {
    duties: [
      both("Asks for the use of a seal beforehand, with the finished documents.", "事先申请用印，并提交定稿文件。"),
      both("Brings stamped copies that come back to the archive.", "将收回的用印件送交归档。"),
    ],
    never: [
      both("Approves, keeps or supervises what he asks for himself.", "不得审批、保管或监印本人申请的用印。"),
      both("Handles a seal.", "不得接触印章。"),
    ],
    deputy: both("A colleague of the unit, who asks in his own name.", "本部门同事，以其本人名义申请。"),
    reportsTo: both("The head of his unit.", "所在部门负责人。"),
  },
  "unit-head": {
    duties: [
      both(
        "Decides whether his unit needs the document and the seal asked for, after reading it.",
        "阅读文件后，决定本部门是否需要该文件和所申请的印章。",
      ),
      both("Sees that what his unit had stamped comes back.", "督促本部门收回用印件。"),
    ],
    never: [
      both("Decides on what he asked for himself.", "不得审批本人的申请。"),
      both(
        "Keeps or supervises a seal, or gives the final authority for one.",
        "不得保管、监印印章，不得担任授权签批人。",
      ),
    ],
    deputy: both(
      "Who is named by delegation for stated days; else the next superior.",
      "经委托在指定期间代理的人；否则为上一级负责人。",
    ),
    reportsTo: both("The next superior.", "上一级负责人。"),
  },
  "legal-reviewer": {
    duties: [
      both("Reads documents that make rights or duties before they are approved.", "在批准前审核产生权利义务的文件。"),
      both("Says what has to change, or that nothing has to.", "提出修改意见或确认无须修改。"),
    ],
    never: [
      both("Reviews what he asked for himself.", "不得审核本人申请的文件。"),
      both("Keeps a seal, or gives the final authority for one.", "不得保管印章，不得担任授权签批人。"),
    ],
    deputy: both("Another legal reviewer, or who is named by delegation.", "其他法务审核人，或经委托代理的人。"),
    reportsTo: signatoryAbove,
  },
  signatory: {
    duties: [
      both(
        "Gives the final authority for the use of a seal, in person, on the document he has read.",
        "阅读文件后，由本人对用印作出最终签批。",
      ),
      both(
        "Decides on the making, stop and destruction of seals and on the rule book.",
        "决定印章的刻制、停用、销毁以及管理办法的发布。",
      ),
    ],
    never: [
      both("Keeps, presses or supervises a seal that he authorises.", "不得保管、加盖或监印其签批的印章。"),
      both(
        "Authorises what he asked for himself, or approves on behalf of both sides.",
        "不得签批本人的申请，不得同时代表双方。",
      ),
      both("Gives his passkey or password to anybody.", "不得将通行密钥或密码交予他人。"),
    ],
    deputy: both(
      "Who is named by delegation for stated days and passes the same checks.",
      "经委托在指定期间代理、并通过同样审查的人。",
    ),
    reportsTo: both("The legal representative.", "法定代表人。"),
  },
  custodian: {
    duties: [
      both(
        "Keeps the seal himself, in the container it belongs in, and answers for it.",
        "亲自将印章存放于规定容器并承担保管责任。",
      ),
      both(
        "Seals in person, only what is approved and only after the last approval.",
        "由本人用印，且仅限已完成全部审批的文件。",
      ),
      both("Hands over before he goes, and reports a loss at once.", "离岗前办理交接，发现遗失立即报告。"),
      both("Keeps his training and commitment in force.", "保持培训合格和承诺有效。"),
    ],
    never: [
      both("Lends the seal, its key, code or passkey.", "不得转借印章及其钥匙、密码或通行密钥。"),
      both(
        "Approves a use of the seal he keeps, or supervises what he seals himself.",
        "不得审批所管印章的用印，不得监印本人的用印。",
      ),
      both("Seals anything blank or unfinished, whoever asks.", "无论何人要求，不得在空白或未完成的文件上用印。"),
    ],
    deputy: both(
      "The other custodian named for the seal, or a fit deputy by handover.",
      "该印章的另一名保管人，或经交接的合格代管人。",
    ),
    reportsTo: administrator,
  },
  supervisor: {
    duties: [
      both(
        "Is present when an important seal is used, and compares the document with what was approved.",
        "重要印章用印时在场，并将文件与批准文本核对。",
      ),
      both(
        "Confirms in person what was sealed, or says what was not as approved.",
        "由本人确认用印内容，或指出与批准不符之处。",
      ),
    ],
    never: [
      both("Confirms what he did not see.", "不得确认未亲见的用印。"),
      both("Asks for, approves or seals what he supervises.", "不得申请、审批或加盖其监印的用印。"),
    ],
    deputy: both("Another supervisor, or who is named by delegation.", "其他监印人，或经委托代理的人。"),
    reportsTo: both("The inspector.", "检查人。"),
  },
  "certificate-keeper": {
    duties: [
      both(
        "Keeps key and certificate of an electronic seal apart from its use.",
        "将电子印章的密钥和证书与用印分开保管。",
      ),
      both("Has certificates renewed in time, and revoked when the seal stops.", "及时更新证书，印章停用时办理吊销。"),
    ],
    never: [
      both(
        "Keeps the seal whose certificate he keeps, or authorises its use.",
        "不得保管其证书对应的印章或签批其用印。",
      ),
      both("Asks for a use of a seal.", "不得申请用印。"),
    ],
    deputy: both("Who is named certificate keeper beside him.", "另行任命的证书保管人。"),
    reportsTo: administrator,
  },
  "seal-administrator": {
    duties: [
      both(
        "Runs the life of the seals: making, filing, issue, stop, surrender, destruction.",
        "管理印章的刻制、备案、启用、停用、收缴和销毁。",
      ),
      both(
        "Sees that every seal has its people, that they are trained and relieved in time, and that clocks are kept.",
        "确保每枚印章人员到位、培训轮岗按期、各项期限得到遵守。",
      ),
    ],
    never: [
      both("Keeps a seal, or inspects what he runs.", "不得保管印章，不得检查本人管理的事项。"),
      both("Has a seal made, or a rule loosened, without a second person.", "未经第二人决定，不得刻制印章或放宽规定。"),
    ],
    deputy: both("Another seal administrator of the entity.", "本单位其他印章管理员。"),
    reportsTo: signatoryAbove,
  },
  inspector: {
    duties: [
      both(
        "Reads everything, inspects by plan and without warning, and writes down what he finds.",
        "查阅全部记录，按计划检查并突击检查，记录发现的问题。",
      ),
      both("Checks that what was found has been corrected.", "复核问题的整改情况。"),
    ],
    never: [
      both("Asks for, approves, keeps or presses a seal.", "不得申请、审批用印，不得保管或加盖印章。"),
      both("Closes a finding that he corrected himself.", "不得关闭由本人整改的问题。"),
    ],
    deputy: both("Another inspector, also one from outside.", "其他检查人，包括外部人员。"),
    reportsTo: both(
      "The legal representative, or the supervisory board where there is one.",
      "法定代表人；设监事会的，为监事会。",
    ),
  },
  "system-administrator": {
    duties: [
      both(
        "Keeps the accounts and settings, each change with a second person.",
        "管理账户和设置，每次变更均须第二人确认。",
      ),
      both("Sees that the platform runs, and that its data are backed up.", "保障平台运行和数据备份。"),
    ],
    never: [
      both("Approves, keeps or supervises a seal.", "不得审批用印，不得保管或监印印章。"),
      both("Gives a role to himself, or acts under another's account.", "不得向本人授予角色，不得使用他人账户操作。"),
    ],
    deputy: both("Another system administrator.", "其他系统管理员。"),
    reportsTo: signatoryAbove,
  },
};
