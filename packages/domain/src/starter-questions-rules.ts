import type { WrittenQuestion } from "./starter-course.ts";

export const ruleQuestions: readonly WrittenQuestion[] = [
  [
    "C01",
    ["When may a seal be used?", "什么情况下可以用印？"],
    [
      ["When the head of the unit says so by telephone.", "部门负责人电话同意即可。"],
      ["When an approved request covers the document.", "该文件已有批准的用印申请。"],
      ["When the custodian knows the document to be harmless.", "保管人认为文件没有问题。"],
      ["When the request will be made up the same day.", "当天补办申请即可。"],
    ],
    1,
    [
      "Every use needs an approved request; a call or a good reason is not one.",
      "每次用印都须有已批准的申请；电话或理由都不能代替。",
    ],
  ],
  [
    "C03",
    [
      "A contract was written by the business unit and follows no registered template. What does it need?",
      "业务部门自拟的合同没有采用已登记的范本，需要什么？",
    ],
    [
      ["Legal review before it is authorised.", "授权之前须经法务审核。"],
      ["Nothing more, if the amount is small.", "金额小则不需要其他程序。"],
      ["Legal review after it was sealed.", "用印之后再补法务审核。"],
      ["The custodian's reading.", "由保管人通读即可。"],
    ],
    0,
    [
      "What makes rights or duties and follows no template is reviewed first, whatever the amount.",
      "产生权利义务且不采用范本的文件，不论金额大小，均须先经审核。",
    ],
  ],
  [
    "C06",
    ["Which document may bear a department seal?", "部门章可以用于哪种文件？"],
    [
      ["A supply contract with a customer.", "与客户签订的供货合同。"],
      ["A guarantee for a bank.", "给银行的保函。"],
      ["A notice within the company.", "公司内部通知。"],
      ["A power of attorney for court.", "提交法院的授权委托书。"],
    ],
    2,
    [
      "A department seal is used inside only; outside, it may bind the company without authority.",
      "部门章仅限内部使用；对外使用可能使公司在无授权的情况下承担责任。",
    ],
  ],
  [
    "C11",
    [
      "You are custodian, and you need the seal for a request of your own. Who releases it?",
      "您是保管人，同时自己申请用印，应由谁放行？",
    ],
    [
      ["You do, and note it in the remark.", "自己放行并在备注中注明。"],
      ["You do, if the signatory agreed.", "签批人同意后自己放行。"],
      ["Nobody; custodians never apply.", "保管人不得申请用印，无人放行。"],
      ["The other custodian or your deputy.", "另一位保管人或代管人。"],
    ],
    3,
    [
      "Who asks for a use neither decides nor keeps nor supervises that use.",
      "申请人不得审批、放行或监督自己的用印申请。",
    ],
  ],
  [
    "C12",
    [
      "Your training certificate ran out yesterday. What happens to the seals you keep?",
      "您的培训合格证昨日到期，您所保管的印章会怎样？",
    ],
    [
      ["Nothing until the next inspection.", "下次检查之前不受影响。"],
      ["They are frozen until you are fit again or have handed them over.", "冻结，直至您恢复资格或已办理交接。"],
      ["They go on, and your superior answers for them.", "继续使用，由上级负责。"],
      ["They are destroyed.", "予以销毁。"],
    ],
    1,
    [
      "Only the fit hold seals; a reminder comes thirty days before.",
      "只有合格的人才能保管印章；到期前三十天会有提醒。",
    ],
  ],
];

export const procedureQuestions: readonly WrittenQuestion[] = [
  [
    "C02",
    [
      "The last approver will sign this evening and the courier leaves at noon. What do you do?",
      "最后一位审批人今晚才能审批，而快递中午就走，您怎么办？",
    ],
    [
      ["Seal now; the approval will follow.", "先盖章，审批随后补上。"],
      ["Seal, but keep the document until the evening.", "先盖章，但文件留到晚上再发。"],
      ["Ask the approver to decide from afar; until then nothing is sealed.", "请审批人远程审批；未批之前不用印。"],
      ["Let a colleague approve in his place.", "请同事代为审批。"],
    ],
    2,
    [
      "No impression is older than its last approval. Deciding from afar takes a minute.",
      "任何印迹都不得早于最后一次审批；远程审批只需一分钟。",
    ],
  ],
  [
    "C05",
    [
      "A form has its amount left open, 'to be filled in on the spot'. What is right?",
      "表格金额栏留空，称「现场填写」，正确做法是？",
    ],
    [
      ["Seal it, because the applicant is known to you.", "申请人很熟，可以盖章。"],
      [
        "Refuse it; it is finished first, or takes the special route for blank sheets.",
        "拒绝；补全后再办，或走空白用印的专门程序。",
      ],
      ["Seal it and write 'blank' in the register.", "盖章并在台账注明「空白」。"],
      ["Seal it, if two people look on.", "两人在场即可盖章。"],
    ],
    1,
    [
      "Whoever fills in a sealed blank later writes what the company is bound to.",
      "事后填写空白的人，可以任意写下公司的义务。",
    ],
  ],
  [
    "C17",
    [
      "The paper in front of you has a page that differs from what was approved: a corrected date. What do you do?",
      "待盖章的纸质文件中有一页与审批文件不同：日期被改正了。您怎么办？",
    ],
    [
      ["Return it: the changed document is approved anew.", "退回：修改后的文件须重新审批。"],
      ["Seal it, because the correction is harmless.", "改动无妨，可以盖章。"],
      ["Seal all pages but that one.", "除该页外其余盖章。"],
      ["Seal it and tell the approver afterwards.", "先盖章再告知审批人。"],
    ],
    0,
    [
      "What is sealed is what was approved, page by page. Any change voids the approvals.",
      "所盖即所批，逐页一致；任何改动都使审批失效。",
    ],
  ],
  [
    "C09",
    [
      "Three impressions were approved and two were needed. What becomes of the third?",
      "批准三枚，实际只需两枚，第三枚如何处理？",
    ],
    [
      ["It is kept for the next document.", "留给下一份文件使用。"],
      ["It is pressed on a spare copy.", "盖在备份件上。"],
      ["It is not mentioned.", "不作记录。"],
      ["It is released and shows as unused.", "予以释放并显示为未使用。"],
    ],
    3,
    [
      "Authorised, counted, photographed and registered are compared all the time; what is not used is given back.",
      "授权、计数、拍照、登记四数随时核对；未使用的须退回。",
    ],
  ],
  [
    "C04",
    [
      "An important seal is to be used and the supervisor is late. What is right?",
      "重要印章需要用印，而监印人迟到，正确做法是？",
    ],
    [
      ["Begin, he can confirm later.", "先开始，事后补确认。"],
      ["Wait for him, or for another named supervisor.", "等待其到场，或由另一位指定的监印人到场。"],
      ["Ask the applicant to look on instead.", "请申请人代为监印。"],
      ["Use another seal.", "改用其他印章。"],
    ],
    1,
    [
      "The supervisor sees the use itself, and is never the one who asked for it.",
      "监印人须亲见用印过程，且不能是申请人。",
    ],
  ],
];
