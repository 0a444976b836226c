import { addDays } from "@chancery/domain";
import { addShift } from "../../emergency/roster.ts";
import { dayIn } from "../../organisation/read-grants.ts";
import type { SampleForCustody } from "./custody.ts";
import type { SampleRequest } from "./sample-requests.ts";

/** Who is on call this week, should something not be able to wait. */
export async function planSampleRoster({ env, people, entityId }: SampleForCustody): Promise<void> {
  const from = dayIn("Asia/Shanghai", env.clock.now());
  for (const [role, personId, reach] of [
    ["signatory", people.shen, "138 0000 0101"],
    ["custodian", people.chen, "138 0000 0102"],
    ["supervisor", people.lin, "138 0000 0103"],
  ] as const)
    await addShift(env, people.gao, {
      ...{ entityId, role, personId, reach, from, to: addDays(from, 6) },
      place: role === "custodian" ? "总部 2 楼 印章柜 · HQ, 2nd floor, seal cabinet" : "",
    });
}

/** One was looked at by nobody yet and may still be; the works' is overdue, and no further one begins there before. */
export const emergencyRequests: readonly SampleRequest[] = [
  {
    daysAgo: 9,
    applicant: "luo",
    title: "退税申报表（截止当日）",
    file: "退税申报表.pdf",
    documentClass: "invoice-document",
    external: true,
    counterparty: "北港税务局",
    counterpartyKind: "authority",
    amount: "86400.00",
    purpose: "出口退税申报",
    seal: "invoice",
    emergency: "申报系统当日 24 时关闭，部门负责人出差无法审批。",
    end: "sealed",
    pages: [
      [
        "# 出口货物退税申报表",
        "申报单位：澜汐精工有限公司",
        "税务机关：北港税务局",
        "所属期：2026 年 10 月",
        "申报退税额：人民币 86,400.00 元",
        "本单位申报的出口货物均已报关离境并收汇，所附单证齐全、真实。",
        "（盖章）",
        "日期：　　年　　月　　日",
      ],
    ],
  },
  {
    daysAgo: 1,
    applicant: "zhou",
    title: "Release of goods held at the port",
    file: "release-of-goods.pdf",
    documentClass: "official-letter",
    external: true,
    counterparty: "Beigang customs office",
    counterpartyKind: "authority",
    amount: null,
    purpose: "Release of twelve gauges",
    seal: "official",
    emergency: "The goods are returned to the sender unless the letter is handed in today.",
    end: "sealed",
    pages: [
      [
        "# To the Beigang customs office",
        "We ask for the release of twelve gauges that arrived under bill of lading 77120.",
        "All duties were paid, the receipts are attached.",
        "",
        "Lanxi Instruments Co., Ltd.",
        "(seal)",
        "Date:",
      ],
    ],
  },
];
