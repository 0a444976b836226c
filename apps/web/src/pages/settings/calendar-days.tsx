import DeleteOutlined from "@ant-design/icons/DeleteOutlined";
import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useDay } from "../../i18n/use-format.ts";
import { FactTag, Tag } from "../../parts/state-tag.tsx";
import type { CalendarDay } from "./calendar.ts";

/** Holidays and make-up days, by day. */
export function CalendarDays(props: { days: readonly CalendarDay[]; onRemove?: (day: string) => void }): ReactElement {
  const t = useText("settings");
  const day = useDay();
  return (
    <ul className="rows calendar-days">
      {props.days.map((one) => (
        <li key={one.day} className="rows-line">
          <strong className="calendar-day">{day(one.day)}</strong>
          <span className="grow">{one.name}</span>
          {one.kind === "holiday" ? (
            <FactTag>{t("calendar.kinds.holiday")}</FactTag>
          ) : (
            <Tag tone="action">{t("calendar.kinds.make-up")}</Tag>
          )}
          {props.onRemove && (
            <button
              type="button"
              className="icon-button"
              aria-label={t("calendar.remove", { day: day(one.day) })}
              title={t("calendar.remove", { day: day(one.day) })}
              onClick={() => props.onRemove?.(one.day)}
            >
              <DeleteOutlined aria-hidden />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
