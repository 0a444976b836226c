import assert from "node:assert/strict";
import { test } from "node:test";
import { type GlyphOutline, sealTypes } from "@chancery/seal-image";
import { changeShape, defaultFaceForm, drawLiveFace, type FaceForm, readMm, toFaceSpec } from "./face-form.ts";

/** A font in which every character but one is a box. */
const box: GlyphOutline = {
  advance: 1,
  path: [["M", 0, 0], ["L", 1, 0], ["L", 1, 0.8], ["Z"]],
  bounds: [0, 0, 1, 0.8],
};
const font = (text: string): Map<string, GlyphOutline | null> =>
  new Map([...text].map((character) => [character, character === "🀀" ? null : box]));
const official = defaultFaceForm("official", "澜汐仪器有限公司", null);
const letters = "澜汐仪器有限公司部门章0123456789🀀";

test("the usual face of every type is drawn, a name seal once the name is typed", () => {
  for (const type of sealTypes) {
    const form = defaultFaceForm(type, "澜汐仪器有限公司", type === "department" ? "采购部" : null);
    const typed = form.shape === "square" ? { ...form, centreText: "沈怀宁印" } : form;
    const waits = drawLiveFace(typed, new Map());
    assert.equal(waits.state, "waiting", type);
    const drawn = drawLiveFace(typed, font(waits.state === "waiting" ? waits.characters : ""));
    assert.equal(drawn.state, "drawn", type);
  }
});

test("a face waits for the outlines it does not have yet, and only for those", () => {
  const live = drawLiveFace(official, font("澜汐仪器"));
  assert.deepEqual(live, { state: "waiting", characters: "有限公司" });
});

test("a face is drawn in true size once all outlines are there", () => {
  const live = drawLiveFace(official, font(letters));
  assert.equal(live.state, "drawn");
  assert.match(live.state === "drawn" ? live.svg : "", /width="42mm" height="42mm" viewBox="0 0 42 42"/);
});

const refusal = (change: Partial<FaceForm>): unknown[] => {
  const live = drawLiveFace({ ...official, ...change }, font(letters));
  return live.state === "refused" ? [live.code, live.fields, live.missing] : [live.state];
};

test("a refused face names the fields that have to change", () => {
  assert.deepEqual(refusal({ lowerText: "国徽" }), ["face.state-emblem", ["lowerText"], ""]);
  assert.deepEqual(refusal({ arcText: "全国统一发票", lowerText: "监制章" }), [
    "face.invoice-supervision",
    ["arcText", "lowerText"],
    "",
  ]);
  assert.deepEqual(refusal({ lowerText: "章".repeat(17) }), ["face.text-too-long", ["lowerText"], ""]);
  assert.deepEqual(refusal({ code: "123" }), ["face.code-invalid", ["code"], ""]);
  assert.deepEqual(refusal({ widthMm: "4" }), ["face.size-out-of-range", ["size"], ""]);
  assert.deepEqual(refusal({ widthMm: "wide" }), ["face.size-out-of-range", ["size"], ""]);
  assert.deepEqual(refusal({ arcText: " " }), ["face.empty", ["arcText"], ""]);
  assert.deepEqual(refusal({ lowerText: "章🀀" }), ["face.character-missing", ["lowerText"], "🀀"]);
});

test("another shape keeps what it can have", () => {
  const square = changeShape({ ...official, centreText: "澜汐", code: "9900000042017" }, "square");
  assert.deepEqual([square.widthMm, square.heightMm, square.centre, square.code], ["42", "42", "text", ""]);
  assert.equal(toFaceSpec(square).centre, undefined);
  const oval = changeShape(official, "oval");
  assert.deepEqual([oval.widthMm, oval.heightMm], ["42", "29"]);
  assert.equal(toFaceSpec(changeShape(oval, "circle")).heightMm, 42);
});

test("only what the form shows reaches the face", () => {
  const spec = toFaceSpec({ ...official, centre: "star", centreText: "left over", heightMm: "10" });
  assert.equal(spec.centreText, undefined);
  assert.equal(spec.heightMm, 42);
  assert.equal(toFaceSpec({ ...official, centre: "text", centreText: "章" }).centre, "none");
});

test("millimetres are read with point or comma, and nothing else", () => {
  assert.deepEqual(["42", " 42,5 ", "7.25"].map(readMm), [42, 42.5, 7.25]);
  for (const typed of ["", "-4", "4 2", "1e2", "42mm", "1000"]) assert.ok(Number.isNaN(readMm(typed)), typed);
});
