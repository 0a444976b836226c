import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { makesAgreement, readAgreementMarks } from "./agreement-marks.ts";
import { compareDeclared, readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { type DocumentLine, readDocumentText } from "./document-text.ts";
import { layOut } from "./test-pages.ts";

const linesOf = (texts: readonly string[]): DocumentLine[] =>
  texts.map((text) => ({ text, page: 0, box: { x: 0, y: 0, width: 1, height: 1 }, running: false }));
const isAgreement = (...texts: string[]): boolean => makesAgreement(readAgreementMarks(linesOf(texts)));

test("C03: a letter in which two parties agree is an agreement, whatever it is called", () => {
  assert.ok(
    isAgreement("甲方：北京远山仪表有限公司", "乙方：上海近水设备有限公司", "经双方协商一致，乙方应交付仪表。"),
  );
  assert.ok(
    isAgreement(
      "This letter sets out the agreement between us: we agree to pay USD 10 for the gauge.",
      "It is governed by the laws of England.",
      "Please countersign.",
    ),
  );
});

test("C03: an order that binds both when it is countersigned is an agreement; an order alone is none", () => {
  const order = "we hereby confirm our order of two assembly lines at one point five million renminbi,";
  assert.ok(isAgreement(order, "If you countersign below,", "this binds us both."));
  assert.ok(!isAgreement(order, "to be paid on delivery."));
});

test("C03: a letter that speaks of an agreement is none, whatever it says of breach and payment", () => {
  assert.ok(!isAgreement("根据双方签订的采购合同，贵司应支付价款，已构成违约，将提交仲裁。"));
  assert.ok(
    !isAgreement("Enclosed are two copies of the agreement. Please sign both.", "It takes effect when signed."),
  );
  assert.ok(!isAgreement());
});

test("C03: marks of an agreement ask who declared a letter about its class, and the stricter decides", () => {
  const lines = ["函", "甲方：北京远山仪表有限公司", "乙方：上海近水设备有限公司", "双方约定，乙方应交付仪表十二只。"];
  const declared = { documentClass: "official-letter", external: true, counterparty: null } as const;
  const asked = compareDeclared(
    { ...declared, amountMinor: null, currency: null },
    readFacts(readDocumentText(layOut(lines)), ["北京远山仪表有限公司"], starterBook),
    starterBook,
  );
  assert.deepEqual(
    asked.map(({ fact, read, stricter }) => [fact, read, stricter]),
    [["class", "contract", "read"]],
  );
});

test("C03: more text never takes a mark away, and the count is the count of marks", () => {
  const parts = [
    "甲方：某公司",
    "乙方：某公司",
    "双方同意",
    "本协议",
    "（盖章）  （盖章）",
    "自双方签字之日起生效",
    "Dear Sir",
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts)), fc.array(fc.constantFrom(...parts)), (some, more) => {
      const [less, all] = [readAgreementMarks(linesOf(some)), readAgreementMarks(linesOf([...some, ...more]))];
      assert.ok(less.count <= all.count);
      const { count, ...marks } = all;
      assert.equal(count, Object.values(marks).filter(Boolean).length);
    }),
  );
});
