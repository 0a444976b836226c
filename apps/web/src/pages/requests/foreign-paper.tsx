import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import type { RequestDetail } from "./queries.ts";

/** Of paper that others printed: what is approved is its scan, and nobody has read it for who decides. */
export function ForeignPaperMessage(props: { request: RequestDetail }): ReactElement | null {
  const { paperPrintedBy } = props.request;
  const t = useText("requests");
  if (paperPrintedBy === null) return null;
  return (
    <Message tone="warning" title={t("foreignPaper.title")}>
      {t("foreignPaper.what", { name: paperPrintedBy })}
    </Message>
  );
}
