import assert from "node:assert/strict";
import { test } from "node:test";
import { decideFacts, listDisagreements } from "./decisive-facts.ts";
import { type ClassBook, type StarterClassId, starterBook, starterClass } from "./document-class.ts";
import { declaredAs, readPaper, tellAs } from "./test-papers.ts";

/** Letters that bind in words no list knows, each under the heading of a notice. */
const letters: readonly string[] = [
  "鸥航贸易有限公司欠贵司货款九十万元，如到期未付，由我司负责结清。",
  "贵司2026年10月1日的报价我司已阅，同意按此办理，请于十二月发货。",
  "我司周明澈先生可代表我司与贵司商定一切事宜，直至2027年底。",
  "我司对2025年度贵司欠付的三十万元不再追讨。",
  "自本函发出之日起，我司2024-1187号专利可由贵司使用五年，每年付费二十万元。",
  "我司确认截至2026年10月31日尚欠贵司货款人民币壹佰贰拾万元整。",
];
const notice = (body: string): string[] => ["通知", "海港光学有限公司：", body, "澜汐仪器有限公司", "2026年11月3日"];
const decide = (
  declaredClass: StarterClassId,
  external: boolean,
  lines: readonly string[],
  book: ClassBook = starterBook,
  settled: readonly string[] = [],
) => {
  const [declared, documents] = [
    declaredAs(declaredClass, external),
    [{ documentId: "d", facts: readPaper(lines), template: null }],
  ];
  const disagreements = listDisagreements(declared, documents, book);
  const keys = disagreements.filter(({ fact }) => settled.includes(fact)).map(({ key }) => key);
  return { disagreements, ...decideFacts(declared, documents, disagreements, new Set(keys), book) };
};

test("C03: a notice within the house that goes outside is decided as another document, whatever it binds to", () => {
  for (const body of letters)
    for (const external of [false, true]) {
      const { documentClass, external: outside, disagreements } = decide("internal-notice", external, notice(body));
      assert.deepEqual([documentClass, outside], ["other", true], body);
      const line = disagreements.find(({ fact }) => fact === "class");
      assert.deepEqual([line?.read, line?.stricter, line?.text], ["other", "read", "海港光学有限公司:"], body);
    }
  const english = ["Notice", "To: Harbour Optics GmbH", "Your price of 1 October suits us. Ship in December."];
  assert.equal(decide("internal-notice", false, english).documentClass, "other");
  assert.equal(
    decide("internal-notice", false, [...english.slice(1)]).documentClass,
    "other",
    "without a heading, too",
  );
});

test("C03: a reviewer settles for a notice what it is and whether it goes outside, each by itself", () => {
  const settle = (...facts: string[]) => decide("internal-notice", false, notice(letters[0] ?? ""), starterBook, facts);
  assert.deepEqual([settle("external").documentClass, settle("external").external], ["other", false]);
  assert.deepEqual([settle("class").documentClass, settle("class").external], ["internal-notice", true]);
});

test("C03: no other class becomes looser by it, and a letter under the heading of a notice stays a letter", () => {
  assert.deepEqual(tellAs("official-letter", true, notice(letters[0] ?? "")), []);
  assert.deepEqual(tellAs("other", true, notice(letters[0] ?? "")), []);
  assert.equal(decide("contract", true, notice(letters[0] ?? "")).documentClass, "contract");
  // A title that names a class for outside is taken at its word.
  assert.equal(
    decide("internal-notice", false, ["公函", ...notice("请查收。").slice(1)]).documentClass,
    "official-letter",
  );
  // Where the organisation says that its notices leave it, they do.
  const book = new Map(starterBook).set("internal-notice", { ...starterClass("internal-notice"), external: true });
  assert.equal(decide("internal-notice", true, notice(letters[0] ?? ""), book).documentClass, "internal-notice");
});

test("C03: a notice to the own house that names a company or a sum in passing is asked nothing", () => {
  for (const lines of [
    ["关于更换供应商的通知", "各部门：", "办公用纸自12月起由海港光学有限公司供应，每箱二百元，请各部门按需申领。"],
    ["关于合作项目启动的通知", "各部门：", "公司与海港光学有限公司就镜头开发达成合作，总投资人民币8,000,000元。"],
    ["通知", "全体员工：", "海港光学有限公司的代表将于周五来访，请各部门做好接待。", "澜汐仪器有限公司"],
    ["Internal notice", "To: all staff", "Harbour Optics GmbH repairs the lift on Monday. Please use the stairs."],
  ])
    for (const title of [lines, lines.slice(1)])
      assert.deepEqual(tellAs("internal-notice", false, title), [], lines.join(" "));
});
