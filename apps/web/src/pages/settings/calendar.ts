import type { RouteAnswer } from "../../api.ts";

export type Calendar = RouteAnswer<"GET /v1/calendars/:entityId">;
export type CalendarDay = Calendar["days"][number];
export interface LineProblem {
  readonly line: number;
  readonly code: "day" | "order" | "long";
}

const DAY_MS = 86_400_000;
const LONGEST_DAYS = 31;
const LINE =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\s*(?:\.\.|–|—|~|～|至|to)\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2}))?[\s,，:：]*(.*)$/;
const MAKE_UP = /^(?:make-up|调休上班|补班|上班|班)(?![\p{L}\p{N}])[\s,，:：]*/iu;

/** A day of the calendar that exists, in milliseconds; undefined for 30 February. */
function readDay(year: string, month: string, day: string): number | undefined {
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day));
  const read = new Date(at);
  return read.getUTCMonth() === Number(month) - 1 && read.getUTCDate() === Number(day) ? at : undefined;
}

/**
 * Reads a pasted list, a day or a stretch in each line: `2027-02-05..2027-02-11 Spring Festival`, `2027-02-20 班 调休`.
 * All or nothing: with a line that cannot be read only the problems are answered.
 */
export function parseDays(
  text: string,
):
  | { readonly ok: true; readonly days: readonly CalendarDay[] }
  | { readonly ok: false; readonly problems: readonly LineProblem[] } {
  const days = new Map<string, CalendarDay>();
  const problems: LineProblem[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === "") continue;
    const [, y1 = "", m1 = "", d1 = "", y2, m2, d2, rest = ""] = LINE.exec(line) ?? [];
    const from = readDay(y1, m1, d1);
    const to = y2 && m2 && d2 ? readDay(y2, m2, d2) : from;
    if (from === undefined || to === undefined || Number.isNaN(from)) problems.push({ line: index + 1, code: "day" });
    else if (to < from) problems.push({ line: index + 1, code: "order" });
    else if ((to - from) / DAY_MS >= LONGEST_DAYS) problems.push({ line: index + 1, code: "long" });
    else {
      const kind = MAKE_UP.test(rest) ? "make-up" : "holiday";
      const name = rest.replace(MAKE_UP, "").trim().slice(0, 60);
      for (let at = from; at <= to; at += DAY_MS) {
        const day = new Date(at).toISOString().slice(0, 10);
        days.set(day, { day, kind, name });
      }
    }
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, days: [...days.values()] };
}

/** The days with others put in; a day that stands there already is replaced. In the order of the calendar. */
export function putDays(days: readonly CalendarDay[], others: readonly CalendarDay[]): readonly CalendarDay[] {
  const byDay = new Map([...days, ...others].map((one) => [one.day, one]));
  return [...byDay.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
}

/** Whether two calendars say the same. */
export function isSameCalendar(a: Pick<Calendar, "weekend" | "days">, b: Pick<Calendar, "weekend" | "days">): boolean {
  const plain = ({ weekend, days }: typeof a): string =>
    JSON.stringify([[...weekend].sort(), putDays([], days).map((one) => [one.day, one.kind, one.name])]);
  return plain(a) === plain(b);
}
