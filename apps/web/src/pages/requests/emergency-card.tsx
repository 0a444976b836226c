import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { formatNames, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useFormatContext, useMoment, useRecent } from "../../i18n/use-format.ts";
import { Message } from "../../parts/message.tsx";
import { PressPictures } from "../emergency/press-pictures.tsx";
import { ReviewDialog } from "../emergency/review-dialog.tsx";
import { EmergencyPapers } from "./emergency-papers.tsx";
import type { RequestDetail } from "./queries.ts";

/** Of an emergency on paper: what was seen before and after each press, for whoever may read the request. */
export function EmergencyPictures(props: { requestId: string }): ReactElement {
  const t = useText("emergency");
  return (
    <section className="card" aria-labelledby="presses-title">
      <header>
        <h2 id="presses-title">{t("presses.title")}</h2>
      </header>
      <div className="card-body">
        <PressPictures requestId={props.requestId} />
      </div>
    </section>
  );
}

/** Of an emergency use: why, until when, what was left out, and what its review said. */
export function EmergencyCard(props: { request: RequestDetail }): ReactElement | null {
  const { request } = props;
  const { emergency, emergencyReview: review } = request;
  const t = useText("requests");
  const language = useLanguage();
  const moment = useMoment();
  const recent = useRecent();
  const { now } = useFormatContext();
  const [reviewing, setReviewing] = useState(false);
  if (!emergency) return null;
  const plan = request.emergencyReviewPlan;
  const names =
    formatNames(
      (plan?.people ?? []).map((one) => nameIn(one.name, language)),
      language,
    ) || t("emergency.nobodyReviews");
  const isLate = plan?.dueAt != null && Date.parse(plan.dueAt) < now.getTime();
  const may = request.actions.includes("review-emergency");
  const by = review?.by ? nameIn(review.by.name, language) : "";
  return (
    <Message
      tone={review?.verdict === "not-justified" || isLate ? "problem" : "warning"}
      title={emergency.until ? t("emergency.until", { at: moment(emergency.until) }) : t("emergency.asked")}
      {...(may ? { action: <Button onClick={() => setReviewing(true)}>{t("emergency.review")}</Button> } : {})}
    >
      <p className="typed">{emergency.reason}</p>
      <p className="note">
        {review ? t(`emergency.${review.verdict}`, { name: by, at: recent(review.at) }) : t("emergency.yields")}
      </p>
      {plan && (
        <p className={isLate ? "typed" : "note"}>
          {isLate && plan.dueAt
            ? t("emergency.reviewLate", { at: moment(plan.dueAt), names })
            : plan.dueAt
              ? t("emergency.reviewBy", { at: moment(plan.dueAt), names })
              : t("emergency.reviewWithin", { count: plan.withinDays, names })}
        </p>
      )}
      {review && <p className="typed">{review.note}</p>}
      <EmergencyPapers request={request} />
      {reviewing && (
        <ReviewDialog
          of={{ requestId: request.requestId }}
          subject={request.number ?? ""}
          papers={request.emergencyPapers?.followed ?? []}
          pressed={request.stamping !== null}
          onClose={() => setReviewing(false)}
        />
      )}
    </Message>
  );
}
