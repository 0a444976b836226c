import assert from "node:assert/strict";
import { test } from "node:test";
import { composePressMail } from "./remote-mail.ts";
import { isAtRemotePresses, remoteAtIt } from "./remote-press.ts";

const facts = {
  controller: { en: "Box\r\nBcc: x@example.org", zh: "印控仪" },
  ...{ serial: "B-1", until: "2026-11-30 12:02:00 (Asia/Shanghai)", address: "https://seals.example/inbox" },
  organisation: { en: "Lanxi", zh: "澜汐" },
};

test("C04: the mail that asks for a supervisor's word says until when and where, in his language or both, and takes no line from a name", () => {
  const both = composePressMail(null, facts);
  assert.match(both.subject, /^A press waits for your word: seal controller Box Bcc: x@example\.org · 等待您同意盖章/);
  assert.ok(!/\r|\n/.test(both.subject));
  for (const part of ["2026-11-30 12:02:00", facts.address, "逾时不会盖章"]) assert.ok(both.text.includes(part), part);
  const zh = composePressMail("zh", facts);
  assert.ok(!zh.text.includes("Answer by"));
});

test("C04: who has just answered another press sits before the page and is not written to", () => {
  assert.equal(isAtRemotePresses(null, 1000), false);
  assert.equal(isAtRemotePresses(1000, 1000 + remoteAtIt - 1), true);
  assert.equal(isAtRemotePresses(1000, 1000 + remoteAtIt), false);
});
