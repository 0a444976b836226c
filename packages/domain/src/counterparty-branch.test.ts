import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { companyOf, isSameCompany, stemForBranches } from "./counterparty-branch.ts";
import { isSameParty } from "./parties-in-text.ts";

const isSame = (a: string, b: string): boolean => isSameCompany(a, b, isSameParty) && isSameCompany(b, a, isSameParty);

test("C20: the company of a branch stands in its name", () => {
  for (const [name, company] of [
    ["华兴贸易有限公司上海分公司", "华兴贸易有限公司"],
    ["华兴贸易有限公司（上海分公司）", "华兴贸易有限公司"],
    ["上海华兴贸易有限公司第一分公司", "上海华兴贸易有限公司"],
    ["華興貿易有限公司上海分公司", "華興貿易有限公司"],
    ["中国工商银行股份有限公司上海分行徐汇支行", "中国工商银行股份有限公司"],
    ["华兴集团驻京办事处", "华兴集团"],
    ["Huaxing Trading Co., Ltd. Shanghai Branch", "Huaxing Trading Co., Ltd."],
    ["Huaxing Trading Co., Ltd. (Shanghai Branch Office)", "Huaxing Trading Co., Ltd."],
    ["Huaxing Trading Limited, Branch", "Huaxing Trading Limited"],
    ["Shanghai Branch of Huaxing Trading Co., Ltd.", "Huaxing Trading Co., Ltd."],
    ["Huaxing GmbH Representative Office", "Huaxing GmbH"],
    [
      "华兴贸易有限公司上海分公司 Huaxing Trading Co., Ltd. Shanghai Branch",
      "华兴贸易有限公司 Huaxing Trading Co., Ltd.",
    ],
  ] as const)
    assert.equal(companyOf(name), company, name);
});

test("C20: what is no branch keeps its name", () => {
  for (const name of [
    "华兴贸易有限公司",
    "华兴贸易有限公司上海子公司",
    "华兴贸易(上海)有限公司",
    "分公司管理咨询有限公司",
    "Huaxing Trading Co., Ltd. Subsidiary Shanghai Branch",
    "Branch Metals Ltd.",
    "Olive Branch Catering Co., Ltd.",
    "Bank of Communications",
    "张三丰",
  ])
    assert.equal(companyOf(name), name, name);
});

test("C20: a company and its branches are one, other companies are not", () => {
  for (const [a, b] of [
    ["华兴贸易有限公司", "华兴贸易上海分公司"],
    ["華興貿易有限公司", "華興貿易有限公司臺北分公司"],
    ["Bank of Communications", "Bank of Communications Shanghai Branch"],
    ["Huaxing Trading Co., Ltd.", "Huaxing Trading Shanghai Branch"],
    ["北岸电子有限公司", "北岸电子有限公司上海分公司 North Shore Electronics Ltd. Shanghai Branch"],
  ] as const)
    assert.equal(isSame(a, b), true, `${a} ${b}`);
  for (const [a, b] of [
    ["华兴贸易有限公司", "华兴贸易有限公司上海子公司"],
    ["华兴贸易有限公司", "华兴贸易(上海)有限公司"],
    ["华兴贸易有限公司", "华兴贸易物流有限公司上海分公司"],
    ["华兴贸易有限公司", "南华兴贸易有限公司上海分公司"],
    ["Huaxing Trading Co., Ltd.", "Huaxing Trading Logistics Co., Ltd. Shanghai Branch"],
    ["华兴有限公司", "华兴达有限公司上海分公司"],
  ] as const)
    assert.equal(isSame(a, b), false, `${a} ${b}`);
});

test("C20: whatever the company and the place, its branch is found by what its name holds", () => {
  const character = fc.constantFrom(..."澜汐蓝水远山东岭华兴贸易电子仪器设备");
  const stem = fc.array(character, { minLength: 4, maxLength: 10 }).map((some) => some.join(""));
  const place = fc.constantFrom("上海", "北京第二", "深圳市南山区", "");
  fc.assert(
    fc.property(stem, place, fc.constantFrom("有限公司", "股份有限公司"), (name, where, form) => {
      const [company, branch] = [`${name}${form}`, `${name}${form}${where}分公司`];
      assert.equal(companyOf(branch), company);
      assert.equal(isSame(company, branch), true);
      assert.equal(isSame(branch, `${company}广州分公司`), true);
      assert.equal(isSame(`${name}${form}${where}子公司`, company), false);
      assert.ok(branch.includes(stemForBranches(company)) && stemForBranches(company) !== "");
      assert.equal(stemForBranches(branch), stemForBranches(company));
    }),
    { numRuns: 200 },
  );
});
