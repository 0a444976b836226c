import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { Tag } from "./state-tag.tsx";

/** Marks a use that could not wait. */
export function EmergencyTag(): ReactElement {
  const t = useText("requests");
  return (
    <Tag tone="problem" sign="warning">
      {t("emergency.tag")}
    </Tag>
  );
}
