import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import type { RequestDetail } from "./queries.ts";

/** While somebody still decides, releases or presses; afterwards the facts tell it. */
const READ: readonly RequestDetail["state"][] = ["draft", "in-review", "returned", "withdrawn", "authorised", "opened"];

/** Of paper that others printed: what is approved is its scan, and nobody has read it for who decides. */
export function ForeignPaperMessage(props: { request: RequestDetail }): ReactElement | null {
  const { paperPrintedBy, state } = props.request;
  const t = useText("requests");
  if (paperPrintedBy === null || !READ.includes(state)) return null;
  return (
    <Message tone="warning" title={t("foreignPaper.title")}>
      {t("foreignPaper.what", { name: paperPrintedBy })}
    </Message>
  );
}
