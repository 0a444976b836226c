import assert from "node:assert/strict";
import { test } from "node:test";
import { text as en } from "../i18n/parts.en.ts";
import { findDuty } from "./seal-duty.ts";

test("a seal that is not in use yet waits for its people, whatever its certificate", () => {
  assert.deepEqual(findDuty({ state: "filed", certificateState: "valid" }, 900), { duty: "people", urgency: "soon" });
});

test("C23 a seal of the opening stock is confirmed before anything else is owed", () => {
  const duty = findDuty({ state: "awaiting-issue", certificateState: "none", toConfirm: true }, 0);
  assert.deepEqual(duty, { duty: "confirm", urgency: "soon" });
});

test("a certificate is near, on its last day, or past", () => {
  const duty = (certificateState: "valid" | "expiring" | "expired" | "revoked" | "none", days: number): string[] => {
    const found = findDuty({ state: "in-use", certificateState }, days);
    return [found.duty, found.urgency];
  };
  assert.deepEqual(duty("valid", 200), ["until", "later"]);
  assert.deepEqual(duty("expiring", 12), ["expires", "soon"]);
  assert.deepEqual(duty("expiring", 0), ["today", "soon"]);
  assert.deepEqual(duty("expired", -3), ["expired", "late"]);
  assert.deepEqual(duty("revoked", 300), ["revoked", "late"]);
  assert.deepEqual(duty("none", 0), ["none", "soon"]);
});

test("a seal that has ended owes nothing, and its certificate is still told", () => {
  assert.deepEqual(findDuty({ state: "stopped", certificateState: "revoked" }, 300), {
    duty: "revoked",
    urgency: "later",
  });
});

test("every duty has its words", () => {
  const words = Object.keys(en.seal.duties).map((key) => key.replace(/_(one|other)$/, ""));
  for (const duty of ["confirm", "people", "until", "expires", "today", "expired", "revoked", "none"])
    assert.ok(words.includes(duty), duty);
});
