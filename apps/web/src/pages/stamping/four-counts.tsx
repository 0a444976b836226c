import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useDeadline } from "../../i18n/use-format.ts";
import { CountStrip } from "../../parts/count-strip.tsx";
import { SignIcon } from "../../parts/state-tag.tsx";
import type { RequestDetail } from "../requests/queries.ts";

type Counts = NonNullable<RequestDetail["stamping"]>["fourCounts"];
const KEYS = ["authorised", "counted", "photographed", "registered"] as const;
const signs = {
  ...({ "goes-on": "clock", released: "check", told: "check" } as const),
  ...({ debt: "clock", case: "octagon", freeze: "octagon" } as const),
};

/** The four counts of a stamping beside each other, and what follows from each difference between them. */
export function FourCounts(props: { counts: Counts; byController: boolean; frozen: boolean }): ReactElement {
  const { counts, byController } = props;
  const t = useText("stamping");
  const deadline = useDeadline();
  const unknown = counts.differences.find(({ kind }) => kind === "not-known")?.count ?? 0;
  const by = byController ? "byController" : "byHand";
  const wrong = counts.differences.some(({ follows }) => follows === "case" || follows === "freeze");
  return (
    <div className="stack stack-tight">
      <CountStrip
        label={t("four.label")}
        counts={KEYS.map((key) => ({
          ...{ key, label: t(`four.${key}`), count: counts[key] },
          reason:
            key !== "counted"
              ? t(`four.why.${key}`)
              : unknown > 0
                ? t(`four.${by}Unknown`, { count: counts.counted - unknown, unknown })
                : t(`four.${by}`),
          unequal:
            wrong && key !== "authorised" && counts[key] > (key === "counted" ? counts.authorised : counts.counted),
        }))}
      />
      {counts.differences.length === 0 ? (
        <p>
          <SignIcon sign="check" /> {t("four.agree")}
        </p>
      ) : (
        <ul className="stack stack-tight" aria-label={t("four.differences")}>
          {counts.differences.map(({ kind, count, follows, dueAt }) => (
            <li key={kind}>
              <SignIcon sign={signs[follows]} /> {t(`four.kinds.${kind}`, { count })}{" "}
              <span className="note">
                {kind === "left" && props.frozen ? t("four.leftFrozen") : t(`four.follows.${kind}`)}
                {dueAt && ` (${deadline(dueAt)})`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
