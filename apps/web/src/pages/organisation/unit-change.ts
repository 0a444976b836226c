import type { CallOptions, RouteAnswer } from "../../api.ts";
import type { LocalName } from "../../i18n/language.ts";
import type { MatterData } from "../matters/matter-forms.ts";

export type UnitChange = CallOptions<"POST /v1/units/:unitId/change-preview">["body"];
export type UnitChangeKind = UnitChange["kind"];
export type UnitImpact = RouteAnswer<"POST /v1/units/:unitId/change-preview">;

export const UNIT_CHANGES = ["close-unit", "merge-unit", "rename-unit"] as const satisfies readonly UnitChangeKind[];

/** The change that an address names; the closing where it names none. */
export function findUnitChange(named: unknown): UnitChangeKind {
  return UNIT_CHANGES.find((kind) => kind === named) ?? "close-unit";
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

/** The seals that a draft keeps in use. */
export const keptOf = (data: MatterData): string[] => listOf(data.keptSealIds);
/** The name that a draft gives. */
export function nameOf(data: MatterData): LocalName {
  const name = (typeof data.name === "object" && data.name !== null ? data.name : {}) as Record<string, unknown>;
  return { en: textOf(name.en), zh: textOf(name.zh) };
}
export const peopleToOf = (data: MatterData): string => textOf(data.peopleTo);
export const intoOf = (data: MatterData): string => textOf(data.intoUnitId);

/** The data of a matter as a change that can be looked at; null while something is not chosen yet. */
export function readUnitChange(kind: UnitChangeKind, data: MatterData): UnitChange | null {
  const keptSealIds = keptOf(data);
  switch (kind) {
    case "close-unit":
      return { kind, peopleTo: peopleToOf(data) || null };
    case "merge-unit":
      return intoOf(data) === "" ? null : { kind, intoUnitId: intoOf(data), keptSealIds };
    case "rename-unit": {
      const name = nameOf(data);
      return name.en.trim() === "" || name.zh.trim() === "" ? null : { kind, name, keptSealIds };
    }
  }
}

/** The same as the data of the matter that asks for it. */
export function dataOfChange(change: UnitChange): MatterData {
  const { kind: _, ...data } = change;
  return data;
}
