import { Readable } from "node:stream";
import type { DocumentClassId } from "@chancery/domain";
import { joinHalves } from "@chancery/domain";
import type { Environment } from "../../../platform/environment.ts";
import { makeSamplePdf, type SamplePage } from "../../../platform/sample-pdf.ts";
import { beginTemplate, saveTemplate } from "../../templates/draft-service.ts";
import { readTemplateVersion } from "../../templates/read-model.ts";
import type { PersonKey } from "./sample-crew.ts";
import { approve, ask } from "./sample-matters.ts";
import type { SampleRequest } from "./sample-requests.ts";

interface SampleTemplate {
  readonly file: string;
  readonly name: { readonly en: string; readonly zh: string };
  readonly documentClass: DocumentClassId;
  readonly language: "zh" | "en";
  readonly pages: readonly SamplePage[];
}

const blank = "____________";

/** The organisation's sales contract; what is filled in comes in this order. */
export function salesContract(
  buyer = blank,
  goods = blank,
  amount = blank,
  delivery = "　　　年　　月　　日",
  lateness = "逾期付款的，买方按逾期金额每日万分之五向卖方支付违约金。",
): SamplePage[] {
  return [
    [
      "# 产品销售合同",
      "卖方：澜汐仪器有限公司",
      `买方：${buyer}`,
      "",
      `第一条 产品　卖方向买方出售${goods}，质量应当符合国家标准和双方确认的技术协议。`,
      `第二条 价款　合同总价为人民币${amount}元，含增值税和包装运输费用。`,
      `第三条 交付　卖方于${delivery}前将产品送达买方指定地点，风险自买方签收时起转移。`,
      "第四条 验收　买方在收到产品后十个工作日内验收，逾期未提出书面异议的视为合格。",
      `第五条 付款　买方在验收合格后三十日内付清全部价款。${lateness}`,
    ],
    [
      "第六条 质保　产品质保期为十二个月，质保期内因质量问题产生的费用由卖方承担。",
      "第七条 保密　双方对履行本合同知悉的对方商业秘密负有保密义务，期限三年。",
      "第八条 争议　协商不成的，提交卖方所在地人民法院管辖。",
      "第九条 其他　本合同一式两份，双方各执一份，自双方盖章之日起生效。",
      "（以下无正文）",
      "",
      "卖方（盖章）：　　　　　　　　　　　买方（盖章）：",
      "日期：　　年　　月　　日",
    ],
  ];
}

/** The agreement on confidentiality that comes before every common project. */
export function confidentialityAgreement(other = blank, project = blank, from = blank): SamplePage[] {
  return [
    [
      "# Non-disclosure agreement",
      `between Lanxi Instruments Co., Ltd. and ${other}, together the parties.`,
      "",
      `1. The parties examine a common project: ${project}.`,
      "2. Each party keeps what it learns of the other's business and technology confidential and uses it for the project alone.",
      "3. This does not hold for what is public, or was known to the receiving party before.",
      `4. The agreement takes effect on ${from} and ends three years later.`,
      "5. At its end each party returns or destroys what it received in writing.",
      "6. This agreement is governed by the law of the seat of Lanxi Instruments Co., Ltd.",
      "",
      "Signed for and on behalf of both parties:",
      "Date:                                         Date:",
    ],
  ];
}

/** What is sealed every week, always alike. */
export function employmentCertificate(to = blank, who = blank, id = blank, since = blank, post = blank): SamplePage[] {
  return [
    [
      "# 员工在职及收入证明",
      `致：${to}`,
      "",
      `兹证明${who}（身份证号：${id}）系我单位正式员工，自${since}起在岗工作至今，现任${post}一职。`,
      "该员工的劳动关系、社会保险及住房公积金均按国家规定办理。",
      "本证明仅用于证明上述情况，不作为我单位对该员工任何形式的担保。",
      "",
      "澜汐仪器有限公司（盖章）",
      "日期：　　年　　月　　日",
    ],
  ];
}

export const sampleTemplates: readonly SampleTemplate[] = [
  {
    ...{ file: "产品销售合同模板.pdf", name: { en: "Sales contract", zh: "产品销售合同" } },
    ...{ documentClass: "contract", language: "zh", pages: salesContract() },
  },
  {
    ...{ file: "non-disclosure-agreement.pdf", name: { en: "Non-disclosure agreement", zh: "保密协议（英文）" } },
    ...{ documentClass: "contract", language: "en", pages: confidentialityAgreement() },
  },
  {
    ...{ file: "在职及收入证明模板.pdf", name: { en: "Certificate of employment", zh: "在职及收入证明" } },
    ...{ documentClass: "employment-certificate", language: "zh", pages: employmentCertificate() },
  },
];

/** Templates in force: asked for by the seal administrator, read by the lawyer, approved by the signatory. */
export async function registerSampleTemplates(
  env: Environment,
  people: Readonly<Partial<Record<PersonKey, string>>>,
  entityId: string,
): Promise<void> {
  const gao = people.gao ?? "";
  const at = { env, entityId };
  for (const { file, pages, ...facts } of sampleTemplates) {
    const versionId = await beginTemplate(env, gao, {
      ...{ stream: Readable.from([makeSamplePdf(pages)]), fileName: file },
    });
    await saveTemplate(env, gao, versionId, { ...facts, revision: 1, entityId, replaces: null, marks: [] });
    const { version, digest } = await readTemplateVersion(env, gao, versionId);
    const matterId = await ask(at, "register-template", gao, {
      ...{ sealId: null, data: { templateId: version.templateId, versionId, digest } },
      title: joinHalves(facts.name),
      reason: "Used every week, always the same. · 每周使用，内容固定。",
    });
    await approve(at, matterId);
    await approve(at, matterId);
  }
}

/** What was made from them: one only filled in, one with a clause of its own. */
export const templateRequests: readonly SampleRequest[] = [
  {
    daysAgo: 1,
    applicant: "xu",
    title: "Non-disclosure agreement: Harbour Metrology",
    file: "nda-harbour-metrology.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "Harbour Metrology Ltd.",
    amount: null,
    purpose: "Common development of a gauge head",
    seal: "contract",
    end: "first-step",
    pages: confidentialityAgreement("Harbour Metrology Ltd.", "a gauge head for hot strip", "1 January 2027"),
  },
  {
    daysAgo: 1,
    applicant: "xu",
    title: "产品销售合同：东岭机电",
    file: "销售合同-东岭机电.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "东岭机电设备有限公司",
    amount: "468000.00",
    purpose: "销售压力变送器",
    seal: "contract",
    end: "legal-review",
    // One clause is not the template's: the lawyer is shown which.
    pages: salesContract(
      "东岭机电设备有限公司",
      "压力变送器六十台",
      "468,000.00",
      "2027 年 3 月 31 日",
      "逾期付款的，买方不承担违约责任。",
    ),
  },
];
