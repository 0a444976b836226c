import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useMoment } from "../../i18n/use-format.ts";
import { Tag } from "../../parts/state-tag.tsx";
import { evidenceAddress } from "../matters/queries.ts";
import type { EmergencyView, Slip } from "./queries.ts";
import { ReviewDialog } from "./review-dialog.tsx";
import { SlipAnswer } from "./slip-answer.tsx";
import { SlipDialog } from "./slip-dialog.tsx";

/** Slips in the reader's hand, and what was entered from others. */
export function SlipsCard(props: { view: EmergencyView; entityId: string }): ReactElement {
  const { inHand, entered } = props.view.slips;
  const t = useText("emergency");
  const [entering, setEntering] = useState(false);
  return (
    <section className="card" aria-labelledby="emergency-slips">
      <header>
        <h2 id="emergency-slips">{t("slips.title")}</h2>
        {inHand.length > 0 && <Button onClick={() => setEntering(true)}>{t("slips.enter")}</Button>}
      </header>
      <div className="card-body stack stack-tight">
        <p>{t("slips.why")}</p>
        <p className="note">
          {inHand.length > 0
            ? t("slips.inHand", { numbers: inHand.map((one) => one.numbers).join(", ") })
            : t("slips.noneInHand")}
        </p>
      </div>
      {entered.length > 0 && (
        <ul className="rows">
          {entered.map((slip) => (
            <li key={slip.slipId} className="rows-line">
              <SlipLine slip={slip} />
            </li>
          ))}
        </ul>
      )}
      {entering && <SlipDialog slips={inHand} entityId={props.entityId} onClose={() => setEntering(false)} />}
    </section>
  );
}

/** What a review found, in the look of what it means: a use that was no emergency is none that is well. */
const lookOf = (verdict: NonNullable<Slip["review"]>["verdict"] | undefined) =>
  (
    ({
      justified: { tone: "success", sign: "check" },
      "not-justified": { tone: "problem", sign: "octagon" },
      open: { tone: "waiting", sign: "clock" },
    }) as const
  )[verdict ?? "open"];

function SlipLine(props: { slip: Slip }): ReactElement {
  const { slip } = props;
  const t = useText("emergency");
  const language = useLanguage();
  const moment = useMoment();
  const [reviewing, setReviewing] = useState(false);
  const people = [slip.signatory, slip.custodian].flatMap((one) => (one ? [nameIn(one.name, language)] : []));
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow typed">
          <span className="mono">{slip.number}</span> · {slip.title}
        </strong>
        {slip.late && (
          <Tag tone="warning" sign="warning">
            {t("slips.late")}
          </Tag>
        )}
        <Tag {...lookOf(slip.review?.verdict)}>
          {slip.review ? t(`verdicts.${slip.review.verdict}`) : t("slips.toReview")}
        </Tag>
      </div>
      <span>
        {nameIn(slip.seal, language)} · {t("slips.impressions", { count: slip.impressions })} · {moment(slip.usedAt)}
      </span>
      <span className="typed">{slip.reason}</span>
      <span className="note small">
        {t("slips.signed", { names: people.join(", ") })} · {t("slips.entered", { at: moment(slip.enteredAt) })}
      </span>
      {slip.answers.map((one) => (
        <span key={one.person?.personId} className={one.wasMe ? "note small" : "typed"}>
          {t(one.wasMe ? "slips.confirmed" : "slips.denied", {
            name: one.person ? nameIn(one.person.name, language) : "",
          })}
          {one.note && ` ${one.note}`}
        </span>
      ))}
      {slip.mayAnswer && <SlipAnswer slip={slip} />}
      {slip.review && <span className="typed note">{slip.review.note}</span>}
      <div className="row">
        <a href={evidenceAddress.file(slip.evidenceId)} download>
          {t("slips.photo")}
        </a>
        {slip.mayReview && <Button onClick={() => setReviewing(true)}>{t("review.open")}</Button>}
      </div>
      {reviewing && (
        <ReviewDialog of={{ slipId: slip.slipId }} subject={slip.number} onClose={() => setReviewing(false)} />
      )}
    </div>
  );
}
