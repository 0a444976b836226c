import { useText } from "../../i18n/i18n.ts";

/** Says who of these people is asked: each of them, one of them, or so many. */
export function useAskedPeople(): (names: string, total: number, needed: number) => string {
  const t = useText("requests");
  return (names, total, needed) => {
    if (total <= 1) return names;
    if (needed >= total) return t("route.all", { names });
    return needed === 1 ? t("route.one", { names }) : t("route.some", { needed, total, names });
  };
}
