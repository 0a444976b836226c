import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { CONTROL_IDS } from "./controls.ts";
import { starterBook } from "./document-class.ts";
import { RULE_CHAPTERS, type RuleBook, type RuleBookFacts, ruleBookDigestInput, writeRuleBook } from "./rule-book.ts";
import { compareRuleBooks, compareWords } from "./rule-book-difference.ts";
import { listPublishRefusals, listReadingRefusals } from "./rule-book-version.ts";
import { articleSourceName } from "./rule-book-words.ts";
import { readSettingValues, SETTING_KEYS, settingDefinitions } from "./settings.ts";
import { STARTER_SETS, starterRules } from "./starter-rules.ts";
import { PROFILES, type Profile, SEAL_TYPES, sealTypeDefaults } from "./vocabulary.ts";

const facts = (change: Partial<RuleBookFacts> = {}): RuleBookFacts => ({
  organisation: { en: "Lanxi Group", zh: "澜汐集团" },
  profile: "strict",
  settings: readSettingValues({}),
  rules: starterRules("group"),
  classes: starterBook,
  kindNames: {},
  entities: [
    { name: { en: "Lanxi Instruments", zh: "澜汐仪器" }, timeZone: "Asia/Shanghai", weekend: [7, 6] },
    { name: { en: "Lanxi Works", zh: "澜汐精工" }, timeZone: "UTC", weekend: [] },
  ],
  sealTypes: SEAL_TYPES.map((type) => ({ ...sealTypeDefaults[type], type, filing: "pieces" as const })),
  ...change,
});
const articlesOf = (book: RuleBook) => book.chapters.flatMap((chapter) => chapter.articles);
const textOf = (book: RuleBook, id: string): string => {
  const found = articlesOf(book).find((one) => one.id === id) ?? assert.fail(`no article ${id}`);
  return [found.text, ...found.items].join("\n");
};
const anySettings = fc
  .record(
    Object.fromEntries(
      SETTING_KEYS.map((key) => {
        const { least, most } = settingDefinitions[key];
        return [key, fc.integer({ min: least, max: most })];
      }),
    ),
  )
  .map((chosen) => readSettingValues(chosen));
const anyFacts: fc.Arbitrary<RuleBookFacts> = fc.record({
  organisation: fc.constant({ en: "Lanxi Group", zh: "澜汐集团" }),
  profile: fc.constantFrom(...PROFILES),
  settings: anySettings,
  rules: fc.constantFrom(...STARTER_SETS).map(starterRules),
  classes: fc.constant(starterBook),
  kindNames: fc.constant({}),
  entities: fc.constant(facts().entities),
  sealTypes: fc.tuple(
    ...SEAL_TYPES.map((type) =>
      fc.record({
        type: fc.constant(type),
        important: sealTypeDefaults[type].important ? fc.constant(true) : fc.boolean(),
        external: fc.constant(sealTypeDefaults[type].external),
        filing: fc.constantFrom("none" as const, "pieces" as const, "all" as const),
      }),
    ),
  ),
});

test("whatever an organisation chose, the book is whole: every chapter, every number once, both languages alike and pure", () => {
  fc.assert(
    fc.property(anyFacts, (chosen) => {
      const [en, zh] = [writeRuleBook(chosen, "en"), writeRuleBook(chosen, "zh")];
      assert.deepEqual(
        en.chapters.map((chapter) => chapter.id),
        [...RULE_CHAPTERS],
      );
      const [english, chinese] = [articlesOf(en), articlesOf(zh)];
      assert.deepEqual(
        english.map((one) => one.number),
        english.map((_, at) => at + 1),
      );
      const shape = (one: (typeof english)[number]) => [one.id, one.number, one.items.length, one.controls, one.from];
      assert.deepEqual(english.map(shape), chinese.map(shape));
      assert.equal(new Set(english.map((one) => one.id)).size, english.length);
      for (const one of english) {
        assert.match(one.text, /^[A-Z].*[.:]$/s, one.id);
        for (const text of [one.text, ...one.items])
          assert.doesNotMatch(text, /\p{Script=Han}|undefined|NaN|\s\s/u, one.id);
      }
      for (const one of chinese) {
        assert.match(one.text, /[。：]$/, one.id);
        for (const text of [one.text, ...one.items]) assert.match(text, /\p{Script=Han}/u, one.id);
        assert.doesNotMatch(one.text, /[,;.:](?!\d)|undefined|NaN/, one.id);
      }
      assert.deepEqual(writeRuleBook(chosen, "en"), en);
    }),
    { numRuns: 60 },
  );
});

test("every control that binds people stands behind some article, and every source has a name", () => {
  const served = new Set(articlesOf(writeRuleBook(facts(), "en")).flatMap((one) => one.controls));
  assert.deepEqual(
    CONTROL_IDS.filter((id) => !served.has(id)),
    [],
  );
  for (const one of articlesOf(writeRuleBook(facts(), "en")))
    for (const source of one.from) assert.notEqual(articleSourceName(source), null, source);
  assert.equal(articleSourceName("constructor"), null);
});

test("a setting that is changed changes the article that names it, and the digest; others stay word for word", () => {
  for (const key of SETTING_KEYS) {
    const { default: usual, least, most } = settingDefinitions[key];
    const other = usual === most ? least : most;
    const [before, after] = [facts(), facts({ settings: readSettingValues({ [key]: other }) })];
    const differences = compareRuleBooks(writeRuleBook(before, "en"), writeRuleBook(after, "en"));
    assert.ok(differences.length > 0, `${key} is said nowhere`);
    const said = articlesOf(writeRuleBook(after, "en")).concat(articlesOf(writeRuleBook(before, "en")));
    for (const { id } of differences)
      assert.ok(
        said.find((one) => one.id === id)?.from.includes(key),
        `${id} changed with ${key} and does not say that it comes from it`,
      );
    const digestInput = (of: RuleBookFacts) =>
      ruleBookDigestInput({ en: writeRuleBook(of, "en"), zh: writeRuleBook(of, "zh") });
    assert.notEqual(digestInput(before), digestInput(after), key);
  }
});

test("C11: the book lists the pairs of its profile, and tells what the profile loosens", () => {
  const of = (profile: Profile) => writeRuleBook(facts({ profile }), "en");
  assert.match(textOf(of("strict"), "people.apart"), /authorised signatory and custodian/);
  assert.equal(
    articlesOf(of("strict")).some((one) => one.id === "people.loosened"),
    false,
  );
  assert.match(textOf(of("standard"), "people.loosened"), /authorised signatory and seal administrator/);
  assert.match(textOf(of("small"), "people.guests"), /legal reviewer and supervisor/);
  assert.match(textOf(of("small"), "seals.important"), /two keys/);
});

test("periods are said in words of both languages", () => {
  const settings = readSettingValues({ shortHandoverMost: 1, surrenderWithin: 1 });
  const [en, zh] = [writeRuleBook(facts({ settings }), "en"), writeRuleBook(facts({ settings }), "zh")];
  assert.match(textOf(en, "custody.short"), /at most 1 day a seal/);
  assert.match(textOf(zh, "custody.short"), /不超过 1 日的短期移交/);
  assert.match(textOf(en, "ending.surrender"), /within 1 working day;/);
  assert.match(textOf(en, "general.days"), /off on Saturday and Sunday; time zone Asia\/Shanghai/);
});

test("words that differ are told one by one, and the two texts come out of them again", () => {
  assert.deepEqual(compareWords("at most 3 days", "at most 5 days"), [
    { kind: "same", text: "at most " },
    { kind: "removed", text: "3" },
    { kind: "added", text: "5" },
    { kind: "same", text: " days" },
  ]);
  assert.deepEqual(
    compareWords("最长 3 日", "最长 30 日").filter((run) => run.kind !== "same"),
    [
      { kind: "removed", text: "3" },
      { kind: "added", text: "30" },
    ],
  );
  const anyText = fc
    .array(fc.constantFrom("a", "seal", "印", "章", " ", "，", "3.5", "😀", "\n"))
    .map((all) => all.join(""));
  fc.assert(
    fc.property(anyText, anyText, (before, after) => {
      const runs = compareWords(before, after);
      const side = (left: "removed" | "added"): string =>
        runs.flatMap((run) => (run.kind === left ? [] : [run.text])).join("");
      assert.equal(side("added"), before);
      assert.equal(side("removed"), after);
      if (before === after) assert.ok(runs.every((run) => run.kind === "same"));
    }),
  );
});

test("an article that comes or goes is told whole; one that only got another number is not told", () => {
  const [strict, standard] = [writeRuleBook(facts(), "en"), writeRuleBook(facts({ profile: "standard" }), "en")];
  const kinds = (before: RuleBook, after: RuleBook) => compareRuleBooks(before, after).map((one) => [one.id, one.kind]);
  assert.deepEqual(kinds(strict, strict), []);
  assert.deepEqual(kinds(strict, standard), [
    ["people.apart", "changed"],
    ["people.loosened", "added"],
  ]);
  assert.deepEqual(kinds(standard, strict), [
    ["people.apart", "changed"],
    ["people.loosened", "removed"],
  ]);
});

test("a version is published when it is newer, says something new, and says what holds", () => {
  const wanted = {
    ...{ version: 2, digest: "b", digestAsked: "b", digestNow: "b", published: null, approved: false },
    ...{ effectiveOn: "2026-08-03", today: "2026-08-03" },
  };
  const of = (version: number, digest: string, inForceOn = "2026-08-01") => ({ version, digest, inForceOn });
  const codes = (change: Partial<Parameters<typeof listPublishRefusals>[0]>) =>
    listPublishRefusals({ ...wanted, ...change }).map((one) => one.code);
  assert.deepEqual(codes({}), []);
  assert.deepEqual(codes({ published: of(1, "a") }), []);
  assert.deepEqual(codes({ version: null }), ["rule-book.version-unknown"]);
  assert.deepEqual(codes({ digestAsked: "c" }), ["rule-book.version-unknown"]);
  assert.deepEqual(codes({ published: of(2, "b") }), ["rule-book.superseded"]);
  assert.deepEqual(codes({ published: of(1, "b") }), ["rule-book.nothing-new"]);
  assert.deepEqual(codes({ digestNow: "c" }), ["rule-book.settings-changed"]);
  assert.deepEqual(codes({ digestNow: "c", approved: true }), []);
  assert.deepEqual(codes({ effectiveOn: "2026-08-02" }), ["rule-book.day-past"]);
  assert.deepEqual(codes({ effectiveOn: "2026-08-02", approved: true }), []);
  assert.deepEqual(codes({ published: of(1, "a", "2026-08-04"), approved: true }), ["rule-book.day-past"]);
});

test("only who is bound confirms, once, and only the version in force", () => {
  const codes = (inForce: boolean, bound: boolean, confirmed: boolean) =>
    listReadingRefusals({ inForce, bound, confirmed }).map((one) => one.code);
  assert.deepEqual(codes(true, true, false), []);
  assert.deepEqual(codes(false, true, false), ["rule-book.not-in-force"]);
  assert.deepEqual(codes(true, false, false), ["rule-book.not-bound"]);
  assert.deepEqual(codes(true, true, true), ["rule-book.confirmed-already"]);
});
