import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDeadline, useRecent } from "../../i18n/use-format.ts";
import { useWord } from "../../i18n/use-word.ts";
import { EmergencyTag } from "../../parts/emergency-tag.tsx";
import { JointTag } from "../../parts/joint-tag.tsx";
import { ConfidentialTag, useRequestTitle } from "../../parts/request-title.tsx";
import { faceOf, SealFace } from "../../parts/seal-face.tsx";
import { FactTag, StateTag, Tag } from "../../parts/state-tag.tsx";
import { requestKind } from "../../parts/states.ts";
import { useRequestAmount } from "../../parts/use-request-amount.ts";
import { addressOf, type InboxView } from "./inbox.ts";
import type { RequestSummary } from "./queries.ts";

/** The faces of a list are all drawn to this size: their true sizes are not in the list. */
const FACE_MM = 40;
const FACE_PX = 56;

/** One request of the inbox: the face, the matter, who asks, which seals, and what is asked of the reader. */
export function InboxRow(props: { request: RequestSummary; view: InboxView }): ReactElement {
  const { request, view } = props;
  const t = useText("requests");
  const word = useWord();
  const language = useLanguage();
  const recent = useRecent();
  const titleOf = useRequestTitle();
  const amountOf = useRequestAmount();
  const deadline = useDeadline();
  const [seal] = request.seals;
  const facts = [
    formatNames(
      request.seals.map((one) => nameIn(one.name, language)),
      language,
    ),
    request.impressions > 0 ? t("page.impressions", { count: request.impressions }) : "",
    amountOf(request),
  ].filter(Boolean);
  return (
    <Link to={addressOf(request, view)} className="card inbox-row">
      <span className="inbox-face" aria-hidden>
        {seal ? (
          <SealFace
            source={faceOf(seal.sealId)}
            name={seal.name}
            widthMm={FACE_MM}
            heightMm={FACE_MM}
            state="live"
            pxPerMm={FACE_PX / FACE_MM}
          />
        ) : (
          <span className="empty-face" />
        )}
      </span>
      <span className="inbox-text">
        <span className="request-line-head">
          <strong>{titleOf(request)}</strong>
          <span className="note small">{recent(request.updatedAt)}</span>
        </span>
        <span className="note">
          {nameIn(request.applicant.name, language)}
          {request.unit && ` · ${nameIn(request.unit.name, language)}`}
          {request.number && (
            <>
              {" · "}
              <span className="mono">{request.number}</span>
            </>
          )}
        </span>
        {facts.length > 0 && <span>{facts.join(" · ")}</span>}
        <span className="row">
          {view === "waiting" && request.waitingKind ? (
            <Tag tone="action" sign="clock">
              {request.waitingTitle
                ? t("inbox.named", { title: nameIn(request.waitingTitle, language) })
                : t(`inbox.kinds.${request.waitingKind}`)}
            </Tag>
          ) : (
            <StateTag kind={requestKind(request)} state={request.state} />
          )}
          {request.overdueSince && (
            <Tag tone="problem" sign="clock">
              {t("inbox.overdue", { at: recent(request.overdueSince) })}
            </Tag>
          )}
          {view === "waiting" && request.wantedBy && (
            <Tag tone="warning" sign="warning">
              {deadline(request.wantedBy)}
            </Tag>
          )}
          {request.emergency && <EmergencyTag />}
          <JointTag request={request} />
          {request.confidential !== "no" && <ConfidentialTag />}
          {request.external && <FactTag>{word("fact", "external")}</FactTag>}
          {request.seals.some((one) => one.important) && <FactTag>{word("fact", "important")}</FactTag>}
        </span>
      </span>
    </Link>
  );
}
