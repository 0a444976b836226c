import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { type ReactElement, useState } from "react";
import { api } from "../../api.ts";
import { nameIn } from "../../i18n/format.ts";
import { useLanguage, useText } from "../../i18n/i18n.ts";
import { useDay, useDeadline } from "../../i18n/use-format.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ErrorPanel } from "../../parts/error-panel.tsx";
import { Message } from "../../parts/message.tsx";
import { PageHeader } from "../../parts/page-header.tsx";
import { LinesSkeleton } from "../../parts/skeletons.tsx";
import { Tag } from "../../parts/state-tag.tsx";
import { paths } from "../../paths.ts";
import { mayUse, useSession } from "../../session.ts";
import { Choice } from "../custody/custody-choices.tsx";
import { useHomeEntity } from "../opening-stock/use-home-entity.ts";
import { type EmergencyView, emergencyQuery, refreshEmergency, type Shift } from "./queries.ts";
import { ShiftDialog } from "./shift-dialog.tsx";
import { SlipsCard } from "./slips-card.tsx";
import "../seals/seals.css";

/** When it can not wait: how it goes, whom to call, what stands in the way. */
export function EmergencyPage(): ReactElement {
  const t = useText("emergency");
  const language = useLanguage();
  const session = useSession();
  const [entityId, choose] = useHomeEntity();
  const view = useQuery(emergencyQuery(entityId));
  const late = view.data?.reviews.filter((one) => one.overdue) ?? [];
  return (
    <>
      <PageHeader
        title={t("title")}
        lead={t("lead")}
        actions={
          mayUse(session, "request.apply") &&
          late.length === 0 && (
            <Link className="button-link button-link-primary" to={paths.apply} search={{ emergency: "yes" }}>
              {t("ask")}
            </Link>
          )
        }
      />
      <div className="stack">
        {session.entities.length > 1 && (
          <div className="row filters">
            <Choice
              label={t("entity")}
              value={entityId}
              options={session.entities.map((one) => ({ id: one.entityId, name: nameIn(one.name, language) }))}
              onChange={choose}
            />
          </div>
        )}
        <ErrorPanel error={view.error} onRetry={() => void view.refetch()} />
        {!view.data && !view.error && (
          <div className="card card-body">
            <LinesSkeleton lines={6} />
          </div>
        )}
        {view.data && (
          <>
            {late.length > 0 && (
              <Message tone="problem" title={t("blocked")}>
                {t("blockedWhy")}
              </Message>
            )}
            <div className="columns">
              <div className="stack">
                <OnCall view={view.data} entityId={entityId} />
                <SlipsCard view={view.data} entityId={entityId} />
              </div>
              <div className="stack">
                <HowItGoes days={view.data.reviewWithinDays} />
                <Reviews view={view.data} />
              </div>
            </div>
          </>
        )}
      </div>
    </>
  );
}

const STEPS = ["signatory", "second", "few", "review", "physical"] as const;

function HowItGoes(props: { days: number }): ReactElement {
  const t = useText("emergency");
  return (
    <section className="card" aria-labelledby="emergency-how">
      <header>
        <h2 id="emergency-how">{t("how.title")}</h2>
      </header>
      <ul className="rows">
        {STEPS.map((step) => (
          <li key={step} className="rows-line">
            {step === "review" ? t("how.review", { count: props.days }) : t(`how.${step}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function OnCall(props: { view: EmergencyView; entityId: string }): ReactElement {
  const { view } = props;
  const t = useText("emergency");
  const [adding, setAdding] = useState(false);
  return (
    <section className="card" aria-labelledby="emergency-on-call">
      <header>
        <h2 id="emergency-on-call">{t("onCall.title")}</h2>
        {view.mayManage && <Button onClick={() => setAdding(true)}>{t("onCall.add")}</Button>}
      </header>
      {view.shifts.length === 0 ? (
        <div className="card-body">
          <EmptyState title={t("onCall.none")}>{t(view.mayManage ? "onCall.noneWhy" : "onCall.noneAsk")}</EmptyState>
        </div>
      ) : (
        <ul className="rows">
          {view.shifts.map((shift) => (
            <li key={shift.shiftId} className="rows-line">
              <ShiftLine shift={shift} mayManage={view.mayManage} />
            </li>
          ))}
        </ul>
      )}
      {adding && <ShiftDialog entityId={props.entityId} view={view} onClose={() => setAdding(false)} />}
    </section>
  );
}

function ShiftLine(props: { shift: Shift; mayManage: boolean }): ReactElement {
  const { shift } = props;
  const t = useText("emergency");
  const language = useLanguage();
  const day = useDay();
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => api("POST /v1/duty-shifts/:shiftId/end", { params: { shiftId: shift.shiftId } }),
    onSuccess: () => refreshEmergency(queries),
  });
  const name = nameIn(shift.person.name, language);
  return (
    <div className="grow stack stack-tight">
      <div className="row">
        <strong className="grow">
          {name} · {t(`roles.${shift.role}`)}
        </strong>
        {shift.now && (
          <Tag tone="action" sign="clock">
            {t("onCall.now")}
          </Tag>
        )}
      </div>
      <span>{t("onCall.reach", { how: shift.reach })}</span>
      <span className="note small">
        {shift.from === shift.to ? day(shift.from) : t("onCall.days", { from: day(shift.from), to: day(shift.to) })}
        {shift.place && ` · ${t("onCall.place", { place: shift.place })}`}
      </span>
      {props.mayManage && (
        <div className="row">
          <Button size="small" loading={end.isPending} onClick={() => end.mutate()}>
            {t("onCall.end", { name })}
          </Button>
        </div>
      )}
      <ErrorPanel error={end.error} />
    </div>
  );
}

function Reviews(props: { view: EmergencyView }): ReactElement | null {
  const { reviews } = props.view;
  const t = useText("emergency");
  const deadline = useDeadline();
  if (reviews.length === 0) return null;
  return (
    <section className="card" aria-labelledby="emergency-reviews">
      <header>
        <h2 id="emergency-reviews">{t("reviews.title")}</h2>
      </header>
      <ul className="rows">
        {reviews.map((one) => (
          <li key={one.subject} className="rows-line row">
            <strong className="grow">
              {one.requestId ? <Link to={paths.request(one.requestId)}>{one.subject}</Link> : one.subject}
            </strong>
            {one.dueAt && (
              <Tag tone={one.overdue ? "problem" : "waiting"} sign={one.overdue ? "octagon" : "clock"}>
                {deadline(one.dueAt)}
              </Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
