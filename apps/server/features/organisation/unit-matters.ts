import { heirOf, refuse, type UnitChange } from "@chancery/domain";
import { z } from "zod";
import { type MatterHandler, type MatterOf, matterHandler } from "../matters/matter-handler.ts";
import { changeUnit } from "./change-unit.ts";
import { holdTree, listRefusalsOfUnitChange, readUnitImpact, readUnitsToChange } from "./unit-impact.ts";

const UnitIdText = z.string().regex(/^unit_[0-9a-f-]{36}$/);
const Kept = z.array(z.string().regex(/^seal_[0-9a-f-]{36}$/)).max(500);
const CloseData = z.object({ peopleTo: UnitIdText.nullable() });
const MergeData = z.object({ intoUnitId: UnitIdText, keptSealIds: Kept });
const Name = z.string().trim().min(1).max(100);
const RenameData = z.object({ name: z.object({ en: Name, zh: Name }), keptSealIds: Kept });

/** One handler for all three: what differs is what they ask for. */
function unitMatter<D>(data: z.ZodType<D>, changeOf: (unitId: string, data: D) => UnitChange): MatterHandler {
  const change = ({ row, data }: MatterOf<D>): UnitChange => changeOf(row.unit_id ?? "", data);
  return matterHandler<D>({
    data,
    // Two changes wait for each other, be it about the same unit or one into which the other goes.
    subjects: (matter) => {
      const wanted = change(matter);
      const heir =
        wanted.kind === "close-unit" ? wanted.peopleTo : wanted.kind === "merge-unit" ? wanted.intoUnitId : null;
      return [wanted.unitId, ...(heir === null ? [] : [heir])].map((unitId) => `unit:${unitId}`);
    },
    check: async (tx, env, matter) => {
      const { row } = matter;
      if (row.unit_id === null) return [refuse("unit.unknown", {})];
      await holdTree(tx, row.entity_id);
      return listRefusalsOfUnitChange(tx, env, change(matter), {
        entityId: row.entity_id,
        askedBy: row.state === "approved" ? null : row.asked_by,
      });
    },
    ends: async (tx, matter) => (await readUnitImpact(tx, change(matter))).matters.map((one) => one.matterId),
    carryOut: async (tx, env, matter, actor, ended) => {
      const wanted = change(matter);
      const unit = (await readUnitsToChange(tx)).find((one) => one.unitId === wanted.unitId);
      if (!unit) throw new Error("a unit was checked and is gone");
      await changeUnit(tx, env, { row: matter.row, change: wanted, unit, heir: heirOf(wanted, unit), ended }, actor);
    },
  });
}

export const closeUnit: MatterHandler = unitMatter(CloseData, (unitId, { peopleTo }) => ({
  ...{ kind: "close-unit", unitId, peopleTo },
}));
export const mergeUnit: MatterHandler = unitMatter(MergeData, (unitId, data) => ({
  ...{ kind: "merge-unit", unitId, ...data },
}));
export const renameUnit: MatterHandler = unitMatter(RenameData, (unitId, data) => ({
  ...{ kind: "rename-unit", unitId, ...data },
}));
