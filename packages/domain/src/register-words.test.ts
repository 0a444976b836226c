import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { cutSearch, foldText, listGrams, REGISTERS } from "./register.ts";
import { listLineKinds, registerKinds, tellLine, writeLineOut } from "./register-words.ts";

const reader = {
  timeZone: "Asia/Shanghai",
  nameOf: (id: string) => (id === "per_1" ? { en: "Duan Rui", zh: "段睿" } : null),
};
const digest = `sha256:${"ab12".repeat(16)}`;

test("every kind of line of every register has words in both languages, each language free of the other", () => {
  for (const register of REGISTERS)
    for (const { kind, name } of listLineKinds(register)) {
      const told = tellLine({ register, kind }, {}, reader);
      assert.deepEqual(told, { title: name, facts: [] }, `${register} ${kind} without facts`);
      assert.match(name.en, /^[A-Z][^.]+$/, `${register} ${kind}`);
      assert.doesNotMatch(name.en, /\p{Script=Han}/u, `${register} ${kind}`);
      assert.match(name.zh, /\p{Script=Han}/u, `${register} ${kind}`);
    }
});

test("the names of the kinds of one register differ", () => {
  for (const register of REGISTERS)
    for (const language of ["en", "zh"] as const) {
      const names = listLineKinds(register).map(({ name }) => name[language]);
      assert.equal(new Set(names).size, names.length, `${register} ${language}`);
    }
});

test("codes in the facts are said in the field's words, times in the entity's zone, digests by their ends", () => {
  const handover = tellLine(
    { register: "custody", kind: "handover" },
    { transferor: "per_1", cause: "rotation", bodies: 2, locks: 0, number: "LX-M-2026-000007", hidden: "per_1" },
    reader,
  );
  assert.deepEqual(writeLineOut(handover), {
    en: "Custody handed over. Transferor: Duan Rui; Reason: Rotation; Bodies: 2; Keys and codes: 0; Matter: LX-M-2026-000007",
    zh: "保管已交接。移交人：段睿；事由：轮岗；实体数：2；钥匙与密码：0；事项：LX-M-2026-000007",
  });
  const issued = tellLine({ register: "take-out", kind: "issued" }, { dueAt: "2026-11-24T16:30:00.000Z" }, reader);
  assert.equal(issued.facts[0]?.value.en, "2026-11-25 00:30");
  const sealed = tellLine({ register: "use", kind: "sealed" }, { documentClass: "contract", digest }, reader);
  assert.deepEqual(
    sealed.facts.map(({ value }) => value.zh),
    ["合同", "sha256:ab12ab12…ab12ab12"],
  );
  const people = tellLine({ register: "custody", kind: "opening" }, { custodians: "per_1 per_2" }, reader);
  assert.deepEqual(people.facts[0]?.value, {
    en: "Duan Rui, somebody not known any more",
    zh: "段睿、已无法辨识的人员",
  });
  const given = tellLine({ register: "authority", kind: "given" }, { role: "custodian", scopeKind: "seal" }, reader);
  assert.deepEqual(
    given.facts.map(({ value }) => value.en),
    ["custodian", "one seal"],
  );
});

test("whatever facts a line has, it is told in both languages, and no fact is told that its kind does not name", () => {
  const kinds = REGISTERS.flatMap((register) => listLineKinds(register).map(({ kind }) => ({ register, kind })));
  const names = [...new Set(REGISTERS.flatMap((register) => Object.values(registerKinds[register])))].flatMap(
    (words: { facts: readonly string[] }) => [...words.facts],
  );
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.constant("2026-13-40T99:99Z"));
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.dictionary(fc.constantFrom(...names, "personId"), value),
      (line, facts) => {
        const said = writeLineOut(tellLine(line, facts, reader));
        assert.ok(said.en !== "" && said.zh !== "");
        assert.ok(tellLine(line, facts, reader).facts.length <= Object.keys(facts).length);
      },
    ),
  );
});

test("a kind that nobody writes any more is told by its own name", () => {
  for (const kind of ["once", "constructor", "__proto__"])
    assert.deepEqual(tellLine({ register: "seal", kind }, { body: "1" }, reader), {
      title: { en: kind, zh: kind },
      facts: [],
    });
});

test("a search is cut at white space and folded; one character alone finds nothing", () => {
  assert.deepEqual(cutSearch(" 仪器  ＬＸ "), { parts: ["仪器", "lx"], grams: ["仪器", "lx"] });
  assert.deepEqual(cutSearch("章 合同")?.parts, ["章", "合同"]);
  assert.deepEqual(cutSearch("合同专用")?.grams, ["合同专", "同专用"]);
  for (const typed of ["", " ", "章", "a b", "— ·"]) assert.equal(cutSearch(typed), null);
});

test("what stands in a line is found by any piece of it: its grams are among the line's, its text in the line's", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), fc.nat(), fc.nat(), (text, from, length) => {
      const characters = [...text];
      const start = characters.length === 0 ? 0 : from % characters.length;
      const piece = characters.slice(start, start + (length % 6)).join("");
      fc.pre(foldText(text).includes(foldText(piece)));
      const search = cutSearch(piece);
      if (search === null) return;
      const grams = new Set(listGrams(text));
      for (const part of search.parts) assert.ok(foldText(text).includes(part));
      for (const gram of search.grams) assert.ok(grams.has(gram), gram);
    }),
  );
});

test("a day is written as each language writes days; what is none stays as it is", () => {
  const reader = { timeZone: "Asia/Shanghai", nameOf: () => null };
  const until = (value: string) => tellLine({ register: "custody", kind: "short-handover" }, { until: value }, reader);
  const said = (value: string) => until(value).facts.find((one) => one.name.en === "Until")?.value;
  assert.deepEqual(said("2026-06-01"), { en: "1 Jun 2026", zh: "2026-06-01" });
  assert.deepEqual(said("2026-13-01"), { en: "2026-13-01", zh: "2026-13-01" });
});
