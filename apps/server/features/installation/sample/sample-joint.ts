import type { SampleRequest } from "./sample-requests.ts";

/** One paper that both companies of the group seal: each decides by its own people, and neither has yet. */
export const jointRequests: readonly SampleRequest[] = [
  {
    daysAgo: 1,
    applicant: "xu",
    title: "关联交易开票情况说明",
    file: "关联交易开票情况说明.pdf",
    documentClass: "invoice-document",
    external: true,
    counterparty: "北港税务局",
    counterpartyKind: "authority",
    amount: "318400.00",
    purpose: "税务局要求两家公司共同说明本季度内部开票",
    seal: "finance",
    joint: { seal: "invoice", unit: "plant", places: [{ xMm: 120, yMm: 150 }] },
    places: [{ xMm: 28, yMm: 150 }],
    end: "first-step",
    pages: [
      [
        "# 关联交易开票情况说明",
        "致：北港税务局",
        "",
        "澜汐仪器有限公司与澜汐精工有限公司本季度相互开具的发票共十四份，",
        "价税合计人民币 318,400.00 元，均已入账并申报。",
        "两家公司对本说明的真实性共同负责。",
        "",
        "澜汐仪器有限公司（盖章）　　　　　　澜汐精工有限公司（盖章）",
      ],
    ],
  },
];
