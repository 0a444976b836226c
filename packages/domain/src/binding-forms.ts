/** A kind of paper by its title, and what it says where it makes rights or duties: the title alone never does. */
interface BindingForm {
  readonly title: RegExp;
  readonly says: RegExp;
  /** It is one between two: two companies are named. */
  readonly ofTwo?: boolean;
}

/** Who writes, in Chinese. */
const we = "(?:我(?:公司|单位|[司方])|本(?:公司|单位|人))";
/** What a title may go on with: its number, what stands in brackets. */
const tail = "(?:\\s?\\([^()]{0,20}\\))?\\s?(?:(?:no\\.?|编号|第)?\\s?:?\\s?[\\p{N}A-Z/-]{1,24}号?)?$";
const named = (words: string): RegExp => new RegExp(`^[^,。;:]{0,20}(?:${words})${tail}`, "iu");

const owns = `${we}[^。;]{0,16}确认[^。;]{0,40}(?:尚?欠|应[付向])[^。;]{0,30}(?:货款|款|元)|${we}[^。;]{0,16}(?:承诺|同意|保证|将)[^。;]{0,30}(?:付清|支付|归还|偿还|交付)|${we}[^。;]{0,16}(?<!不)同意[^。;]{0,60}(?:调整|变更|延长|降|上调|下调|增加|减少)[为至到]?|${we}[^。;]{0,16}(?:尚欠|仍欠|共欠|欠付)[^。;]{0,50}元[^。;]{0,24}(?:予以确认|确认无误|(?:将|承诺)[^。;]{0,24}(?:结清|付清|支付|归还|偿还))|(?:报价|要约|发盘)[^。;]{0,50}${we}[^。;不未拒]{0,10}(?:接受|采纳)`;
const yields = `${we}[^。;]{0,16}(?:自愿|同意|承诺|在此|现)?[^。;]{0,8}(?<!不)(?:放弃|免除)[^。;]{0,60}(?:权利|请求权|债权|追索|索赔|主张|违约金|赔偿|利息)`;

/** A promise with what its breach costs. */
const promises = `${we}[^。;]{0,16}(?:承诺|保证)[^。]{0,240}(?:如|若|一旦)[^。;]{0,16}(?:违反|违背|未能?履行|逾期)[^。;]{0,40}(?:支付|赔偿|承担)[^。;]{0,24}(?:元|违约金)`;

/**
 * Papers that bind by what they say, each under names that honest papers bear, too: who acknowledges a debt, accepts an order or a
 * bid, gives up or hands on a right, or changes what was agreed.
 */
const forms: readonly BindingForm[] = [
  {
    title: named(
      "订单确认[书函单]?|订货确认[书函单]?|订单回执|销售确认书|order (?:confirmation|acceptance)|confirmation of order|sales confirmation",
    ),
    says: /(?:接受|确认)[^。;]{0,24}(?:订单|订货)|(?:订单|订货)[^。;]{0,40}(?:确认|接受)|\bwe (?:hereby )?(?:accept|confirm)[^.;]{0,40}\border\b/iu,
  },
  {
    title: named("确认[函书]|回执|复函|对[账帐][函单]|询证函|往来[账帐]款[^,。;:]{0,8}[函书]|[欠还付]款[^,。;:]{0,6}"),
    says: new RegExp(owns, "u"),
  },
  { title: named("承诺[函书]|保证[函书]|声明[函书]?|函"), says: new RegExp(promises, "u") },
  {
    title: named(
      "验收[单书]|验收报告|结算[单书]|(?:完工|交接)[^,。;:]{0,4}[单书]|acceptance (?:certificate|note|protocol)",
    ),
    says: /同意[^。;]{0,24}(?:结算|支付|付款|付清)|(?:应付|结算)(?:价款?|金额|总额)[^。;]{0,30}元[^。;]{0,20}(?:双方|确认|无异议)|\b(?:agrees?|approved?) (?:to|for) (?:pay|payment|settle)/iu,
  },
  {
    title: named("(?<!未)中标通知书?|成交通知书?|中选通知书?|(?:notice|letter) of award|letter of acceptance"),
    says: /(?<![未没不])(?:被?(?:确定|确认)为(?:中标|成交|中选)|(?:投标|报价|响应)[^。;]{0,20}(?:已?被?[^。;]{0,4}接受)|(?:中标|成交)(?:价|金额))|\b(?:accept(?:ed|s)? your (?:tender|bid|offer)|hereby award|award(?:ed)? (?:to you|the contract))/iu,
  },
  {
    title: named(
      "side letter|letter agreement|supplemental letter|amendment|addendum|变更(?:单|函|确认书)|补充(?:条款|约定|说明|函|确认书?)|备忘录?|会[议谈]纪要|memorandum|protocol|minutes(?: of meeting)?|和解书|谅解书",
    ),
    says: /补充(?:约定)?如下|(?:约定|商定|议定|达成)[^。;]{0,16}如下|(?:单价|价格|总价|期限|交货期)[^。;]{0,24}(?:调整为|变更为|下调|上调|延至|延长)|\bnotwithstanding\b|\b(?:have|has|was|were|is) (?:hereby )?agreed (?:that|to|as follows)|\b(?:parties|sides|companies|both) (?:hereby )?agreed? (?:that|to|as follows)|\b(?:is|are) (?:hereby )?(?:amended|reduced|increased|extended|replaced)\b/iu,
    ofTwo: true,
  },
  {
    title: named(
      "(?:债权|合同权利|权利义务|股权|份额|收益权)(?:转让|让与)[^,。;:]{0,6}|债务(?:转移|承担|抵销|抵消)[^,。;:]{0,6}|(?:notice|deed|letter) of (?:assignment|novation|set-?off)|assignment",
    ),
    says: /(?:已|现|将)[^。;]{0,80}(?:转让|让与|转移|抵[销消])|受让人|\b(?:assigns?|assigned|transfers?|transferred|sets? off|novates?)\b/iu,
  },
  {
    title: named(
      "(?:弃权|放弃|免除|豁免)[^,。;:]{0,12}|waiver(?: [a-z ]{0,30})?|(?:deed of |general )?release|discharge",
    ),
    says: new RegExp(
      `${yields}|\\b(?:hereby |irrevocably |expressly )?(?:waives?|releases?|discharges?|forgoes?|gives? up)\\b[^;]{0,90}\\b(?:claims?|rights?|remed(?:y|ies)|debts?|interest|penalt)`,
      "iu",
    ),
  },
];

/** What takes a sentence back, or tells of one that is only asked for. */
const unsaid =
  /(?:未|没有|并未|尚未|无须|不再|拟|请)[^,。;]{0,6}(?:确认|接受|同意|转让|放弃)|\b(?:not|never|no longer) (?:hereby )?(?:accept|waive|agree|assign)\w*/giu;

/** The form a paper has by its title and its words; null where it has none. */
export function findForm(
  head: readonly string[],
  body: string,
): { readonly line: number; readonly ofTwo: boolean } | null {
  const said = body.replace(unsaid, " ");
  for (const { title, says, ofTwo = false } of forms) {
    const line = head.findIndex((text) => title.test(text));
    if (line >= 0 && says.test(said)) return { line, ofTwo };
  }
  return null;
}
