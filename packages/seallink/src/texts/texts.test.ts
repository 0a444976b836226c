import assert from "node:assert/strict";
import { test } from "node:test";
import {
  alarmCodes,
  alarmTexts,
  findingCodes,
  findingTexts,
  quarantineCodes,
  reasonCodes,
  reasonTexts,
  sayFinding,
} from "../index.ts";

test("what a box refused is told with its reason and the reason's own way out, in both languages", () => {
  for (const code of ["PRESS_REFUSED", "TOKEN_REJECTED"] as const)
    for (const reason of reasonCodes) {
      const { en, zh, todo } = sayFinding(code, reason);
      assert.equal(en, `${findingTexts[code].en} ${reasonTexts[reason].en}`);
      assert.equal(zh, `${findingTexts[code].zh}${reasonTexts[reason].zh}`);
      assert.deepEqual(todo, reasonTexts[reason].todo);
    }
  assert.equal(sayFinding("PRESS_REFUSED", "no such reason"), findingTexts.PRESS_REFUSED);
  assert.equal(sayFinding("GAP", "EXPIRED"), findingTexts.GAP, "what names no reason is told as it is");
});

test("every code has a sentence and what to do, in English and Chinese", () => {
  const all = { ...reasonTexts, ...alarmTexts, ...findingTexts };
  assert.equal(Object.keys(all).length, reasonCodes.length + alarmCodes.length + findingCodes.length);
  for (const [code, { en, zh, todo }] of Object.entries(all)) {
    for (const text of [en, todo.en]) assert.match(text, /^[A-Z].*\.$/, code);
    for (const text of [zh, todo.zh]) assert.match(text, /^[^\x20-\x7e]*[\u4e00-\u9fff].*。$/, code);
  }
});

test("the reasons of clause 3.15 are there by name", () => {
  const named =
    "FORMAT ALG_TYP UNKNOWN_KID BAD_SIG WRONG_DEVICE WRONG_EPOCH WRONG_SEAL WRONG_TAG REVOKED REVOKED_FLOOR EXPIRED NOT_YET OFFLINE_TOO_OLD NONCE COUNTER_BEHIND SPENT NO_AUTH COUNT_USED_UP WRONG_OPERATOR NO_SUPERVISOR SAME_PERSON LOCKED TAMPER FENCE PIC_DEBT SPACE LOW_BATTERY SESSION_OVER";
  for (const code of named.split(" ")) assert.ok(code in reasonTexts, code);
});

test("alarms and findings say whom to tell; what ends in quarantine is told at once", () => {
  for (const code of alarmCodes) assert.ok(alarmTexts[code].told.length > 0);
  for (const code of findingCodes) assert.ok(findingTexts[code].told.length > 0);
  for (const code of quarantineCodes) assert.equal(findingTexts[code].speed, "at-once");
  for (const code of quarantineCodes) assert.ok(findingTexts[code].told.includes("custodian"), code);
});
