import assert from "node:assert/strict";
import { test } from "node:test";
import { mustBeSettled } from "./decisive-facts.ts";
import { compareDeclared, findMissingFacts } from "./declared-facts.ts";
import { starterBook } from "./document-class.ts";
import { readPaper } from "./test-papers.ts";

const tell = (lines: readonly string[], amount: number | null = 900_000) =>
  compareDeclared(
    {
      ...{ documentClass: "contract", external: true, counterparty: null, currency: "CNY" },
      amountMinor: amount === null ? null : amount * 100,
    },
    readPaper(lines),
    starterBook,
    { currency: "CNY", rates: {} },
  ).filter(({ fact }) => fact === "amount");
/** What a paper of these lines comes to, where that is more than was declared. */
const comesTo = (lines: readonly string[], declared: number | null = 900_000): (number | string)[] =>
  tell(lines, declared).map(({ amount, read }) => (amount ? amount.minor / 100 : read));

test("C01: a sum that is due again and again counts with the time for which the paper runs", () => {
  for (const [lines, amount] of [
    [["第二条 年租金人民币900,000.00元，租期五年。"], 4_500_000],
    [["第二条 租金每年人民币900,000.00元，租期自2026年12月1日至2031年11月30日。"], 4_500_000],
    [["第二条 服务费每月人民币900,000.00元，服务期四十八个月。"], 43_200_000],
    [["第一条 合同期限为两年。", "第二条 每季度支付服务费人民币900,000.00元。"], 7_200_000],
    [["第二条 租金为900,000.00元/月，租赁期限：36个月。"], 32_400_000],
    [
      ["2. The tenant rents the hall for five years from 1 December 2026.", "3. The annual rent is CNY 900,000.00."],
      4_500_000,
    ],
    [["1. The supplier maintains the line for sixty months.", "2. The fee is CNY 900,000.00 a month."], 54_000_000],
    [["1. The term of this agreement is 3 years.", "2. The client pays CNY 900,000.00 per quarter."], 10_800_000],
    [["2. A fee of CNY 900,000.00, payable monthly, is due from 1 January 2027 to 31 December 2028."], 21_600_000],
    [
      ["一、合同自签订之日起生效，双方约定", "期限为三年，除非提前解除。", "二、每年租金人民币900,000.00元。"],
      2_700_000,
    ],
    [["第二条 每月900,000×48个月。"], 43_200_000],
    [["第二条 货物分四批交付，每批货款人民币900,000.00元。"], 3_600_000],
    [["第二条 首批人民币900,000.00元，后续三批与首批金额相同。"], 3_600_000],
    [["第二条 首年价款人民币1,000,000.00元，此后每年递增百分之十，合同期限三年。"], 3_310_000],
  ] as const)
    assert.deepEqual(comesTo(lines), [amount], lines.join(" "));
});

test("C01: where a sum recurs and nothing says for how long, a reviewer settles it before anybody approves", () => {
  for (const lines of [
    ["第二条 租金每年人民币900,000.00元。"],
    ["第二条 每批货款人民币900,000.00元，按订单分批交付。"],
    ["第二条 首批人民币900,000.00元，其余各批与首批金额相同。", "第三条 每批货物在十日内验收。"],
    ["2. The buyer pays CNY 900,000.00 every Monday."],
    ["2. The fee is CNY 900,000.00 a month until either party ends this agreement."],
    ["第二条 每年价款人民币900,000.00元，此后每年递增百分之三十。"],
  ]) {
    const [found] = tell(lines);
    assert.match(found?.read ?? "", /^recurs /u, lines.join(" "));
    assert.equal(found && mustBeSettled({ ...found, declared: "CNY 900000.00" }, false), true);
  }
  // Who declares more than two of them has thought of it; the document bears none of it out, and is told so.
  assert.deepEqual(
    tell(["第二条 租金每年人民币900,000.00元。"], 4_500_000).map(({ stricter }) => stricter),
    ["declared"],
  );
  assert.deepEqual(comesTo(["第二条 租金每年人民币900,000.00元。"], null), [900_000, "recurs 900,000.00元"]);
});

test("C01: what a paper counts together itself, declares in full, or does not pay for its deal, recurs for nobody", () => {
  for (const [lines, declared] of [
    [["年租金人民币900,000.00元，租期五年，租金总额人民币4,500,000.00元。"], 4_500_000],
    [["月租金人民币100,000.00元，租期一年，其中首月免租，租金总额人民币1,100,000.00元。"], 1_100_000],
    [["年租金人民币900,000.00元，租期五年。"], 4_500_000],
    [["总价人民币900,000.00元。", "逾期的，每月支付违约金人民币10,000.00元，质保期五年。"], 900_000],
    [["总价人民币900,000.00元，2026年租金已付。", "双方应在五年内保密。"], 900_000],
    [["月工资人民币18,000.00元，合同期限三年。"], 18_000],
    [["年租金人民币900,000.00元，租期一年。"], 900_000],
    [["五年租金共计人民币900,000.00元。"], 900_000],
    [["总价人民币900,000.00元。", "乙方每月10日前提交报表。"], 900_000],
  ] as const)
    assert.deepEqual(comesTo(lines, declared), [], lines.join(" "));
});

test("C01: numerals that say a little more than they name are at least that", () => {
  for (const text of [
    "合同总价三百二十余万元。",
    "合同总价三佰二十余万元。",
    "合同总价320余万元。",
    "合同总价三百二十多万元。",
  ])
    assert.deepEqual(comesTo([text]), [3_200_000], text);
  assert.deepEqual(comesTo(["合同总价十几万元。"], 10_000), [100_000]);
  assert.deepEqual(comesTo(["供应压力表三百多万件，总价人民币900,000.00元。"]), []);
});

test("C05: what recurring sums come to is no figure of the paper beside its words", () => {
  const read = readPaper(["租赁合同", "月租金玖拾万元整，租期五年。", "2026年11月28日"]);
  assert.deepEqual(
    findMissingFacts(read, "contract").flatMap(({ kind }) => (kind === "amount-words-differ" ? [kind] : [])),
    [],
  );
  assert.ok(read.amounts.some(({ minor }) => minor === 5_400_000_000));
});
