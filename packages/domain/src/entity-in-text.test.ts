import assert from "node:assert/strict";
import { test } from "node:test";
import { listDisagreements, mustBeSettled, sayFact } from "./decisive-facts.ts";
import { readFacts } from "./declared-facts.ts";
import { type StarterClassId, starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import type { House } from "./entity-in-text.ts";
import { condenseFacts, withOwnNames } from "./kept-facts.ts";
import { layOut } from "./test-pages.ts";

const house: House = {
  own: ["Lanxi Instruments Co., Ltd.", "澜汐仪器有限公司"],
  sisters: [["Lanxi Precision Co., Ltd.", "澜汐精工有限公司"]],
};
const ownNames = [house.own, ...house.sisters].flat();

const tell = (lines: readonly string[], change: Partial<House> & { documentClass?: StarterClassId } = {}) => {
  const { documentClass = "contract", ...names } = change;
  const read = readFacts(readDocumentText(layOut(lines)), ownNames, starterBook);
  const [other] = read.counterparties;
  const declared = {
    ...{ documentClass, external: true, counterparty: other?.name ?? null },
    ...{ amountMinor: read.amounts[0]?.minor ?? null, currency: "CNY" },
  };
  // As it is kept beside the document, and asked anew from there.
  const facts = withOwnNames(condenseFacts(read), ownNames);
  return listDisagreements(declared, [{ documentId: "d", facts, template: null }], starterBook, undefined, {
    ...house,
    ...names,
  }).filter(({ fact }) => fact === "entity");
};
const said = (lines: readonly string[], change: Parameters<typeof tell>[1] = {}): string[] =>
  tell(lines, change).map(({ read }) => read);

const purchase = (buyer: string, seller: string, closing = "甲方（盖章）：　　　　　　乙方（盖章）：") => [
  "采购合同",
  `甲方（买方）：${buyer}`,
  `乙方（卖方）：${seller}`,
  "一、乙方向甲方供应压力表二百只，总价人民币320,000.00元。",
  "二、甲方在验收合格后三十日内付款。",
  "三、任何一方违约的，应赔偿对方损失。",
  ...Array.from({ length: 16 }, (_, at) => `${at + 4}、双方另行确认第${at + 4}批货物的包装、标识和运输安排。`),
  closing,
  "2026年11月28日",
];

test("C07: a contract between others than the entity of the seal is told, and nobody approves before it is settled", () => {
  const [found] = tell(purchase("上海近水设备有限公司", "天津海河阀门有限公司"));
  assert.equal(found?.read, "others 上海近水设备有限公司 · 天津海河阀门有限公司");
  assert.equal(found?.declared, "澜汐仪器有限公司");
  assert.equal(found && mustBeSettled(found, false), true);
  assert.deepEqual(
    said(["Supply contract", "between Nearwater Equipment Ltd and Haihe Valves Ltd.", "The price is CNY 320,000.00."]),
    ["others Nearwater Equipment Ltd · Haihe Valves Ltd"],
  );
  assert.equal(
    tell([
      "Supply contract",
      "Buyer: Nearwater Equipment Ltd",
      "Seller: Haihe Valves Ltd",
      "The price is CNY 320,000.00.",
    ])[0]?.declared,
    "Lanxi Instruments Co., Ltd.",
  );
});

test("C07: where the paper names another entity of the house, its seal is the right one", () => {
  const [found] = tell(purchase("澜汐精工有限公司", "天津海河阀门有限公司"));
  assert.equal(found?.read, "sister 澜汐精工有限公司");
  assert.match(sayFact("entity", found?.read ?? "", starterBook).en, /澜汐精工有限公司: use its seal/u);
  // With the other side open the sister is named all the same.
  assert.deepEqual(said(purchase("澜汐精工有限公司", "")), ["sister 澜汐精工有限公司"]);
  assert.deepEqual(
    said([
      "Supply contract",
      "between Lanxi Precision Co., Ltd. and Haihe Valves Ltd.",
      "The price is CNY 320,000.00.",
    ]),
    ["sister Lanxi Precision Co., Ltd"],
  );
  // The sister's own request for the same paper has nothing against it, nor has a contract of the two.
  const [sister = []] = house.sisters;
  assert.deepEqual(
    said(purchase("澜汐精工有限公司", "天津海河阀门有限公司"), { own: sister, sisters: [house.own] }),
    [],
  );
  assert.deepEqual(said(purchase("澜汐精工有限公司", "澜汐仪器有限公司")), []);
});

test("C07: that a sentence speaks of the entity makes it no party", () => {
  const lines = purchase("上海近水设备有限公司", "天津海河阀门有限公司");
  lines.splice(-2, 0, "双方确认，货物由乙方送至澜汐仪器有限公司的仓库，由其代为保管。");
  assert.equal(said(lines).length, 1);
});

test("C07: an entity is named for short, with more around its name, beside its seal, or not at all where a side is open", () => {
  for (const name of [
    "澜汐仪器有限公司",
    "上海澜汐仪器有限公司",
    "澜汐仪器",
    "Lanxi Instruments Ltd",
    "澜汐儀器有限公司",
  ])
    assert.deepEqual(said(purchase(name, "天津海河阀门有限公司")), [], name);
  for (const lines of [
    purchase("", "天津海河阀门有限公司"),
    purchase("上海近水设备有限公司", "天津海河阀门有限公司", "见证方（盖章）：澜汐仪器有限公司"),
    purchase("上海近水设备有限公司", "天津海河阀门有限公司", "澜汐仪器有限公司（盖章）"),
    ["采购合同", "压力表二百只，总价人民币320,000.00元。", "2026年11月28日"],
    ["Supply contract", "between Lanxi and Haihe Valves Ltd.", "The price is CNY 320,000.00."],
  ])
    assert.deepEqual(said(lines), [], lines.slice(0, 3).join(" "));
});

test("C07: of a letter that speaks of two companies, and where nobody knows the entity, nothing is asked", () => {
  const letter = [
    "函",
    "天津海河阀门有限公司：",
    "上海近水设备有限公司的货款已由我公司转交，请查收。",
    "2026年11月28日",
  ];
  assert.deepEqual(said(letter, { documentClass: "official-letter" }), []);
  assert.deepEqual(said(purchase("上海近水设备有限公司", "天津海河阀门有限公司"), { own: [] }), []);
  // A guarantee is for another's debt: who owes and who is owed are not who gives it.
  assert.deepEqual(
    said(
      [
        "保函",
        "致：天津海河阀门有限公司",
        "受益人：天津海河阀门有限公司",
        "我公司为澜汐精工有限公司的货款人民币320,000.00元提供连带责任保证。",
      ],
      {
        documentClass: "guarantee",
      },
    ),
    [],
  );
});
