/** How a sum is due that is paid by the time worked or used: for each day, each working day, each day of one person, each hour. */
export type ShortPace = "day" | "workday" | "man-day" | "hour" | "shift";

const manDay = "(?:人[·・/]?[天日]|工日|台班|man[- ]?days?|person[- ]days?|consultant[- ]days?)";
const hour = "(?:个?(?:工时|课时|学时|台时|小时|钟头)|(?:man[- ]|working |billable |person[- ])?hours?\\b|hrs?\\b)";
const workday = "(?:个?工作日|(?:working|business|work)[- ]days?\\b)";
const shift = "(?:个?班次|shifts?\\b)";
const day = "(?:个?(?:自然|日历)?[天日](?![期常元内])|(?:calendar |full |rental )?days?\\b)";
const units: readonly (readonly [ShortPace, string])[] = [
  ["man-day", manDay],
  ["workday", workday],
  ["hour", hour],
  ["shift", shift],
  ["day", day],
];
const each = "(?:每一?|[/／]\\s?|\\b(?:per|each|every|a|an)\\s)";
/** Before a sum: 每天3,000元, a daily rate of, per man-day of CNY 2,000; behind it: 3,000元/天, CNY 800 per hour. */
const before = units.map(([pace, unit]) => [pace, new RegExp(`${each}${unit}`, "giu")] as const);
const behind = units.map(([pace, unit]) => [pace, new RegExp(`^\\s?(?:for\\s)?${each}${unit}`, "iu")] as const);
const named: readonly (readonly [ShortPace, RegExp])[] = [
  ["day", /日(?:租金?|费率?|薪单价|单价)|\b(?:daily|day) (?:rate|rent|fee|hire|charge|price)/giu],
  ["hour", /时薪|小时(?:费率|单价)|\bhourly (?:rate|fee|charge|price)/giu],
];

/** A number in English words, or figures: fifty, fifty-two (52), 48. */
export const wordNumber =
  "(\\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|one|two|three|four|five|six|seven|eight|nine)(?: ?\\(\\d{1,3}\\))?";

const near = 44;
const breakOff = /[。；;]|[.!?]\s/u;
/** What is due for each day that somebody is late or breaks his word, and what is no price of the deal. */
const aside =
  /违约|滞纳金|罚|逾期|迟延|延迟|延误|延期|误期|超期|每?拖延|赔偿|利息|利率|余额|营业|开放|产量|产能|用量|流量|penalt|liquidated|damages|delay|\blate\b|overdue|default|demurrage|interest|opening|turnover|revenue|output|capacity/iu;
/** What somebody spends on his way is paid as it comes. */
const expenses = /差旅|出差|住宿|伙食|餐|误工|加班|per diem|\btravel|\bhotel|\bmeals?\b|overtime|expenses/iu;

/** How often a sum is due that is paid by days or hours; null where nothing beside it says so. */
export function findShortPace(left: string, right: string): ShortPace | null {
  const sentence = left.slice(-near).split(breakOff).at(-1) ?? "";
  if (aside.test(sentence + (right.split(breakOff)[0] ?? "").slice(0, 16))) return null;
  const after = behind.find(([, pattern]) => pattern.test(right));
  if (after) return after[0];
  const part = sentence.split(/[，,](?!\d)/u).at(-1) ?? "";
  let found: { pace: ShortPace; end: number } | null = null;
  for (const [pace, pattern] of [...before, ...named])
    for (const match of part.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (found === null || end > found.end) found = { pace, end };
    }
  return found?.pace ?? null;
}

/** Whether a sum by the day without any number of days is still one of the deal, that somebody has to settle. */
export const isExpense = (left: string, right: string): boolean =>
  expenses.test((left.slice(-near).split(breakOff).at(-1) ?? "") + right.slice(0, 16));

const number = `(?<![\\d.,〇零一二两三四五六七八九十百千第月每])(?:(\\d{1,3}(?:,\\d{3})+|\\d{1,5}(?:\\.5)?|[一二两三四五六七八九十百千]{1,7})|\\b${wordNumber})[ -]?`;
/** What makes so many days a time within which something is done, and not how many are paid: 30天内, within 10 days. */
const within =
  /(?:\b(?:within|after|before|every|last|each|net|notice of|not later than|no later than)\s(?:the |a period of )?|提前|账期(?:为)?|付款期(?:限)?(?:为)?|(?:质保|保修|免租)期(?:限)?(?:为)?|[x×*]|之日起?第?)$/iu;
const later =
  /^\s?(?:以?内|之内|前|之?后|以上|届满|的?通知|期满|热线|响应|'|’|\s?(?:of|from|after|before|prior|notice|written)\b)/iu;
/** What says elsewhere in a paper how many are paid: 共200天, 工期200天, 预计400小时, for 200 days. */
const counted =
  /(?:共计?|合计|总计|总共|累计|预计|预估|估算|计划|暂[定估]|不超过|至多|最多|工作量|工程量|(?:工|租|租赁|服务|施工|使用|作业|展览?|培训|合同|履行|驻场)期(?:限|间)?|期限|为期|\b(?:total(?:ling)? (?:of )?|up to |estimated (?:at )?|estimate of |(?:term|period|duration) of |at most |maximum of |for |over |(?:runs|lasts|takes) ))[^\d。；;一二两三四五六七八九十百千]{0,10}$/iu;
const otherCount =
  /保密|质保|保修|免租|付款|支付|验收|异议|通知|宽限|confidential|warrant|payment|payable|paid|notice|grace/iu;

/** How many days, hours or days of one person a paper counts for such a sum; 0 where it does not say. */
export function countShort(
  pace: ShortPace,
  sentence: string,
  sentences: readonly string[],
  read: (written: string) => number,
): number {
  const unit = units.find(([one]) => one === pace)?.[1] ?? "";
  const pattern = new RegExp(`${number}(?:or so )?(?:${unit})`, "giu");
  const most = (text: string, accept: (lead: string) => boolean): number => {
    let found = 0;
    for (const match of text.matchAll(pattern)) {
      const [lead, rest] = [text.slice(0, match.index), text.slice(match.index + match[0].length)];
      if (within.test(lead) || later.test(rest) || !accept(lead)) continue;
      found = Math.max(found, read((match[1] ?? match[2] ?? "").replaceAll(",", "")));
    }
    return found;
  };
  // Beside the sum itself any number of them is meant for it.
  const beside = most(sentence, () => true);
  if (beside > 0) return beside;
  return Math.max(
    0,
    ...sentences.map((text) =>
      aside.test(text) || otherCount.test(text)
        ? 0
        : most(
            text,
            (lead) => counted.test(lead) || pace === "man-day" || (pace === "hour" && /工时|课时|学时/u.test(text)),
          ),
    ),
  );
}

/** How many there are in a year, where a paper says for how many months it runs; hours of a year nobody knows. */
export const shortPerYear: Readonly<Record<ShortPace, number>> = {
  ...{ day: 365, workday: 261, "man-day": 0, hour: 0, shift: 0 },
};
