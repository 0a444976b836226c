import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { RequestLine } from "../../parts/request-line.tsx";
import { addressOf } from "./inbox.ts";
import type { RequestSummary } from "./queries.ts";

/** A request of the list with whom it waits for; a draft also leads to where it is written. */
export function RequestRow(props: { request: RequestSummary; mine: boolean }): ReactElement {
  const { request, mine } = props;
  const t = useText("requests");
  const language = useLanguage();
  const names = formatNames(
    request.waitingFor.map((person) => nameIn(person.name, language)),
    language,
  );
  return (
    <>
      <RequestLine request={request} />
      {names && <p className="request-next note small">{t("list.waitsFor", { names })}</p>}
      {mine && request.state === "draft" && (
        <p className="request-next">
          <Link className="inline-link" to={addressOf(request, "mine")}>
            {t("list.draft")}
          </Link>
        </p>
      )}
    </>
  );
}
