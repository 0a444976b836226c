import assert from "node:assert/strict";
import { test } from "node:test";
import type { SealSummary } from "../../parts/seal-card.tsx";
import {
  findScale,
  findWallFilter,
  groupByEntity,
  groupByUnit,
  listStateCounts,
  writeWallFilter,
} from "./seal-list.ts";

const chen = { personId: `per_${"1".padStart(36, "0")}`, name: { en: "Chen Yilin", zh: "陈亦霖" } };
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
  custodyEndedAt: null,
  custodians: [chen],
  supervisors: [],
  certificateState: "valid",
  certificateUntil: null,
  nextDuty: { duty: "until", urgency: "later" },
  lossDue: null,
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
test("groups of states without any seal are left out unless chosen or usual", () => {
  const states = [
    { state: "in-use", count: 2 },
    { state: "waiting", count: 1 },
    { state: "moving", count: 0 },
    { state: "frozen", count: 0 },
    { state: "lost", count: 0 },
    { state: "ended", count: 0 },
  ] as const;
  const counts = (chosen: Parameters<typeof listStateCounts>[1]): [string, number][] =>
    listStateCounts([...states], chosen).map(({ state, count }) => [state, count]);
  const plainly = [
    ["", 3],
    ["in-use", 2],
    ["waiting", 1],
    ["frozen", 0],
    ["ended", 0],
  ];
  assert.deepEqual(counts(""), plainly);
  assert.deepEqual(counts("lost"), [...plainly.slice(0, 4), ["lost", 0], ["ended", 0]]);
});

test("a filter comes back from its address, and an address with unknown words still shows seals", () => {
  const filter = {
    view: "table",
    search: "chen 公章",
    kind: "official",
    custodian: chen.personId,
    state: "frozen",
  } as const;
  assert.deepEqual(findWallFilter(writeWallFilter(filter)), filter);
  assert.deepEqual(writeWallFilter(plain), {});
  assert.deepEqual(findWallFilter({ view: "globe", state: ["frozen"], search: 42, kind: null, custodian: "me" }), {
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
  assert.equal(findScale(0), 2.35);
  assert.equal(findScale(58), 2.35);
  assert.ok(Math.abs(findScale(100) * 100 - 2.35 * 58) < 1e-9);
});
