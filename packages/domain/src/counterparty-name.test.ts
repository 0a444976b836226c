import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { contradictsName, lacksNameOfKind, readCounterpartyKind } from "./counterparty-name.ts";

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
    ["bank", "东和贸易有限公司"],
    ["bank", "Beicheng Precision Ltd"],
    ["bank", "王大明"],
    ["bank", "海港"],
    ["affiliate", "上海近水设备有限公司"],
    ["affiliate", "Beicheng Precision Ltd"],
    ["affiliate", "王大明"],
    ["authority", "Beicheng Precision Ltd"],
    ["authority", "Jane Doe"],
    ["authority", "东和"],
  ] as const)
    assert.equal(contradictsName(kind, name, own), true, name);
  for (const [kind, name] of [
    ["state-owned", "上海近水设备有限公司"],
    ["affiliate", "澜汐贸易（深圳）有限公司"],
    ["affiliate", "深圳市澜汐物流有限公司"],
    ["affiliate", "Lanxi Trading GmbH"],
    ["affiliate", "澜汐村镇银行"],
    ["bank", "平安金融租赁有限公司"],
    ["bank", "Commerzbank AG"],
    ["bank", "Navy Credit Union"],
    ["bank", "苏州农商行"],
    ["authority", "上海市市场监督管理局浦东分局"],
    ["authority", "City of Lyon"],
    ["authority", "Beigang customs office"],
    ["state-owned", "中国银行"],
    ["unknown", "市科学技术局"],
    ["company", "Jane Doe"],
    ["individual", "张三丰"],
  ] as const)
    assert.equal(contradictsName(kind, name, own), false, name);
});

test("C06: whatever the group is called, its own names and those with its stem are of the group; a place is no stem", () => {
  const han = fc.string({ unit: fc.constantFrom(..."澜汐恒准启明远帆海港东岭"), minLength: 2, maxLength: 4 });
  const place = fc.constantFrom("", "上海", "北京市", "江苏省苏州市", "中国");
  const form = fc.constantFrom("有限公司", "股份有限公司", "集团", "物流有限公司");
  fc.assert(
    fc.property(place, han, form, place, form, (where, brand, kind, elsewhere, other) => {
      const ours = [`${where}${brand}${kind}`];
      assert.equal(lacksNameOfKind("affiliate", ours[0] ?? "", ours), false);
      assert.equal(lacksNameOfKind("affiliate", `${elsewhere}${brand}${other}`, ours), false);
      assert.equal(lacksNameOfKind("affiliate", `${where}王牌${other}`, ours), true);
    }),
  );
});
