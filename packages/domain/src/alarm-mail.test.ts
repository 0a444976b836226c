import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type AlarmMailFacts, composeAlarmMail, onOneLine } from "./alarm-mail.ts";
import { readMailAddress } from "./mail-address.ts";

const facts: AlarmMailFacts = {
  says: { en: "It was opened.", zh: "设备被打开。" },
  todo: { en: "Go and look.", zh: "请到现场查看。" },
  controller: { en: "Front desk", zh: "前台" },
  ...{ serial: "S-1", place: { en: "Safe 2", zh: "二号柜" }, speed: "at-once", level: 0 },
  seals: [{ name: { en: "Company seal", zh: "公章" }, number: "LX-01" }],
  at: "2026-11-29 21:38 (Asia/Shanghai)",
  organisation: { en: "Lanxi", zh: "澜汐" },
  address: "https://seals.example.org/alarms",
};

test("a mail about an alarm says what happened, what to do, which box and seals, and where it is acknowledged", () => {
  const en = composeAlarmMail("en", facts);
  assert.equal(en.subject, "Alarm: seal controller Front desk");
  for (const part of ["It was opened.", "Go and look.", "S-1", "Safe 2", "Company seal LX-01", facts.at, facts.address])
    assert.ok(en.text.includes(part), part);
  assert.ok(!/[\p{Script=Han}]/u.test(en.text));
  const zh = composeAlarmMail("zh", { ...facts, level: 1 });
  assert.equal(zh.subject, "报警尚未确认：印控仪 前台");
  for (const part of ["设备被打开。", "请到现场查看。", "二号柜", "公章 LX-01", facts.address])
    assert.ok(zh.text.includes(part), part);
  const both = composeAlarmMail(null, facts);
  assert.equal(both.subject, "Alarm: seal controller Front desk · 报警：印控仪 前台");
  assert.ok(both.text.includes(en.text.trim()) && both.text.includes("设备被打开。"));
});

test("hostile names: whatever a name holds, subject and each line stay one line without controls or turned direction", () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 300 }),
    fc.constantFrom("x\r\nBcc: all@example.org", "a\u2028b", "\u202egnp.exe", "n\u0000ul", "\ud800", "\u200bzero"),
  );
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, number, serial) => {
      const both = { en: name, zh: name };
      const mail = composeAlarmMail(null, {
        ...{ ...facts, controller: both, serial, place: both, organisation: both },
        seals: [{ name: both, number }],
      });
      assert.ok(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(mail.subject), JSON.stringify(mail.subject));
      assert.ok([...mail.subject].length <= 200);
      const lines = mail.text.split("\n");
      assert.equal(lines.length, composeAlarmMail(null, facts).text.split("\n").length);
      for (const line of lines) assert.ok(!/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line), JSON.stringify(line));
    }),
  );
  assert.equal(onOneLine(" a\r\n\tb  c "), "a b c");
  assert.equal(onOneLine("x".repeat(200)).length, 120);
});

const addresses: readonly [text: string, address: string | null][] = [
  [" Zhou.Wei@Example.ORG ", "Zhou.Wei@example.org"],
  ["a+alarms@mail.example.com.cn", "a+alarms@mail.example.com.cn"],
  ["a@b.c", "a@b.c"],
  ["no-at.example.org", null],
  ["@example.org", null],
  ["a@example", null],
  ["a@-bad.org", null],
  ["a@b..org", null],
  [".a@example.org", null],
  ["a..b@example.org", null],
  ['"a b"@example.org', null],
  ["a@example.org, b@example.org", null],
  ["A <a@example.org>", null],
  ["a@example.org\r\nBcc: b@example.org", null],
  ["a\u0000@example.org", null],
  ["ä@example.org", null],
  ["a@[127.0.0.1]", null],
  [`${"a".repeat(65)}@example.org`, null],
  [`a@${"b".repeat(64)}.org`, null],
  [`a@${"b.".repeat(130)}org`, null],
];
for (const [text, address] of addresses)
  test(`a mail address: ${JSON.stringify(text.slice(0, 60))} is ${address ?? "none"}`, () =>
    assert.equal(readMailAddress(text), address));

test("what is read as a mail address can end no header and begin no other recipient", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 80 }), fc.constantFrom("", "@example.org"), (text, end) => {
      const address = readMailAddress(text + end);
      if (address !== null) assert.match(address, /^[\x21-\x7e]+$/);
      if (address !== null) assert.ok(!/[\s,;:<>()[\]"\\]/.test(address));
    }),
  );
});
