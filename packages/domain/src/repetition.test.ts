import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type EarlierRequest,
  foldName,
  isSamePurpose,
  listLikeNames,
  listQuestions,
  needsReader,
  type QuestionFacts,
  questionCode,
} from "./repetition.ts";
import { starterRules } from "./starter-rules.ts";
import { listTextFaults } from "./test-texts.ts";

const now = 1_800_000_000_000;
const day = 86_400_000;
const facts = (change: Partial<QuestionFacts> = {}): QuestionFacts => ({
  rules: starterRules("group"),
  asked: {
    ...{
      documentClass: "contract",
      makesRights: true,
      external: true,
      counterpartyKind: "company",
      amount: 4_000_000,
      currency: "CNY",
    },
    ...{ template: "none", impressions: 1, attachments: [] },
    seals: [{ sealId: "seal", type: "contract", important: true }],
  },
  ...{ counterparty: "北辰仪表（上海）有限公司", purpose: "Gauges for line 2, lot 2" },
  documents: [{ documentId: "doc", name: "contract.pdf", digest: "sha256:1", impressions: 1 }],
  ...{ earlier: [], now, splitWithin: 30, copiesUsual: 10 },
  ...change,
});
const before = (change: Partial<EarlierRequest> = {}): EarlierRequest => ({
  ...{ requestId: "req-1", counterparty: "北辰仪表(上海)有限公司", purpose: "Gauges for line 2, lot 1" },
  ...{ amount: 7_000_000, currency: "CNY", submittedAt: now - 3 * day, digests: ["sha256:2"], sealed: true },
  confidential: false,
  ...change,
});
const kinds = (change: Partial<QuestionFacts>): string[] => listQuestions(facts(change)).map((one) => one.kind);

test("C20: amounts below a limit of the rules that together pass it are asked about, with the requests and the limit", () => {
  assert.deepEqual(listQuestions(facts({ earlier: [before()] })), [
    {
      ...{ key: "split", kind: "split", related: ["req-1"] },
      facts: { count: 1, days: 30, limit: "10,000,000", currency: "CNY" },
    },
  ]);
});

test("C20: another counterparty, an older request, one over the limit itself and too little are not asked about", () => {
  for (const other of [
    before({ counterparty: "Beicheng" }),
    before({ submittedAt: now - 31 * day }),
    before({ amount: 12_000_000 }),
    before({ amount: 5_000_000 }),
    before({ amount: null }),
  ])
    assert.deepEqual(kinds({ earlier: [other] }), [], JSON.stringify(other));
  assert.deepEqual(kinds({ earlier: [before()], counterparty: " " }), []);
  assert.deepEqual(kinds({ earlier: [before()], asked: { ...facts().asked, amount: null } }), []);
});

test("C20: another purpose of the same counterparty is asked about with a weaker sentence", () => {
  const rent = before({ purpose: "Rent of the warehouse in the harbour" });
  const [other] = listQuestions(facts({ earlier: [rent] }));
  assert.ok(other);
  assert.equal(questionCode(other), "question.split.counterparty");
  const [same] = listQuestions(facts({ earlier: [rent, before()] }));
  assert.ok(same);
  assert.equal(questionCode(same), "question.split", "the same purpose is the stronger question");
});

test("C20: whom a document names counts as the counterparty, whoever is declared", () => {
  const counterparty = "湖州无关商贸有限公司";
  assert.deepEqual(kinds({ counterparty, earlier: [before()] }), []);
  assert.deepEqual(kinds({ counterparty, named: ["北辰仪表（上海）有限公司"], earlier: [before()] }), ["split"]);
});

test("C06: a counterparty of another kind than its name shows is asked about, and nobody passes it unread", () => {
  for (const [counterparty, seen] of [
    ["市科学技术局", "authority"],
    ["中国工商银行上海分行", "bank"],
    ["张三丰", "individual"],
    ["远山仪表有限公司", "affiliate"],
  ] as const) {
    const [question] = listQuestions(facts({ counterparty, ownNames: ["远山仪表有限公司"] }));
    assert.ok(question && needsReader(question.kind), counterparty);
    assert.equal(questionCode(question), `question.counterparty-kind.${seen}`);
    assert.deepEqual(listTextFaults(questionCode(question), question.facts), []);
  }
  assert.deepEqual(kinds({ counterparty: "市科学技术局", asked: { ...facts().asked, external: false } }), []);
});

test("C06: under a standing authorisation a kind that only the applicant's word bears out is asked about, and passes with a reason", () => {
  const asBank = { ...facts().asked, counterpartyKind: "bank" as const };
  const ask = (counterparty: string, agreedAsKind?: readonly string[]) =>
    kinds({ counterparty, asked: asBank, ...(agreedAsKind ? { agreedAsKind } : {}) });
  // What no bank is called is settled by somebody first: nobody passes it unread.
  for (const name of ["海港光学有限公司", "海港", "东和贸易有限公司"]) {
    assert.deepEqual(ask(name, []), ["counterparty-kind"], name);
    assert.deepEqual(ask(name, ["东岭机电有限公司"]), ["counterparty-kind"]);
    assert.deepEqual(ask(name, [name]), [], "somebody agreed to it as a bank");
    assert.deepEqual(ask(name), ["counterparty-kind"], "who decides is told");
  }
  assert.deepEqual(ask("平安金融租赁有限公司", []), ["kind-unproved"]);
  for (const bank of ["澜江银行", "中国工商银行上海分行", "Harbour Bank Ltd."])
    assert.deepEqual(ask(bank, []), [], bank);
  assert.deepEqual(ask("市科学技术局", []), ["counterparty-kind"], "what the name contradicts is one question");
  const [other] = listQuestions(facts({ counterparty: "海港", asked: asBank, agreedAsKind: [] }));
  assert.ok(other && needsReader(other.kind));
  assert.deepEqual(listTextFaults(questionCode(other), other.facts), []);
  const asCompany = { ...facts().asked, counterpartyKind: "company" as const };
  const [question] = listQuestions(facts({ counterparty: "海港", asked: asCompany, agreedAsKind: [] }));
  assert.ok(question && !needsReader(question.kind));
  assert.deepEqual(listTextFaults(questionCode(question), question.facts), []);
});

test("C20: a counterparty is one however its name is written", () => {
  const written = ["Bluewater Trading Co., Ltd.", "BLUEWATER  TRADING COMPANY LIMITED", "Bluewater Trading Co Limited"];
  for (const counterparty of written)
    for (const other of written)
      assert.deepEqual(kinds({ counterparty, earlier: [before({ counterparty: other })] }), ["split"], other);
  assert.deepEqual(kinds({ counterparty: "Bluewater Inc.", earlier: [before({ counterparty: "Bluewater Ltd" })] }), []);
});

test("C20: a counterparty is one with its form left out, or with more behind its name", () => {
  const full = "Bluewater Trading Co., Ltd.";
  for (const other of ["Bluewater Trading", "Bluewater Trading Co., Ltd. North"])
    for (const [counterparty, earlier] of [
      [full, other],
      [other, full],
    ] as const)
      assert.deepEqual(kinds({ counterparty, earlier: [before({ counterparty: earlier })] }), ["split"], other);
  // Where requests are looked for, each of them is found.
  assert.ok(listLikeNames("Bluewater Trading").includes(foldName(full)));
  assert.ok(listLikeNames(full).includes(foldName("Bluewater Trading")));
  assert.ok(listLikeNames(`${full} North`).includes(foldName(full)));
  assert.ok(listLikeNames("蓝水贸易").includes(foldName("蓝水贸易有限公司")));
});

test("C20: a company and its branches are one counterparty, a subsidiary is another", () => {
  const told = (a: string, b: string): void => {
    for (const [counterparty, other] of [
      [a, b],
      [b, a],
    ] as const)
      assert.deepEqual(kinds({ counterparty, earlier: [before({ counterparty: other })] }), ["split"], `${a} ${b}`);
  };
  told("华兴贸易有限公司", "华兴贸易有限公司上海分公司");
  told("华兴贸易有限公司北京分公司", "华兴贸易有限公司上海分公司");
  told("Huaxing Trading Co., Ltd.", "Huaxing Trading Company Limited Shanghai Branch");
  for (const other of ["华兴贸易有限公司上海子公司", "华兴贸易（上海）有限公司"])
    assert.deepEqual(
      kinds({ counterparty: "华兴贸易有限公司", earlier: [before({ counterparty: other })] }),
      [],
      other,
    );
  assert.ok(listLikeNames("华兴贸易有限公司上海分公司").includes(foldName("华兴贸易有限公司")));
});

test("C20: those that say the very same are added up and counted, though one stands for them all", () => {
  const one = before({ amount: 1_000_000, digests: ["sha256:1"], sealed: false });
  assert.deepEqual(kinds({ earlier: [{ ...one, unlisted: 4 }] }), ["repeated-document"]);
  const [split, repeated] = listQuestions(facts({ earlier: [{ ...one, unlisted: 5 }] }));
  assert.deepEqual([split?.kind, split?.facts.count, split?.related], ["split", 6, ["req-1"]]);
  assert.deepEqual([repeated?.kind, repeated?.facts.count], ["repeated-document", 1], "only one has the file");
});

test("C20: a limit that changes nothing for this request is none", () => {
  const asked = { ...facts().asked, documentClass: "internal-notice" as const, external: false };
  assert.deepEqual(kinds({ earlier: [before()], asked }), []);
});

test("C20: amounts in another currency count by the rules' rates", () => {
  assert.deepEqual(kinds({ earlier: [before({ amount: 900_000, currency: "USD" })] }), ["split"]);
  assert.deepEqual(kinds({ earlier: [before({ amount: 900_000, currency: "CNY" })] }), []);
});

test("C20: a series whose documents stay below a limit and pass it together is asked about once, with the sum", () => {
  const asked = { ...facts().asked, amount: 90_000 };
  const [question, ...more] = listQuestions(facts({ asked, series: { count: 300, sum: 27_000_000 } }));
  assert.deepEqual(
    [question?.kind, question?.facts, more],
    ["series-sum", { count: 300, limit: "10,000,000", sum: "27,000,000", currency: "CNY" }, []],
  );
  assert.deepEqual(kinds({ asked, series: { count: 3, sum: 270_000 } }), [], "together they pass no limit");
  assert.deepEqual(kinds({ asked: { ...asked, amount: 12_000_000 }, series: { count: 3, sum: 36_000_000 } }), []);
  assert.deepEqual(kinds({ asked: { ...asked, amount: null }, series: { count: 3, sum: null } }), []);
});

test("C20: parts are asked about exactly where their sum reaches a limit that none of them reaches", () => {
  const limit = 10_000_000;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12_000_000 }),
      fc.array(fc.integer({ min: 1, max: 12_000_000 }), { maxLength: 6 }),
      (own, others) => {
        const earlier = others.map((amount, at) => before({ requestId: `req-${at}`, amount }));
        const parts = others.filter((amount) => amount < limit);
        const sum = parts.reduce((total, amount) => total + amount, own);
        const [question] = listQuestions(facts({ earlier, asked: { ...facts().asked, amount: own } }));
        assert.equal(question !== undefined, own < limit && parts.length > 0 && sum >= limit);
        if (question) assert.equal(question.related.length, parts.length);
      },
    ),
  );
});

test("C20: the same file asked for before, or stamped already, is asked about with the other request", () => {
  const other = before({ digests: ["sha256:1"], amount: 1, counterparty: "Somebody else" });
  const [question] = listQuestions(facts({ earlier: [other] }));
  assert.deepEqual([question?.kind, question?.related, question?.facts.sealed], ["repeated-document", ["req-1"], 1]);
  const [open] = listQuestions(facts({ earlier: [{ ...other, sealed: false }] }));
  assert.equal(open?.facts.sealed, 0);
});

test("C20: more copies than usual are asked about, equal files taken together", () => {
  const one = { documentId: "doc", name: "contract.pdf", digest: "sha256:1", impressions: 6 };
  assert.deepEqual(kinds({ documents: [one, { ...one, documentId: "doc-2" }] }), ["many-copies"]);
  assert.deepEqual(kinds({ documents: [one, { ...one, documentId: "doc-2", digest: "sha256:9" }] }), []);
  assert.deepEqual(kinds({ documents: [{ ...one, impressions: 10 }] }), []);
});

test("C11: of a confidential request a question says that there is one, and nothing that it says", () => {
  const secret = before({ requestId: "secret", confidential: true, digests: ["sha256:1"] });
  for (const earlier of [[secret], [before({ requestId: "open", digests: ["sha256:1"] }), secret]]) {
    const questions = listQuestions(facts({ earlier })).filter((one) => one.kind !== "many-copies");
    assert.deepEqual(
      questions.map((one) => [one.kind, one.facts, questionCode(one)]),
      ["split", "repeated-document"].map((kind) => [
        kind,
        { confidential: true, count: earlier.length },
        "question.confidential",
      ]),
    );
  }
});

test("purposes are the same but for a word, a number, spaces and punctuation, in Chinese too", () => {
  assert.ok(isSamePurpose("采购仪表 第一批", "采购仪表（第二批）"));
  assert.ok(isSamePurpose("Gauges, lot 1", "gauges lot 12"));
  assert.ok(!isSamePurpose("采购仪表", "办公室租赁"));
  assert.ok(!isSamePurpose("Gauges", "Rent"));
});
