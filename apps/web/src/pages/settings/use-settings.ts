import { queryOptions } from "@tanstack/react-query";
import { api } from "../../api.ts";
import { useText } from "../../i18n/i18n.ts";

export const settingsQuery = queryOptions({ queryKey: ["settings"], queryFn: () => api("GET /v1/settings") });

const UNITS = ["minutes", "hours", "days", "working-days", "months", "count"] as const;

/** `value(unit, 3)`: a setting's number with its unit; a switch is on or off. */
export function useSettingValue(): (unit: string, value: number) => string {
  const t = useText("settings");
  return (unit, value) => {
    if (unit === "switch") return value === 1 ? t("rules.on") : t("rules.off");
    const known = UNITS.find((one) => one === unit);
    return known ? t(`rules.units.${known}`, { count: value }) : value.toString();
  };
}
