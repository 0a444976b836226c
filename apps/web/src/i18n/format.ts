import type { Language, LocalName } from "./language.ts";

/**
 * Dates, numbers, amounts and lengths as people read them in each language. Pure: the moment and the reader's time zone
 * come in the context, and nothing depends on the locale data of the machine.
 */
export interface FormatContext {
  readonly language: Language;
  /** IANA name of the time zone that the reader is in. */
  readonly timeZone: string;
  readonly now: Date;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const DAY_MS = 86_400_000;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: string;
}

/** A title that the platform makes, kept in both languages: each reader is shown his half (`sayHalf`). */
export function joinTitle({ en, zh }: { readonly en: string; readonly zh: string }): string {
  return en === zh ? en.slice(0, 2 * HALF_TITLE) : `${en.slice(0, HALF_TITLE)} · ${zh.slice(0, HALF_TITLE)}`;
}
/** Two of them and what stands between are a title. */
const HALF_TITLE = 98;

/**
 * The half of a text that is kept in both languages, `Worn out · 磨损`, that the reader reads; any other text as it is.
 */
export function sayHalf(text: string, language: Language): string {
  const parts = text.split(" · ");
  for (let at = 1; at < parts.length; at += 1) {
    const [en, zh] = [parts.slice(0, at).join(" · "), parts.slice(at).join(" · ")];
    if (/\p{Script=Han}/u.test(en)) return text;
    if (/\p{Script=Han}/u.test(parts[at] ?? "")) return language === "en" ? en : zh;
  }
  return text;
}

/** A day: `24 Nov 2026`, `2026-11-24`. `on` is an ISO date or time; a bare date is a day everywhere. */
export function formatDay(on: string, context: FormatContext): string {
  return writeDay(partsOf(on, context.timeZone), context.language);
}

/**
 * A moment: `24 Nov 2026, 11:42`, `2026-11-24 11:42`; 24 hours. Where `timeZone` is given and differs from the
 * reader's at that moment, the time is given in it, with the offset: `24 Nov 2026, 19:42 (UTC+8)`.
 */
export function formatMoment(at: string, context: FormatContext, timeZone?: string): string {
  const zone = timeZone ?? context.timeZone;
  const offset = offsetMinutes(at, zone);
  const foreign = offset !== offsetMinutes(at, context.timeZone);
  const parts = partsOf(at, zone);
  const text = `${writeDay(parts, context.language)}${context.language === "en" ? ", " : " "}${parts.clock}`;
  return foreign ? `${text} (${writeOffset(offset)})` : text;
}

/** A moment that is near: `today, 11:42`, `yesterday, 09:14`, else the whole of it. `今天 11:42`. */
export function formatRecent(at: string, context: FormatContext): string {
  const days = daysBetween(at, context.now.toISOString(), context.timeZone);
  const { clock } = partsOf(at, context.timeZone);
  if (context.language === "en") {
    if (days === 0) return `today, ${clock}`;
    if (days === 1) return `yesterday, ${clock}`;
  } else {
    if (days === 0) return `今天 ${clock}`;
    if (days === 1) return `昨天 ${clock}`;
  }
  return formatMoment(at, context);
}

/** The time of day alone: `14:06`, for what happened just now. */
export function formatClock(at: string, context: FormatContext): string {
  return partsOf(at, context.timeZone).clock;
}

/** A deadline with what is left: `by 30 Nov, in 6 days`, `11 月 30 日前，还有 6 天`. */
export function formatDeadline(on: string, context: FormatContext): string {
  const parts = partsOf(on, context.timeZone);
  const days = countDaysTo(on, context);
  const sameYear = parts.year === partsOf(context.now.toISOString(), context.timeZone).year;
  // A day without a time ends with the day; an instant of today may be over already.
  const past = on.includes("T") && Date.parse(on) < context.now.getTime();
  const clock = past ? formatClock(on, context) : "";
  if (context.language === "en") {
    const day = `${parts.day} ${MONTHS[parts.month - 1]}${sameYear ? "" : ` ${parts.year}`}`;
    if (days === 0) return past ? `by ${day}, late since ${clock}` : `by ${day}, today`;
    if (days < 0) return `by ${day}, ${-days} ${days === -1 ? "day" : "days"} late`;
    return `by ${day}, in ${days} ${days === 1 ? "day" : "days"}`;
  }
  const day = `${sameYear ? "" : `${parts.year} 年 `}${parts.month} 月 ${parts.day} 日前`;
  if (days === 0) return past ? `${day}，今天 ${clock} 起已逾期` : `${day}，就是今天`;
  return days < 0 ? `${day}，已过 ${-days} 天` : `${day}，还有 ${days} 天`;
}

/** Days from the reader's today to a day; negative once it is past. */
export function countDaysTo(on: string, context: FormatContext): number {
  return -daysBetween(on, context.now.toISOString(), context.timeZone);
}

/** A count in groups of three: `1,286,000`. Identifiers, leaves and counters are never formatted. */
export function formatCount(count: number): string {
  return group(String(Math.trunc(count)));
}

const CURRENCY_ZH: Readonly<Record<string, readonly [string, string]>> = {
  CNY: ["人民币", "元"],
  USD: ["美元", ""],
  EUR: ["欧元", ""],
  HKD: ["港元", ""],
  JPY: ["日元", ""],
  GBP: ["英镑", ""],
};

/** An amount with its currency, two decimals: `CNY 1,286,000.00`, `人民币 1,286,000.00 元`. `amount` is decimal text. */
export function formatAmount(amount: string, currency: string, language: Language): string {
  const [whole = "0", fraction = ""] = amount.split(".");
  const figure = `${group(whole)}.${fraction.padEnd(2, "0")}`;
  if (language === "en") return `${currency} ${figure}`;
  const [before, after] = CURRENCY_ZH[currency] ?? [currency, ""];
  return after ? `${before} ${figure} ${after}` : `${before} ${figure}`;
}

/** A face's size: `⌀ 42 mm` for a circle, `40 × 30 mm` for anything else. */
export function formatFaceSize(widthMm: number, heightMm: number, round = widthMm === heightMm): string {
  return round && widthMm === heightMm
    ? `⌀ ${formatMm(widthMm)} mm`
    : `${formatMm(widthMm)} × ${formatMm(heightMm)} mm`;
}

/** Millimetres with at most one decimal: `42`, `42.5`. */
export function formatMm(mm: number): string {
  return String(Math.round(mm * 10) / 10);
}

/** A file's size: `184 kB`, `2.4 MB` (decimal units). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(Math.round(bytes / 100_000) / 10).toFixed(1)} MB`;
}

/** A digest short enough to compare by eye: `9f3c…71ae`. */
export function formatDigest(digest: string): string {
  const hex = digest.replace(/^sha256:/, "");
  return hex.length <= 9 ? hex : `${hex.slice(0, 4)}…${hex.slice(-4)}`;
}

/** Names in a row: `Chen Yilin, Wu Qiong`, `陈以琳、吴琼`. */
export function formatNames(names: readonly string[], language: Language): string {
  return names.join(language === "en" ? ", " : "、");
}

/** The name in the reader's language. */
export function nameIn(name: LocalName, language: Language): string {
  return name[language] || name.en || name.zh;
}

/** The letters in a person's disc: `GM` for Gao Minzhi, the first character of a Chinese name. */
export function initialsOf(name: string): string {
  if (/^\p{Script=Han}/u.test(name)) return name.slice(0, 1);
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0]?.[0] ?? "";
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? "") : "";
  return (first + last).toUpperCase();
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ",");
}

function writeDay(parts: Parts, language: Language): string {
  if (language === "en") return `${parts.day} ${MONTHS[parts.month - 1]} ${parts.year}`;
  return `${parts.year}-${String(parts.month).padStart(2, "0")}-${String(parts.day).padStart(2, "0")}`;
}

function partsOf(at: string, timeZone: string): Parts {
  const bare = /^(\d{4})-(\d{2})-(\d{2})$/.exec(at);
  if (bare) return { year: Number(bare[1]), month: Number(bare[2]), day: Number(bare[3]), clock: "00:00" };
  const shifted = new Date(new Date(at).getTime() + offsetMinutes(at, timeZone) * 60_000);
  const iso = shifted.toISOString();
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    clock: iso.slice(11, 16),
  };
}

/** Whole days from the day of `from` to the day of `to`, in one time zone; negative if `from` is later. */
function daysBetween(from: string, to: string, timeZone: string): number {
  const a = partsOf(from, timeZone);
  const b = partsOf(to, timeZone);
  return Math.round((Date.UTC(b.year, b.month - 1, b.day) - Date.UTC(a.year, a.month - 1, a.day)) / DAY_MS);
}

function offsetMinutes(at: string, timeZone: string): number {
  const moment = new Date(at);
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  }).formatToParts(moment);
  const read = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  const local = Date.UTC(read("year"), read("month") - 1, read("day"), read("hour"), read("minute"));
  return Math.round((local - Math.floor(moment.getTime() / 60_000) * 60_000) / 60_000);
}

function writeOffset(minutes: number): string {
  const sign = minutes < 0 ? "−" : "+";
  const hours = Math.floor(Math.abs(minutes) / 60);
  const rest = Math.abs(minutes) % 60;
  return minutes === 0 ? "UTC" : `UTC${sign}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}`;
}
