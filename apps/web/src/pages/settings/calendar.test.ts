import assert from "node:assert/strict";
import { test } from "node:test";
import { isSameCalendar, parseDays, putDays } from "./calendar.ts";

test("a list is read with days, stretches and make-up days, as people write them", () => {
  const read = parseDays("2027-02-05..2027-02-07 Spring Festival\n\n2027/2/20 班 春节调休\r\n2027-01-01，元旦");
  assert.ok(read.ok);
  assert.deepEqual(
    read.days.map((one) => `${one.day} ${one.kind} ${one.name}`),
    [
      "2027-02-05 holiday Spring Festival",
      "2027-02-06 holiday Spring Festival",
      "2027-02-07 holiday Spring Festival",
      "2027-02-20 make-up 春节调休",
      "2027-01-01 holiday 元旦",
    ],
  );
});

test("a name that only begins like a make-up day stays a holiday's", () => {
  const read = parseDays("2027-05-01 班组日");
  assert.deepEqual(read.ok && read.days, [{ day: "2027-05-01", kind: "holiday", name: "班组日" }]);
});

test("a list with a line that cannot be read is not taken, and each such line is named", () => {
  const read = parseDays(
    "2027-02-05 ok\nnext Friday\n2027-02-30 no such day\n2027-03-02..2027-03-01\n2027-01-01..2027-06-01",
  );
  assert.deepEqual(read, {
    ok: false,
    problems: [
      { line: 2, code: "day" },
      { line: 3, code: "day" },
      { line: 4, code: "order" },
      { line: 5, code: "long" },
    ],
  });
});

test("a day put in again replaces the one that stood there, in the order of the calendar", () => {
  const first = { day: "2027-01-02", kind: "holiday", name: "a" } as const;
  const put = putDays(
    [first],
    [
      { day: "2027-01-01", kind: "holiday", name: "b" },
      { ...first, kind: "make-up" },
    ],
  );
  assert.deepEqual(
    put.map((one) => `${one.day} ${one.kind}`),
    ["2027-01-01 holiday", "2027-01-02 make-up"],
  );
});

test("calendars are the same whatever the order they are written in", () => {
  const days = [
    { day: "2027-01-02", kind: "holiday", name: "a" },
    { day: "2027-01-01", kind: "holiday", name: "b" },
  ] as const;
  assert.ok(isSameCalendar({ weekend: [7, 6], days: [...days] }, { weekend: [6, 7], days: days.toReversed() }));
  assert.ok(!isSameCalendar({ weekend: [7], days: [...days] }, { weekend: [6, 7], days: [...days] }));
});
