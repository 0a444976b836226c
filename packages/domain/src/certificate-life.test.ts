import assert from "node:assert/strict";
import { test } from "node:test";
import { isCertificateTaken, isRenewalDue, judgeRenewal, type RenewalAsked } from "./certificate-life.ts";

const life = { notBefore: 0, notAfter: 300 };
const fit: RenewalAsked = {
  ...{ state: "enrolled", quarantined: false, ownName: true, ownKey: true, newest: life, now: 200 },
};

test("C18: a certificate is renewed from two thirds of its life on, and given again before", () => {
  assert.deepEqual([isRenewalDue(life, 199), isRenewalDue(life, 200)], [false, true]);
  assert.deepEqual([judgeRenewal(fit), judgeRenewal({ ...fit, now: 199 })], ["issue", "again"]);
});

test("C18: a box that was revoked or is in quarantine, another name, another key, or no certificate gets none", () => {
  assert.equal(judgeRenewal({ ...fit, state: "revoked" }), "not-enrolled");
  assert.equal(judgeRenewal({ ...fit, state: "awaiting-confirmation" }), "not-enrolled");
  assert.equal(judgeRenewal({ ...fit, quarantined: true }), "quarantined");
  assert.equal(judgeRenewal({ ...fit, ownName: false }), "other-name");
  assert.equal(judgeRenewal({ ...fit, ownKey: false }), "other-key");
  assert.equal(judgeRenewal({ ...fit, newest: null }), "no-certificate");
});

test("C18: an earlier certificate is taken until its overlap is over, a revoked or ended one not at all", () => {
  const earlier = { ...life, revoked: false, supersededAt: 250 };
  assert.deepEqual([isCertificateTaken(earlier, 249), isCertificateTaken(earlier, 250)], [true, false]);
  assert.equal(isCertificateTaken({ ...earlier, supersededAt: null }, 300), false);
  assert.equal(isCertificateTaken({ ...earlier, revoked: true }, 1), false);
});
