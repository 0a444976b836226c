import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatAmount, formatDigest, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useDeadline } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { BothNames } from "../../parts/both-names.tsx";
import { paths } from "../../paths.ts";
import { useClassName } from "../document-classes/queries.ts";
import { evidenceAddress } from "../matters/queries.ts";
import { findDecidingRead } from "./deciding-read.ts";
import type { RequestDetail } from "./queries.ts";

/** What a seal use is about, as a list of facts. */
export function RequestFacts(props: { request: RequestDetail; large?: boolean }): ReactElement {
  const { request } = props;
  const t = useText("requests");
  const word = useWord();
  const className = useClassName();
  const language = useLanguage();
  const day = useDay();
  const deadline = useDeadline();
  const deciding = findDecidingRead(request, request.facts);
  const ended = ["closed", "registered", "rejected", "withdrawn", "cancelled", "expired"].includes(request.state);
  return (
    <dl className="facts">
      <AmountFact request={request} large={props.large ?? false} />
      <dt>{t("facts.seals")}</dt>
      <dd>
        {request.seals.map((seal) => (
          <div key={seal.sealId}>
            <BothNames name={seal.name} />
          </div>
        ))}
        <span className="note">{t("page.impressions", { count: request.impressions })}</span>
      </dd>
      {request.useMode === "by-hand" && (
        <>
          <dt>{t("facts.useMode")}</dt>
          <dd>
            {word("useModes", request.useMode)} · {t("facts.copies", { count: request.copies ?? 1 })}
            {request.paperReason && (
              <div className="note typed">{t("facts.paperReason", { reason: request.paperReason })}</div>
            )}
            {request.paperPrintedBy !== null && (
              <div className="note typed">{t("facts.foreignPaper", { name: request.paperPrintedBy })}</div>
            )}
          </dd>
        </>
      )}
      {request.makeUp && <MakeUpFact makeUp={request.makeUp} />}
      {request.documentClass && (
        <>
          <dt>{t("facts.documentClass")}</dt>
          <dd>
            {className(deciding.documentClass ?? request.documentClass)} ·{" "}
            {word("fact", deciding.external ? "external" : "internal")}
            {(deciding.documentClass !== request.documentClass || deciding.external !== request.external) && (
              <div className="note">
                {t("facts.readOther", {
                  name: nameIn(request.applicant.name, language),
                  declared: `${className(request.documentClass)} · ${word("fact", request.external ? "external" : "internal")}`,
                })}
              </div>
            )}
          </dd>
        </>
      )}
      {request.blankSheets !== null && (
        <>
          <dt>{t("facts.blankSheets")}</dt>
          <dd>
            {request.blankSheets}
            <div className="note">{t("facts.blankSheetsWhy")}</div>
          </dd>
        </>
      )}
      {request.standing && (
        <>
          <dt>{t("facts.standing")}</dt>
          <dd>
            {request.standing.number}
            {request.standing.nr !== null && (
              <span className="note">
                {" "}
                · {t("facts.standingUse", { nr: request.standing.nr, count: request.standing.count })}
              </span>
            )}
            {request.standing.nr !== null && request.state === "draft" && (
              <div className="note">{t("facts.standingTakenBack")}</div>
            )}
          </dd>
        </>
      )}
      {request.counterparty && (
        <>
          <dt>{t("facts.counterparty")}</dt>
          <dd>
            {request.counterparty}
            {request.counterpartyKind && (
              <span className="note"> · {word("counterpartyKinds", request.counterpartyKind)}</span>
            )}
          </dd>
        </>
      )}
      <dt>{t("facts.applicant")}</dt>
      <dd>
        {nameIn(request.applicant.name, language)}
        {request.unit && <span className="note"> · {nameIn(request.unit.name, language)}</span>}
      </dd>
      {request.handler && request.handler.personId !== request.applicant.personId && (
        <>
          <dt>{t("facts.handler")}</dt>
          <dd>{nameIn(request.handler.name, language)}</dd>
        </>
      )}
      {request.purpose && (
        <>
          <dt>{t("facts.purpose")}</dt>
          <dd className="typed">{request.purpose}</dd>
        </>
      )}
      {request.wantedBy && (
        <>
          <dt>{t("facts.wantedBy")}</dt>
          <dd>{ended ? day(request.wantedBy) : deadline(request.wantedBy)}</dd>
        </>
      )}
      {request.validUntil && !request.emergency && (
        <>
          <dt>{t("facts.validUntil")}</dt>
          <dd>{day(request.validUntil)}</dd>
        </>
      )}
      {request.attachments.length > 0 && (
        <>
          <dt>{t("facts.papers")}</dt>
          <dd>
            {request.attachments.map((paper) => (
              <div key={paper.evidenceId}>
                {word("attachments", paper.kind)}:{" "}
                <a className="inline-link" href={evidenceAddress.file(paper.evidenceId)} download={paper.name}>
                  {paper.name}
                </a>
                {paper.named === false && (
                  <span className="note small said-where">
                    {t("facts.paperUnnamed", { name: word("attachments", paper.kind) })}
                  </span>
                )}
              </div>
            ))}
          </dd>
        </>
      )}
      {request.digest && (
        <>
          <dt>{t("facts.digest")}</dt>
          <dd>
            <span className="mono" title={request.digest}>
              {formatDigest(request.digest)}
            </span>{" "}
            <span className="note small">{t("facts.digestWhy")}</span>
          </dd>
        </>
      )}
    </dl>
  );
}

/** The copy of another request that this one replaces, and why. */
function MakeUpFact(props: { makeUp: NonNullable<RequestDetail["makeUp"]> }): ReactElement {
  const { requestId, number, copy, cause, reason, evidenceId, opens } = props.makeUp;
  const t = useText("requests");
  const words = t("facts.makeUpOf", { copy, number: number ?? "", cause: t(`facts.makeUpCauses.${cause}`) });
  return (
    <>
      <dt>{t("facts.makeUp")}</dt>
      <dd>
        {opens ? <Link to={paths.request(requestId)}>{words}</Link> : words}
        <div className="note typed">{reason}</div>
        <a href={evidenceAddress.file(evidenceId)} target="_blank" rel="noreferrer">
          {t("facts.makeUpEvidence")}
        </a>
      </dd>
    </>
  );
}

/** The amount that decides first; where that is the document's word, whose word it is, and beside it what was declared. */
function AmountFact(props: { request: RequestDetail; large: boolean }): ReactElement {
  const { amount, currency, decidingAmount, applicant, series } = props.request;
  const t = useText("requests");
  const language = useLanguage();
  const declared = amount ? formatAmount(amount, currency, language) : t("facts.noAmount");
  const large = props.large ? "fact-large" : undefined;
  return (
    <>
      {series?.sum != null && (
        <>
          <dt>{t("facts.seriesSum", { count: series.total })}</dt>
          <dd className={large}>{formatAmount(series.sum, series.currency, language)}</dd>
        </>
      )}
      <dt>{t(series ? "facts.seriesLargest" : "facts.amount")}</dt>
      {decidingAmount === null ? (
        <dd className={series?.sum == null ? large : undefined}>{declared}</dd>
      ) : (
        <dd>
          <div className={large}>{formatAmount(decidingAmount.amount, decidingAmount.currency, language)}</div>
          <div className="note">{t("facts.readAmount")}</div>
          <div>{t("facts.declaredAmount", { name: nameIn(applicant.name, language), amount: declared })}</div>
        </dd>
      )}
    </>
  );
}
