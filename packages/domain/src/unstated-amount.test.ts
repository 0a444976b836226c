import assert from "node:assert/strict";
import { test } from "node:test";
import { type DocumentSeen, decideFacts, listDisagreements, mustBeSettled, sayFact } from "./decisive-facts.ts";
import { type StarterClassId, starterBook } from "./document-class.ts";
import { readPaper } from "./test-papers.ts";

const contract = (clause: string, title = "供货合同") => [
  title,
  "甲方：澜汐仪器有限公司",
  "乙方：天津海河阀门有限公司",
  clause,
  "任何一方违约的，应赔偿对方损失。",
  "甲方（盖章）：　　　　乙方（盖章）：",
  "2026年11月28日",
];
const ask = (
  documents: readonly (readonly string[])[],
  change: {
    documentClass?: StarterClassId;
    amount?: number;
    external?: boolean;
    template?: DocumentSeen["template"];
  } = {},
) => {
  const { documentClass = "contract", amount, external = true, template = null } = change;
  const seen = documents.map((lines, at) => ({ documentId: `d${at}`, facts: readPaper(lines), template }));
  const declared = {
    ...{ documentClass, external, counterparty: external ? "天津海河阀门有限公司" : null, currency: "CNY" },
    amountMinor: amount === undefined ? null : amount * 100,
  };
  return listDisagreements(declared, seen, starterBook).filter(({ fact }) => fact === "amount");
};

test("C01: a paper about money that goes outside with no amount anywhere is settled before anybody approves", () => {
  for (const [lines, documentClass] of [
    [contract("五年内甲方采购不少于两万台，按订单供货。"), "contract"],
    [contract("乙方按甲方订单供货。"), "contract"],
    [contract("价款按双方确认的价目表结算。"), "contract"],
    [contract("乙方按甲方订单供货，价格见各订单。", "框架协议"), "framework-agreement"],
    [contract("乙方按甲方订单供货。"), "official-letter"],
    [
      ["Quotation", "To: Haihe Valves Ltd", "We offer gauges at the prices of our list of 2026.", "28 November 2026"],
      "quotation",
    ],
  ] as const) {
    const [found, ...others] = ask([lines], { documentClass });
    assert.deepEqual([found?.read, found?.stricter, others.length], ["unstated", "read", 0], lines.join(" "));
    assert.equal(found && mustBeSettled(found, false), true);
  }
  const [found] = ask([contract("价款按双方确认的价目表结算。")]);
  assert.match(found?.text ?? "", /价目表/u);
  assert.deepEqual(sayFact("amount", "unstated", starterBook), { en: "no amount either", zh: "文中也未载明金额" });
  // It is asked once for all of them, also in what is declared as none of it.
  assert.equal(ask([contract("乙方按甲方订单供货。"), contract("丙地交货，按订单供货。")]).length, 1);
});

test("C01: what is priced, follows a template, or is no paper about money is not asked for its amount", () => {
  const open = contract("乙方按甲方订单供货。");
  assert.deepEqual(ask([open], { template: { documentClass: "contract", verdict: "same-but-fields" } }), []);
  assert.deepEqual(ask([open], { template: { documentClass: "contract", verdict: "changed" } }).length, 1);
  assert.deepEqual(
    ask([open, ["附件一 价目表", "压力表每只人民币120.00元。"]]).map(({ read }) => read),
    ["120.00元"],
  );
  // What the applicant states and no document says is told as ever, and waits for nobody.
  assert.deepEqual(
    ask([open], { amount: 1 }).map(({ stricter, read }) => [stricter, read]),
    [["declared", ""]],
  );
  for (const [lines, documentClass, external = true] of [
    [["在职证明", "兹证明李强在我公司工作。", "2026年11月28日"], "employment-certificate"],
    [["函", "天津海河阀门有限公司：", "贵公司来函收悉，特此函复。", "2026年11月28日"], "official-letter"],
    [["授权委托书", "兹授权李强办理海关备案事宜。", "2026年11月28日"], "authorisation-letter"],
    [["关于放假的通知", "各部门：", "元旦放假三天。", "2026年12月28日"], "internal-notice", false],
  ] as const)
    assert.deepEqual(ask([lines], { documentClass, external }), [], lines[0]);
});

test("C01: the question decides nothing by itself; who settles it for the application leaves the amount as it is", () => {
  const lines = contract("乙方按甲方订单供货。");
  const seen = [{ documentId: "d", facts: readPaper(lines), template: null }];
  const declared = {
    ...{ documentClass: "contract" as const, external: true, counterparty: "天津海河阀门有限公司" },
    ...{ amountMinor: null, currency: "CNY" },
  };
  const found = listDisagreements(declared, seen, starterBook);
  assert.equal(decideFacts(declared, seen, found, new Set(), starterBook).amountMinor, null);
});
