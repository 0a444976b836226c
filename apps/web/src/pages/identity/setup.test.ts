import assert from "node:assert/strict";
import { test } from "node:test";
import { findSetupCode, listSetupProblems, makeSetupBody, type SetupForm } from "./setup.ts";

const form: SetupForm = {
  organisation: { en: "Lanxi Instruments Co., Ltd. ", zh: "澜汐仪器有限公司" },
  entityCode: "LX",
  timeZone: "Asia/Shanghai",
  profile: "small",
  starterSet: "small-company",
  setupCode: "one-time-code",
  name: { en: "Gao Minzhi", zh: "高敏之" },
  login: "gao",
  password: "correct horse battery",
  again: "correct horse battery",
};

test("a complete setup has nothing wrong, and is sent with its names trimmed", () => {
  assert.deepEqual(listSetupProblems(form, "organisation"), []);
  assert.deepEqual(listSetupProblems(form, "administrator"), []);
  assert.equal(makeSetupBody(form).entity.name.en, "Lanxi Instruments Co., Ltd.");
});

test("each gap is named where it is", () => {
  assert.deepEqual(
    listSetupProblems({ ...form, organisation: { en: "Lanxi", zh: " " }, entityCode: "lx" }, "organisation"),
    ["organisation", "entityCode"],
  );
  assert.deepEqual(listSetupProblems({ ...form, setupCode: "", password: "short", again: "" }, "administrator"), [
    "setupCode",
    "password",
    "again",
  ]);
  assert.deepEqual(listSetupProblems({ ...form, again: "other" }, "administrator"), ["again"]);
});

test("the code comes from the link, the fragment first", () => {
  assert.equal(findSetupCode({ hash: "#code=abc%2B1", search: "?code=other" }), "abc+1");
  assert.equal(findSetupCode({ hash: "", search: "?code=other" }), "other");
  assert.equal(findSetupCode({ hash: "", search: "" }), "");
});
