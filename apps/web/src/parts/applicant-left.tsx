import type { ReactElement } from "react";
import { useText } from "../i18n/i18n.ts";
import { useDay } from "../i18n/use-format.ts";
import { Message } from "./message.tsx";

/** Told before anybody releases or decides: nobody stands behind the request any more who asked for it. */
export function ApplicantLeft(props: { left: { readonly on: string | null } | null }): ReactElement | null {
  const t = useText("requests");
  const day = useDay();
  const { left } = props;
  if (!left) return null;
  return (
    <Message
      tone="warning"
      title={left.on ? t("page.applicantLeft", { day: day(left.on) }) : t("page.applicantLeftSometime")}
    >
      {t("page.applicantLeftWhy")}
    </Message>
  );
}
