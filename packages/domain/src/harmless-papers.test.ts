import assert from "node:assert/strict";
import { test } from "node:test";
import { tellAs } from "./test-papers.ts";

test("C03: letters, notices and minutes stay what they are, whatever sums and companies they speak of", () => {
  for (const [documentClass, external, lines] of [
    [
      "official-letter",
      true,
      [
        "催款函",
        "杭州青禾精密机械有限公司：",
        "根据双方签订的采购合同，贵司应于2026年6月30日前支付货款人民币12,600,000.00元，逾期按日万分之五支付违约金。请于七日内付清。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "To: Harbour & Pine Logistics Ltd.",
        "Dear Sirs,",
        "Under the purchase contract between us you were to pay USD 1,900,000.00 by 30 June. Interest at five per cent and the penalty of clause 8 are due as well. Please pay within seven days.",
        "Yours faithfully,",
        "Lanxi Instruments Co., Ltd.",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "Harbour & Pine Logistics Ltd.",
        "Purchase Order PO-2026-88",
        "Dear Sirs,",
        "the goods of this order for USD 1,900,000.00 are late. The contract sets a penalty and interest for this.",
        "Yours faithfully,",
        "Lanxi Instruments Co., Ltd.",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "催款函",
        "澜汐仪器有限公司与杭州青禾精密机械有限公司于2026年3月1日签订的采购合同约定，货款一次付清。",
        "贵司应于2026年6月30日前支付货款人民币12,600,000.00元，至今未付。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "对账函",
        "杭州青禾精密机械有限公司：",
        "截至10月31日，我司账面欠贵司货款126,000元。如数据无误，请在下方盖章确认后寄回。",
        "澜汐仪器有限公司（盖章）",
        "数据无误。杭州青禾精密机械有限公司（盖章）",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "催收函",
        "苏州明远电子有限公司：",
        "贵司欠我司货款380,000元，承诺于10月付清却未履行。请于收函后五日内偿还本金及利息。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "internal-notice",
      false,
      [
        "关于合作项目启动的通知",
        "各部门：",
        "公司与宁波海川机电有限公司就传感器开发达成合作，总投资人民币8,000,000元。请研发部做好准备。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "internal-notice",
      false,
      ["采购申请单", "申请部门：生产部 申请人：李然", "建议供应商：苏州明远电子有限公司", "预算人民币38,000元"],
    ],
    [
      "internal-notice",
      false,
      ["安全制度知悉确认书", "本人已阅读制度，自签署之日起生效。", "澜汐仪器有限公司（盖章） 员工：周明澈"],
    ],
    [
      "internal-notice",
      false,
      ["关于安全检查的通知", "各部门：", "请于12月5日前完成检查。", "安全生产委员会（盖章） 第二分厂（盖章）"],
    ],
    [
      "official-letter",
      true,
      ["关于国庆节放假的通知", "尊敬的客户：", "我司自十月一日起放假七天，10月8日恢复营业。", "澜汐仪器有限公司"],
    ],
    [
      "official-letter",
      true,
      [
        "致：杭州青禾精密机械有限公司",
        "贵司来函询问的流量计单价为人民币6,300.00元，供货期约三十天，随函附上样本，欢迎来访。",
        "此致",
        "澜汐仪器有限公司",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "To: Harbour & Pine Logistics Ltd.",
        "Thank you for your inquiry. The gauge costs USD 1,900.00, and our catalogue is enclosed.",
        "Yours sincerely,",
        "Lanxi Instruments Co., Ltd.",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "关于变更收款账户的函",
        "致：杭州青禾精密机械有限公司",
        "我司开户行变更为中国工商银行苏州分行，账号1102020409000012345，自2026年12月1日起生效。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "送货单",
        "Customer: 杭州青禾精密机械有限公司",
        "轴承组件2000套，金额人民币12,600.00元，请签收。",
        "送货单位：澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "official-letter",
      true,
      ["Delivery note", "Customer: Harbour & Pine Logistics Ltd.", "400 pallets, value USD 1,900.00"],
    ],
    [
      "internal-notice",
      false,
      [
        "会议纪要",
        "时间：2026年11月20日 地点：三楼会议室 参会人员：周明澈、李然",
        "一、采购部汇报，拟向杭州青禾精密机械有限公司采购轴承，预算约人民币12,600,000.00元，合同另行签订。",
        "二、会议决定由财务部复核预算，本纪要自印发之日起执行。",
        "澜汐仪器有限公司总经办",
      ],
    ],
    [
      "internal-notice",
      false,
      [
        "关于轴承到货的通知",
        "各部门：",
        "供货的杭州青禾精密机械有限公司应于12月5日前交货，货值人民币12,600.00元，请仓库做好准备。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
    [
      "internal-notice",
      false,
      ["关于规范采购订单的通知", "各部门：", "自2026年12月1日起，采购订单须经财务部复核后生效。", "总经办"],
    ],
    [
      "invoice-document",
      true,
      ["发票", "购买方：杭州青禾精密机械有限公司", "销售方：澜汐仪器有限公司", "价税合计：人民币12,600.00元"],
    ],
    [
      "employment-certificate",
      true,
      ["在职证明", "兹证明周明澈在我公司任职，月薪人民币12,600.00元。", "澜汐仪器有限公司（盖章）"],
    ],
    [
      "official-letter",
      true,
      [
        "Letter of Intent",
        "To: Harbour & Pine Logistics Ltd.",
        "We are interested in your services of about USD 1,900,000.00 and look forward to talks. This letter is not legally binding.",
        "Yours faithfully,",
        "Lanxi Instruments Co., Ltd.",
      ],
    ],
    [
      "official-letter",
      true,
      [
        "合作意向书",
        "致：宁波海川机电有限公司",
        "我司有意与贵司就传感器开展合作，规模约人民币12,600,000.00元，具体以另行签订的合同为准。本意向书不具有法律约束力。",
        "澜汐仪器有限公司（盖章）",
      ],
    ],
  ] as const)
    assert.deepEqual(tellAs(documentClass, external, lines), [], `${documentClass}: ${lines.join(" | ")}`);
});
