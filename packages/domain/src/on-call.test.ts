import assert from "node:assert/strict";
import { test } from "node:test";
import { listOnCallSpans, mayBeOnCall } from "./on-call.ts";
import type { Grant } from "./separation-matrix.ts";

const grant = (change: Partial<Grant>): Grant => ({
  ...{ grantId: "g", personId: "p", role: "signatory", scope: { kind: "entity", id: "e" }, entityId: "e" },
  ...{ from: "2026-01-01", to: null },
  ...change,
});

test("C11: on call is whoever holds the role on his first and his last day, for the entity or a seal of it", () => {
  const may = (grants: Grant[], role: "signatory" | "custodian" | "supervisor" = "signatory") =>
    mayBeOnCall(listOnCallSpans(grants, "e"), { personId: "p", role, from: "2026-05-01", to: "2026-05-07" });
  const ofSeal = { scope: { kind: "seal", id: "s" } } as const;
  assert.equal(may([grant({})]), true);
  assert.equal(may([grant(ofSeal)]), true);
  assert.equal(may([grant({ role: "custodian", ...ofSeal })], "custodian"), true);
  assert.equal(may([grant({ to: "2026-05-03" }), grant({ from: "2026-05-04" })]), true, "one grant may follow another");
  assert.equal(may([grant({ to: "2026-05-06" })]), false);
  assert.equal(may([grant({ from: "2026-05-02" })]), false);
  assert.equal(may([grant({ role: "supervisor" })]), false);
  assert.equal(may([grant({ personId: "other" })]), false);
  assert.equal(may([grant({ entityId: "other" })]), false);
  assert.equal(may([grant({ role: "inspector" })]), false);
});
