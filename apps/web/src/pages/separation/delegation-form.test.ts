import assert from "node:assert/strict";
import { test } from "node:test";
import { type DelegationForm, findDelegation, latestDay, runsBackwards } from "./delegation-form.ts";
import type { DelegableGrant } from "./queries.ts";

const grant: DelegableGrant = {
  ...{ grantId: "grant_1", role: "signatory", scope: { kind: "entity", entityId: "ent_1" } },
  ...{ scopeName: { en: "Lanxi", zh: "澜汐" }, from: "2026-01-01", to: null, today: "2026-06-01" },
  parts: [{ scope: { kind: "seal", sealId: "seal_1" }, name: { en: "Contract seal", zh: "合同专用章" } }],
};
const form: DelegationForm = {
  ...{ grantId: "grant_1", part: null, delegateId: "per_2", from: "2026-07-01", to: "2026-07-14" },
};

test("a form means a delegation of the whole grant once everything is named", () => {
  assert.deepEqual(findDelegation(form, [grant]), {
    ...{ grantId: "grant_1", scope: grant.scope, delegateId: "per_2", from: "2026-07-01", to: "2026-07-14" },
  });
  for (const change of [{ grantId: "" }, { grantId: "grant_2" }, { delegateId: "" }, { from: "" }, { to: "" }])
    assert.equal(findDelegation({ ...form, ...change }, [grant]), undefined);
});

test("a part of the grant is delegated alone, and one that is not there is nothing", () => {
  assert.deepEqual(findDelegation({ ...form, part: 0 }, [grant])?.scope, { kind: "seal", sealId: "seal_1" });
  assert.equal(findDelegation({ ...form, part: 1 }, [grant]), undefined);
});

test("days that run backwards are no delegation, and are told", () => {
  const backwards = { ...form, to: "2026-06-30" };
  assert.equal(findDelegation(backwards, [grant]), undefined);
  assert.equal(runsBackwards(backwards), true);
  assert.equal(runsBackwards(form), false);
  assert.equal(runsBackwards({ ...form, to: "" }), false);
});

test("the last day is the setting's or the grant's own, whichever comes first", () => {
  assert.equal(latestDay(form, grant, 30), "2026-07-30");
  assert.equal(latestDay(form, { ...grant, to: "2026-07-20" }, 30), "2026-07-20");
  assert.equal(latestDay(form, { ...grant, to: "2027-07-20" }, 1), "2026-07-01");
  assert.equal(latestDay({ ...form, from: "" }, grant, 30), undefined);
});
