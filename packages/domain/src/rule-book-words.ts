import type { ControlId } from "./controls.ts";
import type { ArticleDraft, ArticleSource } from "./rule-book.ts";
import { SETTING_KEYS, type SettingKey, type Settings, type SettingUnit, settingDefinitions } from "./settings.ts";
import type { LocalName } from "./vocabulary.ts";

/** One article: its lasting id, the controls it serves, what it is written from, and its words. */
export function article(
  id: string,
  controls: readonly ControlId[],
  from: readonly ArticleSource[],
  en: string,
  zh: string,
  items: readonly LocalName[] = [],
): ArticleDraft {
  return { id, controls, from, text: { en, zh }, ...(items.length > 0 ? { items } : {}) };
}

const unitWords: Readonly<
  Record<Exclude<SettingUnit, "count" | "switch">, readonly [one: string, more: string, zh: string]>
> = {
  minutes: ["minute", "minutes", "分钟"],
  hours: ["hour", "hours", "小时"],
  days: ["day", "days", "日"],
  "working-days": ["working day", "working days", "个工作日"],
  months: ["month", "months", "个月"],
};

/** A setting as a period is said: `3 working days`, `3 个工作日`. */
export function period(settings: Settings, key: SettingKey): LocalName {
  const value = settings[key];
  const { unit } = settingDefinitions[key];
  if (unit === "count" || unit === "switch") return { en: `${value}`, zh: `${value}` };
  const [one, more, zh] = unitWords[unit];
  return { en: `${value} ${value === 1 ? one : more}`, zh: `${value} ${zh}` };
}

export const listEn = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
export const listZh = (words: readonly string[]): string => words.join("、");
/** Names in the middle of a sentence. */
export function listNames(names: readonly LocalName[]): LocalName {
  const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
  return { en: listEn(names.map((name) => small(name.en))), zh: listZh(names.map((name) => name.zh)) };
}

const weekdays: readonly LocalName[] = [
  { en: "Monday", zh: "星期一" },
  { en: "Tuesday", zh: "星期二" },
  { en: "Wednesday", zh: "星期三" },
  { en: "Thursday", zh: "星期四" },
  { en: "Friday", zh: "星期五" },
  { en: "Saturday", zh: "星期六" },
  { en: "Sunday", zh: "星期日" },
];
export function listWeekdays(days: readonly number[]): LocalName {
  const names = days.toSorted((a, b) => a - b).flatMap((day) => weekdays[day - 1] ?? []);
  return { en: listEn(names.map(({ en }) => en)), zh: listZh(names.map(({ zh }) => zh)) };
}

const sourceNames: Readonly<Record<Exclude<ArticleSource, SettingKey>, LocalName>> = {
  profile: { en: "Profile of the organisation", zh: "职责分离方案" },
  calendars: { en: "Working calendars", zh: "工作日历" },
  "seal-types": { en: "Kinds of seals", zh: "印章种类" },
  "document-classes": { en: "Classes of documents", zh: "文件类别" },
  rules: { en: "Rules of use", zh: "用印规则" },
  organisation: { en: "Organisation and its entities", zh: "组织与单位" },
};

/** What an article is written from, by name; null for a source of an old version that is no more. */
export function articleSourceName(source: string): LocalName | null {
  const names: Readonly<Record<string, LocalName>> = {
    ...sourceNames,
    ...Object.fromEntries(SETTING_KEYS.map((key) => [key, settingDefinitions[key].name])),
  };
  return Object.hasOwn(names, source) ? (names[source] ?? null) : null;
}
