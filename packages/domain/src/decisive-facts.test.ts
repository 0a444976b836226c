import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type DeclaredForUse,
  type DocumentSeen,
  decideFacts,
  listDisagreements,
  maySettleFacts,
  mustBeSettled,
  sayFact,
} from "./decisive-facts.ts";
import { readFacts } from "./declared-facts.ts";
import { type ClassBook, type DocumentClass, starterBook, starterClass } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { condenseFacts, withOwnNames } from "./kept-facts.ts";
import { layOut } from "./test-pages.ts";

const own = ["北京远山仪表有限公司"];
const contract = [
  "采购合同",
  "甲方：北京远山仪表有限公司",
  "乙方：上海近水设备有限公司",
  "合同总价为人民币 128,000.00 元，于 2026 年 11 月 30 日前交付。",
];
const annex = ["附件一 清单", "压力表十二台，均附检定证书。"];
const seen = (lines: readonly string[], change: Partial<DocumentSeen> = {}): DocumentSeen => ({
  ...{ documentId: lines[0] ?? "", template: null },
  facts: readFacts(readDocumentText(layOut(lines)), own, starterBook),
  ...change,
});
const declared: DeclaredForUse = {
  ...{ documentClass: "contract", external: true, counterparty: "上海近水设备有限公司" },
  ...{ amountMinor: 12_800_000, currency: "CNY" },
};
const decide = (
  said: DeclaredForUse,
  documents: readonly DocumentSeen[],
  settled: readonly string[] = [],
  book: ClassBook = starterBook,
) => {
  const disagreements = listDisagreements(said, documents, book);
  return { disagreements, ...decideFacts(said, documents, disagreements, new Set(settled), book) };
};

test("C03: what documents bear out is not held against the application, and an annex need not say it again", () => {
  assert.deepEqual(decide(declared, [seen(contract)]).disagreements, []);
  assert.deepEqual(decide(declared, [seen(contract), seen(annex)]).disagreements, []);
  assert.deepEqual(decide(declared, [seen(contract, { facts: null })]).disagreements, []);
});

const otherContract = contract.map((line) =>
  line.replace("上海近水设备有限公司", "杭州清河机电有限公司").replace("128,000.00", "372,000.00"),
);

test("C20, C03: several contracts in one application count as their sum, and each names its counterparty", () => {
  const two = decide(declared, [seen(contract), seen(otherContract, { documentId: "second" })]);
  assert.deepEqual(
    two.disagreements.map(({ fact, documentId, read, stricter }) => [fact, documentId, read, stricter]),
    [
      ["counterparty", "second", "杭州清河机电有限公司", "read"],
      ["amount", "second", "CNY 500,000.00 = 128,000.00 + 372,000.00", "read"],
    ],
  );
  assert.equal(two.amountMinor, 50_000_000);
  const keys = two.disagreements.map(({ key }) => key);
  assert.equal(
    decide(declared, [seen(contract), seen(otherContract, { documentId: "second" })], keys).amountMinor,
    12_800_000,
  );
  // Who declares the sum, or more, is not asked about the parts.
  for (const amountMinor of [50_000_000, 60_000_000]) {
    const whole = decide({ ...declared, amountMinor }, [seen(contract), seen(otherContract, { documentId: "second" })]);
    assert.deepEqual(
      whole.disagreements.filter(({ stricter, fact }) => fact === "amount" && stricter === "read"),
      [],
    );
    assert.equal(whole.amountMinor, amountMinor);
  }
});

test("C20: an annex, an offer and a bill say the amount of their contract again; another offer is added", () => {
  const list = [...annex, "合同总价为人民币 128,000.00 元。"];
  const offer = ["报价单", "上海近水设备有限公司：", "总价为人民币 128,000.00 元，有效期三十日。"];
  for (const with_ of [list, offer])
    assert.deepEqual(decide(declared, [seen(contract), seen(with_)]).disagreements, []);
  // One offer of one party goes with one contract.
  const second = offer.map((line) => line.replace("上海近水设备有限公司", "杭州清河机电有限公司"));
  for (const offers of [[offer, offer], [second]])
    assert.ok(
      (decide(declared, [seen(contract), ...offers.map((one, at) => seen(one, { documentId: `${at}` }))]).amountMinor ??
        0) > 12_800_000,
    );
  // What cannot be told is counted where it names somebody outside, and is no annex.
  const order = ["订单一", "乙方：上海近水设备有限公司", "交付压力表五百台，总价人民币 128,000.00 元。"];
  const [whole, kept] = [seen(order), seen(["附件二", ...order])];
  assert.equal(decide(declared, [seen(contract), whole]).amountMinor, 25_600_000);
  assert.equal(decide(declared, [seen(contract), kept]).amountMinor, 12_800_000);
  for (const [one, sum] of [
    [whole, 25_600_000],
    [kept, 12_800_000],
  ] as const) {
    const condensed = { ...one, facts: one.facts && condenseFacts(one.facts) };
    assert.equal(decide(declared, [seen(contract), condensed]).amountMinor, sum);
  }
  const dearer = decide(declared, [seen(contract), seen(offer.map((line) => line.replace("128", "228")))]);
  assert.equal(dearer.amountMinor, 35_600_000);
});

test("C20: contracts in two currencies are added up as the rules count them", () => {
  const dollars = contract.map((line) => line.replace("人民币 128,000.00 元", "美元 10,000.00"));
  const money = { currency: "CNY", rates: { USD: 7 } };
  const documents = [seen(contract), seen(dollars, { documentId: "second" })];
  const found = listDisagreements(declared, documents, starterBook, money).at(-1);
  assert.equal(found?.read, "CNY 198,000.00 = CNY 128,000.00 + USD 10,000.00");
  assert.equal(found?.together, 2);
  assert.deepEqual(found?.amount, { minor: 19_800_000, currency: "CNY", counts: 198_000 });
});

test("C20: however many contracts there are, no order and no part of them counts for less than their sum", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9_999_999 }), { minLength: 2, maxLength: 8 }), (amounts) => {
      const documents = amounts.map((amount, at) =>
        seen(
          contract.map((line) => line.replace("128,000.00", `${amount}.00`)),
          { documentId: `${at}` },
        ),
      );
      const said = { ...declared, amountMinor: (amounts[0] ?? 0) * 100 };
      assert.equal(decide(said, documents).amountMinor, amounts.reduce((sum, one) => sum + one, 0) * 100);
    }),
    { numRuns: 40 },
  );
});

test("C03: the stricter decides until a reviewer settles it for the application", () => {
  const hidden: DeclaredForUse = {
    ...{ documentClass: "official-letter", external: false, counterparty: null, amountMinor: 100, currency: "CNY" },
  };
  const strict = decide(hidden, [seen(contract)]);
  assert.deepEqual(
    strict.disagreements.map(({ fact, declared: said, stricter }) => [fact, said, stricter]),
    [
      ["class", "official-letter", "read"],
      ["external", "false", "read"],
      ["amount", "CNY 1.00", "read"],
    ],
  );
  assert.deepEqual([strict.documentClass, strict.external, strict.amountMinor], ["contract", true, 12_800_000]);
  const keys = strict.disagreements.map(({ key }) => key);
  const settled = decide(hidden, [seen(contract)], keys);
  assert.deepEqual([settled.documentClass, settled.external, settled.amountMinor], ["official-letter", false, 100]);
  const one = decide(hidden, [seen(contract)], keys.slice(0, 1));
  assert.deepEqual([one.documentClass, one.external], ["official-letter", true]);
  // A ruling is on these words: another amount is another question.
  assert.notEqual(decide({ ...hidden, amountMinor: 200 }, [seen(contract)], keys).amountMinor, 200);
  assert.equal(decide({ ...declared, amountMinor: 99_900_000 }, [seen(contract)]).amountMinor, 99_900_000);
});

test("C01: an amount or a party that is declared and was found in no document is told, and decides", () => {
  const bare = ["采购合同", "甲方：北京远山仪表有限公司", "压力表十二台，价款见报价单。"];
  const told = (documents: readonly DocumentSeen[], change: Partial<DeclaredForUse> = {}) =>
    decide({ ...declared, ...change }, documents).disagreements.map(({ fact, declared: said, read, stricter }) => [
      ...[fact, said, read, stricter],
    ]);
  assert.deepEqual(told([seen(bare)]), [
    ["counterparty", "上海近水设备有限公司", "", "declared"],
    ["amount", "CNY 128000.00", "", "declared"],
  ]);
  assert.equal(decide(declared, [seen(bare)]).amountMinor, 12_800_000);
  assert.deepEqual(told([seen(bare)], { amountMinor: null, counterparty: null }), [["amount", "", "unstated", "read"]]);
  assert.deepEqual(told([seen(bare), seen(contract)]), [], "the contract beside it says both");
  const notice = ["关于放假的通知", "各部门：十月一日起放假。"];
  assert.deepEqual(told([seen(notice)], { documentClass: "internal-notice", external: false }), []);
});

test("an amount that was declared is said with its digits grouped, one that was read as it stands in the text", () => {
  assert.equal(sayFact("amount", "CNY 12800000.00", starterBook).en, "CNY 12,800,000.00");
  assert.equal(sayFact("amount", "600.00", starterBook).zh, "600.00");
  assert.equal(sayFact("amount", "", starterBook).en, "not stated");
});

test("C03: the class of a template counts for more than a title, and is stricter than none", () => {
  const template = { documentClass: "contract", verdict: "changed" } as const;
  const letter: DeclaredForUse = { ...declared, documentClass: "official-letter" };
  const text = ["往来说明", ...contract.slice(1)];
  assert.equal(decide(letter, [seen(text, { template })]).documentClass, "contract");
  const certificate = { documentClass: "employment-certificate", verdict: "same" } as const;
  assert.equal(decide(declared, [seen(contract, { template: certificate })]).documentClass, "contract");
});

test("C03: a request follows templates only if each of its documents does", () => {
  const of = (...verdicts: ("same" | "same-but-fields" | "changed" | null)[]) =>
    decide(
      declared,
      verdicts.map((verdict, at) =>
        seen(contract, { documentId: `${at}`, template: verdict && { documentClass: "contract", verdict } }),
      ),
    ).template;
  assert.deepEqual(
    [of("same", "same-but-fields"), of("same", null), of("same", "changed"), of(null), of()],
    ["same", "none", "changed", "none", "none"],
  );
});

test("what is kept beside a document answers as the whole would, whoever is one of our own", () => {
  const whole = readFacts(
    readDocumentText(layOut([...Array.from({ length: 40 }, () => "一般说明"), ...contract])),
    [],
    starterBook,
  );
  const kept = condenseFacts(whole);
  assert.ok(kept.lines.length < whole.lines.length);
  const answers = [whole, kept].map((facts) =>
    listDisagreements(
      { ...declared, external: false, amountMinor: 1 },
      [{ documentId: "d", facts: withOwnNames(facts, own), template: null }],
      starterBook,
    ).map(({ fact, text, read }) => [fact, text, read]),
  );
  assert.deepEqual(answers[0], answers[1]);
  assert.ok((answers[0]?.length ?? 0) >= 2);
});

test("C03: legal review settles what a document says, where the route has it; else the signatory", () => {
  const [head, lawyer, last] = [{ kind: "unit-head" }, { kind: "legal-review" }, { kind: "signatory" }] as const;
  assert.deepEqual(
    [head, lawyer, last].map(({ kind }) => maySettleFacts(kind, [head, lawyer, last])),
    [false, true, false],
  );
  assert.deepEqual(
    [head, last].map(({ kind }) => maySettleFacts(kind, [head, last])),
    [false, true],
  );
});

test("C03: an own class is recognised by its words; its base does not speak against it, and retired it is its base", () => {
  const classId = "contract--lease" as const;
  const lease: DocumentClass = {
    ...starterClass("contract"),
    ...{ classId, name: { en: "Lease", zh: "租赁合同" }, words: ["租赁合同", "lease (office)"] },
  };
  const book = new Map([...starterBook, [classId, lease]]);
  const read = (title: string, of: ClassBook): DocumentSeen["facts"] =>
    readFacts(readDocumentText(layOut([title, ...contract.slice(1)])), own, of);
  const classOf = (title: string, of: ClassBook) => read(title, of)?.documentClass?.documentClass;
  assert.deepEqual([classOf("房屋租赁合同", book), classOf("房屋租赁合同", starterBook)], [classId, "contract"]);
  assert.equal(classOf("Lease (office) and services agreement", book), classId);
  assert.equal(classOf("Release (office) agreement", book), "contract", "of letters only whole words are meant");

  const titled = (title: string): DocumentSeen => seen([title], { facts: read(title, book) });
  const lettings = [titled("房屋租赁合同")];
  const asContract = decide(declared, lettings, [], book);
  assert.deepEqual(
    [asContract.documentClass, asContract.disagreements.map(({ fact, read: said }) => [fact, said])],
    [classId, [["class", classId]]],
    "what the document is called is more than what it is based on",
  );
  assert.deepEqual(decide({ ...declared, documentClass: classId }, lettings, [], book).disagreements, []);
  const plain = decide({ ...declared, documentClass: classId }, [titled("买卖合同")], [], book);
  assert.deepEqual([plain.documentClass, plain.disagreements], [classId, []], "a contract is what a lease is based on");
  const retired = new Map([...starterBook, [classId, { ...lease, retired: true }]]);
  assert.deepEqual(decide(declared, lettings, [], retired).disagreements, []);
});

test("C06: another company by the document is settled before anybody approves; a name in the other script is told alone", () => {
  const held = (read: string, of: string, blocking = false): boolean =>
    mustBeSettled({ fact: "counterparty", stricter: "read", read, declared: of }, blocking);
  assert.equal(held("杭州清河机电有限公司", "上海近水设备有限公司"), true);
  assert.equal(held("Nearwater Equipment Co., Ltd", "Beicheng"), true);
  assert.equal(held("Nearwater Equipment Co., Ltd", "上海近水设备有限公司"), false);
  assert.equal(held("Signed here", "Beicheng"), false);
  assert.equal(held("Nearwater Equipment Co., Ltd", "上海近水设备有限公司", true), true);
  const amount = { fact: "amount", stricter: "read", read: "2", declared: "1" } as const;
  assert.deepEqual(
    [mustBeSettled(amount, false), mustBeSettled({ ...amount, stricter: "declared" }, true)],
    [false, false],
  );
});
