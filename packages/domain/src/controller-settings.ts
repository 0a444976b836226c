import { mostOfflineHours } from "./controller-hindrances.ts";
import { type Decision, type Refusal, refuse } from "./refusal.ts";

/** A circle on the earth that a controller is to stay in: latitude and longitude in degrees, radius in metres. */
export interface Fence {
  readonly c: readonly [number, number];
  readonly r: number;
}

/** Settings of a controller (SealLink 1, clause 3.11). Times in seconds unless the name says otherwise. */
export interface BoxSettings {
  readonly heartbeat: number;
  readonly maxOffline: number;
  readonly longPressMs: number;
  readonly vibLevel: number;
  readonly picQuality: number;
  readonly volume: number;
  readonly sleep: number;
  readonly fence: readonly Fence[];
}
export const BOX_SETTINGS = [
  ...(["maxOffline", "fence", "longPressMs", "vibLevel", "heartbeat", "picQuality", "volume", "sleep"] as const),
] satisfies readonly (keyof BoxSettings)[];
export type BoxSetting = (typeof BOX_SETTINGS)[number];
export const BOX_NUMBERS = [
  ...(["maxOffline", "longPressMs", "vibLevel", "heartbeat", "picQuality", "volume", "sleep"] as const),
] satisfies readonly Exclude<BoxSetting, "fence">[];
export type BoxNumber = (typeof BOX_NUMBERS)[number];

export const mostFences = 20;

/** How far each may go, and whether it limits, detects or proves anything: then one person does not change it alone (C18). */
export const boxSettingDefinitions: Readonly<
  Record<BoxNumber, { readonly least: number; readonly most: number; readonly guarded: boolean }>
> = {
  maxOffline: { least: 0, most: mostOfflineHours * 3600, guarded: true },
  longPressMs: { least: 500, most: 10_000, guarded: true },
  vibLevel: { least: 0, most: 10, guarded: true },
  heartbeat: { least: 60, most: 86_400, guarded: true },
  picQuality: { least: 10, most: 100, guarded: true },
  volume: { least: 0, most: 10, guarded: false },
  sleep: { least: 0, most: 86_400, guarded: false },
};

const isGuarded = (name: BoxSetting): boolean => name === "fence" || boxSettingDefinitions[name].guarded;

const sameSetting = (name: BoxSetting, a: BoxSettings, b: BoxSettings): boolean => {
  if (name !== "fence") return a[name] === b[name];
  const flat = ({ fence }: BoxSettings): string => JSON.stringify(fence.map(({ c, r }) => [c[0], c[1], r]));
  return flat(a) === flat(b);
};

/** In what two sets differ: what was asked of a box against what it says, or what a change changes. */
export const listSettingDifferences = (a: BoxSettings, b: BoxSettings): BoxSetting[] =>
  BOX_SETTINGS.filter((name) => !sameSetting(name, a, b));

export interface BoxSettingsChange {
  readonly type: "BoxSettingsChange";
  readonly changed: readonly BoxSetting[];
  /** A second person has to agree before anything is signed. */
  readonly guarded: boolean;
}

/** What a change of a controller's settings is, or why it is none. */
export function decideBoxSettings(asked: {
  readonly before: BoxSettings;
  readonly wanted: BoxSettings;
  /** Another change waits for its second person. */
  readonly waits: boolean;
}): Decision<BoxSettingsChange> {
  const { before, wanted, waits } = asked;
  const changed = listSettingDifferences(before, wanted);
  const over = changed.find((name) => {
    if (name === "fence") return wanted.fence.length > mostFences;
    const { least, most } = boxSettingDefinitions[name];
    return !Number.isInteger(wanted[name]) || wanted[name] < least || wanted[name] > most;
  });
  const found: readonly (readonly [boolean, Refusal])[] = [
    [waits, refuse("box-settings.waits", {}, "C18")],
    [changed.length === 0, refuse("box-settings.unchanged", {}, "C18")],
    [over !== undefined, refuse("box-settings.out-of-bounds", {}, "C18")],
  ];
  const refusals = found.filter(([holds]) => holds).map(([, refusal]) => refusal);
  return refusals.length > 0
    ? { ok: false, refusals }
    : { ok: true, events: [{ type: "BoxSettingsChange", changed, guarded: changed.some(isGuarded) }] };
}

/** Nobody agrees to a change of his own. Declining is open to everybody who may change, who asked included: it changes nothing. */
export const listSettingsDecisionRefusals = (asked: {
  readonly personId: string;
  readonly askedBy: string;
  readonly agree: boolean;
}): Refusal[] =>
  asked.agree && asked.personId === asked.askedBy ? [refuse("box-settings.second-person", {}, "C18")] : [];
