import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { useFormatContext, useMoment } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import type { StampingView } from "./queries.ts";

/** Of an emergency, for who stamps it and for who looks at the photos: until when, and what does not yield. */
export function EmergencyNote(props: { view: StampingView; to: "stamp" | "look" }): ReactElement | null {
  const { emergencyUntil, state } = props.view;
  const t = useText("stamping");
  const moment = useMoment();
  const { now } = useFormatContext();
  if (emergencyUntil === null) return null;
  const at = moment(emergencyUntil);
  // What has ended is stamped no more.
  if (props.to === "stamp" && state !== "authorised" && state !== "opened") return null;
  if (props.to === "stamp" && Date.parse(emergencyUntil) < now.getTime())
    return (
      <Message tone="problem" title={t("emergency.over", { at })}>
        {t("emergency.overWhy")}
      </Message>
    );
  return (
    <Message tone="warning" title={t("emergency.title", { at })}>
      {t(`emergency.to.${props.to}`)}
    </Message>
  );
}
