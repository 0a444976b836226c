import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { text as formsEn } from "../apps/web/src/i18n/forms.en.ts";
import { text as formsZh } from "../apps/web/src/i18n/forms.zh.ts";
import { text as ledgerEn } from "../apps/web/src/i18n/ledger.en.ts";
import { text as pagesEn } from "../apps/web/src/i18n/terms.en.ts";
import { text as pagesZh } from "../apps/web/src/i18n/terms.zh.ts";
import { formKindNames, formStateNames } from "../packages/domain/src/controlled-forms.ts";
import { documentClasses } from "../packages/domain/src/document-class.ts";
import { LEDGER_EVENT_TYPES } from "../packages/domain/src/ledger-event.ts";
import { impressionStateNames, requestStateNames, sealStateNames } from "../packages/domain/src/state-names.ts";
import { type LocalName, roleNames, sealTypeDefaults, useModeNames } from "../packages/domain/src/vocabulary.ts";
import { projectFolder } from "./test-groups.ts";

type Names = Readonly<Record<string, LocalName>>;
const namesOf = <Key extends string>(words: Readonly<Record<Key, { readonly name: LocalName }>>): Names =>
  Object.fromEntries(Object.entries<{ readonly name: LocalName }>(words).map(([key, { name }]) => [key, name]));

/** Every list of words, with its kind in the table and its place in the pages' texts. */
const lists: readonly {
  kind: string;
  names: Names;
  en: Readonly<Record<string, string>>;
  zh: Readonly<Record<string, string>>;
}[] = [
  { kind: "role", names: roleNames, en: pagesEn.roles, zh: pagesZh.roles },
  { kind: "seal type", names: namesOf(sealTypeDefaults), en: pagesEn.sealTypes, zh: pagesZh.sealTypes },
  { kind: "document class", names: namesOf(documentClasses), en: pagesEn.documentClasses, zh: pagesZh.documentClasses },
  { kind: "form kind", names: formKindNames, en: formsEn.kinds, zh: formsZh.kinds },
  { kind: "form state", names: formStateNames, en: formsEn.states, zh: formsZh.states },
  { kind: "seal state", names: sealStateNames, en: pagesEn.states.seal, zh: pagesZh.states.seal },
  { kind: "request state", names: requestStateNames, en: pagesEn.states.request, zh: pagesZh.states.request },
  { kind: "use mode", names: useModeNames, en: pagesEn.useModes, zh: pagesZh.useModes },
  {
    kind: "impression state",
    names: impressionStateNames,
    en: pagesEn.states.impression,
    zh: pagesZh.states.impression,
  },
];

interface Row {
  readonly kind: string;
  readonly code: string;
  readonly en: string;
  readonly zh: string;
  readonly never: string;
}
function readTable(): Row[] {
  const page = readFileSync(`${projectFolder}docs/domain-language.md`, "utf8");
  // What the gate asks stands below in a table of its own, which a test of the gate holds.
  const [words = ""] = page.split("\n## What the gate asks");
  return words
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| kind |") && !line.startsWith("| --- |"))
    .map((line) => {
      const [kind = "", code = "", en = "", zh = "", , never = ""] = line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim());
      return { kind, code: code.replaceAll("`", ""), en, zh, never };
    });
}
const table = readTable();

test("docs/domain-language.md has every word of the domain with its names, and no other of these kinds", () => {
  for (const { kind, names } of lists) {
    const rows = table.filter((row) => row.kind === kind);
    assert.deepEqual(
      rows.map((row) => [row.code, row.en, row.zh]).toSorted(),
      Object.entries(names)
        .map(([key, { en, zh }]) => [key, en, zh])
        .toSorted(),
      kind,
    );
  }
});

test("pages and refusals call a thing by the same word in both languages", () => {
  for (const { kind, names, en, zh } of lists)
    for (const [key, name] of Object.entries(names)) {
      assert.equal(zh[key], name.zh, `${kind} ${key}`);
      assert.equal((en[key] ?? "").toLowerCase(), name.en.toLowerCase(), `${kind} ${key}`);
    }
});

test("no two words of a kind have the same name, and every row is whole", () => {
  for (const { kind } of lists)
    for (const language of ["en", "zh"] as const) {
      const names = table.filter((row) => row.kind === kind).map((row) => row[language]);
      assert.equal(new Set(names).size, names.length, `${kind} in ${language}`);
    }
  for (const row of table)
    assert.ok(row.kind && row.code && row.en && /\p{Script=Han}/u.test(row.zh), JSON.stringify(row));
});

test("the banned words are listed and stand in no rule, no route and no feature", () => {
  const banned = table.flatMap((row) => (row.never === "" ? [] : [row.never])).toSorted();
  assert.deepEqual(banned, ["hash chain", "log", "owner", "sign", "stamp order", "usage", "监交人"]);
  // 'sign' and 'log' have their own right beside these: keys sign, programs log. The others have none.
  const never =
    /\b(?:usages?|owners?|stamp[ -]?orders?|hash[ -]?chains?)\b|StampOrder|HashChain|SealUsage|SealOwner|监[交封销]人/i;
  const files = globSync(["packages/{domain,api}/src/**/*.ts", "apps/server/features/**/*.ts"], {
    cwd: projectFolder,
  }).filter((file) => !file.endsWith(".test.ts"));
  assert.ok(files.length > 80, String(files.length));
  for (const file of files) {
    const found = never.exec(readFileSync(projectFolder + file, "utf8"));
    assert.equal(found?.[0], undefined, `${file} says ${found?.[0]}`);
  }
});

test("every kind of ledger entry has its words, and no word is left of a kind that is gone", () => {
  assert.deepEqual(Object.keys(ledgerEn.events).sort(), [...LEDGER_EVENT_TYPES].sort());
});
