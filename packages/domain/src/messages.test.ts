import assert from "node:assert/strict";
import { test } from "node:test";
import { FORM_STATES } from "./controlled-forms.ts";
import { CONTROL_IDS, controls } from "./controls.ts";
import { DOCUMENT_CLASS_IDS, documentClasses } from "./document-class.ts";
import { DUTIES } from "./duties.ts";
import { LEDGER_EVENT_TYPES } from "./ledger-event.ts";
import { MATTER_STATES } from "./matter.ts";
import { describe, describeRefusal, type Message, messages } from "./messages.ts";
import { refuse } from "./refusal.ts";
import { SEAL_STATES } from "./seal-life.ts";
import { impressionStateNames, requestStateNames, sealStateNames } from "./state-names.ts";
import { UNFINISHED_KINDS } from "./unfinished-places.ts";
import {
  IMPRESSION_STATES,
  type LocalName,
  ROLES,
  roleNames,
  SEAL_TYPES,
  SEAL_USE_REQUEST_STATES,
  sealTypeDefaults,
} from "./vocabulary.ts";

const all: readonly (readonly [string, Message])[] = Object.entries(messages);
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "").toSorted();
const isSaid = ({ en, zh }: LocalName, what: string): void => {
  assert.match(en, /^[^\s].*[^\s]$/s, `${what} in English`);
  assert.doesNotMatch(en, /\p{Script=Han}/u, `${what}: English without Chinese`);
  assert.match(zh, /\p{Script=Han}/u, `${what} in Chinese`);
};

test("every code has a sentence in both languages that ends like one, and its ways out in both or in neither", () => {
  assert.ok(all.length > 90, String(all.length));
  for (const [code, { sentence, wayOut }] of all) {
    assert.match(code, /^[a-z][a-z-]*(\.[a-z-]+)+$/);
    for (const text of wayOut === null ? [sentence] : [sentence, wayOut]) {
      isSaid(text, code);
      assert.match(text.en, /[.]$/, code);
      assert.match(text.zh, /。$/, code);
    }
  }
});

test("both languages of a text name the same facts", () => {
  for (const [code, { sentence, wayOut }] of all)
    for (const text of [sentence, ...(wayOut ? [wayOut] : [])])
      assert.deepEqual(placeholders(text.zh), placeholders(text.en), code);
});

test("one is said of one, and many of any other number", () => {
  const said = (count: number): string => describe("facts.differ", { count }).sentence.en;
  assert.match(said(1), /in 1 place, and/);
  assert.match(said(2), /in 2 places, and/);
  assert.match(said(0), /in 0 places, and/);
  assert.match(describe("rules.faulty", { faults: 1 }).sentence.en, /1 place has to be mended/);
  // A number is not followed by a word for many that nothing chose.
  const verbs = ["is", "was", "has", "does", "gives", "owes", "shows", "stays", "as"];
  for (const [code, { sentence, wayOut }] of all)
    for (const { en } of [sentence, ...(wayOut ? [wayOut] : [])])
      for (const [, word = ""] of en.matchAll(/\{\w+\} (?:more |further |blank |working )?([a-z]+s)\b/g))
        assert.ok(verbs.includes(word), `${code}: ${word}`);
});

test("the rule that a sentence names is the same in both languages and exists", () => {
  for (const [code, { sentence }] of all) {
    const english = sentence.en.match(/C\d\d/g) ?? [];
    assert.deepEqual(sentence.zh.match(/C\d\d/g) ?? [], english, code);
    for (const id of english)
      assert.ok(
        CONTROL_IDS.some((known) => known === id),
        `${code}: ${id}`,
      );
  }
});

test("every state that a sentence tells is told by its name, in both languages", () => {
  const impression = ["impression.command-not-possible", "stamping.reported-already", "ruling.not-unknown"];
  const request = [
    ...["approval.step-not-current", "request.command-not-possible", "gate.request-authorised.not"],
    ...["gate.other-side-agreed.not", "stamping.not-open", "stamping.not-ended", "print.not-authorised"],
    ...["make-up.not-registered", "custody.stamping-not-open"],
  ];
  const seal = ["seal.command-not-possible", "gate.seal-in-use.not", "handover.state", "take-out.state", "seal.ended"];
  const statesOf: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(impression.map((code) => [code, IMPRESSION_STATES])),
    ...Object.fromEntries(request.map((code) => [code, SEAL_USE_REQUEST_STATES])),
    ...Object.fromEntries(seal.map((code) => [code, SEAL_STATES])),
    "account.decided-already": ["waiting", "confirmed", "declined"],
    "matter.command-not-possible": MATTER_STATES,
    ...{ "forms.elsewhere": FORM_STATES, "sheets.not-out": FORM_STATES },
  };
  const told = all.filter(([, { sentence }]) => sentence.en.includes("{state}")).map(([code]) => code);
  assert.deepEqual(told.toSorted(), Object.keys(statesOf).toSorted(), "whose states are told is listed here");
  for (const [code, states] of Object.entries(statesOf))
    for (const state of states) {
      const { sentence } = describe(code, { ...{ range: "7", other: "", original: "", copy: 1 }, state });
      assert.doesNotMatch(sentence.zh.replaceAll(/规则 C\d\d/g, ""), /[a-z]/, `${code} ${state}`);
    }
  assert.match(describe("stamping.not-open", { state: "closed" }).sentence.zh, /「已盖章」/);
  assert.match(describe("stamping.reported-already", { state: "pressed" }).sentence.zh, /状态为「?已盖章/);
});

test("facts are shown in the reader's words: roles, seals, documents, states and duties by their names", () => {
  const meeting = describeRefusal(
    refuse(
      "separation.duties-meet",
      {
        ...{ role: "custodian", heldRole: "inspector", scope: "seal", heldUntil: null },
        besideRoles: "supervisor seal-administrator",
      },
      "C11",
    ),
  );
  assert.match(meeting.sentence.en, /roles custodian and inspector .* until: open\./);
  assert.match(meeting.sentence.zh, /保管人与检查人.*截止：未定。/);
  assert.match(meeting.wayOut?.en ?? "", /somebody else for custodian: .* these: supervisor, seal administrator\. Or/);
  assert.match(meeting.wayOut?.zh ?? "", /只担任以下角色的人：监印人、印章管理员；/);
  const facts = { sealType: "department", documentClass: "contract" };
  assert.equal(describe("entry.wrong-seal", facts).sentence.zh, "部门章不能用于「合同」。规则 C07。");
  assert.match(describe("request.command-not-possible", { state: "cancelled" }).sentence.zh, /「已取消」/);
  assert.match(describe("seal.command-not-possible", { state: "cancelled" }).sentence.zh, /「已注销」/);
  assert.match(describe("impression.command-not-possible", { state: "settled" }).sentence.zh, /已结清/);
  assert.match(describe("account.decided-already", { state: "declined" }).sentence.zh, /已拒绝/);
  assert.match(describe("gate.seal-in-use.not", { state: "frozen" }).sentence.en, /is frozen/);
  const duty = describe("gate.duties-apart.not", { duty: "legal-reviewer", otherDuty: "supervisor" });
  assert.equal(duty.sentence.en, "One person is legal reviewer and supervisor of this request.");
});

test("a value that is none of the words is shown as it is, and one that names a part of the language finds nothing", () => {
  for (const value of ["constructor", "__proto__", "toString", "<b>", "$&"]) {
    assert.match(describe("grant.held-already", { role: value }).sentence.en, new RegExp(value.replace("$", "\\$")));
    assert.equal(describe(value).sentence.en, value);
    assert.equal(describe(value).wayOut, null);
  }
});

test("every word the product chooses from has a name in both languages", () => {
  const lists: readonly (readonly [readonly string[], Readonly<Record<string, LocalName>>])[] = [
    [ROLES, roleNames],
    [SEAL_TYPES, Object.fromEntries(SEAL_TYPES.map((type) => [type, sealTypeDefaults[type].name]))],
    [DOCUMENT_CLASS_IDS, Object.fromEntries(DOCUMENT_CLASS_IDS.map((id) => [id, documentClasses[id].name]))],
    [SEAL_STATES, sealStateNames],
    [SEAL_USE_REQUEST_STATES, requestStateNames],
    [IMPRESSION_STATES, impressionStateNames],
  ];
  for (const [keys, names] of lists) {
    assert.deepEqual(Object.keys(names).toSorted(), keys.toSorted());
    for (const key of keys) isSaid(names[key] ?? { en: "", zh: "" }, key);
  }
  for (const duty of DUTIES) {
    const { sentence } = describe("gate.duties-apart.not", { duty, otherDuty: duty });
    assert.doesNotMatch(sentence.zh, /[a-z]/, duty);
  }
  for (const kind of UNFINISHED_KINDS) isSaid(describe(`unfinished.${kind}`).sentence, kind);
});

test("every control C01 to C24 exists with title, rule and severity, in both languages, each said differently", () => {
  assert.deepEqual(
    [...CONTROL_IDS],
    Array.from({ length: 24 }, (_, at) => `C${String(at + 1).padStart(2, "0")}`),
  );
  assert.deepEqual(Object.keys(controls).toSorted(), [...CONTROL_IDS]);
  for (const id of CONTROL_IDS) {
    isSaid(controls[id].title, id);
    isSaid(controls[id].rule, id);
    assert.match(controls[id].rule.en, /\.$/);
    assert.match(controls[id].rule.zh, /。$/);
    assert.ok(["high", "medium", "low"].includes(controls[id].severity));
  }
  for (const part of ["title", "rule"] as const)
    for (const language of ["en", "zh"] as const)
      assert.equal(new Set(CONTROL_IDS.map((id) => controls[id][part][language])).size, 24);
});

test("C06 C07: important seals and seals for the outside are those that product.md names", () => {
  assert.deepEqual(
    SEAL_TYPES.filter((type) => sealTypeDefaults[type].important),
    ["official", "contract", "finance", "legal-representative"],
  );
  assert.equal(sealTypeDefaults.department.external, false);
  for (const id of DOCUMENT_CLASS_IDS) {
    const { sealTypes, external } = documentClasses[id];
    assert.ok(sealTypes.length > 0, id);
    assert.equal(new Set(sealTypes).size, sealTypes.length, id);
    if (external)
      assert.ok(
        sealTypes.some((type) => sealTypeDefaults[type].external),
        `${id} could never be sealed`,
      );
  }
});

test("events of the ledger are past participles of the field's words, each once", () => {
  assert.equal(new Set(LEDGER_EVENT_TYPES).size, LEDGER_EVENT_TYPES.length);
  for (const type of LEDGER_EVENT_TYPES) {
    assert.match(type, /^([A-Z][a-z]+)+$/);
    assert.match(type, /(ed|Given|Made|SetUp|Out|Withdrawn|Away|[Ff]rozen)$/, type);
    assert.doesNotMatch(
      type,
      /Usage|Owner|StampOrder|Sign(ed|ature)(?!Out)/,
      "banned words (architecture.md, 'Naming')",
    );
  }
});

test("a day in a sentence is written as people of the language write it", () => {
  const { sentence } = describe("grant.already-past", { to: "2026-11-03" });
  assert.ok(sentence.en.includes("3 Nov 2026"), sentence.en);
  assert.ok(sentence.zh.includes("2026-11-03"), sentence.zh);
});

test("what a sheet says in place of a day is quoted as it stands there, and not as if it were one", () => {
  for (const text of ["2020-13-45", "2020-00-10", "2020-10-32"])
    assert.ok(describe("import.no-day", { text }).sentence.en.startsWith(`“${text}”`), text);
});
