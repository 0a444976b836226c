import assert from "node:assert/strict";
import { test } from "node:test";
import { contradictsName, readCounterpartyKind } from "./counterparty-name.ts";

const own = ["澜汐精工有限公司", "Lanxi Precision Co., Ltd."];

test("C06: what kind of counterparty a name shows", () => {
  for (const [name, kind] of [
    ["市科学技术局", "authority"],
    ["上海市浦东新区人民法院", "authority"],
    ["Ministry of Commerce", "authority"],
    ["中国工商银行股份有限公司上海分行", "bank"],
    ["Bank of Communications", "bank"],
    ["澜汐精工有限公司", "affiliate"],
    ["上海近水设备有限公司", "company"],
    ["局部科技有限公司", "company"],
    ["张三丰", "individual"],
    ["Nearwater Equipment Co., Ltd.", "company"],
    ["Jane Doe", null],
    ["", null],
  ] as const)
    assert.equal(readCounterpartyKind(name, own), kind, name);
});

test("C06: a declared kind that the name does not have is told, one that it may have is not", () => {
  for (const [kind, name] of [
    ["company", "市科学技术局"],
    ["company", "张三丰"],
    ["company", "澜汐精工有限公司"],
    ["individual", "上海近水设备有限公司"],
    ["company", "中国银行"],
  ] as const)
    assert.equal(contradictsName(kind, name, own), true, name);
  for (const [kind, name] of [
    ["state-owned", "上海近水设备有限公司"],
    ["affiliate", "上海近水设备有限公司"],
    ["bank", "平安金融租赁有限公司"],
    ["state-owned", "中国银行"],
    ["unknown", "市科学技术局"],
    ["company", "Jane Doe"],
    ["individual", "张三丰"],
  ] as const)
    assert.equal(contradictsName(kind, name, own), false, name);
});
