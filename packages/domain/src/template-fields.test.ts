import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldLengths, findFieldFault } from "./template-fields.ts";

const faultOf = (value: string) =>
  findFieldFault(
    { kind: "party", mostCharacters: fieldLengths.party },
    value.split(" ").map((text) => ({ text, page: 1, line: 1 })),
  );

test("C03: a party's field takes a party, and not whoever it may name beside itself", () => {
  for (const name of [
    "东岭机电有限公司",
    "北京市第三建筑工程公司",
    "华和机械（苏州）有限公司",
    "Smith and Sons Ltd",
    "Any Co., Ltd",
  ])
    assert.equal(faultOf(name), null, name);
  for (const more of [
    "东岭机电有限公司或其指定的任何人",
    "东岭机电有限公司及其关联方",
    "东岭机电有限公司或任何第三方",
    "Dongling Ltd or its nominee",
    "Dongling Ltd and its affiliates",
    "Dongling Ltd or any third party",
  ])
    assert.equal(faultOf(more), "clause", more);
});
