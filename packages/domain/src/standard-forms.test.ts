import assert from "node:assert/strict";
import { test } from "node:test";
import { tellAs } from "./test-papers.ts";

const to = "天津海河阀门有限公司：";
const from = ["澜汐仪器有限公司", "2026年11月28日"];
const letter = (...lines: string[]): string[] => tellAs("official-letter", true, lines);

test("C03: standard forms that bind are what they bind to, whatever heading they have", () => {
  for (const [lines, read] of [
    [
      ["介绍信", to, "兹介绍我公司李强同志前来贵公司办理设备采购谈判并签署采购合同事宜，请予接洽。", ...from],
      "authorisation-letter",
    ],
    [["介绍信", to, "现派我公司王敏同志前往贵处签订租赁合同，请予接洽。", ...from], "authorisation-letter"],
    [
      [
        "对账函",
        to,
        "截至2026年10月31日，我公司尚欠贵公司货款人民币2,480,000.00元，我公司予以确认，并将于2026年12月31日前结清。",
        ...from,
      ],
      "contract",
    ],
    [
      [
        "关于报价的复函",
        to,
        "贵公司2026年11月20日关于数控机床两台、总价人民币6,800,000.00元的报价收悉，我公司予以接受，请据此安排生产。",
        ...from,
      ],
      "contract",
    ],
    [
      [
        "承诺函",
        to,
        "我公司郑重承诺：自2026年12月1日起五年内不在华东地区从事与贵公司相竞争的业务，如违反，向贵公司支付违约金人民币伍佰万元。",
        ...from,
      ],
      "contract",
    ],
    [
      [
        "To Tianjin Haihe Valves Ltd",
        "We will hold you harmless from any and all losses, costs and claims arising out of the use of the CB-9 bench, without limit in amount.",
        "Lanxi Instruments Co., Ltd.",
        "28 November 2026",
      ],
      "guarantee",
    ],
    [
      [
        "Account control",
        "To Tianjin Haihe Valves Ltd",
        "The balance of our account 6214 8301 stands as security for what Nearwater Equipment Ltd owes to you, up to USD 2 million.",
        "Lanxi Instruments Co., Ltd.",
        "28 November 2026",
      ],
      "guarantee",
    ],
    [["函", to, "我公司 guarantee 上海近水设备有限公司 to you, up to RMB 5,000,000。", ...from], "guarantee"],
  ] as const)
    assert.ok(letter(...lines).includes(`class ${read} read`), lines.join(" "));
  const notice = tellAs("internal-notice", false, [
    "Notice",
    "Everybody in purchasing is told that Lanxi Instruments Co., Ltd. buys 40 valves of Tianjin Haihe Valves Ltd for CNY 900,000.00, payable within thirty days, and Tianjin Haihe Valves Ltd delivers them by 15 December 2026.",
    "Signed for Lanxi:                      Signed for Haihe:",
    "28 November 2026",
  ]);
  assert.ok(notice.includes("class contract read"), notice.join(", "));
});

test("C03: the same forms, where they bind nobody, stay what they are declared as", () => {
  for (const lines of [
    ["介绍信", to, "兹介绍我公司李强同志前来贵公司洽谈设备采购合同事宜，请予接洽。", ...from],
    ["介绍信", to, "兹介绍我公司李强同志前来贵公司参加签订仪式，请予接洽。", ...from],
    ["介绍信", to, "兹介绍我公司李强同志前来贵公司办理设备验收手续，请予接洽。", ...from],
    ["对账函", to, "截至2026年10月31日，我公司账面应收贵公司货款人民币2,480,000.00元，请予核对。", ...from],
    ["关于报价的复函", to, "贵公司2026年11月20日的报价收悉，因超出预算，我公司不予接受。", ...from],
    ["关于报价的复函", to, "贵公司2026年11月20日的报价收悉，我公司正在评审，另行答复。", ...from],
    ["承诺函", to, "我公司承诺所提供的材料真实有效，如有虚假，愿承担相应责任。", ...from],
    [
      "To Tianjin Haihe Valves Ltd",
      "Please note that our account 6214 8301 is closed; payments go to the new one.",
      "Lanxi Instruments Co., Ltd.",
    ],
    [
      "To Tianjin Haihe Valves Ltd",
      "The boxes keep the glass harmless in transport. We will send the rest on Monday.",
      "Lanxi Instruments Co., Ltd.",
    ],
  ] as const)
    assert.deepEqual(letter(...lines), [], lines.join(" "));
  assert.deepEqual(
    tellAs("internal-notice", false, [
      "通知",
      "各部门：",
      "采购部已就压力表与供应商签订合同，请各部门按计划领用。",
      ...from,
    ]),
    [],
  );
});
