import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsOf, fillData, type LifeKind, lifeKinds, toggle } from "./life-kinds.ts";

test("a form begins with every field of its kind, and keeps what was there", () => {
  for (const kind of Object.keys(lifeKinds) as LifeKind[]) {
    const begun = fillData(kind, {});
    const names = fieldsOf(kind).flatMap(([name, { input }]) =>
      input === "make" ? ["physical", "electronic"] : [name],
    );
    assert.deepEqual(Object.keys(begun).toSorted(), [...names].toSorted(), kind);
  }
  assert.equal(fillData("file-seal", { filingNumber: "3301" }).filingNumber, "3301");
  assert.deepEqual(fillData("destroy", {}).executors, ["", ""]);
  assert.equal(fillData("renew-certificate", {}).keyAlgorithm, "ecdsa-p256");
});

test("an id is named once, and taken away whole", () => {
  assert.deepEqual(toggle(["a"], "a", true), ["a"]);
  assert.deepEqual(toggle(["a", "b"], "a", false), ["b"]);
});
