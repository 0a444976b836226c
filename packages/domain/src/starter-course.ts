import type { ControlId } from "./controls.ts";
import { procedureQuestions, ruleQuestions } from "./starter-questions-rules.ts";
import { riskQuestions, storageQuestions } from "./starter-questions-storage.ts";
import type { Course, CourseQuestion, CourseSection } from "./training.ts";
import type { LocalName } from "./vocabulary.ts";

export const starterCourseId = "crs_starter";

type Both = readonly [en: string, zh: string];
/** A question as the files beside this one write it: what it asks, its choices, which is right, and why. */
export type WrittenQuestion = readonly [
  control: ControlId,
  asks: Both,
  choices: readonly Both[],
  right: number,
  because: Both,
];

const both = ([en, zh]: Both): LocalName => ({ en, zh });
const number = (section: CourseSection, written: readonly WrittenQuestion[]): CourseQuestion[] =>
  written.map(([control, asks, choices, right, because], at) => ({
    questionId: `${section}-${at + 1}`,
    ...{ section, control, right },
    ...{ asks: both(asks), choices: choices.map(both), because: both(because) },
  }));

/** The course that ships: twenty questions on rules, procedure, storage and the risks of use. */
export const starterCourse: Course = {
  title: { en: "Keeping and using seals", zh: "印章保管与使用" },
  text: [
    {
      en: "A seal binds the organisation in law. Losses come from use, not from theft: a seal used before approval, on blank paper, on a document that was swapped, or lent round an office until nobody answers for it.",
      zh: "印章使组织承担法律责任。损失多来自使用而非失窃：先用印后审批、在空白纸上用印、文件被调换，或印章在办公室里传来传去而无人负责。",
    },
    {
      en: "Rules. Each use has an approved request. Who asks does not decide; who decides does not keep; who keeps an important seal is supervised by another person. A document that makes rights or duties is reviewed by the legal reviewer unless it follows a registered template. Each seal has its scope, and an internal seal never stands on an external document.",
      zh: "制度。每次用印都须有已批准的申请。申请人不审批，审批人不保管，重要印章用印须由他人监督。产生权利义务的文件，除采用已登记的范本外，须经法务审核。每枚印章有其使用范围，内部印章不得用于对外文件。",
    },
    {
      en: "Procedure. Before you seal, look at the request, the document and the number of impressions; afterwards nothing more is sealed than was approved. What is sealed is the very file that was approved. The register writes itself; a mistake is corrected by a further line, never by changing one.",
      zh: "流程。用印前核对申请、文件与枚数；用印不得超出批准的范围。所盖文件须与审批文件完全一致。台账自动形成；差错以补充记录更正，不得修改原记录。",
    },
    {
      en: "Storage. A seal lies in the container its importance asks for; an important one behind two locks in different hands. It stays in the keeper's sight while it is out and goes back when the use is over. Custody changes only by a handover with three people, or by a short handover under a numbered tag.",
      zh: "存放。印章须存放于与其重要程度相符的容器；重要印章由不同的人分管两把锁。取出期间不离开保管人视线，用毕归位。保管责任只能通过三方交接，或加封编号标签的短期移交变更。",
    },
    {
      en: "Risks. Haste, rank and friendship are the three usual ways round the rules. A refusal by the platform always names the rule and the way out: use that way. Report a loss, a strange impression or a use without approval at once; nobody is blamed for reporting.",
      zh: "风险。催促、职权和人情是绕开规定的三种常见方式。平台的每次拒绝都会说明所依据的规则和解决途径，请按该途径办理。发现遗失、可疑印迹或未经批准的用印，应立即报告；报告者不会因此受责。",
    },
  ],
  questions: [
    ...number("rules", ruleQuestions),
    ...number("procedure", procedureQuestions),
    ...number("storage", storageQuestions),
    ...number("risks", riskQuestions),
  ],
  passMark: null,
  validMonths: null,
  forCustody: true,
};
