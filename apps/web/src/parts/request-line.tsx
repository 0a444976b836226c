import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { RouteAnswer } from "../api.ts";
import { formatNames, nameIn } from "../i18n/format.ts";
import { useLanguage, useText } from "../i18n/i18n.ts";
import { useRecent } from "../i18n/use-format.ts";
import { useWord } from "../i18n/use-word.ts";
import { paths } from "../paths.ts";
import { JointTag } from "./joint-tag.tsx";
import { ConfidentialTag, useRequestTitle } from "./request-title.tsx";
import { FactTag, StateTag, Tag } from "./state-tag.tsx";
import { requestKind } from "./states.ts";
import { useRequestAmount } from "./use-request-amount.ts";

export type RequestSummary = RouteAnswer<"GET /v1/overview">["waiting"][number];

/** One request as a line of a list: its matter, who asks, which seals, how far it is. The whole line is one link. */
export function RequestLine(props: { request: RequestSummary }): ReactElement {
  const { request } = props;
  const t = useText("parts");
  const word = useWord();
  const language = useLanguage();
  const recent = useRecent();
  const titleOf = useRequestTitle();
  const amountOf = useRequestAmount();
  const seals = formatNames(
    request.seals.map((seal) => nameIn(seal.name, language)),
    language,
  );
  const facts = [
    seals,
    request.impressions > 0 ? t("request.impressions", { count: request.impressions }) : "",
    amountOf(request),
  ].filter(Boolean);
  return (
    <Link to={paths.request(request.requestId)} className="request-line">
      <span className="request-line-head">
        <strong>{titleOf(request)}</strong>
        <span className="note small">{recent(request.updatedAt)}</span>
      </span>
      <span className="note">
        {request.number && <span className="mono">{request.number}</span>}
        {request.number && " · "}
        {nameIn(request.applicant.name, language)}
        {request.unit && ` · ${nameIn(request.unit.name, language)}`}
      </span>
      {facts.length > 0 && <span>{facts.join(" · ")}</span>}
      <span className="row">
        <StateTag kind={requestKind(request)} state={request.state} />
        {request.overdueSince && (
          <Tag tone="problem" sign="clock">
            {t("request.overdue", { at: recent(request.overdueSince) })}
          </Tag>
        )}
        <JointTag request={request} />
        {request.confidential !== "no" && <ConfidentialTag />}
        {request.external && <FactTag>{word("fact", "external")}</FactTag>}
        {request.seals.some((seal) => seal.important) && <FactTag>{word("fact", "important")}</FactTag>}
      </span>
    </Link>
  );
}
