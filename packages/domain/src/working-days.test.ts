import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  addPeriod,
  addWorkingDays,
  daysBetween,
  endOfDay,
  isWorkingDay,
  plainCalendar,
  type WorkingCalendar,
} from "./working-days.ts";

const golden: WorkingCalendar = {
  weekend: [6, 7],
  holidays: new Set(["2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06", "2026-10-07"]),
  makeUpDays: new Set(["2026-10-10"]),
};

test("working days step over weekends and holidays and count days made up", () => {
  assert.equal(addWorkingDays("2026-09-30", 1, golden), "2026-10-08");
  assert.equal(addWorkingDays("2026-09-30", 3, golden), "2026-10-10");
  assert.equal(addWorkingDays("2026-10-03", 0, golden), "2026-10-08");
  assert.equal(addWorkingDays("2026-11-27", 3, plainCalendar), "2026-12-02");
  assert.equal(addWorkingDays("2026-11-27", 0, plainCalendar), "2026-11-27");
});

test("a calendar without a working day ends in an error, not in an endless count", () => {
  assert.throws(
    () => addWorkingDays("2026-01-01", 1, { ...plainCalendar, weekend: [1, 2, 3, 4, 5, 6, 7] }),
    RangeError,
  );
});

const dayArbitrary = fc
  .integer({ min: 0, max: 20_000 })
  .map((n) => Temporal.PlainDate.from("2000-01-01").add({ days: n }));

test("the result is a working day and exactly `count` working days lie behind the start", () => {
  fc.assert(
    fc.property(
      dayArbitrary,
      fc.integer({ min: 0, max: 60 }),
      fc.array(fc.integer({ min: 0, max: 90 })),
      (start, count, off) => {
        const calendar = { ...plainCalendar, holidays: new Set(off.map((n) => start.add({ days: n }).toString())) };
        const end = addWorkingDays(start.toString(), count, calendar);
        assert.ok(isWorkingDay(end, calendar));
        let worked = 0;
        for (let at = start; Temporal.PlainDate.compare(at, Temporal.PlainDate.from(end)) < 0; ) {
          at = at.add({ days: 1 });
          if (isWorkingDay(at.toString(), calendar)) worked += 1;
        }
        const expected = count === 0 ? (isWorkingDay(start.toString(), calendar) ? 0 : 1) : count;
        assert.equal(worked, expected);
      },
    ),
  );
});

test("a clock of days runs to the end of the day of the entity, also where the clocks change", () => {
  const place = { timeZone: "Asia/Shanghai", calendar: golden };
  const at = Date.parse("2026-11-27T18:00:00Z"); // the 28th in Shanghai, a Saturday
  assert.equal(new Date(addPeriod(at, { unit: "days", count: 1 }, place)).toISOString(), "2026-11-29T15:59:59.999Z");
  assert.equal(
    new Date(addPeriod(at, { unit: "working-days", count: 1 }, place)).toISOString(),
    "2026-11-30T15:59:59.999Z",
  );
  assert.equal(addPeriod(at, { unit: "hours", count: 24 }, place) - at, 86_400_000);
  assert.equal(new Date(endOfDay("2026-10-25", "Europe/Berlin")).toISOString(), "2026-10-25T22:59:59.999Z");
  assert.equal(daysBetween("2026-11-27", "2026-12-02"), 5);
});
