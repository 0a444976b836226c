import assert from "node:assert/strict";
import { test } from "node:test";
import { beginChange, changeKind, listChanged, listMissing, type SealTypeNow } from "./seal-kind-form.ts";

const kind: SealTypeNow = {
  ...{ kindId: "business", type: "business", version: 3, name: { en: "Business seal", zh: "业务专用章" } },
  ...{ important: false, external: true, filing: "pieces", shape: "circle", widthMm: 42, heightMm: 42 },
  ...{ classes: ["quotation", "other"], leastContainer: "any", holders: "anybody", pressers: "custodian" },
  ...{
    dualControl: false,
    own: false,
    ownClasses: [],
    face: { shape: "circle", widthMm: 42, heightMm: 42 },
    earlier: [],
  },
  waiting: null,
};

test("a change begins with what the kind is; an own kind begins without a name, as the type it is based on", () => {
  const changed = beginChange(kind, false);
  assert.deepEqual([changed.kindId, changed.version, changed.name.zh], ["business", 3, "业务专用章"]);
  const own = beginChange(kind, true);
  assert.deepEqual([own.kindId, own.version, own.name.zh, own.type], [null, 0, "", "business"]);
  assert.deepEqual(listMissing({ ...changed, reason: "New rules" }), []);
  assert.deepEqual(listMissing({ ...changed, widthMm: 0, reason: " " }), ["width", "reason"]);
  assert.deepEqual(listMissing({ ...own, reason: "New rules" }), ["name"]);
});

test("what follows from a part of a kind is set with it", () => {
  const form = beginChange(kind, false);
  assert.equal(changeKind(form, { important: true }).dualControl, true);
  assert.equal(changeKind(form, { widthMm: 40 }).heightMm, 40);
  assert.equal(changeKind({ ...form, shape: "oval" }, { widthMm: 50 }).heightMm, 42);
  assert.equal(changeKind(form, { pressers: "named" }).leastContainer, "controller");
});

test("what a change makes different is told, whatever the order of its classes", () => {
  assert.deepEqual(listChanged(kind, { ...kind, classes: ["other", "quotation"] }), []);
  assert.deepEqual(listChanged(kind, { ...kind, classes: ["other"], holders: "unit" }), ["classes", "holders"]);
});
