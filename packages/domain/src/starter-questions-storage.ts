import type { WrittenQuestion } from "./starter-course.ts";

export const storageQuestions: readonly WrittenQuestion[] = [
  [
    "C13",
    ["How does an important seal lie when it is not used?", "重要印章不用时应如何存放？"],
    [
      ["In the custodian's desk, locked.", "锁在保管人办公桌内。"],
      ["In a safe whose two keys one person holds.", "放入保险柜，两把钥匙由一人保管。"],
      ["In a bag the custodian carries.", "由保管人随身携带。"],
      [
        "In a watched container of sufficient strength, its two locks in different hands.",
        "放入监控范围内、强度足够的容器，两把锁由不同的人分管。",
      ],
    ],
    3,
    ["Neither of the two opens it alone, and a camera sees who does.", "任何一人都不能单独开启，且有监控记录。"],
  ],
  [
    "C13",
    [
      "You are called away for ten minutes while the seal lies on your desk. What do you do?",
      "印章正放在桌上，您要离开十分钟，怎么办？",
    ],
    [
      ["Lock it away first.", "先将印章归位。"],
      ["Ask a colleague to keep an eye on it.", "请同事照看。"],
      ["Cover it and go.", "盖好后离开。"],
      ["Take the ink pad with you.", "把印泥带走。"],
    ],
    0,
    ["A seal out of its container stays in its keeper's sight, always.", "印章取出期间始终不离开保管人视线。"],
  ],
  [
    "C14",
    ["You change posts next week. When do you stop answering for the seal?", "您下周调岗，何时不再对印章负责？"],
    [
      ["When your new post begins.", "新岗位开始之日。"],
      ["When the successor has the seal in his hand.", "接替人拿到印章之时。"],
      [
        "When transferor, receiver and witness have all confirmed the handover.",
        "移交人、接收人、见证人三方均确认交接之时。",
      ],
      ["When your superior was told.", "告知上级之时。"],
    ],
    2,
    [
      "Until the last confirmation the transferor answers, and the seal passes no gate.",
      "最后一方确认之前由移交人负责，期间印章不得使用。",
    ],
  ],
  [
    "C14",
    ["You are ill for three days. How does the seal go on?", "您生病三天，印章如何继续使用？"],
    [
      ["You tell a colleague the code of the safe.", "把保险柜密码告诉同事。"],
      [
        "By a short handover to a fit deputy, closed under a numbered tag, both confirming.",
        "短期移交给合格的代管人，加封编号标签，双方确认。",
      ],
      ["Whoever needs it takes it and writes it down.", "谁需要谁取用并登记。"],
      ["You take the seal home.", "把印章带回家。"],
    ],
    1,
    [
      "For days a short handover is enough; for good it takes three people.",
      "几天用短期移交即可；长期变更须三方交接。",
    ],
  ],
  [
    "C08",
    [
      "A storage check asks by phone where the seal is and who holds it. What do you answer with?",
      "存放检查通过手机询问印章在何处、由谁持有，您应如何回答？",
    ],
    [
      [
        "A photo of it in its place, taken now, and the name of who holds it now.",
        "现场拍摄印章在位的照片，并写明当前持有人。",
      ],
      ["The photo from last month, if nothing has changed.", "没有变化则用上个月的照片。"],
      ["Your word.", "口头说明即可。"],
      ["Nothing, if you are busy that day.", "当天忙可以不回答。"],
    ],
    0,
    [
      "Book and reality are compared; an honest difference is a question, an old photo is a false record.",
      "检查是核对账实；如实的差异只是一个问题，旧照片则是虚假记录。",
    ],
  ],
];

export const riskQuestions: readonly WrittenQuestion[] = [
  [
    "C08",
    [
      "A director you know well asks to borrow the seal for an hour and will seal it himself. What is right?",
      "一位您熟悉的领导要借印章一小时自己盖，正确做法是？",
    ],
    [
      ["Lend it; he outranks you.", "借出，他是上级。"],
      ["Lend it against a receipt.", "开具借条后借出。"],
      [
        "Refuse; outside your sight it goes only by an approved take-out with two people.",
        "拒绝；离开视线只能经批准外借并由两人同行。",
      ],
      ["Lend it if he returns it the same day.", "当天归还即可借出。"],
    ],
    2,
    [
      "Lent round an office, a seal has nobody who answers for it. Rank changes nothing.",
      "印章转借后就无人负责；职务高低并不改变这一点。",
    ],
  ],
  [
    "C10",
    ["You find that the seal is not in its place. What comes first?", "发现印章不在原位，首先应做什么？"],
    [
      ["Search for a week, so as not to alarm anybody.", "先找一周，以免惊动他人。"],
      ["Report the loss at once in the platform; every body is frozen.", "立即在平台报失，全部印章实体随即冻结。"],
      ["Have a new one engraved.", "另刻一枚。"],
      ["Ask the applicants of the last days first.", "先逐个询问近日的申请人。"],
    ],
    1,
    [
      "Each hour counts; a seal that is found again is put back in use by approval.",
      "每个小时都很重要；找回后经批准即可恢复使用。",
    ],
  ],
  [
    "C23",
    [
      "A contract turns up whose impression looks a little different from the specimen. What do you do?",
      "出现一份合同，其印迹与印模略有不同，您怎么办？",
    ],
    [
      ["Nothing; ink differs.", "不处理；印泥深浅不同而已。"],
      ["Have it sealed again.", "重新盖章。"],
      ["Ask the counterparty to destroy it.", "请对方销毁。"],
      [
        "Report it: it is compared with the specimen and looked up in the register.",
        "报告：与印模比对，并在台账中查证。",
      ],
    ],
    3,
    [
      "A forged or privately made seal is found only by somebody who looks and says so.",
      "伪造或私刻的印章，只有有人留意并报告才会被发现。",
    ],
  ],
  [
    "C20",
    [
      "Four requests of the same day to one supplier lie each just below the limit for a further approval. What is it?",
      "同一天对同一供应商的四份申请，金额都略低于需要上一级审批的限额，这是什么情况？",
    ],
    [
      ["A question to ask before they are sealed.", "用印前需要提出询问的情况。"],
      ["Proof of fraud.", "舞弊的证据。"],
      ["Nothing; each is in order.", "没有问题，每份都合规。"],
      ["A matter for the supplier.", "供应商的事情。"],
    ],
    0,
    [
      "Split amounts may have a reason; it is asked for, and the answer is written down.",
      "拆分金额可能有合理原因；应当询问并记录答复。",
    ],
  ],
  [
    "C24",
    [
      "You see that you entered a wrong remark in the register. How is it put right?",
      "您发现台账中的备注写错了，如何更正？",
    ],
    [
      ["The system administrator changes the line.", "由系统管理员修改该记录。"],
      ["It is left; nobody reads it.", "不必理会，没有人会看。"],
      ["By a further line that names the one it corrects.", "以补充记录更正，并注明所更正的记录。"],
      ["By deleting the line and making a new one.", "删除后重新登记。"],
    ],
    2,
    [
      "Nothing in the ledger is changed or taken out; a correction stands beside what it corrects.",
      "账本只增不改；更正记录与原记录并存。",
    ],
  ],
];
