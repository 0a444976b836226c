import { asSimplified } from "./chinese-forms.ts";

/**
 * A value is plain if it is one short phrase that names something: a person, a post, a thing, a place. Nobody need read it to know that it promises nothing,
 * and only such values may stand in a document that is sealed without a reader. A list of bad words is never whole; therefore it is asked what a name is made
 * of. Names have no punctuation between their parts, no pronouns, prepositions or auxiliaries, no money and no periods of time. What fails is not refused: it is read.
 */

/** A Chinese character is as wide as two others. */
const mostPlain = { text: { han: 20, wide: 48 }, party: { han: 40, wide: 100 } } as const;

/** What a name is written with; any other sign parts a sentence, or is of a script that is not judged here. */
const nameSigns = /^[\p{Script=Latin}\p{Script=Han}\p{M}\p{Nd} \-–/&'’·#+×*°℃ΦφØø.]*$/u;
/** A dash between spaces is punctuation. */
const dash = /\s[-–/]\s|--|–\s|\s–|\p{Script=Han}[-–]\p{Script=Han}/u;
/** What a company is called by law stands behind a comma; a second name of a party, or its place, in brackets. */
const legalComma = /,\s*(?=(?:Ltd|Limited|Inc|LLC|LLP|Corp|Co|Company|PLC|GmbH|S\.|B\.V|N\.V|Pte|Pty)\b)/giu;
const brackets = /\((?=[^()]{1,60}\))|\)/gu;
/** A day as it is written in English. */
const plainDay =
  /^(?:\p{Nd}{1,2}(?:st|nd|rd|th)? )?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\p{L}{0,6}\.?(?: \p{Nd}{1,2}(?:st|nd|rd|th)?)?,? (?:19|20)\p{Nd}{2}$/u;
/** The names of partners. */
const partners = /(?<=^\p{Lu}\p{Ll}+),(?= ?\p{Lu}\p{Ll}+ ?(?:&|and ))/u;
/** What ends in a full stop and goes on. */
const shortened =
  /(?:^|[\s\p{P}])(?:\p{L}|ltd|co|inc|corp|llc|plc|bros|no|nos|nr|st|ste|rd|ave|blvd|sq|bldg|apt|fl|rm|dept|div|mr|mrs|ms|dr|prof|jr|sr|hon|gen|col|capt|mt|ft|approx|dist|prov|gmbh|pty|pte|sdn|bhd|ph|eng|intl|assn|mfg|tech|univ|inst)\.$/iu;

/** Words of names that hold a character of the grammar below. Who has a word that stands in none of them is read, and loses nothing else. */
const nameWords =
  /路由|自由|理由|其[他它]|土耳其|将军|方向|向导|[定单双万导转横纵轴]向|向[阳心]|对[讲接焊外开]|[绝相校核配]对|从[动业]|[供]给|给[水料药排]|替换|华为|按[键钮摩]|以[太色]|至诚|[数证单票]据|基因|因子|应[变用急力]|[供反感效适响]应|可[编调燃视控移拆靠]|许可|[智节功性电热太阳动储核新]能(?:量|力|源)?|能[源量力效谱耗]|会[计议展员所场]|[委员协工事东学商社展基金大晚年]会|需求|要[素闻点]|[纪摘重主概]要|得力|标准|基准|校准|精准|水准|准[备直]|[模虚]拟|令牌|过[滤程渡压流载户磅]|着色|不[锈间动干]|未来|无[线人缝锡尘纺损刷菌极水机油氧纸铅氟]|非[标洲金接晶遗织]|平均|均[质化衡]|[成首]都|都市|还原|再[生造]|即[热时]|[规准细原]则|如[皋东意]|就业|人才|才艺|也门|已[知]|而立|可见光|见习|意见|[信讯]息|消息|休息|作息|评价|价值|物价局|消费|费县|扣件|仲裁委员会|[变输传发]送|送[风料]|含[油量]|税务|免税店|收款机|收费站|包装|款式|保证金(?=管理|系统|专户|账户)|(?:质量|品质)保证(?=部|科|处|体系|工程师|经理|主管|负责人)|终身(?=教育|学习|成就)|永久(?=磁|基本农田)|独家村|唯一(?=标识|码)|优先(?=股|级)|试用(?=期|装)|月结石|首选项/gu;
/** Names of trades that say money, in front of what a company is called by law. */
const tradeNames =
  /(?:小额贷款|融资担保|担保|典当|支付宝?|信贷|消费金融|收费|债券|押运)(?=[\s\p{Script=Han}]{0,14}(?:公司|银行|集团|中心))/gu;

/** Pronouns, and what a company calls itself and others by. */
const pronouns =
  /[我咱俺你您他她它其彼该此兹贵敝]|本(?:公司|单位|司|行|方|人|企业|厂|集团|部门|院|校|所|中心|证明|合同|协议)|自己|本人|双方|对方|各方|一方|乙方|[甲丙丁买卖供需]方|[出承]租[方人]|受益人|\b(?:buyer|seller|purchaser|lessor|lessee|licensor|licensee|guarantor|beneficiary)s?\b/iu;
/** Prepositions, auxiliaries, negations, conjunctions and quantifiers: closed classes of words, which a sentence can hardly do without. */
const grammar =
  /[由被把将向对从给替为按以于依据因可能会应须需要得愿肯必宜拟准许令了着过吗呢吧矣也不未无非没勿莫均都皆还再已即则若如倘但且而或另亦仍曾就才仅每]|一切|所有(?!制)|全权|全部|任何|凡|每|随时|概/u;
/** A company as such, and not one by its name. */
const bareCompany = /(?<!有限|责任|股份|集团|分|子|总|母|工程|贸易|科技)公司|单位|东家|雇主|老板|厂方|资方/u;
/** What is owed, lent, given or asked for before a court, and what other papers say. */
const dues =
  /[付偿赔贷债款息扣赠罚欠押价费税送含]|兜底|买单|追索|划[转扣]|清还|归还|还清|返还|垫|照[付价]|代[为办还缴]|担责|负责(?!人)|负担|仲裁|诉讼|起诉|管辖|效力|质保|保修|保证|收入|薪|工资|报酬|年入|月入|净利|红利|分红|股权|利润|结[清算]|分期|现金|授信|背书|面议|包[邮换退赔运干安装]|英?国法|等$|附[件录表则]|另附|详|参见|见/u;
const duesInEnglish =
  /\b(?:loan|debt|owe|repa[iy]|refund|rebate|reimburs|compensat|deduct|recours|salar|wage|income|arbitrat|jurisdict|litigat|annex|appendi|attach|instal|surety|discount|gratis|underwrit|borrow|authori[sz]|attorney|includ|warrant)\p{L}*|\b(?:backs|backed|backing|bears?|bore|borne|free|fees?|price|interest|paid|pay|payable|cover(?:s|ed)|credit|plus|lifetime|behalf|settles?d?)\b/u;
/**
 * Words that bind in a name as well, without a sign or a word of grammar: how it is paid, returned, given alone or for ever. They are a few
 * beside what names are made of, and cost who means none of it a reading.
 */
const binding =
  /先\p{Script=Han}{1,4}[后再]|[货款票]到|见票|赊|寄[售卖]|[代试]销|试用|包[教会修用吃住送过销]|终身|永[久续]|独[家占]|排他|唯一|专[供卖]|优先|首选|保[底本价量]|担保|连带|承诺|买断|回购|[月季年半周日]结|[记挂]账|最[惠低优]|全额|假一|退[换货回]|[可能]退/u;
const bindingInEnglish =
  /\b(?:unconditional|irrevocabl|exclusiv|nonexclusiv|perpetual (?:licen|right|use)|guarant|consign|prepa(?:id|y)|postpa(?:id|y)|deferred pay|returnable|waiv|buy-?back|money-?back|jointly|severally)\p{L}*|\b(?:on trial|on delivery|on return|on sale|money back|buy back|first refusal|most favou?red|best price|sole (?:agent|agency|supplier|distributor|right|licen\p{L}*)|evergreen licen\p{L}*)\b|\bfirst\b.*\blater\b/u;
const englishGrammar = new Set(
  (
    "we us our ours ourselves you your yours he she they them their theirs this that these those who whose whom which what it " +
    "by upon against until till unless if because per within without under before after between while whereas then thus hence also only each " +
    "every all both either neither none nobody anyone anybody everything everyone do does did might must ought let lets hereby herewith pursuant than"
  ).split(" "),
);

const numerals = "\\p{Nd}零〇一二两三四五六七八九十百千廿卅壹贰叁肆伍陆柒捌玖拾佰仟";
/** A number with what makes money of it, however short it is written: 50w, 50万, 五十万, 50k. */
const money = new RegExp(
  `[${numerals}][\\s.]*(?:[万萬亿億元块圆]|[wk](?![\\p{Script=Latin}\\p{Nd}])|千(?!\\p{Script=Han}|w)|(?:wan|mio|mln|mn|bn|thousand|million|billion|bucks)\\b)|\\b(?:hundred|thousand|million|billion)\\b.*\\b(?:dollars?|euros?|yuan)\\b|\\b(?:rmb|cny|usd|eur|hkd|gbp|jpy|yuan|dollars?|euros?)\\b|[一二三四五六七八九十百千]万|人民币|美[元金]|港币|欧元|英镑`,
  "iu",
);
/** A model of something: letters, then a number; a currency is none. */
const models =
  /(?<![\p{Script=Latin}\p{Nd}])(?!RMB|CNY|USD|EUR|HKD|GBP|JPY|US)[A-Z]{1,6}[-/ ]?\p{Nd}{1,5} ?[A-Z]{0,3}(?![\p{Script=Latin}\p{Nd}])/gu;
/** A period, a share or a multiple; the year and the day of something are none. */
const periods = new RegExp(
  `[${numerals}]\\s*(?:年|个月|日|天|周|星期|倍|成|折)|分之|(?:days?|months?|years?|weeks?|percent|times)\\b`,
  "iu",
);
const days = /(?<!\p{Nd})(?:19|20)\p{Nd}{2}年(?:度|\p{Nd}{1,2}月(?:\p{Nd}{1,2}日)?)?/gu;
/** So many digits beside words may be a sum; numbers of things have letters or a stroke with them. */
const bareDigits = /(?<![\p{Script=Latin}\p{Nd}\-/.]|\b[A-Z]{1,3} )\p{Nd}{5,}(?![\p{Script=Latin}\p{Nd}\-/])/u;
/** A person's name in Chinese is no longer, and these stand in many. */
const shortName = /^\p{Script=Han}{1,3}$/u;
const inNames = /[可能如若以应于向得宜均必许才为因]/gu;
/** So many of one thing; a second number of things is a second thing. */
const quantities = new RegExp(
  `[${numerals}]\\s*(?:[台只套件个把支根吨箱批辆条张份组瓶桶卷副双]|pcs\\b|pieces\\b|sets\\b)`,
  "giu",
);

/** Whether a value is one short name-like phrase. */
export function isPlainValue(kind: "text" | "party", written: string): boolean {
  // A sign behind which nothing comes parts nothing.
  const value = asSimplified(written.normalize("NFKC"))
    .trim()
    .replace(/[,、;:]$/u, "");
  const han = value.match(/\p{Script=Han}/gu)?.length ?? 0;
  const most = mostPlain[kind];
  if (han > most.han || value.length + han > most.wide) return false;
  if (kind === "text" && plainDay.test(value)) return true;
  const named = value.replace(legalComma, " ");
  const body = kind === "party" ? named.replace(partners, "").replace(brackets, " ").replace(tradeNames, "") : named;
  if (!nameSigns.test(body) || dash.test(value) || hasSentenceStop(body)) return false;
  const rest = body.replace(nameWords, "物");
  if (
    pronouns.test(
      kind === "party" ? rest.replace(/\b\p{L}+\b/gu, (word) => (/\p{Script=Han}/u.test(word) ? word : "")) : rest,
    )
  )
    return false;
  if (kind === "text" && bareCompany.test(rest)) return false;
  if (grammar.test(shortName.test(value) ? rest.replace(inNames, "") : rest)) return false;
  if ((rest.match(quantities)?.length ?? 0) > 1) return false;
  if (dues.test(rest) || duesInEnglish.test(kind === "text" ? rest.toLowerCase() : rest)) return false;
  if (bindsByWord(kind, rest)) return false;
  if (hasEnglishGrammar(rest)) return false;
  if (money.test(rest.replace(models, "M")) || periods.test(rest.replace(days, " "))) return false;
  return !(kind === "text" && /\p{L}/u.test(value) && bareDigits.test(value));
}

/** What a party is called may hold any word; behind what it is called by law there is none of its name. */
function bindsByWord(kind: "text" | "party", rest: string): boolean {
  const [, behind] = /^.*(?:公司|集团|银行|\b(?:ltd|limited|inc|llc|llp|corp|plc|gmbh)\b)(.*)$/iu.exec(rest) ?? [];
  const said = kind === "text" ? rest : (behind ?? "");
  return binding.test(said) || bindingInEnglish.test(said.toLowerCase());
}

/** A full stop that ends no abbreviation and parts no number. */
function hasSentenceStop(value: string): boolean {
  for (const { index } of value.matchAll(/\./gu)) {
    if (/\p{Nd}$/u.test(value.slice(0, index)) && /^\p{Nd}/u.test(value.slice(index + 1))) continue;
    if (!shortened.test(value.slice(0, index + 1))) return true;
  }
  return false;
}

/** What is written in capitals beside small letters is a name of its own: US, IT. */
function hasEnglishGrammar(value: string): boolean {
  const hasSmall = /\p{Ll}/u.test(value);
  return (value.match(/[\p{Script=Latin}'’-]+/gu) ?? []).some(
    (word) => englishGrammar.has(word.toLowerCase()) && !(hasSmall && word.length > 1 && word === word.toUpperCase()),
  );
}
