import type { Cell, TableRow } from "./decision-table.ts";
import { type FactId, factDefinitions } from "./fact-sheet.ts";
import { attachmentNames, type LimitOutput, type RouteOutput, type RuleSet, type ScopeOutput } from "./rule-set.ts";
import { type LocalName, roleNames, sealTypeDefaults } from "./vocabulary.ts";

type Language = keyof LocalName;
const both = (say: (language: Language) => string): LocalName => ({ en: say("en"), zh: say("zh") });
const join = (words: readonly string[], language: Language): string => words.join(language === "en" ? ", " : "、");
export const grouped = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+(?!\d))/g, ",");

/** The names of the classes of documents as the organisation has them, by id. */
export type ClassNames = Readonly<Record<string, LocalName>>;

/** What one cell says, for people. */
export function describeCell(fact: FactId, cell: Cell, classes: ClassNames): LocalName {
  const { values, kind } = factDefinitions[fact];
  if ("in" in cell)
    return both((language) =>
      join(
        cell.in.map((one) => ((fact === "documentClass" && classes[one]) || values[one])?.[language] ?? one),
        language,
      ),
    );
  if ("is" in cell) return cell.is ? { en: "yes", zh: "是" } : { en: "no", zh: "否" };
  if ("stated" in cell || kind !== "number") return { en: "not stated", zh: "未注明" };
  const { from, below } = cell;
  if (from !== null && below !== null)
    return {
      en: `from ${grouped(from)} to below ${grouped(below)}`,
      zh: `${grouped(from)} 以上且低于 ${grouped(below)}`,
    };
  return from !== null
    ? { en: `${grouped(from)} and more`, zh: `${grouped(from)} 及以上` }
    : { en: `below ${grouped(below ?? 0)}`, zh: `低于 ${grouped(below ?? 0)}` };
}

/** Yes and no in words of their own: "leaves the organisation is yes" is no sentence. */
const switchWords: Readonly<Partial<Record<FactId, Readonly<Record<"yes" | "no", LocalName>>>>> = {
  external: {
    yes: { en: "the document leaves the organisation", zh: "文件对外" },
    no: { en: "the document stays inside", zh: "文件不对外" },
  },
  makesRights: {
    yes: { en: "the document makes rights or duties", zh: "文件产生权利义务" },
    no: { en: "the document makes no rights or duties", zh: "文件不产生权利义务" },
  },
  important: {
    yes: { en: "a seal is important", zh: "使用重要印章" },
    no: { en: "no seal is important", zh: "不使用重要印章" },
  },
};

function describeAsked(fact: FactId, cell: Cell, classes: ClassNames): LocalName {
  const words = "is" in cell ? switchWords[fact]?.[cell.is ? "yes" : "no"] : undefined;
  if (words) return words;
  const { name } = factDefinitions[fact];
  const says = describeCell(fact, cell, classes);
  return { en: `${lower(name.en)} is ${says.en}`, zh: `${name.zh}为${says.zh}` };
}

/** The conditions of a row as one sentence; a row without any is what holds otherwise. */
export function describeCondition(row: TableRow<unknown>, inputs: readonly FactId[], classes: ClassNames): LocalName {
  const asked = inputs.flatMap((fact) => {
    const cell = row.cells[fact];
    return cell ? [describeAsked(fact, cell, classes)] : [];
  });
  if (asked.length === 0) return { en: "In every case", zh: "一切情形" };
  return {
    en: `Where ${asked.map(({ en }) => en).join(", and ")}`,
    zh: asked.map(({ zh }) => zh).join("，且"),
  };
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/ is$/, "");

export function describeScope({ answer, rightSeals, attachments }: ScopeOutput): LocalName {
  const seals = both((language) =>
    join(
      rightSeals.map((type) => sealTypeDefaults[type].name[language]),
      language,
    ),
  );
  const papers = both((language) =>
    join(
      attachments.map((kind) => attachmentNames[kind][language]),
      language,
    ),
  );
  switch (answer) {
    case "allow":
      return { en: "allowed", zh: "可以使用" };
    case "refuse":
      if (rightSeals.length === 0) return { en: "refused", zh: "不得使用" };
      return { en: `refused; use the ${seals.en} instead`, zh: `不得使用，应改用${seals.zh}` };
    case "ask":
      return { en: `allowed with ${papers.en}`, zh: `须附${papers.zh}` };
  }
}

/** Who decides a step: a role, or what the step of named people is called. */
export const nameDecider = ({ decider, title }: Pick<RouteOutput, "decider" | "title">): LocalName =>
  decider === "named"
    ? title
    : roleNames[decider === "legal-review" ? "legal-reviewer" : decider === "unit-head" ? "unit-head" : "signatory"];

export function describeStep({ decider, title, mode, quorum, hours, ifNobody }: RouteOutput): LocalName {
  const who = nameDecider({ decider, title });
  const many: LocalName =
    mode === "all"
      ? { en: ", all of them", zh: "（须全体同意）" }
      : mode === "quorum"
        ? { en: `, ${quorum} of them`, zh: `（须 ${quorum} 人同意）` }
        : { en: "", zh: "" };
  const time: LocalName =
    hours === null ? { en: "", zh: "" } : { en: `, within ${hours} hours`, zh: `，${hours} 小时内` };
  // The authorised signatory is never skipped, whatever a row says.
  const skip: LocalName =
    ifNobody === "skip" && decider !== "signatory"
      ? { en: ", left out where nobody can decide", zh: "，无人可审批时略过" }
      : { en: "", zh: "" };
  return { en: `${who.en}${many.en}${time.en}${skip.en}`, zh: `${who.zh}${many.zh}${time.zh}${skip.zh}` };
}

export function describeLimits({ impressionsMost, validDays, presence, supervised }: LimitOutput): LocalName {
  const en = [
    impressionsMost === null ? "any number of impressions" : `${impressionsMost} impressions at most`,
    validDays === null ? "valid to the end of the year" : `valid for ${validDays} days`,
    ...(presence ? ["each decision with a proof of presence"] : []),
    ...(supervised ? ["sealed under supervision"] : []),
  ];
  const zh = [
    impressionsMost === null ? "用印枚数不限" : `最多用印 ${impressionsMost} 枚`,
    validDays === null ? "有效期至当年年底" : `有效期 ${validDays} 天`,
    ...(presence ? ["每次审批须本人验证"] : []),
    ...(supervised ? ["用印须监印"] : []),
  ];
  return { en: en.join("; "), zh: zh.join("；") };
}

const currencies: Readonly<Record<string, string>> = {
  ...{ CNY: "人民币", USD: "美元", EUR: "欧元", HKD: "港元", JPY: "日元", GBP: "英镑" },
};
/** A currency as a Chinese sentence names it; one without a name here by its code, set apart from the characters. */
export const nameCurrency = (code: string): string =>
  Object.hasOwn(currencies, code) ? (currencies[code] ?? code) : ` ${code} `;

/** What one unit of another currency counts as in the tables. */
export const describeRate = (code: string, rate: number, currency: string): LocalName => ({
  en: `1 ${code} counts as ${rate} ${currency}.`,
  zh: `1 ${code} 计为 ${rate} ${currency}。`,
});

/** How the amounts of the tables are counted; it decides which limit another currency meets, as much as a row does. */
export function describeMoney({ currency, rates }: Pick<RuleSet, "currency" | "rates">): LocalName {
  const known = Object.entries(rates).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const en = known.map(([code, rate]) => `1 ${code} as ${rate}`).join(", ");
  const zh = known.map(([code, rate]) => `1 ${code} 计为 ${rate}`).join("，");
  const none: LocalName = {
    en: "an amount in any other currency counts as more than any limit",
    zh: "其他币种的金额视为超过任何限额",
  };
  return {
    en: `Amounts count in ${currency}${en === "" ? "" : `; ${en}`}; ${none.en}.`,
    zh: `金额以${nameCurrency(currency)}计${zh === "" ? "" : `；${zh}`}；${none.zh}。`,
  };
}
