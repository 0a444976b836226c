import assert from "node:assert/strict";
import { test } from "node:test";
import { isSettleable, listDisagreements, mustBeSettled } from "./decisive-facts.ts";
import { compareDeclared, readFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readDocumentText } from "./document-text.ts";
import { ownCompanies, readPaper } from "./test-papers.ts";

const namesOf = (lines: readonly string[]): string[] => readPaper(lines).counterparties.map(({ name }) => name);
const contract = { documentClass: "contract", external: true, amountMinor: null, currency: "CNY" } as const;

/** A row of a table, its cells 60 mm apart. */
const readTable = (rows: readonly (readonly string[])[]) =>
  readFacts(
    readDocumentText([
      {
        ...{ index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0 },
        runs: rows.flatMap((cells, at) =>
          cells.map((text, place) => ({ text, x: 20 + place * 60, y: 30 + at * 8, width: text.length * 3, height: 4 })),
        ),
      },
    ]),
    ownCompanies,
    starterBook,
  );

test("C06: a party's name is read from the next cell of a table, or from the line under its role", () => {
  for (const rows of [
    [["采购合同"], ["甲方", "澜汐仪器有限公司"], ["乙方", "北岸电子有限公司"]],
    [["采购合同"], ["甲方", "乙方"], ["澜汐仪器有限公司", "北岸电子有限公司"]],
    [["采购合同"], ["甲方：", "乙方："], ["澜汐仪器有限公司", "北岸电子有限公司"]],
    [["采购合同"], ["买方："], ["澜汐仪器有限公司"], ["卖方："], ["北岸电子有限公司"]],
  ])
    assert.deepEqual(
      [...new Set(readTable(rows).counterparties.map(({ name }) => name))],
      ["北岸电子有限公司"],
      JSON.stringify(rows),
    );
  const english = readTable([
    ["Supply contract"],
    ["Buyer", "Lanxi Instruments Co., Ltd."],
    ["Seller", "North Shore Ltd."],
  ]);
  assert.deepEqual(
    english.counterparties.map(({ name }) => name),
    ["North Shore Ltd"],
  );
});

test("C06: what stands beside a role that is no company's name is no party", () => {
  assert.deepEqual(readTable([["采购合同"], ["甲方", "签字"], ["乙方", "日期"]]).counterparties, []);
  assert.deepEqual(namesOf(["Supply contract", "Buyer:", "Seller:", "Signed in two copies."]), []);
});

test("C06: a contract that is declared internal and names another company goes outside; one between our own does not", () => {
  const inside = { ...contract, external: false, counterparty: null };
  const told = (lines: readonly string[]) =>
    compareDeclared(inside, readPaper(lines), starterBook).map(
      ({ fact, read, stricter }) => `${fact} ${read} ${stricter}`,
    );
  assert.ok(
    told(["采购合同", "兹由澜汐仪器有限公司向北岸电子有限公司采购仪表。", "北岸电子有限公司"]).includes(
      "external true read",
    ),
  );
  assert.deepEqual(told(["采购合同", "甲方：澜汐仪器有限公司", "乙方：澜汐精工有限公司", "双方约定如下。"]), []);
  const notice = { ...inside, documentClass: "internal-notice" } as const;
  const lines = ["通知", "各部门：", "北岸电子有限公司将于周五来访，请做好接待。"];
  assert.deepEqual(compareDeclared(notice, readPaper(lines), starterBook), []);
});

test("C06: whoever is neither of the two sides is told, and settled by a reviewer", () => {
  const lines = [
    "借款合同",
    "甲方：澜汐仪器有限公司",
    "乙方：北岸电子有限公司",
    "丙方：青禾机械有限公司",
    "保证人：青禾机械有限公司",
  ];
  const documents = [{ documentId: "d", facts: readPaper(lines), template: null }];
  const told = listDisagreements({ ...contract, counterparty: "北岸电子有限公司" }, documents, starterBook);
  const third = told.filter(({ fact }) => fact === "counterparty");
  assert.deepEqual(
    third.map(({ read, stricter }) => [read, stricter]),
    [["青禾机械有限公司", "read"]],
  );
  assert.ok(third.every((one) => mustBeSettled(one, false)));
});

test("C06: a counterparty that no document names can be settled by who looked for it", () => {
  const documents = [{ documentId: "d", facts: readPaper(["采购合同", "甲方按图纸供货。"]), template: null }];
  const told = listDisagreements({ ...contract, counterparty: "北岸电子有限公司" }, documents, starterBook);
  const [unfound] = told.filter(({ fact }) => fact === "counterparty");
  assert.ok(unfound && isSettleable(unfound));
});
