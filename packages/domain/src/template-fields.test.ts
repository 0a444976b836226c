import assert from "node:assert/strict";
import { test } from "node:test";
import { readDocumentText } from "./document-text.ts";
import { compareWithTemplate } from "./template-comparison.ts";
import { type FieldKind, fieldLengths, findFieldFault, guessFieldKind, isOpenDay } from "./template-fields.ts";
import { readTemplate } from "./template-text.ts";
import { layOut } from "./test-pages.ts";

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
    "Smith, Jones & Co.",
    "Harbour & Pine Logistics Ltd.",
    "中国银行和平支行",
    "海港光学有限公司（Harbour Optics Co., Ltd.）",
  ])
    assert.equal(faultOf(name), null, name);
  for (const more of [
    "东岭机电有限公司或其指定的任何人",
    "东岭机电有限公司及其关联方",
    "东岭机电有限公司或任何第三方",
    "Dongling Ltd or its nominee",
    "Dongling Ltd and its affiliates",
    "Dongling Ltd or any third party",
    "Dongling Ltd. and Beta Instruments Ltd.",
    "Dongling Co., Ltd., Beta Instruments GmbH",
    "东岭机电有限公司、海港光学有限公司",
    "东岭机电有限公司和海港光学有限公司",
  ])
    assert.equal(faultOf(more), "clause", more);
});

const faultIn = (kind: FieldKind, value: string) => {
  const run = { text: value, x: 10, y: 10, width: value.length, height: 4 };
  const page = { index: 0, widthMm: 210, heightMm: 297, imageCoverage: 0, runs: [run] };
  return findFieldFault({ kind, mostCharacters: fieldLengths[kind] }, readDocumentText([page]).pages[0]?.words ?? []);
};

test("C03: a field of several parts takes a name, a place or a thing with its parts, and no further sentence; a plain one is to be read then", () => {
  for (const value of [
    "Pier 7, Port Street",
    "No. 7 St. James St., London",
    "Bldg. 4, Rm. 12, 200 Main St., Springfield",
    "Pressure gauge (range 0 to 10 bar)",
    "Rotterdam (Netherlands), Quay 4",
    "上海市浦东新区港湾路5号，3号仓库",
    "不锈钢球阀（DN50）三百台及配套法兰",
    "办理投标、签约等事宜",
  ]) {
    assert.equal(faultIn("words", value), null, value);
    assert.equal(faultIn("text", value), "not-plain", value);
  }
  assert.equal(faultIn("text", "Dr. J. Smith"), null);
  for (const value of ["Harbour Light Trading Co., Ltd.", "O'Hara Valves, Inc.", "信达会计师事务所（特殊普通合伙）"])
    assert.equal(faultIn("party", value), null, value);
  for (const value of [
    "Pier 7. No payment is due",
    "Pier 7, Port Street. The Buyer unloads",
    "LX-1 (Art. 6 is void)",
    "LX-1 (not due)",
    "any place and time, free of charge",
    "Pier 7, where the Seller unloads",
    "七号码头，买方自行卸货",
    "七号码头（运费由乙方承担）",
    "压力表十只，免费安装",
  ]) {
    assert.equal(faultIn("text", value), "clause", value);
    assert.equal(faultIn("words", value), "clause", value);
  }
  assert.equal(faultIn("party", "Harbour Light Trading Ltd. who need not pay"), "clause");
});

test("C03: a blank is of the kind that the words around it leave no doubt of", () => {
  for (const label of [
    "4. The agreement takes effect on",
    "valid until",
    "effective as of",
    "本协议生效日：",
    "终止日",
  ])
    assert.equal(guessFieldKind(label), "date", label);
  assert.equal(guessFieldKind("系我单位正式员工，自", "起"), "date");
  for (const label of ["between Lanxi Instruments Co., Ltd. and", "致："])
    assert.equal(guessFieldKind(label), "party", label);
  for (const label of [
    "1. The parties examine a common project:",
    "自",
    "depends on",
    "between us",
    "交付地点：",
    "现任",
  ])
    assert.equal(guessFieldKind(label), "text", label);
  assert.equal(faultIn("date", "no day"), "not-date");
  assert.equal(faultIn("date", "1 January 2027"), null);
});

test("C03: an agreement's own blanks take its other party and its day, and nobody's word for anything more", () => {
  const agreement = (other: string, project: string, day: string) =>
    readDocumentText(
      layOut([
        "Non-disclosure agreement",
        `between Lanxi Instruments Co., Ltd. and ${other}, together the parties.`,
        `1. The parties examine a common project: ${project}.`,
        "2. Each party keeps what it learns of the other's business and technology confidential.",
        `4. The agreement takes effect on ${day} and ends three years later.`,
        "5. At its end each party returns or destroys what it received in writing.",
      ]),
    );
  const blank = "____________";
  const template = readTemplate(agreement(blank, blank, blank), []);
  const compare = (...values: [string, string, string]) => compareWithTemplate(template, agreement(...values));
  const right = compare("Harbour Metrology Ltd.", "a gauge head", "1 January 2027");
  assert.deepEqual(
    [right.verdict, right.fields.map(({ kind }) => kind)],
    ["same-but-fields", ["party", "text", "date"]],
  );
  assert.equal(compare("Harbour Metrology Ltd.", "a gauge head", "no day").verdict, "changed");
  assert.equal(compare("Harbour Metrology Ltd. and Beta Ltd.", "a gauge head", "1 January 2027").verdict, "changed");
});

test("C03: the words printed for a day are no day", () => {
  for (const printed of ["年月日", "年 月 日"]) assert.equal(isOpenDay(printed), true, printed);
  for (const day of ["2027年3月31日", "二〇二七年三月三十一日", "2027年月日", "1 May 2027", "日", ""])
    assert.equal(isOpenDay(day), false, day);
});
