import assert from "node:assert/strict";
import { test } from "node:test";
import { text as words } from "../../i18n/terms.en.ts";
import type { SealSummary } from "../../parts/seal-card.tsx";
import {
  countStates,
  filterSeals,
  findScale,
  findWallFilter,
  groupByEntity,
  groupByUnit,
  listChoices,
  writeWallFilter,
} from "./seal-list.ts";

const chen = { personId: "per_1", name: { en: "Chen Yilin", zh: "陈亦霖" } };
const duan = { personId: "per_2", name: { en: "Duan Rui", zh: "段睿" } };
const seal = (number: string, change: Partial<SealSummary> = {}): SealSummary => ({
  sealId: `seal_${number}`,
  number,
  type: "official",
  kindId: "official",
  kindName: { en: "Company seal", zh: "公章" },
  name: { en: "Company seal", zh: "公章" },
  entity: { entityId: "ent_1", name: { en: "Lanxi", zh: "澜汐" }, code: "LX" },
  unit: null,
  state: "in-use",
  important: true,
  external: true,
  body: "electronic",
  faceShape: "circle",
  widthMm: 42,
  heightMm: 42,
  custodians: [chen],
  supervisors: [],
  certificateState: "valid",
  certificateUntil: null,
  keyPlace: "software",
  ...change,
});
const plain = findWallFilter({});
const seals = [
  seal("LX-01"),
  seal("LX-02", { type: "contract", name: { en: "Contract seal", zh: "合同专用章" }, custodians: [chen, duan] }),
  seal("LX-03", { state: "frozen", unit: { unitId: "unit_1", name: { en: "Finance", zh: "财务部" } } }),
  seal("LP-05", {
    state: "filed",
    custodians: [],
    entity: { entityId: "ent_2", name: { en: "Works", zh: "精工" }, code: "LP" },
  }),
];
const numbers = (found: readonly SealSummary[]): string[] => found.map((one) => one.number);

test("seals are found by number, either name and custodian, word by word", () => {
  const find = (search: string): string[] => numbers(filterSeals(seals, { ...plain, search }));
  assert.deepEqual(find("lx-0"), ["LX-01", "LX-02", "LX-03"]);
  assert.deepEqual(find("合同"), ["LX-02"]);
  assert.deepEqual(find("段睿"), ["LX-02"]);
  assert.deepEqual(find("yilin contract"), ["LX-02"]);
  assert.deepEqual(find("  "), numbers(seals));
  assert.deepEqual(find("nothing"), []);
});

test("kind, custodian and state narrow together", () => {
  assert.deepEqual(numbers(filterSeals(seals, { ...plain, kind: "official", state: "in-use" })), ["LX-01"]);
  assert.deepEqual(numbers(filterSeals(seals, { ...plain, custodian: "per_2" })), ["LX-02"]);
  assert.deepEqual(numbers(filterSeals(seals, { ...plain, state: "waiting" })), ["LP-05"]);
});

test("counts of states follow the other filters, and empty groups are left out unless chosen or usual", () => {
  const counts = (filter: Partial<typeof plain>): [string, number][] =>
    countStates(seals, { ...plain, ...filter }).map(({ state, count }) => [state, count]);
  assert.deepEqual(counts({}), [
    ["", 4],
    ["in-use", 2],
    ["waiting", 1],
    ["frozen", 1],
    ["ended", 0],
  ]);
  assert.deepEqual(counts({ search: "contract", state: "lost" }), [
    ["", 1],
    ["in-use", 1],
    ["frozen", 0],
    ["lost", 0],
    ["ended", 0],
  ]);
});

test("every state of a seal is counted in one group", () => {
  const states = Object.keys(words.states.seal) as SealSummary["state"][];
  const each = states.map((state, at) => seal(`LX-${at}`, { state }));
  const [all, ...groups] = countStates(each, plain);
  assert.equal(all?.count, states.length);
  assert.equal(
    groups.reduce((sum, group) => sum + group.count, 0),
    states.length,
  );
});

test("a filter comes back from its address, and an address with unknown words still shows seals", () => {
  const filter = { view: "table", search: "chen 公章", kind: "official", custodian: "per_1", state: "frozen" } as const;
  assert.deepEqual(findWallFilter(writeWallFilter(filter)), filter);
  assert.deepEqual(writeWallFilter(plain), {});
  assert.deepEqual(findWallFilter({ view: "globe", state: ["frozen"], search: 42, kind: null }), {
    ...plain,
    search: "42",
  });
});

test("seals stand by entity, and by unit with those of the whole entity first", () => {
  assert.deepEqual(
    groupByEntity(seals).map((group) => [group.of.code, group.seals.length]),
    [
      ["LX", 3],
      ["LP", 1],
    ],
  );
  const [, , third] = seals;
  assert.ok(third);
  assert.deepEqual(
    groupByUnit([third, ...seals.slice(0, 2)]).map((group) => [group.of?.unitId ?? "", group.seals.length]),
    [
      ["", 2],
      ["unit_1", 1],
    ],
  );
});

test("all faces of a page share one scale, smaller where one of them is larger than usual", () => {
  assert.equal(findScale(seals), 2.35);
  assert.equal(findScale([]), 2.35);
  assert.equal(findScale([{ widthMm: 58, heightMm: 58 }]), 2.35);
  const scale = findScale([...seals, { widthMm: 30, heightMm: 100 }]);
  assert.ok(Math.abs(scale * 100 - 2.35 * 58) < 1e-9);
});

test("kinds and custodians are offered once each", () => {
  const { kinds, custodians } = listChoices(seals);
  assert.deepEqual(kinds, ["official", "contract"]);
  assert.deepEqual(
    custodians.map((person) => person.name.en),
    ["Chen Yilin", "Duan Rui"],
  );
});
