import { closeUp } from "./chinese-forms.ts";
import type { DocumentLine } from "./document-text.ts";

/**
 * A mark that whoever writes answers for what another owes, whatever the paper is called. It is asked of one sentence; one
 * that denies it, asks it of somebody else or tells of a judgement makes no guarantee.
 */
interface Mark {
  readonly undertakes: RegExp;
  /** What the undertaking, or the few words before it, must not say. */
  readonly unless: RegExp;
}

const we =
  "(?:我(?:公司|单位|司|方|行|院|厂|校|们|集团|部|项目部|局|店|社|企业)|本(?:公司|单位|行|司|人|院|厂|集团|企业|部门|股东|项目部)|(?<!\\p{Script=Han})集团|保证人|担保人)";
const debt = /借款|贷款|债务|货款|欠款|租金|本息|本金|融资|授信|票据|付款|还款|履约|义务/u;
/** The truth of what a paper says and the soundness of goods are answered for, too. */
const ofItself = /真实|准确性|完整性|合法性|质量|保密/u;
const denied =
  /不再?(?:承担|负|提供|构成|作为|代|予)|(?:没有|无需|无须|毋须|免于|拒绝)[^,、。;]{0,16}(?:承担|提供|担保|保证)|(?:未|未曾|从未)(?:为|对|向|就|提供)[^,、。;]{0,20}(?:担保|保证)|不(?:得|会|对|为|就|向|以|能|予|拟|宜|同意|愿意?|打算|准备)[^,、。;]{0,24}(?:承担|提供|担保|保证)/u;
/** What is asked of somebody else, or told of a judgement. */
const ofOthers =
  /(?:要求|请求|诉请)(?=贵|你|其|对方|我|担保人|保证人|债务人|借款人)|由(?!我|本|此|于)[^,、。;]{2,20}(?:提供|承担)|主张|追究|判令|判决|裁定|裁决|认为|请(?:贵|你|各)|(?:贵|你|其|该)(?:公司|单位|司|方|行)?(?:之|的)?(?:保证|担保)人|(?:贵|你|对|乙|甲)[司方公]{0,2}作为|(?<!我(?:公司|单位|司|方)|本公司)作为(?:保证|担保)人|(?:贵|你|对|乙|甲)[司方公]{0,2}(?:应[当就对承]|须|需|依法|有义务)/u;
const elsewhere = `${denied.source}|${ofOthers.source}`;
const pays = "(?:偿|还|付|承担|履行|赔|负责)";
const settled = "(?:清偿|偿还|偿付|归还|还款|还清)";

const chinese: readonly Mark[] = [
  [
    `(?:${we}|(?:^|[\\s:,])(?:兹|现|愿|自愿|同意|对|为|就)).{0,120}?(?:承担|负|履行)[^。;]{0,16}?(?:连带|保证|担保|代偿|清偿|补足)[^。;]{0,8}?(?:责任|义务)`,
  ],
  [
    `${we}.{0,100}?提供[^。;,]{0,20}?(?:担保|连带(?:责任)?保证|保证担保|(?:一般|最高额)保证)(?!物|情况|事项|清单)`,
    "|已(?:经)?(?:为|对|就|向|提供)|曾|履约担保|是否",
  ],
  [`${we}[^。;,]{0,12}?(?:代偿|代(?:为|其|借款人|债务人)?${settled})`],
  [
    // It falls due only where another does not pay.
    `(?:其|借款人|债务人|承租人|被保证人|(?<![我本贵])公司)(?:如|若|到期|一旦){0,2}(?:不|未|无法|逾期|拒绝|违约).{0,24}?(?:由${we}|${we}(?:将|愿意?|保证|承诺|自愿|同意){0,2}(?:代|无条件|垫|先行|负责|全额|替)).{0,16}?${pays}`,
    "|诉讼|起诉|仲裁|扣[除减]",
  ],
  [
    // Whoever it is that leaves a debt open, if not whoever writes or reads: then the writer pays, by whatever word.
    `(?:(?:未|不能?|无法|没有|没|无力|逾期)[^,。;]{0,10}?(?:归还|偿还|返还|退还|支付|付[清款]?|还[清款上]?|按[期时约]|清偿|偿付|结清|缴[纳付清]|付款)|还不[起上了]|拖欠|赖账|欠[付缴款交]|垫款).{0,40}?(?:由${we}|由我来|${we}|我(?=来|愿|负责|替)).{0,24}?(?:偿|归?还|支付|付清|付款|缴清|垫付|回购|买单|结算|兜底|清偿|承担|履行|补足|差额|缺口|代)`,
    "|诉讼|起诉|仲裁|扣[除减]|收取|追究|暂停|停止|解除合同|(?:支付|收取|承担)(?:违约金|滞纳金)|申请|已(?:于|经|将)|(?<![还付欠偿])(?:贵|你|我|本|乙|甲|双|一)(?:公司|单位|司|方|行)(?:员工|承租|所欠|尚|如|若|仍|到期|逾期|未|不|拖欠|欠|没)",
  ],
  [`由${we}(?:全额|无条件|连带)?担保|${we}(?:愿意?|自愿|同意)?担保(?:其|该|上述)`],
  [`${we}.{0,40}?(?:承担(?:一切|全部|上述|该笔|其)[^。;]{0,12}?(?:还款|偿还)责任|兜底|作保|作担保)`],
  [`${we}.{0,24}?(?:确保|保证).{0,40}?(?:偿还|归还|清偿).{0,24}?(?:不足|差额|缺口).{0,12}?补足`],
  [`${we}.{0,24}?(?:提供|给予).{0,8}?流动性支持`],
  ["见索即付|差额补足(?:义务|责任|承诺)|债务加入|自愿加入.{0,12}?债务|作为共同(?:还款|借款|债务)人"],
  ["(?:收到|凭|接到).{0,24}?(?:索赔|索款|书面(?:通知|要求)|首次).{0,40}?无条件.{0,8}?(?:支付|付款|赔付|偿付)"],
  [
    // Whoever is owed may take it from the writer, or the writer bears what another's breach costs.
    `(?:逾期|拖欠|未付|不付|拒付|无力|困难).{0,24}?(?:可|有权)(?:随时|直接)*向${we}(?:收取|追偿|主张|索要|追索|要求)`,
    "|(?:贵|你|我|本)(?:公司|单位|司|方|行)(?:如|若|逾期|拖欠|未|不)",
  ],
  [
    `(?:未|不能|无力|欠).{0,40}?(?:可|请|同意)(?:直接)?从${we}.{0,16}?(?:扣|抵)`,
    "|工资|(?:我|本)(?:公司|单位|司|方|行)(?:如|若|未|不|尚|所|拖)",
  ],
  [
    `违约.{0,12}?(?:给|对)(?:贵|你)(?:公司|单位|司|方|行)?造成.{0,12}?损失.{0,16}?由${we}(?:先行|全额|负责|全部){0,2}(?:赔付|赔偿|承担|垫付)`,
    "|(?:我|本|贵|你)(?:公司|单位|司|方|行)(?:如|若)?.{0,6}违约",
  ],
  [
    `${we}.{0,24}?(?:与|同).{2,20}?(?:一并|共同|一起)(?:对.{1,12}?)?(?:偿付|偿还|清偿|归还|还款|承担(?:还款|付款|清偿))`,
  ],
  [`(?:应付|欠付|所欠|债务|借款).{0,16}?${we}.{0,20}?(?:承担|负责)到底`],
  [`${we}.{0,16}?(?:放弃|不享有)(?:先诉抗辩权|要求.{0,16}?先(?:行)?向)`],
  [
    `${we}.{0,60}?确保(?:其|该公司|借款人).{0,12}?按[期时约].{0,4}?(?:偿付|偿还|支付|归还).{0,12}?(?:债务|本息|贷款|借款|款项)`,
  ],
  [`(?:资金|收入|账户).{0,8}?不足.{0,24}?(?:本息|债务|贷款|租金|应付).{0,24}?${we}.{0,20}?(?:差额|补足|补齐|划入)`],
  [
    `(?:无力|不能|未能|无法).{0,6}?(?:清偿|偿还|偿付).{0,16}?(?:时|的).{0,10}?(?:受让|收购|回购)(?:贵|你)(?:公司|司|方|行).{0,10}?债权`,
  ],
].map(([undertakes = "", more = ""]) => ({
  undertakes: new RegExp(undertakes, "gu"),
  unless: new RegExp(elsewhere + more, "u"),
}));

const first = "(?:我(?:公司|单位|司|方)|本公司|\\b(?:we|I|undersigned|guarantors?|company|limited|ltd|inc|gmbh)\\b)";
/** Between words; no character is both part of it and of a word. */
const gap = "[\\s,.()]+";
const words = (most: number): string => `(?:${gap}[\\w'&-]+){0,${most}}?${gap}`;
const manner = `(?:${gap}(?:\\w+ly|hereby|herewith|and|as|primary|obligor|surety|guarantor|will|shall|do|also|further)){0,8}${gap}`;
const owed =
  "(?:(?:re)?payments? (?:to you )?(?:of|by|when)|(?<!our )(?:obligation|debt|loan|liabilit|borrowing|indebtedness)|credit (?:facilit|line)|(?:moneys|sums|amounts?) (?:due|ow|payable)|performance (?:of|by) (?:the |all |its |his |their )*(?:contract|obligation|dut|borrower|supplier|contractor|tenant|lessee|compan))";
const gives =
  "(?:give|provide|issue|grant|furnish)s?(?: you)?(?: (?:a|an|our|this|\\w+able|\\w+al|corporate|parent|company)){0,5}";
const fails =
  "(?:(?:(?:fails?|neglects?|unable|not able) to|does not|do not|cannot)(?: \\w+){0,2} (?:pay|repay|settle|reimburse|discharge|clear|honou?r|remit|redeem|perform (?:its|their|his|the)|(?:meet|fulfil|honou?r) (?:its|their|his|her|the|any|all)(?: \\w+){0,3} (?:obligation|debt|liabilit|payment))|defaults?\\b)";
const settles =
  "(?:pay|repay|settle|clear|make good|discharge|cover|honou?r|perform|meet|step in|reimburse|do so|be (?:liable|responsible) for)";
const when =
  "\\b(?:if|should|where|in case|in the event(?: that)?|whenever)\\s+(?!(?:you|your (?:company|firm|payment|side)|we|either|any party|this|that)\\b)";
const no = "\\b(?:not|never|neither|nor|no|without)\\b(?! (?:later|more|less))";
/** The writer where a sentence is about what is done to him. */
const writer = "(?:us|me|the (?:group|undersigned|parent(?: company)?|shareholder)|this (?:firm|company))";
const payer =
  "we|I|he|she|undersigned|(?:the |our )?(?:group|parent(?: company)?|head ?office|headquarters|diocese|shareholder|firm|company)";
/** Money that another does not pay: whoever writes or reads is no other. */
const otherFails =
  "\\b(?:(?:if|should|where|in case|in the event(?: that)?|whenever|once|which|whatever|what|every|any)\\b(?:[\\s,]+[\\w'’&-]+){0,12}?[\\s,]+(?:(?:not|\\w+n't) (?:\\w+ ){0,3}(?:pay|paid|repaid?|settled?|return(?:ed)?|collect(?:ed)?|raise|enough|able|buy)|cannot\\b(?=$|[.,;!]| (?:\\w+ ){0,2}(?:pay|repay|settle|meet|collect|raise|do so))|neither\\b.{0,40}\\b(?:pays?|returns?|repays?)|unable to\\b|fails? to (?:\\w+ ){0,2}(?:pay|repay|settle|meet|return)|falls? behind|leaves? .{0,40}(?:unpaid|open|outstanding)))";
/** What somebody who moves or insures goods does not pay is a loss of the one who sent them, and no debt of another. */
const lostGoods =
  "\\b(?:carriers?|insurers?|insurance company|couriers?|forwarders?|airline|shipping line)\\b.{0,120}?\\b(?:refund|replace)|\\b(?:refund|replace)\\b.{0,120}?\\b(?:carriers?|insurers?|insurance company|couriers?|forwarders?|airline|shipping line)\\b";
const ownFailure =
  "\\b(?:if|should|where|which|what|whatever|any|every) (?:we|I|you)\\b(?! cannot (?:\\w+ )?collect)|\\byour (?:payment|account)\\b|\\b(?:lawyers?|court|claim|reminder|sue|fee|fine of)\\b|\\b(?:we|I) (?:will|shall|do|can) (?:not|never)\\b" +
  `|${lostGoods}`;
const english: readonly Mark[] = [
  // To guarantee delivery or quality is no guarantee of a debt.
  [
    `${first}${manner}(?:guarantees?|${gives} (?:guarantee|surety))\\b${words(8)}${owed}`,
    `${no}|\\b(?:whether|asks?|asked)\\b|your (?:\\w+ )?invoice`,
  ],
  [
    `${first}.{0,200}?\\bpay\\b.{0,120}?\\b(?:on|upon|against) (?:(?:your|his|her|its|the|first|simple|written) ){0,4}demand\\b`,
    `${no}|\\b(?:you|they) (?:must|shall|will|have to|are to) pay|please pay`,
  ],
  [
    `${first}${words(14)}jointly and severally (?:\\w+ ){0,2}(?:liable|responsible|bound|answer|guarantee|undertake|with)`,
    `${no}|\\b(?:you|they) (?:are|shall be|will be) jointly|\\bclaim`,
  ],
  [
    `${first}.{0,80}?(?:\\b(?:as|stand|become|be) (?:a |the |an )?(?:primary obligor|surety|sureties|guarantors?)\\b|\\bstand (?:good )?for (?:the |its |his |their )*(?:debt|loan|obligation)|\\banswer for (?:the |its |his |their |any )*(?:debt|loan|obligation))`,
    `${no}|\\b(?:ask|request|require|need)\\b`,
  ],
  [
    `${when}.{3,80}?\\b${fails}.{0,80}?\\b(?:we|I)\\b (?:\\w+ ){0,4}?${settles}\\b`,
    "\\bwe (?:\\w+ ){0,2}not\\b|\\b(?:claim|sue|court|arbitrat)",
  ],
  [
    `\\b(?:we|I)\\b (?:\\w+ ){0,4}?${settles}\\b.{3,120}?${when}.{3,80}?\\b${fails}`,
    "\\bwe (?:\\w+ ){0,2}not\\b|\\b(?:claim|sue|court|arbitrat)",
  ],
  [
    `${first}.{0,40}?\\b(?:accepts?|assumes?|takes?) (?:\\w+ ){0,3}(?:responsibility|liability) for (?:\\w+ ){0,4}?(?:repayment|(?<!our )(?:debt|loan|indebtedness)|(?<!our )(?:obligations|liabilities) of)`,
    no,
  ],
  [
    "\\bhold us (?:\\w+ ){0,3}(?:liable|responsible) for .{0,60}?\\b(?:owes?|owed by|(?<!our )(?:debts?|loans?|obligations?))\\b",
    `${no}|\\bwe owe`,
  ],
  [
    "\\b(?:unpaid|not paid|owed|due) by (?!us\\b|you\\b|your\\b|either).{3,60}?\\b(?:paid|settled|met|covered|borne|made good) by us\\b",
    "\\b(?:will|shall|is|are) not be",
  ],
  // What another leaves open falls to whoever writes.
  [
    `\\b(?:if|should|where|whenever|once|whatever|any|every|all)\\b.{3,80}?\\b(?:stays?|remains?|is|are|leaves?|left|falls?|goes) (?:\\w+ ){0,2}?(?:open|unpaid|outstanding|unsettled|overdue|in arrears)\\b.{0,80}?(?:\\b(?:paid|settled|met|covered|borne|made good) by us\\b|\\bwe (?:\\w+ ){0,4}?${settles}\\b)`,
    `${no}|\\bwe (?:\\w+ ){0,2}(?:leave|owe)|\\bour (?:\\w+ ){0,2}(?:invoice|account|payment)|\\byour (?:\\w+ )?(?:invoice|account)s?\\b(?! to (?!us))|\\b(?:claim|sue|court|arbitrat|interest|by you)`,
  ],
  [
    `\\b(?:we|I)\\b (?:\\w+ ){0,4}?${settles}\\b.{0,80}?\\bin (?:its|his|her|their|whose) (?:stead|place)\\b`,
    `${no}|\\b(?:if|unless) we\\b`,
  ],
  [
    `${first}.{0,60}?\\b(?:accepts?|assumes?|takes?) (?:up)?on (?:itself|ourselves|myself|us)\\b.{0,60}?\\b(?:owes?|owing|owed|debts?|due)\\b`,
    `${no}|\\bwe owe|\\bowed by us`,
  ],
  [
    "\\bput you in the (?:\\w+ ){0,2}position\\b.{0,60}?\\bhad (?:it|he|she|they|the \\w+) (?:\\w+ )?(?:paid|repaid|performed|settled)\\b",
    no,
  ],
  [
    `${first}.{0,60}?\\b(?:see|ensure|procure|make sure)\\b.{0,80}?\\b(?:at all times|always) (?:\\w+ ){0,4}?(?:position|able|funds|means|money|resources) to (?:meet|pay|repay|fulfil|discharge)\\b`,
    no,
  ],
  // If another does not pay, the writer does: by whatever word, and in whatever order.
  [
    `${otherFails}.{0,120}?\\b(?:(?:${payer})\\b (?:[\\w-]+ ){0,4}?(?:${settles}|buy|refund|remit|cover|have it back)\\b|(?:from|by) (?:us|me|this (?:firm|company))\\b|have it back from us)`,
    ownFailure,
  ],
  [
    `\\b(?:${payer})\\b (?:[\\w-]+ ){0,5}?(?:${settles}|refund|remit|cover|responsibility|answer|stand in)\\b.{0,120}?${otherFails}`,
    ownFailure,
  ],
  [
    `\\b(?:we|I|undersigned)\\b.{0,80}?\\b(?:liable|responsible|bound)\\b.{0,20}?\\b(?:alongside|together with|beside|as well as|in the same way as)\\b.{0,80}?\\b(?:re)?pay`,
    `${no}|\\byou are`,
  ],
  [
    `\\b(?:${payer}|the \\w+) (?:\\w+ ){0,3}?(?:takes?|taking) over the (?:debts?|liabilit\\w+|obligations?) of\\b.{0,120}?\\b(?:pay|settle|repay)`,
    `${no}|\\b(?:sale|purchase|acqui)`,
  ],
  // Whoever is owed may come to the writer.
  [
    `\\b(?:look|turn|come|draw|call) (?:to|on) ${writer}\\b.{0,60}?\\b(?:principal|interest|rents?|sums?|amounts?|debts?|shortfall|balance|price|loss)\\b`,
    `${no}|\\b(?:questions?|help|advice|repairs?)\\b`,
  ],
  [
    `\\b(?:indemnify|hold you harmless|reimburse you|compensate you)\\b.{0,120}?\\b(?:because|if|where|when|should)\\b (?!you\\b|we\\b)(?:[\\w'-]+ ){1,6}(?:(?:does|do|did) not pay|${fails})`,
    "\\b(?:will|shall|do|does) not (?:indemnify|reimburse|hold|compensate)|\\byou (?:\\w+ ){0,2}(?:indemnify|reimburse)",
  ],
  [
    `\\b(?:missed|unpaid|cannot (?:meet|pay)|does not pay|fails to pay|shortfall|arrears)\\b.{0,80}?\\b(?:payable|paid|met|settled|borne|covered|funded) (?:by ${writer}|from our own)\\b`,
    `${no.replace("|not", "")}|\\byour (?:\\w+ )?(?:invoice|account)`,
  ],
  [
    `\\bbound\\b.{0,80}?\\bas if (?:it|he|she|they|we|I) (?:were|was|had)\\b.{0,20}?\\b(?:tenant|debtor|borrower|buyer|lessee|party|signed)\\b`,
    no,
  ],
  [
    `\\b(?:${writer}|we|I) (?:\\w+ ){0,2}(?:undertakes?|promises?|warrants?|guarantees?) that\\b.{0,80}?\\b(?:is|are|will be|shall be) (?:re)?paid\\b`,
    `${no}|\\bour (?:\\w+ ){0,2}(?:invoices?|accounts?|taxes|staff|employees)|\\b(?:wages|salaries|duties|taxes)\\b`,
  ],
  // A sum up to which somebody is guaranteed, in whatever mixture of languages.
  [`(?:我(?:公司|单位|司|方)|本公司|\\bwe)${manner}guarantees?\\b.{0,80}?\\bup to (?:RMB|CNY|USD|EUR|[¥$€£])`, no],
  // Every loss of another is borne, or what the writer has stands for what another owes.
  [
    `\\b(?:we|I|undersigned)\\b.{0,30}?\\b(?:hold|keep|save) (?:you|\\w+ \\w+) (?:\\w+ )?harmless\\b.{0,30}?\\b(?:from|against) (?:any and all|any|all)\\b`,
    `${no.replace("|not", "")}|\\b(?:will|shall|do) not\\b`,
  ],
  [
    `\\bour (?:\\w+ )?(?:accounts?|deposits?|balance|goods|stock|shares|receivables|machine\\w*|property)\\b.{0,60}?\\b(?:stands?|serves?|(?:is|are) (?:given|held|pledged|charged)) (?:as|by way of) (?:security|collateral|a pledge)\\b.{0,60}?\\b(?:owes?|debts?|obligations?|liabilit\\w+|loans?)\\b`,
    `${no}|\\bwe owe`,
  ],
  ["\\bwaives? (?:\\w+ ){0,2}rights? to (?:demand|require|ask)\\b.{0,60}?\\b(?:first|proceed against|sue)\\b", no],
  [`\\b(?:treat|regard)\\b.{0,60}?\\bas our own (?:debt|obligation|liability)`, no],
  // Whoever it is that stands behind what another owes, or may be turned to for it.
  ["\\bstands? behind\\b[^.;]{0,60}?\\b(?:owes?|debts?|obligations?|borrowings?|loans?|liabilit\\w+)\\b", no],
  [
    "\\bfails? to (?:re)?pay\\b.{0,80}?\\b(?:may|can|shall) (?:turn|look|come|resort) to (?:us|the undersigned)\\b",
    `${no}|${lostGoods}`,
  ],
  // Whoever it is that pays in another's place.
  [
    `\\b(?:will|shall|undertakes? to|agrees? to) (?:itself |himself |then |also )?(?:pay|repay|settle|perform|deliver)\\b[^.;]{0,30}?\\bin (?:its|his|her|their) (?:place|stead)\\b`,
    `${no}|${ownFailure}`,
  ],
  ["\\b(?:we|I) (?:shall|will) be answerable for (?:it|him|her|them|the (?:debt|sum|rent|fees?))\\b", no],
].map(([undertakes = "", unless = ""]) => ({
  undertakes: new RegExp(undertakes, "giu"),
  unless: new RegExp(unless, "iu"),
}));

/** A paper in two languages may say it in either. */
const both: readonly Mark[] = [...chinese, ...english];

/** A sentence without any of these words guarantees nothing: most are not looked at further. */
const core =
  /连带|担保|保证|流动性|代偿|代.{0,3}(?:偿|还)|见索即付|差额补足|债务加入|加入.{0,12}债务|共同.{2}人|无条件|由我|由本|[我本].{1,8}(?:代|垫|负责|替|全额|先行)|清偿|责任|义务|拖欠|逾期|债权|一并|共同|到底|抗辩|不足|违约|债务|赖账|垫款|欠|未|不能|无法|无力|不还|兜底|作保|补足|guarant|demand|severally|suret|obligor|stand (?:good )?for|answer for|hold us|repayment|responsibility|liability|by us\b|at all times|always|upon itself|outstanding|unpaid|overdue|open|in (?:its|his|her|their) (?:stead|place)|(?:look|turn|come|draw|call) (?:to|on)|indemnify|harmless|security|collateral|up to|reimburse|compensate|missed|shortfall|bound|paid|collect|enough|neither|behind|liable|waive|own debt|answerable|\b(?:fails?|defaults?|neglects?|unable|not able|does not|do not|cannot)\b/iu;
const sentenceEnd = /[。;!?]|(?<!\b(?:[Cc]o|[Ll]td|[Ii]nc|[Nn]o|Mr|Ms|Dr))\.(?=\s+[\p{Lu}\p{Script=Han}])/gu;
/** A sentence is read in pieces of this length, each with the begin of the next one. */
const piece = { length: 600, more: 200 };
/** How far before an undertaking it may be denied or asked of others. */
const lead = 20;
const mostText = 200_000;

/** The line in which whoever writes a document takes on to answer for what another owes; null where nothing does. */
export function findGuarantee(lines: readonly DocumentLine[]): number | null {
  const { text, starts } = joinLines(lines);
  for (const { at, part } of listPieces(text)) {
    if (!core.test(part)) continue;
    const marks = /\p{Script=Han}/u.test(part) ? both : english;
    if (ofItself.test(part) && !debt.test(part)) continue;
    for (const mark of marks) {
      const found = findMark(mark, part);
      if (found !== null) return starts.findLastIndex((start) => start <= at + found);
    }
  }
  return null;
}

/** Any place counts at which the undertaking is not taken back. */
function findMark({ undertakes, unless }: Mark, text: string): number | null {
  undertakes.lastIndex = 0;
  for (let match = undertakes.exec(text); match !== null; match = undertakes.exec(text)) {
    if (!unless.test(text.slice(Math.max(0, match.index - lead), undertakes.lastIndex))) return match.index;
    undertakes.lastIndex = match.index + 1;
  }
  return null;
}

/** The text across the ends of lines, and where in it each line begins; between lines of Chinese nothing stands. */
export function joinLines(lines: readonly DocumentLine[]): {
  readonly text: string;
  readonly starts: readonly number[];
} {
  const parts: string[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    const own = closeUp(line.text.trim().slice(0, 400));
    const isHan = /\p{Script=Han}$/u.test(parts.at(-1) ?? "") && /^\p{Script=Han}/u.test(own);
    const part = isHan ? own : ` ${own}`;
    if (length + part.length > mostText) break;
    parts.push(part);
    starts.push(length);
    length += part.length;
  }
  return { text: parts.join(""), starts };
}

function listPieces(text: string): { readonly at: number; readonly part: string }[] {
  const ends = [...text.matchAll(sentenceEnd)].map(({ index }) => index);
  return [...ends, text.length].flatMap((end, nth) => {
    const from = nth === 0 ? 0 : (ends[nth - 1] ?? 0) + 1;
    return Array.from({ length: Math.ceil((end - from) / piece.length) }, (_, count) => {
      const at = from + count * piece.length;
      return { at, part: text.slice(at, Math.min(end, at + piece.length + piece.more)) };
    });
  });
}
