import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { Tag } from "../../parts/state-tag.tsx";

/** Whether somebody is fit to hold a seal, and until when if nothing is done. */
export function FitnessTag(props: { fit: boolean; lastFitDay: string | null }): ReactElement {
  const t = useText("training");
  const day = useDay();
  if (!props.fit)
    return (
      <Tag tone="problem" sign="octagon">
        {t("page.unfit")}
      </Tag>
    );
  return (
    <Tag tone="success" sign="check">
      {props.lastFitDay === null ? t("page.fit") : t("page.fitUntil", { day: day(props.lastFitDay) })}
    </Tag>
  );
}
