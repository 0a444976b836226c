import type { CallOptions, RouteAnswer } from "../../api.ts";

export type SealTypesAnswer = RouteAnswer<"GET /v1/seal-types">;
export type SealTypeNow = SealTypesAnswer["items"][number];
export type SealTypeWaiting = SealTypesAnswer["asked"][number];
export type SealTypeChange = CallOptions<"POST /v1/seal-type-changes">["body"];
export type KindFields = Omit<SealTypeChange, "kindId" | "type" | "version" | "reason">;

export const FILINGS = ["none", "pieces", "all"] as const;
export const SHAPES = ["circle", "oval", "square", "rectangle"] as const;
export const CONTAINERS = ["any", "cabinet", "safe", "controller"] as const;
export const HOLDERS = ["anybody", "entity", "unit"] as const;
export const PRESSERS = ["custodian", "named"] as const;

/** The change of a kind as a form begins with it; an own kind begins as the type that it is based on. */
export function beginChange(kind: SealTypeNow, asNew: boolean): SealTypeChange {
  const { name, important, external, filing, shape, widthMm, heightMm } = kind;
  const { classes, leastContainer, holders, pressers, dualControl } = kind;
  return {
    ...{ kindId: asNew ? null : kind.kindId, type: kind.type, version: asNew ? 0 : kind.version, reason: "" },
    ...{ important, external, filing, shape, widthMm, heightMm, classes, leastContainer, holders, pressers },
    ...{ dualControl, name: asNew ? { en: "", zh: "" } : name },
  };
}

/** One part changed, with what follows from it: the important is under two, and who is named presses at a controller. */
export function changeKind(form: SealTypeChange, part: Partial<SealTypeChange>): SealTypeChange {
  const next = { ...form, ...part };
  const even = next.shape === "circle" || next.shape === "square";
  return {
    ...next,
    dualControl: next.important || next.dualControl,
    heightMm: even ? next.widthMm : next.heightMm,
    leastContainer: next.pressers === "named" ? "controller" : next.leastContainer,
  };
}

/** What of a kind a change would make different. */
export function listChanged(now: KindFields, wanted: KindFields): (keyof KindFields)[] {
  const keys: readonly (keyof KindFields)[] = [
    ...(["name", "important", "external", "classes", "dualControl", "leastContainer"] as const),
    ...(["holders", "pressers", "filing", "shape", "widthMm", "heightMm"] as const),
  ];
  const text = (value: unknown): string => JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
  return keys.filter((key) => text(now[key]) !== text(wanted[key]));
}

const fits = (mm: number): boolean => mm >= 5 && mm <= 100;
export const listMissing = (form: SealTypeChange): ("name" | "width" | "height" | "reason")[] => [
  ...(form.name.en.trim() === "" || form.name.zh.trim() === "" ? (["name"] as const) : []),
  ...(fits(form.widthMm) ? [] : (["width"] as const)),
  ...(fits(form.heightMm) ? [] : (["height"] as const)),
  ...(form.reason.trim() === "" ? (["reason"] as const) : []),
];
