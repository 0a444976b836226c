import CalendarOutlined from "@ant-design/icons/CalendarOutlined";
import WarningOutlined from "@ant-design/icons/WarningOutlined";
import type { ReactElement } from "react";
import type { RouteAnswer } from "../api.ts";
import { countDaysTo, formatDay, formatMoment } from "../i18n/format.ts";
import { useText } from "../i18n/i18n.ts";
import { useFormatContext } from "../i18n/use-format.ts";
import { dutyWords } from "./duty-words.ts";
import { OctagonIcon } from "./icons.tsx";

/** The next duty of a seal in words, with the sign of how near it is. */
export function DutyLine(props: {
  seal: Pick<RouteAnswer<"GET /v1/seals">["items"][number], "nextDuty" | "certificateUntil" | "lossDue">;
  /** Whether it stands on the seal's own page. */
  here?: boolean;
}): ReactElement {
  const t = useText("parts");
  const context = useFormatContext();
  const { certificateUntil } = props.seal;
  const days = certificateUntil === null ? 0 : countDaysTo(certificateUntil, context);
  const { duty, urgency } = props.seal.nextDuty;
  const on = certificateUntil === null ? "" : formatDay(certificateUntil, context);
  const by = props.seal.lossDue === null ? "" : formatMoment(props.seal.lossDue, context);
  return (
    <span className="duty" data-urgency={urgency}>
      {urgency === "late" ? (
        <OctagonIcon />
      ) : urgency === "soon" ? (
        <WarningOutlined aria-hidden />
      ) : (
        <CalendarOutlined aria-hidden />
      )}
      <span>{t(`seal.${dutyWords(duty, props.here ?? false)}`, { on, by, count: days })}</span>
    </span>
  );
}
