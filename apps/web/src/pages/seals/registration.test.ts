import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiProblem } from "../../api.ts";
import { defaultFaceForm } from "./face-form.ts";
import {
  beginForm,
  changeKey,
  findPictureHeight,
  listSealProblems,
  makeEngraving,
  placeRefusals,
  type RegistrationFacts,
  readEngraving,
  suggestNumber,
} from "./registration.ts";

const lanxi = { entityId: "ent_1", name: { en: "Lanxi", zh: "澜汐仪器有限公司" }, code: "LX" };
const works = { entityId: "ent_2", name: { en: "Works", zh: "澜汐精工有限公司" }, code: "LP" };
const type = (name: "official" | "department", en: string, zh: string, external: boolean) => ({
  type: name,
  kindId: name,
  name: { en, zh },
  important: external,
  external,
  ...{ shape: "circle" as const, widthMm: 42, heightMm: 42 },
});
const facts: RegistrationFacts = {
  small: false,
  types: [type("official", "Company seal", "公章", true), type("department", "Department seal", "部门章", false)],
  entities: [lanxi, works],
  units: [{ unitId: "unit_1", name: { en: "Purchasing", zh: "采购部" } }],
  numbers: ["LX-01", "LX-11", "LX-A", "LP-05"].map((number) => ({
    number,
    entityId: number.startsWith("LX") ? "ent_1" : "ent_2",
  })),
};
const form = beginForm(facts);

test("a form begins with what follows from type and entity", () => {
  assert.deepEqual(
    [form.name.zh, form.number, form.external, form.face.arcText],
    ["公章", "LX-12", true, "澜汐仪器有限公司"],
  );
});

test("a form begins with the reader's own entity where there is one", () => {
  assert.equal(beginForm(facts, "ent_2").number, "LP-06");
  assert.equal(beginForm(facts, "ent_9").entityId, "ent_1");
});

test("another type, entity or unit takes along what was left as suggested", () => {
  const department = changeKey(changeKey(form, { kindId: "department" }, facts), { unitId: "unit_1" }, facts);
  assert.deepEqual(
    [department.name.en, department.external, department.face.lowerText],
    ["Department seal", false, "采购部"],
  );
  const moved = changeKey(department, { entityId: "ent_2" }, facts);
  assert.deepEqual(
    [moved.number, moved.unitId, moved.face.arcText, moved.face.lowerText],
    ["LP-06", "", "澜汐精工有限公司", defaultFaceForm("department", "澜汐精工有限公司", null).lowerText],
  );
});

test("what was typed stays", () => {
  const typed = {
    ...form,
    name: { en: "Our seal", zh: "公章" },
    number: "S-1",
    face: { ...form.face, arcText: "澜汐", widthMm: "40" },
  };
  const moved = changeKey(typed, { entityId: "ent_2" }, facts);
  assert.deepEqual(
    [moved.name.en, moved.number, moved.face.arcText, moved.face.widthMm],
    ["Our seal", "S-1", "澜汐", "40"],
  );
  const retyped = changeKey(typed, { kindId: "department" }, facts);
  assert.deepEqual(
    [retyped.name, retyped.face.widthMm, retyped.face.arcText],
    [{ en: "Our seal", zh: "部门章" }, "42", "澜汐"],
  );
});

test("the next number follows the highest of its entity", () => {
  assert.equal(suggestNumber(lanxi, facts.numbers), "LX-12");
  assert.equal(suggestNumber(works, facts.numbers), "LP-06");
  assert.equal(suggestNumber({ entityId: "ent_3", code: "NN" }, facts.numbers), "NN-01");
});

test("a form is sent only when it is complete", () => {
  const whole = { ...form, reason: "For contracts" };
  assert.deepEqual(listSealProblems(form, { faceReady: true }), ["reason"]);
  assert.deepEqual(listSealProblems(whole, { faceReady: true }), []);
  assert.deepEqual(listSealProblems({ ...whole, electronic: false }, { faceReady: true }), ["make"]);
  assert.deepEqual(listSealProblems({ ...whole, physical: true, pieces: "0" }, { faceReady: true }), ["pieces"]);
  assert.deepEqual(
    listSealProblems(
      { ...form, entityId: "", name: { en: " ", zh: "章" }, number: " ", custodians: ["per_1", "per_1"] },
      { faceReady: false },
    ),
    ["entity", "name", "number", "face", "custodians", "reason"],
  );
  const refused = { faceReady: false, loosened: true, numbers: facts.numbers, peopleRefused: true };
  assert.deepEqual(
    listSealProblems({ ...form, number: " LX-11 ", electronic: false }, refused),
    ["numberTaken", "face", "people", "supervisorTo", "supervisorRisk", "make", "reason"],
    "all at once",
  );
  assert.deepEqual(
    listSealProblems({ ...whole, number: "LP-05" }, { faceReady: true, numbers: facts.numbers }),
    [],
    "another entity's",
  );
  assert.equal(makeEngraving(whole, false, null), undefined);
  const asked = { ...whole, number: " LX-12 ", custodians: ["", "per_2"] as const, physical: true, pieces: "2" };
  const body = makeEngraving(asked, true, null);
  assert.deepEqual([body?.kind, body?.sealId, body?.unitId, body?.reason], ["engrave", null, null, "For contracts"]);
  assert.deepEqual(
    [body?.data.number, body?.data.custodians, body?.data.supervisor, body?.data.physical],
    ["LX-12", ["per_2"], null, { pieces: 2, material: "" }],
  );
  assert.deepEqual(body?.data.electronic, { keyAlgorithm: "ecdsa-p256", filing: false });
  const replacing = makeEngraving(whole, true, "seal_1");
  assert.deepEqual([replacing?.kind, replacing?.sealId], ["replace", "seal_1"]);
});

test("what came back for a change is put together again as it was asked for", () => {
  const drawn = { ...form, reason: "For contracts", unitId: "unit_1", custodians: ["per_1", ""] as const };
  const picture = { imageId: "img_1", widthPx: 400, heightPx: 300 };
  for (const asked of [
    drawn,
    { ...drawn, physical: true, pieces: "3", material: "brass", electronic: false },
    { ...drawn, faceKind: "image" as const, picture, pictureWidthMm: "40", filing: true },
  ]) {
    const first = makeEngraving(asked, true, null);
    assert.ok(first);
    assert.deepEqual(makeEngraving(readEngraving(facts, first), true, null), first);
  }
});

test("a picture keeps its proportions in millimetres, within what a face may measure", () => {
  const picture = { imageId: "img_1", widthPx: 800, heightPx: 600 };
  assert.equal(findPictureHeight(picture, "40"), 30);
  const uploaded = { ...form, reason: "For contracts", faceKind: "image" as const, picture, pictureWidthMm: "40" };
  assert.deepEqual(makeEngraving(uploaded, false, null)?.data.face, {
    kind: "image",
    imageId: "img_1",
    widthMm: 40,
    heightMm: 30,
  });
  assert.deepEqual(listSealProblems({ ...uploaded, pictureWidthMm: "6" }, { faceReady: false }), ["pictureSize"]);
  assert.deepEqual(listSealProblems({ ...uploaded, picture: null }, { faceReady: false }), ["picture"]);
});

test("each refusal of one answer is shown where it can be mended", () => {
  const codes = ["seal.number-taken", "face.state-emblem", "separation.duties-meet", "custody.all-important-seals"];
  const refusals = [...codes, "matter.evidence-missing"].map((code) => ({
    ...{ code, rule: null, sentence: { en: code, zh: code }, wayOut: null, facts: {} },
  }));
  const thrown = new ApiProblem({
    ...{ type: "", title: "", status: 409, detail: "", code: "seal.number-taken", requestId: "" },
    ...{ sentence: { en: "", zh: "" }, refusals, fields: [] },
  });
  const placed = placeRefusals(thrown);
  const codesAt = (place: keyof typeof placed): string[] => placed[place].map((one) => one.code);
  assert.deepEqual(codesAt("number"), ["seal.number-taken"]);
  assert.deepEqual(codesAt("face"), ["face.state-emblem"]);
  assert.deepEqual(codesAt("people"), ["separation.duties-meet", "custody.all-important-seals"]);
  assert.deepEqual(codesAt("form"), ["matter.evidence-missing"]);
  assert.deepEqual(placeRefusals(new Error("anything")).form, []);
});
