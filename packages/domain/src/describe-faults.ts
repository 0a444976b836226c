import { tableLimits } from "./decision-table.ts";
import type { Atom, Region } from "./decision-table-check.ts";
import { type ClassNames, grouped, nameCurrency, nameDecider } from "./describe-rules.ts";
import { type FactId, factDefinitions } from "./fact-sheet.ts";
import { attachmentNames, type RowFaultCode, type RuleSetFault, tableNames } from "./rule-set.ts";
import type { LocalName } from "./vocabulary.ts";
import type { RateWeakening } from "./weakened-rates.ts";
import type { RouteWeakening } from "./weakened-route.ts";
import type { TableWeakening } from "./weakened-tables.ts";

/** A column as a file names it, whatever it holds. */
const nameFact = (fact: string): LocalName =>
  Object.hasOwn(factDefinitions, fact) ? factDefinitions[fact as FactId].name : { en: fact, zh: fact };

const rowFaults: Readonly<Record<RowFaultCode, LocalName>> = {
  cell: { en: "A condition can not stand in its column.", zh: "条件与所在列不符。" },
  text: { en: "A text is too long.", zh: "文字过长。" },
  twice: { en: "Two rows have the same name.", zh: "两行标识相同。" },
  "nobody-named": {
    en: "The step names nobody, or has no title in both languages.",
    zh: "该步骤未指定人员，或缺少中英文名称。",
  },
  quorum: { en: "More people would have to agree than the step names.", zh: "要求同意的人数多于指定的人数。" },
  stage: {
    en: "The stage can not be: 1 to 8, and 9 for the signatory alone.",
    zh: "阶段应为 1 至 8，第 9 阶段仅用于签批人。",
  },
  "signatory-last": { en: "The signatory decides last, in stage 9.", zh: "签批人须最后（第 9 阶段）签批。" },
  number: { en: "A number is out of range.", zh: "数值超出范围。" },
  "no-right-seal": { en: "A refusal names the seal that is right.", zh: "拒绝时须指明应改用的印章。" },
  "reason-en": {
    en: "The row gives no reason in English: whoever it stops reads none.",
    zh: "该行缺少英文理由，英文读者看不到原因。",
  },
  "reason-zh": {
    en: "The row gives no reason in Chinese: whoever it stops reads none.",
    zh: "该行缺少中文理由，中文读者看不到原因。",
  },
  "nothing-asked": { en: "The row asks for papers and names none.", zh: "该行要求附件但未指明。" },
};

/** What is wrong, as a sentence; gaps say where, in the words of the columns. */
export function describeFault(fault: RuleSetFault, classes: ClassNames): LocalName {
  switch (fault.kind) {
    case "gap":
      return {
        en: `No row answers: ${describeRegion(fault.region, "en", classes)}.`,
        zh: `以下情形没有规则：${describeRegion(fault.region, "zh", classes)}。`,
      };
    case "overlap":
      return {
        en: `Two rows answer differently: ${describeRegion(fault.region, "en", classes)}. The upper one counts.`,
        zh: `两行规则不一致：${describeRegion(fault.region, "zh", classes)}。以上面一行为准。`,
      };
    case "unstated-passes": {
      const where = describeRegions(fault.regions, fault.more, classes);
      return {
        en: `Where no amount is stated, what a row asks for by the amount is not asked: ${where.en}. A row of its own for “not stated” says what is meant.`,
        zh: `未注明金额的，按金额提出的要求不适用：${where.zh}。请为「未注明」单列一行，写明如何处理。`,
      };
    }
    case "unreachable":
      return { en: "Rows above answer everything this one could.", zh: "上面的规则已覆盖本行的全部情形。" };
    case "too-complex":
      return {
        en: "The table can not be looked through for gaps. Use fewer rows that ask several columns at once.",
        zh: "规则表过于复杂，无法检查缺漏。请减少同时限定多列的行。",
      };
    case "size":
      return "rows" in fault
        ? {
            en: `The table has ${fault.rows} rows; it may have ${tableLimits.rows}. Take rows out, or put several into one.`,
            zh: `规则表有 ${fault.rows} 行，最多 ${tableLimits.rows} 行。请删除或合并部分行。`,
          }
        : {
            en: `The column '${nameFact(fault.column).en}' stands twice or has no place in this table.`,
            zh: `「${nameFact(fault.column).zh}」列重复，或不属于本表。`,
          };
    case "row":
      return rowFaults[fault.code];
  }
}

/** In what a route asks less than before, as a sentence. */
export function describeWeakening(weakening: RouteWeakening, classes: ClassNames): LocalName {
  if (weakening.kind === "empty")
    return {
      en: "No row is left that says who decides: every request would go to the authorised signatory alone.",
      zh: "「审批路线」不再有任何规则：所有申请将仅由授权签批人一人审批。",
    };
  if (weakening.kind === "too-complex")
    return {
      en: "Whether a step is asked less often could not be found out by itself. Compare the rows.",
      zh: "无法自动判断审批步骤是否减少，请逐行比对。",
    };
  const who = nameDecider(weakening.step);
  if (weakening.kind === "gone")
    return {
      en: `${who.en} is not asked any more by anything that asked for this step until now.`,
      zh: `此前需要${who.zh}审批的情形，今后均不再经其审批。`,
    };
  const { kind, regions, more } = weakening;
  const { en, zh } = describeRegions(regions, more, classes);
  if (kind === "skipped")
    return {
      en: `Where nobody can decide the step of ${who.en}, it is left out and no longer refused: ${en}.`,
      zh: `以下情形无人可作${who.zh}审批时，不再拒绝，而是略过该步骤：${zh}。`,
    };
  return kind === "less"
    ? { en: `${who.en} is not asked any more: ${en}.`, zh: `以下情形不再经${who.zh}审批：${zh}。` }
    : {
        en: `Fewer people agree in the step of ${who.en}: ${en}.`,
        zh: `以下情形${who.zh}步骤所需同意的人数减少：${zh}。`,
      };
}

/** In what the first or the third table asks less than before, as a sentence. */
export function describeTableWeakening(weakening: TableWeakening, classes: ClassNames): LocalName {
  if (weakening.kind === "not-compared") {
    const table = tableNames[weakening.table];
    return {
      en: `Whether the table “${table.en}” asks for less could not be found out by itself. Compare the rows.`,
      zh: `无法自动判断「${table.zh}」是否放宽，请逐行比对。`,
    };
  }
  const said = sayLoosened(weakening);
  const where = describeRegions(weakening.regions, weakening.more, classes);
  return { en: `${said.en}: ${where.en}.`, zh: `以下情形${said.zh}：${where.zh}。` };
}

/** How much less an amount in another currency counts as, as a sentence. */
export function describeRateWeakening({ code, was, is, currency }: RateWeakening): LocalName {
  return was === null
    ? {
        en: `An amount in ${code} counted as more than any limit; now 1 ${code} counts as ${is} ${currency}.`,
        zh: `${nameCurrency(code)}金额原视为超过任何限额，今后 1 ${code} 计为 ${is} ${currency}。`,
      }
    : {
        en: `An amount in ${code} counts as less: 1 ${code} as ${is} ${currency} instead of ${was}, so that it reaches fewer limits.`,
        zh: `${nameCurrency(code)}金额的折算降低：1 ${code} 由 ${was} 降为 ${is} ${currency}，更少达到限额。`,
      };
}

function sayLoosened(weakening: Exclude<TableWeakening, { kind: "not-compared" }>): LocalName {
  switch (weakening.kind) {
    case "allowed":
      return { en: "A seal that was refused is allowed", zh: "原不得用印，今后允许用印" };
    case "papers": {
      const names = (language: keyof LocalName): string[] =>
        weakening.papers.map((kind) => attachmentNames[kind][language]);
      return {
        en: `Not asked for any more (${names("en").join(", ")})`,
        zh: `不再要求附件（${names("zh").join("、")}）`,
      };
    }
    case "impressions":
      return { en: "More impressions are allowed", zh: "允许的用印枚数增加" };
    case "validity":
      return { en: "A request is valid for longer", zh: "申请的有效期延长" };
    case "presence":
      return {
        en: "No decision asks for a fresh proof of presence by rule any more",
        zh: "规则不再要求审批时当场验证身份",
      };
    case "supervision":
      return { en: "The rules do not ask for a second person at the sealing any more", zh: "规则不再要求第二人监印" };
  }
}

function describeRegions(regions: readonly Region[], more: number, classes: ClassNames): LocalName {
  const en = regions.map((region) => describeRegion(region, "en", classes)).join("; or ");
  const zh = regions.map((region) => describeRegion(region, "zh", classes)).join("；或");
  if (more === 0) return { en, zh };
  return { en: `${en}; and ${more} further ${more === 1 ? "case" : "cases"}`, zh: `${zh}；另有 ${more} 种情形` };
}

/** Values named one by one up to this many; beyond, how many there are. */
const mostNamed = 4;

function describeRegion(region: Region, language: keyof LocalName, classes: ClassNames): string {
  const parts = Object.entries(region).map(([fact, atoms]) => {
    const { name, values: known } = factDefinitions[fact as FactId];
    const values = fact === "documentClass" ? { ...known, ...classes } : known;
    const all = atoms.map((atom) => describeAtom(atom, values, language));
    const more = all.length - mostNamed;
    const shown = all.slice(0, mostNamed).join(language === "en" ? ", " : "、");
    const rest = more <= 0 ? "" : language === "en" ? ` and ${more} more` : `等 ${all.length} 项`;
    return `${name[language]}${language === "en" ? " " : "为"}${shown}${rest}`;
  });
  if (parts.length === 0) return language === "en" ? "in every case" : "一切情形";
  return parts.join(language === "en" ? "; " : "；");
}

function describeAtom(atom: Atom, values: Readonly<Record<string, LocalName>>, language: keyof LocalName): string {
  const english = language === "en";
  switch (atom.kind) {
    case "value":
      return values[atom.value]?.[language] ?? atom.value;
    case "switch":
      return atom.value ? (english ? "yes" : "是") : english ? "no" : "否";
    case "unstated":
      return english ? "not stated" : "未注明";
    case "range":
      if (atom.below === null) return english ? `${grouped(atom.from)} and more` : `${grouped(atom.from)} 及以上`;
      return english
        ? `from ${grouped(atom.from)} to below ${grouped(atom.below)}`
        : `${grouped(atom.from)} 以上且低于 ${grouped(atom.below)}`;
  }
}
