import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type FormatContext,
  formatAmount,
  formatBytes,
  formatClock,
  formatCount,
  formatDay,
  formatDeadline,
  formatDigest,
  formatFaceSize,
  formatMoment,
  formatNames,
  formatRecent,
  initialsOf,
  joinTitle,
  sayHalf,
} from "./format.ts";

const now = new Date("2026-11-24T03:42:00Z");
const en: FormatContext = { language: "en", timeZone: "Asia/Shanghai", now };
const zh: FormatContext = { language: "zh", timeZone: "Asia/Shanghai", now };

test("a day and a moment are written the way each language writes them", () => {
  assert.equal(formatDay("2026-11-24", en), "24 Nov 2026");
  assert.equal(formatDay("2026-11-24", zh), "2026-11-24");
  assert.equal(formatMoment("2026-11-24T03:42:00Z", en), "24 Nov 2026, 11:42");
  assert.equal(formatMoment("2026-11-24T03:42:00Z", zh), "2026-11-24 11:42");
  assert.equal(formatDay("2026-09-01", en), "1 Sep 2026");
});

test("the time of day is the reader's", () => {
  assert.equal(formatClock("2026-11-24T06:06:00Z", en), "14:06");
  assert.equal(formatClock("2026-11-24T06:06:00Z", { ...zh, timeZone: "UTC" }), "06:06");
});

test("a day without a time is the same day for every reader", () => {
  for (const timeZone of ["Pacific/Kiritimati", "UTC", "Pacific/Pago_Pago"])
    assert.equal(formatDay("2026-01-01", { ...en, timeZone }), "1 Jan 2026");
});

test("the zone is named only when it is not the reader's", () => {
  const reader = { ...en, timeZone: "UTC" };
  assert.equal(formatMoment("2026-11-24T03:42:00Z", reader, "Asia/Shanghai"), "24 Nov 2026, 11:42 (UTC+8)");
  assert.equal(formatMoment("2026-11-24T03:42:00Z", reader, "UTC"), "24 Nov 2026, 03:42");
  assert.equal(formatMoment("2026-11-24T03:42:00Z", reader, "Asia/Kolkata"), "24 Nov 2026, 09:12 (UTC+5:30)");
  assert.equal(formatMoment("2026-11-24T03:42:00Z", reader, "America/New_York"), "23 Nov 2026, 22:42 (UTC−5)");
  assert.equal(formatMoment("2026-11-24T03:42:00Z", en, "Asia/Singapore"), "24 Nov 2026, 11:42");
});

test("relative words stand for today and yesterday of the reader, and for nothing else", () => {
  assert.equal(formatRecent("2026-11-23T16:01:00Z", en), "today, 00:01");
  assert.equal(formatRecent("2026-11-23T15:59:00Z", en), "yesterday, 23:59");
  assert.equal(formatRecent("2026-11-22T15:59:00Z", en), "22 Nov 2026, 23:59");
  assert.equal(formatRecent("2026-11-24T01:14:00Z", zh), "今天 09:14");
  assert.equal(formatRecent("2026-11-23T01:14:00Z", zh), "昨天 09:14");
});

test("a deadline says how much is left, or how late it is", () => {
  assert.equal(formatDeadline("2026-11-30", en), "by 30 Nov, in 6 days");
  assert.equal(formatDeadline("2026-11-30", zh), "11 月 30 日前，还有 6 天");
  assert.equal(formatDeadline("2026-11-25", en), "by 25 Nov, in 1 day");
  assert.equal(formatDeadline("2026-11-24", en), "by 24 Nov, today");
  assert.equal(formatDeadline("2026-11-23", en), "by 23 Nov, 1 day late");
  // It is 11:42 where the reader is: what was due at 11:00 is late although the day is not over.
  assert.equal(formatDeadline("2026-11-24T03:00:00Z", en), "by 24 Nov, late since 11:00");
  assert.equal(formatDeadline("2026-11-24T03:00:00Z", zh), "11 月 24 日前，今天 11:00 起已逾期");
  assert.equal(formatDeadline("2026-11-24T07:00:00Z", en), "by 24 Nov, today");
  assert.equal(formatDeadline("2027-01-04", zh), "2027 年 1 月 4 日前，还有 41 天");
});

test("an amount always names its currency and has two decimals", () => {
  assert.equal(formatAmount("1286000", "CNY", "en"), "CNY 1,286,000.00");
  assert.equal(formatAmount("1286000.5", "CNY", "zh"), "人民币 1,286,000.50 元");
  assert.equal(formatAmount("980", "USD", "zh"), "美元 980.00");
  assert.equal(formatAmount("123456789012345.67", "CHF", "zh"), "CHF 123,456,789,012,345.67");
});

test("counts are grouped, faces are measured in millimetres", () => {
  assert.equal(formatCount(1286000), "1,286,000");
  assert.equal(formatCount(999), "999");
  assert.equal(formatFaceSize(42, 42), "⌀ 42 mm");
  assert.equal(formatFaceSize(40, 30), "40 × 30 mm");
  assert.equal(formatFaceSize(20, 20, false), "20 × 20 mm");
  assert.equal(formatFaceSize(42.04, 42.04), "⌀ 42 mm");
});

test("sizes, digests, names and initials", () => {
  assert.equal(formatBytes(999), "999 B");
  assert.equal(formatBytes(184_300), "184 kB");
  assert.equal(formatBytes(2_449_000), "2.4 MB");
  assert.equal(formatDigest(`sha256:9f3c${"0".repeat(56)}71ae`), "9f3c…71ae");
  assert.equal(formatNames(["陈以琳", "吴琼"], "zh"), "陈以琳、吴琼");
  assert.equal(initialsOf("Gao Minzhi"), "GM");
  assert.equal(initialsOf("沈怀宁"), "沈");
  assert.equal(initialsOf(""), "");
});

test("a text kept in both languages is said in the reader's; any other stays as it was written", () => {
  const title = "Rotation: Contract seal LX-07 · 轮岗：合同专用章 LX-07";
  assert.equal(sayHalf(title, "en"), "Rotation: Contract seal LX-07");
  assert.equal(sayHalf(title, "zh"), "轮岗：合同专用章 LX-07");
  assert.equal(sayHalf("A · B · 甲 · 乙", "en"), "A · B");
  for (const text of ["Contract with 北辰 · 第二版", "Plain", "A · B"]) assert.equal(sayHalf(text, "en"), text);
});

test("a title that the platform makes is read back by each in his language, however long it is", () => {
  const both = { en: "Register the template Purchase contract", zh: "登记模板：采购合同" };
  assert.equal(joinTitle(both), "Register the template Purchase contract · 登记模板：采购合同");
  for (const language of ["en", "zh"] as const) assert.equal(sayHalf(joinTitle(both), language), both[language]);
  assert.equal(joinTitle({ en: "LX-07", zh: "LX-07" }), "LX-07");
  assert.ok(joinTitle({ en: "a".repeat(300), zh: "章".repeat(300) }).length <= 200);
});
