import { useText } from "../../i18n/i18n.ts";
import type { BoxSetting, BoxSettings } from "./queries.ts";

export const settingOrder: readonly BoxSetting[] = [
  ...(["maxOffline", "fence", "longPressMs", "vibLevel", "heartbeat", "picQuality", "volume", "sleep"] as const),
];

/** In what each is typed: what a person thinks in, and how many of the wire's units that is. */
export const typedIn = {
  maxOffline: ["hours", 3600],
  longPressMs: ["seconds", 1000],
  heartbeat: ["minutes", 60],
  sleep: ["minutes", 60],
  vibLevel: ["level", 1],
  volume: ["level", 1],
  picQuality: ["percent", 1],
} as const satisfies Record<Exclude<BoxSetting, "fence">, readonly [string, number]>;

/** Says a setting in words. */
export function useSettingText(): (name: BoxSetting, settings: BoxSettings["desired"]) => string {
  const t = useText("controllers");
  return (name, settings) => {
    if (name === "fence")
      return settings.fence.length === 0
        ? t("set.anywhere")
        : settings.fence
            .map(({ latitude, longitude, radius }) => t("set.place", { latitude, longitude, radius }))
            .join("; ");
    const [unit, per] = typedIn[name];
    const value = settings[name];
    if (name === "maxOffline" && value === 0) return t("set.neverOffline");
    return t(`set.units.${unit}`, { value: Math.round((value / per) * 1000) / 1000 });
  };
}
