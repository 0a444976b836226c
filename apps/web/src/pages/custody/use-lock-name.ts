import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import type { MatterDetail } from "../matters/queries.ts";

type Lock = NonNullable<MatterDetail["handedOver"]>["locks"][number];

/** What a lock is: of which container, a key or a code, and what it is called. */
export function useLockName(): (lock: Pick<Lock, "container" | "kind" | "label">) => string {
  const t = useText("custody");
  const language = useLanguage();
  return ({ container, kind, label }) => {
    const what = `${t(kind === "key" ? "containers.lockKey" : "containers.lockCode")} ${label}`;
    return container ? `${nameIn(container, language)} · ${what}` : what;
  };
}
