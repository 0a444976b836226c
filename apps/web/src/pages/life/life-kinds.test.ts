import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsOf, fillData, findLifeGap, type LifeKind, lifeKinds, listLifeGaps, toggle } from "./life-kinds.ts";

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

test("a form says of each field what it lacks, before the server has to", () => {
  const surrender = { bodyIds: ["body_1"], transferorId: "per_1", receiverId: "per_2", books: " " };
  assert.deepEqual(listLifeGaps("surrender", surrender), ["books"]);
  assert.equal(findLifeGap("surrender", surrender, "books"), "type");
  assert.deepEqual(listLifeGaps("surrender", { ...surrender, books: "Register 1" }), []);
  const specimen = { bodyId: "body_1", witnessId: "per_1" };
  for (const [width, gaps] of [
    [-3, ["specimenWidthMm"]],
    [2.9, ["specimenWidthMm"]],
    [401, ["specimenWidthMm"]],
    [50, []],
  ] as const)
    assert.deepEqual(listLifeGaps("keep-specimen", { ...specimen, specimenWidthMm: width }), gaps);
  const destroyed = { bodyIds: ["body_1"], executors: ["per_1", "per_1"], witnessId: "per_3", method: "" };
  assert.deepEqual(listLifeGaps("destroy", destroyed), ["executors"], "how it is destroyed may be left open");
  assert.deepEqual(listLifeGaps("issue", {}), ["bodyIds", "scope"], "nobody has to be told");
});
