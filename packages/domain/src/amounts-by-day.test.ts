import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readPaper } from "./test-papers.ts";

/** The most that a paper of these lines comes to, and whether it does not say for how long a sum is due. */
const most = (...lines: string[]): number | "unknown" => {
  const { amounts } = readPaper(lines);
  return amounts.some((amount) => amount.recurs) ? "unknown" : Math.max(...amounts.map(({ minor }) => minor / 100));
};

test("C01: a sum by the day or the hour counts with the days or hours that the paper says", () => {
  for (const [lines, amount] of [
    [["第二条 服务费每天3,000元，共200天。"], 600_000],
    [["第二条 服务费每天人民币3,000.00元,共计二百天。"], 600_000],
    [["第二条 租金3,000元/天，租赁期200天。"], 600_000],
    [["第一条 施工期限为200天。", "第二条 每日租金人民币3,000.00元。"], 600_000],
    [["第二条 每人天2,000元，预计工作量200人天。"], 400_000],
    [["第二条 每小时800元，共400小时。"], 320_000],
    [["第二条 课时费每课时500元，共120课时。"], 60_000],
    [["第二条 台班费每台班1,500元，暂估300台班。"], 450_000],
    [["2. The consultant charges RMB 800 per hour for 400 hours."], 320_000],
    [["2. Fee: CNY 800/hour, up to 400 hours."], 320_000],
    [["2. The consultant charges CNY 2,000.00 per man-day.", "3. The work is estimated at 200 man-days."], 400_000],
    [["2. A daily rate of CNY 3,000.00 is paid, 200 days in all."], 600_000],
    [["2. The fee is CNY 6,400 per day (8 hours) for fifty days."], 320_000],
    [["2. The crane is hired for 200 days.", "3. The hire is CNY 3,000.00 per day."], 600_000],
    // A time in months or years has so many days.
    [["第二条 日租金人民币3,000.00元，租期三个月。"], 273_750],
    [["第二条 每个工作日1,000元，服务期一年。"], 261_000],
  ] as const)
    assert.equal(most(...lines), amount, lines.join(" "));
});

test("C01: where nothing says for how many days or hours, a reviewer settles what it comes to", () => {
  for (const line of [
    "第二条 咨询费每小时800元，按实际小时数结算。",
    "第二条 24小时内响应，服务费每小时800元。",
    "第二条 每天3,000元，账期30天。",
    "第二条 每天3,000元，于次月10日内支付。",
    "2. The fee is CNY 800 per hour, invoiced monthly and paid within 30 days.",
  ])
    assert.equal(most(line), "unknown", line);
});

test("C01: days of delay, opening hours, times to pay within and expenses multiply nothing", () => {
  for (const line of [
    "逾期付款的，每日按合同价的万分之五支付违约金。",
    "每逾期一天，支付1,000元，最长不超过30天。",
    "乙方延迟交货的，每天赔偿1,000元，共计不超过60天。",
    "2. For each day of delay the supplier pays CNY 1,000.00, for at most 30 days.",
    "2. Liquidated damages are CNY 1,000.00 per day for up to 50 days.",
    "展厅每天9时至18时开放，共30天。",
    "住宿费每天不超过500元，据实报销。",
    "设备日产量3,000件，运行200天。",
    "2. The shop opens 8 hours a day for 200 days.",
    "30天内付清，工期200天。",
  ])
    assert.equal(most("第一条 总价人民币900,000.00元。", line), 900_000, line);
  // A total that the paper says itself is its word, and the next sum's day is none of the one before.
  assert.equal(most("合同总价人民币600,000.00元，每天3,000元，共200天。"), 600_000);
  assert.equal(most("合同价人民币600,000.00元，每月50,000元，共12个月。"), 600_000);
});

test("C01: whatever the day's sum and the number of days, both languages come to their product", () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 99_999 }), fc.integer({ min: 2, max: 999 }), (sum, days) => {
      const figures = sum.toLocaleString("en-US");
      assert.equal(most(`第二条 服务费每天人民币${figures}.00元，共${days}天。`), sum * days);
      assert.equal(most(`2. The fee is CNY ${figures}.00 per day, ${days} days in all.`), sum * days);
    }),
    { numRuns: 60 },
  );
});
