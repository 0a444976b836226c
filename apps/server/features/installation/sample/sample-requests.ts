import type { AttachmentKind, CounterpartyKind, DocumentClassId } from "@chancery/domain";
import type { SamplePage } from "../../../platform/sample-pdf.ts";
import { confidentialRequests } from "./sample-confidential.ts";
import type { PersonKey, SealKey, UnitKey } from "./sample-crew.ts";
import { emergencyRequests } from "./sample-emergency.ts";
import { jointRequests } from "./sample-joint.ts";
import { handRequests } from "./sample-stamping.ts";
import { standingRequests } from "./sample-standing.ts";
import { templateRequests } from "./sample-templates.ts";

/** How far a request of the sample has come. */
export type SampleEnd =
  | "draft"
  | "refused"
  | "first-step"
  | "legal-review"
  | "returned"
  | "rejected"
  | "withdrawn"
  | "authorised"
  | "released"
  | "sealed"
  /** On paper: stamped, with photos that nobody has looked at yet; or looked at, and in the register. */
  | "stamped"
  | "registered";

export interface SampleRequest {
  readonly daysAgo: number;
  readonly applicant: PersonKey;
  readonly title: string;
  readonly file: string;
  readonly documentClass: DocumentClassId;
  readonly external: boolean;
  readonly counterparty: string;
  readonly counterpartyKind?: CounterpartyKind;
  readonly amount: string | null;
  readonly purpose: string;
  readonly seal: SealKey;
  /** Why it could not wait for the ordinary route. */
  readonly emergency?: string;
  /** Used under the standing authorisation of the sample, without a new approval. */
  readonly standing?: true;
  /** Pressed on so many paper copies, and why on paper. */
  readonly byHand?: { readonly copies: number; readonly reason: string };
  /** A seal of the other company on the same paper, and the unit there that answers for it. */
  readonly joint?: {
    readonly seal: SealKey;
    readonly unit: UnitKey;
    readonly places: readonly { readonly xMm: number; readonly yMm: number }[];
  };
  readonly end: SampleEnd;
  readonly comment?: string;
  /** Why only its readers open it, and whom the applicant names. */
  readonly confidential?: { readonly reason: string; readonly readers: readonly PersonKey[] };
  /** A paper that goes with it. */
  readonly paper?: {
    readonly kind: AttachmentKind;
    readonly file: string;
    readonly pages: readonly SamplePage[];
  };
  readonly pages: readonly SamplePage[];
  /** Millimetres from the top left of the last page; one for each impression. */
  readonly places?: readonly { readonly xMm: number; readonly yMm: number }[];
}

const contract = (title: string, party: string, subject: string, amount: string): SamplePage[] => [
  [
    `# ${title}`,
    "甲方：澜汐仪器有限公司",
    `乙方：${party}`,
    "",
    `第一条 标的　${subject}`,
    "第二条 交付　乙方应于合同生效之日起三十日内送达甲方指定地点，运费由乙方承担。",
    "第三条 验收　甲方在收到货物后十个工作日内完成验收；不合格的，乙方应在五个工作日内更换。",
    "第四条 保密　双方对履行本合同知悉的对方技术资料和商业信息负保密义务。",
  ],
  [
    `第五条 付款　合同总价为人民币 ${amount} 元。验收合格后三十日内支付百分之九十，余款于质保期满支付。`,
    "第六条 违约　任何一方逾期履行，每逾期一日按合同总价的万分之五支付违约金。",
    "第七条 争议　因本合同产生的争议，双方协商解决；协商不成的，提交甲方所在地人民法院处理。",
    "第八条 其他　本合同一式两份，双方各执一份，自双方签章之日起生效。",
    "（以下无正文）",
    "",
    "甲方（盖章）：　　　　　　　　　　　乙方（盖章）：",
    "澜汐仪器有限公司",
    "授权代表：",
    "日期：　　年　　月　　日",
  ],
];

const letter = (title: string, to: string, text: readonly string[]): SamplePage[] => [
  [`# ${title}`, to, "", ...text, "", "澜汐仪器有限公司", "（盖章）", "日期：　　年　　月　　日"],
];

const englishContract: SamplePage[] = [
  [
    "# Framework agreement",
    "between Lanxi Instruments Co., Ltd. (the buyer) and Harbour Metrology Ltd. (the seller)",
    "",
    "1. The seller supplies measuring instruments as ordered from time to time under this agreement.",
    "2. Prices are those of annex A and hold until 31 December 2027.",
    "3. Each order is delivered within thirty days; title passes upon acceptance by the buyer.",
    "4. Either party may end this agreement with three months' notice in writing.",
  ],
  [
    "5. Both parties keep the other's technical and business information confidential.",
    "6. This agreement is governed by the law of the buyer's seat.",
    "",
    "Signed for the buyer:                         Signed for the seller:",
    "Lanxi Instruments Co., Ltd.                   Harbour Metrology Ltd.",
    "Date:                                         Date:",
  ],
];

/** A dozen past uses and a few under way, some of them gone wrong on purpose. */
const ordinaryRequests: readonly SampleRequest[] = [
  {
    daysAgo: 84,
    applicant: "zhou",
    title: "供货合同：北澄精密机械",
    file: "供货合同.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "北澄精密机械有限公司",
    amount: "1286000.00",
    purpose: "采购十二套量规",
    seal: "contract",
    end: "sealed",
    pages: contract(
      "供货合同",
      "北澄精密机械有限公司",
      "乙方向甲方供应十二套精密量规及配套检具，规格见附件一。",
      "1,286,000.00",
    ),
  },
  {
    daysAgo: 71,
    applicant: "xu",
    title: "Letter to the trade fair office",
    file: "trade-fair-letter.pdf",
    documentClass: "official-letter",
    external: true,
    counterparty: "Eastern Trade Fair Office",
    amount: null,
    purpose: "Registration of the stand for spring 2027",
    seal: "official",
    end: "sealed",
    pages: [
      [
        "# To the Eastern Trade Fair Office",
        "",
        "We hereby register a stand of 36 square metres in hall 4 for the fair of April 2027.",
        "Our contact for all questions is the sales department.",
        "",
        "Lanxi Instruments Co., Ltd.",
        "(seal)",
        "Date:",
      ],
    ],
  },
  {
    daysAgo: 62,
    applicant: "xu",
    title: "在职证明：许知远",
    file: "在职证明.pdf",
    documentClass: "employment-certificate",
    external: true,
    counterparty: "出入境服务中心",
    amount: null,
    purpose: "办理商务签证",
    seal: "personnel",
    end: "sealed",
    pages: letter("在职证明", "出入境服务中心：", [
      "兹证明许知远同志自 2019 年 3 月起在我公司销售部工作，现任区域经理。",
      "我公司保证其按期回国，并承担相应责任。特此证明。",
    ]),
  },
  {
    daysAgo: 54,
    applicant: "zhou",
    title: "第三季度付款说明",
    file: "第三季度付款说明.pdf",
    documentClass: "financial-statement",
    external: true,
    counterparty: "北澄精密机械有限公司",
    amount: "386000.00",
    purpose: "对账用",
    seal: "finance",
    end: "sealed",
    pages: letter("付款说明", "北澄精密机械有限公司：", [
      "截至 2026 年 9 月 30 日，我公司已按合同支付货款人民币 386,000.00 元，无逾期款项。",
      "请贵公司核对，如有异议请于十个工作日内函告。",
    ]),
  },
  {
    daysAgo: 47,
    applicant: "zhou",
    title: "采购流程调整通知",
    file: "采购流程调整通知.pdf",
    documentClass: "internal-notice",
    external: false,
    counterparty: "",
    amount: null,
    purpose: "部门内部通知",
    seal: "department",
    end: "sealed",
    pages: letter("关于调整采购流程的通知", "各科室：", [
      "自下月起，单笔金额五万元以上的采购须附两家以上报价，由部门负责人审批。",
      "请各科室遵照执行，疑问请联系采购部。",
    ]),
  },
  {
    daysAgo: 39,
    applicant: "zhou",
    title: "补充协议（误用部门章）",
    file: "补充协议.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "北澄精密机械有限公司",
    amount: "52000.00",
    purpose: "追加两套检具",
    seal: "department",
    end: "refused",
    pages: contract("补充协议", "北澄精密机械有限公司", "乙方追加供应两套检具，规格与原合同相同。", "52,000.00"),
  },
  {
    daysAgo: 33,
    applicant: "xu",
    title: "Guarantee for a distributor",
    file: "guarantee.pdf",
    documentClass: "guarantee",
    external: true,
    counterparty: "Southgate Trading",
    amount: "2000000.00",
    purpose: "A distributor asks for a payment guarantee",
    seal: "official",
    end: "rejected",
    comment: "The board's resolution that is attached names another distributor.",
    paper: {
      kind: "board-resolution",
      file: "resolution.pdf",
      pages: [
        ["# Resolution of the board", "The board agrees to a guarantee for Northgate Trading up to CNY 2,000,000.00."],
      ],
    },
    pages: [
      [
        "# Guarantee",
        "We guarantee the payment of all goods delivered to Southgate Trading up to CNY 2,000,000.00.",
        "This guarantee is irrevocable and ends on 31 December 2027.",
        "",
        "Lanxi Instruments Co., Ltd.",
        "(seal)",
        "Date:",
      ],
    ],
  },
  {
    daysAgo: 26,
    applicant: "xu",
    title: "报价单：海港计量",
    file: "报价单.pdf",
    documentClass: "quotation",
    external: true,
    counterparty: "海港计量有限公司",
    amount: "94500.00",
    purpose: "年度校准服务报价",
    seal: "contract",
    end: "returned",
    comment: "请补充报价有效期和税率。",
    pages: letter("报价单", "海港计量有限公司：", [
      "年度校准服务共十八台设备，合计人民币 94,500.00 元。",
      "以上报价含上门服务，不含更换零件。",
    ]),
  },
  {
    daysAgo: 19,
    applicant: "zhou",
    title: "运输合同（已撤回）",
    file: "运输合同.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "迅航物流有限公司",
    amount: "36000.00",
    purpose: "年度运输",
    seal: "contract",
    end: "withdrawn",
    comment: "对方要求改用其范本，重新申请。",
    pages: contract("运输合同", "迅航物流有限公司", "乙方承运甲方年度货物，路线和价格见附件一。", "36,000.00"),
  },
  {
    daysAgo: 12,
    applicant: "zhou",
    title: "Framework agreement, Harbour Metrology",
    file: "framework-agreement.pdf",
    documentClass: "framework-agreement",
    external: true,
    counterparty: "Harbour Metrology Ltd.",
    amount: null,
    purpose: "Instruments for the new laboratory",
    seal: "contract",
    end: "sealed",
    pages: englishContract,
    places: [
      { xMm: 28, yMm: 62 },
      { xMm: 128, yMm: 200 },
    ],
  },
  {
    daysAgo: 9,
    applicant: "zhou",
    title: "维护服务合同：恒准检测",
    file: "维护服务合同.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "恒准检测技术有限公司",
    amount: "168000.00",
    purpose: "实验室设备年度维护",
    seal: "contract",
    end: "released",
    pages: contract(
      "维护服务合同",
      "恒准检测技术有限公司",
      "乙方为甲方实验室二十六台设备提供年度维护服务，清单见附件一。",
      "168,000.00",
    ),
  },
  {
    daysAgo: 5,
    applicant: "xu",
    title: "经销合同：远帆贸易",
    file: "经销合同.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "远帆贸易有限公司",
    amount: "640000.00",
    purpose: "华南区域经销",
    seal: "contract",
    end: "authorised",
    pages: contract(
      "经销合同",
      "远帆贸易有限公司",
      "甲方授权乙方在华南区域经销甲方产品，年度采购额见附件一。",
      "640,000.00",
    ),
  },
  {
    daysAgo: 3,
    applicant: "zhou",
    title: "设备采购合同：启明机床",
    file: "设备采购合同.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "启明机床有限公司",
    amount: "2150000.00",
    purpose: "新增一台五轴加工中心",
    seal: "contract",
    end: "legal-review",
    pages: contract(
      "设备采购合同",
      "启明机床有限公司",
      "乙方向甲方供应五轴加工中心一台，技术参数见附件一。",
      "2,150,000.00",
    ),
  },
  {
    daysAgo: 1,
    applicant: "zhou",
    title: "Letter of authorisation for customs",
    file: "authorisation.pdf",
    documentClass: "authorisation-letter",
    external: true,
    counterparty: "Beigang customs office",
    amount: null,
    purpose: "Clearance of imported gauges",
    seal: "official",
    end: "first-step",
    pages: [
      [
        "# Letter of authorisation",
        "We authorise Zhou Mingche, purchasing, to clear twelve imported gauges at Beigang customs.",
        "This authorisation is valid until 31 December 2026.",
        "",
        "Lanxi Instruments Co., Ltd.",
        "(seal)",
        "Date:",
      ],
    ],
  },
  {
    daysAgo: 0,
    applicant: "zhou",
    title: "办公用品采购合同（草稿）",
    file: "办公用品采购合同.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "文远办公用品有限公司",
    amount: "12800.00",
    purpose: "年度办公用品",
    seal: "contract",
    end: "draft",
    pages: contract(
      "办公用品采购合同",
      "文远办公用品有限公司",
      "乙方按季度向甲方供应办公用品，清单见附件一。",
      "12,800.00",
    ),
  },
];

/** Said to be of eighty thousand, and of a hundred and eighty by its text: whoever decides is shown both. */
const understatedRequest: SampleRequest = {
  daysAgo: 2,
  applicant: "zhou",
  title: "检具采购合同：北澄精密机械",
  file: "检具采购合同.pdf",
  documentClass: "contract",
  external: true,
  counterparty: "北澄精密机械有限公司",
  counterpartyKind: "company",
  amount: "80000.00",
  purpose: "补充检具",
  seal: "contract",
  end: "first-step",
  pages: contract("检具采购合同", "北澄精密机械有限公司", "乙方向甲方供应检具二十套。", "180,000.00"),
};

/** All of them, oldest first. */
export const sampleRequests: readonly SampleRequest[] = [
  ...ordinaryRequests,
  understatedRequest,
  ...templateRequests,
  ...standingRequests,
  ...emergencyRequests,
  ...handRequests,
  ...confidentialRequests,
  ...jointRequests,
].sort((one, other) => other.daysAgo - one.daysAgo);
