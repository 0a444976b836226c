import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatAmount, formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { useMaskedTitle } from "../../parts/request-title.tsx";
import { paths } from "../../paths.ts";
import { useClassName } from "../document-classes/queries.ts";
import type { RunningRequest } from "./queries.ts";

/** A running request as who writes the rules, or decides on them, is told of it. */
export function RunningLine(props: {
  request: Omit<RunningRequest, "refusal">;
  /** Names the version that was promised. */
  promised: string;
}): ReactElement {
  const { request } = props;
  const t = useText("rulesOfUse");
  const words = useText("requests");
  const language = useLanguage();
  const moment = useMoment();
  const className = useClassName();
  const titleOf = useMaskedTitle();
  const facts = [
    nameIn(request.entity.name, language),
    request.documentClass ? className(request.documentClass) : "",
    request.amount ? formatAmount(request.amount, request.currency, language) : "",
  ].filter(Boolean);
  const waiting = formatNames(
    request.waiting.map((kind) => words(`route.kinds.${kind}`)),
    language,
  );
  return (
    <span className="running-line">
      <span className="row">
        {request.opens ? (
          <Link className="inline-link mono" to={paths.request(request.requestId)}>
            {request.number}
          </Link>
        ) : (
          <strong className="mono">{request.number}</strong>
        )}
        {request.title !== null && <span className="typed">{request.title}</span>}
        {request.masked && <span>{titleOf("")}</span>}
      </span>
      <span>{facts.join(" · ")}</span>
      <span className="note small">
        {request.submittedAt && t("running.submitted", { at: moment(request.submittedAt) })}
        {` · ${props.promised}`}
        {waiting && ` · ${t("running.waits", { steps: waiting })}`}
      </span>
    </span>
  );
}

/** `promisedOf(request)`: the rules that a request was promised, by the name of their version. */
export function usePromised(): (request: Pick<RunningRequest, "promised">) => string {
  const t = useText("rulesOfUse");
  return ({ promised }) => {
    if (promised === null) return t("running.before");
    return promised.number === 0 ? t("running.starter") : t("running.promised", { number: promised.number });
  };
}
