/** Days off and days made up, of one entity. Days are YYYY-MM-DD, weekdays ISO (1 = Monday … 7 = Sunday). */
export interface WorkingCalendar {
  readonly weekend: readonly number[];
  /** Weekdays on which nobody works. */
  readonly holidays: ReadonlySet<string>;
  /** Days of a weekend that are worked to make up for a holiday. */
  readonly makeUpDays: ReadonlySet<string>;
}

/** Saturday and Sunday off, nothing else known. */
export const plainCalendar: WorkingCalendar = { weekend: [6, 7], holidays: new Set(), makeUpDays: new Set() };

export function isWorkingDay(day: string, calendar: WorkingCalendar): boolean {
  if (calendar.makeUpDays.has(day)) return true;
  return !calendar.holidays.has(day) && !calendar.weekend.includes(Temporal.PlainDate.from(day).dayOfWeek);
}

/** A calendar on which nobody ever works would count for ever; a year without a working day is such a one. */
const mostDaysOff = 366;

/**
 * The working day `count` working days after a day (0: the day itself if it is worked, else the next one that is).
 * Throws RangeError where the calendar has no working day within a year.
 */
export function addWorkingDays(day: string, count: number, calendar: WorkingCalendar): string {
  let at = Temporal.PlainDate.from(day);
  let left = count;
  for (let off = 0; ; ) {
    if (left > 0 || !isWorkingDay(at.toString(), calendar)) at = at.add({ days: 1 });
    else return at.toString();
    if (isWorkingDay(at.toString(), calendar)) {
      off = 0;
      if (left > 0) left -= 1;
      if (left === 0) return at.toString();
    } else if (++off > mostDaysOff) throw new RangeError("the calendar has no working day within a year");
  }
}

export function addDays(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

export function addMonths(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ months: count }).toString();
}

/** Whole days from one day to another; negative where the second lies before the first. */
export function daysBetween(from: string, to: string): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "days" }).days;
}

/** The last instant of a day in a time zone, epoch milliseconds: until then a thing due on that day is not late. */
export function endOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone }).epochMilliseconds - 1;
}

/** The first instant of a day in a time zone, epoch milliseconds. */
export function startOfDay(day: string, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds;
}

/** How long a clock runs: whole hours at once, or days that end with the day, worked or not. */
export interface Period {
  readonly unit: "minutes" | "hours" | "days" | "working-days" | "months";
  readonly count: number;
}

/** When a clock started at `at` (epoch milliseconds) runs out; days run to the end of the day in the entity's zone. */
export function addPeriod(at: number, period: Period, place: { timeZone: string; calendar: WorkingCalendar }): number {
  const { unit, count } = period;
  if (unit === "minutes") return at + count * 60_000;
  if (unit === "hours") return at + count * 3_600_000;
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(place.timeZone).toPlainDate().toString();
  const due =
    unit === "days"
      ? addDays(day, count)
      : unit === "months"
        ? addMonths(day, count)
        : addWorkingDays(day, count, place.calendar);
  return endOfDay(due, place.timeZone);
}
