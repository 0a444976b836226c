import type { ReactElement } from "react";
import { useText } from "../../i18n/i18n.ts";
import { Message } from "../../parts/message.tsx";
import type { RequestDetail } from "../requests/queries.ts";

/** On top of a request that replaces a copy: which, and what has to stay as it was. */
export function MakeUpWords(props: { request: RequestDetail }): ReactElement | null {
  const { makeUp } = props.request;
  const t = useText("apply");
  const words = useText("requests");
  if (!makeUp) return null;
  const { copy, number, cause } = makeUp;
  return (
    <Message
      tone="action"
      title={words("facts.makeUpOf", { copy, number: number ?? "", cause: words(`facts.makeUpCauses.${cause}`) })}
    >
      <p>{t("makeUp")}</p>
    </Message>
  );
}
