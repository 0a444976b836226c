import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  listStockRefusals,
  planOf,
  type RawSheet,
  readSheets,
  type StockFacts,
  type StockVerdict,
} from "./opening-stock.ts";
import { readDay, readLocks } from "./opening-stock-cells.ts";
import { judgeOpeningStock } from "./opening-stock-judge.ts";
import { walkToOpeningState } from "./opening-stock-life.ts";
import { recogniseSheet, SHEET_KINDS, sheetColumns } from "./opening-stock-sheets.ts";
import { defaultKindRules, type SealKindRules } from "./seal-kind.ts";
import { SEAL_TYPES, type SealType, sealTypeDefaults } from "./vocabulary.ts";

const facts: StockFacts = {
  entity: { entityId: "ent_1", code: "LX", name: { en: "Lanxi", zh: "澜汐" } },
  ...{
    today: "2026-11-28",
    profile: "strict",
    actorId: "per_admin",
    units: [],
    grants: [],
    seals: [],
    containers: [],
    pictures: [],
  },
  people: [
    { personId: "per_admin", login: "admin", name: { en: "Admin", zh: "管理员" }, departed: false },
    { personId: "per_sign", login: "shen", name: { en: "Shen", zh: "沈怀宁" }, departed: false },
  ],
  important: Object.fromEntries(
    SEAL_TYPES.map((type) => [type, sealTypeDefaults[type].important]),
  ) as StockFacts["important"],
  kindRules: Object.fromEntries(
    SEAL_TYPES.map((type): [SealType, SealKindRules] => [type, defaultKindRules(type)]),
  ) as Record<SealType, SealKindRules>,
};
const sheet = (title: string, heads: string, ...rows: string[]): RawSheet => ({
  ...{ file: "stock.xlsx", title },
  rows: [heads, ...rows].map((row, at) => ({ row: at + 1, cells: row.split("|") })),
});
const units = (...rows: string[]): RawSheet => sheet("部门", "部门代码|名称（中文）|上级部门", ...rows);
const people = (...rows: string[]): RawSheet =>
  sheet("People", "Sign-in name or e-mail|Name (Chinese)|Unit|Roles|From", ...rows);
const sealHeads =
  "Number|Name (Chinese)|Kind of seal|Shape|Width (mm)|Custodian|Deputy|Container|Engraved on|Specimen|State";
const seals = (...rows: string[]): RawSheet => sheet("Seals", sealHeads, ...rows);
const judge = (raw: RawSheet[], more: Partial<StockFacts> = {}): StockVerdict[] =>
  judgeOpeningStock(readSheets(raw).lines, { ...facts, ...more });
/** `row column code`, for what is refused. */
const told = (verdicts: readonly StockVerdict[]): string[] =>
  verdicts.flatMap((one) => one.faults.map(({ column, refusal }) => `${one.row} ${column} ${refusal.code}`));
const made = (verdicts: readonly StockVerdict[]): string[] =>
  verdicts.map((one) => `${one.kind} ${one.row} ${one.verdict}${one.waits ? " waits" : ""}`);

test("a sheet is known by its heads, in either language and any order; every template is known as what it is", () => {
  for (const kind of SHEET_KINDS)
    for (const language of ["en", "zh"] as const) {
      const heads = sheetColumns[kind].map(({ name }) => name[language]);
      for (const order of [heads, heads.toReversed()]) {
        const known = recogniseSheet("Sheet1", order);
        assert.equal(known?.kind, kind);
        assert.ok(known?.columns.every((column, at) => column?.name[language] === order[at]));
      }
    }
  assert.equal(recogniseSheet("People", ["Colour", "Weight"]), null);
  assert.deepEqual(recogniseSheet("x", ["登录名", "姓名", "星座"])?.unknownHeads, ["星座"]);
});

test("a template's example has no error, and is passed over where it was left as it is", () => {
  for (const kind of SHEET_KINDS)
    for (const language of ["en", "zh"] as const) {
      const columns = sheetColumns[kind];
      const example = columns.map((one) => one.example[language]);
      const own = example.with(0, `${example[0]}9`);
      const rows = [columns.map((one) => one.name[language]), example, own];
      const raw = { file: "t", title: kind, rows: rows.map((cells, at) => ({ row: at + 1, cells })) };
      const { lines } = readSheets([raw]);
      assert.deepEqual(
        lines.map((line) => [line.row, line.faults]),
        [[3, []]],
        kind,
      );
    }
});

test("days are read as people and spreadsheets write them, and nothing else is a day", () => {
  for (const text of [
    "2024-03-01",
    "2024/3/1",
    "2024.3.1",
    "2024年3月1日",
    "２０２４-０３-０１",
    "45352",
    "2024-03-01T00:00:00.000Z",
  ])
    assert.equal(readDay(text), "2024-03-01", text);
  for (const text of ["2024-02-30", "1.3.2024", "soon", "12", "99999", "2024", "2024-13-01", ""])
    assert.equal(readDay(text), null, text);
});

test("locks are read in both languages; one that is none spoils the cell", () => {
  assert.deepEqual(readLocks("key A-1 = chen; 密码 A-2＝duan；code 3"), [
    { kind: "key", label: "A-1", holder: "chen" },
    { kind: "code", label: "A-2", holder: "duan" },
    { kind: "code", label: "3", holder: "" },
  ]);
  assert.equal(readLocks("drawer"), null);
});

test("units, people and seals rest on one another; what rests on what is not carried out yet waits", () => {
  const verdicts = judge([
    units("D1|总经办|", "D2|采购部|D1"),
    people("chen|陈亦霖|采购部||2024/1/2"),
    seals("YZ-1|部门章|部门章|圆形|38|CHEN|||2021年1月2日||"),
  ]);
  assert.deepEqual(told(verdicts), []);
  assert.deepEqual(made(verdicts).toSorted(), ["people 2 make", "seals 2 make waits", "units 2 make", "units 3 make"]);
  assert.deepEqual(listStockRefusals(verdicts, "batch-import"), []);
  assert.deepEqual(
    listStockRefusals(verdicts, "opening-stock").map((one) => one.code),
    ["import.people-first"],
  );
});

test("errors are told by line and column: unknown unit, ring of units, day to come, unknown kind, custodian in no sheet", () => {
  const verdicts = judge([
    units("D1|甲|D2", "D2|乙|D1", "D3|丙|D9"),
    people("a b|王一|D7||2027-01-01", "wang|王二|D3||"),
    seals("1|公章|方圆章|circle|42|nobody|||2031-01-01||", "2|章|公章|circle|3|shen||||=A1|"),
  ]);
  assert.deepEqual(told(verdicts).toSorted(), [
    "2 custodian import.person-unknown",
    "2 engravedOn import.day-to-come",
    "2 from import.day-to-come",
    "2 kind import.word-unknown",
    "2 login import.login-unfit",
    "2 parent import.units-circular",
    "2 unit import.unit-unknown",
    "3 null import.rests-on-error",
    "3 parent import.units-circular",
    "3 specimen import.formula",
    "3 width import.no-size",
    "4 parent import.unit-unknown",
  ]);
});

test("one person or seal twice is told on both lines, also in other capitals and full-width digits", () => {
  const verdicts = judge([
    people("Chen01|陈||", "ＣＨＥＮ０１|陈||"),
    seals("YZ-1|章|部门章|圆形|38|shen||||", "ｙｚ－１|章|部门章|圆形|38|shen||||"),
  ]);
  assert.deepEqual(
    told(verdicts).filter((one) => one.endsWith("import.twice")),
    ["2 login import.twice", "3 login import.twice", "2 number import.twice", "3 number import.twice"],
  );
  assert.equal(planOf(verdicts, "batch-import").length, 0);
});

test("C11 a custodian who also signs is told on both lines, and nobody gives a role to himself", () => {
  const verdicts = judge([
    people("xu|徐||授权签批人|", "admin|管理员||检查人|"),
    seals("YZ-1|章|部门章|圆形|38|xu|||||"),
  ]);
  assert.deepEqual(told(verdicts), [
    "2 roles separation.duties-meet",
    "3 roles grant.to-oneself",
    "2 custodian separation.duties-meet",
  ]);
});

test("C22 nobody keeps all important seals, and finance and name seal lie in different hands", () => {
  const verdicts = judge([
    seals(
      "1|公章|公章|圆形|42|xu|bai||||",
      "2|财务章|财务专用章|圆形|38|xu|||||",
      "3|名章|法定代表人名章|方形|20|xu|||||",
    ),
    people("xu|徐|||", "bai|白|||"),
  ]);
  const codes = new Set(told(verdicts));
  assert.ok(codes.has("2 custodian custody.all-important-seals"));
  assert.ok(codes.has("3 custodian custody.finance-and-name-seal"));
});

test("C22 a line whose kind cannot be read says nothing against the other seals of its custodian", () => {
  const verdicts = judge([
    seals("1|合同章|合同专用章|圆形|38|xu|||||", "2|合同章二|Contract seel|圆形|38|xu|||||"),
    people("xu|徐|||"),
  ]);
  const codes = told(verdicts);
  assert.ok(codes.length > 0, "the unread kind is told");
  assert.deepEqual(
    codes.filter((code) => code.includes("custody.")),
    [],
  );
});

test("C13 an important seal does not lie in a container that is too weak for it", () => {
  const containers = sheet(
    "containers",
    "Name|Kind of container|Place|Inside monitoring|For important seals|Locks",
    "Box|cabinet|here|no|no|",
  );
  const verdicts = judge([containers, people("xu|徐|||"), seals("1|公章|公章|圆形|42|xu||Box|||")]);
  assert.deepEqual(told(verdicts), [
    "2 container container.too-weak",
    "2 container container.not-watched",
    "2 container container.locks-not-apart",
  ]);
});

test("C23 a specimen is the picture of this name with the sides of this seal", () => {
  const pictures = [
    { pictureId: "ev_1", name: "A.png", inkWidthPx: 400, inkHeightPx: 410 },
    { pictureId: "ev_2", name: "b.png", inkWidthPx: 400, inkHeightPx: 100 },
  ];
  const row = (number: number, picture: string): string =>
    `${number}|章|部门章|圆形|38|shen|||||${picture}|`.replace("|||||", "||||");
  const verdicts = judge([seals(row(1, "a.PNG"), row(2, "b.png"), row(3, "c.png"))], { pictures });
  assert.deepEqual(told(verdicts), ["3 specimen import.picture-of-other-sides", "4 specimen import.picture-missing"]);
  const [item] = planOf(verdicts, "opening-stock");
  assert.deepEqual(item?.kind === "seal" ? item.specimens : null, ["ev_1"]);
});

test("what is there already makes nothing; under another name it is told", () => {
  const there = { units: [{ unitId: "unit_1", code: "D1", name: { en: "甲", zh: "甲" }, closed: false }] };
  assert.deepEqual(made(judge([units("d1|甲|", "D2|乙|D1"), people("SHEN|沈怀宁|||")], there)), [
    "people 2 there",
    "units 2 there",
    "units 3 make",
  ]);
  assert.deepEqual(told(judge([units("D1|乙|"), people("shen|沈二|||")], there)).toSorted(), [
    "2 code import.code-taken",
    "2 login import.login-taken",
  ]);
  assert.deepEqual(
    listStockRefusals(judge([units("D1|甲|")], there), "batch-import").map((one) => one.code),
    ["import.nothing-to-make"],
  );
});

test("a seal leads to a container that is there, also where the sheet still holds its line", () => {
  const there = {
    containers: [
      {
        containerId: "con_1",
        kind: "cabinet" as const,
        name: { en: "Box", zh: "1 号柜" },
        goodForImportant: false,
        insideMonitoring: false,
        lockHolders: [],
      },
    ],
  };
  const containers = sheet("containers", "名称|容器类型|地点", "1 号柜|密码柜|一楼");
  const verdicts = judge([containers, seals("1|章|部门章|圆形|38|shen||1 号柜|||")], there);
  assert.deepEqual(made(verdicts), ["seals 2 make", "containers 2 there"]);
});

test("a piece comes to where it stands by the steps of every seal's life, and none into use", () => {
  assert.deepEqual(walkToOpeningState("in-use", true).state, "awaiting-issue");
  assert.deepEqual(walkToOpeningState("in-use", false).state, "filed");
  assert.deepEqual(walkToOpeningState("stopped", true).state, "stopped");
  assert.deepEqual(walkToOpeningState("sealed-up", false).state, "sealed-up");
});

const word = fc.constantFrom("", "D1", "D2", "d1", "Ｄ２", "D3", "chen", "CHEN", "duan", "shen", "admin");
const lineOf = (...columns: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...columns).map((cells) => cells.join("|"));
const role = fc.constantFrom("", "检查人", "授权签批人", "监印人; 检查人", "印章管理员");
const day = fc.constantFrom("", "2024-01-01", "2099-01-01", "x");
const stock = fc.record({
  units: fc.array(lineOf(word, fc.constantFrom("甲", "乙", ""), word), { maxLength: 5 }),
  people: fc.array(lineOf(word, fc.constantFrom("陈", "段", ""), word, role, day), { maxLength: 6 }),
  seals: fc.array(
    lineOf(
      fc.constantFrom("1", "１", "2", "3"),
      fc.constant("章"),
      fc.constantFrom("公章", "财务专用章", "法定代表人名章", "部门章", "?"),
      fc.constantFrom("圆形", "方形"),
      fc.constantFrom("38", "2"),
      word,
      word,
      word,
      day,
    ),
    { maxLength: 6 },
  ),
});

test("any order of lines gives the same verdicts, and a line with an error never appears in the plan", () => {
  fc.assert(
    fc.property(stock, fc.integer(), (given, seed) => {
      const { lines } = readSheets([units(...given.units), people(...given.people), seals(...given.seals)]);
      const shuffled = lines
        .map((line, at) => ({ line, rank: Math.imul(seed ^ (at + 1), 0x9e3779b1) }))
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ line }) => line);
      const verdicts = judgeOpeningStock(lines, facts);
      assert.deepEqual(judgeOpeningStock(shuffled, facts), verdicts);
      for (const one of verdicts) {
        assert.equal(one.verdict === "refused", one.faults.length > 0);
        if (one.verdict !== "make") assert.deepEqual(one.items, []);
      }
      // What is planned rests on what is planned with it, or is there.
      const items = [...planOf(verdicts, "batch-import"), ...planOf(verdicts, "opening-stock")];
      const keys = new Set(items.flatMap((item) => ("key" in item ? [item.key] : [])));
      for (const [, key] of JSON.stringify(items).matchAll(/"line":"([^"]+)"/g))
        assert.ok(keys.has(key ?? ""), String(key));
      assert.equal(keys.size, items.filter((item) => "key" in item).length);
    }),
    { numRuns: 300 },
  );
});
