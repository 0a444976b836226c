import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { SEAL_BODIES, SEAL_STATES } from "./seal-life.ts";
import {
  applyUnitChange,
  endOfBody,
  fateOfSeal,
  listUnitChangeRefusals,
  makesRing,
  type SealOfUnit,
  type UnitChange,
  type UnitChangeFacts,
  type UnitToChange,
  unitsAbove,
} from "./unit-change.ts";

const unit = (unitId: string, parentUnitId: string | null, change: Partial<UnitToChange> = {}): UnitToChange => ({
  ...{ unitId, parentUnitId, entityId: "ent_1", closed: false, name: { en: `En ${unitId}`, zh: `部 ${unitId}` } },
  ...change,
});
const tree = [unit("head", null), unit("trade", "head"), unit("east", "trade"), unit("works", "head")];
const accounts = { keepsAccounts: true, heads: [] };
const facts = (change: Partial<UnitChangeFacts> = {}): UnitChangeFacts => ({
  ...{ units: tree, entityId: "ent_1", seals: [], people: 0, asker: accounts },
  ...change,
});
const seal = (change: Partial<SealOfUnit> = {}): SealOfUnit => ({
  name: { en: "Trade seal", zh: "贸易部章" },
  ...{ sealId: "seal_1", number: "LX-09", bodies: [{ kind: "physical", state: "in-use" }], faceTexts: [] },
  ...change,
});
const codes = (change: UnitChange, more: Partial<UnitChangeFacts> = {}): string[] =>
  listUnitChangeRefusals(change, facts(more)).map((refusal) => refusal.code);
const close = (unitId: string, peopleTo: string | null = null): UnitChange => ({
  kind: "close-unit",
  unitId,
  peopleTo,
});
const merge = (unitId: string, intoUnitId: string, keptSealIds: string[] = []): UnitChange => ({
  ...{ kind: "merge-unit", unitId, intoUnitId, keptSealIds },
});

test("C10: a unit that exists is closed, its people go to the unit above or to the one named", () => {
  assert.deepEqual(codes(close("east")), []);
  assert.deepEqual(codes(close("east", "works")), []);
  assert.deepEqual(codes(close("nowhere")), ["unit.unknown"]);
  assert.deepEqual(codes(close("east"), { entityId: "ent_2" }), ["unit.unknown"]);
  assert.deepEqual(codes(close("east"), { units: [...tree.slice(0, 2), unit("east", "trade", { closed: true })] }), [
    "unit.closed-already",
  ]);
  assert.deepEqual(codes(close("east", "gone")), ["unit.heir-unknown"]);
});

test("C10: the last unit under the entity stays, and people never belong to nothing", () => {
  assert.deepEqual(codes(close("head")), ["unit.last-root"]);
  const two = [...tree, unit("other", null)];
  assert.deepEqual(codes(close("head"), { units: two }), []);
  assert.deepEqual(codes(close("head"), { units: two, people: 3 }), ["unit.people-nowhere"]);
  assert.deepEqual(codes(close("head", "other"), { units: two, people: 3 }), []);
});

test("C10: nothing is merged into itself, below itself, or into another entity", () => {
  assert.deepEqual(codes(merge("trade", "works")), []);
  assert.deepEqual(codes(merge("trade", "trade")), ["unit.heir-unknown"]);
  assert.deepEqual(codes(merge("trade", "east")), ["unit.heir-below"]);
  const units = [...tree, unit("foreign", null, { entityId: "ent_2" })];
  assert.deepEqual(codes(merge("trade", "foreign"), { units }), ["unit.heir-unknown"]);
});

test("C11: the head of a unit above asks, and neither its own head nor one beside it", () => {
  const asks = (...heads: string[]) => codes(close("east"), { asker: { keepsAccounts: false, heads } });
  assert.deepEqual(asks("trade"), []);
  assert.deepEqual(asks("head"), []);
  assert.deepEqual(asks("east"), ["unit.not-superior"]);
  assert.deepEqual(asks("works"), ["unit.not-superior"]);
  assert.deepEqual(codes(close("east"), { asker: null }), [], "once it was approved nobody asks any more");
});

test("C10: a seal goes on only if it is the unit's and its face does not show the name that ends", () => {
  const rename: UnitChange = {
    ...{ kind: "rename-unit", unitId: "trade", name: { en: "Sales", zh: "销售部" }, keptSealIds: ["seal_1"] },
  };
  assert.deepEqual(codes(rename, { seals: [seal({ faceTexts: ["澜汐仪器有限公司"] })] }), []);
  assert.deepEqual(codes(rename, { seals: [seal({ faceTexts: ["澜汐仪器部 TRADE章"] })] }), [
    "unit.kept-seal-names-it",
  ]);
  assert.deepEqual(codes(rename), ["unit.kept-seal-foreign"]);
  assert.deepEqual(codes({ ...rename, name: { en: "En trade", zh: "部 trade" }, keptSealIds: [] }), ["unit.same-name"]);
  assert.deepEqual(codes({ ...rename, name: { en: "En works", zh: "新" }, keptSealIds: [] }), ["unit.name-taken"]);
  assert.equal(fateOfSeal(rename, seal()), "kept");
  assert.equal(fateOfSeal({ ...rename, keptSealIds: [] }, seal()), "stops");
  assert.equal(fateOfSeal(close("trade"), seal({ bodies: [{ kind: "physical", state: "surrendered" }] })), "over");
});

test("C10: after a closing no body can be put to use: each state stops, is given up, or is out of use already", () => {
  const out = ["stopped", "surrendered", "sealed-up", "destroyed", "cancelled", "lost", "void"];
  for (const kind of SEAL_BODIES)
    for (const state of SEAL_STATES) {
      const end = endOfBody({ kind, state });
      const known = kind === "physical" || !["approved-for-engraving", "awaiting-issue", "taken-out"].includes(state);
      if (end === null && known) assert.ok(out.includes(state), `${kind} ${state}`);
    }
});

const units = fc
  .array(fc.record({ parent: fc.nat(12), entity: fc.nat(1), closed: fc.boolean() }), { minLength: 1, maxLength: 12 })
  .map((rows) => {
    const made: UnitToChange[] = [];
    for (const [at, row] of rows.entries()) {
      const entityId = `ent_${row.entity}`;
      const open = made.filter((one) => one.entityId === entityId && !one.closed);
      const parent = row.parent < open.length ? (open[row.parent]?.unitId ?? null) : null;
      made.push(unit(`u${at}`, parent, { entityId, closed: parent === null ? false : row.closed }));
    }
    return made;
  });
const changes = fc.array(
  fc.record({ unit: fc.nat(12), other: fc.nat(12), kind: fc.constantFrom("close-unit", "merge-unit", "rename-unit") }),
  { maxLength: 20 },
);

test("whatever is closed and merged in whatever order: no ring, no open unit under a closed one, a root in each entity", () => {
  fc.assert(
    fc.property(units, changes, (start, wanted) => {
      let now = start;
      for (const { kind, unit: at, other } of wanted) {
        const unitId = `u${at}`;
        const change: UnitChange =
          kind === "close-unit"
            ? { kind, unitId, peopleTo: other < 6 ? null : `u${other}` }
            : kind === "merge-unit"
              ? { kind, unitId, intoUnitId: `u${other}`, keptSealIds: [] }
              : { kind: "rename-unit", unitId, name: { en: `n${other}`, zh: `名${other}` }, keptSealIds: [] };
        const entityId = now.find((one) => one.unitId === unitId)?.entityId ?? "";
        const refused = listUnitChangeRefusals(change, facts({ units: now, entityId, people: other % 2 }));
        if (refused.length === 0) now = applyUnitChange(now, change);
      }
      for (const one of now) {
        assert.ok(!makesRing(now, one.unitId, one.parentUnitId), `${one.unitId} lies under itself`);
        const [above] = unitsAbove(now, one.unitId);
        if (!one.closed && above) assert.ok(!above.closed && above.entityId === one.entityId);
      }
      for (const entityId of new Set(start.map((one) => one.entityId)))
        assert.ok(now.some((one) => one.entityId === entityId && !one.closed && one.parentUnitId === null));
    }),
  );
});
