import type { RouteAnswer } from "../../api.ts";

export type Setting = RouteAnswer<"GET /v1/settings">["items"][number];
export const SETTING_GROUPS = ["waiting", "loosened", "usual"] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

/** Where a setting stands in the list: what somebody has to look at comes first. */
export function groupOf(setting: Pick<Setting, "waiting" | "loosened">): SettingGroup {
  return setting.waiting ? "waiting" : setting.loosened ? "loosened" : "usual";
}

/** Whether a value would loosen the rule: then it needs a last day, and its risk is shown. */
export function wouldLoosen(setting: Pick<Setting, "looser" | "default">, value: number): boolean {
  return setting.looser === "higher" ? value > setting.default : value < setting.default;
}

export type ChangeGap = "value" | "same" | "endsOn" | "reason";

/** What keeps a change from being asked for; the server checks the same again. */
export function listChangeGaps(
  setting: Pick<Setting, "looser" | "default" | "least" | "most" | "value" | "endsOn">,
  change: { readonly value: number; readonly endsOn: string; readonly reason: string },
): readonly ChangeGap[] {
  const fits = Number.isInteger(change.value) && change.value >= setting.least && change.value <= setting.most;
  const loosens = wouldLoosen(setting, change.value);
  const same = change.value === setting.value && (!loosens || change.endsOn === (setting.endsOn ?? ""));
  return [
    ...(fits ? [] : (["value"] as const)),
    ...(fits && same ? (["same"] as const) : []),
    ...(loosens && change.endsOn === "" ? (["endsOn"] as const) : []),
    ...(change.reason.trim() === "" ? (["reason"] as const) : []),
  ];
}
