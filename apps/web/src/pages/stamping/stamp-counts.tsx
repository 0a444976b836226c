import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { CountStrip } from "../../parts/count-strip.tsx";
import type { StampingView } from "./queries.ts";
import { countHere, type Turn } from "./stamp-turns.ts";

const KEYS = ["authorised", "pressed", "photographed", "registered"] as const;

/** Approved, pressed, photographed, registered: the first three as this device knows them, the last as the register does. */
export function StampCounts(props: { view: Pick<StampingView, "counts">; turns: readonly Turn[] }): ReactElement {
  const { counts } = props.view;
  const t = useText("stamping");
  const here = countHere(counts, props.turns);
  const due = here.authorised - counts.released;
  const reasonOf = (key: (typeof KEYS)[number]): string => {
    if (key === "authorised") return t("counts.authorisedWhy");
    const left = Math.max(0, due - here[key]);
    return left === 0 ? t("counts.equal") : t("counts.left", { count: left });
  };
  const unlike = counts.released + counts.spoiled + counts.unknown > 0;
  return (
    <div className="stack stack-tight">
      <CountStrip
        label={t("counts.label")}
        counts={KEYS.map((key) => ({
          ...{ key, label: t(`counts.${key}`), count: here[key], reason: reasonOf(key) },
          unequal: here[key] > due && key !== "authorised",
        }))}
      />
      {unlike && <p className="note small">{t("counts.rest", { ...counts })}</p>}
    </div>
  );
}
