import type { SampleRequest } from "./sample-requests.ts";

/** One that only its readers open: everybody else finds its number and its line, and nothing that it says. */
export const confidentialRequests: readonly SampleRequest[] = [
  {
    daysAgo: 1,
    applicant: "xu",
    title: "收购意向书：精测传感",
    file: "收购意向书.pdf",
    documentClass: "contract",
    external: true,
    counterparty: "精测传感技术有限公司",
    amount: "860000.00",
    purpose: "拟受让其百分之五的股权",
    seal: "contract",
    end: "sealed",
    confidential: { reason: "收购尚未公告，知悉范围须限于经办人员。", readers: ["zhou"] },
    pages: [
      [
        "# 收购意向书",
        "甲方：澜汐仪器有限公司",
        "乙方：精测传感技术有限公司",
        "",
        "第一条 标的　甲方拟受让乙方百分之五的股权，价款暂定为人民币 860,000.00 元。",
        "第二条 尽职调查　乙方自本意向书生效之日起三十日内配合甲方完成尽职调查。",
        "第三条 保密　双方对本意向书的存在及内容负保密义务。",
        "第四条 有效期　本意向书自双方签章之日起六个月内有效。",
        "（以下无正文）",
        "",
        "甲方（盖章）：　　　　　　　　　　　乙方（盖章）：",
        "澜汐仪器有限公司",
        "授权代表：",
        "日期：　　年　　月　　日",
      ],
    ],
  },
];
