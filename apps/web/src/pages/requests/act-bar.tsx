import CheckOutlined from "@ant-design/icons/CheckOutlined";
import KeyOutlined from "@ant-design/icons/KeyOutlined";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { formatDigest, nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { RadioChoice } from "../../parts/radio-choice.tsx";
import { ReasonDialog } from "../../parts/reason-dialog.tsx";
import { ReasonField } from "../../parts/reason-field.tsx";
import { SealingButton } from "../../parts/sealing-button.tsx";
import { paths } from "../../paths.ts";
import {
  countToSettle,
  type Decision,
  findObstacle,
  isUnchanged,
  listEarlierSteps,
  needsPresence,
} from "./decision.ts";
import { saidTitle } from "./facts-card.tsx";
import type { ActMode } from "./progress.ts";
import type { RequestDetail } from "./queries.ts";
import { useActs } from "./use-acts.tsx";

/** The bar at the foot of a request to be answered: the ways out, and the decisive act widest and rightmost. */
export function ActBar(props: { request: RequestDetail; mode: ActMode }): ReactElement {
  const { request, mode } = props;
  const t = useText("requests");
  const navigate = useNavigate();
  const acts = useActs(request, () =>
    navigate({ to: mode === "decide" ? paths.inbox : paths.request(request.requestId) }),
  );
  const [asking, setAsking] = useState<Exclude<Decision, "approve"> | null>(null);
  const [comment, setComment] = useState("");
  const [backTo, setBackTo] = useState("");
  const said = useText("templates");
  const toSettle = countToSettle(request);
  const digest = formatDigest(request.digest ?? "");
  const bound =
    mode === "release"
      ? t("act.boundRelease", { digest })
      : mode === "confirm"
        ? t("act.boundConfirm", { digest })
        : needsPresence(request)
          ? t("act.boundPresence", { digest })
          : t("act.bound", { digest });
  return (
    <>
      <section className="act-bar" aria-label={t(`act.${mode}Title`)}>
        <ErrorPanel error={asking ? null : (acts.decide.error ?? acts.release.error ?? acts.confirm.error)} />
        {mode === "decide" && (
          <details className="act-comment">
            <summary>{t("act.comment")}</summary>
            <ReasonField
              label={t("act.comment")}
              hint={t("act.commentHint")}
              rows={2}
              most={2000}
              value={comment}
              onChange={setComment}
            />
          </details>
        )}
        {mode === "decide" && toSettle > 0 && (
          <p className="small act-bound">
            <a href={`#${saidTitle}`}>{said("said.blocking", { count: toSettle })}</a>
          </p>
        )}
        <p className="note small act-bound">
          <KeyOutlined aria-hidden /> {bound}
        </p>
        <div className="act-buttons">
          {mode === "decide" && (
            <>
              <Button disabled={acts.decide.isPending} onClick={() => setAsking("reject")}>
                {t("act.reject")}
              </Button>
              <Button disabled={acts.decide.isPending} onClick={() => setAsking("return")}>
                {t("act.return")}
              </Button>
              <Button
                className="act-main"
                type="primary"
                icon={<CheckOutlined aria-hidden />}
                disabled={findObstacle(request, "approve", comment) !== undefined}
                loading={acts.decide.isPending && !asking}
                onClick={() => acts.decide.mutate({ decision: "approve", comment })}
              >
                {t("act.approve")}
              </Button>
            </>
          )}
          {mode === "release" && (
            <SealingButton
              wide
              allowed={isUnchanged(request)}
              busy={acts.release.isPending}
              onPress={() => acts.release.mutate()}
            >
              {t("act.release")}
            </SealingButton>
          )}
          {mode === "confirm" && (
            <Button
              className="act-main"
              type="primary"
              icon={<CheckOutlined aria-hidden />}
              disabled={!isUnchanged(request)}
              loading={acts.confirm.isPending}
              onClick={() => acts.confirm.mutate()}
            >
              {t("act.confirm")}
            </Button>
          )}
        </div>
      </section>
      {asking && (
        <ReasonDialog
          title={t(`act.${asking}`)}
          label={t(`act.why.${asking}`)}
          hint={t("act.whyHint")}
          begun={comment}
          missing={t("act.whyMissing")}
          most={2000}
          give={t(`act.${asking}Now`)}
          danger={asking === "reject"}
          busy={acts.decide.isPending}
          error={acts.decide.error}
          choice={asking === "return" && <ReturnTo request={request} chosen={backTo} onChoose={setBackTo} />}
          onGive={(reason) =>
            acts.decide.mutate({ decision: asking, comment: reason, ...(backTo === "" ? {} : { backTo }) })
          }
          onClose={() => {
            acts.decide.reset();
            setAsking(null);
          }}
        />
      )}
      {acts.dialog}
    </>
  );
}

/** To whom it is returned: to the applicant, or to an earlier step, from which on everything is asked again. */
function ReturnTo(props: {
  request: RequestDetail;
  chosen: string;
  onChoose: (stepId: string) => void;
}): ReactElement | null {
  const t = useText("requests");
  const language = useLanguage();
  const earlier = listEarlierSteps(props.request);
  if (earlier.length === 0) return null;
  return (
    <RadioChoice
      label={t("act.returnTo.label")}
      stacked
      value={props.chosen}
      onChange={props.onChoose}
      options={[
        { value: "", label: t("act.returnTo.applicant") },
        ...earlier.map((step) => ({
          value: step.stepId,
          label: t("act.returnTo.step", {
            kind: step.title ? nameIn(step.title, language) : t(`route.kinds.${step.kind}`),
          }),
        })),
      ]}
    />
  );
}
